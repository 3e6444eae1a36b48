"""The first that every request meets: known hosts only, closed paths, headers, and who may open a
media address.

ASGI middleware around the whole app: pages, assets, media, uploads, component files and the
WebSocket alike. It tells sessions, in headers that no visitor can set, whether they come from
this machine itself (`connection()`).
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from kub.doors import hosts
from kub.doors.hosts import Known
from kub.ui.headers import BROWSER, cookies, dress, is_written, parts
from kub.ui.media import OWNERS

LOG = logging.getLogger("kub")
ALLOWED = "STREAMLIT_SERVER_ALLOWED_HOSTS"
SERVER = "STREAMLIT_BROWSER_SERVER_ADDRESS"
# Set by this middleware alone; what a visitor sends under these names is taken out.
FROM, ADDRESS = "x-kub-from", "x-kub-address"
LOCAL, OUTSIDE = "local", "outside"
# A proxy stands between: the address of the connection is not the visitor's.
PROXIED = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cdn-loop",
    "x-original-host",
    "x-proxyuser-ip",
)
PROXIED_BEGIN = (
    "x-forwarded-",
    "cf-",
    "x-envoy-",
    "x-amzn-",
    "x-azure-",
    "x-appengine-",
    "fastly-",
    "fly-",
)
READS = ("GET", "HEAD", "OPTIONS")
# What Streamlit's page itself needs below /_stcore; statistics, agents and whatever comes with an
# update stay shut.
CORE = ("health", "host-config", "stream", "upload_file", "bidi-components")
# Addresses that machines ask (kub/ui/health.py), answered as they stand: another spelling would be
# the app's page with status 200, which would tell them that all is well.
MACHINES = ("health", "metrics")
# What is answered below /api.
API = ("filters", "districts", "villages", "regencies", "page", "card", "origin", "explore", "sql")
STRANGER = (
    "Alamat ini tidak dikenal oleh dasbor. Buka alamat yang tercetak di terminal, atau minta "
    "pengelola menambahkannya "
    f"ke {ALLOWED}.\n\nThis dashboard does not answer under this host name. Open the address "
    f"printed on the "
    f"terminal, or ask its keeper to add the name to {ALLOWED}.\n"
)


@dataclass(frozen=True)
class Connection:
    """Where a session comes from. local: from this machine, with no proxy between. address: whom to
    slow down for wrong codes; '' for this machine. cookies: of its browser.
    """

    local: bool
    address: str
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)


def connection() -> Connection:
    """Of the session whose script runs."""
    return _connection(st.context.headers, st.context.cookies)


def connection_of(headers: Headers) -> Connection:
    """Of a request that has passed these doors."""
    return _connection(headers, cookies(headers))


def _connection(headers: Mapping[str, str], cookies: Mapping[str, str]) -> Connection:
    """Nothing known is an outsider."""
    if headers.get(FROM) == LOCAL:
        return Connection(True, "", cookies)
    return Connection(False, str(headers.get(ADDRESS) or "unknown"), cookies)


def known() -> Known:
    """The hosts that are set in Streamlit's own options, or in the environment where Streamlit does
    not look. Invalid entries are logged and left out.
    """
    allowed, wrong = hosts.listed(
        [*(config.get_option("server.allowedHosts") or ()), os.environ.get(ALLOWED, "")]
    )
    for entry in wrong:
        LOG.error("%s: %r is no host name and is left out", ALLOWED, entry)
    set_names = (
        os.environ.get(SERVER),
        config.get_option("browser.serverAddress"),
        config.get_option("server.address"),
    )
    also, _ = hosts.listed([name for name in set_names if name])
    return Known(allowed + tuple(name for name in also if name not in ("0.0.0.0", "::", hosts.ANY)))


def listens_outside() -> bool:
    """Whether the server listens on more than loopback; where nothing is set it does."""
    return not hosts.is_loopback(str(config.get_option("server.address") or ""))


class Doors:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.known = known()  # now: trust_doors() empties the option
        self.reaches_out = self.known.reaches_out or listens_outside()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = self._host(scope, headers)
        dressed = dress(send, scope, host)
        refusal = self._refusal(scope, headers, host)
        if refusal is None:
            await self.app(self._marked(scope, headers, host), receive, dressed)
        elif scope["type"] == "websocket":
            # the request to connect; closed before it is accepted, it is answered with 403
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, dressed)

    def _host(self, scope: Scope, headers: Headers) -> hosts.Authority | None:
        """The host that the request is for, if it is answered here; else None.

        X-Forwarded-Host does not count: any visitor can send it. Two Host headers are refused, for
        a proxy and this server may each believe another one.
        """
        values = headers.getlist("host")
        host = None
        if len(values) == 1:
            host = hosts.authority(values[0])
        if host is None or self.known.admits(host.name):
            return host
        # An address cannot be pointed elsewhere: where the server listens outside, its own is
        # known.
        own = str((scope.get("server") or ("",))[0])
        if hosts.is_address(host.name) and host.name == own and listens_outside():
            return host
        return None

    def _refusal(
        self, scope: Scope, headers: Headers, host: hosts.Authority | None
    ) -> PlainTextResponse | None:
        if host is None:
            return PlainTextResponse(STRANGER, 421)
        path = str(scope["path"])
        # a whole address in the request line: browsers send that to proxies only
        if not path.startswith("/"):
            return PlainTextResponse("bad request\n", 400)
        changes = scope["type"] == "websocket" or scope["method"] not in READS
        if changes and not self._same_site(headers, host):
            return PlainTextResponse("This request comes from another site.\n", 403)
        if _closed(path) or (_below(path, "media") and not _opens(scope, headers)):
            return PlainTextResponse("not found\n", 404)
        return None

    def _same_site(self, headers: Headers, host: hosts.Authority) -> bool:
        """Whether the origin that a browser states is this dashboard.

        Without an origin it is not a browser's page but a program, which no other site steers.
        """
        values = headers.getlist("origin")
        if not values:
            return True
        if len(values) > 1:
            return False
        page = hosts.origin(values[0])
        if page is None:
            return False
        # A proxy may pass on neither host nor port; on this machine another port is another
        # program's page.
        if self.known.named(page.name) and not hosts.is_loopback(page.name):
            return True
        return page.name == host.name and host.port in (None, page.port)

    def _marked(self, scope: Scope, headers: Headers, host: hosts.Authority | None) -> Scope:
        """The scope with our own headers about where it comes from, and without a foreign `Origin`.

        For a foreign origin Streamlit would ask another host for this machine's public address.
        """
        kept = [
            (name, value)
            for name, value in scope["headers"]
            if name.lower() not in (FROM.encode(), ADDRESS.encode())
        ]
        if host and not self._same_site(headers, host):
            kept = [(name, value) for name, value in kept if name.lower() != b"origin"]
        client = str((scope.get("client") or ("",))[0])
        # Once others are let in nobody is local: a proxy on this machine would look like its user.
        local = not self.reaches_out and _from_here(client, headers, host)
        place = LOCAL if local else OUTSIDE
        kept.append((FROM.encode(), place.encode()))
        kept.append((ADDRESS.encode(), hosts.network(client).encode("latin-1", "replace")))
        return {**scope, "headers": kept}


def _from_here(client: str, headers: Headers, host: hosts.Authority | None) -> bool:
    """Whether a browser on this machine asks, under a loopback name, with no proxy between."""
    names = [name.lower() for name in headers]
    if any(name in PROXIED or name.startswith(PROXIED_BEGIN) for name in names):
        return False
    origin = headers.get("origin")
    page = hosts.origin(origin) if origin else host
    if host is None or page is None:
        return False
    return all(hosts.is_loopback(name) for name in (client, host.name, page.name))


def _below(path: str, name: str) -> bool:
    return parts(path)[:1] == [name]


def _closed(path: str) -> bool:
    """Whether nothing is answered at this path, though Streamlit would."""
    names = parts(path)
    if "_stcore" in names:
        return names[0] != "_stcore" or len(names) < 2 or names[1] not in CORE
    if names[:1] == ["api"]:
        return len(names) < 2 or names[1] not in API
    if names and names[0].lower() in MACHINES:
        return not is_written(path, MACHINES)
    return bool(names) and names[0].lower() == "api"


def _opens(scope: Scope, headers: Headers) -> bool:
    """Whether this browser's sessions made that file; the address alone opens nothing."""
    if scope.get("method") == "OPTIONS":
        return False
    names = parts(str(scope["path"]))
    return len(names) == 2 and OWNERS.owns(cookies(headers).get(BROWSER, ""), names[1])


middleware = [Middleware(Doors)]


def trust_doors() -> None:
    """Have Streamlit's own check of hosts admit what has passed these doors.

    It reads a comma list from the environment as one name, and would refuse the WebSocket even
    to 127.0.0.1; and it knows no ranges. Empty is its word for any host.
    """
    config.set_option("server.allowedHosts", [])
