"""Where a guest drops a filled template workbook instead of the
form: read in memory, never written.
"""

from collections.abc import Callable
from datetime import date

import streamlit as st

from kub.guests import Declared
from kub.guests import workbook as guest_file
from kub.records.problems import Problem
from kub.records.sandbox import upload_mb
from kub.ui.guests import uploads
from kub.ui.plain import plain
from kub.words import Words

PROBLEMS, _NUMBER = "guest file problems", "guest files dropped"
LARGEST_MB = 10
SHOWN = 20


def key() -> str:
    """Of the place to drop a file.

    Each file gets a new one: what was dropped goes with the old one.
    """
    return f"guest-file-{st.session_state.get(_NUMBER, 0)}"


def drop(words: Words, keep: Callable[[Declared], None]) -> None:
    """The place to drop a workbook, and what is wrong with the last one.

    keep: takes a right one.
    """
    st.markdown(f"**{words('guest.title')}**")
    st.caption(words("guest.private"))
    st.file_uploader(
        words("guest.file"),
        type="xlsx",
        key=key(),
        max_upload_size=upload_mb(LARGEST_MB),
        help=words("guest.file_help", mb=upload_mb(LARGEST_MB)),
        on_change=_read,
        args=(keep,),
    )
    if found := st.session_state.get(PROBLEMS):
        st.error(told(found, words))


def _read(keep: Callable[[Declared], None]) -> None:
    dropped = st.session_state[key()]
    if dropped is None:
        return
    upload = uploads.take(dropped)
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state.pop(PROBLEMS, None)
    refusal = uploads.refusal(upload)
    found = [refusal] if refusal else guest_file.read(upload, date.today())
    if isinstance(found, list):
        st.session_state[PROBLEMS] = found
    else:
        keep(found)


def told(found: list[Problem], words: Words) -> str:
    """Markdown: the first SHOWN problems with their place and what
    to do, and how many more there are.
    """
    lines = [
        words("guest.file_problems"),
        *(f"- {_line(problem, words)}" for problem in found[:SHOWN]),
    ]
    if len(found) > SHOWN:
        lines.append(f"- {words('guest.file_more', count=len(found) - SHOWN)}")
    return "\n".join(lines)


def _line(problem: Problem, words: Words) -> str:
    row = None if problem.row is None else words("guest.file_row", row=problem.row)
    place = " · ".join(
        part for part in (problem.sheet or problem.file, row, problem.column) if part
    )
    what, todo = problem.message(words)
    return f"**{plain(place)}** {plain(what)} {plain(todo)}"
