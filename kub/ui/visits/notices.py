"""What a host must know about a visit before going on: another's
change, a disk that refuses, the data it uses.
"""

from typing import Any

import streamlit as st

from kub import visits
from kub.store.data import Data
from kub.store.versions import NotStored
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.visits import keep
from kub.ui.visits import state as visit_state
from kub.ui.visits.listing import regency, unreadable
from kub.ui.visits.state import FAULT, Conflict
from kub.ui.visits.step import chart
from kub.visits import Unreadable, Visit
from kub.words import Words

# What two versions of a visit are compared by, in the order in which people read them.
PARTS = (
    *("on", "institution", "regency_code", "lang", "minutes", "version", "contact"),
    *(*visits.TEXTS, "steps"),
)


def fault(words: Words) -> None:
    """Say why the last change was not written: the disk refuses, or the file was broken by hand."""
    reason: NotStored | Unreadable | None = st.session_state.pop(FAULT, None)
    if reason:
        message = ""
        if isinstance(reason, Unreadable):
            message = unreadable(reason, words)
        else:
            message = keep.not_stored(reason, words)
        st.error(message)


def unsaved(words: Words, visit_id: str = "") -> None:
    """Changes that no file holds yet.

    visit_id: of the page, '' on the list. For that visit a button tries again, for any other one
    leads to its page.
    """
    for visit in visit_state.unsaved():
        if visit.visit_id != visit_id:
            with st.container(
                key=f"visit-unsaved-{visit.visit_id}", horizontal=True, vertical_alignment="center"
            ):
                st.markdown(escape_markdown(words("visit.unsaved", name=keep.name(visit, words))))
                act: dict[str, Any] = {
                    "on_click": go,
                    "kwargs": {"visit": visit.visit_id, "step": None},
                }
                st.button(words("visits.edit"), key=f"visit-unsaved-open-{visit.visit_id}", **act)
        # In a conflict trying again would meet it again: there the choice stands instead.
        elif not visit_state.conflict(visit_id):
            st.button(
                words("visit.again"),
                key="visit-again",
                on_click=visit_state.again,
                args=(visit,),
                type="primary",
            )


def changed(words: Words, visit_id: str) -> None:
    """Somebody else has written the visit. Shown on request only: it must not jump under a hand."""
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
    """Show where the two versions differ, side by side, and the choice between them."""
    mine, theirs = between.mine, between.theirs
    with st.container(key="visit-conflict", border=True, gap="small"):
        title = "visit.conflict.title" if theirs else "visit.conflict.gone"
        st.markdown(f"**{words(title)}**")
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
                        # As plain text: what others wrote is not read as Markdown.
                        column.text(_written(side, name, words))
        with st.container(horizontal=True, gap="small"):
            # Against a deleted file the choice is to write it again or to let it go.
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


def _written(visit: Visit, name: str, words: Words) -> str:
    """A part of a visit as people read it; '–' where it is empty."""
    if name == "steps":
        lines = []
        for n, step in enumerate(visit.steps, 1):
            named = " – ".join(part for part in (chart(step, words), step.title) if part)
            lines.append(f"{n}. {named} · {words('visits.minutes', n=step.minutes)}")
            if step.note:
                lines.append(f"    {step.note}")
        return "\n".join(lines) or "–"
    value = getattr(visit, name)
    if name == "on":
        return words.date(value)
    if name == "minutes":
        return words("visits.minutes", n=value) if value else "–"
    if name == "lang":
        return words(f"visits.language.{value}")
    # Codes and names of versions as people know them.
    return {"regency_code": regency, "version": keep.label}.get(name, str)(value) or "–"


def version(p: Page, visit: Visit, data: Data | None) -> None:
    """From which data version the numbers are; where it is another than the one in use, a button
    that pins the visit to that one.
    """
    words, now = p.words, p.data.version
    if visit.version == now.name:
        st.caption(escape_markdown(words("visit.version.used", version=now.label)))
        return
    # Names of versions sort by their time: kub-20261124T101500Z-…
    if data is None:
        rule = "gone"
    elif now.name > visit.version:
        rule = "newer"
    else:
        rule = "other"
    with st.container(
        key="visit-version", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(
            escape_markdown(
                words(f"visit.version.{rule}", version=keep.label(visit.version), now=now.label)
            )
        )
        with st.popover(
            escape_markdown(words("visit.version.repin", now=now.label)), key="visit-repin-ask"
        ):
            st.markdown(escape_markdown(words("visit.version.repin_ask", now=now.label)))
            st.button(
                words("visit.version.repin_yes"),
                key="visit-repin",
                on_click=visit_state.repin,
                args=(visit, now.name),
                type="primary",
            )
