"""The guest's own figures on the page: a form or a workbook, checked like records, held in this
session alone.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kub import places
from kub.answers.answer import Answer
from kub.guests import COUNTED, Declared, Guest, faults, own_records, rooms
from kub.guests.workbook import GuestFile
from kub.records.typed_values import Expected, Rejected
from kub.ui.card import card
from kub.ui.guests import share
from kub.ui.guests import wall as share_wall
from kub.ui.guests import workbook as guest_file
from kub.ui.list_field import regency_field
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
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


@dataclass(frozen=True)
class Guests:
    """Whose figures the page shows besides. figures: as JSON for questions; own: of this session;
    opened: whether its form is (`ours=yes` in the link); room: the one that the link names;
    on_wall: whether the screen shows guests who share, and nobody's own figures.
    """

    figures: str
    own: Declared | None
    opened: bool
    room: share.Screen | None
    on_wall: bool

    @property
    def code(self) -> str:
        return self.room.code if self.room else ""


def panel(p: Page) -> Guests:
    """Draw the room in the link, and the form while it is open."""
    words = p.words
    guest: Declared | None = st.session_state.get(STATE)
    opened = p.link_value("ours", ("yes",)) == "yes"
    room = share.linked(p)
    others = room.guests if room else ()
    st.session_state[SHOWN] = guest, others
    # A screen that nobody types at: the projector, or a second device that only follows.
    wall = bool(others) and not guest and not opened
    st.session_state[WALL] = room if wall else None
    # Names as the charts have them, "Kota Cilegon (2)" among them, for the list of who shares.
    rows = rooms.rows(guest, others, p.filters)
    with _place("guest-top"):
        if room:
            share.show(room, [row["regency"] for row in rows[len(rows) - len(others) :]], words)
        if opened:
            with st.container(key="guest", border=True):
                guest_file.drop(words, _keep)
                # A workbook does not fill the form: it holds more than the form asks.
                _form(p, guest if isinstance(guest, Guest) else None)
    return Guests(rooms.figures(rows), guest, opened, room, wall)


def invite(guests: Guests, words: Words) -> None:
    """The way to the form, for whoever has stated nothing yet."""
    if guests.own or guests.opened:
        return
    with st.container(key="guest-invite", width="content"):
        st.button(
            words("guest.open"),
            type="primary",
            key="guest-open",
            on_click=go,
            kwargs={"ours": "yes"},
        )


def stated(guests: Guests, words: Words) -> None:
    """What the guest has stated, and what can be done with it."""
    with _place("guest-stated"):
        if guests.own and not guests.opened:
            with st.container(key="guest", border=True):
                _shown(guests.own, words, guests.code)


def _place(key: str) -> DeltaGenerator:
    """A container that stands there empty too (benchmark.css): without it every chart below would
    be another element to Streamlit, and drawn anew.
    """
    return st.container(key=key)


def under(filters: Filters) -> str:
    """The guests that panel() has just shown, under other filters than the page's, as JSON."""
    own, others = st.session_state[SHOWN]
    return rooms.figures(rooms.rows(own, others, filters))


def first_chart(answer: Answer, words: Words) -> None:
    """Draw the chart that guests look for: first of all on a screen of guests, else as a card.

    A guest who has just sent the form is scrolled to it; one who came by the code's link agrees to
    share below it.
    """
    if screen := st.session_state[WALL]:
        share_wall.wall(answer, screen, words)
        return
    card(answer)
    guest: Declared | None = st.session_state.get(STATE)
    # Below the chart, not before it: whoever agrees to share has seen what will be shown.
    if guest and (code := share.joining()):
        share.offer(guest, guest.row(1, Filters())["regency"], words, code)
    elif guest and (code := share.joined()):
        st.markdown(f"**{words('share.shared', code=code)}**")
    if st.session_state.pop(LEAD, None):
        share_wall.lead(answer.chart)


def _keep(guest: Declared) -> None:
    """Show these figures from now on, and close the form."""
    st.session_state[STATE] = guest
    st.session_state[LEAD] = True
    # Before the page is drawn anew, so that the projector is not behind the guest's own screen.
    share.follow(guest)
    go(ours=None)


def _shown(guest: Declared, words: Words, code: str) -> None:
    row = guest.row(1, Filters())
    sentence = words("guest.shown", **row)
    if guest.closed is not None:
        sentence += f" {words('guest.shown_closed', closed=guest.closed)}"
    st.markdown(escape_markdown(sentence))
    if isinstance(guest, GuestFile):
        with st.expander(words("reading.title")):
            st.markdown(
                "\n".join(f"- {escape_markdown(line)}" for line in guest.reading.lines(words))
            )
    # "Seen by nobody" would be wrong once the figures are on a screen.
    on_screen = share.state(words)
    if not on_screen:
        st.caption(words("guest.private"))
    with st.container(horizontal=True, gap="small"):
        # A workbook is mended where it was made.
        if isinstance(guest, Guest):
            st.button(words("guest.edit"), key="guest-edit", on_click=go, kwargs={"ours": "yes"})
            st.download_button(
                words("guest.workbook.button"),
                data=partial(own_records.workbook, guest, words, date.today()),
                file_name=own_records.file_name(guest, words),
                key="guest-workbook",
                help=words("guest.workbook.help"),
                on_click="ignore",
            )
        if on_screen:
            st.button(words("share.withdraw"), key="share-withdraw", on_click=share.withdraw)
        elif not share.joining():
            share.offer(guest, row["regency"], words, code)
        # Asked once more: what was typed is nowhere else.
        with st.popover(words("guest.remove"), type="tertiary"):
            st.markdown(words("guest.remove_ask"))
            st.button(words("guest.remove_yes"), key="guest-remove", on_click=_remove)


def _remove() -> None:
    share.withdraw()
    st.session_state.pop(STATE)
    st.session_state.pop(REGENCY, None)


def _form(p: Page, guest: Guest | None) -> None:
    """The form. guest: what it starts with, if something was stated before."""
    words = p.words
    st.markdown(f"**{words('guest.form')}**")
    if guest:
        # Figures that were stated before, to be changed; what was chosen since stays.
        st.session_state.setdefault(REGENCY, guest.regency_code)
    code = regency_field(
        words("guest.region"), REGENCY, words, placeholder=words("guest.region_placeholder")
    )
    if code:
        # Figures of the regency chosen before are no start for another one.
        if guest and guest.regency_code != code:
            guest = None
        _numbers(words, code, guest)
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
    """The fields of the form, each with what is wrong in it.

    A fragment: the charts need not follow before the form is sent. guest: what it starts with.
    """
    start: dict[str, Any] = {
        "villages": len(places.villages_of(code)),
        "as_of": date(date.today().year - 1, 12, 31),
    }
    if known := places.population_of(code):
        start["population_year"], start["population"], source = known[-1]
        st.caption(words("guest.prefilled", source=escape_markdown(source)))
    else:
        st.caption(words("guest.prefilled_villages"))
    if guest:
        start = vars(guest) | dict(zip(SECTORS, guest.sectors or (), strict=False))
    fields = _fields(code)
    for name, field in fields.items():
        field.start(start.get(name), words)
    # The radio keeps its own choice when other fields change.
    st.session_state.setdefault(KEY(f"counted-{code}"), start.get("counted", COUNTED[0]))
    messages = _messages(code, words, sent=st.session_state.get(SENT) == code)

    def draw(*names: str, width: int = 190) -> None:
        with st.container(
            horizontal=True, gap="small", vertical_alignment="top", key=KEY(f"row-{names[0]}")
        ):
            for name in names:
                label = f"sector.{name}" if name in SECTORS else f"guest.field.{name}"
                fields[name].draw(words(label), words, messages.get(name, ""), width=width)

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
    # The sum belongs to no single field.
    if together := messages.get("sectors"):
        st.html(f'<p class="kub-typed-note" role="status">{escape(together)}</p>')
    if st.session_state.get(SENT) == code:
        _tell(messages, words)


def _fields(code: str) -> dict[str, TypedField]:
    """The fields of the form by name.

    Their keys hold the regency, so that none shows what was typed for another one.
    """
    years = ("population_year", "first_year")
    expected = {name: Expected(grouped=name not in years) for name in (*REGION, *NUMBERS, *SECTORS)}
    fields = {name: TypedField(KEY(f"{name}-{code}"), spec) for name, spec in expected.items()}
    return fields | {"as_of": TypedField(KEY(f"as_of-{code}"))}


def _stated(code: str, words: Words) -> tuple[dict[str, Any], dict[str, Rejected]]:
    """(figures under the names of Guest, rejected texts by field) of the form."""
    values = {name: field.value(words) for name, field in _fields(code).items()}
    rejected = {name: value for name, value in values.items() if isinstance(value, Rejected)}
    # A rejected field counts as empty, so that the others are checked all the same.
    stated = values | dict.fromkeys(rejected)
    parts = [stated.pop(sector) for sector in SECTORS]
    # One stated sector means that the empty ones are zero; none stated that the mix is not known.
    stated["sectors"] = None
    if any(part is not None for part in parts) and not rejected.keys() & set(SECTORS):
        stated["sectors"] = tuple(part or 0 for part in parts)
    return stated | {
        "regency_code": code,
        "counted": st.session_state[KEY(f"counted-{code}")],
    }, rejected


def _messages(code: str, words: Words, *, sent: bool) -> dict[str, str]:
    """What is wrong, one message a field.

    sent: whether the form was sent once: only then an empty field is a fault.
    """
    stated, rejected = _stated(code, words)
    messages: dict[str, str] = {}
    for fault in faults(stated, date.today()):
        # An empty form is no list of faults before anybody has sent it.
        if sent or fault.rule != "missing":
            messages.setdefault(fault.field, fault.message(words))
    return messages | {name: value.message(words) for name, value in rejected.items()}


def _tell(messages: dict[str, str], words: Words) -> None:
    """List the messages at the button too, for the fields may be out of sight."""
    if not messages:
        return
    labels = {sector: words(f"sector.{sector}") for sector in SECTORS}
    lines = [words("guest.faults")]
    for name, message in messages.items():
        label = labels.get(name) or words(f"guest.field.{name}")
        lines.append(f"- {escape_markdown(label)}: {escape_markdown(message)}")
    st.error("\n".join(lines))


def _submit(code: str, words: Words) -> None:
    """Callback of the form: its figures are shown; with a fault everything stays as typed."""
    if _messages(code, words, sent=True):
        st.session_state[SENT] = code
        return
    st.session_state.pop(SENT, None)
    stated, _ = _stated(code, words)
    _keep(Guest(regency=str(places.regency_name(code)), **stated))
