"""Who is the host: whoever is at the machine itself, or, where a code is set, whoever has entered
it.

`make present` prints a code; a deployed dashboard has one in KUB_HOST_CODE. Without a code
nobody who comes from elsewhere is the host, and behind a proxy everybody comes from elsewhere
(kub/ui/doors.py).
"""

import json
import logging
import math
import os
import secrets
import unicodedata
from collections.abc import Mapping

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kub.doors.logins import HOURS
from kub.doors.logins import LOGINS as LOGINS
from kub.doors.tries import Tries, TryCounter
from kub.ui import doors, headers, trail
from kub.ui.doors import Connection
from kub.words import Words

LOG = logging.getLogger("kub")
CODE, COOKIE, FIELD = "KUB_HOST_CODE", "kub-host", "host-code"
LOGIN, MISSED, LEFT, WHO = "host login", "host missed", "host left", "host session"
SHORTEST = 6  # signs of a code
LONGEST = 200  # signs that are looked at
TRIES: TryCounter = Tries()


def tidy(code: str) -> str:
    """A code as it is compared: letters as NFKC, digits without what groups them."""
    code = " ".join(unicodedata.normalize("NFKC", code).split())
    digits = "".join(sign for sign in code if sign not in " -.")
    if digits.isdigit():
        return digits
    return code


def code() -> str | None:
    """The code in use; None where none is set.

    Raises ValueError for one that is too easily guessed.
    """
    wanted = tidy(os.environ.get(CODE, ""))
    if not wanted:
        return None
    # Six equal signs are the first that anybody tries.
    if len(wanted) < SHORTEST or len(set(wanted)) == 1:
        raise ValueError(f"{CODE} is too weak: at least {SHORTEST} signs, not all the same")
    return wanted


def report() -> None:
    """Log at the start why there will be no host."""
    try:
        code()
    except ValueError as weak:
        LOG.error(
            "%s. Nobody is the host until it is changed and the dashboard started again.", weak
        )


def needs_code() -> bool:
    """Whether a code decides; one too weak decides that nobody is the host."""
    return bool(tidy(os.environ.get(CODE, "")))


def entered(asking: Connection) -> bool:
    """Whether whoever asks has come in by the code (kub/ui/who.py knows who else is a host)."""
    if not needs_code():
        return False
    # Asked at each click: whoever leaves is out at once, in every window.
    return any(LOGINS.holds(token) for token in _tokens(asking.cookies))


def _tokens(cookies: Mapping[str, str]) -> list[str]:
    """The logins of this session and of its browser."""
    tokens = [cookies.get(COOKIE)]
    if get_script_run_ctx():  # a plain request has no session
        tokens.append(st.session_state.get(LOGIN))
    return [str(token) for token in tokens if token]


def gate(words: Words) -> None:
    """Ask for the host's code. To be drawn in the place of what only the host may see."""
    _forget_cookie()
    with st.container(key="host-gate", width=480):
        try:
            known = code()
        except ValueError:
            known = None
        if known is None:
            st.markdown(words("host.none", code=CODE, least=SHORTEST))
            return
        st.markdown(words("host.what"))
        with st.form("host", border=False):
            if missed := st.session_state.pop(MISSED, None):
                rule, seconds = missed
                st.warning(words(f"host.{rule}", seconds=seconds))
            # Hidden as it is typed: the screen may be on the projector.
            st.text_input(
                words("host.code"),
                key=FIELD,
                max_chars=LONGEST,
                type="password",
                autocomplete="off",
            )
            st.form_submit_button(words("host.enter"), type="primary", on_click=_enter)


def _enter() -> None:
    who = str(st.session_state.setdefault(WHO, secrets.token_urlsafe()))
    # The session stands for a guesser, as far as one keeps it; its address is counted beside.
    missed = _refused(str(st.session_state[FIELD]), who)
    if missed:
        st.session_state[MISSED] = missed
    else:
        st.session_state[LOGIN] = LOGINS.enter()
        # A code does not stay in the page's state once it has served.
        st.session_state[FIELD] = ""


def _refused(typed: str, who: str) -> tuple[str, int] | None:
    """(rule, seconds to wait): why the code is refused; None: it is right."""
    if seconds := TRIES.wait(who):
        return "wait", math.ceil(seconds)
    address = doors.connection().address
    # Before the code is looked at: right ones wait in the same queue, or its length would tell.
    TRIES.pause(address)
    if opens(typed):
        TRIES.right(who)
        return None
    TRIES.missed(who, address)
    trail.refused("code", trail.OUTSIDE, address)
    return "wrong", 0


def opens(text: str) -> bool:
    """Whether this is the code. Compared in constant time, and never when it is too weak."""
    try:
        known = code()
    except ValueError:
        return False
    typed = tidy(text[:LONGEST]).encode("utf-8", "surrogatepass")
    return known is not None and secrets.compare_digest(
        typed, known.encode("utf-8", "surrogatepass")
    )


def remember() -> None:
    """Have the browser fetch its cookie after the code was entered, once; draws nothing."""
    token = st.session_state.get(LOGIN)
    if token and (ticket := LOGINS.ticket(token)):
        _fetch("host-remember", "POST", ticket)


def leaving(words: Words) -> None:
    """The way out for a host who came in by the code."""
    if needs_code():
        st.button(words("host.leave"), key="host-leave", type="tertiary", on_click=_leave)


def _leave() -> None:
    """Every window that came in by the same entry of the code is out at its next click."""
    # Both: the login of this session and the one in the browser's cookie.
    for token in _tokens(st.context.cookies):
        LOGINS.leave(token)
    st.session_state.pop(LOGIN, None)
    st.session_state[LEFT] = True


def _forget_cookie() -> None:
    if st.session_state.pop(LEFT, None):
        _fetch("host-forget", "DELETE", "")


def _fetch(key: str, method: str, body: str) -> None:
    """Have the browser call `cookie`: only a response can set or clear what scripts do not see."""
    options = json.dumps({"method": method, "body": body or None, "credentials": "same-origin"})
    with st.container(key=key):
        script = (
            f"<script>fetch({json.dumps(f'{headers.base()}/host')}, {options}).catch(() "
            f"=> {{}});</script>"
        )
        st.html(script, unsafe_allow_javascript=True)


async def cookie(request: Request) -> Response:
    """POST with a ticket sets the host's cookie, DELETE ends the login and clears it.

    The answer has no content.
    """
    # Strict below: no link from elsewhere makes the host act.
    secure = headers.is_https(request.scope, request.headers)
    if request.method == "DELETE":
        LOGINS.leave(request.cookies.get(COOKIE, ""))
        made = headers.cookie(COOKIE, "", secure, "Strict", 0)
    elif request.method == "POST" and (token := LOGINS.redeem(await _ticket(request))):
        made = headers.cookie(COOKIE, token, secure, "Strict", HOURS * 3600)
    # also for whoever opens it as a page: without an answer of ours Streamlit would give its own
    else:
        return PlainTextResponse("not found\n", 404)
    return Response(status_code=204, headers={"Set-Cookie": made, "Cache-Control": "no-store"})


async def _ticket(request: Request) -> str:
    """The body; '' where it is longer than any ticket."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        # Read no further: the body of a stranger may be of any length.
        if len(body) > LONGEST:
            return ""
    return body.decode("utf-8", "replace")


routes = [Route(f"{headers.base()}/host", cookie, methods=["GET", "POST", "DELETE"])]
