"""The visit and the step that a presentation's address asks for.

A screen keeps the visit that it showed last, so that a file renamed or half written ends no
presentation.
"""

import streamlit as st

from kub import visits
from kub.store.versions import data_folder
from kub.ui import errors
from kub.ui.markdown import escape_markdown
from kub.visits import Unreadable, Visit

DIGITS = 4  # of a number in the link
WELCOME, CLOSING = "welcome", "closing"  # in the address
LAST = "visits presented"


class NoStep(errors.UserProblem):
    """The visit has no such step."""

    def __init__(self, visit: Visit, asked: str) -> None:
        super().__init__("step_unknown", step=escape_markdown(asked[:20]), total=len(visit.steps))
        self.visit_id = visit.visit_id


def presented_visit(visit_id: str, asked: str) -> tuple[Visit, bool]:
    """(visit, whether it is the one this session showed last, since its file cannot be used now).

    asked: the step in the address. A file without that step may be half written. Raises
    UserProblem where there is nothing to stand in.
    """
    # Of this session, so that a visit that was never shown is not shown by mistake.
    last: dict[str, Visit] = st.session_state.setdefault(LAST, {})
    try:
        visit = stored(visit_id)
    except errors.UserProblem:
        if visit_id not in last:
            raise
        return last[visit_id], True
    if visit_id in last and position(asked, len(visit.steps)) is None:
        return last[visit_id], True
    last[visit_id] = visit
    return visit, False


def stored(visit_id: str) -> Visit:
    """The visit as its file has it, with at least one step. Raises UserProblem."""
    if not visit_id:
        raise errors.UserProblem("visit_missing")
    try:
        visit = visits.visit(data_folder(), visit_id)
    except Unreadable as reason:
        values = {"file": reason.path.name, "rule": reason.rule, "value": reason.value[:80]}
        raise errors.UserProblem(
            "visit_unreadable", **{k: escape_markdown(v) for k, v in values.items()}
        ) from reason
    if visit is None:
        raise errors.UserProblem("visit_unknown", visit=escape_markdown(visit_id[:60]))
    # There is no slide to begin with: the page says to add a step.
    if not visit.steps:
        raise errors.UserProblem("visit_empty")
    return visit


def is_back(visit_id: str) -> bool:
    """Whether the visit's file can be used again for the step in the address."""
    try:
        return position(st.query_params.get("step", "1"), len(stored(visit_id).steps)) is not None
    except errors.UserProblem:
        return False


def position(asked: str, total: int) -> int | None:
    """The step that a link asks for: from 1 to total, 0 for the welcome,
    total + 1 for the closing slide; else None.
    """
    ends = {WELCOME: 0, CLOSING: total + 1}
    if asked in ends:
        return ends[asked]
    return number(asked, 1, total) or None


def address(step: int, total: int) -> str:
    """What the address says of a step: the inverse of `position`."""
    if step < 1:
        return WELCOME
    if step > total:
        return CLOSING
    return str(step)


def number(text: str, least: int, most: int) -> int:
    """A whole number in the link from least to most; 0 for any other text."""
    # isdigit() alone takes ² and Arabic digits, and int() raises beyond 4,300 digits.
    fits = text.isascii() and text.isdigit() and len(text) <= DIGITS
    if fits and least <= int(text) <= most:
        return int(text)
    return 0
