"""The middleware that every request meets first, asked directly;
tests/unit/ui/test_outside.py asks a running server.
"""

import asyncio
from typing import Any

import pytest
from starlette.datastructures import Headers

from kub.ui import doors, headers
from kub.ui.doors import ADDRESS, FROM, LOCAL, OUTSIDE, Doors
from tests.support.asgi import Answer, ask

pytestmark = pytest.mark.usefixtures("options")


def socket(**said: str) -> Answer:
    return ask("/_stcore/stream", kind="websocket", **said)


@pytest.mark.parametrize(
    "path",
    ["/", "/visits", "/assets/x.js", "/media/x.csv", "/_stcore/health", "/static/x", "/host"],
)
def test_a_strange_host_gets_a_sentence_whatever_it_asks_for(path: str) -> None:
    answer = ask(
        path, host="evil.example", x_forwarded_host="localhost", more=[("x-kub-from", "local")]
    )
    assert answer.status == 421 and answer.seen is None
    assert doors.ALLOWED in answer.body.decode() and answer.headers["content-type"].startswith(
        "text/plain"
    )
    assert socket(host="evil.example").closed and socket(host="evil.example").seen is None


def test_no_host_and_two_hosts_are_strangers() -> None:
    assert ask(more=[("host", "127.0.0.1:8501")]).status == 421
    assert ask(host="").status == 421
    assert ask("http://evil.example/").status == 400


def test_hosts_that_were_set_are_answered(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    options["server.allowedHosts"] = ["a.example,b.example"]
    options["browser.serverAddress"] = "c.example"
    monkeypatch.setenv(doors.ALLOWED, "d.example e.example")
    for name in "abcde":
        assert ask(host=f"{name}.example:80").status == 200
    assert ask(host="f.example").status == 421


def test_a_mistake_in_the_setting_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(doors.ALLOWED, "kub.example.go.id,a@b")
    assert ask(host="kub.example.go.id").status == 200 and "'a@b'" in caplog.text


def test_the_servers_own_address_is_known_where_it_listens_outside(options: dict[str, Any]) -> None:
    assert ask(host="192.168.1.20").status == 421
    options["server.address"] = "0.0.0.0"
    assert ask(host="192.168.1.20").status == 200 and ask(host="192.168.1.21").status == 421
    assert ask(host="0.0.0.0").status == 421
    options["server.address"] = "192.168.1.21"
    assert ask(host="192.168.1.21").status == 200


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        (None, True),
        ("http://127.0.0.1:8501", True),
        ("http://127.0.0.1:3000", False),
        ("http://localhost:8501", False),
        ("http://evil.example", False),
        ("http://127.0.0.1.evil.example:8501", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_its_own_pages_open_the_socket_or_change_anything(
    origin: str | None, opens: bool
) -> None:
    said = {} if origin is None else {"origin": origin}
    assert bool(socket(**said).seen) is opens
    for method in ("POST", "PUT", "DELETE"):
        assert (ask("/host", method=method, **said).status == 200) is opens
    read = ask(**said)
    assert read.status == 200 and read.seen
    # Streamlit would ask another host for our outer address before it answers a foreign origin.
    assert ("origin" in Headers(scope=read.seen)) is (opens and origin is not None)


def test_two_origins_are_none() -> None:
    assert socket(origin="http://127.0.0.1:8501", more=[("origin", "http://127.0.0.1:8501")]).closed


def test_a_page_behind_a_proxy_opens_the_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(doors.ALLOWED, "kub.example.go.id,*")
    assert socket(host="kub.example.go.id", origin="https://kub.example.go.id:8443").seen
    # the proxy says its own name for the host
    assert socket(origin="https://kub.example.go.id").seen
    assert socket(host="kub.example.go.id", origin="https://evil.example").closed
    assert socket(host="evil.example", origin="https://other.example").closed


@pytest.mark.parametrize("name", ["127.0.0.1:8501", "localhost", "[::1]:8501"])
def test_this_machine_itself_is_local(name: str) -> None:
    for client in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert socket(host=name, client=client, origin=f"http://{name}").marked == LOCAL


PROXIES = [
    "x-forwarded-for",
    "X-Forwarded-Proto",
    "x-forwarded-anything",
    "forwarded",
    "via",
    "x-real-ip",
    "cf-connecting-ip",
    "CF-Ray",
    "true-client-ip",
]


@pytest.mark.parametrize("name", PROXIES)
def test_behind_a_proxy_everybody_comes_from_outside(name: str) -> None:
    assert socket(more=[(name, "127.0.0.1")]).marked == OUTSIDE
    assert socket(more=[(name, "")]).marked == OUTSIDE


def test_another_address_is_outside_whatever_it_says(options: dict[str, Any]) -> None:
    answer = socket(client="192.168.1.66", more=[(FROM, LOCAL), (ADDRESS, "127.0.0.1")])
    assert answer.marked == OUTSIDE and answer.seen
    assert Headers(scope=answer.seen).getlist(ADDRESS) == ["192.168.1.66"]
    assert socket(client="").marked == OUTSIDE


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.address", "0.0.0.0"),
        ("server.address", ""),
        ("server.address", "192.168.1.20"),
        ("browser.serverAddress", "kub.example.go.id"),
        ("server.allowedHosts", ["kub.example.go.id"]),
    ],
)
def test_a_dashboard_for_others_takes_nobody_for_local(
    options: dict[str, Any], option: str, value: Any
) -> None:
    assert socket().marked == LOCAL
    options[option] = value
    assert socket().marked == OUTSIDE


@pytest.mark.parametrize(
    "path",
    [
        "/HEALTH",
        "/health/",
        "/health/x",
        "//health",
        "/metrics/",
        "/api/x",
        "/_stcore/metrics",
        "/_stcore",
        "/_stcore/",
        "//_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
        "/_stcore/x",
        "/growth/_stcore/health",
        "/media/x.csv",
        "/media",
        "/media/a/b",
    ],
)
def test_closed_addresses_are_not_found(path: str) -> None:
    answer = ask(path)
    assert answer.status == 404 and answer.seen is None and answer.body == b"not found\n"


@pytest.mark.parametrize(
    "path",
    ["/", "/growth", "/_stcore/health", "/_stcore/host-config", "/static/x.js", "/healthy"]
    + ["/health", "/metrics"],
)
def test_others_are_open(path: str) -> None:
    assert ask(path).status == 200


def test_below_a_base_path_the_same_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "base", lambda: "/kub")
    assert [
        ask(path).status
        for path in ("/metrics", "/kub/metrics/", "/kub/_stcore/metrics", "/kub", "/kub/metrics")
    ] == [404, 404, 404, 200, 200]


def test_other_scopes_pass() -> None:
    passed: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope["type"])

    asyncio.run(Doors(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert passed == ["lifespan"]
