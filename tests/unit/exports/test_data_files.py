"""Rows as files for machines: each format read back by another library, all with the same rows."""

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from kub import words
from kub.answers.rows import Rows
from kub.exports import data_files
from kub.exports.data_files import MEDIA_TYPES, SAMPLE, TooLong, file_name, file_of
from kub.store.versions import Version
from kub.words.rows import rows

ID, EN = words.of("id"), words.of("en")
FRAME = pd.DataFrame(
    {
        "village_code": ["33.25.13.2009", "33.25.05.2006", None],
        "village": ["=1+1", "@SUM(A1)", "Ujungnegoro"],
        "members": [20, float("nan"), 0],
        "share": [0.125, float("nan"), 1.0],
        "first_founded_on": pd.to_datetime(["2014-03-01", None, "2020-12-31"]),
        "is_target": [True, False, True],
    }
)
TYPES = ("VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "DATE", "BOOLEAN")


def made(frame: pd.DataFrame = FRAME, **other: Any) -> Rows:
    usual: dict[str, Any] = {
        "question": "villages",
        "types": lambda: dict(zip(FRAME.columns, TYPES, strict=True)),
        "programme": "KUB/Änderung, A",
        "as_of": date(2023, 6, 30),
        "version": Version(Path("kub-20261124T031500000000Z-a1b2c3d4e5f6.duckdb")),
        "sample": True,
    }
    return Rows(frame=frame, **(usual | other))


def sheet(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def test_json_is_the_list_of_ask() -> None:
    assert json.loads(file_of(made(), "json", ID)) == rows(FRAME, True)


def test_csv_says_in_the_language_that_records_are_invented() -> None:
    assert file_of(made(), "csv", EN).startswith(b"\xef\xbb\xbfvillage_code,village,members,")
    assert EN("source.sample") in file_of(made(), "csv", EN).decode()
    assert "note" not in file_of(made(sample=False), "csv", EN).decode()
    assert b"33.25.13.2009;'=1+1;20;0,125;2014-03-01;true" in file_of(made(), "csv", ID, "id")


def test_excel_has_cells_of_their_kind() -> None:
    [page] = sheet(file_of(made(), "xlsx", ID)).worksheets
    head, *lines = page.iter_rows()
    assert page.title == "villages"
    assert [cell.value for cell in head] == [*FRAME.columns, SAMPLE]
    first = [cell.value for cell in lines[0]]
    assert first == ["33.25.13.2009", "=1+1", 20, 0.125, datetime(2014, 3, 1), True, True]
    assert [cell.data_type for cell in lines[0]] == ["s", "s", "n", "n", "d", "b", "b"]
    assert [cell.value for cell in lines[1]][2:5] == [None, None, None]


def test_excel_refuses_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "MOST", len(FRAME) - 1)
    with pytest.raises(TooLong):
        file_of(made(), "xlsx", ID)


def test_parquet_has_the_types_of_the_database() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(file_of(made(), "parquet", ID)))
    kinds = [pa.string(), pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()]
    assert table.schema.types == [*kinds, pa.bool_()]
    plain = [line | {"first_founded_on": None} for line in rows(FRAME, True)]
    assert [line | {"first_founded_on": None} for line in table.to_pylist()] == plain
    assert table["first_founded_on"].to_pylist() == [date(2014, 3, 1), None, date(2020, 12, 31)]
    assert table.schema.metadata[b"kub_as_of"] == b"2023-06-30"


def test_duckdb_reads_the_parquet(tmp_path: Path) -> None:
    path = tmp_path / "villages.parquet"
    path.write_bytes(file_of(made(), "parquet", ID))
    with duckdb.connect() as con:
        query = "SELECT max(first_founded_on), sum(members) FROM read_parquet($path)"
        assert con.execute(query, {"path": str(path)}).fetchall() == [(date(2020, 12, 31), 20)]


@pytest.mark.parametrize("ending", MEDIA_TYPES)
def test_the_same_rows_are_the_same_bytes(ending: str) -> None:
    """Else a tag of the answer would change although nothing did."""
    assert file_of(made(), ending, ID) == file_of(made(), ending, ID)


def test_excel_says_when_the_records_were_imported_not_when_it_was_asked_for() -> None:
    properties = sheet(file_of(made(), "xlsx", ID)).properties
    assert properties.created == properties.modified == datetime(2026, 11, 24, 3, 15)


@pytest.mark.parametrize("ending", MEDIA_TYPES)
def test_an_answer_without_rows_has_its_columns(ending: str) -> None:
    body = file_of(made(FRAME.head(0)), ending, ID)
    readers: dict[str, Any] = {
        "csv": lambda: pd.read_csv(io.BytesIO(body), encoding="utf-8-sig").columns[:-1],
        "json": lambda: FRAME.columns if json.loads(body) == [] else None,
        "xlsx": lambda: [cell.value for cell in sheet(body).worksheets[0][1]][:-1],
        "parquet": lambda: pyarrow.parquet.read_table(io.BytesIO(body)).column_names[:-1],
    }
    assert list(readers[ending]()) == list(FRAME.columns)


def test_another_format_is_an_error() -> None:
    with pytest.raises(KeyError):
        file_of(made(), "pdf", ID)


def test_a_name_says_question_programme_date_and_sample() -> None:
    assert file_name(made(), "csv", ID) == "kub-villages_KUB-Anderung-A_2023-06-30_contoh.csv"
    assert file_name(made(sample=False, as_of=None, programme="…"), "json", EN) == (
        "kub-villages_program.json"
    )
