"""One sheet of any file format, before its headings are known and its columns are read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pyarrow as pa

from kub.records import cells
from kub.records.columns import Raw
from kub.records.unreadable import Unreadable as Unreadable

# (first row, first column, last row, last column): rows as Excel numbers them, columns from 0.
Merged = tuple[int, int, int, int]
# (row as Excel numbers it, its cells).
Line = tuple[int, Sequence[Any]]
# take(row, positions, width): the columns at those positions below that row, once, with the number
# that Excel shows for each row; blank rows may be among them. width: how far the headings reach.
Take = Callable[[int, Sequence[int], int], tuple[list[Raw], pa.Array]]


@dataclass
class Watch:
    """What is to be noticed in the rows while they are read, and was.

    key: position of the cell that a record needs. unnamed: positions without a
    heading. aside: whole rows without a key, by number. filled: the unnamed positions that hold
    something. short: rows with fewer cells than headings, in files where that can be seen.
    """

    key: int | None = None
    unnamed: set[int] = field(default_factory=set)
    aside: dict[int, Sequence[Any]] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)
    short: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """name: the sheet as written. top: its first rows, from the first that holds something; none if
    it is blank. merged: ranges of cells that are shown as one. cells: how many hold something,
    as far as that is known.

    hidden: does the workbook hide it from its readers?

    take may raise Unreadable, and fills `watch` where the file is read row by row.
    """

    name: str
    top: Sequence[Line]
    take: Take
    merged: Sequence[Merged] = ()
    cells: int = 0
    watch: Watch = field(default_factory=Watch)
    hidden: bool = False


# A letterhead has seldom ten rows; the rows below the headings show how they go on.
TOP = 60
# Rows without a key are kept whole, so there is an end to them.
MOST_ASIDE = 20_000


def peeked(rows: Iterator[Line]) -> tuple[list[Line], Iterator[Line]]:
    """The first rows from the first filled one on, and all rows from there, those among them."""
    top: list[Line] = []
    for number, row in rows:
        if top or not all(map(cells.is_empty, row)):
            top.append((number, row))
        if len(top) == TOP:
            break
    return top, chain(top, rows)


def watched(rows: Iterator[Line], after: int, watch: Watch) -> Iterator[Line]:
    """The rows below row `after`, each looked at as it passes."""
    key, unnamed = watch.key, set(watch.unnamed)
    for number, row in rows:
        if number <= after:
            continue
        if key is not None and not row[key] and len(watch.aside) < MOST_ASIDE:
            watch.aside[number] = row
        if unnamed:
            seen = {at for at in unnamed if at < len(row) and not cells.is_empty(row[at])}
            watch.filled |= seen
            unnamed -= seen
        yield number, row


def no_rows(at: Sequence[int]) -> tuple[list[Raw], pa.Array]:
    """What `take` gives for a sheet without rows."""
    return [[] for _ in at], pa.array([], pa.int32())
