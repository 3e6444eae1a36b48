"""Where a guest drops a filled template workbook instead of the form: read in memory, never written."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from starlette.formparsers import MultiPartParser

from kub import guest_file
from kub.guests import Declared
from kub.records.problems import Problem
from kub.ui.plain import plain
from kub.words import Words

KEY, PROBLEMS = "guest-file", "guest file problems"
LARGEST_MB = 10
SHOWN = 20

# Streamlit's server takes uploads through this parser, which puts more than 1 MB into a temporary file on
# the disk. Above server.maxUploadSize (50 MB) nothing is taken at all, so nothing ever reaches the disk.
MultiPartParser.spool_max_size = 64 * 2**20


def drop(words: Words, keep: Callable[[Declared], None]) -> None:
    """The place to drop a workbook, and what is wrong with the one that lies there. keep: takes a right one."""
    st.markdown(f"**{words('guest.title')}**")
    st.caption(words("guest.private"))
    dropped = st.file_uploader(
        words("guest.file"),
        type="xlsx",
        key=KEY,
        max_upload_size=LARGEST_MB,
        help=words("guest.file_help", mb=LARGEST_MB),
        on_change=_read,
        args=(keep,),
    )
    if dropped is None:
        st.session_state.pop(PROBLEMS, None)
    elif found := st.session_state.get(PROBLEMS):
        st.error(told(found, words))


def _read(keep: Callable[[Declared], None]) -> None:
    dropped = st.session_state[KEY]
    if dropped is None:
        return
    found = guest_file.read(dropped.getvalue(), dropped.name, date.today())
    if isinstance(found, list):
        st.session_state[PROBLEMS] = found
    else:
        keep(found)


def told(found: list[Problem], words: Words) -> str:
    """Markdown: the first SHOWN problems with their place and what to do, and how many more there are."""
    lines = [words("guest.file_problems"), *(f"- {_line(problem, words)}" for problem in found[:SHOWN])]
    if len(found) > SHOWN:
        lines.append(f"- {words('guest.file_more', count=len(found) - SHOWN)}")
    return "\n".join(lines)


def _line(problem: Problem, words: Words) -> str:
    row = None if problem.row is None else words("guest.file_row", row=problem.row)
    place = " · ".join(part for part in (problem.sheet or problem.file, row, problem.column) if part)
    what, todo = problem.message(words)
    return f"**{plain(place)}** {plain(what)} {plain(todo)}"
