"""The speaker's view on a second device or window: note, next step
and time, in step with the first screen.
"""

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kub.presenting import state as stage
from kub.ui import host
from kub.words import Words

if TYPE_CHECKING:
    from kub.ui.presenter.present import Show

EVERY_S = 1.0


def view(show: "Show") -> None:
    """Note and next step. Its buttons move the first screen, which follows within a second."""
    host.remember()
    if stage.STORE.at(show.visit.visit_id) is None:
        stage.STORE.go(show.visit.visit_id, show.step)
    _now(show)


@st.fragment(run_every=EVERY_S)
def _now(show: "Show") -> None:
    if not host.is_host():  # has left, in this window or another
        st.rerun(scope="app")
    words, visit_id = show.words, show.visit.visit_id
    at = stage.STORE.at(visit_id)
    step = min(at.step if at else show.step, show.total + 1)
    with st.container(key="speaker"):
        st.html(_said(show, step, words))
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
            on_click=stage.STORE.restart,
            args=(visit_id,),
        )
    show.prepare(step + 1)


def _button(label: str, name: str, shortcut: str, visit_id: str, step: int) -> None:
    st.button(
        label,
        key=f"speaker-{name}",
        shortcut=shortcut,
        width="stretch",
        type="primary" if name == "next" else "secondary",
        on_click=_go,
        args=(visit_id, step),
    )


def _go(visit_id: str, step: int) -> None:
    if host.is_host():
        stage.STORE.go(visit_id, step)


def _said(show: "Show", step: int, words: Words) -> str:
    """Note as it was written, with its lines; what comes next only as a title."""
    on_step = 1 <= step <= show.total
    note = (show.visit.steps[step - 1].note.strip() or words("speaker.no_note")) if on_step else ""
    where = (
        words("speaker.now", step=step, total=show.total) if on_step else words("speaker.now_end")
    )
    then = ""
    if step < show.total:
        then = heading(show, step + 1)
    elif step == show.total:
        then = words("speaker.last")
    following = (
        f'<p class="kub-then">{escape(words("speaker.next"))}<b>{escape(then)}</b></p>'
        if then
        else ""
    )
    minutes, seconds = divmod(stage.STORE.elapsed(show.visit.visit_id), 60)
    planned = f" / {show.minutes}:00" if show.minutes else ""
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
    answer = show.told(step).answer
    return answer.title if answer else show.words("present.unknown.title")
