"""Rows as machines read them: plain JSON values, dates ISO, missing null."""

import math
from datetime import date, datetime
from typing import Any

import pandas as pd


def plain(value: Any) -> Any:
    """One cell as a JSON value.

    A timestamp at midnight is a date: DuckDB's DATE reaches pandas that way.
    """
    if (
        value is None
        or value is pd.NaT
        or value is pd.NA
        or (isinstance(value, float) and math.isnan(value))
    ):
        return None
    if isinstance(value, datetime):
        if value.time() == datetime.min.time():
            return value.date().isoformat()
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def rows(frame: pd.DataFrame, sample: bool) -> list[dict[str, Any]]:
    """One object per row with the frame's columns, and last whether it rests on sample records."""
    return [
        {column: plain(value) for column, value in zip(frame.columns, row, strict=True)}
        | {"sample": sample}
        for row in frame.itertuples(index=False, name=None)
    ]
