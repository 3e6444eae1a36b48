"""Sektor: which trades, how the mix changes, where each sits, who specialises."""

import streamlit as st

from kub.ui import page
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    p.control("measure", MEASURES)
    mix = p.answer("sectors")
    active = bool(mix.frame["kub"].sum())
    if active:
        card(mix, key="sectors", height=300)
    card(p.answer("sector_years"), key="sector_years", height=420)
    if active:
        card(p.answer("village_sectors"), key="village_sectors", height=520)
        left, right = st.columns(2, gap="large")
        with left:
            card(p.answer("specialisation"), key="specialisation", height=480)
        with right:
            card(p.answer("activities"), key="activities", height=480)


this = page.begin("sectors")
if this.data.ask("growth", this.filters)["active"].any():
    show(this)
else:
    this.empty()
