"""SQL by plain request: for whom, in which words, and as which files."""

import asyncio
import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from kub import words
from kub.sql import sandbox
from kub.sql.answer import Answer
from kub.sql.faults import SqlFault
from kub.ui import content, doors, explore_sql, sql_route, view, who
from kub.words import LANGUAGES
from queries import ROLES
from tests.support.requests import Answered

HERE = {doors.FROM: doors.LOCAL}
APP = Starlette(routes=sql_route.routes)


def post(body: Any, query: str = "", leaves: bool = False, **headers: str) -> Answered:
    """leaves: whether the browser goes away at once."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/sql",
        "raw_path": b"/api/sql",
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or HERE).items()],
        "server": ("127.0.0.1", 80),
        "scheme": "http",
    }
    answered, sent = Answered(), []

    async def receive() -> Message:
        if not sent:
            sent.append(True)
            return {"type": "http.request", "body": content}
        if not leaves:
            await asyncio.sleep(600)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = {n.decode().lower(): v.decode() for n, v in message["headers"]}
        else:
            answered.body += message.get("body", b"")

    asyncio.run(APP(scope, receive, send))
    return answered


@pytest.mark.usefixtures("sample_data")
def test_rows_come_as_a_table_with_a_chart() -> None:
    sql = "SELECT year, kub, 0.5 AS share FROM programme_years WHERE programme = 'BPI-BATANG'"
    shown = post({"sql": sql}).json()
    assert shown["table"]["headings"] == ["year", "kub", "share"]
    assert shown["table"]["rows"][0][2] == "0,5" and shown["chart"]["figure"]["data"]
    assert "data contoh" in shown["source"] and shown["notes"]
    assert "chart" not in post({"sql": "SELECT 1 AS a"}).json()
    assert post({"sql": "SELECT 1 AS a WHERE false"}).json()["empty"]
    assert post({"sql": "SELECT 0.5 AS a"}, "lang=en").json()["table"]["rows"] == [["0.5"]]


@pytest.mark.usefixtures("sample_data")
def test_a_result_that_is_cut_says_so() -> None:
    shown = post({"sql": "SELECT * FROM range(99999)"}).json()
    assert "10.000" in " ".join(shown["notes"]) and shown["table"]["cut"]


@pytest.mark.usefixtures("sample_data")
def test_only_whom_the_screen_gives_the_view_may_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    def status(**headers: str) -> int:
        return post({"sql": "SELECT 1"}, **headers).status

    assert (status(**HERE), status(**{doors.FROM: doors.OUTSIDE})) == (200, 403)
    monkeypatch.setenv(who.ANALYST, "no")
    assert status(**HERE) == 403
    monkeypatch.setenv(who.ANALYST, "yes")
    assert (status(**HERE), status(**{doors.FROM: doors.OUTSIDE})) == (200, 403)


@pytest.mark.usefixtures("sample_data")
def test_a_reader_sees_as_on_the_screen_until_they_switch() -> None:
    sql = {"sql": "SELECT count(*) AS n FROM kub_report"}
    refused = post(sql)
    assert refused.status == 400 and "kub_report" in refused.json()["problem"]
    assert post(sql, "role=analyst").json()["table"]["rows"][0][0] != "0"


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_is_told_in_words(lang: str) -> None:
    say = words.of(lang)
    problem = post({"sql": "SELECT nme\nFROM kubs_"}, f"lang={lang}").json()
    assert problem["problem"] == say("sql.problem.table", name="kubs_")
    assert (problem["line"], problem["sign"], problem["todo"]) == (2, 6, say("sql.todo.table"))
    problem = post({"sql": "SELECT 'a'::INTEGER"}, f"lang={lang}").json()
    assert "Conversion" in problem["detail"] and problem["todo"] == say("sql.todo.conversion")


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"", None),
        (b"{}", None),
        (b"[1]", "empty"),
        (b"no JSON", "empty"),
        (b'{"sql": 1}', "empty"),
        (b'{"sql": ""}', "empty"),
        (b'{"sql": "' + b"1" * 70_000 + b'"}', "long"),
        (b'{"sql": "SELECT 1", "ending": "exe"}', "other"),
    ],
)
def test_what_is_no_request_is_no_fault(
    body: bytes, rule: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[str] = []
    monkeypatch.setattr(sandbox, "warm", lambda data: warmed.append(data.role))
    answer = post(body)
    assert answer.status == (400 if rule else 204)
    assert (warmed == []) == bool(rule)
    if rule:
        known = words.of("id").texts[f"sql.problem.{rule}"]
        assert answer.json()["problem"] == known


@pytest.mark.usefixtures("sample_data")
def test_files_say_what_they_are() -> None:
    sql = "SELECT village, kub FROM villages ORDER BY kub DESC"
    answer = post({"sql": sql, "ending": "csv", "writing": "id"}, "role=analyst")
    assert "kub-sql_" in answer.headers["content-disposition"]
    assert "analis" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert sql in rows[1][2] and "analyst" in rows[1][2]
    book = post({"sql": sql, "ending": "xlsx"}).body
    assert len(openpyxl.load_workbook(io.BytesIO(book)).worksheets) == 2
    assert post({"sql": sql, "ending": "parquet"}).body.startswith(b"PAR1")


@pytest.mark.usefixtures("sample_data")
def test_whoever_leaves_gives_the_statement_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def waits(_data: object, _sql: str, _asker: str, ticket: sandbox.Ticket) -> Answer:
        with sandbox._TURN:
            assert sandbox._TURN.wait_for(lambda: ticket.is_cancelled, 60)
        raise SqlFault("cancelled")

    monkeypatch.setattr(sandbox, "run", waits)
    assert post({"sql": "SELECT 1"}, leaves=True).status == 409


@pytest.mark.usefixtures("sample_data")
def test_a_fault_is_logged_and_told_calmly(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Answer:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(sandbox, "run", broken)
    answer = post({"sql": "SELECT 1"})
    assert answer.status == 500 and "secret" not in answer.text
    assert answer.json()["detail"].startswith("K-")


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_have_rows(role: str, lang: str) -> None:
    seen = view.of({"role": [role], "lang": [lang]}, analyst=True)
    listed = explore_sql.examples(role, seen.programme.programme_id, seen.words)
    assert len(listed) >= 5
    for label, sql in listed:
        assert label and len(sandbox.run(seen.data, sql).table), sql


@pytest.mark.usefixtures("sample_data")
def test_the_page_shows_the_statement_of_the_link_and_who_may_not() -> None:
    asked = {"sql": ["SELECT 1"], "explore": ["sql"]}
    [_, _, block] = content.written(view.of(asked, analyst=True), "explore").parts
    assert block.text == "SELECT 1" and block.note == words.of("id")("sql.whose_reader")
    names = [table.name for table in block.tables]
    assert "villages" in names and "kub" in names and "kub_report" not in names
    [_, _, block] = content.written(
        view.of({**asked, "role": ["analyst"], "lang": ["en"]}, analyst=True), "explore"
    ).parts
    assert "kub_report" in [table.name for table in block.tables]
    unexplained = {
        (table.name, name)
        for table in block.tables
        for name, _, meaning in [*table.columns, (table.name, "", table.meaning)]
        if not meaning
    }
    assert not unexplained
    [_, block] = content.written(view.of(asked, analyst=False), "explore").parts
    assert block.title == words.of("id")("explore.closed")
