"""One visit: its steps in order, the chosen one to see and to
change, and what is known about the guests.
"""

from typing import Any

import streamlit as st

from kub.records.typed_values import Expected, Rejected
from kub.store.data import Data
from kub.ui import take_home
from kub.ui.data import pinned
from kub.ui.filters import hold
from kub.ui.list_field import regency_field
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.typed_field import TypedField
from kub.ui.visits import notices as visit_notices
from kub.ui.visits import plan
from kub.ui.visits import sql as visit_sql
from kub.ui.visits import state as visit_state
from kub.ui.visits.listing import count, day, first, regency
from kub.ui.visits.state import KEY, Conflict
from kub.ui.visits.step import StepSummary, answer_or_none, chart, preview, step_summary
from kub.visits import LONGEST_VISIT, TEXTS, Visit
from kub.words import LANGUAGES, Words, of

LINE = (
    "on",
    "institution",
    "regency_code",
    "lang",
    "minutes",
    "contact",
)  # fields that stand in one line


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
            plan.steps(p, visit, summaries, at)
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
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            length = TypedField(KEY("minutes", visit.visit_id), Expected(1, LONGEST_VISIT))
            length.draw_kept(
                words("visit.length"),
                visit.minutes or None,
                words,
                lambda minutes: visit_state.save_value(visit, "minutes", minutes or 0),
            )
            st.text_input(
                words("visit.contact"),
                max_chars=200,
                width=320,
                placeholder=words("visit.contact_example"),
                **_field(p, visit, "contact"),
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
        visit_state.save_value(visit, "on", typed)


def _field(p: Page, visit: Visit, name: str) -> dict[str, Any]:
    """Arguments of the widget for a field of the visit: its key, and what writes its change."""
    key = KEY(name, visit.visit_id)
    value = getattr(visit, name)
    if name == "regency_code":
        value = value or None  # a list of options knows no '': None is its "nothing chosen"
    hold(key, value, p.lang)
    return {"key": key, "on_change": visit_state.save, "args": (visit, name)}
