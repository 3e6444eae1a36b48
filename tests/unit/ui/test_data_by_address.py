"""Data by address over HTTP, behind the doors; and of a running server, as its clients read it."""

import asyncio
import io
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers

import dashboard
from kub import words
from kub.exports import address
from kub.store import versions
from kub.store.data import Data
from kub.ui import data_by_address, doors, headers, login_doors, metrics
from kub.words import LANGUAGES
from tests.browser.server import serve
from tests.support import outside, small

HERE = "127.0.0.1:8501"
ABOUT = ("etag", "content-disposition", "x-kub-version", "x-kub-as-of", "x-kub-sample")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    small.write(folder)
    return folder


@pytest.fixture(autouse=True)
def options(monkeypatch: pytest.MonkeyPatch, records: Path) -> dict[str, Any]:
    """Streamlit's options as these tests set them, and small records."""
    monkeypatch.setenv("KUB_DATA", str(records))
    stated: dict[str, Any] = {"server.address": "127.0.0.1", "server.allowedHosts": []}
    monkeypatch.setattr(doors.config, "get_option", stated.get)
    monkeypatch.delenv("KUB_ANALYST", raising=False)
    return stated


class Answer:
    def __init__(self, status: int, raw: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.status, self.headers, self.body = status, Headers(raw=raw), body

    @property
    def problem(self) -> dict[str, str]:
        assert self.headers["content-type"] == "application/json"
        described = json.loads(self.body)
        assert list(described) == ["problem", "value", "todo"] and described["todo"]
        return dict(described)


def ask(
    path: str, query: str = "", method: str = "GET", client: str = "127.0.0.1", **stated: str
) -> Answer:
    """A request through the doors; behind the data there is an app that knows no address."""
    app = Starlette(middleware=[*doors.middleware, *data_by_address.middleware])
    pairs = {"host": HERE} | {name.replace("_", "-"): value for name, value in stated.items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode("latin-1"),
        "scheme": "http",
        "client": (client, 5555),
        "server": ("127.0.0.1", 8501),
        "headers": [(name.encode(), value.encode()) for name, value in pairs.items()],
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = sent[0]
    return Answer(start["status"], start["headers"], b"".join(m.get("body", b"") for m in sent))


def test_the_launcher_puts_the_data_behind_the_doors() -> None:
    classes = [entry.cls for entry in dashboard.app._user_middleware]
    behind = [login_doors.LoginDoors, metrics.Measured, data_by_address.DataByAddress]
    assert classes[:4] == [doors.Doors, *behind]


def test_an_answer_says_what_it_is() -> None:
    answer = ask("/data/growth.csv", "lang=en&until=2021")
    assert answer.status == 200 and answer.body.startswith(b"\xef\xbb\xbfyear,as_of,")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="kub-growth_{small.A}_2021-12-31_sample.csv"'
    )
    assert answer.headers["x-kub-version"].startswith("kub-20261124T")
    assert answer.headers["x-kub-as-of"] == "2021-12-31"
    assert answer.headers["x-kub-sample"] == "yes"
    assert answer.headers["cache-control"] == "private, no-cache"
    for name, value in headers.HEADERS.items():
        assert answer.headers[name] == value
    assert "set-cookie" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path", ["/data/growth.json", "/data/datapackage.json", "/data/x.csv", "/data"]
)
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    got, head = ask(path), ask(path, method="HEAD")
    assert head.status == got.status and head.body == b""
    assert head.headers == got.headers
    assert int(head.headers["content-length"]) == len(got.body)


def test_whoever_has_the_answer_is_told_so() -> None:
    first = ask("/data/growth.xlsx")
    tag = first.headers["etag"]
    for stated in (tag, f"W/{tag}", f'"x", {tag}', f'W/"x",W/{tag}', "*", " * "):
        for method in ("GET", "HEAD"):
            again = ask("/data/growth.xlsx", method=method, if_none_match=stated)
            assert (again.status, again.body) == (304, b"")
            assert {name: again.headers[name] for name in ABOUT} == {
                name: first.headers[name] for name in ABOUT
            }
            assert again.headers["cache-control"] == "private, no-cache"
    for stated in ('"x"', tag.strip('"'), "", f'"{tag}"x'):
        assert ask("/data/growth.xlsx", if_none_match=stated).status == 200
    assert ask("/data/growth.xlsx", "until=2019", if_none_match=tag).status == 200
    assert ask("/data/nothing.csv", if_none_match="*").status == 404


def test_a_new_version_changes_the_tag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.in_use(tmp_path, monkeypatch)
    first = ask("/data/headline.json")
    small.write(tmp_path / "data", "20261125T031500000000Z", sample=False)
    second = ask("/data/headline.json", if_none_match=first.headers["etag"])
    assert second.status == 200 and second.headers["x-kub-sample"] == "no"
    assert second.headers["x-kub-version"] > first.headers["x-kub-version"]


@pytest.mark.parametrize(
    "path",
    [
        "/data",
        "/data/",
        "/data/growth",
        "/data/growth.txt",
        "/data/growth.csv/",
        "/data/GROWTH.csv",
        "/Data/growth.csv",
        "/DATA",
        "//data/growth.csv",
        "/data//growth.csv",
        "/data/../growth.csv",
        "/data/../../etc/passwd",
        "/data/..\\growth.csv",
        "/data/growth.csv\0",
        "/data/growth.csv\n",
        f"/data/{'9' * 5000}.csv",
    ],
)
def test_what_is_no_data_is_not_found(path: str) -> None:
    answer = ask(path)
    assert answer.status == 404 and len(answer.problem["value"]) < 70


@pytest.mark.parametrize("path", ["/", "/database", "/growth", "/growth/data/growth.csv"])
def test_other_addresses_are_not_looked_at(path: str) -> None:
    assert ask(path).body == b"Not Found"


def test_below_a_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "base", lambda: "/kub")
    assert ask("/kub/data/growth.csv").status == 200
    assert ask("/data/growth.csv").problem["value"] == "/data/growth.csv"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_problem_is_told_in_the_language_of_the_link(lang: str) -> None:
    answer = ask("/data/growth.csv", f"until=20a&lang={lang}")
    assert answer.status == 400 and answer.problem == {
        "problem": words.of(lang)("address.problem.until"),
        "value": "20a",
        "todo": words.of(lang)("address.todo.until", known=""),
    }
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("query", ["villages=%ff%fe", "lang=%ED%A0%80", "x=%00", "&&=&", "\xff=1"])
def test_queries_of_any_bytes(query: str) -> None:
    assert ask("/data/growth.csv", query).status in (200, 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_data_is_read_only(method: str) -> None:
    answer = ask("/data/growth.csv", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.problem["value"] == method


def test_other_sites_get_no_leave_to_read() -> None:
    evil = {"origin": "http://evil.example"}
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = ask("/data/growth.csv", method=method, **evil)
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert ask("/data/growth.csv", method="POST", **evil).status == 403
    assert ask("/data/growth.csv", "role=analyst", **evil).status == 403
    assert ask("/data/growth.csv", host="evil.example").status == 421


def test_the_analysts_view_is_for_whom_the_screen_gives_it(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    def status(**stated: str) -> int:
        return ask("/data/growth.csv", "role=analyst", **stated).status

    assert status() == 200
    assert status(x_forwarded_for="127.0.0.1") == 403
    assert status(client="192.168.1.66", x_kub_from="local") == 403
    options["server.address"] = "0.0.0.0"
    assert status() == 403
    monkeypatch.setenv("KUB_ANALYST", "yes")
    assert status(client="192.168.1.66") == 403  # whoever has not logged in is a reader there
    options["server.address"] = "127.0.0.1"
    monkeypatch.setenv("KUB_ANALYST", "no")
    assert status() == 403
    assert ask("/data/growth.csv", "role=analyst&lang=en").problem["value"] == "analyst"


def test_damaged_records_are_told_calmly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.in_use(tmp_path, monkeypatch)
    for path in (tmp_path / "data" / "versions").glob("kub-*"):
        path.write_bytes(b"")
    answer = ask("/data/growth.csv", "lang=en")
    assert answer.status == 503
    assert answer.problem["problem"] == words.of("en")("error.damaged.title")
    assert "\\" not in answer.problem["todo"]


def test_a_fault_of_ours_has_a_number_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(address, "answer", broken)
    with caplog.at_level(logging.ERROR, "kub"):
        answer = ask("/data/growth.csv")
    assert answer.status == 500 and answer.problem["value"] in caplog.text
    assert b"secret" not in answer.body and b"Traceback" not in answer.body


@pytest.fixture(scope="module")
def running(sample_folder: Path) -> Iterator[str]:
    """As `make run` starts it."""
    with serve(sample_folder) as started:
        yield started


def test_a_running_server_is_read_as_spreadsheets_and_programs_read_it(
    running: str, sample_folder: Path, tmp_path: Path
) -> None:
    data = Data.open(versions.pointed(sample_folder) or pytest.fail("no version"))
    query = "programme=CONTOH-A&until=2021&lang=en"
    params = {"programme": ["CONTOH-A"], "until": ["2021"], "lang": ["en"]}
    rows = json.loads(address.answer("villages.json", params, data, False).body)
    kub = [row["kub"] for row in rows]

    start = f"{running}/data/villages"
    assert pd.read_json(f"{start}.json?{query}")["kub"].tolist() == kub
    codes = pd.read_csv(f"{start}.csv?{query}", dtype={"village_code": "str"})
    assert codes["village_code"].tolist() == [row["village_code"] for row in rows]
    local = pd.read_csv(f"{start}.csv?{query}&writing=id", sep=";", decimal=",")
    assert local["kub_per_10k"].equals(codes["kub_per_10k"])
    assert read_excel(fetch(f"{start}.xlsx?{query}"))["kub"].tolist() == kub

    path = tmp_path / "villages.parquet"
    path.write_bytes(fetch(f"{start}.parquet?{query}"))
    with duckdb.connect() as con:
        read = con.execute("SELECT sum(kub) FROM read_parquet($path)", {"path": str(path)})
        assert read.fetchall() == [(sum(kub),)]

    package = json.loads(fetch(f"{running}/data/datapackage.json"))
    for resource in package["resources"][:3]:
        body = fetch(f"{running}/data/{resource['path']}").decode("utf-8-sig")
        named = ",".join(field["name"] for field in resource["schema"]["fields"])
        assert body.splitlines()[0] == named


def read_excel(body: bytes) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(body), engine="calamine")


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        return bytes(response.read())


def test_a_running_server_refuses_and_remembers(running: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(f"{running}/data/growth.csv?sectors=pertanian")
    assert caught.value.code == 400 and json.loads(caught.value.read())["value"] == "pertanian"
    caught.value.close()
    first = outside.ask(running, "/data/growth.csv")
    second = outside.ask(running, "/data/growth.csv", if_none_match=first.headers["etag"])
    assert (second.status, second.body) == (304, b"")
    head = outside.ask(running, "/data/growth.csv", "HEAD", accept_encoding="gzip")
    assert head.body == b"" and head.headers["content-length"] == str(len(first.body))
    for path in ("/data/../x", "/data/%2e%2e/x", "//data/x", "/Data/x"):
        answer = outside.ask(running, path)
        assert answer.status == 404 and json.loads(answer.body)["todo"], path
    assert outside.ask(running, "/Health").body == b"not found\n"
