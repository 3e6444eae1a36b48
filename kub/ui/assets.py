"""Assets: what the browser needs besides Streamlit, served by the app itself; no other host is
ever asked.

`routes` and `middleware` go to `st.App(routes=…, middleware=…)`. Every address carries a version
or a hash and may be kept for a year. Plotly's JavaScript is the one inside the installed
package, so chart and exports draw with the same release. Streamlit's own gzip would compress its
4.8 MB anew for every visitor; here it is done once.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kub import look
from kub.ui import headers, link
from kub.ui.site import PAGES

HERE = Path(__file__).parent
WEB = HERE.parent / "web"
JAVASCRIPT = "text/javascript; charset=utf-8"
STYLESHEET = "text/css; charset=utf-8"
FONT_NAME = "plus-jakarta-sans-5.3.0.woff2"  # also written in .streamlit/config.toml
PLOTLY_NAME = f"plotly-{version('plotly')}.min.js"
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
MODULES = ("address.js", "filters.js", "combobox.js", "elements.js", "filters.css")


@cache
def _files() -> dict[str, bytes]:
    """Every file of that folder."""
    files = {name: (WEB / name).read_bytes() for name in MODULES}
    site = {"base": headers.base(), "pages": PAGES, "first": PAGES[0]}
    files["site.js"] = f"export const SITE = {json.dumps(site)};\n".encode()
    files["link.js"] = f"export const LINK = {json.dumps(link.for_browser())};\n".encode()
    return files


@cache
def folder() -> str:
    digest = hashlib.sha256()
    for name, body in sorted(_files().items()):
        digest.update(name.encode() + b"\0" + body)
    return f"web-{digest.hexdigest()[:12]}"


def module(name: str) -> str:
    """The address of a module of the page."""
    return address(f"{folder()}/{name}")


def _chart_module() -> bytes:
    """chart.js and chart_fit.js with the look before them: a figure then travels without its
    template.
    """
    # Two sizes and two modes: the browser changes the mode without asking the server.
    templates = {
        mode: {str(scale): look.template(mode, scale=scale) for scale in (1.0, look.PRESENTING)}
        for mode in ("light", "dark")
    }
    shared = {
        "swap": look.swap(),
        "templates": templates,
        "family": look.FAMILY,
        "font": look.FONT,
        "colours": {
            mode: {"background": p.background, "ink": p.ink, "muted": p.muted, "line": p.line}
            for mode, p in (("light", look.LIGHT), ("dark", look.DARK))
        },
        "sizes": {"small": look.SMALL, "body": look.BODY, "title": look.TITLE},
        "plotly": address(PLOTLY_NAME),
        "fontFile": address(FONT_NAME),
    }
    code = b"\n".join((HERE / name).read_bytes() for name in ("chart.js", "chart_fit.js"))
    return f"const LOOK = {json.dumps(shared)};\n".encode() + code


def address(name: str) -> str:
    """Where the browser finds an asset, below server.baseUrlPath if one is set."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    if base:
        return f"/{base}/assets/{name}"
    return f"/assets/{name}"


@cache
def chart_name() -> str:
    """The name of the chart module: a change of its content is a new address."""
    return f"chart-{hashlib.sha256(_chart_module()).hexdigest()[:12]}.js"


def names() -> tuple[str, ...]:
    return PLOTLY_NAME, FONT_NAME, chart_name(), *(f"{folder()}/{name}" for name in _files())


@cache
def asset(name: str) -> Asset:
    """One of `names()`, read and compressed once per process. Raises KeyError for another name."""
    if name == PLOTLY_NAME:
        return _compressed(
            JAVASCRIPT,
            (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes(),
        )
    if name == FONT_NAME:
        return Asset("font/woff2", (HERE / "static" / "plus-jakarta-sans.woff2").read_bytes(), None)
    if name == chart_name():
        return _compressed(JAVASCRIPT, _chart_module())
    within, _, file = name.partition("/")
    if within == folder() and file in _files():
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


def _preloaded(name: str) -> str:
    kind = "preload; as=style" if name.endswith(".css") else "modulepreload"
    return f"<{module(name)}>; rel={kind}"


class Preload:
    """ASGI middleware: tells the browser with the page itself what the first chart will need.

    Streamlit's own start takes about a second, in which the 1.5 MB of Plotly would else not be
    asked for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Typeface first: without it the first chart would measure its texts in another one.
        links = (
            f"<{address(FONT_NAME)}>; rel=preload; as=font; type=font/woff2; crossorigin",
            f"<{address(chart_name())}>; rel=modulepreload",
            *(_preloaded(name) for name in _files()),
            f"<{address(PLOTLY_NAME)}>; rel=preload; as=script",
        )
        self.header = (b"link", ", ".join(links).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Only pages: on a stream or a picture the browser would fetch for nothing.
                headers = list(message["headers"])
                if any(
                    name == b"content-type" and value.startswith(b"text/html")
                    for name, value in headers
                ):
                    message = {**message, "headers": [*headers, self.header]}
            await send(message)

        await self.app(scope, receive, send_with_links)


middleware = [Middleware(Preload)]
