"""An answer as a card on a page that Streamlit draws: the same block as on any other page.

Rows and files of it are asked for by the session and answered to it, in a run of the card alone,
for it may show what a guest has stated, which never leaves by an address.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kub import words as words_of
from kub.answers.answer import Answer
from kub.answers.catalog import CATALOG
from kub.exports.downloads import narrowed_by
from kub.ui import downloads, errors
from kub.ui.files import file
from kub.ui.origin import rows_file
from kub.ui.part import key_of, part
from kub.ui.view import read
from kub.ui.visits import keep
from kub.ui.who import may
from kub.web import cards, twin
from kub.web.origin import panel
from kub.words import Words

ASKED, KEPT = "{} asked".format, "{} kept".format


@st.fragment
def card(
    answer: Answer,
    key: str = "",
    *,
    opened: bool = False,
    files: bool = True,
    extra: Sequence[str] = (),
) -> None:
    """Show an answer.

    key: unique on the page, the chart's name if left out. opened: the table stands below from the
    start. files: whether table and downloads are offered. extra: sentences that its workbook says
    besides.
    """
    words, key = words_of.of(errors.language()), key or answer.chart
    # A new visit is in the menus of all cards, not of this one alone.
    if st.session_state.pop(KEPT(key), False):
        st.rerun()
    points = cards.Points(answer.figure, CATALOG[answer.chart].selects)
    block = cards.card(answer, key, words, opened=opened, files=files, points=points)
    more: dict[str, Any] = {"kept": keep.news(words, key)}
    if block.tellable and may("host"):
        more["host"] = keep.offers(words)
    if asked := st.session_state.pop(ASKED(key), None):
        try:
            more["reply"] = _reply(answer, asked, words, extra)
        except errors.NotAudited as problem:
            errors.show(problem)
    part(
        key,
        words,
        block,
        on_ask=partial(_asked, key),
        on_keep=partial(_kept, answer, key, words),
        more=more,
    )


def _asked(key: str) -> None:
    """Callback: rows or a file are wanted, which go along with the run that follows."""
    st.session_state[ASKED(key)] = st.session_state[key_of(key)].get("ask")


def _kept(answer: Answer, key: str, words: Words) -> None:
    """Callback: the card was chosen for a visit."""
    if (visit := st.session_state[key_of(key)].get("keep")) is not None:
        keep.add(answer, str(visit), key, words)
        st.session_state[KEPT(key)] = True


def _reply(
    answer: Answer, asked: Mapping[str, Any], words: Words, extra: Sequence[str]
) -> dict[str, Any] | None:
    """What was asked for, under the number of the question. None for what no card has.

    Raises errors.NotAudited.
    """
    number, ending = asked.get("number"), str(asked.get("ending"))
    writing, kind = [str(asked.get("writing"))], asked.get("rows")
    if ending == "table":
        return {"number": number, "table": twin.table(answer.frame, words)}
    if ending == "origin":
        return {"number": number, "origin": panel(read().data, answer, words)}
    try:
        if kind is None:
            made = file(answer, ending, writing, words, extra)
        else:
            made = rows_file(read().data, answer, str(kind), ending, writing, words)
    except KeyError:  # no menu of ours has it
        return None
    seen = read()
    narrowed = narrowed_by(seen.data, answer.filters, answer.against)
    downloads.note(seen.data, narrowed, made.rows, question=answer.question, file=made.name)
    body = b64encode(made.body).decode("ascii")
    return {"number": number, "name": made.name, "type": made.media_type, "body": body}
