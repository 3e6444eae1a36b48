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
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.ui.supporting import parts
from kub.ui.typed_field import TypedField
from kub.ui.visits import notices as visit_told
from kub.ui.visits import state as visit_state
from kub.ui.visits.listing import count, day, first, regencies, regency
from kub.ui.visits.state import KEY, UNDO, Conflict, Removed
from kub.ui.visits.step import Told, chart, preview, told, tried
from kub.visits import TEXTS, Visit
from kub.visits.stories import MINUTES, story
from kub.words import LANGUAGES, Words, of

ADD = "visit-add"
LINE = ("on", "institution", "regency_code", "lang", "contact")  # fields of a visit in one line


def editor(p: Page, one: Visit, changed: bool) -> None:
    """changed: whether somebody has written the visit since this session saw it."""
    between = visit_state.conflict(one.visit_id)
    place = _conflict_place(between, one) if between else ""
    _head(p, one)
    if between and place == "top":
        visit_told.conflict(between, p.words)
    elif changed:
        visit_told.changed(p.words, one.visit_id)
    data = pinned(one.version)
    visit_told.version(p, one, data)
    with st.container(key="visit-body"):
        left, right = st.columns([1, 1.15], gap="large")
        said = [told(data, step, one.lang, p.words) for step in one.steps]
        at = int(p.said("step", [str(n + 1) for n in range(len(said))]) or 1) - 1
        with left:
            _steps(p, one, said, at)
        if said:
            with right, st.container(key="visit-step"):
                if between and place == "step":
                    visit_told.conflict(between, p.words)
                _step(p, one, data, said[at], at)
    _details(p, one, between if place == "details" else None)
    tellable = [step for step, each in zip(one.steps, said, strict=True) if not each.broken]
    if data and tellable:
        take_home.of_visit(one, tellable, data, p.words)


def _conflict_place(between: Conflict, one: Visit) -> str:
    """Where both versions are shown: beside the field that could not be
    written, for it is what a host looks at.
    """
    if between.part == "steps" and one.steps:
        return "step"
    return "details" if between.part in (*LINE, *TEXTS) else "top"


def _head(p: Page, one: Visit) -> None:
    words = p.words
    with st.container(key="visit-head", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="visit-name", gap=None):
            st.subheader(plain(one.institution or words("visits.unnamed")), anchor=False)
            about = [
                words.date(one.on),
                words.regency(regency(one.regency_code)),
                count(one, words),
            ]
            st.caption(plain(" · ".join(part for part in about if part)))
        back = {"visit": None, "step": None}
        st.button(
            f"← {words('visits.back')}", key="visit-back", on_click=go, kwargs=back, type="tertiary"
        )
        if one.steps:
            with st.container(key="visit-present", width="content"):
                st.page_link("present.py", label=words("visits.present"), query_params=first(one))
            speaker = {**first(one), "speaker": "yes"}
            st.page_link(
                "present.py", label=words("visits.speaker"), query_params=speaker, width="content"
            )


def _steps(p: Page, one: Visit, said: list[Told], at: int) -> None:
    words = p.words
    st.markdown(f"**{words('visit.steps')}**")
    if one.lang != p.lang:
        st.caption(words("visit.language_note", language=words(f"visits.language.{one.lang}")))
    removed: Removed | None = st.session_state.get(UNDO)
    if removed and removed.visit_id == one.visit_id:
        with st.container(
            key="visit-removed", horizontal=True, vertical_alignment="center", gap="small"
        ):
            title = removed.step.title or chart(removed.step, words)
            st.markdown(plain(words("visit.removed", n=removed.at + 1, title=title)))
            undo: dict[str, Any] = {"on_click": visit_state.restore, "args": (one, removed)}
            st.button(words("visits.undo"), key="visit-undo-step", **undo)
    if not one.steps:
        st.markdown(words("visit.no_steps"))
    with st.container(key="visit-steps", gap=None):
        for n, (step, each) in enumerate(zip(one.steps, said, strict=True), 1):
            with st.container(key=f"visit-line-{n}{'-chosen' if n == at + 1 else ''}", gap=None):
                title = step.title or each.title or chart(step, words)
                kwargs = {"step": str(n)}
                st.button(
                    plain(f"{n}. {title}"),
                    key=f"visit-step-{n}",
                    on_click=go,
                    kwargs=kwargs,
                    type="tertiary",
                )
                if about := each.broken or each.about:
                    st.caption(plain(about))
                if step.note:
                    st.caption(f"*{plain(step.note)}*")
                if n == at + 1:
                    _moves(words, one, at)
    _add(p, one, at)


def _moves(words: Words, one: Visit, at: int) -> None:
    n, last = at + 1, len(one.steps) - 1
    acts: tuple[tuple[str, Any, tuple[Any, ...], bool], ...] = (
        ("up", visit_state.move, (one, at, -1), at == 0),
        ("down", visit_state.move, (one, at, 1), at == last),
        ("copy", visit_state.add, (one, one.steps[at], at + 1), False),
        ("remove", visit_state.remove, (one, at), False),
    )
    with st.container(key="visit-moves", horizontal=True, gap="small"):
        for name, act, args, never in acts:
            st.button(
                words(f"visit.{name}"),
                key=f"visit-{name}-{n}",
                on_click=act,
                args=args,
                disabled=never,
                type="tertiary",
            )


def _add(p: Page, one: Visit, at: int) -> None:
    """Every step of the longest story, with its note in the language of
    the visit; put in after the chosen one.
    """
    ready = story(MINUTES[-1], p.data.default.programme_id, set(parts(p)), of(one.lang))
    hold(ADD, None, p.lang, len(ready))
    st.selectbox(
        p.words("visit.add"),
        range(len(ready)),
        index=None,
        format_func=lambda n: chart(ready[n], p.words),
        key=ADD,
        placeholder=p.words("visit.add_placeholder"),
        on_change=lambda: _added(one, ready, min(at + 1, len(one.steps))),
    )


def _added(one: Visit, ready: Any, at: int) -> None:
    if st.session_state[ADD] is not None:
        visit_state.add(one, ready[st.session_state[ADD]], at)


def _step(p: Page, one: Visit, data: Data | None, each: Told, at: int) -> None:
    words, step = p.words, one.steps[at]
    finding = each.title or chart(step, words)
    st.markdown(f"**{words('visit.number', n=at + 1)}**")
    fields: dict[str, Any] = {"on_change": visit_state.save_step}
    key = KEY(f"title-{at}", one.visit_id)
    hold(key, step.title, p.lang)
    label = words("visit.own_title")
    st.text_input(
        label, key=key, args=(one, at, "title"), placeholder=finding, max_chars=200, **fields
    )
    key = KEY(f"note-{at}", one.visit_id)
    hold(key, step.note, p.lang)
    st.text_area(
        words("visit.note"), key=key, args=(one, at, "note"), height=92, max_chars=4000, **fields
    )
    if each.broken:
        st.warning(plain(each.broken))
    elif data and (answer := tried(data, step, of(one.lang), p.mode)):
        preview(data, answer, of(one.lang))


def _details(p: Page, one: Visit, between: Conflict | None) -> None:
    """What is written beside the story. Every field is kept as soon as it is left.

    between: another's change to show below the line of the field that could not be written.
    """
    words, names = p.words, regencies(one.regency_code)
    with st.container(key="visit-details", gap="small"):
        st.markdown(f"**{words('visit.details')}**")
        st.caption(words("visit.at_once"))
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            _day(p, one)
            institution = _field(p, one, "institution")
            st.text_input(words("visits.institution"), max_chars=200, width=320, **institution)
            st.selectbox(
                words("visits.regency"),
                list(names),
                index=None,
                format_func=lambda code: words.regency(names[code]),
                placeholder=words("visits.regency_placeholder"),
                width=290,
                **_field(p, one, "regency_code"),
            )
            st.segmented_control(
                words("visits.lang"),
                LANGUAGES,
                format_func=lambda lang: words(f"visits.language.{lang}"),
                required=True,
                **_field(p, one, "lang"),
            )
        contact = _field(p, one, "contact")
        st.text_input(
            words("visit.contact"),
            max_chars=200,
            width=320,
            placeholder=words("visit.contact_example"),
            **contact,
        )
        if between and between.part in LINE:
            visit_told.conflict(between, words)
        for column, name in zip(st.columns(len(TEXTS)), TEXTS, strict=True):
            with column:
                st.text_area(
                    words(f"visit.{name}"), height=150, max_chars=20000, **_field(p, one, name)
                )
        if between and between.part in TEXTS:
            visit_told.conflict(between, words)


def _day(p: Page, one: Visit) -> None:
    """What is no day stays in the field, to be mended, and changes nothing."""
    words, on = p.words, day(KEY("on", one.visit_id))
    on.follow(one.on, words)
    typed, message = on.day(words), ""
    # A date written into the file by hand may be any.
    if isinstance(typed, Rejected) and st.session_state[on.key] != on.write(one.on, words):
        message = f"{typed.message(words)} {words('typed.day_kept', day=one.on)}"
    on.draw(
        words("visits.date"), words, message, width=190, on_change=_typed_day, args=(one, on, words)
    )


def _typed_day(one: Visit, on: TypedField, words: Words) -> None:
    typed = on.day(words)
    if not isinstance(typed, Rejected):
        on.tidy(words)
        visit_state.save_day(one, typed)


def _field(p: Page, one: Visit, name: str) -> dict[str, Any]:
    key = KEY(name, one.visit_id)
    value = getattr(one, name)
    hold(key, value or None if name == "regency_code" else value, p.lang)
    return {"key": key, "on_change": visit_state.save, "args": (one, name)}
