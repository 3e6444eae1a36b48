"""Tolok Ukur around its charts: what can be done here, the way down, and what is looked up."""

from collections.abc import Sequence

import streamlit as st

from kub.answers.answer import NO_GUESTS
from kub.ui import benchmark_card, frame
from kub.ui.card import card
from kub.ui.guests import share
from kub.ui.guests.panel import Guests
from kub.ui.page import Page
from kub.ui.part import part
from kub.web.long_page import Contents, Place

LISTS = ("peers", "regencies", "elsewhere")


def notes(p: Page) -> None:
    """What is to be known first: filters that do not apply; a programme that shares no records."""
    if p.filters.districts or p.filters.villages:
        st.caption(p.words("compare.places"))
    benchmark_card.own(p)


def actions(p: Page, guests: Guests) -> None:
    """One quiet row: take guests' figures, take the card away, plan."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="actions"):
        if not (guests.room or guests.own or guests.opened):
            share.receive(p.words)
        benchmark_card.offer(p)
        if not p.programme.is_card:
            frame.jump(p.words("plan.heading"), "plan")


def contents(p: Page, chances: Sequence[str]) -> None:
    """The way to the matrix and to cards, which are called as in a visit. The plan has its own.

    chances: charts that the controls may leave out.
    """
    words = p.words
    charts = ("programme_years", "programme_sectors", *chances, *_lists(p))
    places = [Place(words("matrix.title"), "matrix")]
    places += [Place(words(f"visit.chart.{chart}"), chart) for chart in charts]
    part("contents", words, Contents(words("contents.label"), places))


def lists(p: Page, figures: str) -> None:
    """Which programmes are alike, and what is known of regencies, folded away: looked up, not read.

    figures: guests'.
    """
    p.heading(p.words("compare.lists"), "lists")
    for chart in _lists(p):
        with st.expander(p.words(f"visit.chart.{chart}"), key=f"fold-{chart}"):
            # Guests are beside programmes alone.
            card(p.answer(chart, guests=figures if chart == "peers" else NO_GUESTS))


def _lists(p: Page) -> tuple[str, ...]:
    """A card's programme has no villages to be alike in."""
    return LISTS[1:] if p.programme.is_card else LISTS
