"""Rows and files of Jelajah by plain request: those of the page, for those who may have it."""

import io
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest
from starlette.applications import Starlette

from kub.exports import kub_files
from kub.ui import doors, explore, explore_route
from tests.support.requests import Answered, request

HERE = {doors.FROM.replace("-", "_"): doors.LOCAL}
ELSEWHERE = {doors.FROM.replace("-", "_"): doors.OUTSIDE}
APP = Starlette(routes=explore_route.routes)
pytestmark = pytest.mark.usefixtures("sample_data")


def get(path: str, **headers: str) -> Answered:
    return request(APP, f"/api/explore/{path}", **(headers or HERE))


def frame(path: str, **options: Any) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(get(path).body), encoding="utf-8-sig", **options)


def test_rows_are_asked_for_by_their_place() -> None:
    first, second = (get(f"rows?offset={at}&limit=3").json()["rows"] for at in (0, 3))
    both = get("rows?limit=6").json()["rows"]
    assert [row["id"] for row in first + second] == [row["id"] for row in both]
    assert len(both[0]["cells"]) == len(explore.COLUMNS)
    assert get("rows?offset=100000").json() == {"rows": []}


@pytest.mark.parametrize(
    "query", ["limit=501", "limit=-1", "offset=x", "offset=1&offset=2", "offset=" + "9" * 30]
)
def test_a_place_that_is_none_is_not_found(query: str) -> None:
    assert get(f"rows?{query}").status == 404


def test_others_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("rows", "kubs.csv", "kubs.parquet"):
        assert get(path, **ELSEWHERE).status == 403
        monkeypatch.setenv("KUB_ANALYST", "no")
        assert get(path).status == 403
        monkeypatch.delenv("KUB_ANALYST")
    assert get("kubs.exe").status == 404


def test_a_file_has_what_is_shown_in_its_order_or_all() -> None:
    query = "role=analyst&search=ikan&sort=-members&cols=members&cols=district"
    shown = frame(f"kubs.csv?{query}")
    assert list(shown) == ["kub_id", "name", "village_code", "district", "members", "note"]
    assert shown["members"].is_monotonic_decreasing and 1 < len(shown) < 50
    whole = frame(f"kubs.csv?{query}&part=whole")
    assert "revenue_idr" in whole and len(whole) > 207 and not whole["active"].all()
    other = frame(f"kubs.csv?{query}&writing=id", sep=";", decimal=",")
    assert other["kub_id"].tolist() == shown["kub_id"].tolist()


def test_readers_files_have_no_money_of_a_kub() -> None:
    assert frame("kubs.csv?part=whole")["revenue_idr"].isna().all()


def test_parquet_says_what_it_rests_on() -> None:
    sent = get("kubs.parquet?role=analyst&search=ikan&reported=no")
    assert "kub-kubs_BPI-BATANG_2023-06-30" in sent.headers["content-disposition"]
    table = pyarrow.parquet.read_table(io.BytesIO(sent.body))
    about = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    assert about["kub_version"].startswith("kub-") and about["kub_as_of"] == "2023-06-30"
    assert "ikan" in about["kub_list"] and "Batang" in about["kub_scope"]
    assert table.column("sample").to_pylist() == [True] * len(table)


def test_a_workbook_says_it_on_a_sheet_and_has_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = pd.read_excel(
        io.BytesIO(get("kubs.xlsx?search=ikan").body),
        sheet_name=None,
        header=None,
        engine="openpyxl",
    )
    rows, notes = sheets.values()
    assert len(rows) > 2 and "ikan" in notes.to_string()
    monkeypatch.setattr(kub_files, "XLSX_MOST", 1)
    assert get("kubs.xlsx").status == 404
