"""Program pendukung: the parts of a programme beside its KUB, each with charts of its own."""

from collections.abc import Callable

from kub.findings.options import (
    AMOUNTS,
    HAS,
    LIBRARY_AMOUNTS,
    LIBRARY_BASES,
    SCHOOL_MEASURES,
    AmountOptions,
    LibrariesOptions,
    LibraryVillagesOptions,
    LibraryVisitsOptions,
    SchoolOptions,
    UnitOptions,
)
from kub.findings.supporting import lines as part_sentences
from kub.store.data import Data
from kub.ui.content import Content
from kub.web import blocks, twin
from queries.filters import Filters


def parts(data: Data, filters: Filters) -> list[str]:
    """The parts that the programme has at all, whatever the filters: names of PARTS."""
    return list(data.ask("supporting", Filters(programme=filters.programme))["part"])


def story_parts(data: Data, filters: Filters) -> set[str]:
    """What a story may have a step for: these parts, "targets" where there are any, and "revenue"
    where any KUB ever stated its own.
    """
    whole = Filters(programme=filters.programme)
    money = {"revenue"} if data.ask("revenue", whole)["earners"].any() else set()
    goals = {"targets"} if data.programme(filters).programme_id in data.with_targets else set()
    return {*parts(data, filters), *money, *goals}


def lines(p: Content) -> None:
    """On Ringkasan: a line for each part that has data under the filters, with a link to its page.

    Nothing where no part has any.
    """
    frame = p.data.ask("supporting", p.filters)
    if frame.empty:
        return
    # The year that the lines speak of: never one that the programme has not reached.
    year = p.programme.years[-1] if p.programme.years else None
    if year is not None and p.filters.until is not None:
        year = min(year, p.filters.until)
    items = [
        (sentence, "programmes", {"part": part})
        for part, sentence in part_sentences(frame, p.words, year)
    ]
    p.add(blocks.Links(p.words("supporting.heading"), items))


def _microfinance(p: Content) -> None:
    units = p.answer("microfinance")
    p.card(units)
    amounts, amount = p.control("amount", AMOUNTS)
    p.controls(amounts)
    p.card(p.answer("microfinance_years", AmountOptions(amount)))
    if units.frame.empty:
        return
    names = dict(zip(units.frame["lkm_id"], units.frame["name"], strict=True))
    choice, unit = p.choose("unit", tuple(names), format=names.__getitem__)
    p.controls(choice)
    if unit:
        p.card(p.answer("microfinance_reports", UnitOptions(unit, amount)))


def _libraries(p: Content) -> None:
    p.section("library_years")
    # Above both, so that their charts stand level.
    bases, base = p.control("library_base", LIBRARY_BASES)
    p.controls(bases)
    left, right = p.columns(1, 1)
    left.card(p.answer("library_years"))
    right.card(p.answer("library_years_visits", LibraryVisitsOptions(base)))
    p.section("libraries")
    amounts, amount = p.control("library_amount", LIBRARY_AMOUNTS)
    p.controls(amounts)
    p.card(p.answer("libraries", LibrariesOptions(amount)))
    p.section("library_villages")
    _matrix(p)


def _matrix(p: Content) -> None:
    """Villages with a library, a KUB, both or neither: the chosen tile lists its villages."""
    counts = p.data.ask("library_villages", p.filters)["has"].value_counts()

    def name(has: str) -> str:
        # The count stands on the switch: it is the answer, the list is its proof.
        label = p.words(f"cell.has.{has}")
        return f"{label[:1].upper()}{label[1:]} ({p.words.number(counts.get(has, 0))})"

    tiles, has = p.control("has", HAS, format=name)
    p.controls(tiles)
    villages = p.answer("library_villages", LibraryVillagesOptions(has))
    p.card(villages)
    alike = "libraries" if has in ("kub", "neither") else "kub"  # the same in every row
    # The column that is the same in every row says nothing in a list.
    rows = villages.frame[villages.frame["has"] == has].drop(columns=["has", alike])
    if len(rows):
        title = p.words("library_villages.list", has=p.words(f"cell.has.{has}"))
        p.add(blocks.Rows("has-list", title, twin.table(rows.reset_index(drop=True), p.words)))


def _school_visits(p: Content) -> None:
    measures, measure = p.control("school_measure", SCHOOL_MEASURES)
    p.controls(measures)
    p.card(p.answer("school_visits", SchoolOptions(measure)))
    p.card(p.answer("school_villages", SchoolOptions(measure)))
    p.card(p.answer("schools"))


def _awards(p: Content) -> None:
    p.card(p.answer("awards"))


def _study_visits(p: Content) -> None:
    p.card(p.answer("study_visits"))
    p.card(p.answer("study_regencies"))


# In the order of the page's switch.
PARTS: dict[str, Callable[[Content], None]] = {
    "microfinance": _microfinance,
    "libraries": _libraries,
    "school_visits": _school_visits,
    "awards": _awards,
    "study_visits": _study_visits,
}
