"""A statement's rows as files that say what they are."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest

from kub.exports.sql_files import SqlRows, distinct, file_of
from kub.words import of

WORDS = of("id")
ABOUT = {"query": "SELECT 1", "version": "kub-x", "run_on": "2026-11-29", "role": "reader"}
TABLE = pa.Table.from_arrays(
    [
        pa.array(["=1+1", None]),
        pa.array([2**60, None]),
        pa.array([0.5, 2.0]),
        pa.array([date(2020, 2, 3), None]),
        pa.array([datetime(2020, 2, 3, 4, 5), None]),
        pa.array([True, False]),
    ],
    names=["a", "a", "b", "on", "at", "is"],
)


def rows_of(body: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=delimiter))


def test_csv_says_in_its_first_row_what_it_is() -> None:
    head, first, second = rows_of(file_of(SqlRows(TABLE, ABOUT, False), "csv", WORDS), ",")
    assert head == ["a", "a_2", "b", "on", "at", "is", "about"]
    assert first[:4] == ["'=1+1", str(2**60), "0.5", "2020-02-03"]
    assert "SELECT 1" in first[-1] and "kub-x" in first[-1] and second[-1] == ""
    head, first, _ = rows_of(file_of(SqlRows(TABLE, ABOUT, True), "csv", WORDS, "id"), ";")
    assert head[-1] == "note" and first[2] == "0,5" and first[-1] == WORDS("source.sample")


def test_a_result_without_rows_is_a_file_too() -> None:
    empty = SqlRows(TABLE.slice(0, 0), ABOUT, False)
    assert len(rows_of(file_of(empty, "csv", WORDS), ",")) == 1
    for ending in ("xlsx", "parquet"):
        assert file_of(empty, ending, WORDS)


def test_excel_has_cells_of_their_kind_and_a_sheet_of_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_of(SqlRows(TABLE, ABOUT, True), "xlsx", WORDS)))
    page, notes = book.worksheets
    assert [cell.value for cell in page[2]] == [
        *("=1+1", str(2**60), 0.5, datetime(2020, 2, 3), datetime(2020, 2, 3, 4, 5), True)
    ]
    assert page["A2"].data_type == "s" and page["A3"].value is None
    listed = {row[0]: row[1] for row in notes.iter_rows(values_only=True)}
    assert listed[WORDS("sql.query")] == "SELECT 1" and WORDS("source.sample") in listed.values()


def test_parquet_keeps_types_and_says_what_it_is() -> None:
    table = pyarrow.parquet.read_table(
        io.BytesIO(file_of(SqlRows(TABLE, ABOUT, True), "parquet", WORDS))
    )
    assert table.schema.types == TABLE.schema.types
    assert table.schema.metadata[b"kub_query"] == b"SELECT 1"
    assert table.schema.metadata[b"kub_sample"] == b"yes"


def test_there_is_no_other_file() -> None:
    with pytest.raises(KeyError):
        file_of(SqlRows(TABLE, ABOUT, False), "exe", WORDS)


def test_names_are_told_apart() -> None:
    assert distinct(["a", "A", "", "a", "a_2"]) == ["a", "A_2", "_", "a_3", "a_2_2"]
