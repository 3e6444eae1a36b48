"""Where a number comes from, by address and for the session: the same roles as the page, no more."""

import csv
import io
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

import queries
from kub import words
from kub.answers.answer import answer
from kub.exports.csv import NOTE
from kub.store.data import Data
from kub.store.database import current
from kub.ui import doors, page_route
from kub.ui.site import DIRECT
from kub.web.origin import copied, panel
from queries.filters import Filters
from tests.support import small
from tests.support.blocks import parts, take, tell, walk
from tests.support.older import without_rows
from tests.support.requests import Answered, request

HERE = {doors.FROM.replace("-", "_"): doors.LOCAL}
APP = Starlette(routes=page_route.routes)
ID = words.of("id")
pytestmark = pytest.mark.usefixtures("sample_data")


def get(path: str, **headers: str) -> Answered:
    return request(APP, f"/api/{path}", **headers)


def rows_of(answered: Answered) -> list[dict[str, str]]:
    assert answered.status == 200
    return list(csv.DictReader(io.StringIO(answered.text.removeprefix("\ufeff"))))


def cells(shown: dict[str, Any], heading: str) -> list[str]:
    at = shown["headings"].index(heading)
    return [row[at] for row in shown["rows"]]


@pytest.mark.parametrize("name", DIRECT)
def test_every_card_with_files_says_where_it_comes_from(name: str) -> None:
    query = "lang=en&districts=33.25.10"
    drawn = walk(get(f"page/{name}?{query}").json()["blocks"])
    keys = {b["key"] for b in drawn if b["kind"] == "card" and b.get("files")}
    keys |= {b["key"] for b in drawn if b["kind"] == "origin"}
    for key in keys:
        origin = get(f"origin/{name}/{key}?{query}").json()
        assert origin["value"] and origin["sql"] and origin["files"]["rows"], key
        assert all("$" not in value for _, value in origin["bound"])
        assert {rows["kind"] for rows in origin["rows"]} <= set(queries.ROWS)


def test_two_steps_from_a_figure_to_its_row() -> None:
    origin = get("origin/overview/headline?villages=33.25.10.2020").json()
    now = Data.open(current()).ask("headline", Filters(villages=("33.25.10.2020",)))
    kub = next(rows for rows in origin["rows"] if rows["kind"] == "kub")
    assert len(kub["table"]["rows"]) == now["kub"].iloc[0]
    members = cells(kub["table"], ID("column.members"))
    assert sum(map(int, members)) == now["members"].iloc[0]
    sheet, row = (
        cells(kub["table"], ID("column.report_sheet")),
        cells(kub["table"], ID("column.report_row")),
    )
    book = openpyxl.load_workbook("data/sample/batang.xlsx", read_only=True)
    page = list(book[sheet[0]].iter_rows(values_only=True))
    heads = page[0]
    written = dict(zip(heads, page[int(row[0]) - 1], strict=True))
    assert str(written["anggota"]) == members[0]
    assert written["kode_kub"] == cells(kub["table"], ID("column.kub_id"))[0]
    [file] = origin["files"]["rows"]
    assert file[0] == "batang.xlsx" and len(file[1]) == 64 and file[3] == current().name


def test_values_are_listed_and_never_stand_in_the_query() -> None:
    data = Data.open(current())
    name = "x\n; DROP TABLE kub --"
    asked = answer(data, "growth", Filters(until=2020), ID)
    asked = replace(asked, filters=replace(asked.filters, districts=(name,)))
    shown = panel(data, asked, ID)
    assert dict(shown.bound)["districts"] == name and dict(shown.bound)["until"] == "2020"
    assert dict(shown.bound)["villages"] == ID("origin.all")
    assert shown.sql == queries.sql("growth").strip() and shown.copy.endswith(shown.sql)
    comments = copied(asked).removesuffix(shown.sql).splitlines()
    assert all(line.startswith("-- $") for line in comments)
    [parsed] = duckdb.extract_statements(shown.copy)
    assert parsed.named_parameters == set(queries.heeded("growth"))


def test_all_rows_are_in_the_files_with_their_source() -> None:
    at, query = "origin/growth/growth/lives", "until=2020&lang=en"
    rows = rows_of(get(f"{at}.csv?{query}&writing=intl"))
    years = Data.open(current()).ask("growth", Filters(until=2020))
    assert len(rows) == years["founded"].sum() > 200
    assert {row["file"] for row in rows} == {"batang.xlsx"} and rows[0][NOTE]
    assert all(int(row["source_row"]) > 1 for row in rows)
    answered = get(f"{at}.xlsx?{query}")
    assert "growth-origin-lives_" in answered.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answered.content))
    assert book.worksheets[0].max_row == len(rows) + 1
    notes = "\n".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "SHA-256" in notes and "$until = 2020" in notes


def test_a_workbook_is_offered_where_it_is_made_in_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kub.web.origin.MOST_IN_SHEET", 210)
    monkeypatch.setattr("kub.ui.origin.MOST_IN_SHEET", 210)
    offered = {rows["kind"]: rows["sheet"] for rows in get("origin/growth/growth").json()["rows"]}
    assert offered == {"kub": True, "lives": False}
    assert get("origin/growth/growth/lives.xlsx").status == 404
    assert get("origin/growth/growth/kub.xlsx").status == 200


def test_readers_and_analysts_see_as_on_the_page() -> None:
    at = "origin/economy/revenue/revenue_years.csv?writing=intl&role=analyst"
    assert all(row["revenue_idr"] for row in rows_of(get(at, **HERE)))
    assert not any(row["revenue_idr"] for row in rows_of(get(at)))
    told = get("origin/economy/revenue").json()["notes"]
    assert words.of("id")("origin.money") in told


@pytest.mark.parametrize(
    "path",
    [
        "origin/growth/nothing",
        "origin/nowhere/growth",
        "origin/growth/growth/revenue.csv?writing=id",
        "origin/growth/growth/kub.exe",
        "origin/growth/growth/kub.csv",
        "origin/growth/growth/..%2fmodel%2fschema.csv?writing=id",
        "origin/benchmark/rates",
        "origin/growth/growth?until=" + "2" * 9_000,
    ],
)
def test_what_there_is_not_is_not_found(path: str) -> None:
    assert get(path).status == 404


def test_a_version_of_before_says_that_it_knows_no_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.in_use(tmp_path, monkeypatch)
    [version] = (folder / "data" / "versions").glob("kub-*.duckdb")
    with duckdb.connect(version) as con:
        without_rows(con)
    origin = get("origin/overview/headline").json()
    assert ID("origin.older") in origin["notes"]
    kub = next(rows for rows in origin["rows"] if rows["kind"] == "kub")
    assert set(cells(kub["table"], ID("column.source_row"))) == {"–"}


def benchmark() -> None:
    from kub import words
    from kub.answers.answer import answer
    from kub.store.data import Data
    from kub.store.database import current
    from kub.ui.card import card
    from queries.filters import Filters

    guest = (
        '[{"programme": "tamu", "regency": "Kota Cilegon", "kub": 12, "villages": 8, "covered": 3}]'
    )
    data = Data.open(current())
    card(answer(data, "benchmark", Filters(), words.of("id"), guests=guest))


def test_where_guests_stand_beside_the_session_says_so_itself() -> None:
    at = AppTest.from_function(benchmark, default_timeout=60).run()
    assert not at.exception
    origin = take(at, "benchmark", "origin")["origin"]
    assert ID("origin.guests") in origin["notes"]
    assert dict(origin["bound"])["guests"] == ID("origin.guests_bound")
    assert [rows["kind"] for rows in origin["rows"]] == ["programmes", "kub"]
    wanted = {"number": 9, "ending": "csv", "writing": "intl", "rows": "programmes"}
    tell(at, "part-benchmark", "ask", wanted)
    reply = parts(at)[0]["reply"]
    assert b"batang.xlsx" in b64decode(reply["body"])
    tell(at, "part-benchmark", "ask", {**wanted, "rows": "revenue"})
    assert parts(at)[0]["reply"] is None
