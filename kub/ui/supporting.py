"""Program pendukung, part by part: what stands beside the KUB, each with the same pieces as they have."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from kub.charts import awards as awards_chart
from kub.charts import diamonds, libraries, microfinance, schools, study
from kub.exports import table as tables
from kub.findings.libraries import HAS
from kub.findings.supporting import lines as told
from kub.steps import home
from kub.ui import link
from kub.ui.card import card, styled
from kub.ui.grid import grid
from kub.ui.page import Page, go
from kub.ui.plain import plain
from queries.filters import Filters

AMOUNTS = ("assets_idr", "savings_idr", "loans_idr", "customers", "overdue_share")


def parts(p: Page) -> list[str]:
    """What the programme has at all, whatever the filters: names of PARTS."""
    return list(p.data.ask("supporting", Filters(programme=p.filters.programme))["part"])


def lines(p: Page) -> None:
    """On Ringkasan: a line for each part that has data under the filters, leading to its page; nothing without any."""
    frame = p.data.ask("supporting", p.filters)
    if frame.empty:
        return
    st.markdown(f"**{p.words('supporting.heading')}**")
    last = p.programme.years[-1] if p.programme.years else None
    year = last if last is None or p.filters.until is None else min(last, p.filters.until)
    with st.container(key="supporting", gap=None):
        for part, sentence in told(frame, p.words, year):
            query = link.query(p.filters, p.lang, part=part)
            st.page_link("programmes.py", label=plain(sentence), query_params=query, width="content")


def _microfinance(p: Page) -> None:
    units = p.answer("microfinance")
    card(units, key="microfinance", height=microfinance.height(units.frame))
    amount = p.control("amount", AMOUNTS)
    card(p.answer("microfinance_years", amount=amount), key="microfinance_years", height=400)
    if units.frame.empty:
        return
    names = dict(zip(units.frame["lkm_id"], units.frame["name"], strict=True))
    with st.container(width=380):
        unit = p.choose("unit", tuple(names), format=names.__getitem__)
    if unit:
        profile = p.answer("microfinance_reports", unit=unit, amount=amount, published=units.frame)
        card(profile, key="microfinance_reports", height=360)


def _libraries(p: Page) -> None:
    published = p.data.ask("reconcile", p.filters) if diamonds.fits(p.filters) else None
    opened = p.answer("library_years", published=published, libraries=p.data.ask("libraries", p.filters))
    # Above both, so that their charts stand level.
    base = p.control("library_base", ("library", "residents", "count"))
    left, right = st.columns(2, gap="large")
    with left:
        card(opened, key="library_years", height=360)
    with right:
        card(p.answer("library_years", chart="library_years_visits", base=base), key="library_years_visits", height=360)
    amount = p.control("library_amount", ("visits", "books", "visits_per_1k"))
    every = p.answer("libraries", amount=amount)
    card(every, key="libraries", height=libraries.height(every.frame))
    _matrix(p)


def _matrix(p: Page) -> None:
    """Villages with a library, a KUB, both or neither: the chosen tile lists its villages."""
    counts = p.data.ask("library_villages", p.filters)["has"].value_counts()

    def name(has: str) -> str:
        said = p.words(f"cell.has.{has}")
        return f"{said[:1].upper()}{said[1:]} ({p.words.number(counts.get(has, 0))})"

    has = p.control("has", HAS, format=name)
    villages = p.answer("library_villages", has=has)
    card(villages, key="library_villages", height=380, on_select=select_tile)
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
    measure = p.control("school_measure", ("visits", "students"))
    card(p.answer("school_visits", school_measure=measure, as_of=p.programme.as_of), key="school_visits", height=400)
    villages = p.answer("school_villages", school_measure=measure)
    card(villages, key="school_villages", height=schools.height(villages.frame))
    card(p.answer("schools"), key="schools")


def _awards(p: Page) -> None:
    every = p.answer("awards")
    card(every, key="awards", height=awards_chart.height(every.frame))


def _study_visits(p: Page) -> None:
    card(p.answer("study_visits"), key="study_visits", height=340)
    every = p.answer("study_regencies", home=home(p.data, p.filters))
    card(every, key="study_regencies", height=study.height(every.frame))


PARTS: dict[str, Callable[[Page], None]] = {
    "microfinance": _microfinance,
    "libraries": _libraries,
    "school_visits": _school_visits,
    "awards": _awards,
    "study_visits": _study_visits,
}
