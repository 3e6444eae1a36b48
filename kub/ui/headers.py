"""What every answer carries: a policy for the page's content,
headers, and cookies that no script reads.
"""

import secrets
from collections.abc import Mapping

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import Message, Scope, Send

from kub.doors.hosts import Authority

BROWSER = "kub-browser"  # the cookie that ties what a session made to the browser that asked for it
# Below these lies no page.
FILES = ("static", "assets", "media", "component", "_stcore", "host", "data")
# Streamlit's page starts with a script of its own, components and st.html bring theirs in the
# message, as modules from blob: addresses; styles come the same way. Plotly draws its pictures from
# data: and blob:.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' "
    "'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; "
    "media-src 'self' blob:; "
    "worker-src 'self' blob:; manifest-src 'self'; frame-src 'self'; object-src 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
SHUT = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
OPEN = ("fullscreen", "clipboard-write", "screen-wake-lock")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in SHUT), *(f"{name}=(self)" for name in OPEN)]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def base() -> str:
    """server.baseUrlPath as addresses begin with it: '' or '/kub'."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def parts(path: str) -> list[str]:
    """The names in a path, below server.baseUrlPath."""
    inner = path.removeprefix(base()) if base() else path
    return [part for part in inner.split("/") if part]


def cookies(headers: Headers) -> Mapping[str, str]:
    return cookie_parser("; ".join(headers.getlist("cookie")))


def is_https(scope: Scope, headers: Headers) -> bool:
    """Whether the browser speaks https, also where a proxy ends it.

    For the Secure attribute alone.
    """
    said = (headers.get("origin") or "").startswith("https://")
    return (
        said
        or scope.get("scheme") in ("https", "wss")
        or headers.get("x-forwarded-proto") == "https"
    )


def cookie(name: str, value: str, secure: bool, same_site: str, seconds: int | None = None) -> str:
    """A Set-Cookie header that no script reads.

    seconds: how long it is kept, else until the browser is closed.
    """
    made = [f"{name}={value}", f"Path={base() or '/'}", "HttpOnly", f"SameSite={same_site}"]
    made += [f"Max-Age={seconds}"] if seconds is not None else []
    return "; ".join([*made, "Secure"] if secure else made)


def dress(send: Send, scope: Scope, host: Authority | None) -> Send:
    """send, with the headers of every answer, and with a browser's
    cookie where a page is given out.
    """
    incoming = Headers(scope=scope)
    sockets = ""
    if host:
        at = f"[{host.name}]" if ":" in host.name else host.name
        at += f":{host.port}" if host.port else ""
        # Safari before 15.4 does not count the WebSocket as 'self'
        sockets = f"ws://{at} wss://{at}"
    page = (
        scope["type"] == "http"
        and not cookies(incoming).get(BROWSER)
        and _gives_page(str(scope["path"]))
    )

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": list(message["headers"])}
            headers = MutableHeaders(raw=message["headers"])
            for name, value in HEADERS.items():
                headers[name] = value
            headers["Content-Security-Policy"] = POLICY.format(sockets=sockets)
            del headers["Access-Control-Allow-Origin"]  # nothing here is for other sites
            if page and message["status"] < 400:
                value = secrets.token_urlsafe(24)
                headers.append(
                    "Set-Cookie", cookie(BROWSER, value, is_https(scope, incoming), "Lax")
                )
        await send(message)

    return dressed


def _gives_page(path: str) -> bool:
    """A page, not one of its files.

    Lax, since Strict would make a link from elsewhere look like a new browser.
    """
    names = parts(path)
    return not names or (names[0] not in FILES and "." not in names[-1])
