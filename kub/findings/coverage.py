"""What the coverage charts of Desa say: how many villages have a
KUB, in which districts, and since when.
"""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, at, plural, records, village_noun
from kub.findings.reach import NAMED, RANKED_FROM
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()
# Years without a new village from which the title says so.
STANDSTILL = 2


def coverage(
    frame: pd.DataFrame,
    words: Words,
    kelurahan: bool = False,
    tell: str = "",
    filters: Filters = EVERYTHING,
) -> Finding:
    """How many villages have a KUB, and where the share is highest. kelurahan: that is what they
    are called here.

    tell="districts": the districts first, where the total stands beside already.
    """
    nouns = village_noun(words, kelurahan)
    subtitle = words("coverage.subtitle", noun=nouns)
    if frame.empty:
        return Finding(words("villages.title.empty"), subtitle, words("villages.todo"))
    covered, of = int(frame["covered"].sum()), int(frame["villages"].sum())
    values: dict[str, Any] = {
        "covered": covered,
        "villages": of,
        "share": covered / of,
        "noun": nouns,
    }
    # Of one village the share is 0 or 100 %, which says nothing: its KUB are counted instead.
    if of == 1:
        key = "coverage.single" if covered else "coverage.single_none"
        title = words(key, noun=village_noun(words, kelurahan, 1))
        return Finding(title, subtitle, _kub(frame, covered, words))
    if len(frame) == 1:
        here = "" if len(filters.districts) == 1 else frame["district"].iloc[0]
        if covered == of:
            key = "all"
        elif not covered:
            key = "none"
        elif not here:
            key = "part"
        else:
            key = "one"
        title = words(f"coverage.{key}", district=here, **values)
        return Finding(title, subtitle, _kub(frame, covered, words))
    if covered == of:
        title = words("coverage.all", **values)
    elif not covered:
        title = words("coverage.none", **values)
    elif tell == "districts" and (highest := _highest(frame, words, "coverage.first")):
        takeaway = f"{words('coverage.title', **values)}."
        without = int((frame["covered"] == 0).sum())
        if without:
            highest += plural(words, "coverage.first_without", without, of=len(frame))
        else:
            takeaway += f" {_districts(frame, words)}"
        return Finding(highest, subtitle, takeaway)
    else:
        title = words("coverage.title", **values) + _highest(frame, words)
    return Finding(title, subtitle, _districts(frame, words))


def _kub(frame: pd.DataFrame, covered: int, words: Words) -> str:
    """How many KUB there are; '' where no village has any."""
    if not covered:
        return ""
    return plural(words, "coverage.kub", int(frame["kub"].sum()))


def _highest(frame: pd.DataFrame, words: Words, key: str = "coverage.highest") -> str:
    """'; tertinggi di …' among districts with enough villages; nothing where too many share it."""
    # In a district of two villages one KUB makes 50 %: such districts lead no ranking.
    large = frame[frame["villages"] >= RANKED_FROM]
    top = large[large["share"] == large["share"].max()]
    if not 0 < len(top) <= NAMED or not top["covered"].iloc[0]:
        return ""
    return words(key, names=words.listing(list(top["district"])), share=top["share"].iloc[0])


def _districts(frame: pd.DataFrame, words: Words) -> str:
    """How many districts have no KUB yet, by name if they are few;
    else where the share is lowest.
    """
    without = list(frame.loc[frame["covered"] == 0, "district"])
    if len(without) == len(frame):
        return plural(words, "coverage.nowhere", len(frame))
    if len(without) > NAMED:
        return words("coverage.without_many", n=len(without), of=len(frame))
    if without:
        return words("coverage.without", names=words.listing(without))
    lowest = frame[frame["share"] == frame["share"].min()]
    if len(lowest) > NAMED or len(lowest) == len(frame):
        return words("coverage.everywhere")
    names = words.listing(list(lowest["district"]))
    return words("coverage.lowest", names=names, share=lowest["share"].iloc[0])


def coverage_years(
    frame: pd.DataFrame,
    words: Words,
    kelurahan: bool = False,
    published: pd.DataFrame | None = None,
) -> Finding:
    """From how many villages to how many, and whether the reach still grows.

    published: rows of `reconcile`; those about villages (desa) are added.
    """
    marks = named_desa(published)
    subtitle = measure = words("coverage_years.subtitle", noun=village_noun(words, kelurahan))
    if marks:
        subtitle += words("coverage_years.published")
    rows = records(frame)
    reached = next((row for row in rows if row["covered"]), None)
    if reached is None:
        return Finding(words("coverage_years.none"), subtitle, words("villages.todo"))
    last = rows[-1]
    values = {
        **last,
        "at": at(last, words),
        "noun": village_noun(words, kelurahan, last["villages"]),
    }
    takeaway = words("coverage_years.takeaway", **values) if last["villages"] > 1 else ""
    if marks:
        published_figures = words(
            "coverage_years.takeaway_published", figures=_published(marks, words)
        )
        takeaway = f"{takeaway} {published_figures}".lstrip()
    if last["villages"] == 1:
        title = _village_course(rows, reached, words)
    else:
        title = _course(rows, reached, words, kelurahan)
    return Finding(title, subtitle, takeaway, measure=measure)


def _village_course(rows: list[Row], first: Row, words: Words) -> str:
    """Of a single village: in which years it had KUB; a number of villages says nothing."""
    last = rows[-1]
    if not last["covered"]:
        year = max(row["year"] for row in rows if row["covered"])
        return words("coverage_years.gone", year=year)
    steady = first is not last and all(row["covered"] for row in rows[rows.index(first) :])
    key = "always" if steady else "now"
    return words(f"coverage_years.{key}", since=first["year"], until=last["year"])


def _course(rows: list[Row], first: Row, words: Words, kelurahan: bool) -> str:
    last = rows[-1]
    values = {
        "first": first["covered"],
        "since": first["year"],
        "last": last["covered"],
        "until": last["year"],
    }
    # Years before the first village would all count as standing still.
    known = rows[rows.index(first) :]
    steady = all(row["covered"] == last["covered"] for row in known)
    if first is last:
        change = "single"
    elif steady:
        change = "same"
    else:
        change = "back"
    if first["covered"] != last["covered"]:
        change = "up" if last["covered"] > first["covered"] else "down"
    nouns = village_noun(
        words, kelurahan, first["covered"]
    )  # `same`, `back` and `single`: both are equal
    title = words(f"coverage_years.{change}", noun=nouns, **values)
    if change in ("single", "same"):
        return title
    # The last year with another number tells whether the end of the course rose or fell.
    before = next(row for row in reversed(known) if row["covered"] != last["covered"])
    if last["covered"] < before["covered"]:
        turn = {"peak": before["covered"], "year": before["year"]}
        # Of two years that differ the title says all.
        if before is first:
            return title
        return title + words("coverage_years.lately_down", **turn)
    still = min(row["year"] for row in rows if row["year"] > before["year"])
    if last["year"] - still >= STANDSTILL:
        title += words("coverage_years.still", year=still)
    return title


def named_desa(published: pd.DataFrame | None) -> list[Row]:
    """The published numbers of villages.

    published: rows of `reconcile`, or None where none are to be shown.
    """
    if published is None:
        return []
    return records(published[published["indicator"] == "desa"])


def _published(marks: list[Row], words: Words) -> str:
    return words.listing(
        [f"{words.number(mark['published'])} ({words.date(mark['date'])})" for mark in marks]
    )
