"""What a host must know about a visit before going on: another's
change, a disk that refuses, the data it uses.
"""

from typing import Any

import streamlit as st

from kub import visits
from kub.store.data import Data
from kub.store.versions import NotStored
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.ui.visits import keep
from kub.ui.visits import state as visit_state
from kub.ui.visits.listing import regency, unreadable
from kub.ui.visits.state import FAULT, Conflict
from kub.ui.visits.step import chart
from kub.visits import Unreadable, Visit
from kub.words import Words

PARTS = ("on", "institution", "regency_code", "lang", "version", "contact", *visits.TEXTS, "steps")


def fault(words: Words) -> None:
    """Why what was last to be written was not: the disk refuses, or a hand has broken the file."""
    reason: NotStored | Unreadable | None = st.session_state.pop(FAULT, None)
    if reason:
        st.error(
            unreadable(reason, words)
            if isinstance(reason, Unreadable)
            else keep.not_stored(reason, words)
        )


def unsaved(words: Words, visit_id: str = "") -> None:
    """What is in no file yet: on the page of that visit the button that
    tries again, elsewhere the way there.
    """
    for one in visit_state.unsaved():
        if one.visit_id != visit_id:
            with st.container(
                key=f"visit-unsaved-{one.visit_id}", horizontal=True, vertical_alignment="center"
            ):
                st.markdown(plain(words("visit.unsaved", name=keep.name(one, words))))
                act: dict[str, Any] = {
                    "on_click": go,
                    "kwargs": {"visit": one.visit_id, "step": None},
                }
                st.button(words("visits.edit"), key=f"visit-unsaved-open-{one.visit_id}", **act)
        elif not visit_state.conflict(visit_id):
            st.button(
                words("visit.again"),
                key="visit-again",
                on_click=visit_state.again,
                args=(one,),
                type="primary",
            )


def changed(words: Words, visit_id: str) -> None:
    with st.container(
        key="visit-changed", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(words("visit.conflict.seen"))
        st.button(
            words("visit.conflict.seen_show"),
            key="visit-fresh",
            on_click=visit_state.fresh,
            args=(visit_id,),
        )


def conflict(between: Conflict, words: Words) -> None:
    """Both visits, where they differ, and the choice."""
    mine, theirs = between.mine, between.theirs
    with st.container(key="visit-conflict", border=True, gap="small"):
        st.markdown(f"**{words('visit.conflict.title' if theirs else 'visit.conflict.gone')}**")
        st.markdown(words("visit.conflict.what"))
        if theirs:
            for name in PARTS:
                if getattr(mine, name) != getattr(theirs, name):
                    left, right = st.columns(2)
                    for column, side, whose in ((left, mine, "mine"), (right, theirs, "theirs")):
                        column.caption(
                            f"{words(f'visit.field.{name}')} · "
                            f"**{words(f'visit.conflict.{whose}')}**"
                        )
                        column.text(_written(side, name, words))
        with st.container(horizontal=True, gap="small"):
            own, other = ("keep", "take") if theirs else ("keep_gone", "leave")
            settle = visit_state.settle
            st.button(
                words(f"visit.conflict.{own}"),
                key="visit-mine",
                on_click=settle,
                args=(between, True),
            )
            st.button(
                words(f"visit.conflict.{other}"),
                key="visit-theirs",
                on_click=settle,
                args=(between, False),
            )


def _written(one: Visit, name: str, words: Words) -> str:
    """A part of a visit as people read it; '–' where it is empty."""
    if name == "steps":
        lines = []
        for n, step in enumerate(one.steps, 1):
            lines.append(
                f"{n}. {' – '.join(part for part in (chart(step, words), step.title) if part)}"
            )
            lines += [f"    {step.note}"] if step.note else []
        return "\n".join(lines) or "–"
    value = getattr(one, name)
    if name == "on":
        return words.date(value)
    if name == "lang":
        return words(f"visits.language.{value}")
    return {"regency_code": regency, "version": keep.label}.get(name, str)(value) or "–"


def version(p: Page, one: Visit, data: Data | None) -> None:
    """From which data the numbers are; and the way to those in use now, if they are others."""
    words, now = p.words, p.data.version
    if one.version == now.name:
        st.caption(plain(words("visit.version.used", version=now.label)))
        return
    if data is None:
        rule = "gone"
    elif now.name > one.version:
        rule = "newer"
    else:
        rule = "other"
    with st.container(
        key="visit-version", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(
            plain(words(f"visit.version.{rule}", version=keep.label(one.version), now=now.label))
        )
        with st.popover(plain(words("visit.version.repin", now=now.label)), key="visit-repin-ask"):
            st.markdown(plain(words("visit.version.repin_ask", now=now.label)))
            st.button(
                words("visit.version.repin_yes"),
                key="visit-repin",
                on_click=visit_state.repin,
                args=(one, now.name),
                type="primary",
            )
