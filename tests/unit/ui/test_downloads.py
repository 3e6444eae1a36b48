"""Rows that readers do not see leave with a line in the audit trail, or not at all; by whichever
way.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from kub import words
from kub.exports.downloads import narrowed_by
from kub.sql import sandbox
from kub.store.data import Data
from kub.store.database import current
from kub.ui import data_by_address, doors, explore_route, page_route, sql_route
from queries.against import Against
from queries.filters import Filters
from tests.support.requests import Answered, request
from tests.support.thinned import thinned
from tests.support.trail import downloads, shut

HERE = {doors.FROM.replace("-", "_"): doors.LOCAL}
APP = Starlette(
    routes=[*page_route.routes, *explore_route.routes, *sql_route.routes],
    middleware=data_by_address.middleware,
)
QUERY = "programme=kub-a&districts=33.25.13"
VILLAGES = "33.25.13.2009"
Ask = Callable[[str], Answered]


def by_address(path: str, more: str = "") -> Ask:
    return lambda role: request(APP, f"{path}?{QUERY}&role={role}{more}", **HERE)


def by_sql(role: str) -> Answered:
    body = json.dumps({"sql": "SELECT kub_id\nFROM kub", "ending": "csv"}).encode()
    return request(APP, f"/api/sql?role={role}", "POST", body, **HERE)


WAYS: dict[str, Ask] = {
    "data": by_address("/data/sector_years.csv"),
    "data as parquet": by_address("/data/sector_years.parquet"),
    "card": by_address("/api/card/growth/growth.csv", "&writing=id"),
    "card as sheet": by_address("/api/card/growth/growth.xlsx"),
    "origin": by_address("/api/origin/overview/headline/kub.csv", "&writing=intl"),
    "explore": by_address("/api/explore/kubs.csv", "&search=mawar"),
    "whole list": by_address("/api/explore/kubs.parquet", "&part=whole"),
    "sql": by_sql,
}


@pytest.fixture(autouse=True)
def in_use(folder: Path) -> None:
    """A small version of a folder of its own."""


@pytest.fixture(autouse=True, scope="module")
def cooled() -> Iterator[None]:
    yield
    sandbox.cool()


@pytest.mark.parametrize("way", thinned(WAYS, 3))
def test_unsuppressed_rows_leave_with_a_line_and_readers_without(way: str) -> None:
    ask = WAYS[way]
    assert ask("reader").status == 200 and downloads() == []
    answer = ask("analyst")
    assert answer.status == 200 and answer.body
    [line] = downloads()
    assert line["by"] == "local" and line["version"].startswith("kub-2026")
    assert line.get("question") or line["statement"] == "SELECT kub_id FROM kub"
    if way != "sql":
        assert line["filters"]["programme"] == "kub-a"
        assert line["filters"]["districts"] == ["33.25.13"]
    if "csv" in line["file"]:
        assert line["rows"] == len(answer.text.splitlines()) - 1
    # Never a row: the names of what was taken are in none.
    assert "KUB K1" not in json.dumps(line)


@pytest.mark.parametrize("way", thinned(WAYS, 3))
def test_what_cannot_be_written_down_does_not_leave(way: str) -> None:
    shut()
    refused = WAYS[way]("analyst")
    title = words.of("id")("error.not_audited.title")
    assert refused.status == 503 and title in refused.text
    assert "content-disposition" not in refused.headers and "K1" not in refused.text
    assert WAYS[way]("reader").status == 200


def test_what_narrows_the_rows_stands_in_the_line() -> None:
    WAYS["explore"]("analyst")
    WAYS["whole list"]("analyst")
    listed, whole = downloads()
    assert listed["filters"]["search"] == ["mawar"] and "search" not in whole["filters"]
    assert (listed["rows"], whole["rows"]) == (0, 3)
    data = Data.open(current())
    asked = Filters(programme="a", villages=(VILLAGES,), until=2020)
    assert narrowed_by(data, asked, Against(until=2019)) == {
        "programme": "a",
        "villages": (VILLAGES,),
        "until": 2020,
        "against_until": 2019,
    }
    assert narrowed_by(data, Filters()) == {"programme": "kub-a"}


def test_no_row_no_line() -> None:
    """What the browser has already, the headers alone, the description of the questions, and what
    the screen shows.
    """
    path = f"/data/growth.csv?{QUERY}&role=analyst"
    tag = request(APP, path, **HERE).headers["etag"]
    assert len(downloads()) == 1
    assert request(APP, path, if_none_match=tag, **HERE).status == 304
    assert request(APP, path, "HEAD", **HERE).status == 200
    assert request(APP, f"/api/card/growth/growth.xlsx?{QUERY}&role=analyst", "HEAD", **HERE)
    assert request(APP, f"/api/explore/kubs.csv?{QUERY}&role=analyst", "HEAD", **HERE)
    assert request(APP, "/data/datapackage.json?role=analyst", **HERE).status == 200
    assert request(APP, f"/api/page/growth?{QUERY}&role=analyst", **HERE).status == 200
    assert request(APP, f"/api/card/growth/growth.table?{QUERY}&role=analyst", **HERE).status == 200
    assert request(APP, f"/api/explore/rows?{QUERY}&role=analyst", **HERE).status == 200
    assert len(downloads()) == 1
