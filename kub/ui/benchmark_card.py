"""The benchmark card on the page: to be taken away, and whose figures came by one."""

from functools import partial

import streamlit as st

from kub.exports import benchmark_card
from kub.store.data import ProgrammeName, YearlyOnly
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from kub.words import Words
from queries.filters import Filters


def offer(p: Page) -> None:
    """The button that downloads the programme's card; of a programme of yearly figures there is
    none to make.
    """
    if p.programme.is_card:
        return
    words, filters = p.words, Filters(p.programme.programme_id)
    st.download_button(
        words("benchmark_card.button"),
        # Made when it is asked for: it takes as long as a dozen questions.
        data=partial(benchmark_card.card, p.data, filters),
        file_name=benchmark_card.file_name(p.data, filters, words),
        mime="application/zip",
        key="benchmark-card",
        type="tertiary",
        help=words("benchmark_card.help"),
        on_click="ignore",
    )


def own(p: Page) -> None:
    """Of a programme of yearly figures, that it shares no more."""
    if p.programme.is_card:
        title, todo = YearlyOnly(p.programme).message(p.words)
        st.info(f"**{escape_markdown(title)}**  \n{escape_markdown(todo)}")


def shared(p: Page) -> None:
    """The programmes beside the own one that share no more than a card."""
    words = p.words
    cards = [entry(other, words) for other in p.data.compared(p.filters) if other.is_card]
    if cards:
        st.caption(escape_markdown(words("yearly.shared", names="; ".join(cards))))


def entry(programme: ProgrammeName, words: Words) -> str:
    """'Kabupaten Batang, data per 30 Juni 2023, data contoh'."""
    sample = words("yearly.sample") if programme.is_sample else ""
    regency = words.regency(programme.regency)
    return words("yearly.entry", regency=regency, on=programme.as_of, sample=sample)
