"""Desa: where the KUB are, how far they reach, which villages still have none, and one village close up."""

import pandas as pd
import streamlit as st

from kub.charts import diamonds, ground
from kub.charts.villages import DISTRICTS, height
from kub.findings.villages import SHOWN
from kub.scope import is_kelurahan
from kub.ui import page, village
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page, frame: pd.DataFrame) -> None:
    areas, report = village.ground(p, frame)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls"):
        p.control("measure", MEASURES)
        per = ""
        if p.filters.measure == "kub" and frame["population"].notna().any():
            per = p.control("per", ("count", "residents"))
        with st.container(width=380):
            profile = village.chosen(p, frame)

    left, right = st.columns([8, 5], gap="large")
    with left:
        with st.container(key="tiles" if areas.kind == "tiles" else "land"):
            on_map = p.answer("villages", areas=areas, per=per, selected=profile)
            card(on_map, key="villages", height=ground.height(areas), on_select=village.open_profile)
        village.notes(p, areas, report)
    with right:
        if profile:
            village.profile(p, profile)
        else:
            ranking = p.answer("villages", chart="villages_ranking", per=per)
            high = height(int((frame["kub"] > 0).sum()), SHOWN)
            card(ranking, key="villages_ranking", height=high, on_select=village.open_profile)
    if profile:
        village.groups(p, profile)
    reach(p, all(is_kelurahan(code) for code in frame["village_code"]))


def reach(p: page.Page, towns: bool) -> None:
    """How far KUB reach, by district and over time, and what is left. towns: villages are called kelurahan here."""
    published = p.data.ask("reconcile", p.filters) if diamonds.fits(p.filters) else None
    years = p.answer("coverage_years", kelurahan=towns, published=published)
    districts = p.answer("coverage", kelurahan=towns)
    if len(districts.frame) > 1:
        left, right = st.columns(2, gap="large")
        with left:
            card(districts, key="coverage", height=height(len(districts.frame), DISTRICTS))
        with right:
            card(years, key="coverage_years", height=360)
    else:
        card(years, key="coverage_years", height=320)
    card(p.answer("gaps", kelurahan=towns), key="gaps")


this = page.begin("villages")
listed = this.data.ask("villages", this.filters)
if len(listed):
    show(this, listed)
else:
    this.empty()
