"""One sheet of any file format, before its columns are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kub.records import cells
from kub.records.columns import Raw
from kub.sheets import HEADINGS, plain


class Unreadable(Exception):
    """A file or sheet that cannot be read at all: the rule it breaks, and what fills the rule's words."""

    def __init__(self, rule: str, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values: Mapping[str, Any] = values


@dataclass(frozen=True)
class Grid:
    """name: the sheet as written. headings: as written, left to right; none if the sheet is blank.

    take(positions) reads the columns at those positions, once, and gives them with the number that
    Excel shows for each row; blank rows may be among them. It may raise Unreadable.
    """

    name: str
    headings: Sequence[str]
    take: Callable[[Sequence[int]], tuple[list[Raw], pa.Array]]


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
