"""Sektor: which trades, how the mix changes, where they are, who specialises."""

import streamlit as st

from kub.ui import page
from kub.ui.card import card
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    p.control("measure", MEASURES)
    mix = p.answer("sectors")
    # With every KUB closed only the years before have a mix.
    active = bool(mix.frame["kub"].sum())
    if active:
        card(mix)
    card(p.answer("sector_years"))
    if active:
        card(p.answer("village_sectors"))
        left, right = st.columns(2, gap="large")
        with left:
            card(p.answer("specialisation"))
        with right:
            card(p.answer("activities"))


this = page.begin("sectors")
if this.data.ask("growth", this.filters)["active"].any():
    show(this)
else:
    this.empty()
