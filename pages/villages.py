"""Desa: where the KUB are, how far they reach, which villages still have none, and a single village
in detail.
"""

import pandas as pd
import streamlit as st

from kub.charts import ground
from kub.findings.options import MAP_PERS, MapOptions, MapPer, RankingOptions
from kub.ui import page, village
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page, frame: pd.DataFrame) -> None:
    areas, report = village.ground(p, frame)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls"):
        p.control("measure", MEASURES)
        per: MapPer = ""
        if p.filters.measure == "kub" and frame["population"].notna().any():
            per = p.control("per", MAP_PERS)
        with st.container(width=380):
            profile = village.chosen(p, frame)

    left, right = st.columns([8, 5], gap="large")
    with left:
        with st.container(key="tiles" if areas.kind == "tiles" else "land"):
            on_map = p.answer("villages", MapOptions(per, profile))
            card(on_map, height=ground.height(areas), on_select=village.open_profile)
        village.notes(p, areas, report)
    with right:
        if profile:
            village.profile(p, profile)
        else:
            ranking = p.answer("villages_ranking", RankingOptions(per))
            card(ranking, on_select=village.open_profile)
    if profile:
        village.groups(p, profile)
    if len(frame) > 1:
        village.reach(p)


this = page.begin("villages")
listed = this.data.ask("villages", this.filters)
if len(listed):
    show(this, listed)
else:
    this.empty()
