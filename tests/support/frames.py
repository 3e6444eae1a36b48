"""Answers compared as plain rows: numbers to 1e-9, dates as dates, missing as None."""

from math import isclose
from typing import Any

import pandas as pd

Row = dict[str, Any]


def plain(value: Any) -> Any:
    """What a cell means, whatever pandas made of it."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def rows(frame: pd.DataFrame) -> list[Row]:
    return [
        {str(name): plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")
    ]


def same(left: object, right: object) -> bool:
    """Equal; flags are never numbers, and numbers may differ by rounding."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    return type(left) is type(right) and left == right


def differences(ours: list[Row], theirs: list[Row]) -> list[str]:
    """Each cell that differs, in words; empty when the answers are the same, order included."""
    if len(ours) != len(theirs):
        return [f"{len(ours)} rows, not {len(theirs)}: {ours} / {theirs}"]
    return [
        f"row {number}, {name}: {row[name]!r}, not {expected!r}"
        for number, (row, other) in enumerate(zip(ours, theirs, strict=True))
        for name, expected in other.items()
        if not same(row[name], expected)
    ]


def only(found: list[Row], **wanted: object) -> list[Row]:
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]
