"""Where a guest drops a filled template workbook instead of the form: read in memory, never
written.
"""

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from kub.guests import Declared
from kub.guests import workbook as guest_file
from kub.records.problems import Problem
from kub.records.sandbox import guest_upload_mb
from kub.records.source import Upload
from kub.ui.drop_zone import drop_zone
from kub.ui.guests import uploads
from kub.ui.markdown import escape_markdown
from kub.words import Words

# Keys of the session: problems of the last file, how many files were dropped, the one to be read.
PROBLEMS, _NUMBER, _TAKEN = "guest file problems", "guest files dropped", "guest file taken"
SHOWN = 20


def key() -> str:
    """The key of the widget that takes a file.

    A new one after each file: Streamlit forgets what was dropped together with the old key.
    """
    return f"guest-file-{st.session_state.get(_NUMBER, 0)}"


def drop(words: Words, keep: Callable[[Declared], None]) -> None:
    """Draw the place to drop a workbook, and what is wrong with the last one.

    keep: called with a valid one.
    """
    st.markdown(f"**{words('guest.title')}** {words('guest.invite')}")
    st.caption(words("guest.private"))
    if upload := st.session_state.get(_TAKEN):
        name = escape(words("guest.file_checking", name=upload.name))
        st.html(f'<p class="kub-busy" role="status">{name}</p>')
        # Nothing is drawn from here on, so that no click can end the run before it is read.
        _read(st.session_state.pop(_TAKEN), keep)
        st.rerun()
    drop_zone(
        "guest",
        words("guest.file"),
        [words("guest.file_bounds", mb=guest_upload_mb()), words("guest.file_next")],
        type="xlsx",
        key=key(),
        max_upload_size=guest_upload_mb(),
        on_change=_take,
    )
    # They stay until the next file: the sheet is mended beside this page.
    if problems := st.session_state.get(PROBLEMS):
        st.error(problem_list(problems, words))


def _take() -> None:
    dropped = st.session_state[key()]
    # Streamlit calls this also when the file is taken out again.
    if dropped is None:
        return
    # Taken first: a file that is refused is forgotten as well.
    upload = uploads.take(dropped)
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state.pop(PROBLEMS, None)
    st.session_state[_TAKEN] = upload


def _read(upload: Upload, keep: Callable[[Declared], None]) -> None:
    refusal = uploads.refusal(upload)
    if refusal:
        st.session_state[PROBLEMS] = [refusal]
        return
    result = guest_file.read(upload, date.today())
    if isinstance(result, list):
        st.session_state[PROBLEMS] = result
    else:
        keep(result)


def problem_list(problems: list[Problem], words: Words) -> str:
    """Markdown: the first SHOWN problems with their place and what to do, and how many more."""
    # The end of a long list is said, for it may be thousands.
    lines = [
        words("guest.file_problems"),
        *(f"- {_line(problem, words)}" for problem in problems[:SHOWN]),
    ]
    if len(problems) > SHOWN:
        lines.append(f"- {words('guest.file_more', count=len(problems) - SHOWN)}")
    return "\n".join(lines)


def _line(problem: Problem, words: Words) -> str:
    row = ""
    if problem.row is not None:
        row = words("guest.file_row", row=problem.row)
    place = " · ".join(
        part for part in (problem.sheet or problem.file, row, problem.column) if part
    )
    what, todo = problem.message(words)
    return f"**{escape_markdown(place)}** {escape_markdown(what)} {escape_markdown(todo)}"
