"""The steps of a visit in words, with findings from the data version that it is pinned to."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from kub.answers.answer import Answer
from kub.answers.scope import scope
from kub.answers.sides import scope_line
from kub.answers.sql_answer import PASSING, fault_words
from kub.answers.step import UNTOLD, Step, tell
from kub.answers.strip import strip
from kub.findings.options import BadOption
from kub.sql.faults import SqlFault
from kub.store.data import Data
from kub.ui.part import part
from kub.web.cards import card
from kub.web.cards import numbers as numbers_block
from kub.words import Words, of

HEIGHT = 420  # px of a chart
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class StepSummary:
    """A step as a line in the list of steps. title: the finding, '' where there is none.

    about: what its chart shows, and of which scope. broken: what to do where it has no answer, ''
    where it has one.
    """

    title: str
    about: str
    broken: str = ""


def chart(step: Step, words: Words) -> str:
    """The name of the step's chart, for people."""
    return words(f"visit.chart.{step.chart or step.question}")


def step_summary(data: Data | None, step: Step, lang: str, words: Words) -> StepSummary:
    """What the list of steps says of a step.

    lang: of the visit, for the finding; words: of the page, for the rest. data: None where the
    version is gone, for which an empty summary comes back.
    """
    if data is None:
        return StepSummary("", "")
    # Whatever the host writes beside it changes no finding.
    bare = replace(step, title="", note="")
    try:
        return _cached_summary(
            data, data.version.path, f"{data.role} {bare!r}", bare, lang, words.lang
        )
    except SqlFault as fault:  # of a busy server, which is not kept
        return StepSummary("", chart(step, words), " ".join(fault_words(fault, words)))


@st.cache_data(max_entries=4000, show_spinner=False)
def _cached_summary(
    _data: Data,
    path: Path,  # noqa: ARG001 part of the cache key
    key: str,  # noqa: ARG001 part of the cache key
    _step: Step,
    lang: str,
    page: str,
) -> StepSummary:
    """As `step_summary`. Streamlit hashes every argument without an underscore: the file, role and
    step in short stand for the data and the step, whose own hash would cost more than the answer.
    """
    words = of(page)
    if broken := _step.unknown(_data):
        field, value = broken[0]
        return StepSummary("", chart(_step, words), words(f"visit.broken.{field}", value=value))
    about = f"{chart(_step, words)} · {_scope(_data, _step, words)}"
    try:
        answer = answer_or_none(_data, _step, of(lang))
    except BadOption as fault:
        return StepSummary("", about, fault.message(words))
    except SqlFault as fault:
        if fault.rule in PASSING:
            raise
        return StepSummary("", about, " ".join(fault_words(fault, words)))
    if answer is None:
        settings = ", ".join(
            [_step.question, *(f"{name}={value}" for name, value in _step.view.items())]
        )
        return StepSummary("", about, words("visit.broken.told", value=settings))
    return StepSummary(answer.title, about)


def _scope(data: Data, step: Step, words: Words) -> str:
    """What part of the records a step speaks of, and with what it compares it."""
    if step.sql:
        return words("sql_step.scope")
    own = data.resolved(step.filters)
    line = scope(data, own, words)
    if not step.against:
        return line
    return f"{line} · {scope_line(data, own, step.against.filters(own), words)}"


def answer_or_none(data: Data, step: Step, words: Words, mode: str = "light") -> Answer | None:
    """The answer of a step whose settings a person may have written by hand; None where they mean
    nothing.

    A story with one such step is still a story, so the others must not fall with it. Raises
    BadOption, which says which setting its chart does not have, and SqlFault, what is wrong with
    its statement.
    """
    try:
        return tell(data, step, words, mode)
    except (BadOption, SqlFault):
        raise  # it names the setting, which a log line would hide from the host
    except UNTOLD as reason:
        LOG.warning("step cannot be told: %r", step, exc_info=reason)
        return None


def preview(data: Data, answer: Answer, words: Words) -> None:
    """Draw what the step will show.

    Large numbers stand as such: a table with their row would be cut off in the narrow column.
    """
    block = card(answer, "preview", words, HEIGHT, files=False)
    if numbers := strip(data, answer, words):
        label = words("overview.strip")
        block = replace(block, table=None, numbers=numbers_block(label, numbers))
    part("preview", words, block)
