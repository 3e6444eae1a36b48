"""What a host must know about a visit before going on: another's change, a disk that refuses, the data it uses."""

import streamlit as st

from kub import visits
from kub.data import Data
from kub.ui import keep, visit_state
from kub.ui.page import Page
from kub.ui.plain import plain
from kub.ui.visit_state import FAULT, UNSAVED, WANTED, Conflict
from kub.ui.visit_step import chart
from kub.ui.visits import regency
from kub.visits import Visit
from kub.words import Words

PARTS = ("on", "institution", "regency_code", "lang", "version", *visits.TEXTS, "steps")


def fault(words: Words) -> None:
    """The disk has refused what was last to be written."""
    reason = st.session_state.pop(FAULT, None)
    if reason:
        st.error(keep.not_stored(reason, words))


def unsaved(words: Words) -> None:
    """The button that tries again, as long as the visit on the page is not in its file."""
    if st.session_state.get(UNSAVED) and not visit_state.conflict():
        one: Visit = st.session_state[WANTED]
        st.button(words("visit.again"), key="visit-again", on_click=visit_state.again, args=(one,), type="primary")


def changed(words: Words) -> None:
    with st.container(key="visit-changed", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(words("visit.conflict.seen"))
        st.button(words("visit.conflict.seen_show"), key="visit-fresh", on_click=visit_state.fresh)


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
                        column.caption(f"{words(f'visit.field.{name}')} · **{words(f'visit.conflict.{whose}')}**")
                        column.text(_written(side, name, words))
        with st.container(horizontal=True, gap="small"):
            own, other = ("keep", "take") if theirs else ("keep_gone", "leave")
            settle = visit_state.settle
            st.button(words(f"visit.conflict.{own}"), key="visit-mine", on_click=settle, args=(between, True))
            st.button(words(f"visit.conflict.{other}"), key="visit-theirs", on_click=settle, args=(between, False))


def _written(one: Visit, name: str, words: Words) -> str:
    """A part of a visit as people read it; '–' where it is empty."""
    if name == "steps":
        lines = []
        for n, step in enumerate(one.steps, 1):
            lines.append(f"{n}. {' – '.join(part for part in (chart(step, words), step.title) if part)}")
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
    rule = "gone" if data is None else "newer" if now.name > one.version else "other"
    with st.container(key="visit-version", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(words(f"visit.version.{rule}", version=keep.label(one.version), now=now.label)))
        with st.popover(plain(words("visit.version.repin", now=now.label)), key="visit-repin-ask"):
            st.markdown(plain(words("visit.version.repin_ask", now=now.label)))
            st.button(
                words("visit.version.repin_yes"),
                key="visit-repin",
                on_click=visit_state.repin,
                args=(one, now.name),
                type="primary",
            )
