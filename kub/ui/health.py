"""What machines ask: `GET /health` whether there is data to show, `GET /metrics` how it goes.

Both look and build nothing. The first is answered to everyone whom the doors let in, the second to
this machine itself (a loopback connection without a proxy), or to everyone where KUB_METRICS=all.
"""

import json
import os

from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kub import words as words_of
from kub.store.versions import Damaged, data_folder, pointed
from kub.ui import errors, headers, metrics
from kub.ui.doors import connection_of
from kub.words import LANGUAGES

OPEN_TO_ALL = "KUB_METRICS"
METHODS = ["GET", "HEAD"]
FRESH = {"Cache-Control": "no-store"}
CLOSED = f"/metrics is answered to this machine itself only; {OPEN_TO_ALL}=all opens it.\n"


def health(request: Request) -> Response:
    """200 and the version in use; 503 and why there is none. Never raises."""
    lang = request.query_params.get("lang", LANGUAGES[0])
    words = words_of.of(lang if lang in LANGUAGES else LANGUAGES[0])
    try:
        version = pointed(data_folder())
    except Damaged as fault:
        return _unavailable(*fault.message(words))
    except Exception as fault:  # noqa: BLE001 logged like any bug; whoever watches is told
        number = errors.logged(fault, str(request.url.path))
        return _unavailable(words("error.fault.title"), words("error.fault.todo", id=number))
    if version is None:
        return _unavailable(words("error.no_data.title"), words("error.no_data.todo"))
    state = {
        "status": "ok",
        "version": version.name,
        "built_at": f"{version.built_at:%Y-%m-%dT%H:%M:%SZ}",
    }
    if version.notice:
        state["notice"] = words(version.notice)
    return _json(200, state)


def _unavailable(reason: str, todo: str) -> Response:
    """503: load balancers send visitors elsewhere, watchers call somebody."""
    plain = todo.replace("**", "").replace("`", "")
    return _json(503, {"status": "unavailable", "reason": reason, "todo": plain})


def _json(status: int, state: dict[str, str]) -> Response:
    body = json.dumps(state, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    return Response(body, status, FRESH, "application/json")


def measurements(request: Request) -> Response:
    """All that is counted, in the text format of Prometheus."""
    everyone = os.environ.get(OPEN_TO_ALL, "").strip().casefold() == "all"
    if not (everyone or connection_of(request.headers).local):
        return PlainTextResponse(CLOSED, 403, FRESH)
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(metrics.REGISTRY), headers={**FRESH, "Content-Type": media_type})


routes = [
    Route(f"{headers.base()}/health", health, methods=METHODS),
    Route(f"{headers.base()}/metrics", measurements, methods=METHODS),
]
