"""The list of visits: a form for a new one, a row for each, and the files that cannot be read."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from kub import places, visits
from kub.answers.step import Step
from kub.records.typed_values import ExpectedDay, Rejected
from kub.store.versions import NotStored, data_folder, printable
from kub.ui import page
from kub.ui.filters import hold
from kub.ui.link import Query
from kub.ui.list_field import regency_field
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.supporting import story_parts
from kub.ui.typed_field import TypedField
from kub.ui.visits import keep
from kub.ui.visits.state import FAULT, copied, put
from kub.ui.who import may_host
from kub.visits import Changed, Unreadable, Visit
from kub.visits.stories import MINUTES, story
from kub.words import LANGUAGES, Words, of

# Keys of the form; those of an opened visit begin with visit-.
KEY = "new-{}".format
DELETED, NOT_DELETED, NOT_RESTORED = "visit deleted", "visit not deleted", "visit not restored"
BLANK = "blank"
LENGTHS = (*(str(minutes) for minutes in MINUTES), BLANK)
USUAL = "15"
SHOWN = 20  # rows at first; each has five widgets
# days of visits: from then to the end of so many years from now
EARLIEST, AHEAD = date(2000, 1, 1), 5


def begin() -> Page:
    """As page.begin, with the styles of this page."""
    st.html(Path(__file__).parent / "visits.css")
    return page.begin("visits")


def overview(p: Page) -> None:
    """Everything of `/visits` without a visit in the link."""
    entries = visits.visits(data_folder())
    _new(p)
    _undone(p.words)
    listed = [visit for visit in entries if isinstance(visit, Visit) and may_host(visit)]
    if not listed:
        st.markdown(p.words("visits.none"))
    all_shown = len(listed) <= SHOWN or p.link_value("all", ("yes",)) == "yes"
    for visit in listed if all_shown else listed[:SHOWN]:
        _row(visit, p)
    if not all_shown:
        st.button(
            p.words("visits.all", n=len(listed)),
            key="visits-all",
            on_click=go,
            kwargs={"all": "yes"},
        )
    _broken([visit for visit in entries if isinstance(visit, Unreadable)], p.words)


def regency(code: str) -> str:
    """The name of a regency; a code that no list knows comes back as it is."""
    return places.regency_name(code) or code


def count(visit: Visit, words: Words) -> str:
    """'1 langkah', '5 langkah': English has two forms, so the words have two keys."""
    form = "one" if len(visit.steps) == 1 else "many"
    return words(f"visits.steps.{form}", n=len(visit.steps))


def first(visit: Visit) -> Query:
    """The query of the link that presents a visit from its welcome slide, in its own language."""
    return {"visit": visit.visit_id, "step": "welcome"}


def day(key: str) -> TypedField:
    """The field of a visit's day. Bounded, so that a slip of the year is seen at once."""
    return TypedField(key, ExpectedDay(EARLIEST, date(date.today().year + AHEAD, 12, 31)))


def _new(p: Page) -> None:
    words = p.words
    on = day(KEY("on"))
    on.start(date.today(), words)
    typed = on.day(words)
    with st.container(key="visit-new", border=True, gap="small"):
        st.markdown(f"**{words('visits.new')}** · {words('visits.new_what')}")
        # Set before it is drawn: the language of the page is what a host most likely wants.
        hold(KEY("lang"), st.session_state.get(KEY("lang")) or p.lang, p.lang)
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            message = ""
            if isinstance(typed, Rejected):
                message = typed.message(words)
            on.draw(words("visits.date"), words, message, width=190)
            st.text_input(
                words("visits.institution"),
                key=KEY("institution"),
                placeholder=words("visits.institution_example"),
                max_chars=200,
                width=290,
            )
            regency_field(
                words("visits.regency"),
                KEY("regency_code"),
                words,
                placeholder=words("visits.regency_placeholder"),
                width=270,
            )
            st.segmented_control(
                words("visits.lang"),
                LANGUAGES,
                format_func=lambda lang: words(f"visits.language.{lang}"),
                required=True,
                key=KEY("lang"),
            )
            st.segmented_control(
                words("visits.length"),
                LENGTHS,
                format_func=partial(_length_label, words),
                default=USUAL,
                required=True,
                key=KEY("length"),
            )
            st.button(
                words("visits.create"),
                key=KEY("create"),
                type="primary",
                on_click=_create,
                args=(p,),
            )


def _length_label(words: Words, length: str) -> str:
    """length: of LENGTHS."""
    if length == BLANK:
        return words("visits.blank")
    return words("visits.minutes", n=int(length))


def _create(p: Page) -> None:
    state, on = st.session_state, day(KEY("on")).day(p.words)
    if isinstance(on, Rejected):  # its message stands beside the field
        return
    fields = {name: state[KEY(name)] for name in ("institution", "lang", "length")}
    # A blank visit has no steps; the page then says how to add some.
    steps: tuple[Step, ...] = ()
    if fields["length"] != BLANK:
        programme = p.data.default.programme_id
        has = story_parts(p.data, p.filters)
        steps = story(int(fields["length"]), programme, has, of(fields["lang"]))
    code = state.get(KEY("regency_code")) or ""
    visit = Visit(
        *("", on, fields["institution"].strip(), code, fields["lang"], p.data.version.name),
        steps=steps,
        minutes=0 if fields["length"] == BLANK else int(fields["length"]),
    )
    if stored := put(visit):
        state.pop(KEY("regency_code"), None)
        go(visit=stored.visit_id, step=None)


def _row(visit: Visit, p: Page) -> None:
    words, code = p.words, visit.visit_id
    with st.container(
        key=f"visit-row-{code}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        with st.container(key=f"visit-who-{code}", gap=None):
            st.markdown(f"**{escape_markdown(visit.institution or words('visits.unnamed'))}**")
            language = words(f"visits.language.{visit.lang}")
            about = [
                words.date(visit.on),
                words.regency(regency(visit.regency_code)),
                count(visit, words),
                language,
            ]
            st.caption(escape_markdown(" · ".join(part for part in about if part)))
        with st.container(
            key=f"visit-do-{code}",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            width="content",
        ):
            with st.container(key=f"visit-present-{code}", width="content"):
                st.page_link("present.py", label=words("visits.present"), query_params=first(visit))
            act: dict[str, Any] = {"type": "tertiary"}
            st.button(
                words("visits.edit"),
                key=f"edit-{code}",
                on_click=go,
                kwargs={"visit": code, "step": None},
                **act,
            )
            st.button(
                words("visits.duplicate"),
                key=f"copy-{code}",
                on_click=_duplicate,
                args=(visit,),
                **act,
            )
            # Asked once more, though it can be undone: an undo is lost with the session.
            with st.popover(words("visits.delete"), type="tertiary", key=f"delete-ask-{code}"):
                st.markdown(
                    escape_markdown(
                        words(
                            "visits.delete_ask",
                            institution=visit.institution or words("visits.unnamed"),
                            on=visit.on,
                        )
                    )
                )
                st.button(
                    words("visits.delete_yes"),
                    key=f"delete-{code}",
                    on_click=_delete,
                    args=(visit,),
                    type="primary",
                )


def _duplicate(visit: Visit) -> None:
    if stored := put(copied(visit)):
        go(visit=stored.visit_id, step=None)


def _delete(visit: Visit) -> None:
    if not may_host(visit):  # has left in another window
        return
    try:
        visits.remove(data_folder(), visit)
        st.session_state[DELETED] = visit
    except Changed as changed:
        # Gone already is what was wanted.
        if changed.now:
            st.session_state[NOT_DELETED] = visit
    except (NotStored, Unreadable) as fault:
        st.session_state[FAULT] = fault


def _undone(words: Words) -> None:
    """Above the list: what was just deleted, with a button that undoes it; or why it is still
    there.
    """
    visit: Visit | None = st.session_state.get(DELETED)
    if visit:
        with st.container(
            key="visit-deleted", horizontal=True, vertical_alignment="center", gap="small"
        ):
            st.markdown(escape_markdown(words("visits.deleted", name=keep.name(visit, words))))
            st.button(words("visits.undo"), key="visit-undo", on_click=_restore, args=(visit,))
    for reason, key in ((NOT_DELETED, "visits.changed"), (NOT_RESTORED, "visits.not_restored")):
        if other := st.session_state.pop(reason, None):
            st.warning(escape_markdown(words(key, name=keep.name(other, words))))


def _restore(visit: Visit) -> None:
    # Taken first: a second click finds nothing more to bring back.
    st.session_state.pop(DELETED, None)
    try:
        if visits.restore(data_folder(), visit.visit_id) is None:
            st.session_state[NOT_RESTORED] = visit
    except NotStored as fault:
        st.session_state[FAULT] = fault
        st.session_state[DELETED] = visit  # to be tried again once the disk takes it
    except Unreadable as fault:
        st.session_state[FAULT] = fault


def _broken(files: list[Unreadable], words: Words) -> None:
    if files:
        listed = "\n".join(f"- {unreadable(file, words)}" for file in files)
        with st.container(key="visit-unreadable"):
            st.markdown(f"**{words('visits.unreadable_title')}**\n{listed}")


def unreadable(
    reason: Unreadable, words: Words, shown: Callable[[str], str] = escape_markdown
) -> str:
    """Which file, what is wrong in it, what to do. shown: how it reaches the screen as it is."""
    return shown(
        words(
            f"visit.unreadable.{reason.rule}",
            file=printable(reason.path),
            value=printable(reason.value),
        )
    )
