"""One step of a visit as a screen: what it says, and how that is laid out (present.css)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from kub.answers.answer import Answer
from kub.answers.source import Source, origin
from kub.answers.step import UNTOLD, Step
from kub.answers.step import tell as told_again
from kub.answers.strip import strip
from kub.findings import Finding
from kub.findings.numbers import Number
from kub.findings.options import BadOption
from kub.store.data import Data
from kub.ui import draw as drawing
from kub.ui import errors
from kub.ui.presenter.room import left_out, room, shortened
from kub.words import Words
from kub.words import columns as tables

HERE = Path(__file__).parent
KEY = "present-chart"
ROWS, COLUMNS = 8, 6  # of a table that is read from five metres
# Names of KUB and institutions: with private=yes these columns stay away, and the sentences that
# repeat them.
NAMES = frozenset({"kub_id", "lkm_id", "library_id", "name", "school", "institution"})
# characters of a takeaway; what is longer is read nowhere from a wall, and stands in the pack in
# full
SAID = 230


@dataclass(frozen=True)
class Told:
    """What a step says. answer: None where it cannot be told, and `problem` says why.

    strip: its large numbers.
    """

    answer: Answer | None
    strip: tuple[Number, ...] = ()
    problem: str = ""


def tell(data: Data, step: Step, words: Words, mode: str, guests: str) -> Told:
    """The step's answer from this version.

    Codes that the version does not have are said, not raised.
    """
    if unknown := [value for _, value in data.unknown(step.filters)]:
        return Told(None, problem=words("present.unknown.todo", values=", ".join(unknown)))
    try:
        answer = told_again(data, shortened(step), words, mode, guests)
    except BadOption as fault:
        return Told(None, problem=fault.message(words))
    except UNTOLD as fault:
        # A visit's file is mended by hand: a setting that no chart knows must not end a
        # presentation.
        number = errors.new_id()
        errors.LOG.error("fault %s in step %s", number, step, exc_info=fault)
        return Told(None, problem=words("present.unknown.settings", id=number))
    return Told(answer, strip(data, answer, words))


def draw(told: Told, step: Step, words: Words, notes: Sequence[str], private: bool) -> None:
    """Title, picture or table, takeaway and foot.

    To be called inside the container that fills the window.
    """
    answer = told.answer
    if answer is None:
        st.html(_head(words("present.unknown.title"), ""))
        with st.container(key="present-figure"):
            st.html(f'<p class="kub-say">{escape(told.problem)}</p>')
        _end("", "", _foot(None, notes, words))
        return
    hidden = private and not NAMES.isdisjoint(answer.frame.columns)
    title = step.title or (words(f"present.named.{answer.question}") if hidden else answer.title)
    st.html(_head(title, answer.scope if hidden else answer.subtitle))
    with st.container(key="present-figure"):
        if answer.figure is not None and not hidden:
            need = room(answer)
            drawing.draw(
                answer.figure, KEY, answer.takeaway, lang=words.lang, fill=need.wide, tall=need.tall
            )
        elif told.strip:
            st.html(_large(told.strip, words))
        else:
            st.html(_table(answer, words, NAMES if hidden else ()))
    lead = answer.title if step.title and not hidden else ""
    takeaway = words("present.hidden") if hidden else brief(answer.finding)
    if more := 0 if hidden else left_out(answer):
        st.html(_more(more, words))
    _end(lead, takeaway, _foot(answer.source, notes, words))


def brief(finding: Finding, most: int = SAID) -> str:
    """As many whole sentences as fit in `most` characters, at least the
    first; and the caveat, whatever its length.
    """
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z0-9])", finding.takeaway)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + len(sentence) + len(finding.caveat) + 2 > most:
            break
        kept = f"{kept} {sentence}"
    return " ".join(part for part in (kept, finding.caveat) if part)


def _head(title: str, subtitle: str) -> str:
    return f'<header class="kub-head"><h1>{escape(title)}</h1><p>{escape(subtitle)}</p></header>'


def _end(lead: str, takeaway: str, foot: str) -> None:
    """lead: the finding under a title of the host's own. foot: HTML."""
    before = f"<b>{escape(lead)}</b> " if lead else ""
    st.html(f'<p class="kub-takeaway">{before}{escape(takeaway)}</p>')
    st.html(f'<p class="kub-foot">{foot}</p>')


def _foot(source: Source | None, notes: Sequence[str], words: Words) -> str:
    """The label of invented records, then data date and version;
    the scope stands beside the title.
    """
    parts = [escape(note) for note in notes]
    if source is None:
        return " · ".join(parts)
    # A date is not to be broken at its hyphens.
    version = f"<span>{escape(words('source.version', version=source.version))}</span>"
    label = f"<b>{escape(words('frame.sample'))}</b> " if source.sample else ""
    return label + " · ".join([escape(origin(source, words)), version, *parts])


def _large(strip: Sequence[Number], words: Words) -> str:
    """As large as the longest of them fits its column (present.css)."""
    signs = max(len(number.value) for number in strip)
    items = "".join(
        f'<div><dt>{escape(each.label)}</dt><dd class="kub-number">{escape(each.value)}</dd>'
        f'<dd class="kub-note {escape(each.tone)}">{escape(each.note)}</dd></div>'
        for each in strip
    )
    label = escape(words("overview.strip"))
    return f'<dl class="kub-large" style="--kub-signs: {signs}" aria-label="{label}">{items}</dl>'


def _more(n: int, words: Words) -> str:
    return f'<p class="kub-more">{escape(words("present.more", n=n))}</p>'


def _table(answer: Answer, words: Words, hidden: Collection[str]) -> str:
    """The first rows, and how many more there are."""
    rows = len(answer.frame)
    if not rows:
        return f'<p class="kub-say">{escape(words("present.none"))}</p>'
    frame = answer.frame.drop(columns=list(hidden), errors="ignore").head(ROWS)
    written: Any = tables.written(frame, words).iloc[:, :COLUMNS]
    heads = "".join(f"<th>{escape(str(name))}</th>" for name in written.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in written.itertuples(index=False, name=None)
    )
    more = _more(rows - ROWS, words) if rows > ROWS else ""
    return (
        f'<table class="kub-rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>'
        f"</table>{more}"
    )
