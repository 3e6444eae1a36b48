"""The second middleware that every request meets: the addresses of a log-in, and, where
KUB_READERS says so, nothing at all for whoever has not logged in.

Streamlit answers /auth/login, /oauth2callback and /auth/logout. Around them stand here: a lasting
address to begin at (/login, which comes back to the page it was begun on), the lines of the audit
trail, the end of a log-in for every copy of its cookie, and calm pages where the provider does
not answer. Without a provider none of these addresses is there.
"""

from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from kub import words as words_of
from kub.exports.address import as_problem
from kub.ui import calm, errors, headers, login, trail, who
from kub.ui.doors import Connection, connection_of
from kub.words import LANGUAGES, Words

RETURN, RETURN_S = (
    "kub-return",
    900,
)  # where a log-in began; a provider's page may stay open a while
LONGEST = 2_000  # signs of an address to come back to
BEGIN, CALLBACK = ["login"], ["oauth2callback"]
LEAVE = ["auth", "logout"]
STREAMLITS = (["auth", "login"], CALLBACK, LEAVE)
# What machines ask whether all is well.
ALWAYS = (["_stcore", "health"], ["health"], ["metrics"])
NO_PAGES = frozenset(headers.FILES) - {"login", "auth", "oauth2callback"}


class LoginDoors:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        names, asking = headers.parts(str(scope["path"])), connection_of(Headers(scope=scope))
        if names != LEAVE:  # the page has ended the log-in already
            login.noted(asking.cookies, asking.address)
        if scope["type"] == "http" and (names == BEGIN or names in STREAMLITS):
            response = await self._log_in_or_out(Request(scope, receive), names, asking)
            await response(scope, receive, send)
        elif names in ALWAYS or who.may("reader", asking):
            await self.app(scope, self._whole(receive, asking), send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await closed(Request(scope), names)(scope, receive, send)

    def _whole(self, receive: Receive, asking: Connection) -> Receive:
        """What an open page asks for after its log-in has ended is run whole, so that the frame
        can say so: a part of the page would be drawn as before.
        """
        if not login.shut_to_strangers():
            return receive

        async def received() -> Message:
            message = await receive()
            content = message.get("bytes")
            if message["type"] != "websocket.receive" or not content or who.may("reader", asking):
                return message
            asked = BackMsg.FromString(content)
            asked.rerun_script.fragment_id = ""
            return {**message, "bytes": asked.SerializeToString()}

        return received

    async def _log_in_or_out(
        self, request: Request, names: list[str], asking: Connection
    ) -> Response:
        if not login.wanted():
            return PlainTextResponse("not found\n", 404)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("method not allowed\n", 405)
        words = _words(request, asking)
        if login.fault():
            return calm.page(words, "login.unset", [_readers_link(words)], 503)
        if names == BEGIN:
            return _begin(request)
        if names == LEAVE and (known := who.who(asking)):
            login.end(known)
        try:
            response = await _answered(self.app, request)
        except Exception as fault:  # noqa: BLE001 logged like any bug, and answered calmly
            errors.logged(fault, request.url.path)
            response = Response(status_code=503)
        if names == CALLBACK:
            return _confirmed(request, response, words, asking)
        if response.status_code >= 400:
            return _failed(words)
        return response


def _begin(request: Request) -> Response:
    """On to the provider, by Streamlit's own way, which is good for two minutes."""
    names = login.providers()
    asked = _last(request, "provider")
    response = RedirectResponse(login.address(asked if asked in names else names[0]), 302)
    to = _inside(_last(request, "to"))
    secure = headers.is_https(request.scope, request.headers)
    response.headers.append(
        "Set-Cookie", headers.cookie(RETURN, quote(to, safe=""), secure, "Lax", RETURN_S)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _confirmed(request: Request, response: Response, words: Words, asking: Connection) -> Response:
    """The provider's answer: back to where the log-in began, or a calm page."""
    fresh = _cookies(response)
    if login.COOKIE not in fresh:
        # A log-out comes back here too, with nothing to tell.
        if response.status_code < 400 and not {"state", "code", "error"} & {*request.query_params}:
            return response
        trail.refused("callback", trail.OUTSIDE, asking.address)
        return _failed(words)
    login.began(fresh, asking.address)
    secure = headers.is_https(request.scope, request.headers)
    made = MutableHeaders(raw=response.raw_headers)
    cookies = [_tied(cookie, secure) for cookie in made.getlist("set-cookie")]
    del made["set-cookie"]
    for cookie in [*cookies, headers.cookie(RETURN, "", secure, "Lax", 0)]:
        made.append("set-cookie", cookie)
    made["location"] = _return(asking) or f"{headers.base()}/"
    made["cache-control"] = "no-store"
    return response


def _cookies(response: Response) -> dict[str, str]:
    """The log-in's cookies that a response sets, by name."""
    listed = Headers(raw=response.raw_headers).getlist("set-cookie")
    pairs = (cookie.split(";", 1)[0].partition("=")[::2] for cookie in listed)
    return {
        name: value for name, value in pairs if name.startswith(login.COOKIE) and value.strip('"')
    }


def _tied(cookie: str, secure: bool) -> str:
    """A cookie of Streamlit's that ends with the log-in, and that travels by https alone where
    the browser speaks it.
    """
    if not cookie.startswith(login.COOKIE):
        return cookie
    parts = [part.strip() for part in cookie.split(";")]
    lasts = int((login.hours() or 0) * 3600)
    # Those that are taken back have a Max-Age of 0.
    parts = [
        f"Max-Age={lasts}" if part.lower().startswith("max-age=") and part[8:] != "0" else part
        for part in parts
    ]
    return "; ".join([*parts, "Secure"] if secure else parts)


def _failed(words: Words) -> Response:
    again = (words("login.again"), f"{headers.base()}/login?lang={words.lang}")
    return calm.page(words, "login.failed", [again, _readers_link(words)], 503)


def closed(request: Request, names: list[str]) -> Response:
    """Instead of whatever was asked for by somebody who has not logged in."""
    words = _words(request)
    if names[:1] and names[0] in ("data", "api"):
        body = as_problem(words("login.closed.title"), "", words("login.closed.todo"))
        return Response(body, 401, {"Cache-Control": "no-store"}, "application/json")
    if (names and names[0] in NO_PAGES) or request.method not in ("GET", "HEAD"):
        return PlainTextResponse("log in first\n", 401, {"Cache-Control": "no-store"})
    if not login.wanted() or login.fault():
        return calm.page(words, "login.closed_unset", [], 401)
    query = request.scope["query_string"].decode("latin-1")
    to = quote(str(request.scope["path"]) + (f"?{query}" if query else ""), safe="")
    enter = (words("login.enter"), f"{headers.base()}/login?to={to}")
    other = next(lang for lang in LANGUAGES if lang != words.lang)
    language = (words(f"login.language.{other}"), f"?lang={other}")
    return calm.page(words, "login.closed", [enter, language], 401)


def _readers_link(words: Words) -> tuple[str, str]:
    return words("login.read_on"), f"{headers.base()}/?lang={words.lang}"


def _words(request: Request, asking: Connection | None = None) -> Words:
    """In the language of the address, else of the page where the log-in began."""
    asked = request.query_params.getlist("lang")
    for address in (_last(request, "to"), _return(asking) if asking else ""):
        asked += parse_qs(urlsplit(address).query).get("lang", [])
    return words_of.of(next((lang for lang in asked if lang in LANGUAGES), LANGUAGES[0]))


def _last(request: Request, name: str) -> str:
    return "".join(request.query_params.getlist(name)[-1:])


def _return(asking: Connection) -> str:
    return _inside(unquote(asking.cookies.get(RETURN, "")))


def _inside(address: str) -> str:
    """An address of a page here; '' for any other: a log-in must lead nowhere else."""
    start = f"{headers.base()}/"
    plain = address.isascii() and address.isprintable() and "\\" not in address
    if len(address) > LONGEST or not plain or not address.startswith(start):
        return ""
    path = urlsplit(address).path
    names = headers.parts(path)
    if address.startswith("//") or "//" in path or (names and names[0] in headers.FILES):
        return ""
    return address


async def _answered(app: ASGIApp, request: Request) -> Response:
    """What Streamlit answers: a short text with headers."""
    response = Response()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            response.status_code = message["status"]
            response.raw_headers = list(message.get("headers", []))
        else:
            response.body = bytes(response.body) + message.get("body", b"")

    await app(request.scope, request.receive, send)
    return response


middleware = [Middleware(LoginDoors)]
