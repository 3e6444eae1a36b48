"""Assets: what the browser needs besides Streamlit, served by the app itself; no other host is
ever asked.

`routes` and `middleware` go to `st.App(routes=…, middleware=…)`. Every address carries a version
or a hash and may be kept for a year. Plotly's JavaScript is of the release inside the installed
package, so chart and exports draw alike. Streamlit's own gzip would compress it anew for every
visitor; here it is done once.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kub.ui import headers, link
from kub.ui.site import DIRECT, PAGES, UNFILTERED
from kub.web import brand
from kub.web.script import FONT_FILE, GRID_NAME, PLOTLY_NAME, STATIC, WEB, chart_script

HERE = Path(__file__).parent
JAVASCRIPT = "text/javascript; charset=utf-8"
STYLESHEET = "text/css; charset=utf-8"
FONT_NAME = "plus-jakarta-sans-5.3.0.woff2"  # also written in .streamlit/config.toml
KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    media_type: str
    body: bytes
    zipped: bytes | None  # None where the format is compressed already


def _compressed(media_type: str, body: bytes) -> Asset:
    # mtime=0: the same content gives the same bytes in every process.
    return Asset(media_type, body, gzip.compress(body, 6, mtime=0))


# Modules of the page, below one folder that is named by what is in it: so they import each other
# by their own names, and one changed sign is a new address for all.
MODULES = (
    "page.js",
    "part.js",
    "draw_blocks.js",
    "draw_card.js",
    "draw_sql.js",
    "long_page.js",
    "place_charts.js",
    "choose.js",
    "cross_filter.js",
    "origin.js",
    "files.js",
    "nodes.js",
    "table.js",
    "listing.js",
    "address.js",
    "filters.js",
    "combobox.js",
    "against.js",
    "list_field.js",
    "header.js",
    "builtin.js",
    "stage.js",
    "tools.js",
    "year.js",
)
FIRST = "theme.js"  # no module: it runs before them all
STYLES = (
    WEB / "style.css",
    HERE / "frame.css",
    HERE / "widgets.css",
    HERE / "unfiltered.css",
    HERE / "benchmark.css",
    HERE / "typed_field.css",
    WEB / "page.css",
    WEB / "long_page.css",
    WEB / "origin.css",
    WEB / "listing.css",
    WEB / "filters.css",
    WEB / "against.css",
    WEB / "sql.css",
    WEB / "year.css",
)


@cache
def _files() -> dict[str, bytes]:
    """Every file of that folder."""
    files = {name: (WEB / name).read_bytes() for name in (*MODULES, FIRST)}
    files["chart.js"] = chart_script(address(PLOTLY_NAME), address(FONT_NAME)).encode()
    styles = [*(path.read_bytes() for path in STYLES), brand.styles()]
    files["style.css"] = b"\n".join(part for part in styles if part)
    site = {"base": headers.base(), "pages": PAGES, "direct": DIRECT, "first": PAGES[0]}
    site["unfiltered"] = sorted(UNFILTERED)
    site["grid"] = address(GRID_NAME)
    files["site.js"] = f"export const SITE = {json.dumps(site)};\n".encode()
    files["link.js"] = f"export const LINK = {json.dumps(link.for_browser())};\n".encode()
    return files


def _modules() -> list[str]:
    return [name for name in _files() if name.endswith(".js") and name != FIRST]


@cache
def folder() -> str:
    digest = hashlib.sha256()
    for name, body in sorted(_files().items()):
        digest.update(name.encode() + b"\0" + body)
    return f"web-{digest.hexdigest()[:12]}"


def module(name: str) -> str:
    """The address of a module of the page, or of its styles."""
    return address(f"{folder()}/{name}")


def address(name: str) -> str:
    """Where the browser finds an asset, below server.baseUrlPath if one is set."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    if base:
        return f"/{base}/assets/{name}"
    return f"/assets/{name}"


def chart_name() -> str:
    """The name of the chart module: a change of its content is a new address."""
    return f"{folder()}/chart.js"


def names() -> tuple[str, ...]:
    return PLOTLY_NAME, GRID_NAME, FONT_NAME, *(f"{folder()}/{name}" for name in _files())


@cache
def asset(name: str) -> Asset:
    """One of `names()`, read and compressed once per process. Raises KeyError for another name."""
    if name in (PLOTLY_NAME, GRID_NAME):
        return _compressed(JAVASCRIPT, (STATIC / name).read_bytes())
    if name == FONT_NAME:
        return Asset("font/woff2", FONT_FILE.read_bytes(), None)
    inside, _, file = name.partition("/")
    if inside == folder() and file in _files():
        media_type = STYLESHEET if file.endswith(".css") else JAVASCRIPT
        return _compressed(media_type, _files()[file])
    raise KeyError(name)


def warm() -> None:
    """Read and compress everything now (about 0.3 s), so that the first visitor need not wait."""
    for name in names():
        asset(name)


def serve(request: Request) -> Response:
    """One asset. A name of an older version is a 404, never other content under that name."""
    name = request.path_params["name"]
    # By name, not by path: nothing else of the disk can be asked for.
    if name not in names():
        return PlainTextResponse("not found", 404)
    served = asset(name)
    headers = {
        "Cache-Control": KEEP,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    # A font is compressed already; a second time would only cost.
    if served.zipped is None or "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(served.body, media_type=served.media_type, headers=headers)
    return Response(
        served.zipped, media_type=served.media_type, headers=headers | {"Content-Encoding": "gzip"}
    )


routes = [Route(address("{name:path}"), serve)]


class Preload:
    """ASGI middleware: tells the browser with the page itself what it will need, and puts styles
    and the page's own module into it.

    Streamlit's own start takes about a second, in which Plotly would else not be asked for. The
    styles stand at the end, behind those that Streamlit writes into the head while it runs: of two
    rules of one weight the later wins.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Typeface first: without it the first chart would measure its texts in another one.
        links = (
            f"<{address(FONT_NAME)}>; rel=preload; as=font; type=font/woff2; crossorigin",
            f"<{module(FIRST)}>; rel=preload; as=script",
            *(f"<{module(name)}>; rel=modulepreload" for name in _modules()),
            f"<{address(PLOTLY_NAME)}>; rel=preload; as=script",
        )
        self.header = (b"link", ", ".join(links).encode())
        self.elements = (
            f'<script src="{module(FIRST)}"></script>'
            f'<link rel="stylesheet" href="{module("style.css")}">'
            f'<script type="module" src="{module("page.js")}"></script>'
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_with_more(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if not held:
                await send(message)
                return
            held.append(message)
            if not message.get("more_body"):
                await self._send_page(held, send)
                held.clear()

        await self.app(_whole(scope), receive, send_with_more)

    async def _send_page(self, held: list[Message], send: Send) -> None:
        start, *rest = held
        body = b"".join(message.get("body", b"") for message in rest)
        if body:  # none of a HEAD
            body = body.replace(b"</body>", self.elements + b"</body>", 1)
        kept = [
            (name, value)
            for name, value in start["headers"]
            # the file's own: what is made of it here changes with our assets
            if name.lower() not in (b"etag", b"last-modified", b"content-length", b"accept-ranges")
        ]
        if body:
            kept.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": [*kept, self.header]})
        await send({"type": "http.response.body", "body": body})


def _is_page(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in message["headers"]
    )


def _whole(scope: Scope) -> Scope:
    """The scope without what would be answered by part of a page, packed, or by "as before"."""
    partial = (
        b"accept-encoding",
        b"range",
        b"if-range",
        b"if-none-match",
        b"if-modified-since",
    )
    names = headers.parts(str(scope.get("path", "/")))
    if names and names[0] in headers.FILES or (names and "." in names[-1]):
        return scope  # a file, which may well be as before
    return {
        **scope,
        "headers": [h for h in scope.get("headers", ()) if h[0].lower() not in partial],
    }


middleware = [Middleware(Preload)]
