"""Guests on the projector: the host opens a visit, its code in the link shows whoever shares under
it (rooms.py).

Numbers never enter the link. What a session knows of visits is in its session state: the key of
the one it opened, the codes it was let in with, and where it shares its own figures.
"""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from kub.guests import Declared
from kub.guests import rooms as shared
from kub.guests.rooms import HOURS, MOST_SENDERS, MOST_VISITS, NoVisit, Refused, Visit, tidy
from kub.presenting.prefetch import ANSWERS
from kub.ui import doors, host
from kub.ui.link import LONGEST
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.ui.presenter import remote
from kub.words import Words

OPENED, LET_IN, SENDER = "visit opened", "visits let in", "visit sender"
SHARED, ENDED, REFUSED = "visit shared with", "visit ended", "visit refused"
CODE = "share-code"
# in the link of the QR code: the code that the form starts with; unlike `code` it shows nobody
JOIN = "join"
EVERY_S = 1.5  # a guest who shares is to be on the projector within two seconds


@dataclass(frozen=True)
class Screen:
    """A visit as one run of the page shows it. until: as words have it."""

    code: str
    revision: int
    until: str
    guests: tuple[Declared, ...]


def linked(p: Page) -> Screen | None:
    """The visit that the link names, if there is one; whatever is wrong
    with its code is said under the title.
    """
    st.html(Path(__file__).parent / "share.css")
    asked = st.query_params.get("code", "")
    if not asked:
        return None
    try:
        code = entered(asked)
        # Before the guests: one who comes in between is then missed by the page, but not by _watch.
        revision = shared.STORE.revision(code)
        return Screen(code, revision, _until(code, p.words), shared.STORE.guests(code))
    except Refused as refused:
        with p.notices, st.container(key="no-visit"):
            st.warning(_told(refused, asked, p.words))
            st.button(p.words("share.leave"), key="share-leave", on_click=go, kwargs={"code": None})
    return None


def entered(asked: str) -> str:
    """The tidy code of a visit that goes on; a session that was let in once guesses no more.

    Raises Refused.
    """
    let_in: dict[str, bool] = st.session_state.setdefault(LET_IN, {})
    code = tidy(asked)[:LONGEST]
    if code in let_in:
        if let_in[code] and shared.STORE.revision(code):
            return code
        raise NoVisit
    try:
        let_in[shared.STORE.enter(code, _sender(), doors.connection().address)] = True
    except NoVisit:
        # The same old link at each click is one wrong try. Codes do not come back.
        let_in[code] = False
        raise
    return code


def _sender() -> str:
    """Who this session is to the store; a secret, since it withdraws."""
    return str(st.session_state.setdefault(SENDER, secrets.token_urlsafe()))


def _told(refused: Refused, code: str, words: Words) -> str:
    shown = plain(code[:LONGEST]) or "–"
    values = {
        "code": shown,
        "senders": MOST_SENDERS,
        "visits": MOST_VISITS,
        "seconds": math.ceil(refused.seconds),
    }
    return words(f"share.refused.{refused.rule}", **values)


def _until(code: str, words: Words) -> str:
    """The hour by the clock of the visitor's browser."""
    until, offset = shared.STORE.until(code), st.context.timezone_offset
    local = until.astimezone() if offset is None else until - timedelta(minutes=offset)
    return words("share.until", hour=f"{local:%H}", minute=f"{local:%M}")


def receive(words: Words) -> None:
    """Where the host opens a visit; guests enter the code of one."""
    if not host.is_host():
        return
    with st.popover(words("share.receive"), type="tertiary"):
        st.markdown(words("share.receive_what", hours=HOURS))
        st.button(words("share.open"), key="share-open", on_click=_open)
        if refused := st.session_state.pop(f"{REFUSED} open", None):
            st.warning(_told(refused, "", words))


def _open() -> None:
    """A session has one visit: while it goes on, the button leads back to it."""
    if not host.is_host():  # who has left meanwhile
        return
    visit: Visit | None = st.session_state.get(OPENED)
    try:
        if not visit or not shared.STORE.revision(visit.code):
            visit = st.session_state[OPENED] = shared.STORE.open()
            st.session_state.setdefault(LET_IN, {})[visit.code] = True
    except Refused as refused:
        st.session_state[f"{REFUSED} open"] = refused
        return
    go(code=visit.code)


def show(screen: Screen, names: Sequence[str], words: Words) -> None:
    """The visit on the projector: the code to be read from afar, how to join, who is there, and for
    its opener the end.

    names: of the guests who share, as the charts have them.
    """
    with st.container(key="visit"):
        address = urlsplit(st.context.url or "")
        where = (
            f"<b>{escape(address.netloc + address.path)}</b>"
            if address.netloc
            else words("share.here")
        )
        link = remote.reached({"lang": words.lang, "ours": "yes", JOIN: screen.code})
        sign = link and (
            f'<div class="kub-join" role="img" aria-label="{escape(words("share.scan"))}">'
            f"{remote.qr(link)}</div>"
        )
        there = (
            words("share.names", names=escape(words.listing(list(names))))
            if names
            else words("share.nobody")
        )
        until = words("share.valid", until=screen.until)
        join = words("share.join_scan" if link else "share.join", address=where)
        st.html(
            f'<div class="kub-visit">{sign}<p><span>{words("share.code")}</span> <b>'
            f"{screen.code}</b></p>"
            f"<div><p>{join}</p><p>{until} {there}</p></div></div>"
        )
        visit: Visit | None = st.session_state.get(OPENED)
        if visit and visit.code == screen.code:
            with st.popover(words("share.end"), type="tertiary"):
                st.markdown(words("share.end_ask", code=visit.code))
                st.button(words("share.end_yes"), key="share-end", on_click=_end, args=(visit,))
        _watch(screen.code, screen.revision)


@st.fragment(run_every=EVERY_S)
def _watch(code: str, seen: int) -> None:
    """Draws nothing. Once the visit has ended the page no longer
    calls it, and the browser stops asking.
    """
    if shared.STORE.revision(code) != seen:
        st.rerun(scope="app")


def forget() -> None:
    """What was prepared of guests' figures (keys begin with code and
    revision) goes when these change or go.
    """
    ANSWERS.forget(lambda key: key[0] and shared.STORE.revision(key[0]) != key[1])


def _end(visit: Visit) -> None:
    shared.STORE.end(visit.code, visit.key)
    forget()
    st.session_state.pop(OPENED, None)
    go(code=None)


def joining() -> str:
    """The code that the guest's link came with; '' where there is none,
    or its figures are on a screen already.
    """
    return "" if st.session_state.get(SHARED) else st.query_params.get(JOIN, "")[:LONGEST]


def joined() -> str:
    """The code of the screen that the guest's figures are on, where the
    guest came by a link to it; else ''.
    """
    return str(st.session_state.get(SHARED, "")) if JOIN in st.query_params else ""


def offer(guest: Declared, regency: str, words: Words, proposed: str) -> None:
    """Where a guest agrees to share. proposed: the code in the link, or nothing."""
    with st.popover(words("share.offer")):
        st.markdown(words("share.offer_what", regency=plain(regency), hours=HOURS))
        with st.form("share", border=False, enter_to_submit=False):
            st.session_state.setdefault(CODE, proposed)
            if refused := st.session_state.pop(REFUSED, None):
                st.warning(_told(refused, st.session_state[CODE], words))
            st.text_input(
                words("share.field"), key=CODE, placeholder=words("share.example"), max_chars=20
            )
            st.form_submit_button(words("share.consent"), on_click=_share, args=(guest,))


def _share(guest: Declared) -> None:
    try:
        code = entered(st.session_state[CODE])
        shared.STORE.share(code, _sender(), guest)
    except Refused as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[SHARED] = code
    st.session_state.pop(ENDED, None)


def state(words: Words) -> bool:
    """Says where the guest's figures are shared, or that this has ended. False: nowhere."""
    code: str | None = st.session_state.get(SHARED)
    try:
        if code:
            until = _until(code, words)
            st.markdown(f"**{words('share.shared', code=code)}**")
            st.caption(words("share.shared_until", until=until))
            return True
    except NoVisit:
        _ended()
    if ended := st.session_state.get(ENDED):
        st.info(words("share.ended", code=ended))
    return False


def follow(guest: Declared) -> None:
    """Changed figures change on the screen too."""
    if code := st.session_state.get(SHARED):
        try:
            shared.STORE.share(code, _sender(), guest)
        except NoVisit:
            _ended()


def withdraw() -> None:
    """The figures leave the screen."""
    if code := st.session_state.pop(SHARED, None):
        shared.STORE.withdraw(code, _sender())
        forget()


def _ended() -> None:
    st.session_state[ENDED] = st.session_state.pop(SHARED)
