"""Raw sheets → staged tables: typed columns, still with the row numbers
of the file, and the rules that cells break.
"""

from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kub.records import cells, columns
from kub.records.problems import Problems
from kub.records.sheets import SHEETS, Column, Sheet
from kub.records.workbook import Book, RawSheet

FROM = "__from"
PERCENT = "__percent"


@dataclass(frozen=True)
class _Read:
    """One column: its cells, and for each row whether its cell breaks a rule."""

    column: Column
    cells: columns.Cells
    bad: np.ndarray


def stage(book: Book, today: date, problems: Problems) -> dict[str, pa.Table]:
    """A table for each sheet of the format, without blank rows; one
    with no rows where the sheet is absent.
    """
    read = {table: _columns(raw, today) for table, raw in book.sheets.items()}
    if any(_month_first(column) for columns_read in read.values() for column in columns_read):
        # Who mends that column alone would have the others stored with day and month swapped.
        read = {table: _columns(raw, today, month_first=True) for table, raw in book.sheets.items()}
    tables = {}
    for sheet in SHEETS:
        if sheet.table in book.sheets:
            raw = book.sheets[sheet.table]
            tables[sheet.table] = _staged(raw, read[sheet.table], problems)
        else:
            tables[sheet.table] = _blank(sheet)
    return tables


def _columns(raw: RawSheet, today: date, month_first: bool = False) -> list[_Read]:
    return [_read(column, raw, len(raw.rows), today, month_first) for column in raw.sheet.columns]


_MONTH_FIRST = frozenset({"date_month_first", "date_month_first_real"})


def _month_first(read: _Read) -> bool:
    return any(breach.rule in _MONTH_FIRST for _, _, breach in read.cells.together)


def written(raw: RawSheet, field: str, row: int) -> str | None:
    """The cell as the office wrote it, as text; None if it is empty."""
    # Row numbers ascend but have gaps: blank rows are not kept.
    position = int(np.searchsorted(raw.rows.to_numpy(), row))
    value = raw.columns[field][position]
    value = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if value is None else cells.text(value)


def _staged(raw: RawSheet, read: list[_Read], problems: Problems) -> pa.Table:
    used = _used(read, len(raw.rows))
    row_numbers = raw.rows.to_numpy()
    for column_read in read:
        if column_read.column.field in raw.columns:
            _tell(column_read, raw, row_numbers, used, problems)
    _tell_choices(read, raw, row_numbers, used, problems)
    table = pa.table(_arrays(read, raw.rows))
    return table if used.all() else table.filter(pa.array(used))


def _blank(sheet: Sheet) -> pa.Table:
    read = [
        _Read(column, columns.empty(column.kind, 0), np.zeros(0, bool)) for column in sheet.columns
    ]
    return pa.table(_arrays(read, pa.array([], pa.int32())))


def _arrays(read: list[_Read], rows: pa.Array) -> dict[str, pa.Array]:
    arrays = {"_row": rows}
    for column_read in read:
        arrays[column_read.column.field] = column_read.cells.values
        if column_read.column.kind == "date":
            arrays[column_read.column.field + FROM] = column_read.cells.firsts
        if column_read.column.kind == "target_value":
            arrays[column_read.column.field + PERCENT] = column_read.cells.firsts.cast(pa.bool_())
    return arrays


def _read(column: Column, raw: RawSheet, count: int, today: date, month_first: bool) -> _Read:
    if column.field not in raw.columns:
        return _Read(column, columns.empty(column.kind, count), np.zeros(count, bool))
    column_cells = columns.read(column.kind, raw.columns[column.field], today, month_first)
    bad = np.zeros(count, bool)
    for positions, _, _ in (*column_cells.broken, *column_cells.together):
        bad[positions] = True
    return _Read(column, column_cells, bad)


def _used(read: list[_Read], count: int) -> np.ndarray:
    """The rows that hold anything: Excel files often end in hundreds of blank ones."""
    used = np.zeros(count, bool)
    for column_read in read:
        # One full column says it all, and most sheets have a key in every row.
        if column_read.cells.values.null_count == 0:
            return np.ones(count, bool)
        used |= column_read.bad | ~_empty(column_read)
    return used


def _empty(column_read: _Read) -> np.ndarray:
    blank: np.ndarray = pc.is_null(column_read.cells.values).to_numpy(zero_copy_only=False)
    empty: np.ndarray = blank & ~column_read.bad
    return empty


# Columns in which a word may say that something goes on, or has ended.
_CLOSING = frozenset({"closed_on"})


def _tell(
    column_read: _Read, raw: RawSheet, rows: np.ndarray, used: np.ndarray, problems: Problems
) -> None:
    heading = raw.headings[column_read.column.field]
    for positions, value, breach in column_read.cells.together:
        problems.add(
            breach.rule,
            raw.file,
            raw.name,
            int(rows[positions[0]]),
            heading,
            value,
            **breach.values,
        )
    for positions, value, breach in column_read.cells.broken:
        rule = breach.rule
        # "Masih berjalan" says something in a column of closings, elsewhere it is no date.
        if rule.startswith("state_") and column_read.column.field not in _CLOSING:
            rule = "not_date"
        room = problems.room(rule)
        for position in islice(positions, room):
            problems.add(
                rule, raw.file, raw.name, int(rows[position]), heading, value, **breach.values
            )
        problems.add_rest(rule, raw.file, raw.name, len(positions) - room)
    if column_read.column.required and column_read.cells.values.null_count:
        _tell_empty(_empty(column_read) & used, column_read.column.field, raw, rows, problems)


def _tell_choices(
    read: list[_Read], raw: RawSheet, rows: np.ndarray, used: np.ndarray, problems: Problems
) -> None:
    choices = [
        column_read
        for column_read in read
        if column_read.column.field in raw.sheet.any_of and column_read.column.field in raw.columns
    ]
    if choices:
        empty = np.logical_and.reduce([_empty(column_read) for column_read in choices])
        _tell_empty(empty & used, choices[0].column.field, raw, rows, problems)


def _tell_empty(
    empty: np.ndarray, field: str, raw: RawSheet, rows: np.ndarray, problems: Problems
) -> None:
    room = problems.room("missing_value")
    missing = rows[empty]
    for row in missing[:room]:
        # A word for nothing is shown as it stands there.
        value = written(raw, field, int(row)) or None
        problems.add("missing_value", raw.file, raw.name, int(row), raw.headings[field], value)
    problems.add_rest("missing_value", raw.file, raw.name, len(missing) - room)
