"""A plain request to an ASGI app in this process, and its answer."""

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message


@dataclass
class Answered:
    """status, headers (lower case), and the body as it came."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def content(self) -> bytes:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


def request(
    app: ASGIApp, address: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Answered:
    """headers: as keywords, if_none_match="…"; gzip is taken unless they say otherwise."""
    path, _, query = address.partition("?")
    named = {"accept_encoding": "gzip", **headers}
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in named.items()],
        "server": ("127.0.0.1", 80),
        "scheme": "http",
    }
    answered = Answered()

    waiting = iter([{"type": "http.request", "body": body}])

    async def receive() -> Message:
        # What is streamed listens for the end of the connection, which comes after the answer.
        return next(waiting, None) or await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = {n.decode().lower(): v.decode() for n, v in message["headers"]}
        else:
            answered.body += message.get("body", b"")

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    return answered
