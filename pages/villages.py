"""Desa: where the KUB are, how far they reach, which villages still have none, and one village close up."""

import streamlit as st

from kub.charts import diamonds
from kub.charts.villages import DISTRICTS, RANKED, height
from kub.scope import is_kelurahan
from kub.ui import page, village
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    frame = p.data.ask("villages", p.filters)
    areas, own = village.ground(p)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls"):
        p.control("measure", MEASURES)
        per = ""
        if p.filters.measure == "kub" and frame["population"].notna().any():
            per = p.control("per", ("count", "residents"))
        with st.container(width=380):
            profile = village.chosen(p, frame)

    left, right = st.columns([8, 5], gap="large")
    with left:
        answer = p.answer("villages", areas=areas, per=per, selected=profile)
        card(answer, key="villages", height=540, on_select=village.open_profile)
        village.notes(p, areas, own)
    with right:
        if profile:
            village.profile(p, profile)
        else:
            ranking = p.answer("villages", chart="villages_ranking", per=per)
            card(
                ranking,
                key="villages_ranking",
                height=height(int((frame["kub"] > 0).sum()), RANKED),
                on_select=village.open_profile,
            )
    if profile:
        village.groups(p, profile)

    towns = all(is_kelurahan(code) for code in frame["village_code"])
    left, right = st.columns(2, gap="large")
    with left:
        coverage = p.answer("coverage", kelurahan=towns)
        high = max(height(len(coverage.frame), DISTRICTS), 300)
        card(coverage, key="coverage", height=high)
    with right:
        published = p.data.ask("reconcile", p.filters) if diamonds.fits(p.filters) else None
        card(p.answer("coverage_years", kelurahan=towns, published=published), key="coverage_years", height=high)
    card(p.answer("gaps"), key="gaps")


this = page.begin("villages")
if len(this.data.ask("villages", this.filters)):
    show(this)
else:
    this.empty()
