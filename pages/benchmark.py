"""Tolok Ukur: how this programme stands beside the others, and how the guest's own regency does."""

import streamlit as st

from kub.findings.options import AXES, PERS, ProgrammeYearsOptions, RatesOptions
from kub.ui import benchmark_card, frame, goals, matrix, national, page, peers
from kub.ui.card import card
from kub.ui.guests import panel as guest_panel
from kub.ui.guests import plan
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    if p.filters.districts or p.filters.villages:
        st.caption(p.words("compare.places"))
    guests = guest_panel.panel(p)
    has_records = not p.programme.is_card
    if has_records:
        frame.jump(p.words("plan.heading"), "#plan")
    # On the projector the chart stands above the controls, which nobody touches there.
    first = st.container(key="wall" if guest_panel.on_wall() else "first")
    benchmark_card.offer(p)
    if has_records:
        peers.choose(p, guests)
    with st.container(horizontal=True, gap="medium", key="controls"):
        per = p.control("base", PERS)
        p.control("measure", MEASURES)
    beside = national.compared(p, per)
    rates = p.answer("rates", RatesOptions(per), filters=beside, guests=guests)
    with first if guest_panel.on_wall() else st.container():
        guest_panel.first_chart(rates, p.words)
    every = p.answer("benchmark", filters=beside, guests=guests)
    p.heading(p.words("matrix.title"), "matrix")
    matrix.matrix(every, p.words, p.data.cards)
    card(every)
    goals.lines(p)

    axis = p.control("axis", AXES)
    years = ProgrammeYearsOptions(per, axis)
    card(p.answer("programme_years", years, filters=beside, guests=guests))
    card(p.answer("programme_sectors", filters=beside, guests=guests))
    # Members come in groups, so Poisson limits would be too narrow for them.
    if per != "count" and p.filters.measure == "kub":
        card(p.answer("rates_funnel", RatesOptions(per), filters=beside, guests=guests))
    if has_records:
        plan.section(p, guests)
        card(p.answer("peers", guests=guests))
    card(p.answer("regencies"))
    card(p.answer("elsewhere"))


show(page.begin("benchmark"))
