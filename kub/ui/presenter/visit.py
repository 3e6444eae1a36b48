"""The visit and the step that a presentation's address asks for.

A screen keeps the visit that it showed last, so that a file renamed or half written ends no
presentation.
"""

import streamlit as st

from kub import visits
from kub.store.versions import data_folder
from kub.ui import errors
from kub.ui.plain import plain
from kub.visits import Unreadable, Visit

DIGITS = 4  # of a number in the link
WELCOME, CLOSING = "welcome", "closing"  # in the address
LAST = "visits presented"


class NoStep(errors.UserProblem):
    """The visit has no such step."""

    def __init__(self, one: Visit, said: str) -> None:
        super().__init__("step_unknown", step=plain(said[:20]), total=len(one.steps))
        self.visit_id = one.visit_id


def visit(visit_id: str, asked: str) -> tuple[Visit, bool]:
    """The visit, and whether its file is not to be used now, so that what this session showed last
    stands in.

    A file that has no such step (any more) may be half written. Raises UserProblem.
    """
    last: dict[str, Visit] = st.session_state.setdefault(LAST, {})
    try:
        one = stored(visit_id)
    except errors.UserProblem:
        if visit_id not in last:
            raise
        return last[visit_id], True
    if visit_id in last and position(asked, len(one.steps)) is None:
        return last[visit_id], True
    last[visit_id] = one
    return one, False


def stored(visit_id: str) -> Visit:
    """The visit as its file has it. Raises UserProblem."""
    if not visit_id:
        raise errors.UserProblem("visit_missing")
    try:
        one = visits.visit(data_folder(), visit_id)
    except Unreadable as reason:
        said = {"file": reason.path.name, "rule": reason.rule, "value": reason.value[:80]}
        raise errors.UserProblem(
            "visit_unreadable", **{k: plain(v) for k, v in said.items()}
        ) from reason
    if one is None:
        raise errors.UserProblem("visit_unknown", visit=plain(visit_id[:60]))
    if not one.steps:
        raise errors.UserProblem("visit_empty")
    return one


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
    return ends[asked] if asked in ends else number(asked, 1, total) or None


def address(step: int, total: int) -> str:
    """The same the other way round."""
    if step < 1:
        return WELCOME
    return CLOSING if step > total else str(step)


def number(said: str, least: int, most: int) -> int:
    """A whole number of the link between two ends; 0 where it is none."""
    fits = said.isascii() and said.isdigit() and len(said) <= DIGITS
    return int(said) if fits and least <= int(said) <= most else 0
