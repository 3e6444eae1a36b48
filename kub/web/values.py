"""Values as JSON has them: figures hold numpy scalars, dates, and numbers that are none."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any


def written(value: Any) -> Any:
    """What json.dumps does not know. Raises TypeError for what has no place in a figure."""
    if repr(value) in ("<NA>", "NaT"):  # before dates, of which NaT claims to be one
        return None
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas Index and Series
        return without_nan(value.tolist())
    raise TypeError(f"no place in a figure for {type(value).__name__}")


def without_nan(value: Any) -> Any:
    """The same with null in the place of NaN and infinity."""
    if isinstance(value, Mapping):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
