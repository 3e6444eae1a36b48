"""GET and HEAD /data/…: the answers of kub/exports/address.py over HTTP.

A request is answered in a thread of its own pool, so that neither the WebSockets of sessions nor
Streamlit's own files wait for it. The doors have looked at its host before; no other site may
read the answer, as no header lets it.
"""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kub.exports import address
from kub.exports.address import File, Problem
from kub.ui import doors, downloads, errors, headers, link, who
from kub.ui.data import data
from kub.words import Words, of

WORKERS = 2
METHODS = ("GET", "HEAD")
JSON = "application/json"
POOL = ThreadPoolExecutor(WORKERS, "kub-data")
USUAL = {"Cache-Control": "private, no-cache"}
_TAG = re.compile(r'"[^"]*"')


class DataByAddress:
    """ASGI middleware: /data and all below it, however it is written and whatever the method.

    As a route it would never see what Streamlit refuses before with a text of its own
    (/data/../x), nor would HEAD have the headers of a GET that Streamlit zips.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_data(str(scope["path"])):
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(POOL, respond, Request(scope))
        await response(scope, receive, send)


def _is_data(path: str) -> bool:
    return "".join(headers.parts(path)[:1]).lower() == "data"


def respond(request: Request) -> Response:
    """The response to a request; never raises. HEAD has the headers of GET and no body."""
    params = {name: request.query_params.getlist(name) for name in request.query_params}
    words = of(address.language(params))
    try:
        response = _response(request, params, words)
    except Exception as fault:  # noqa: BLE001 logged like any bug, and answered without a traceback
        number = errors.logged(fault, str(request.url))
        problem, todo = words("address.problem.fault"), words("address.todo.fault")
        response = _json(500, address.as_problem(problem, number, todo))
    if request.method == "HEAD":
        response.body = b""  # Content-Length stays
    return response


def _response(request: Request, params: Mapping[str, list[str]], words: Words) -> Response:
    try:
        if request.method not in METHODS:
            raise Problem(405, "method", request.method)
        path = _below_data(request)
        address.exists(path)
        opened, asking = data(), doors.connection_of(request.headers)
        seen = who.sees(opened, link.parse(params, opened, page=False), asking)
        file = address.answer(path, params, seen or opened, seen is not None)
        return _with_headers(file, request)
    except Problem as problem:
        if problem.status == 403:
            who.refused("analyst", doors.connection_of(request.headers))
        response = _json(problem.status, problem.body(words))
        if problem.status == 405:
            response.headers["Allow"] = ", ".join(METHODS)
        return response
    except errors.UserProblem as problem:
        title, todo = problem.message(words, str)
        return _json(503, address.as_problem(title, "", todo))


def _below_data(request: Request) -> str:
    """The path below /data/. Raises Problem (404) for /Data/ and //data/."""
    path, start = str(request.scope["path"]), f"{headers.base()}/data/"
    if not path.startswith(start):
        raise Problem(404, "path", path)
    return path.removeprefix(start)


def _with_headers(file: File, request: Request) -> Response:
    tag = f'"{hashlib.sha256(file.body).hexdigest()[:32]}"'
    about = USUAL | {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "ETag": tag,
        "X-Kub-Version": file.version,
        "X-Kub-As-Of": file.as_of.isoformat() if file.as_of else "",
        "X-Kub-Sample": "yes" if file.sample else "no",
    }
    if _has(request, tag):
        return Response(status_code=304, headers=about)
    if file.rows and request.method == "GET":  # else no row goes out
        asking = doors.connection_of(request.headers)
        question = _below_data(request).rpartition(".")[0]
        downloads.note(
            file.data, file.narrowed, file.rows, asking, question=question, file=file.name
        )
    return Response(file.body, headers=about, media_type=file.media_type)


def _has(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this answer; a proxy that zips makes a tag weak (W/)."""
    stated = ",".join(request.headers.getlist("if-none-match")).strip()
    return stated == "*" or tag in _TAG.findall(stated)


def _json(status: int, body: bytes) -> Response:
    return Response(body, status, USUAL, JSON)


middleware = [Middleware(DataByAddress)]
