"""Tolok Ukur: how this programme stands beside the others, and how the guest's own regency does."""

import streamlit as st

from kub.findings.options import AXES, PERS, ProgrammeYearsOptions, RatesOptions
from kub.ui import benchmark, benchmark_card, goals, matrix, national, page, peers
from kub.ui.card import card
from kub.ui.guests import panel as guest_panel
from kub.ui.guests import plan
from queries.filters import MEASURES


def show(p: page.Page) -> None:
    benchmark.notes(p)
    guests = guest_panel.panel(p)
    figures, has_records = guests.figures, not p.programme.is_card
    # On the projector the chart stands above the controls, which nobody touches there.
    first = st.container(key="wall" if guests.on_wall else "first")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="controls"):
        per = p.control("base", PERS)
        p.control("measure", MEASURES)
        if has_records:
            peers.choose(p, figures)
        guest_panel.invite(guests, p.words)
    beside = national.compared(p, per)
    with first if guests.on_wall else st.container():
        rates = p.answer("rates", RatesOptions(per), filters=beside, guests=figures)
        guest_panel.first_chart(rates, p.words)
    guest_panel.stated(guests, p.words)
    benchmark.actions(p, guests)
    # Members come in groups, so Poisson limits would be too narrow for them.
    chances = ["rates_funnel"] if per != "count" and p.filters.measure == "kub" else []
    benchmark.contents(p, chances)

    every = p.answer("benchmark", filters=beside, guests=figures)
    p.heading(p.words("matrix.title"), "matrix")
    matrix.matrix(every, p.words, p.data.cards)
    benchmark_card.shared(p)
    left, right = st.columns(2, gap="medium")
    with left:
        card(every)
    with right:
        above = st.container()  # its title stands beside that of the card on the left
        with st.container(key="axis"):
            years = ProgrammeYearsOptions(per, p.control("axis", AXES))
        with above:
            card(p.answer("programme_years", years, filters=beside, guests=figures))
        goals.lines(p)
    mixes, *places = st.columns(1 + len(chances), gap="medium")
    with mixes:
        card(p.answer("programme_sectors", filters=beside, guests=figures))
    for place, chart in zip(places, chances, strict=True):
        with place:
            card(p.answer(chart, RatesOptions(per), filters=beside, guests=figures))
    if has_records:
        plan.section(p, figures)
    benchmark.lists(p, figures)


show(page.begin("benchmark"))
