"""Requests through the doors of the app, without a server."""

import asyncio
from typing import Any

from starlette.datastructures import Headers

from kub.ui.doors import FROM, Doors

PAGE = b"the page"
HERE = {"host": "127.0.0.1:8501"}


class Answer:
    """What a client gets. seen: the scope behind the doors, None where they stayed shut."""

    def __init__(self) -> None:
        self.status = 0
        self.body = b""
        self.headers = Headers()
        self.seen: dict[str, Any] | None = None
        self.closed = False

    @property
    def marked(self) -> str | None:
        assert self.seen
        [said] = Headers(scope=self.seen).getlist(FROM)
        return said


def ask(
    path: str = "/",
    client: str = "127.0.0.1",
    kind: str = "http",
    method: str = "GET",
    more: Any = (),
    **said: str,
) -> Answer:
    """A request through the doors to an app that gives a page.

    more: headers as pairs, besides said.
    """
    answer = Answer()
    pairs = [
        (name.replace("_", "-").lower(), value)
        for name, value in {**HERE, **said}.items()
        if value is not None
    ]
    scope = {
        "type": kind,
        "path": path,
        "scheme": "http" if kind == "http" else "ws",
        "client": (client, 5555),
        "server": ("192.168.1.20", 8501),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in [*pairs, *more]],
    } | ({"method": method} if kind == "http" else {})

    async def app(scope: Any, receive: Any, send: Any) -> None:
        answer.seen = scope
        if kind == "http":
            start = [(b"content-type", b"text/html"), (b"access-control-allow-origin", b"*")]
            await send({"type": "http.response.start", "status": 200, "headers": start})
            await send({"type": "http.response.body", "body": PAGE})
        else:
            await send({"type": "websocket.accept"})

    async def receive() -> Any:
        return (
            {"type": "websocket.connect"}
            if kind == "websocket"
            else {"type": "http.request", "body": b""}
        )

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], Headers(raw=message["headers"])
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")
        answer.closed = answer.closed or message["type"] == "websocket.close"

    asyncio.run(Doors(app)(scope, receive, send))
    return answer
