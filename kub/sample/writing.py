"""Writes rows as a workbook or a folder of Parquet files, byte
for byte the same for the same rows.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from kub.records.sheets import BY_TABLE, SHEETS, Column
from kub.sample.plan import Row, Tables

# Rows of one Excel sheet below its headings.
SHEET_ROWS = 1_048_575
# A fixed day instead of today's: the workbooks are committed and must not change by being made
# again.
CREATED = datetime(2023, 6, 30)
# For people who open the file, in characters.
WIDTHS = {
    "name": 30,
    "source": 60,
    "award": 50,
    "institution": 46,
    "school": 26,
    "activity": 26,
    "operator": 30,
}

# Keyed by field names of kub/records/sheets.py, as rows or as columns.
Rows: TypeAlias = list[Row] | pa.Table


def workbook(path: Path, tables: Tables) -> Path:
    """Writes the tables that have rows, in the order of the format."""
    with Workbook(path) as book:
        for sheet in SHEETS:
            if tables.get(sheet.table):
                book.put(sheet.table, tables[sheet.table])
    return path


def columns(table: str, fields: Iterable[str]) -> list[Column]:
    """The sheet's columns to write, in the format's order: those
    required and those among `fields`.
    """
    known = set(fields)
    return [
        column for column in BY_TABLE[table].columns if column.required or column.field in known
    ]


class Workbook:
    """An .xlsx being written in constant memory; a table may be put in
    parts, but the first says its columns.
    """

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": CREATED, "title": "Data contoh KUB"})
        self._heading = self._book.add_format({"bold": True, "bg_color": "#E4EEF0", "bottom": 1})
        self._date = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._money = self._book.add_format({"num_format": "#,##0"})
        self._sheets: dict[str, tuple[Any, list[Column]]] = {}
        self._next: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def put(self, table: str, rows: Rows) -> None:
        if table not in self._sheets:
            self._open(table, columns(table, _fields(rows)))
        sheet, heads = self._sheets[table]
        number = self._next[table]
        for row in _lines(rows, heads):
            for index, (column, value) in enumerate(zip(heads, row, strict=True)):
                self._cell(sheet, number, index, column, value)
            number += 1
        self._next[table] = number

    def _open(self, table: str, heads: list[Column]) -> None:
        sheet = self._book.add_worksheet(BY_TABLE[table].heading)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(heads):
            sheet.set_column(
                index, index, WIDTHS.get(column.field, max(len(column.heading) + 2, 13))
            )
            sheet.write_string(0, index, column.heading, self._heading)
        self._sheets[table], self._next[table] = (sheet, heads), 1

    def _cell(self, sheet: Any, row: int, index: int, column: Column, value: object) -> None:
        if isinstance(value, bool):
            sheet.write_string(row, index, "ya" if value else "tidak")
        elif isinstance(value, date):
            sheet.write_datetime(row, index, value, self._date)
        elif isinstance(value, int | float):
            number_format = self._money if column.kind == "money" else None
            sheet.write_number(row, index, value, number_format)
        elif value is not None:
            sheet.write_string(row, index, str(value))


# Excel ends at 1,048,576 rows; nine million reports need another form.
class Folder:
    """A folder of Parquet files, one per sheet; each part that is put becomes a row group."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._files: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    def put(self, table: str, rows: Rows) -> None:
        named = _named(table, rows)
        if table not in self._files:
            file = self._path / f"{_file_name(table)}.parquet"
            self._files[table] = pq.ParquetWriter(file, named.schema, compression="zstd")
        self._files[table].write_table(named)


class Parts:
    """A folder with a sub-folder for each sheet; each part that is put becomes a file of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Every part is whole as soon as it is put."""

    def put(self, table: str, rows: Rows) -> None:
        number = self._count.get(table, 0)
        folder = self._path / _file_name(table)
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(
            _named(table, rows), folder / f"part-{number:05d}.parquet", compression="zstd"
        )
        self._count[table] = number + 1


def _file_name(table: str) -> str:
    return BY_TABLE[table].heading.lower().replace(" ", "_")


def _named(table: str, rows: Rows) -> pa.Table:
    """The columns of the format, under their headings."""
    whole = pa.Table.from_pylist(rows) if isinstance(rows, list) else rows
    heads = columns(table, whole.column_names)
    return whole.select([column.field for column in heads]).rename_columns(
        [column.heading for column in heads]
    )


def _fields(rows: Rows) -> Iterable[str]:
    return {field for row in rows for field in row} if isinstance(rows, list) else rows.column_names


def _lines(rows: Rows, heads: list[Column]) -> Iterator[tuple[object, ...]]:
    """Row by row, the values in the order of the columns."""
    if isinstance(rows, list):
        yield from (tuple(row.get(column.field) for column in heads) for row in rows)
    else:
        yield from zip(*(rows[column.field].to_pylist() for column in heads), strict=True)
