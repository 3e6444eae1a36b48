"""Sektor: which trades, how the mix changes, where each sits, who specialises."""

import streamlit as st

from kub.scope import village_names
from kub.ui import page
from kub.ui.card import card
from queries.filters import MEASURES

p = page.begin("sectors")
p.control("measure", MEASURES)
names = village_names(p.data, p.programme.programme_id)

card(p.answer("sectors"), key="sectors", height=300)
card(p.answer("sector_years"), key="sector_years", height=420)
card(p.answer("village_sectors", names=names), key="village_sectors", height=520)
left, right = st.columns(2, gap="large")
with left:
    card(p.answer("specialisation"), key="specialisation", height=480)
with right:
    card(p.answer("activities"), key="activities", height=480)
