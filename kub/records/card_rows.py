"""The resources of a benchmark card → typed rows, each cell checked by itself."""

import csv
import io
import re
from datetime import date
from math import isfinite
from typing import Any

from kub.records.card_format import (
    WITHHELD,
    CardColumn,
    CardResource,
    unguarded,
)
from kub.records.cells import SECTORS, TARGET_INDICATORS
from kub.records.dates import FIRST_YEAR, LAST_YEAR
from kub.records.problems import Problems

ROW = "_row"
Row = dict[str, Any]
_INTEGER = re.compile(r"[0-9]{1,18}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,30})?(e[+-]?[0-9]{1,3})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LONGEST_TEXT = 32_767  # as many signs as a cell of Excel has
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Columns that hold one of a few codes, and years.
_CODES = {
    "sector": SECTORS,
    "indicator": TARGET_INDICATORS,
    "status": ("met", "missed", "on_track", "behind"),
}
_YEAR = "year"


class _NotOfKind(ValueError):
    """A cell that cannot be read as its column has it."""


def rows(
    shown: str, resource: CardResource, content: bytes, today: date, problems: Problems
) -> list[Row]:
    """The rows with their number in the file under ROW; empty cells are None.

    What is wrong is told, and its row left out.
    """
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        problems.add("card_csv", shown, resource.name)
        return []
    heading = tuple(lines[0]) if lines else ()
    if heading != resource.heading:
        expected, written = list(resource.heading), ", ".join(heading)
        problems.add("card_columns", shown, resource.name, 1, None, written, expected=expected)
        return []
    typed = []
    keys: set[tuple[Any, ...]] = set()
    for number, line in enumerate(lines[1:], 2):
        before = problems.stops
        if len(line) != len(heading):
            problems.add(
                "card_cells", shown, resource.name, number, count=len(line), most=len(heading)
            )
            continue
        row: Row = {ROW: number}
        for column, text in zip(resource.columns, line, strict=False):
            row[column.name] = _cell(shown, resource, column, text, row, today, problems)
        if resource.hides:
            _tell_hidden(shown, resource, row, line[-1], problems)
        key = tuple(row[name] for name in resource.key)
        if key and key in keys:
            column_name = resource.key[-1]
            problems.add("card_row_twice", shown, resource.name, number, column_name, key[-1])
        keys.add(key)
        if problems.stops == before:
            typed.append(row)
    return typed


def _cell(
    shown: str,
    resource: CardResource,
    column: CardColumn,
    text: str,
    row: Row,
    today: date,
    problems: Problems,
) -> Any:
    if text == "":
        if not (column.may_miss or column.may_hide):
            problems.add("missing_value", shown, resource.name, row[ROW], column.name)
        return None
    try:
        value = _value(column, text)
    except _NotOfKind:
        problems.add(
            "card_value", shown, resource.name, row[ROW], column.name, text, kind=column.kind
        )
        return None
    if isinstance(value, date) and value > today:
        problems.add("future_date", shown, resource.name, row[ROW], column.name, text, today=today)
    return value


def _value(column: CardColumn, text: str) -> Any:
    """Raises _NotOfKind."""
    if column.kind == "integer" and _INTEGER.fullmatch(text):
        count = int(text)
        if column.name != _YEAR or FIRST_YEAR <= count <= LAST_YEAR:
            return count
    if column.kind == "number" and _NUMBER.fullmatch(text):
        number = float(text)
        if isfinite(number) and (column.signed or number >= 0):
            return number
    if column.kind == "boolean" and text in ("true", "false"):
        return text == "true"
    if column.kind == "date" and _DAY.fullmatch(text):
        return day(text)
    if column.kind == "string" and len(text) <= _LONGEST_TEXT and not _CONTROL.search(text):
        bare = unguarded(text)
        if bare in _CODES.get(column.name, (bare,)):
            return bare
    raise _NotOfKind


def day(text: str) -> date:
    """An ISO day. Raises ValueError for one that no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _NotOfKind from error


def _tell_hidden(
    shown: str, resource: CardResource, row: Row, text: str, problems: Problems
) -> None:
    """`withheld` names exactly the columns that are empty because readers do not see them."""
    named = text.split(" ") if text else []
    may_miss = {column.name for column in resource.columns if column.may_miss}
    for name in dict.fromkeys([*named, *resource.hides]):
        listed = name in named
        wrong = name not in resource.hides or (listed and row[name] is not None)
        if wrong or (not listed and row[name] is None and name not in may_miss):
            problems.add("card_withheld", shown, resource.name, row[ROW], WITHHELD, text, name=name)
    row[WITHHELD] = frozenset(named)
