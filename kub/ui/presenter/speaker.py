"""The speaker's view on a second device or window: note, next step
and time, in step with the first screen.
"""

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kub.presenting import state as stage
from kub.ui import host
from kub.ui.who import may, may_host
from kub.words import Words

if TYPE_CHECKING:
    from kub.ui.presenter.present import Show

EVERY_S = 1.0


def view(show: "Show") -> None:
    """Note and next step. Its buttons move the first screen, which follows within a second."""
    host.remember()
    # Opened before the first screen: it begins where this view's address says.
    if stage.STAGE.at(show.visit.visit_id) is None:
        stage.STAGE.go(show.visit.visit_id, show.step)
    _now(show)


@st.fragment(run_every=EVERY_S)
def _now(show: "Show") -> None:
    if not may_host(show.visit):  # has left, in this window or another
        st.rerun(scope="app")
    words, visit_id = show.words, show.visit.visit_id
    at = stage.STAGE.at(visit_id)
    step = show.step
    if at:
        step = min(at.step, show.total + 1)
    with st.container(key="speaker"):
        st.html(_notes_html(show, step, words))
        with st.container(horizontal=True, key="speaker-buttons"):
            # What clickers send, for one whose receiver sits in this device. At the ends there is
            # nothing to press.
            if step > 0:
                _button(words("present.previous"), "previous", "PageUp", visit_id, step - 1)
            if step <= show.total:
                _button(words("present.next"), "next", "PageDown", visit_id, step + 1)
        st.button(
            words("speaker.restart"),
            key="speaker-restart",
            type="tertiary",
            on_click=stage.STAGE.restart,
            args=(visit_id,),
        )
    show.prepare(step + 1)


def _button(label: str, name: str, shortcut: str, visit_id: str, step: int) -> None:
    st.button(
        label,
        key=f"speaker-{name}",
        # Keys of the page, so that a clicker works in this window without a click into it.
        shortcut=shortcut,
        width="stretch",
        type="primary" if name == "next" else "secondary",
        on_click=_go,
        args=(visit_id, step),
    )


def _go(visit_id: str, step: int) -> None:
    if may("host"):
        stage.STAGE.go(visit_id, step)


def _notes_html(show: "Show", step: int, words: Words) -> str:
    """HTML: where we are, the note as it was written, with its lines, what comes next, the time.

    What comes next only as a title: it is to be announced, not read out.
    """
    if 1 <= step <= show.total:
        note = show.visit.steps[step - 1].note.strip() or words("speaker.no_note")
        where = words("speaker.now", step=step, total=show.total)
    else:
        note = ""
        where = words("speaker.now_end")
    then = ""
    if step < show.total:
        then = heading(show, step + 1)
    elif step == show.total:
        then = words("speaker.last")
    following = ""
    if then:
        following = f'<p class="kub-then">{escape(words("speaker.next"))}<b>{escape(then)}</b></p>'
    # Counted by the server, so the two screens agree; the fragment runs each second.
    minutes, seconds = divmod(stage.STAGE.elapsed(show.visit.visit_id), 60)
    planned = ""
    if show.minutes:
        planned = f" / {show.minutes}:00"
    return (
        f'<div class="kub-speaker"><p>{escape(where)}</p>'
        f'<h1>{escape(heading(show, step))}</h1><p class="kub-words">{escape(note)}</p>'
        f"{following}"
        f'<p class="kub-then">{escape(words("speaker.elapsed"))}</p>'
        f'<p class="kub-clock" role="timer">{minutes}:{seconds:02}{planned}</p></div>'
    )


def heading(show: "Show", step: int) -> str:
    """The host's title of a step, or its finding; the name of the slides at the ends."""
    if not 1 <= step <= show.total:
        return show.words("present.welcome" if step < 1 else "present.closing")
    if own := show.visit.steps[step - 1].title:
        return own
    if answer := show.built_step(step).answer:
        return answer.title
    return show.words("present.unknown.title")
