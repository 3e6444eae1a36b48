"""A visit while a session works on it: what it wants the file to hold, what could not be written,
what can be undone.

Each change is written at once, over the file that the session has seen. Where that is not
possible (the disk refuses, somebody else was faster) the session goes on with what it wants,
says so, and nothing typed is lost.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from kub import visits
from kub.answers.step import Step
from kub.store.versions import NotStored, data_folder
from kub.ui import host
from kub.ui.page import go
from kub.visits import Changed, Unreadable, Visit

HELD = "visits held"
FAULT, UNDO = "visit not stored", "visit step undo"
KEY = "visit-{}-{}".format


@dataclass(frozen=True)
class Conflict:
    """mine: the visit as this session wants it. theirs: as it is by now; None if it is gone.

    part: what was to be written when it came up, and where it is therefore shown; '' at the top.
    """

    mine: Visit
    theirs: Visit | None
    part: str = ""


@dataclass(frozen=True)
class Held:
    """A visit as this session wants it. saved: whether its file holds just that.

    theirs: what others made of it.
    """

    mine: Visit
    saved: bool = True
    theirs: Conflict | None = None


@dataclass(frozen=True)
class Removed:
    """A step taken out of a visit; at: where it stood, from 0."""

    visit_id: str
    at: int
    step: Step


def wanted(visit_id: str) -> tuple[Visit | None, bool]:
    """The visit as this session draws it, and whether somebody has changed its file since.

    Raises Unreadable.
    """
    held = _all().get(visit_id)
    if held and not held.saved:
        return held.mine, False
    now = visits.visit(data_folder(), visit_id)
    # Streamlit forgets the fields of a page that was left: whoever comes back is shown the file.
    if held is None or KEY("institution", visit_id) not in st.session_state:
        fresh(visit_id)
        if now:
            _all()[visit_id] = Held(now)
        return now, False
    return held.mine, (now.stamp if now else "") != held.mine.stamp


def conflict(visit_id: str) -> Conflict | None:
    held = _all().get(visit_id)
    return held.theirs if held else None


def unsaved() -> list[Visit]:
    """What this session has changed and no file holds yet."""
    return [held.mine for held in _all().values() if not held.saved]


def fresh(visit_id: str) -> None:
    """From now on the visit as it is in its file; what was not written is let go."""
    _all().pop(visit_id, None)


def again(one: Visit) -> None:
    """Try once more to write what could not be written."""
    put(one)


def put(one: Visit, part: str = "") -> Visit | None:
    """Write a visit. None: it could not be, and the page says why; one that has a file already is
    kept meanwhile.

    part: of the visit that has changed (a name of visit_told.PARTS).
    """
    # has left in another window: what was drawn before writes nothing any more
    if not host.is_host():
        return None
    held = Held(one, saved=False)
    try:
        stored = visits.store(data_folder(), one)
        held = Held(stored)
        return stored
    except Changed as changed:
        held = Held(one, False, Conflict(one, changed.now, part))
    except (NotStored, Unreadable) as fault:
        st.session_state[FAULT] = fault
    finally:
        if held.mine.visit_id:
            _all()[held.mine.visit_id] = held
    return None


def settle(between: Conflict, mine: bool) -> None:
    """Put the own over theirs, or take theirs."""
    if mine:
        put(replace(between.mine, stamp=between.theirs.stamp if between.theirs else ""))
    else:
        fresh(between.mine.visit_id)


def _all() -> dict[str, Held]:
    """By visit: opening another one must not cost what the first could not save."""
    held: dict[str, Held] = st.session_state.setdefault(HELD, {})
    return held


def _now(one: Visit) -> Visit:
    """The visit by now: a second click may come before the page has
    drawn what the first has changed.
    """
    held = _all().get(one.visit_id)
    return held.mine if held else one


def _place(one: Visit, at: int) -> tuple[Visit, list[Step], int]:
    """The visit and its steps by now, and where the step at `at`
    of what was drawn stands in them.
    """
    now = _now(one)
    steps = list(now.steps)
    same = at < len(steps) and steps[at] == one.steps[at]
    return now, steps, at if same or one.steps[at] not in steps else steps.index(one.steps[at])


def save(one: Visit, name: str) -> None:
    """A field of the visit has changed on the page."""
    value = st.session_state[KEY(name, one.visit_id)]
    changed: dict[str, Any] = {name: "" if value is None else value}
    put(replace(_now(one), **changed), name)


def save_day(one: Visit, on: date) -> None:
    """The same of its day, which is typed."""
    put(replace(_now(one), on=on), "on")


def save_step(one: Visit, at: int, name: str) -> None:
    """The same of a step: its title or note."""
    changed: dict[str, Any] = {name: st.session_state[KEY(f"{name}-{at}", one.visit_id)]}
    now, steps, at = _place(one, at)
    if at < len(steps):
        steps[at] = replace(steps[at], **changed)
        put(replace(now, steps=tuple(steps)), "steps")


def move(one: Visit, at: int, by: int) -> None:
    """The step at `at` changes places with the one before (by=-1) or after it (by=1)."""
    now, steps, at = _place(one, at)
    if 0 <= at + by < len(steps) > at:
        steps[at], steps[at + by] = steps[at + by], steps[at]
        put(replace(now, steps=tuple(steps)), "steps")
        go(step=str(at + by + 1))


def add(one: Visit, step: Step, at: int) -> None:
    """Put a step in at `at`, and show it."""
    now = _now(one)
    put(replace(now, steps=(*now.steps[:at], step, *now.steps[at:])), "steps")
    go(step=str(at + 1))


def remove(one: Visit, at: int) -> None:
    step = one.steps[at]
    now, steps, at = _place(one, at)
    if step in steps:  # else the second of two clicks: it takes no other
        st.session_state[UNDO] = Removed(one.visit_id, at, steps.pop(at))
        put(replace(now, steps=tuple(steps)), "steps")
        go(step=str(min(at + 1, len(steps))) if steps else None)


def restore(one: Visit, removed: Removed) -> None:
    if st.session_state.pop(UNDO, None):
        add(one, removed.step, min(removed.at, len(_now(one).steps)))


def repin(one: Visit, version: str) -> None:
    put(replace(_now(one), version=version))


def copied(one: Visit) -> Visit:
    """A new visit with everything of this one, but the questions its guests asked."""
    return replace(one, visit_id="", stamp="", questions="")
