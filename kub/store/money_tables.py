"""The same as money_cells.py of many cells, for work that grows with their number alone.

The cells of a year are a table: villages down, districts' sectors across. A row is a village or
several of them together, a column a sector of one or several districts, and the sums of all rows
and columns are released. They add up to the whole, to sectors and districts. Random marks that add
up to 0 over each row and column say whether they give anybody away, as in spans.py: then single
villages, or districts' sectors, are put together with others, until nobody is. Cells come last.

Whatever is released, nothing but the marks says what is told: no sum of theirs is 0 over what
no one may know, so nothing that is added or subtracted of sums of 0 gives it away.
"""

from dataclasses import dataclass

import numpy as np

from kub.store.disclosure import Integers
from kub.store.spans import PRIME

# The money of fewer KUB is not told.
FEWEST = 3


@dataclass
class Side:
    """Villages and the districts they lie in, or districts' sectors and their sectors.

    part: of each cell, from 0. region, kub: of each part. alone: whether the sum of a part is
    released by itself; of the others of a region it is that of all.
    """

    part: Integers
    region: Integers
    kub: Integers
    alone: np.ndarray[tuple[int], np.dtype[np.bool_]]

    @classmethod
    def of(cls, label: Integers, region: Integers, kub: Integers) -> "Side":
        """label, region, kub: of each cell."""
        _, first, part = np.unique(label, return_index=True, return_inverse=True)
        number = np.zeros(len(first), np.int64)
        np.add.at(number, part, kub)
        return cls(part, region[first], number, number >= FEWEST)

    @property
    def sums(self) -> Integers:
        """Of each cell the number of the sum that it stands in."""
        label = np.where(self.alone, np.arange(len(self.alone)), len(self.alone) + self.region)
        return np.asarray(label[self.part], np.int64)

    def put_together(self, cells: Integers) -> Integers:
        """What holds these cells is no longer alone. Returns the cells of what was not."""
        part = self.part[cells]
        left = cells[~self.alone[part]]
        self.alone[part] = False
        return left

    def add_others(self, cells: Integers, number: int) -> Integers:
        """Put as many of the smallest others of their region together with these cells.

        Returns the cells whose region has no others.
        """
        region = self.region[self.part[cells]]
        added = _smallest(self.region, self.kub, np.flatnonzero(self.alone), region, number)
        self.alone[added] = False
        return cells[~np.isin(region, self.region[added])]

    def join_regions(self, cells: Integers) -> Integers:
        """Make one region of those of these cells. Returns the cells if there is no other."""
        joined = np.unique(self.region[self.part[cells]])
        others = self.region[~np.isin(self.region, joined)]
        if len(joined) == 1 and len(others):
            labels, place = np.unique(others, return_inverse=True)
            others_kub = np.bincount(place, self.kub[~np.isin(self.region, joined)])
            joined = np.append(joined, labels[np.argmin(others_kub)])
        self.region[np.isin(self.region, joined)] = joined[:1]
        return cells[: 0 if len(joined) > 1 else None]


def _smallest(
    label: Integers, size: Integers, free: Integers, wanted: Integers, number: int
) -> Integers:
    """Of those that are free the smallest of each wanted label, at most a number of each."""
    free = free[np.isin(label[free], wanted)]
    order = free[np.lexsort((size[free], label[free]))]
    _, first, place = np.unique(label[order], return_index=True, return_inverse=True)
    return np.asarray(order[np.arange(len(order)) - first[place] < number], np.int64)


def table_marks(
    village: Integers,
    district: Integers,
    sector: Integers,
    kub: Integers,
    random: np.random.Generator,
) -> Integers:
    """A number for each cell, modulo PRIME; they add up to 0 over a scope that may be told."""
    group = district * (int(sector.max()) + 1) + sector
    rows, columns = Side.of(village, district, kub), Side.of(group, sector, kub)
    number = 0
    while len(cells := derivable(marks := circulation(rows.sums, columns.sums, random), kub)):
        number += 1
        # Districts' sectors go first, villages then; the number grows, so few rounds suffice.
        cells = columns.put_together(cells)
        cells = rows.put_together(cells)
        cells = rows.add_others(cells, number)
        cells = columns.add_others(cells, number)
        cells = rows.join_regions(cells)
        if len(columns.join_regions(cells)):
            # All is one sum, and even that is of too few.
            return random.integers(1, PRIME, len(kub))
    return _with_cells(marks[0], rows.sums, columns.sums, kub, random)


def _with_cells(
    marks: Integers, row: Integers, column: Integers, kub: Integers, random: np.random.Generator
) -> Integers:
    """The marks where as many cells of FEWEST KUB or more are told too as can be."""
    shown = kub >= FEWEST
    number = 1
    everywhere = np.zeros_like(row)
    while shown.any():
        kept = np.flatnonzero(~shown)
        tried = circulation(row[kept], column[kept], random)
        cells = kept[derivable(tried, kub[kept])]
        if not len(cells):
            marks = np.zeros_like(marks)
            marks[kept] = tried[0]
            break
        number *= 2
        # What is told elsewhere may be the cause as well.
        for label in (row, column, everywhere):
            withheld = _smallest(label, kub, np.flatnonzero(shown), label[cells], number)
            shown[withheld] = False
            cells = cells[~np.isin(label[cells], label[withheld])]
    return marks


def derivable(marks: Integers, kub: Integers) -> Integers:
    """The cells of one or two KUB whose money follows from whatever two random marks add up to 0
    over.

    marks: 2 x cells. kub: of each cell.
    """
    few = np.flatnonzero(kub < FEWEST)
    single = np.flatnonzero(kub == 1)
    # Of one mark there are pairs that add up to 0 by chance among a hundred thousand cells.
    high, low = marks[:, single]
    pair = np.isin((PRIME - high << 31) + PRIME - low, (high << 31) + low)
    zero = (marks[:, few] == 0).any(axis=0)
    return np.union1d(few[zero], single[pair])


def circulation(row: Integers, column: Integers, random: np.random.Generator) -> Integers:
    """Two random numbers for each cell, modulo PRIME, that add up to 0 over each row and column.

    row, column: of each cell. Whatever adds up to 0 so is as likely as anything else that does: of
    cells as edges between rows and columns those of a spanning tree follow from the others.
    """
    rows, start = np.unique(row, return_inverse=True)
    columns, end = np.unique(column, return_inverse=True)
    end = end + len(rows)
    vertices = len(rows) + len(columns)
    pairs, edge = np.unique(start * vertices + end, return_index=True)
    levels = _spanning_tree(start[edge], end[edge], vertices)
    marks = random.integers(0, PRIME, (2, len(row)))
    ways = [
        edge[np.searchsorted(pairs, np.minimum(*level) * vertices + np.maximum(*level))]
        for level in levels
    ]
    marks[:, np.concatenate([np.zeros(0, np.int64), *ways])] = 0
    total = np.zeros((2, vertices), np.int64)
    for mark, sums in zip(marks, total, strict=True):
        np.add.at(sums, start, mark)
        np.add.at(sums, end, mark)
        # The deepest first: a vertex above them has all but its own way up.
        for way, (below, above) in zip(ways, levels, strict=True):
            mark[way] = -sums[below] % PRIME
            np.add.at(sums, above, mark[way])
    return marks


def _spanning_tree(
    start: Integers, end: Integers, vertices: int
) -> list[tuple[Integers, Integers]]:
    """Vertices and those above them, the deepest level first, of a tree of each component.

    start, end: vertices of each edge.
    """
    # 0.1 s, that only large programmes need.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    def graph(start: Integers, end: Integers) -> object:
        size = (vertices + 1, vertices + 1)
        return coo_array((np.ones(len(start)), (start, end)), size).tocsr()

    _, component = connected_components(graph(start, end), directed=False)
    # The last vertex holds the trees together: the first of each hangs on it.
    hung = np.unique(component[:-1], return_index=True)[1]
    start, end = np.append(start, hung), np.append(end, np.full(len(hung), vertices))
    order, above = breadth_first_order(graph(start, end), vertices, directed=False)
    above_place = np.argsort(order)[above[order[1:]]]
    bounds = [0, 1]
    while bounds[-1] <= vertices:
        bounds.append(1 + int(np.searchsorted(above_place, bounds[-1])))
    below = [order[first:last] for first, last in zip(bounds[2:], bounds[3:], strict=False)]
    return [(level, above[level]) for level in reversed(below)]
