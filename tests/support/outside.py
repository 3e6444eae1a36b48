"""A client that is no browser: it says what it likes about
itself, and reads what a session is shown.
"""

import http.client
import socket
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    address: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str
) -> Answer:
    """One request. headers: as keywords, x_forwarded_for="…"; host="" sends none."""
    where = urlsplit(address)
    with closing(
        http.client.HTTPConnection(str(where.hostname), where.port, timeout=PATIENCE_S)
    ) as connection:
        connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in _named(headers).items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(
            response.status, {n.lower(): v for n, v in response.getheaders()}, response.read()
        )


def shown(address: str, path: str = "", query: dict[str, Any] | None = None, **headers: str) -> str:
    """All that a session is sent for a page, as text; 'refused 403' where the socket stays shut."""
    try:
        with _session(address, headers) as opened:
            return _run(opened, path, query)[0]
    except InvalidStatus as refused:
        return f"refused {refused.response.status_code}"


def runs(address: str, *views: tuple[str, dict[str, Any]]) -> list[tuple[int, int]]:
    """(messages, bytes) that one session is sent at each run, one run for each (page, query)."""
    with _session(address, {}) as opened:
        return [_run(opened, path, query)[1:] for path, query in views]


def _session(address: str, headers: dict[str, str]) -> ClientConnection:
    where = urlsplit(address)
    said = _named(headers)
    host = said.pop("host", where.netloc)
    # websockets writes the Host header from the address it is given.
    return connect(
        f"ws://{host}/_stcore/stream",
        sock=socket.create_connection((str(where.hostname), where.port), PATIENCE_S),
        origin=said.pop("origin", None),  # type: ignore[arg-type]
        additional_headers=said,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        proxy=None,
        max_size=None,
    )


def _run(opened: ClientConnection, path: str, query: dict[str, Any] | None) -> tuple[str, int, int]:
    """(texts, messages, bytes) until the script has run to its end."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(query or {}, doseq=True)
    message.rerun_script.page_name = path
    opened.send(message.SerializeToString())
    seen, count, size = "", 0, 0
    while True:
        data = bytes(opened.recv(PATIENCE_S))  # type: ignore[arg-type]
        count, size = count + 1, size + len(data)
        seen += data.decode("utf-8", "replace")
        if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            return seen, count, size


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
