"""What every response carries: a policy for the page's content, headers, and cookies that no script
reads.
"""

import secrets
from collections.abc import Collection, Mapping

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import Message, Scope, Send

from kub.doors.hosts import Authority

BROWSER = "kub-browser"  # the cookie that ties what a session made to the browser that asked for it
# Below these lies no page.
FILES = (
    *("static", "assets", "media", "component", "_stcore", "host", "data", "api"),
    *("health", "metrics"),
    *("login", "auth", "oauth2callback"),
)
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
    if not path:
        return ""
    return f"/{path}"


def parts(path: str) -> list[str]:
    """The names in a path, below server.baseUrlPath."""
    inner = path.removeprefix(base())
    return [part for part in inner.split("/") if part]


def is_written(path: str, names: Collection[str]) -> bool:
    """Whether a path is that of one of the names, sign by sign."""
    return path in [f"{base()}/{name}" for name in names]


def cookies(headers: Headers) -> Mapping[str, str]:
    return cookie_parser("; ".join(headers.getlist("cookie")))


def is_https(scope: Scope, headers: Headers) -> bool:
    """Whether the browser speaks https, also where a proxy ends it.

    For the Secure attribute alone: what a visitor can forge here harms that visitor's own cookie.
    """
    from_https = (headers.get("origin") or "").startswith("https://")
    return (
        from_https
        or scope.get("scheme") in ("https", "wss")
        or headers.get("x-forwarded-proto") == "https"
    )


def cookie(name: str, value: str, secure: bool, same_site: str, seconds: int | None = None) -> str:
    """A Set-Cookie header that no script reads.

    seconds: how long it is kept, else until the browser is closed.
    """
    made = [f"{name}={value}", f"Path={base() or '/'}", "HttpOnly", f"SameSite={same_site}"]
    if seconds is not None:
        made.append(f"Max-Age={seconds}")
    if secure:  # on plain http a browser would not keep it
        made.append("Secure")
    return "; ".join(made)


def dress(send: Send, scope: Scope, host: Authority | None) -> Send:
    """`send` with the headers of every response, and with a cookie where a page goes out."""
    incoming = Headers(scope=scope)
    sockets = ""
    if host:
        at = host.name
        if ":" in at:  # IPv6
            at = f"[{at}]"
        if host.port:
            at += f":{host.port}"
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
                # Lax: with Strict a link from elsewhere would look like a new browser.
                value = secrets.token_urlsafe(24)
                headers.append(
                    "Set-Cookie", cookie(BROWSER, value, is_https(scope, incoming), "Lax")
                )
        await send(message)

    return dressed


def _gives_page(path: str) -> bool:
    """Whether the response at this path is a page, not one of its files.

    Only a page sets the cookie: of twenty files asked for at once each would set another one.
    """
    names = parts(path)
    return not names or (names[0] not in FILES and "." not in names[-1])
