"""Pertumbuhan: KUB and members over time, KUB founded and closed, how long they last, where they
grow.
"""

import streamlit as st

from kub.charts.districts import panels_of
from kub.findings.options import SCALES, GrowthOptions
from kub.ui import page
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    with st.container(horizontal=True, gap="medium", key="controls"):
        indexed = p.control("scale", SCALES) == "indexed"
        p.control("measure", MEASURES)
    if indexed:
        card(p.answer("growth", GrowthOptions(scale="indexed")), height=420)
    else:
        card(p.answer("growth", GrowthOptions(both=True)))

    left, right = st.columns(2, gap="large")
    with left:
        card(p.answer("growth_flow"))
    with right:
        card(p.answer("survival"))

    # A single panel would repeat the chart above.
    districts = p.answer("district_growth")
    if panels_of(districts.frame) > 1:
        card(districts)


this = page.begin("growth")
listed = this.data.ask("growth", this.filters)
if listed[["founded", "closed", "active"]].to_numpy().any():
    show(this)
else:
    this.empty()
