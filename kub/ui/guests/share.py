"""Guests on the projector: the host opens a room, and its code in the link shows whoever shares
under it (guests/rooms.py). On the screen a room is called a visit.

Numbers never enter the link. What a session knows of rooms is in its session state: the key of the
room it opened, the codes it was let in with, and where it shares its own figures.
"""

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from kub.guests import Declared, rooms
from kub.guests.rooms import HOURS, MOST_ROOMS, MOST_SENDERS, NoRoom, Refused, Room, tidy
from kub.presenting.prefetch import ANSWERS
from kub.ui import doors
from kub.ui.link import LONGEST
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.presenter import remote
from kub.ui.who import may
from kub.web import blocks
from kub.words import Words

OPENED, LET_IN, SENDER = "visit opened", "visits let in", "visit sender"
SHARED, ENDED, REFUSED = "visit shared with", "visit ended", "visit refused"
CODE = "share-code"
# in the link of the QR code: the code that the form starts with; unlike `code` it shows nobody
JOIN = "join"
EVERY_S = 1.5  # a guest who shares is to be on the projector within two seconds


@dataclass(frozen=True)
class Screen:
    """A room as one run of the page shows it. until: the hour in words."""

    code: str
    revision: int
    until: str
    guests: tuple[Declared, ...]


def linked(p: Page) -> Screen | None:
    """The room that the link names; None without one.

    What is wrong with its code is shown under the title, with a button that takes it out.
    """
    st.html(Path(__file__).parent / "share.css")
    asked = st.query_params.get("code", "")
    if not asked:
        return None
    try:
        code = entered(asked)
        # Before the guests: one who comes in between is then missed by the page, but not by _watch.
        revision = rooms.ROOMS.revision(code)
        return Screen(code, revision, _until(code, p.words), rooms.ROOMS.guests(code))
    except Refused as refused:
        leave = blocks.Action(p.words("share.leave"), {"code": None})
        text = _refusal_text(refused, asked, p.words, str)
        p.notice("code", blocks.Notice(text, mend=leave))
    return None


def entered(asked: str) -> str:
    """The tidy code of an open room. asked: the code as typed or linked. Raises Refused.

    A session that was let in once is not counted as guessing again.
    """
    let_in: dict[str, bool] = st.session_state.setdefault(LET_IN, {})
    # Cut: a link may bring a text of any length, and it is shown.
    code = tidy(asked)[:LONGEST]
    if code in let_in:
        if let_in[code] and rooms.ROOMS.revision(code):
            return code
        raise NoRoom
    try:
        let_in[rooms.ROOMS.enter(code, _sender(), doors.connection().address)] = True
    except NoRoom:
        # The same old link at each click is one wrong try. Codes do not come back.
        let_in[code] = False
        raise
    return code


def _sender() -> str:
    """Who this session is to the rooms; a secret, since whoever knows it withdraws its figures."""
    return str(st.session_state.setdefault(SENDER, secrets.token_urlsafe()))


def _refusal_text(
    refused: Refused, code: str, words: Words, shown: Callable[[str], str] = escape_markdown
) -> str:
    """Why a code is refused. shown: how it reaches the screen as it was typed, so that the slip can
    be seen.
    """
    values = {
        "code": shown(code[:LONGEST]) or "–",
        "senders": MOST_SENDERS,
        "visits": MOST_ROOMS,
        "seconds": math.ceil(refused.seconds),
    }
    return words(f"share.refused.{refused.rule}", **values)


def _until(code: str, words: Words) -> str:
    """Until when the room is open, by the clock of the visitor's browser."""
    until, offset = rooms.ROOMS.until(code), st.context.timezone_offset
    # The offset is UTC minus local time, in minutes, as JavaScript has it: -420 in Batang.
    local = until.astimezone() if offset is None else until - timedelta(minutes=offset)
    return words("share.until", hour=f"{local:%H}", minute=f"{local:%M}")


def receive(words: Words) -> None:
    """The button with which the host opens a room; nothing for anybody else."""
    if not may("host"):
        return
    with st.popover(words("share.receive"), type="tertiary"):
        st.markdown(words("share.receive_what", hours=HOURS))
        st.button(words("share.open"), key="share-open", on_click=_open)
        if refused := st.session_state.pop(f"{REFUSED} open", None):
            st.warning(_refusal_text(refused, "", words))


def _open() -> None:
    """Callback. A session has one room: while that is open, the button leads back to it."""
    if not may("host"):  # who has left meanwhile
        return
    room: Room | None = st.session_state.get(OPENED)
    try:
        # A room that has ended by itself is replaced by a new one.
        if not room or not rooms.ROOMS.revision(room.code):
            room = st.session_state[OPENED] = rooms.ROOMS.open()
            st.session_state.setdefault(LET_IN, {})[room.code] = True
    except Refused as refused:
        st.session_state[f"{REFUSED} open"] = refused
        return
    go(code=room.code)


def show(screen: Screen, names: Sequence[str], words: Words) -> None:
    """Draw the room on the projector: the code to be read from afar, how to join, who is there, and
    for its opener a button that ends it.

    names: of the guests who share, as the charts have them.
    """
    with st.container(key="visit"):
        address = urlsplit(st.context.url or "")
        where = words("share.here")
        if address.netloc:
            where = f"<b>{escape(address.netloc + address.path)}</b>"
        # With the form opened and the code filled in: a phone joins without typing.
        link = remote.reached({"lang": words.lang, "ours": "yes", JOIN: screen.code})
        sign = link and (
            f'<div class="kub-join" role="img" aria-label="{escape(words("share.scan"))}">'
            f"{remote.qr(link)}</div>"
        )
        there = words("share.nobody")
        if names:
            there = words("share.names", names=escape(words.listing(list(names))))
        until = words("share.valid", until=screen.until)
        manner = "share.join_scan" if link else "share.join"
        join = words(manner, address=where)
        st.html(
            f'<div class="kub-visit">{sign}<p><span>{words("share.code")}</span> <b>'
            f"{screen.code}</b></p>"
            f"<div><p>{join}</p><p>{until} {there}</p></div></div>"
        )
        room: Room | None = st.session_state.get(OPENED)
        # Only the session with the key: others see the same screen without the button.
        if room and room.code == screen.code:
            with st.popover(words("share.end"), type="tertiary"):
                st.markdown(words("share.end_ask", code=room.code))
                st.button(words("share.end_yes"), key="share-end", on_click=_end, args=(room,))
        _watch(screen.code, screen.revision)


@st.fragment(run_every=EVERY_S)
def _watch(code: str, seen: int) -> None:
    """Run the page again when somebody has come or gone; draws nothing.

    Once the room has ended the page no longer calls it, and the browser stops asking.
    """
    if rooms.ROOMS.revision(code) != seen:
        st.rerun(scope="app")


def forget() -> None:
    """Drop prepared answers with guests' figures that have changed or gone.

    Their keys begin with code and revision; '' without guests.
    """
    ANSWERS.forget(lambda key: key[0] and rooms.ROOMS.revision(key[0]) != key[1])


def _end(room: Room) -> None:
    rooms.ROOMS.end(room.code, room.key)
    forget()
    st.session_state.pop(OPENED, None)
    go(code=None)


def joining() -> str:
    """The code that the guest's link came with; '' without one, and once the guest shares."""
    if st.session_state.get(SHARED):
        return ""
    return st.query_params.get(JOIN, "")[:LONGEST]


def joined() -> str:
    """The code of the screen that the guest's figures are on, if the guest came by its link; else
    ''.
    """
    if JOIN not in st.query_params:
        return ""
    return str(st.session_state.get(SHARED, ""))


def offer(guest: Declared, regency: str, words: Words, proposed: str) -> None:
    """The form in which a guest agrees to share. proposed: the code in the link, or ''."""
    with st.popover(words("share.offer")):
        st.markdown(words("share.offer_what", regency=escape_markdown(regency), hours=HOURS))
        with st.form("share", border=False, enter_to_submit=False):
            # The code may be typed before the link brings one: what was typed stays.
            st.session_state.setdefault(CODE, proposed)
            if refused := st.session_state.pop(REFUSED, None):
                st.warning(_refusal_text(refused, st.session_state[CODE], words))
            st.text_input(
                words("share.field"), key=CODE, placeholder=words("share.example"), max_chars=20
            )
            st.form_submit_button(words("share.consent"), on_click=_share, args=(guest,))


def _share(guest: Declared) -> None:
    try:
        code = entered(st.session_state[CODE])
        rooms.ROOMS.share(code, _sender(), guest)
    except Refused as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[SHARED] = code
    # Shared anew: that the last room has ended is no news any more.
    st.session_state.pop(ENDED, None)


def state(words: Words) -> bool:
    """Show where the guest's figures are shared, or that this has ended. False: nowhere."""
    code: str | None = st.session_state.get(SHARED)
    try:
        if code:
            until = _until(code, words)
            st.markdown(f"**{words('share.shared', code=code)}**")
            st.caption(words("share.shared_until", until=until))
            return True
    except NoRoom:
        _ended()
    if ended := st.session_state.get(ENDED):
        st.info(words("share.ended", code=ended))
    return False


def follow(guest: Declared) -> None:
    """Show changed figures on the screen too, without asking again: the guest has agreed once."""
    if code := st.session_state.get(SHARED):
        try:
            rooms.ROOMS.share(code, _sender(), guest)
        except NoRoom:
            _ended()


def withdraw() -> None:
    """Take the figures off the screen."""
    if code := st.session_state.pop(SHARED, None):
        rooms.ROOMS.withdraw(code, _sender())
        forget()


def _ended() -> None:
    st.session_state[ENDED] = st.session_state.pop(SHARED)
