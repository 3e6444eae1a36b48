"""nginx before small servers that say who they are and what reached them."""

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from deploy import site

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
MISSING = "nginx is not here (Debian: sudo apt-get install nginx)"
PATIENCE_S = 30
# A server that `deploy/up` can start in the place of a replica: it is there, and healthy.
TINY = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Healthy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")
HTTPServer(("127.0.0.1", int(sys.argv[1])), Healthy).serve_forever()
"""


class Replica(ThreadingHTTPServer):
    """Answers with its number and the headers that reached it, until it is stopped."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, number: int, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Answer)
        self.number, self.asked = number, list[str]()
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Answer(BaseHTTPRequestHandler):
    server: Replica
    protocol_version = "HTTP/1.0"  # closes each connection, so that a stopped one refuses the next

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        reached = {"replica": self.server.number, "headers": dict(self.headers), "pad": "x" * 2000}
        body = json.dumps(reached).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.path.startswith(("/assets/", "/static/")):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Answer:
    """status: of HTTP; replica: who answered, 0 where nginx did; cookie: set by nginx, or ''."""

    status: int
    replica: int
    cookie: str
    headers: Mapping[str, str] = field(default_factory=dict)
    reached: Mapping[str, str] = field(default_factory=dict)


def ask(address: str, path: str = "/", method: str = "GET", **headers: str) -> Answer:
    """What comes back. headers: with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = b"body" if method == "POST" else None
    request = urllib.request.Request(address + path, headers=named, method=method, data=data)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as response:
            answer: dict[str, Any] = {"replica": 0, "headers": {}}
            if response.headers.get("Content-Encoding") is None:
                answer |= json.loads(response.read())
            cookie = response.headers.get("Set-Cookie", "")
            back = dict(response.headers)
            return Answer(response.status, answer["replica"], cookie, back, answer["headers"])
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, 0, refused.headers.get("Set-Cookie", ""))


@contextmanager
def before(folder: Path, replicas: list[Replica]) -> Iterator[str]:
    """The address of nginx, configured as deploy/up does it."""
    assert NGINX
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (folder / "temp").mkdir()
    ports = [replica.server_port for replica in replicas]
    (folder / "nginx.conf").write_text(site.whole(folder, port, ports), "utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            ends = time.monotonic() + PATIENCE_S
            while time.monotonic() < ends:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
