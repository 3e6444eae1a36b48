"""Which sums of a block are released, year by year and version by version."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kub.store.blocks import Blocks
from kub.store.disclosure import BlockPart, Integers, Matrix, ReleasedSums, shared_sums
from kub.store.unknown import UnknownNumbers

# Where a block has more cells times columns than this, only the sums of the whole block are
# released: work grows with both.
LARGEST_BLOCK = 2_000
NOWHERE = 0


class _Block:
    """One guarded block: which of its sums are released, in which versions and years.

    groups: the sums that there are, as sets of its cells: the whole, each village, each cell.
    released: by (version's records, whether of those who state their sex) and year, the groups.
    """

    def __init__(self, unknown: UnknownNumbers, cells: Sequence[int], sums: Integers) -> None:
        """sums: the positions of the sums in `unknown` that are about these cells."""
        self.cells = np.sort(np.asarray(cells))
        self._villages = np.unique(unknown.village[self.cells], return_inverse=True)[1].ravel()
        self.records = unknown.records[sums]
        self._first, self._last = unknown.first[sums], unknown.last[sums]
        self._stated = unknown.stated[sums]
        self._cell = np.searchsorted(self.cells, unknown.cell[sums])
        columns, self._column = np.unique(unknown.column[sums], return_inverse=True)
        self._column = self._column.ravel()
        people = unknown.people[columns]
        self.groups = [np.ones(len(self.cells), bool)]
        if len(self.cells) * len(columns) <= LARGEST_BLOCK:
            self._part()
        else:
            people = self._merge_columns(people)
        self.sums = ReleasedSums(people)
        self.released: dict[tuple[int, bool], dict[int, set[int]]] = {}

    def _part(self) -> None:
        count = int(self._villages.max()) + 1
        if count > 1:
            self.groups += [self._villages == village for village in range(count)]
        if len(self.cells) > count:
            self.groups += list(np.eye(len(self.cells), dtype=bool))

    def _merge_columns(self, people: Integers) -> Integers:
        """Columns that stand in the same sums of the whole block become one."""
        order = np.lexsort((self._first, self.records, self._column))
        facts = np.stack([self.records, self._first, self._last, self._stated])[:, order].T
        starts = np.flatnonzero(np.diff(self._column[order], prepend=-1))
        courses: dict[bytes, int] = {}
        number = np.array(
            [
                courses.setdefault(part.tobytes(), len(courses))
                for part in np.split(facts, starts[1:])
            ]
        )
        self._column = number[self._column]
        return np.bincount(number, people, len(courses)).astype(np.int64)

    def row(self, records: int, year: int, group: int = 0, stated: bool = False) -> Matrix:
        """One sum: 0 or 1 for each column."""
        here = (self.records == records) & (self._first <= year) & (self._last >= year)
        here &= self.groups[group][self._cell]
        if stated:
            here &= self._stated
        row = np.zeros(len(self.sums.people))
        row[self._column[here]] = 1
        return row

    def release_newest(self, records: int, years: Sequence[int]) -> None:
        """Release the whole of each year, then as many villages and cells as can be."""
        for stated in (False, True):
            self._release(records, years, 0, stated)
        single = len(self.groups) - len(self.cells)
        for groups in (range(1, max(single, 1)), range(max(single, 1), len(self.groups))):
            for stated in (False, True):
                # The largest first: each sum that is released narrows what can follow.
                for group in sorted(groups, key=lambda group: -self._people(records, group)):
                    self._release(records, years, group, stated)

    def _people(self, records: int, group: int) -> int:
        here = (self.records == records) & self.groups[group][self._cell] & (self._first > 0)
        return int(self.sums.people[self._column[here]].sum())

    def _release(self, records: int, years: Sequence[int], group: int, stated: bool) -> None:
        """Of those who state their sex no more is released than of members:
        the share of the two is shown as well.
        """
        released = self.released.setdefault((records, stated), {year: set() for year in years})
        wanted = [year for year in years if self._may(records, year, group, stated)]
        if not wanted:
            return
        rows = np.stack([self.row(records, year, group, stated) for year in wanted])
        together = self.sums.add(rows)
        for year, row in zip(wanted, rows, strict=True):
            # All years at once cost one check; only where that fails are they tried one by one.
            if together or self.sums.add(row[None]):
                released[year].add(group)

    def _may(self, records: int, year: int, group: int, stated: bool) -> bool:
        if group and 0 not in self.released[records, stated][year]:
            return False
        # A share of women needs both sums of the same group.
        return not stated or group in self.released[records, False][year]

    def release_older(self, records: int, years: Sequence[int], newest: int) -> None:
        """Release the same sums as of the newest version in these years;
        else the whole block; else nothing.
        """
        for stated in (False, True):
            pattern = self.released.get((newest, stated), {})
            released = self.released.setdefault((records, stated), {year: set() for year in years})
            for year in years:
                allowed = released.keys() if not stated else self.released[records, False][year]
                wanted = {
                    group for group in pattern.get(year, set()) if not stated or group in allowed
                } | {0}
                if stated and 0 not in allowed:
                    continue
                # An older version shows what the newest shows or less, never something else.
                for groups in (wanted, {0}):
                    rows = np.stack(
                        [self.row(records, year, group, stated) for group in sorted(groups)]
                    )
                    if self.sums.add(rows):
                        released[year] = groups
                        break

    def parts(self, records: int, year: int, label: int) -> tuple[Integers, Integers, Integers]:
        """(cells with people in that year, part, women_part) as in small.part."""
        here = (self.records == records) & (self._first <= year) & (self._last >= year)
        cells = np.unique(self._cell[here])
        numbers = [
            self._numbers(self.released[records, stated][year], label)[cells]
            for stated in (False, True)
        ]
        return self.cells[cells], numbers[0], numbers[1]

    def _numbers(self, released: set[int], label: int) -> Integers:
        if 0 not in released:
            return np.full(len(self.cells), NOWHERE)
        # A number says in which sum a cell stands: 3 × block + 3 for the whole block, 3 × first
        # cell + 2 for a village, 3 × cell + 1 for a cell by itself. None of them is NOWHERE.
        parts = np.full(len(self.cells), 3 * label + 3)
        for group in sorted(released - {0}):
            here = self.groups[group]
            kind = 1 if here.sum() == 1 else 2
            parts[here] = 3 * int(self.cells[here][0]) + kind
        return parts


@dataclass(frozen=True)
class SmallTables:
    """Rows for the tables of queries/model/small_tables.sql; cells by position."""

    parts: list[tuple[int, int, Integers, Integers, Integers]]
    guarded: list[tuple[int, list[int]]]
    days: list[tuple[int, int]]


def small_tables(
    unknown: UnknownNumbers, order: Sequence[int], unseen: Sequence[int], before: Integers
) -> SmallTables:
    """order: the versions' records, the newest first.

    unseen: those that no stored block knows, the oldest first.
    """
    blocks = Blocks(unknown, before)
    for records in unseen:
        blocks.join(records)
    positions = np.argsort(blocks.label[unknown.cell], kind="stable")
    # Sorted once: a search for each block costs less than a pass over all sums.
    labels = blocks.label[unknown.cell][positions]
    guarded = sorted(blocks.members())
    years = {records: unknown.years(records) for records in order}
    tables = SmallTables([], guarded, [])
    opened = []
    for label, cells in guarded:
        between = np.searchsorted(labels, [label, label + 1])
        block = _Block(unknown, cells, positions[between[0] : between[1]])
        block.release_newest(order[0], years[order[0]])
        for records in order[1:]:
            block.release_older(records, years[records], order[0])
        for records in order:
            for year in years[records]:
                tables.parts.append((records, year, *block.parts(records, year, label)))
        opened.append(block)
    tables.days.extend(_withheld_days(unknown, order, blocks, opened))
    return tables


def _withheld_days(
    unknown: UnknownNumbers, order: Sequence[int], blocks: Blocks, opened: Sequence[_Block]
) -> list[tuple[int, int]]:
    """(records, day) of publications on which the members of the programme are withheld."""
    on_days = ~unknown.in_years
    days = [
        (records, int(day))
        for records in order
        for day in np.unique(unknown.first[on_days & (unknown.records == records)])
    ]
    if not days or not opened:
        return []
    parts = [
        BlockPart(
            block.sums.rows,
            np.stack([block.row(records, day) for records, day in days]),
            block.sums.people,
        )
        for block in opened
    ]
    # Of unguarded cells each KUB is released at the ends of years, so only reports that no year's
    # end saw are new.
    free = on_days & ~blocks.guarded[blocks.label[unknown.cell]]
    seen = np.zeros(len(unknown.people), bool)
    seen[unknown.column[unknown.in_years]] = True
    free &= ~seen[unknown.column]
    for position in _alike_positions(blocks.label[unknown.cell[free]]):
        sums = np.flatnonzero(free)[position]
        columns, column = np.unique(unknown.column[sums], return_inverse=True)
        shared = np.zeros((len(days), len(columns)))
        at = [
            days.index((int(a), int(b)))
            for a, b in zip(unknown.records[sums], unknown.first[sums], strict=True)
        ]
        shared[at, column.ravel()] = 1
        parts.append(BlockPart(np.zeros((0, len(columns))), shared, unknown.people[columns]))
    released = shared_sums(parts, len(days))
    return [day for day, fine in zip(days, released, strict=True) if not fine]


def _alike_positions(values: Integers) -> list[Integers]:
    """The positions of equal values, together."""
    if not len(values):
        return []
    order = np.argsort(values, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(values[order])) + 1)
