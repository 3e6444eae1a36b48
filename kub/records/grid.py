"""One sheet of any file format, before its columns are read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kub.records import cells
from kub.records.columns import Raw
from kub.records.unreadable import Unreadable as Unreadable
from kub.sheets import HEADINGS, plain

# (first row, first column, last row, last column): rows as Excel numbers them, columns from 0.
Merged = tuple[int, int, int, int]


@dataclass(frozen=True)
class Grid:
    """name: the sheet as written. headings: as written, left to right; none if the sheet is blank.
    merged: ranges of cells that are shown as one. cells: how many hold something, as far as that is known.

    take(positions) reads the columns at those positions, once, and gives them with the number that
    Excel shows for each row; blank rows may be among them. It may raise Unreadable.
    """

    name: str
    headings: Sequence[str]
    take: Callable[[Sequence[int]], tuple[list[Raw], pa.Array]]
    merged: Sequence[Merged] = ()
    cells: int = 0


def no_rows(at: Sequence[int]) -> tuple[list[Raw], pa.Array]:
    """What `take` gives for a sheet without rows."""
    return [[] for _ in at], pa.array([], pa.int32())


Line = tuple[int, Sequence[Any]]


def headings(rows: Iterator[Line]) -> Line | None:
    """The row of the headings with its number, taken off `rows` with all above it; None if nothing is written.

    It is the first with two filled cells, or with a single one that is a heading: offices put a title above.
    """
    first = None
    for number, row in rows:
        filled = [cell for cell in row if not cells.is_empty(cell)]
        if len(filled) > 1 or (filled and plain(cells.text(filled[0])) in HEADINGS):
            return number, row
        first = first or ((number, row) if filled else None)
    return first
