"""The doors of running servers, tried from outside: hosts, roles, headers, closed addresses."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kub import words
from kub.presenting import hall
from tests.browser.server import serve
from tests.support.outside import ask, runs, shown

ID = words.of("id")
NAME = "kub.example.go.id"
SMALL = {"programme": "CONTOH-C", "role": "analyst"}
GATE, VISITS, ANALYST, READER = (
    ID("host.code"),
    ID("visits.new"),
    ID("withheld.on"),
    ID("withheld.refused"),
)


def page(address: str, **headers: str) -> str:
    """The first page as anybody may ask for it, wanting to see what analysts see."""
    answer = ask(address, f"/api/page/overview?{urlencode(SMALL)}", **headers)
    assert answer.status == 200
    return answer.body.decode()


@pytest.fixture(scope="module")
def at_home(sample_folder: Path) -> Iterator[str]:
    """As `make run` starts it."""
    with serve(sample_folder) as address:
        yield address


@pytest.fixture(scope="module")
def deployed(sample_folder: Path) -> Iterator[str]:
    """For others: a comma list of names, a code with signs, on every address of this machine."""
    names = f"{NAME},127.0.0.1"
    with serve(
        sample_folder,
        listen="0.0.0.0",
        STREAMLIT_SERVER_ALLOWED_HOSTS=names,
        KUB_HOST_CODE="Rahasia-2026!",
    ) as address:
        yield address


def test_at_home_the_local_user_is_host_and_analyst_and_nobody_else_is(at_home: str) -> None:
    port = at_home.rsplit(":", 1)[1]
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST.:{port}"):
        assert VISITS in shown(at_home, "visits", host=name)
    assert ANALYST in page(at_home)
    proxied = {"x_forwarded_for": "127.0.0.1"}
    assert (
        VISITS not in (seen := shown(at_home, "visits", **proxied))
        and ID("host.none", code="KUB_HOST_CODE", least=6) in seen
    )
    assert READER in (seen := page(at_home, **proxied)) and ANALYST not in seen
    assert READER in page(at_home, x_forwarded_for="192.168.1.66", x_kub_from="local")


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "0.0.0.0", ""])
def test_a_strange_host_is_answered_with_a_sentence_only(at_home: str, name: str) -> None:
    for path in ("/", "/visits", "/_stcore/health", "/static/x", "/favicon.png"):
        answer = ask(at_home, path, host=name, x_forwarded_host="localhost")
        assert answer.status in (400, 421) and b"<html" not in answer.body
    if name:
        assert (
            shown(at_home, host=name)
            == shown(at_home, host=name, origin=f"http://{name}")
            == "refused 403"
        )
    assert shown(at_home, origin="http://evil.example") == "refused 403"


def test_requests_that_no_browser_sends(at_home: str) -> None:
    where = ("127.0.0.1", int(at_home.rsplit(":", 1)[1]))
    for lines in (
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
        "GET / HTTP/1.1",
        "GET / HTTP/1.0",
    ):
        with socket.create_connection(where, 10) as raw:
            raw.sendall(f"{lines}\r\nConnection: close\r\n\r\n".encode())
            assert raw.makefile("rb").readline().split()[1] in (b"400", b"421"), lines


def test_closed_addresses_and_headers(at_home: str) -> None:
    for path in (
        "/Health",
        "/metrics/",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/media/x.csv",
        "/host",
    ):
        assert ask(at_home, path).status == 404
    for path, status in (
        ("/", 200),
        ("/visits", 200),
        ("/_stcore/health", 200),
        ("/favicon.png", 200),
        ("/nothing.js", 200),
    ):
        answer = ask(at_home, path)
        assert answer.status == status and answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert ask(at_home, "/host", "POST", b"x", origin="http://evil.example").status == 403
    assert ask(at_home, "/_stcore/upload_file/a/b", "PUT", b"x").status in (400, 403)


def test_machines_are_answered_measurements_only_on_this_machine(
    at_home: str, deployed: str
) -> None:
    for address in (at_home, deployed):
        answer = ask(address, "/health", x_forwarded_for="203.0.113.7")
        assert answer.status == 200 and json.loads(answer.body)["version"].startswith("kub-")
        assert answer.headers["cache-control"] == "no-store"
        head = ask(address, "/health", "HEAD")
        assert (head.status, head.body) == (200, b"")
    measured = ask(at_home, "/metrics")
    assert measured.status == 200 and measured.headers["content-type"].startswith("text/plain")
    assert b"\nkub_data_usable 1.0\n" in measured.body
    for refused in (
        ask(at_home, "/metrics", x_forwarded_for="127.0.0.1"),
        ask(at_home, "/metrics", via="1.1 proxy"),
        ask(deployed, "/metrics"),
    ):
        assert refused.status == 403 and b"KUB_METRICS" in refused.body


def test_deployed_everybody_is_a_reader_and_no_host(deployed: str) -> None:
    for name in (NAME, f"{NAME}:8443", "127.0.0.1"):
        assert GATE in (seen := shown(deployed, "visits", host=name)) and VISITS not in seen
        assert READER in (seen := page(deployed, host=name)) and ANALYST not in seen
    assert ask(deployed, host=NAME).status == 200
    assert ask(deployed, host="evil.example").status == 421
    assert shown(deployed, host=NAME, origin="https://evil.example") == "refused 403"
    found = hall.likely(hall.routed())
    if found:  # the hall's own network
        outside = deployed.replace("127.0.0.1", found[0])
        assert GATE in shown(outside, "visits") and ask(outside, host="evil.example").status == 421


# A change of filters that the page has not shown before, and what it may take: a page of our own
# of 40 messages and 45 kB (it was 130 and 50, for four charts).
MOST_MESSAGES, MOST_BYTES = 40, 45_000


@pytest.mark.parametrize("path", ["", "growth", "sectors", "villages", "programmes"])
def test_a_change_of_filters_takes_few_messages_and_bytes(at_home: str, path: str) -> None:
    query = {"districts": "33.25.10"}
    _, (messages, size) = runs(at_home, (path, {}), (path, query))
    page = path or "overview"
    answer = ask(at_home, f"/api/page/{page}?{urlencode(query)}", accept_encoding="gzip")
    assert 5 < messages <= MOST_MESSAGES
    assert size + len(answer.body) <= MOST_BYTES
