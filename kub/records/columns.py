"""A whole column as read from a file → a typed Arrow array and the cells that break a rule.

Ten million cells are rarely ten million different ones: a value is read once and taken to every
row that has it. Columns that are typed already (Parquet) are checked without visiting cells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kub.records import cells, evidence
from kub.records.dates import DateRange
from kub.records.problems import Breach

# A column as kub/records/workbook.py hands it over: cells of a spreadsheet, or an Arrow column.
Raw: TypeAlias = list[object] | pa.ChunkedArray

TYPES = {
    "date": pa.date32(),
    "count": pa.int64(),
    "year": pa.int32(),
    "number": pa.float64(),
    "money": pa.float64(),
    "target_value": pa.float64(),
    "coordinate": pa.float64(),
    "flag": pa.bool_(),
}

# Text that kub/records/cells.py might change or refuse: other than printable ASCII, blanks at the
# ends or doubled, signs alone, a word for nothing, a formula error, quotes that guard. A column
# without any is taken as it is.
_NOT_PLAIN = r"[^ -~]|^ | $|  |^[-.?_*/\\ ]*$|^#|^Err:|^[='\"]"


@cache
def not_plain(kind: str) -> str:
    """A regular expression that texts match which are not taken as they are."""
    if kind == "code":
        return _NOT_PLAIN
    # As kub/records/cells.py compares them: any signs may stand around and between the words.
    words = "|".join(
        r"[\W_]+".join(map(re.escape, words.split())) for words in cells.words_for_nothing()
    )
    return rf"{_NOT_PLAIN}|(?i:^[\W_]*({words})[\W_]*$)"


# Days before may be years that a program took for days (kub/records/dates.py).
EARLIEST = date(1906, 1, 1)
MOST = 1e300

Fault: TypeAlias = tuple[np.ndarray, str, Breach]


@dataclass(frozen=True)
class Cells:
    """values: typed, null where empty or bad. firsts: for dates, the first day each can mean; for
    values of targets, whether percent stands behind them.
    broken: (positions, value as written, what it breaks) for each distinct bad value.
    together: the same for what is wrong with the column as a whole, reported once; its cells
    are bad, and not in `broken`."""

    values: pa.Array
    firsts: pa.Array
    broken: list[Fault]
    together: list[Fault] = field(default_factory=list)


def type_of(kind: str) -> pa.DataType:
    """The Arrow type of a kind of kub/records/sheets.py."""
    return TYPES.get(kind, pa.string())


def empty(kind: str, rows: int) -> Cells:
    """A column that the file does not have."""
    nulls = pa.nulls(rows, type_of(kind))
    return Cells(nulls, nulls, [])


def read(kind: str, raw: Raw, today: date, month_first: bool = False) -> Cells:
    """The cells of a column, in the order of its rows.

    month_first: another column of the same file writes dates month-first, beyond doubt.
    """
    if isinstance(raw, pa.ChunkedArray):
        typed = _typed(kind, raw, today)
        if typed is not None:
            return Cells(typed, typed, [])
    distinct, codes = _distinct(raw)
    return _spread(kind, evidence.judge(kind, distinct, today, month_first), distinct, codes)


def _distinct(raw: Raw) -> tuple[list[object], np.ndarray]:
    """The different values of a column, and for each row which of them it has."""
    if isinstance(raw, pa.ChunkedArray):
        encoded = raw.dictionary_encode().unify_dictionaries().combine_chunks()
        values = encoded.dictionary.to_pylist()
        return [*values, None], encoded.indices.fill_null(len(values)).to_numpy(
            zero_copy_only=False
        )
    seen: dict[object, int] = {}
    # 1, 1.0 and True are equal to Python but not to an office: the type is part of the value.
    keys = (value if type(value) is str else (type(value), value) for value in raw)
    codes = [seen.setdefault(key, len(seen)) for key in keys]
    values = [key[1] if isinstance(key, tuple) else key for key in seen]
    return values, np.array(codes, dtype=np.int64)


def _spread(kind: str, judged: evidence.Judged, distinct: list[object], codes: np.ndarray) -> Cells:
    good = [None if isinstance(cell, Breach) else cell for cell in judged.cells]
    indices = pa.array(codes)

    def taken(values: list[object]) -> pa.Array:
        return pa.array(values, type_of(kind)).take(indices)

    values = taken([cell.last if isinstance(cell, DateRange) else cell for cell in good])
    firsts = values
    if any(isinstance(cell, DateRange) and cell.first != cell.last for cell in good):
        firsts = taken([cell.first if isinstance(cell, DateRange) else None for cell in good])
    if kind == "target_value":
        firsts = pa.array([cells.is_percent(value) for value in distinct]).take(indices)
    shared = {code for _, concerned in judged.together for code in concerned}
    bad = [
        code
        for code, cell in enumerate(judged.cells)
        if isinstance(cell, Breach) and code not in shared
    ]
    broken = []
    for code, positions in zip(bad, _rows_of(bad, codes), strict=True):
        cell = judged.cells[code]
        assert isinstance(cell, Breach)
        broken.append((positions, cells.text(distinct[code]), cell))
    together = []
    for breach, concerned in judged.together:
        rows = np.sort(np.concatenate(list(_rows_of(concerned, codes))))
        together.append((rows, cells.text(distinct[codes[rows[0]]]), breach))
    return Cells(values, firsts, broken, together)


def _rows_of(wanted: list[int], codes: np.ndarray) -> Iterator[np.ndarray]:
    """The rows that have each of the wanted codes."""
    if not wanted:
        return
    # One sort for all bad values: a column of nothing but different bad values stays linear.
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.searchsorted(ordered, wanted)
    ends = np.searchsorted(ordered, wanted, side="right")
    for start, end in zip(starts, ends, strict=True):
        yield order[start:end]


def _typed(kind: str, raw: pa.ChunkedArray, today: date) -> pa.Array | None:
    """The column itself where its type already says what it is and
    no cell breaks a rule, else None.
    """
    column, known = raw.type, None
    low: Any
    high: Any
    if kind == "date" and pa.types.is_date(column):
        known = raw.cast(pa.date32())
        low, high = EARLIEST, today
    elif kind == "count" and pa.types.is_integer(column):
        known = raw.cast(pa.int64())
        low, high = 0, cells.LARGEST_COUNT
    elif kind in ("money", "number") and (
        pa.types.is_integer(column) or pa.types.is_floating(column)
    ):
        decimal = raw.cast(pa.float64())
        known = pc.if_else(pc.is_nan(decimal), None, decimal)
        low = 0 if kind == "money" else -MOST
        high = MOST
    elif kind == "flag" and pa.types.is_boolean(column):
        return _whole(raw)
    elif kind in ("text", "code") and pa.types.is_string(column):
        if pc.any(pc.match_substring_regex(raw, not_plain(kind))).as_py():
            return None
        return _whole(raw)
    if known is None:
        return None
    ends = pc.min_max(known).as_py()
    if ends["min"] is not None and not (low <= ends["min"] and ends["max"] <= high):
        return None
    return _whole(known)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        return pa.concat_arrays(whole.chunks)
    return whole
