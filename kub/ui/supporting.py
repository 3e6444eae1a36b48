"""Program pendukung: the parts of a programme beside its KUB, each with charts of its own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

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
from kub.ui import link
from kub.ui.card import card, styled
from kub.ui.grid import grid
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.words import columns as tables
from queries.filters import Filters


def parts(p: Page) -> list[str]:
    """The parts that the programme has at all, whatever the filters: names of PARTS."""
    return list(p.data.ask("supporting", Filters(programme=p.filters.programme))["part"])


def lines(p: Page) -> None:
    """On Ringkasan: a line for each part that has data under the filters, with a link to its page.

    Nothing where no part has any.
    """
    frame = p.data.ask("supporting", p.filters)
    if frame.empty:
        return
    st.markdown(f"**{p.words('supporting.heading')}**")
    # The year that the lines speak of: never one that the programme has not reached.
    year = p.programme.years[-1] if p.programme.years else None
    if year is not None and p.filters.until is not None:
        year = min(year, p.filters.until)
    with st.container(key="supporting", gap=None):
        for part, sentence in part_sentences(frame, p.words, year):
            query = link.query(p.filters, p.lang, part=part)
            st.page_link(
                "programmes.py",
                label=escape_markdown(sentence),
                query_params=query,
                width="content",
            )


def _microfinance(p: Page) -> None:
    units = p.answer("microfinance")
    card(units)
    amount = p.control("amount", AMOUNTS)
    card(p.answer("microfinance_years", AmountOptions(amount)))
    if units.frame.empty:
        return
    names = dict(zip(units.frame["lkm_id"], units.frame["name"], strict=True))
    with st.container(width=380):
        unit = p.choose("unit", tuple(names), format=names.__getitem__)
    if unit:
        card(p.answer("microfinance_reports", UnitOptions(unit, amount)))


def _libraries(p: Page) -> None:
    # Above both, so that their charts stand level.
    base = p.control("library_base", LIBRARY_BASES)
    left, right = st.columns(2, gap="large")
    with left:
        card(p.answer("library_years"))
    with right:
        card(p.answer("library_years_visits", LibraryVisitsOptions(base)))
    amount = p.control("library_amount", LIBRARY_AMOUNTS)
    card(p.answer("libraries", LibrariesOptions(amount)))
    _matrix(p)


def _matrix(p: Page) -> None:
    """Villages with a library, a KUB, both or neither: the chosen tile lists its villages."""
    counts = p.data.ask("library_villages", p.filters)["has"].value_counts()

    def name(has: str) -> str:
        # The count stands on the switch: it is the answer, the list is its proof.
        label = p.words(f"cell.has.{has}")
        return f"{label[:1].upper()}{label[1:]} ({p.words.number(counts.get(has, 0))})"

    has = p.control("has", HAS, format=name)
    villages = p.answer("library_villages", LibraryVillagesOptions(has))
    card(villages, on_select=select_tile)
    alike = "libraries" if has in ("kub", "neither") else "kub"  # the same in every row
    # The column that is the same in every row says nothing in a list.
    rows = villages.frame[villages.frame["has"] == has].drop(columns=["has", alike])
    if len(rows):
        title = p.words("library_villages.list", has=p.words(f"cell.has.{has}"))
        st.markdown(f"**{escape_markdown(title)}**")
        grid(
            styled(rows, p.words),
            tables.written(rows, p.words),
            p.words,
            alt=p.words("card.table_alt", title=title),
            right=tables.numeric(rows, p.words),
            key="has-list",
        )


def select_tile(point: dict[str, Any]) -> None:
    """Callback of a click on the matrix: the villages of that tile are listed."""
    has = point.get("customdata")
    if has in HAS:
        if has == HAS[0]:
            has = None  # the default is left out of the link
        go(has=has)


def _school_visits(p: Page) -> None:
    # Once for both charts, which show the same by year and by village.
    measure = p.control("school_measure", SCHOOL_MEASURES)
    card(p.answer("school_visits", SchoolOptions(measure)))
    card(p.answer("school_villages", SchoolOptions(measure)))
    card(p.answer("schools"))


def _awards(p: Page) -> None:
    card(p.answer("awards"))


def _study_visits(p: Page) -> None:
    card(p.answer("study_visits"))
    card(p.answer("study_regencies"))


# In the order of the page's switch.
PARTS: dict[str, Callable[[Page], None]] = {
    "microfinance": _microfinance,
    "libraries": _libraries,
    "school_visits": _school_visits,
    "awards": _awards,
    "study_visits": _study_visits,
}
