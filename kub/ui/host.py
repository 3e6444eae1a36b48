"""Who is the host where others can reach the dashboard: `make present` prints a code, and whoever enters it is.

Without KUB_HOST_CODE the dashboard answers on this machine only, and everybody is the host.
"""

import os
import secrets
import time
from collections import deque

import streamlit as st

from kub.words import Words

CODE, COOKIE = "KUB_HOST_CODE", "kub-host"
ENTERED, MISSED, FIELD = "host entered", "host missed", "host-code"
# Wrong codes in TRIES_S seconds after which a session, or everybody, has to wait.
TRIES, TRIES_OF_ALL, TRIES_S = 10, 200, 600

# What the browser of a host keeps, so that a reload or a second window need not be told the code again.
_TOKEN = secrets.token_urlsafe()
_misses: deque[tuple[float, str]] = deque()


def is_host() -> bool:
    """Whether this session may change visits and move the first screen."""
    if not os.environ.get(CODE) or st.session_state.get(ENTERED):
        return True
    return secrets.compare_digest(str(st.context.cookies.get(COOKIE, "")).encode(), _TOKEN.encode())


def gate(words: Words) -> None:
    """Ask for the host's code. To be drawn in the place of what only the host may see."""
    with st.container(key="host-gate", width=480):
        st.markdown(words("host.what"))
        with st.form("host", border=False):
            if rule := st.session_state.pop(MISSED, None):
                st.warning(words(f"host.{rule}"))
            st.text_input(words("host.code"), key=FIELD, max_chars=20, autocomplete="off")
            st.form_submit_button(words("host.enter"), type="primary", on_click=_enter)


def remember() -> None:
    """Leave the cookie in the browser of whoever entered the code; draws nothing."""
    if st.session_state.get(ENTERED):
        script = f"<script>document.cookie = '{COOKIE}={_TOKEN}; path=/; SameSite=Strict';</script>"
        with st.container(key="host-remember"):
            st.html(script, unsafe_allow_javascript=True)


def _enter() -> None:
    who = str(st.session_state.setdefault("host session", secrets.token_urlsafe()))
    rule = _refused(str(st.session_state[FIELD]), who)
    st.session_state[MISSED] = rule
    st.session_state[ENTERED] = rule is None


def _refused(said: str, who: str) -> str | None:
    """Why the code does not open: 'wait' after too many tries, 'wrong'; None: it does."""
    now = time.monotonic()
    while _misses and _misses[0][0] <= now - TRIES_S:
        _misses.popleft()
    if len(_misses) >= TRIES_OF_ALL or sum(one == who for _, one in _misses) >= TRIES:
        return "wait"
    code = "".join(sign for sign in said if sign.isalnum())
    if secrets.compare_digest(code.encode(), os.environ.get(CODE, "").encode()):
        return None
    _misses.append((now, who))
    return "wrong"
