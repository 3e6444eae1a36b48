"""The steps of a visit in words, told from the data version that it is pinned to."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from kub.answers.answer import Answer
from kub.answers.catalog import CATALOG
from kub.answers.scope import scope
from kub.answers.source import on_page
from kub.answers.step import UNTOLD, Step, tell
from kub.answers.strip import strip
from kub.findings.options import BadOption, parse
from kub.store.data import Data
from kub.ui.card import card, large_numbers
from kub.ui.plain import plain
from kub.words import Words, of

HEIGHT = 420  # px of a chart
STRIP = 540  # px, in which six numbers stand in two rows of three
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """title: the finding, '' where it cannot be told. about: what it shows, of what.

    broken: what to do about it.
    """

    title: str
    about: str
    broken: str = ""


def chart(step: Step, words: Words) -> str:
    return words(f"visit.chart.{step.chart or step.question}")


def told(data: Data | None, step: Step, lang: str, words: Words) -> Told:
    """lang: of the visit, for the finding; words: of the page, for the rest.

    data: None where the version is gone.
    """
    if data is None:
        return Told("", "")
    # Whatever the host writes beside it changes no finding.
    bare = replace(step, title="", note="")
    return _told(data, data.version.path, f"{data.role} {bare!r}", bare, lang, words.lang)


@st.cache_data(max_entries=4000, show_spinner=False)
def _told(_data: Data, path: Path, key: str, _step: Step, lang: str, page: str) -> Told:  # noqa: ARG001 the cache's key
    words = of(page)
    if broken := list(_data.unknown(_step.filters)):
        field, value = broken[0]
        return Told("", chart(_step, words), words(f"visit.broken.{field}", value=value))
    about = f"{chart(_step, words)} · {scope(_data, _data.resolved(_step.filters), words)}"
    try:
        parse(CATALOG[_step.named].options, _step.view)
    except BadOption as fault:
        return Told("", about, fault.message(words))
    answer = tried(_data, _step, of(lang))
    if answer is None:
        settings = ", ".join(
            [_step.question, *(f"{name}={value}" for name, value in _step.view.items())]
        )
        return Told("", about, words("visit.broken.told", value=settings))
    return Told(answer.title, about)


def tried(data: Data, step: Step, words: Words, mode: str = "light") -> Answer | None:
    """The answer of a step whose settings a person may have written by hand; None where they mean
    nothing.

    A story with one such step is still a story, so the others must not fall with it.
    """
    try:
        return tell(data, step, words, mode)
    except UNTOLD as reason:
        LOG.warning("step cannot be told: %r", step, exc_info=reason)
        return None


def preview(data: Data, answer: Answer, words: Words) -> None:
    """What the step will show. Large numbers stand as such: their row of
    a table would be cut beside the steps.
    """
    numbers = strip(data, answer, words)
    if not numbers:
        card(answer, key="preview", height=HEIGHT, table=False, words=words)
        return
    with st.container(key="card-preview", gap=None):
        st.subheader(plain(answer.title), anchor=False)
        st.caption(plain(answer.subtitle))
        with st.container(width=STRIP):
            large_numbers(numbers, words("overview.strip"))
        st.markdown(plain(answer.takeaway))
        st.caption(plain(on_page(answer.source, words)))
