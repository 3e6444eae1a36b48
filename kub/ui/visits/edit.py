"""One visit: its steps in order, the chosen one to see and to
change, and what is known about the guests.
"""

from typing import Any

import streamlit as st

from kub.records.typed_values import Rejected
from kub.store.data import Data
from kub.ui import take_home
from kub.ui.data import pinned
from kub.ui.filters import hold
from kub.ui.list_field import regency_field
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.supporting import story_parts
from kub.ui.typed_field import TypedField
from kub.ui.visits import notices as visit_notices
from kub.ui.visits import sql as visit_sql
from kub.ui.visits import state as visit_state
from kub.ui.visits.listing import count, day, first, regency
from kub.ui.visits.state import KEY, UNDO, Conflict, Removed
from kub.ui.visits.step import StepSummary, answer_or_none, chart, preview, step_summary
from kub.visits import TEXTS, Visit
from kub.visits.stories import MINUTES, story
from kub.words import LANGUAGES, Words, of

ADD = "visit-add"
LINE = ("on", "institution", "regency_code", "lang", "contact")  # fields that stand in one line


def editor(p: Page, visit: Visit, changed: bool) -> None:
    """Draw a visit to be changed. changed: whether somebody has written its file since this session
    saw it.
    """
    between = visit_state.conflict(visit.visit_id)
    place = _conflict_place(between, visit)
    _head(p, visit)
    if between and place == "top":
        visit_notices.conflict(between, p.words)
    elif changed:
        visit_notices.changed(p.words, visit.visit_id)
    # The version that the visit is pinned to, not the one in use: its numbers stay.
    data = pinned(visit.version)
    visit_notices.version(p, visit, data)
    with st.container(key="visit-body"):
        # The step is a little wider than the list: it holds a chart.
        left, right = st.columns([1, 1.15], gap="large")
        summaries = [step_summary(data, step, visit.lang, p.words) for step in visit.steps]
        # In the link steps count from 1, as people do; here from 0. The first is chosen unasked.
        at = int(p.link_value("step", [str(n + 1) for n in range(len(summaries))]) or 1) - 1
        with left:
            _steps(p, visit, summaries, at)
        if summaries:
            with right, st.container(key="visit-step"):
                if between and place == "step":
                    visit_notices.conflict(between, p.words)
                _step(p, visit, data, summaries[at], at)
    _details(p, visit, between, place)
    tellable = [
        step for step, summary in zip(visit.steps, summaries, strict=True) if not summary.broken
    ]
    # Without its version a visit has no numbers, so there is nothing to take home.
    if data and tellable:
        take_home.of_visit(visit, tellable, data, p.words)


def _conflict_place(between: Conflict | None, visit: Visit) -> str:
    """Where both versions are shown: "top", "step" or "details"; "" without a conflict.

    Beside the field that could not be written, for it is what a host looks at.
    """
    if between is None:
        return ""
    if between.part == "steps" and visit.steps:
        return "step"
    if between.part in (*LINE, *TEXTS):
        return "details"
    return "top"


def _head(p: Page, visit: Visit) -> None:
    words = p.words
    with st.container(key="visit-head", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="visit-name", gap=None):
            st.subheader(
                escape_markdown(visit.institution or words("visits.unnamed")), anchor=False
            )
            about = [
                words.date(visit.on),
                words.regency(regency(visit.regency_code)),
                count(visit, words),
            ]
            st.caption(escape_markdown(" · ".join(part for part in about if part)))
        back = {"visit": None, "step": None}
        st.button(
            f"← {words('visits.back')}", key="visit-back", on_click=go, kwargs=back, type="tertiary"
        )
        if visit.steps:
            with st.container(key="visit-present", width="content"):
                st.page_link("present.py", label=words("visits.present"), query_params=first(visit))
            # Two links, not buttons: each opens in a window of its own if asked to.
            speaker = {**first(visit), "speaker": "yes"}
            st.page_link(
                "present.py", label=words("visits.speaker"), query_params=speaker, width="content"
            )


def _steps(p: Page, visit: Visit, summaries: list[StepSummary], at: int) -> None:
    words = p.words
    st.markdown(f"**{words('visit.steps')}**")
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
                if about := summary.broken or summary.about:
                    st.caption(escape_markdown(about))
                if step.note:
                    st.caption(f"*{escape_markdown(step.note)}*")
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
                type="tertiary",
            )


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


def _step(p: Page, visit: Visit, data: Data | None, summary: StepSummary, at: int) -> None:
    words, step = p.words, visit.steps[at]
    # Shown as the placeholder: it is what guests see as long as the host writes no title.
    finding = summary.title or chart(step, words)
    st.markdown(f"**{words('visit.number', n=at + 1)}**")
    fields: dict[str, Any] = {"on_change": visit_state.save_step}
    # By place: a step that moves is drawn anew, with its own texts.
    key = KEY(f"title-{at}", visit.visit_id)
    hold(key, step.title, p.lang)
    label = words("visit.own_title")
    st.text_input(
        label, key=key, args=(visit, at, "title"), placeholder=finding, max_chars=200, **fields
    )
    key = KEY(f"note-{at}", visit.visit_id)
    hold(key, step.note, p.lang)
    st.text_area(
        words("visit.note"), key=key, args=(visit, at, "note"), height=92, max_chars=4000, **fields
    )
    if step.sql:
        visit_sql.fields(p, visit, at)
    if summary.broken:
        st.warning(escape_markdown(summary.broken))
    elif data and (answer := answer_or_none(data, step, of(visit.lang), p.mode)):
        preview(data, answer, of(visit.lang))


def _details(p: Page, visit: Visit, between: Conflict | None, place: str) -> None:
    """What is known about the visit besides its steps. Every field is written once it is left.

    between: another's change, shown below the line of the field that could not be written if
    `place` is "details".
    """
    words = p.words
    with st.container(key="visit-details", gap="small"):
        st.markdown(f"**{words('visit.details')}**")
        st.caption(words("visit.at_once"))
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            _day(p, visit)
            institution = _field(p, visit, "institution")
            st.text_input(words("visits.institution"), max_chars=200, width=320, **institution)
            regency_field(
                words("visits.regency"),
                words=words,
                placeholder=words("visits.regency_placeholder"),
                width=290,
                **_field(p, visit, "regency_code"),
            )
            st.segmented_control(
                words("visits.lang"),
                LANGUAGES,
                format_func=lambda lang: words(f"visits.language.{lang}"),
                required=True,
                **_field(p, visit, "lang"),
            )
        contact = _field(p, visit, "contact")
        st.text_input(
            words("visit.contact"),
            max_chars=200,
            width=320,
            placeholder=words("visit.contact_example"),
            **contact,
        )
        here = between if place == "details" else None
        if here and here.part in LINE:
            visit_notices.conflict(here, words)
        # Side by side: agenda, notes and questions are read together.
        for column, name in zip(st.columns(len(TEXTS)), TEXTS, strict=True):
            with column:
                st.text_area(
                    words(f"visit.{name}"), height=150, max_chars=20000, **_field(p, visit, name)
                )
        if here and here.part in TEXTS:
            visit_notices.conflict(here, words)


def _day(p: Page, visit: Visit) -> None:
    """The field of the day. An invalid day stays in it, to be mended, and changes nothing."""
    words, on = p.words, day(KEY("on", visit.visit_id))
    on.follow(visit.on, words)
    typed, message = on.day(words), ""
    # A date written into the file by hand may be any.
    if isinstance(typed, Rejected) and st.session_state[on.key] != on.write(visit.on, words):
        message = f"{typed.message(words)} {words('typed.day_kept', day=visit.on)}"
    on.draw(
        words("visits.date"),
        words,
        message,
        width=190,
        on_change=_typed_day,
        args=(visit, on, words),
    )


def _typed_day(visit: Visit, on: TypedField, words: Words) -> None:
    typed = on.day(words)
    if not isinstance(typed, Rejected):
        on.tidy(words)
        visit_state.save_day(visit, typed)


def _field(p: Page, visit: Visit, name: str) -> dict[str, Any]:
    """Arguments of the widget for a field of the visit: its key, and what writes its change."""
    key = KEY(name, visit.visit_id)
    value = getattr(visit, name)
    if name == "regency_code":
        value = value or None  # a list of options knows no '': None is its "nothing chosen"
    hold(key, value, p.lang)
    return {"key": key, "on_change": visit_state.save, "args": (visit, name)}
