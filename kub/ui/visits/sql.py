"""A statement as a step of a visit: added from Jelajah, mended beside its preview.

Guests see a visit, so it is tried as a reader before it is added, and always run as one.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kub.answers.sql_answer import fault_words, sql_answer
from kub.answers.step import Step
from kub.findings.options import SqlOptions
from kub.sql.faults import SqlFault
from kub.sql.limits import LONGEST
from kub.store.data import Data
from kub.ui.filters import hold
from kub.ui.page import Page
from kub.ui.visits import keep, state
from kub.ui.visits.state import KEY
from kub.ui.who import may
from kub.visits import Visit
from kub.words import Words

CARD = "sql"  # the key of the editor, as cards have theirs
LONGEST_TITLE = 200
TOO_LONG = "visit sql too long"
SHOWS = ("chart", "table")
# Without an answer for a reader it would stand before guests as a fault.
_REFUSED = frozenset({"analyst_only", "table", "column", "alias"})


def add(chosen: Mapping[str, object], data: Data, words: Words) -> None:
    """What the editor sent becomes the last step of a visit. Who may not write SQL adds none."""
    sql, title = (str(chosen.get(name) or "").strip() for name in ("sql", "title"))
    if not may("analyst") or not sql or len(sql) > LONGEST:
        return
    options = SqlOptions("table" if chosen.get("show") == "table" else "chart")
    try:
        sql_answer(data, sql, options, words)
    except SqlFault as fault:
        if fault.rule in _REFUSED:
            keep.refuse(CARD, _refused(fault, words))
            return
    step = Step("sql", "sql", view=options.codes(), title=title[:LONGEST_TITLE], sql=sql)
    keep.add_step(step, str(chosen.get("visit", "")), CARD, words)


def _refused(fault: SqlFault, words: Words) -> str:
    if fault.rule in _REFUSED:
        fault = SqlFault("analyst_only", **fault.values)
    problem, todo = fault_words(fault, words)
    return words("sql_step.refused", problem=problem, todo=todo)


def fields(p: Page, visit: Visit, at: int) -> None:
    """The statement and how it is shown. A host who may not write SQL reads it."""
    words, step = p.words, visit.steps[at]
    shows = KEY(f"show-{at}", visit.visit_id)
    hold(shows, step.view.get("show", SHOWS[0]), p.lang)
    st.segmented_control(
        words("sql_step.shape"),
        SHOWS,
        format_func=lambda show: words(f"sql_step.{show}"),
        required=True,
        key=shows,
        on_change=_save_show,
        args=(visit, at),
    )
    key = KEY(f"sql-{at}", visit.visit_id)
    hold(key, step.sql, p.lang)
    st.text_area(
        words("sql_step.query"),
        key=key,
        height=140,
        max_chars=LONGEST,
        disabled=not may("analyst"),
        help=words("sql_step.query_help"),
        on_change=_save_sql,
        args=(visit, at),
    )
    if st.session_state.pop(TOO_LONG, False):
        st.warning(words("sql_step.query_long", limit=LONGEST))
    link = {"explore": "sql", "sql": step.sql, "lang": p.lang}
    st.page_link("explore.py", label=words("sql_step.explore"), query_params=link)


def _save_sql(visit: Visit, at: int) -> None:
    key = KEY(f"sql-{at}", visit.visit_id)
    sql = str(st.session_state[key] or "").strip()
    if not may("analyst"):
        return
    if not 0 < len(sql) <= LONGEST:  # its file could not be read again
        st.session_state[TOO_LONG] = True
        st.session_state.pop(key)
        return
    state.change_step(visit, at, lambda step: replace(step, sql=sql))


def _save_show(visit: Visit, at: int) -> None:
    show = st.session_state[KEY(f"show-{at}", visit.visit_id)]
    view = SqlOptions("table" if show == "table" else "chart").codes()
    state.change_step(visit, at, lambda step: replace(step, view=view))
