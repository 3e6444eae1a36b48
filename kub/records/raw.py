"""Cells of a raw column by position, whether a list of a spreadsheet's cells or an Arrow column."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kub.records import cells
from kub.records.columns import Raw


def value(column: Raw, position: int) -> Any:
    """One cell."""
    cell = column[position]
    return cell.as_py() if isinstance(cell, pa.Scalar) else cell


def listed(column: Raw) -> list[Any]:
    """A copy as a list of cells."""
    return column.to_pylist() if isinstance(column, pa.ChunkedArray) else list(column)


def blanks(column: Raw) -> list[int]:
    """The positions of empty cells, in their order. Arrow columns are not visited cell by cell."""
    if isinstance(column, pa.ChunkedArray):
        empty = pc.is_null(column)
        if pa.types.is_string(column.type):
            empty = pc.or_kleene(empty, pc.match_substring_regex(column, r"^[\s\-]*$"))
        return [int(position) for position in np.flatnonzero(empty.to_numpy())]
    # Most cells are texts of some length: the look at their signs costs ten times as much.
    return [
        position
        for position, cell in enumerate(column)
        if cell is None
        or cell == ""
        or (type(cell) is not str or len(cell) < 4)
        and cells.is_empty(cell)
    ]


def without(column: Raw, positions: Sequence[int]) -> Raw:
    """The column with those cells empty; a list is changed in place."""
    if isinstance(column, pa.ChunkedArray):
        mask = np.zeros(len(column), bool)
        mask[list(positions)] = True
        return pc.if_else(pa.array(mask), pa.scalar(None, column.type), column)
    for position in positions:
        column[position] = ""
    return column
