"""The draft of a visit while a session works on it: what its file is to hold, what could not be
written, what can be undone.

Each change is written at once, over the file that the session has seen. Where that is not
possible (the disk refuses, somebody else was faster) the session goes on with what it wants,
says so, and nothing typed is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kub import visits
from kub.answers.step import Step
from kub.store.versions import NotStored, data_folder
from kub.ui.page import go
from kub.ui.who import may_host
from kub.visits import Changed, Unreadable, Visit

DRAFTS = "visits held"
FAULT, UNDO, MOVED = "visit not stored", "visit step undo", "visit step moved"
KEY = "visit-{}-{}".format


@dataclass(frozen=True)
class Conflict:
    """Two versions of a visit. mine: as this session wants it. theirs: as its file is by now; None
    if it is gone.

    part: field that was to be written when the conflict arose, beside which it is shown; '' for the
    top of the page.
    """

    mine: Visit
    theirs: Visit | None
    part: str = ""


@dataclass(frozen=True)
class Draft:
    """A visit as this session wants it. saved: whether its file holds just that.

    theirs: the conflict with what somebody else has written.
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
    draft = _drafts().get(visit_id)
    # What no file holds is not thrown away for what a file says.
    if draft and not draft.saved:
        return draft.mine, False
    now = visits.visit(data_folder(), visit_id)
    # Streamlit forgets the fields of a page that was left: whoever comes back is shown the file.
    if draft is None or KEY("institution", visit_id) not in st.session_state:
        fresh(visit_id)
        if now:
            _drafts()[visit_id] = Draft(now)
        return now, False
    return draft.mine, now is None or now.stamp != draft.mine.stamp


def conflict(visit_id: str) -> Conflict | None:
    """The conflict that the visit is in; None without one."""
    if draft := _drafts().get(visit_id):
        return draft.theirs
    return None


def unsaved() -> list[Visit]:
    """What this session has changed and no file holds yet."""
    return [draft.mine for draft in _drafts().values() if not draft.saved]


def fresh(visit_id: str) -> None:
    """Show the visit as its file has it; what was not written is dropped."""
    _drafts().pop(visit_id, None)


def again(visit: Visit) -> None:
    """Try once more to write what could not be written."""
    put(visit)


def put(visit: Visit, part: str = "") -> Visit | None:
    """Write a visit. Returns it as its file has it; None where it could not be written, and the
    page says why.

    part: field that has changed (of notices.PARTS). A visit that has a file already stays as a
    draft, so that nothing typed is lost; a new one stays in its form.
    """
    # has left in another window: what was drawn before writes nothing any more
    if not may_host(visit):
        return None
    # Until the file is written it is a draft; `finally` keeps whichever it has become.
    draft = Draft(visit, saved=False)
    try:
        stored = visits.store(data_folder(), visit)
        draft = Draft(stored)
        return stored
    except Changed as changed:
        draft = Draft(visit, False, Conflict(visit, changed.now, part))
    except (NotStored, Unreadable) as fault:
        st.session_state[FAULT] = fault
    finally:
        # A new visit has no name to be found by: its form still holds what was typed.
        if draft.mine.visit_id:
            _drafts()[draft.mine.visit_id] = draft
    return None


def settle(between: Conflict, mine: bool) -> None:
    """End a conflict. mine: whether this session's version replaces theirs, or is dropped."""
    if not mine:
        fresh(between.mine.visit_id)
    elif between.theirs:
        # With the stamp of what was shown: a third change made meanwhile is a conflict again.
        put(replace(between.mine, stamp=between.theirs.stamp))
    else:
        put(replace(between.mine, stamp=""))


def _drafts() -> dict[str, Draft]:
    """By visit: opening another one must not cost what the first could not save."""
    draft: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    return draft


def _now(visit: Visit) -> Visit:
    """The visit by now: a second click may come before the page shows what the first changed."""
    if draft := _drafts().get(visit.visit_id):
        return draft.mine
    return visit


def _place(visit: Visit, at: int) -> tuple[Visit, list[Step], int]:
    """(visit, its steps, index) by now of the step that stood at `at` when the page was drawn.

    The index is `at` itself where the step is gone.
    """
    now = _now(visit)
    steps = list(now.steps)
    step = visit.steps[at]
    # A visit may hold the same step twice: where it stands unmoved it is the one that was meant.
    moved = at >= len(steps) or steps[at] != step
    if moved and step in steps:
        at = steps.index(step)
    return now, steps, at


def save(visit: Visit, name: str) -> None:
    """A field of the visit has changed on the page."""
    # None: an emptied list of options
    save_value(visit, name, st.session_state[KEY(name, visit.visit_id)] or "")


def save_value(visit: Visit, name: str, value: Any) -> None:
    """As `save`, of a field whose text is not its value: a day, a number."""
    changed: dict[str, Any] = {name: value}
    put(replace(_now(visit), **changed), name)


def save_step(visit: Visit, at: int, name: str) -> None:
    """As `save`, of a step's title or note."""
    changed: dict[str, Any] = {name: st.session_state[KEY(f"{name}-{at}", visit.visit_id)]}
    change_step(visit, at, lambda step: replace(step, **changed))


def change_step(visit: Visit, at: int, change: Callable[[Step], Step]) -> None:
    """Write a step as `change` makes it of what it is by now."""
    now, steps, at = _place(visit, at)
    if at < len(steps):
        steps[at] = change(steps[at])
        put(replace(now, steps=tuple(steps)), "steps")


def move(visit: Visit, at: int, by: int) -> None:
    """The step at `at` changes places with the one before (by=-1) or after it (by=1)."""
    now, steps, at = _place(visit, at)
    # A second quick click may come at the end of the list: then nothing moves.
    if 0 <= at + by < len(steps) > at:
        steps[at], steps[at + by] = steps[at + by], steps[at]
        put(replace(now, steps=tuple(steps)), "steps")
        # Its buttons are drawn anew in another line: whoever pressed one goes on from there.
        st.session_state[MOVED] = "up" if by < 0 else "down"
        go(step=str(at + by + 1))


def add(visit: Visit, step: Step, at: int) -> None:
    """Put a step in at `at`, and show it."""
    now = _now(visit)
    put(replace(now, steps=(*now.steps[:at], step, *now.steps[at:])), "steps")
    go(step=str(at + 1))


def remove(visit: Visit, at: int) -> None:
    step = visit.steps[at]
    now, steps, at = _place(visit, at)
    if step in steps:  # else it is the second of two quick clicks, which must not take another step
        st.session_state[UNDO] = Removed(visit.visit_id, at, steps.pop(at))
        put(replace(now, steps=tuple(steps)), "steps")
        # The next one moves up into its place; after the last step the one before is shown.
        following = str(min(at + 1, len(steps)))
        go(step=following if steps else None)


def restore(visit: Visit, removed: Removed) -> None:
    if st.session_state.pop(UNDO, None):
        # The visit may have become shorter meanwhile.
        add(visit, removed.step, min(removed.at, len(_now(visit).steps)))


def repin(visit: Visit, version: str) -> None:
    put(replace(_now(visit), version=version))


def copied(visit: Visit) -> Visit:
    """A new visit with everything of this one, but the questions its guests asked."""
    return replace(visit, visit_id="", stamp="", questions="")
