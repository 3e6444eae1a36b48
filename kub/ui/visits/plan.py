"""The plan of a visit: its steps in order, their minutes, and whether they fit into its length."""

import json
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from kub.answers.step import Step
from kub.records.typed_values import Expected
from kub.ui.filters import hold
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.supporting import story_parts
from kub.ui.typed_field import TypedField
from kub.ui.visits import state as visit_state
from kub.ui.visits.state import KEY, MOVED, UNDO, Removed
from kub.ui.visits.step import StepSummary, chart
from kub.visits import Visit
from kub.visits.step import MOST_MINUTES
from kub.visits.stories import MINUTES, story
from kub.words import Words, of

ADD = "visit-add"


def steps(p: Page, visit: Visit, summaries: list[StepSummary], at: int) -> None:
    """Draw it. at: the chosen step, from 0."""
    words = p.words
    st.markdown(f"**{words('visit.steps')}**")
    if visit.steps:
        st.html(_time(visit, words))
    # Titles and notes are in the language of the visit, which may surprise beside the page's.
    if visit.lang != p.lang:
        st.caption(words("visit.language_note", language=words(f"visits.language.{visit.lang}")))
    removed: Removed | None = st.session_state.get(UNDO)
    if removed and removed.visit_id == visit.visit_id:
        with st.container(
            key="visit-removed", horizontal=True, vertical_alignment="center", gap="small"
        ):
            title = removed.step.title or chart(removed.step, words)
            st.markdown(escape_markdown(words("visit.removed", n=removed.at + 1, title=title)))
            undo: dict[str, Any] = {"on_click": visit_state.restore, "args": (visit, removed)}
            st.button(words("visits.undo"), key="visit-undo-step", **undo)
    if not visit.steps:
        st.markdown(words("visit.no_steps"))
    with st.container(key="visit-steps", gap=None):
        for n, (step, summary) in enumerate(zip(visit.steps, summaries, strict=True), 1):
            # Streamlit makes a CSS class of the key: it is what marks the chosen line.
            chosen = "-chosen" if n == at + 1 else ""
            with st.container(key=f"visit-line-{n}{chosen}", gap=None):
                title = step.title or summary.title or chart(step, words)
                # In the address, so that a reload comes back to the step.
                kwargs = {"step": str(n)}
                st.button(
                    escape_markdown(f"{n}. {title}"),
                    key=f"visit-step-{n}",
                    on_click=go,
                    kwargs=kwargs,
                    type="tertiary",
                )
                lines = [
                    ("minutes", words("visits.minutes", n=step.minutes)),
                    ("about", summary.broken or summary.about),
                    ("note", step.note),
                ]
                st.html(
                    "".join(
                        f'<p class="kub-step-{name}">{escape(text)}</p>'
                        for name, text in lines
                        if text
                    )
                )
                if n == at + 1:
                    _moves(words, visit, at)
    _add(p, visit, at)


def _moves(words: Words, visit: Visit, at: int) -> None:
    n, last = at + 1, len(visit.steps) - 1
    # Disabled at the ends instead of left out: buttons must not move under a hand.
    acts: tuple[tuple[str, Any, tuple[Any, ...], bool], ...] = (
        ("up", visit_state.move, (visit, at, -1), at == 0),
        ("down", visit_state.move, (visit, at, 1), at == last),
        ("copy", visit_state.add, (visit, visit.steps[at], at + 1), False),
        ("remove", visit_state.remove, (visit, at), False),
    )
    with st.container(key="visit-moves", horizontal=True, gap="small"):
        for name, act, args, disabled in acts:
            st.button(
                words(f"visit.{name}"),
                key=f"visit-{name}-{n}",
                on_click=act,
                args=args,
                disabled=disabled,
            )
        key = KEY(f"minutes-{at}", visit.visit_id)
        TypedField(key, Expected(1, MOST_MINUTES)).draw_kept(
            words("visit.minutes"),
            visit.steps[at].minutes,
            words,
            lambda minutes: visit_state.change_step(
                visit, at, lambda step: replace(step, minutes=minutes or Step.minutes)
            ),
            width=120,
        )
    if moved := st.session_state.pop(MOVED, ""):
        _focus(f"visit-{moved}-{n}", f"visit-step-{n}")


def _add(p: Page, visit: Visit, at: int) -> None:
    """A list of every step of the longest story, each with its note in the language of the visit.

    The chosen one is put in after the step that is shown.
    """
    has = story_parts(p.data, p.filters)
    ready = story(MINUTES[-1], p.data.default.programme_id, has, of(visit.lang))
    # Empty again after each pick: the list is a button with many labels, not a state.
    hold(ADD, None, p.lang, len(ready))
    st.selectbox(
        p.words("visit.add"),
        range(len(ready)),
        index=None,
        format_func=lambda n: chart(ready[n], p.words),
        key=ADD,
        placeholder=p.words("visit.add_placeholder"),
        on_change=lambda: _added(visit, ready, min(at + 1, len(visit.steps))),
    )


def _added(visit: Visit, ready: Any, at: int) -> None:
    if st.session_state[ADD] is not None:
        visit_state.add(visit, ready[st.session_state[ADD]], at)


def _time(visit: Visit, words: Words) -> str:
    """HTML: the minutes of all steps beside those that are planned."""
    total, planned = visit.spoken, visit.minutes
    over = bool(planned) and total > planned
    if not planned:
        line = words("visit.unplanned", total=total)
    elif over:
        rest = words("visit.planned_over", over=total - planned)
        line = f"{words('visit.planned', total=total, planned=planned)} · {rest}"
    else:
        left = planned - total
        rest = words("visit.planned_left", left=left) if left else words("visit.planned_full")
        line = f"{words('visit.planned', total=total, planned=planned)} · {rest}"
    bar = ""
    if planned:
        # The words say it: screen readers are spared the bar.
        most = max(planned, total)
        bar = f'<meter aria-hidden="true" min="0" max="{most}" value="{total}"></meter>'
    kind = " kub-over" if over else ""
    return f'<div class="kub-plan{kind}"><p role="status">{escape(line)}</p>{bar}</div>'


def _focus(*keys: str) -> None:
    """Put the focus on the button of the first key that can have it, once it is drawn."""
    wanted = json.dumps([f".st-key-{key} button" for key in keys])
    st.html(
        f"<script>{{const WANTED = {wanted};{_script()}}}</script>", unsafe_allow_javascript=True
    )


@cache
def _script() -> str:
    return (Path(__file__).parent / "focus.js").read_text("utf-8")
