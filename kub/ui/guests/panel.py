"""The guest's own figures on the page: a form or a workbook, checked
like records, kept in this session alone.
"""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from kub import places
from kub.answers.answer import Answer
from kub.guests import COUNTED, Declared, Guest, faults
from kub.guests import rooms as shared
from kub.guests.workbook import GuestFile
from kub.records.typed_values import Expected, Rejected
from kub.ui.card import card
from kub.ui.guests import share
from kub.ui.guests import wall as share_wall
from kub.ui.guests import workbook as guest_file
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.ui.typed_field import TypedField
from kub.words import Words
from queries.filters import SECTORS, Filters

STATE, SENT = "guest figures", "guest sent"  # SENT: the regency whose form was sent with faults
SHOWN = "guests shown"
WALL = "guests on the wall"
LEAD = "guest led to the chart"
KEY = "guest-{}".format
REGENCY = KEY("regency_code")
REGION = ("population", "population_year", "villages")
NUMBERS = ("kub", "members", "women", "covered", "first_year", "kub_before", "closed")


def panel(p: Page) -> str:
    """The invitation, a workbook or the form (`ours=yes` in the link), or what was stated; and the
    visit in the link.

    Returns own figures and those shared under the visit's code, for questions.
    """
    words = p.words
    guest: Declared | None = st.session_state.get(STATE)
    opened = p.said("ours", ("yes",)) == "yes"
    visit = share.linked(p)
    others = visit.guests if visit else ()
    st.session_state[SHOWN] = guest, others
    st.session_state[WALL] = visit if others and not guest and not opened else None
    rows = shared.rows(guest, others, p.filters)
    if visit:
        share.show(visit, [row["regency"] for row in rows[len(rows) - len(others) :]], words)
    with st.container(key="guest", border=True):
        if opened:
            guest_file.drop(words, _keep)
            _form(p, guest if isinstance(guest, Guest) else None)
        elif guest:
            _shown(guest, words, visit.code if visit else "")
        else:
            st.markdown(f"**{words('guest.title')}** {words('guest.invite')}")
            with st.container(horizontal=True, gap="small"):
                st.button(
                    words("guest.open"),
                    type="primary",
                    key="guest-open",
                    on_click=go,
                    kwargs={"ours": "yes"},
                )
                if not visit:
                    share.receive(words)
    return shared.figures(rows)


def under(filters: Filters) -> str:
    """The guests that panel() has just shown, under other filters than the page's."""
    own, others = st.session_state[SHOWN]
    return shared.figures(shared.rows(own, others, filters))


def first_chart(answer: Answer, words: Words) -> None:
    """The chart that guests look for. On a screen of guests it is the first thing, else a card like
    the others.

    A guest who has just sent the form is led to it; one who came by the code's link agrees to
    share below it.
    """
    if screen := st.session_state[WALL]:
        share_wall.wall(answer, screen, words)
        return
    card(answer)
    guest: Declared | None = st.session_state.get(STATE)
    if guest and (code := share.joining()):
        share.offer(guest, guest.row(1, Filters())["regency"], words, code)
    elif guest and (code := share.joined()):
        st.markdown(f"**{words('share.shared', code=code)}**")
    if st.session_state.pop(LEAD, None):
        share_wall.lead(answer.chart)


def on_wall() -> bool:
    """Whether this screen shows guests who share, and nobody's own figures."""
    return bool(st.session_state[WALL])


def _keep(guest: Declared) -> None:
    """These figures are shown from now on, and the form is closed."""
    st.session_state[STATE] = guest
    st.session_state[LEAD] = True
    share.follow(guest)
    go(ours=None)


def _shown(guest: Declared, words: Words, code: str) -> None:
    row = guest.row(1, Filters())
    said = words("guest.shown", **row)
    if guest.closed is not None:
        said += f" {words('guest.shown_closed', closed=guest.closed)}"
    st.markdown(plain(said))
    if isinstance(guest, GuestFile):
        with st.expander(words("reading.title")):
            st.markdown("\n".join(f"- {plain(line)}" for line in guest.reading.lines(words)))
    on_screen = share.state(words)
    if not on_screen:
        st.caption(words("guest.private"))
    with st.container(horizontal=True, gap="small"):
        # A workbook is mended where it was made.
        if isinstance(guest, Guest):
            st.button(words("guest.edit"), key="guest-edit", on_click=go, kwargs={"ours": "yes"})
        if on_screen:
            st.button(words("share.withdraw"), key="share-withdraw", on_click=share.withdraw)
        elif not share.joining():
            share.offer(guest, row["regency"], words, code)
        with st.popover(words("guest.remove"), type="tertiary"):
            st.markdown(words("guest.remove_ask"))
            st.button(words("guest.remove_yes"), key="guest-remove", on_click=_remove)


def _remove() -> None:
    share.withdraw()
    st.session_state.pop(STATE)


def _form(p: Page, guest: Guest | None) -> None:
    words = p.words
    st.markdown(f"**{words('guest.form')}**")
    names = dict(places.regencies())
    if guest:
        st.session_state.setdefault(REGENCY, guest.regency_code)
    code = st.selectbox(
        words("guest.region"),
        list(names),
        index=None,
        format_func=lambda code: words.regency(names[code]),
        key=REGENCY,
        placeholder=words("guest.region_placeholder"),
    )
    if code:
        _numbers(words, code, guest if guest and guest.regency_code == code else None)
        st.button(
            words("guest.show"),
            key="guest-show",
            type="primary",
            on_click=_submit,
            args=(code, words),
        )
    st.button(
        words("guest.close"), key="guest-close", type="tertiary", on_click=go, kwargs={"ours": None}
    )


@st.fragment
def _numbers(words: Words, code: str, guest: Guest | None) -> None:
    """The fields, each with what is wrong in it: a fragment, for the
    charts need not follow before they are sent.
    """
    known = places.population_of(code)
    st.caption(
        words("guest.prefilled", source=plain(known[-1][2]))
        if known
        else words("guest.prefilled_villages")
    )
    start: dict[str, Any] = {
        "population": known[-1][1] if known else None,
        "population_year": known[-1][0] if known else None,
        "villages": len(places.villages_of(code)),
        "as_of": date(date.today().year - 1, 12, 31),
    }
    if guest:
        start = vars(guest) | dict(zip(SECTORS, guest.sectors or (), strict=False))
    fields = _fields(code)
    for name, field in fields.items():
        field.start(start.get(name), words)
    st.session_state.setdefault(KEY(f"counted-{code}"), start.get("counted", COUNTED[0]))
    messages = _messages(code, words, sent=st.session_state.get(SENT) == code)

    def draw(*names: str, width: int = 190) -> None:
        with st.container(
            horizontal=True, gap="small", vertical_alignment="top", key=KEY(f"row-{names[0]}")
        ):
            for name in names:
                label = words(f"sector.{name}" if name in SECTORS else f"guest.field.{name}")
                fields[name].draw(label, words, messages.get(name, ""), width=width)

    st.markdown(f"**{words('guest.group_region')}**")
    draw(*REGION)
    st.markdown(f"**{words('guest.group_kub')}**")
    st.radio(
        words("guest.field.counted"),
        COUNTED,
        format_func=lambda option: words(f"guest.counted.{option}"),
        key=KEY(f"counted-{code}"),
        horizontal=True,
    )
    draw("as_of", *NUMBERS)
    st.markdown(f"**{words('guest.group_sectors')}**")
    draw(*SECTORS, width=178)
    if together := messages.get("sectors"):
        st.html(f'<p class="kub-typed-note" role="status">{escape(together)}</p>')
    if st.session_state.get(SENT) == code:
        _tell(messages, words)


def _fields(code: str) -> dict[str, TypedField]:
    """The fields of the form by name, keyed by regency so that none
    shows what was typed for another.
    """
    years = ("population_year", "first_year")
    expected = {name: Expected(grouped=name not in years) for name in (*REGION, *NUMBERS, *SECTORS)}
    fields = {name: TypedField(KEY(f"{name}-{code}"), each) for name, each in expected.items()}
    return fields | {"as_of": TypedField(KEY(f"as_of-{code}"))}


def _stated(code: str, words: Words) -> tuple[dict[str, Any], dict[str, Rejected]]:
    """The figures as Guest has them, and what was typed that is none, by field."""
    values = {name: field.value(words) for name, field in _fields(code).items()}
    rejected = {name: value for name, value in values.items() if isinstance(value, Rejected)}
    stated = {name: None if name in rejected else value for name, value in values.items()}
    parts = [stated.pop(sector) for sector in SECTORS]
    some = any(part is not None for part in parts) and not rejected.keys() & set(SECTORS)
    stated["sectors"] = tuple(part or 0 for part in parts) if some else None
    return stated | {
        "regency_code": code,
        "counted": st.session_state[KEY(f"counted-{code}")],
    }, rejected


def _messages(code: str, words: Words, *, sent: bool) -> dict[str, str]:
    """What is wrong by field, one thing each.

    sent: empty fields count too, for the form was sent once.
    """
    stated, rejected = _stated(code, words)
    messages: dict[str, str] = {}
    for fault in faults(stated, date.today()):
        if sent or fault.rule != "missing":
            messages.setdefault(fault.field, fault.message(words))
    return messages | {name: value.message(words) for name, value in rejected.items()}


def _tell(messages: dict[str, str], words: Words) -> None:
    """At the button too, for the fields may be out of sight."""
    if not messages:
        return
    labels = {sector: words(f"sector.{sector}") for sector in SECTORS}
    lines = (
        f"- {plain(labels.get(name) or words(f'guest.field.{name}'))}: {plain(says)}"
        for name, says in messages.items()
    )
    st.error("\n".join([words("guest.faults"), *lines]))


def _submit(code: str, words: Words) -> None:
    """What the form says becomes the guest, or is told back with
    everything left as it was typed.
    """
    if _messages(code, words, sent=True):
        st.session_state[SENT] = code
        return
    st.session_state.pop(SENT, None)
    stated, _ = _stated(code, words)
    _keep(Guest(regency=str(places.regency_name(code)), **stated))
