"""Program pendukung, part by part: what stands beside the KUB,
each with the same pieces as they have.
"""

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
from kub.findings.supporting import lines as told
from kub.ui import link
from kub.ui.card import card, styled
from kub.ui.grid import grid
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.words import columns as tables
from queries.filters import Filters


def parts(p: Page) -> list[str]:
    """What the programme has at all, whatever the filters: names of PARTS."""
    return list(p.data.ask("supporting", Filters(programme=p.filters.programme))["part"])


def lines(p: Page) -> None:
    """On Ringkasan: a line for each part that has data under the filters,
    leading to its page; nothing without any.
    """
    frame = p.data.ask("supporting", p.filters)
    if frame.empty:
        return
    st.markdown(f"**{p.words('supporting.heading')}**")
    last = p.programme.years[-1] if p.programme.years else None
    year = last if last is None or p.filters.until is None else min(last, p.filters.until)
    with st.container(key="supporting", gap=None):
        for part, sentence in told(frame, p.words, year):
            query = link.query(p.filters, p.lang, part=part)
            st.page_link(
                "programmes.py", label=plain(sentence), query_params=query, width="content"
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
        said = p.words(f"cell.has.{has}")
        return f"{said[:1].upper()}{said[1:]} ({p.words.number(counts.get(has, 0))})"

    has = p.control("has", HAS, format=name)
    villages = p.answer("library_villages", LibraryVillagesOptions(has))
    card(villages, on_select=select_tile)
    alike = "libraries" if has in ("kub", "neither") else "kub"  # the same in every row
    rows = villages.frame[villages.frame["has"] == has].drop(columns=["has", alike])
    if len(rows):
        title = p.words("library_villages.list", has=p.words(f"cell.has.{has}"))
        st.markdown(f"**{plain(title)}**")
        grid(
            styled(rows, p.words),
            tables.written(rows, p.words),
            p.words,
            alt=p.words("card.table_alt", title=title),
            right=tables.numeric(rows, p.words),
            key="has-list",
        )


def select_tile(point: dict[str, Any]) -> None:
    """A click on the matrix."""
    has = point.get("customdata")
    if has in HAS:
        go(has=None if has == HAS[0] else has)


def _school_visits(p: Page) -> None:
    measure = p.control("school_measure", SCHOOL_MEASURES)
    card(p.answer("school_visits", SchoolOptions(measure)))
    card(p.answer("school_villages", SchoolOptions(measure)))
    card(p.answer("schools"))


def _awards(p: Page) -> None:
    card(p.answer("awards"))


def _study_visits(p: Page) -> None:
    card(p.answer("study_visits"))
    card(p.answer("study_regencies"))


PARTS: dict[str, Callable[[Page], None]] = {
    "microfinance": _microfinance,
    "libraries": _libraries,
    "school_visits": _school_visits,
    "awards": _awards,
    "study_visits": _study_visits,
}
