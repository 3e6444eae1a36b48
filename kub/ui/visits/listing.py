"""The list of visits: a new one, each with what can be done with it, and files that are none."""

from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from kub import places, visits
from kub.answers.step import Step
from kub.records.typed_values import ExpectedDay, Rejected
from kub.store.versions import NotStored, data_folder, printable
from kub.ui import frame, host
from kub.ui.filters import hold
from kub.ui.link import Query
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.ui.supporting import parts
from kub.ui.typed_field import TypedField
from kub.ui.view import read
from kub.ui.visits import keep
from kub.ui.visits.state import FAULT, copied, put
from kub.visits import Changed, Unreadable, Visit
from kub.visits.stories import MINUTES, story
from kub.words import LANGUAGES, Words, of

KEY = "new-{}".format
DELETED, NOT_DELETED, NOT_RESTORED = "visit deleted", "visit not deleted", "visit not restored"
BLANK = "blank"
LENGTHS = (*(str(minutes) for minutes in MINUTES), BLANK)
USUAL = "15"
SHOWN = 20  # each row has five widgets
# days of visits: from then to the end of so many years from now
EARLIEST, AHEAD = date(2000, 1, 1), 5


def begin() -> Page:
    """As page.begin, without scope and chips: a visit's steps have filters of their own."""
    view = read()
    st.html(Path(__file__).parent / "visits.css")
    with st.container(key="title", gap="xsmall"):
        st.title(view.words("page.visits"), anchor=False)
        st.html(f'<p class="kub-question">{view.words("question.visits")}</p>')
    notices = st.container(key="notices")
    with notices:
        frame.notices(view)
    return Page("visits", view, notices, st.empty())


def overview(p: Page) -> None:
    """Everything of `/visits` without a visit in the link."""
    found = visits.visits(data_folder())
    _new(p)
    _undone(p.words)
    listed = [one for one in found if isinstance(one, Visit)]
    if not listed:
        st.markdown(p.words("visits.none"))
    every = len(listed) <= SHOWN or p.said("all", ("yes",)) == "yes"
    for one in listed if every else listed[:SHOWN]:
        _row(one, p)
    if not every:
        st.button(
            p.words("visits.all", n=len(listed)),
            key="visits-all",
            on_click=go,
            kwargs={"all": "yes"},
        )
    _broken([one for one in found if isinstance(one, Unreadable)], p.words)


def regency(code: str) -> str:
    """Its name; a code that no list knows as it is."""
    return places.regency_name(code) or code


def count(one: Visit, words: Words) -> str:
    return words(f"visits.steps.{'one' if len(one.steps) == 1 else 'many'}", n=len(one.steps))


def first(one: Visit) -> Query:
    """Of the link that presents it from its welcome slide, in its own language."""
    return {"visit": one.visit_id, "step": "welcome"}


def regencies(*codes: str) -> dict[str, str]:
    """Every regency to choose from; and these codes, known or not."""
    return dict(places.regencies()) | {code: regency(code) for code in codes if code}


def day(key: str) -> TypedField:
    """The field of a visit's day."""
    return TypedField(key, ExpectedDay(EARLIEST, date(date.today().year + AHEAD, 12, 31)))


def _new(p: Page) -> None:
    words, names = p.words, regencies()
    on = day(KEY("on"))
    on.start(date.today(), words)
    typed = on.day(words)
    with st.container(key="visit-new", border=True, gap="small"):
        st.markdown(f"**{words('visits.new')}** · {words('visits.new_what')}")
        # Said before drawn: the language of the page is what a host most likely wants.
        hold(KEY("lang"), st.session_state.get(KEY("lang")) or p.lang, p.lang)
        with (
            st.form("visit-new-form", border=False, enter_to_submit=False),
            st.container(horizontal=True, gap="small", vertical_alignment="top"),
        ):
            message = typed.message(words) if isinstance(typed, Rejected) else ""
            on.draw(words("visits.date"), words, message, width=190, in_form=True)
            st.text_input(
                words("visits.institution"),
                key=KEY("institution"),
                placeholder=words("visits.institution_example"),
                max_chars=200,
                width=290,
            )
            st.selectbox(
                words("visits.regency"),
                list(names),
                index=None,
                format_func=lambda code: words.regency(names[code]),
                key=KEY("regency_code"),
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
                format_func=lambda one: (
                    words("visits.blank") if one == BLANK else words("visits.minutes", n=int(one))
                ),
                default=USUAL,
                required=True,
                key=KEY("length"),
            )
            st.form_submit_button(
                words("visits.create"), type="primary", on_click=_create, args=(p,)
            )


def _create(p: Page) -> None:
    state, on = st.session_state, day(KEY("on")).day(p.words)
    if isinstance(on, Rejected):  # told beside the field
        return
    said = {name: state[KEY(name)] for name in ("institution", "regency_code", "lang", "length")}
    steps: tuple[Step, ...] = ()
    if said["length"] != BLANK:
        programme = p.data.default.programme_id
        steps = story(int(said["length"]), programme, set(parts(p)), of(said["lang"]))
    code = said["regency_code"] or ""
    one = Visit("", on, said["institution"].strip(), code, said["lang"], p.data.version.name, steps)
    if stored := put(one):
        go(visit=stored.visit_id, step=None)


def _row(one: Visit, p: Page) -> None:
    words, code = p.words, one.visit_id
    with st.container(
        key=f"visit-row-{code}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        with st.container(key=f"visit-who-{code}", gap=None):
            st.markdown(f"**{plain(one.institution or words('visits.unnamed'))}**")
            language = words(f"visits.language.{one.lang}")
            about = [
                words.date(one.on),
                words.regency(regency(one.regency_code)),
                count(one, words),
                language,
            ]
            st.caption(plain(" · ".join(part for part in about if part)))
        with st.container(
            key=f"visit-do-{code}",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            width="content",
        ):
            with st.container(key=f"visit-present-{code}", width="content"):
                st.page_link("present.py", label=words("visits.present"), query_params=first(one))
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
                args=(one,),
                **act,
            )
            with st.popover(words("visits.delete"), type="tertiary", key=f"delete-ask-{code}"):
                st.markdown(
                    plain(
                        words(
                            "visits.delete_ask",
                            institution=one.institution or words("visits.unnamed"),
                            on=one.on,
                        )
                    )
                )
                st.button(
                    words("visits.delete_yes"),
                    key=f"delete-{code}",
                    on_click=_delete,
                    args=(one,),
                    type="primary",
                )


def _duplicate(one: Visit) -> None:
    if stored := put(copied(one)):
        go(visit=stored.visit_id, step=None)


def _delete(one: Visit) -> None:
    if not host.is_host():  # has left in another window
        return
    try:
        visits.remove(data_folder(), one)
        st.session_state[DELETED] = one
    except Changed as changed:
        # Gone already is what was wanted.
        if changed.now:
            st.session_state[NOT_DELETED] = one
    except (NotStored, Unreadable) as fault:
        st.session_state[FAULT] = fault


def _undone(words: Words) -> None:
    """What was just deleted, with the way back; or why it is as it was."""
    one: Visit | None = st.session_state.get(DELETED)
    if one:
        with st.container(
            key="visit-deleted", horizontal=True, vertical_alignment="center", gap="small"
        ):
            st.markdown(plain(words("visits.deleted", name=keep.name(one, words))))
            st.button(words("visits.undo"), key="visit-undo", on_click=_restore, args=(one,))
    for reason, key in ((NOT_DELETED, "visits.changed"), (NOT_RESTORED, "visits.not_restored")):
        if other := st.session_state.pop(reason, None):
            st.warning(plain(words(key, name=keep.name(other, words))))


def _restore(one: Visit) -> None:
    st.session_state.pop(DELETED, None)
    try:
        if visits.restore(data_folder(), one.visit_id) is None:
            st.session_state[NOT_RESTORED] = one
    except NotStored as fault:
        st.session_state[FAULT] = fault
        st.session_state[DELETED] = one
    except Unreadable as fault:
        st.session_state[FAULT] = fault


def _broken(files: list[Unreadable], words: Words) -> None:
    if files:
        listed = "\n".join(f"- {unreadable(each, words)}" for each in files)
        with st.container(key="visit-unreadable"):
            st.markdown(f"**{words('visits.unreadable_title')}**\n{listed}")


def unreadable(reason: Unreadable, words: Words) -> str:
    """Which file, what is wrong in it, what to do; as Markdown."""
    return plain(
        words(
            f"visit.unreadable.{reason.rule}",
            file=printable(reason.path),
            value=printable(reason.value),
        )
    )
