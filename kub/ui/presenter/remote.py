"""What the presenter has in hand: keys of a clicker, quiet buttons, timer, kiosk, and the QR code
for the audience.

The browser's half is present.js with present_safe.js; it tells the server the number of a step,
never "one further": two quick presses that reach the server as one then lead two steps on.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from kub.presenting import state as stage
from kub.ui import assets
from kub.ui.presenter.step import HERE

if TYPE_CHECKING:
    from kub.ui.presenter.present import Show

KEY = "remote"
LABELS = (
    "next",
    "previous",
    "black",
    "full",
    "timer",
    "qr",
    "speaker",
    "lock",
    "unlock",
    "pause",
    "resume",
    "leave",
    "controls",
    "scan",
    "local",
    "leave_ask",
    "stay",
    "quit",
    "away",
    "welcome",
    "closing",
)


def remote(show: "Show", move: Callable[[int], None]) -> None:
    """The presenter's controls. move: takes the number of a step."""
    # The slides at the ends have no address for phones: guests are led to the nearest step.
    nearest = min(max(show.step, 1), show.total)
    words, address = show.words, audience(replace(show, step=nearest))
    data = {
        "lang": words.lang,
        "step": show.step,
        "total": show.total,
        "kiosk": show.kiosk,
        "minutes": show.minutes,
        # From the server: a reload and a second device show the same time.
        "elapsed": stage.STAGE.elapsed(show.visit.visit_id),
        "private": show.private,
        "charts": assets.address(assets.chart_name()),
        "address": address,
        "qr": qr(address) if address else "",
        # Texts of the buttons, which present.js draws.
        "words": {name: words(f"present.{name}") for name in LABELS},
    }
    _remote()(
        key=KEY,
        data=data,
        on_go_change=partial(_gone, move, show.total),
    )


def audience(show: "Show") -> str:
    """The address at which phones find this step; '' where no phone gets there."""
    query = {"visit": show.visit.visit_id, "step": show.step, "lang": show.words.lang}
    if show.private:
        query["private"] = "yes"
    if show.code:
        query["code"] = show.code
    return reached(query)


def reached(query: dict[str, Any]) -> str:
    """The address at which phones find this page with that query; '' where none gets there.

    By the name that this browser itself uses: of several networks that is the one in use.
    """
    here = urlsplit(st.context.url or "")
    # A phone that opened 127.0.0.1 would look for a dashboard on itself.
    if not here.hostname or _loopback(here.hostname):
        return ""
    return f"{here.scheme}://{here.netloc}{here.path}?{urlencode(query)}"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@lru_cache(64)
def qr(address: str) -> str:
    """The QR code of an address as SVG, which takes the size of its place."""
    return str(
        # No Micro QR: many phones do not read it.
        segno.make(address, micro=False).svg_inline(
            border=3, dark="#17252E", light="#FFFFFF", omitsize=True
        )
    )


def _gone(move: Callable[[int], None], total: int) -> None:
    """Callback of a key or button. What comes from a browser is checked again.

    0 and total + 1 are the welcome and the closing slide. The lock is in the address too, so that
    it survives a reload.
    """
    asked: Any = st.session_state[KEY].get("go")
    if not isinstance(asked, dict):
        return
    # JSON has one kind of number: a whole one may come as a float.
    step = asked.get("step")
    if isinstance(step, int | float) and 0 <= step <= total + 1:
        move(int(step))
    if asked.get("private") is True:
        st.query_params["private"] = "yes"
    elif asked.get("private") is False and "private" in st.query_params:
        del st.query_params["private"]


@cache
def _remote() -> Any:
    # One script, since a component has one: first what guards the screen, then what moves it.
    html = '<div class="kub-remote"></div>'
    js = "\n".join((HERE / name).read_text("utf-8") for name in ("present_safe.js", "present.js"))
    return st.components.v2.component("kub_remote", html=html, js=js, isolate_styles=False)
