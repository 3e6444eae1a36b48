"""Rows of totals, compared with the sums of the rows above them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from kub.records import cells
from kub.records.columns import Raw
from kub.records.grid import Watch
from kub.records.raw import listed, value
from kub.records.sheets import Sheet

_MEAN = re.compile(r"rata|rerata", re.IGNORECASE)
SUMMED = frozenset({"count", "money", "number"})
# Text numbers that every reader takes for the same number.
CLEAR = re.compile(r"\d{1,3}(\.\d{3})*|\d+")


@dataclass(frozen=True)
class Difference:
    """A total that is not the sum of the rows above it."""

    field: str
    stated: float
    summed: float


@dataclass
class Rows:
    """A sheet's columns by field, its rows, and the cells of rows
    without a key that are not read.
    """

    sheet: Sheet
    columns: Mapping[str, Raw]
    headings: Mapping[str, str]
    first: int
    count: int
    watch: Watch
    kinds: dict[str, str] = field(init=False)
    required: list[str] = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = {
            column.field: column.kind
            for column in self.sheet.columns
            if column.field in self.columns
        }
        self.required = [
            column.field
            for column in self.sheet.columns
            if column.required and column.field in self.columns
        ]
        self.key = key_of(self.sheet, self.columns)

    def at(self, position: int) -> dict[str, Any]:
        """The filled cells of a row, by field."""
        row = {name: value(column, position) for name, column in self.columns.items()}
        return {name: cell for name, cell in row.items() if not cells.is_empty(cell)}

    def beside(self, position: int) -> list[str]:
        """The texts of a row without a key, those of columns that are not read among them."""
        row = self.watch.aside.get(self.first + position, ())
        return [
            cells.text(cell) for cell in row if isinstance(cell, str) and not cells.is_empty(cell)
        ]

    @cached_property
    def numbers(self) -> dict[str, np.ndarray]:
        """The summed columns as numbers; NaN where readers could disagree about a cell."""
        return {
            name: _numbers(self.columns[name])
            for name, kind in self.kinds.items()
            if kind in SUMMED
        }


def key_of(sheet: Sheet, fields: Mapping[str, Any]) -> str:
    """The field that a row needs to be a record."""
    wanted = [*sheet.key, *(column.field for column in sheet.columns if column.required), *fields]
    return next(name for name in wanted if name in fields)


def _sums(
    rows: Rows, name: str, position: int, begin: int, taken: np.ndarray
) -> tuple[float, float]:
    """(sum of all rows above, of those since the last total), NaN
    where a cell is not clearly a number.
    """
    above = np.where(taken[:position], 0.0, rows.numbers[name][:position])
    return float(above.sum()), float(above[begin:].sum())


def agrees(
    rows: Rows, position: int, filled: Mapping[str, Any], begin: int, taken: np.ndarray
) -> bool:
    """Is a row of nothing but numbers the sum of the rows above?"""
    stated = {name: rows.numbers[name][position] for name in filled}
    # A row of zeros would be the sum of any empty rows above.
    return any(stated.values()) and all(
        number in _sums(rows, name, position, begin, taken) for name, number in stated.items()
    )


def differences(
    rows: Rows, position: int, filled: Mapping[str, Any], begin: int, taken: np.ndarray
) -> tuple[Difference, ...]:
    """Where a total is not the sum of the rows above; a mean and
    what is unclear are not compared.
    """
    texts = [cells.text(cell) for cell in filled.values() if isinstance(cell, str)]
    # A row of means is none of sums; it is named, and not compared.
    if any(_MEAN.match(text) for text in (*texts, *rows.beside(position))) or not position:
        return ()
    differing = []
    for name in (name for name in rows.columns if name in rows.numbers and name in filled):
        stated = float(rows.numbers[name][position])
        # Sums since the last total, or of all rows: totals of parts and grand totals both occur.
        overall, since = _sums(rows, name, position, begin, taken)
        if (
            np.isnan([stated, overall]).any()
            or min(abs(stated - overall), abs(stated - since)) < 0.5
        ):
            continue
        # A grand total stands below the last of the totals of parts.
        if begin < position and abs(stated - since) < abs(stated - overall):
            summed = since
        else:
            summed = overall
        differing.append(Difference(name, stated, summed))
    return tuple(differing)


def _numbers(column: Raw) -> np.ndarray:
    if isinstance(column, pa.ChunkedArray) and not pa.types.is_string(column.type):
        typed: np.ndarray = column.cast(pa.float64()).to_numpy()
        return typed
    return np.array([_number(cell) for cell in listed(column)])


def _number(cell: Any) -> float:
    """0 for an empty cell."""
    if isinstance(cell, bool):
        return float("nan")
    if isinstance(cell, int | float):
        return 0.0 if cell != cell else float(cell)
    if cells.is_empty(cell):
        return 0.0
    text = cells.clean(cell) if isinstance(cell, str) else ""
    if CLEAR.fullmatch(text):
        return float(text.replace(".", ""))
    return float("nan")
