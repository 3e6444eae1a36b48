"""A visit while a session works on it: what it wants the file to hold, what could not be written, what can be undone.

Each change is written at once, over the file that the session has seen. Where that is not possible (the disk
refuses, somebody else was faster) the session goes on with what it wants, says so, and nothing typed is lost.
"""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kub import visits
from kub.steps import Step
from kub.ui.page import go
from kub.versions import NotStored, data_folder
from kub.visits import Changed, Visit

WANTED, UNSAVED, THEIRS = "visit wanted", "visit unsaved", "visit of others"
FAULT, UNDO = "visit not stored", "visit step undo"
KEY = "visit-{}-{}".format


@dataclass(frozen=True)
class Conflict:
    """mine: the visit as this session wants it. theirs: as it is by now; None if it is gone."""

    mine: Visit
    theirs: Visit | None


@dataclass(frozen=True)
class Removed:
    """A step taken out of a visit; at: where it stood, from 0."""

    visit_id: str
    at: int
    step: Step


def wanted(visit_id: str) -> tuple[Visit | None, bool]:
    """The visit as this session draws it, and whether somebody has changed its file since. Raises Unreadable."""
    state = st.session_state
    one: Visit | None = state.get(WANTED)
    mine = one is not None and one.visit_id == visit_id
    if not (mine and state.get(UNSAVED)):
        now = visits.visit(data_folder(), visit_id)
        # Streamlit forgets the fields of a page that was left: whoever comes back is shown the file.
        if not mine or KEY("institution", visit_id) not in state:
            fresh()
            state[WANTED] = one = now
        return one, one is not None and (now.stamp if now else "") != one.stamp
    return one, False


def conflict() -> Conflict | None:
    return Conflict(st.session_state[WANTED], *st.session_state[THEIRS]) if st.session_state.get(THEIRS) else None


def fresh() -> None:
    """From now on the visit as it is in its file; what was not written is let go."""
    for name in (WANTED, UNSAVED, THEIRS):
        st.session_state.pop(name, None)


def again(one: Visit) -> None:
    """Try once more to write what the disk refused."""
    put(one)


def put(one: Visit) -> Visit | None:
    """Write a visit. None: it could not be, and the page says why."""
    state = st.session_state
    state.pop(THEIRS, None)
    state[WANTED], state[UNSAVED] = one, True
    try:
        state[WANTED] = stored = visits.store(data_folder(), one)
    except Changed as changed:
        state[THEIRS] = (changed.now,)
        return None
    except NotStored as fault:
        state[FAULT] = fault
        return None
    state[UNSAVED] = False
    return stored


def settle(between: Conflict, mine: bool) -> None:
    """Put the own over theirs, or take theirs."""
    if mine:
        put(replace(between.mine, stamp=between.theirs.stamp if between.theirs else ""))
    else:
        fresh()


def _now(one: Visit) -> Visit:
    """The visit by now: a second click may come before the page has drawn what the first has changed."""
    now: Visit | None = st.session_state.get(WANTED)
    return now if now and now.visit_id == one.visit_id else one


def _place(one: Visit, at: int) -> tuple[Visit, list[Step], int]:
    """The visit and its steps by now, and where the step at `at` of what was drawn stands in them."""
    now = _now(one)
    steps = list(now.steps)
    same = at < len(steps) and steps[at] == one.steps[at]
    return now, steps, at if same or one.steps[at] not in steps else steps.index(one.steps[at])


def save(one: Visit, name: str) -> None:
    """A field of the visit has changed on the page."""
    value = st.session_state[KEY(name, one.visit_id)]
    if name == "on" and value is None:  # emptied: a visit has a date
        return
    changed: dict[str, Any] = {name: "" if value is None else value}
    put(replace(_now(one), **changed))


def save_step(one: Visit, at: int, name: str) -> None:
    """The same of a step: its title or note."""
    changed: dict[str, Any] = {name: st.session_state[KEY(f"{name}-{at}", one.visit_id)]}
    now, steps, at = _place(one, at)
    if at < len(steps):
        steps[at] = replace(steps[at], **changed)
        put(replace(now, steps=tuple(steps)))


def move(one: Visit, at: int, by: int) -> None:
    """The step at `at` changes places with the one before (by=-1) or after it (by=1)."""
    now, steps, at = _place(one, at)
    if 0 <= at + by < len(steps) > at:
        steps[at], steps[at + by] = steps[at + by], steps[at]
        put(replace(now, steps=tuple(steps)))
        go(step=str(at + by + 1))


def add(one: Visit, step: Step, at: int) -> None:
    """Put a step in at `at`, and show it."""
    now = _now(one)
    put(replace(now, steps=(*now.steps[:at], step, *now.steps[at:])))
    go(step=str(at + 1))


def remove(one: Visit, at: int) -> None:
    step = one.steps[at]
    now, steps, at = _place(one, at)
    if step in steps:  # else the second of two clicks: it takes no other
        st.session_state[UNDO] = Removed(one.visit_id, at, steps.pop(at))
        put(replace(now, steps=tuple(steps)))
        go(step=str(min(at + 1, len(steps))) if steps else None)


def restore(one: Visit, removed: Removed) -> None:
    if st.session_state.pop(UNDO, None):
        add(one, removed.step, min(removed.at, len(_now(one).steps)))


def repin(one: Visit, version: str) -> None:
    put(replace(_now(one), version=version))


def copied(one: Visit) -> Visit:
    """A new visit with everything of this one, but the questions its guests asked."""
    return replace(one, visit_id="", stamp="", questions="")
