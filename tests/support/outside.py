"""A client that is no browser: it says what it likes about
itself, and reads what a session is shown.
"""

import http.client
import socket
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

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
    where = urlsplit(address)
    said = _named(headers)
    host = said.pop("host", where.netloc)
    try:
        # websockets writes the Host header from the address it is given.
        with connect(
            f"ws://{host}/_stcore/stream",
            sock=socket.create_connection((str(where.hostname), where.port), PATIENCE_S),
            origin=said.pop("origin", None),  # type: ignore[arg-type]
            additional_headers=said,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            proxy=None,
            max_size=None,
        ) as opened:
            message = BackMsg()
            message.rerun_script.query_string = urlencode(query or {}, doseq=True)
            message.rerun_script.page_name = path
            opened.send(message.SerializeToString())
            return _read(opened)
    except InvalidStatus as refused:
        return f"refused {refused.response.status_code}"


def _read(opened: Any) -> str:
    seen = ""
    with suppress(TimeoutError):
        while True:
            data = opened.recv(PATIENCE_S)
            message = ForwardMsg.FromString(data)
            seen += data.decode("utf-8", "replace")
            if message.WhichOneof("type") == "script_finished":
                return seen
    raise AssertionError("the script did not come to its end")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
