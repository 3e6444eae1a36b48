"""Cells are joined into blocks until the released sums of each whole
block gives few people away nowhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from kub.store.disclosure import FEWEST, Integers, Matrix, ReleasedSums, recovers
from kub.store.unknown import UnknownNumbers

# Other blocks that are tried at each step of joining, and those listed of each neighbourhood.
MOST_TRIED, NEAREST = 24, 6


class Blocks:
    """Cells joined into blocks, by version: the oldest first, so that a newer one only joins more.

    label: of each cell the number of its block. guarded: whether a block holds few people or was
    joined with others; the cells of any other block are released singly, and its KUB one by
    one.
    """

    def __init__(self, records: UnknownNumbers, before: Integers) -> None:
        """before: of each cell the block it had in the version before, or -1."""
        self._records = records
        self.label = np.arange(len(records.village))
        self._cells = {int(cell): [int(cell)] for cell in self.label}
        self.guarded = np.zeros(len(self.label), bool)
        # Blocks of the version before are taken over whole.
        for block in np.unique(before[before >= 0]):
            self._union(np.flatnonzero(before == block))
        # A KUB that moved stands in sums of both its cells.
        order = np.argsort(records.column, kind="stable")
        column, cell = records.column[order], records.cell[order]
        for position in np.flatnonzero((np.diff(column) == 0) & (np.diff(cell) != 0)):
            self._union(cell[position : position + 2])
        self.guarded[self.label[before >= 0]] = True
        self.guarded[self.label[records.cell[records.small[records.column]]]] = True
        # A block over several villages cuts their totals, which can then not be released singly.
        self._cut: list[int] = []
        self._cut_villages: set[str] = set()
        self._cut_sectors: set[str] = set()
        for label, _ in self.members():
            self._note(label)
        # Where partners are looked for: near cells first, so that few other totals are cut.
        self._near = {
            name: _positions(keys)
            for name, keys in {
                "village": records.village,
                "near": np.char.add(records.district, records.sector),
                "sector": records.sector,
                "district": records.district,
            }.items()
        }

    def members(self) -> Iterator[tuple[int, list[int]]]:
        """(number, cells) of each guarded block."""
        yield from ((label, cells) for label, cells in self._cells.items() if self.guarded[label])

    def _union(self, cells: Integers) -> None:
        first = int(self.label[cells[0]])
        for cell in cells[1:]:
            self._join(first, int(self.label[cell]))

    def _join(self, label: int, other: int) -> None:
        if label == other:
            return
        moved = self._cells.pop(other)
        self._cells[label].extend(moved)
        self.label[moved] = label

    def _note(self, label: int) -> None:
        """Whose totals a guarded block cuts."""
        villages = set(self._records.village[self._cells[label]].tolist())
        sectors = set(self._records.sector[self._cells[label]].tolist())
        if len(villages) > 1:
            self._cut.append(label)
            self._cut_villages |= villages
        if len(sectors) > 1:
            self._cut_sectors |= sectors

    def join(self, records: int) -> None:
        """Join until the sums of no block of this version give anybody
        away, but in years that no joining helps.
        """
        sums = _Sums(self._records, records, self.label)
        if not len(sums.people):
            return
        released = sums.releasable()
        for label in sums.doubtful():
            while (
                label in self._cells and sums.gives_away([label], released) and len(self._cells) > 1
            ):
                other = self._partner(label, sums, released)
                self._join(label, other)
                sums.join(label, other)
                self.guarded[label] = True
                self._note(label)

    def _partner(self, label: int, sums: "_Sums", released: "_Years") -> int:
        """The block to join: of those that suffice the one that
        costs least, else one that helps.
        """
        candidates = sorted(
            self._candidates(label), key=lambda other: self._cost(label, other, sums)
        )
        # They come by cost, so the first that suffices is the cheapest.
        for other in candidates[:MOST_TRIED]:
            if not sums.gives_away([label, other], released):
                return other
        return candidates[0]

    def _candidates(self, label: int) -> set[int]:
        labels: set[int] = set()
        # A block of hundreds of cells has thousands of neighbours; the first few lead to the same
        # ones.
        for cell in self._cells[label][:NEAREST]:
            for name, where in self._near.items():
                keys, groups = where
                here = groups[keys[cell]]
                at = int(np.searchsorted(here, cell))
                close = here if name == "village" else here[max(0, at - NEAREST) : at + NEAREST + 1]
                labels.update(self.label[close].tolist())
        labels.update(
            int(self.label[self._cells[cut][0]])
            for cut in self._cut[-NEAREST:]
            if cut in self._cells
        )
        labels.discard(label)
        if not labels:
            labels = set(list(self._cells)[: NEAREST + 1]) - {label}
        return labels

    def _cost(self, label: int, other: int, sums: "_Sums") -> tuple[int, int, int, int]:
        """How many villages' and sectors' totals are lost by joining, then people."""
        here = [*self._cells[label], *self._cells[other]]
        villages = set(self._records.village[here].tolist())
        sectors = set(self._records.sector[here].tolist())
        lost = len(villages - self._cut_villages) if len(villages) > 1 else 0
        also = len(sectors - self._cut_sectors) if len(sectors) > 1 else 0
        return lost, also, sums.total(other), other


def _positions(keys: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Of each cell the number of its neighbourhood, and the cells of each, in order."""
    number = np.unique(keys, return_inverse=True)[1].ravel()
    order = np.argsort(number, kind="stable")
    return number, np.split(order, np.flatnonzero(np.diff(number[order])) + 1)


@dataclass
class _Years:
    """The years whose sums of members, and of those who state their sex, are released."""

    members: list[int] = field(default_factory=list)
    stated: list[int] = field(default_factory=list)


class _Sums:
    """The sums of whole blocks in a version: columns are people who stand in the same years."""

    def __init__(self, unknown: UnknownNumbers, records: int, label: Integers) -> None:
        here = np.flatnonzero((unknown.records == records) & unknown.in_years)
        keys = np.stack(
            [
                label[unknown.cell[here]],
                unknown.first[here],
                unknown.last[here],
                unknown.stated[here],
            ]
        )
        keys, place = np.unique(keys, axis=1, return_inverse=True)
        self.people = np.bincount(
            place.ravel(), unknown.people[unknown.column[here]], keys.shape[1]
        ).astype(np.int64)
        self._block, self._course = keys[0], keys[1:]
        self.years = unknown.years(records)
        starts = np.flatnonzero(np.diff(self._block, prepend=-1))
        ends = np.append(starts[1:], len(self._block))
        self._of = {
            int(self._block[a]): [np.arange(a, b)] for a, b in zip(starts, ends, strict=True)
        }

    def doubtful(self) -> list[int]:
        """Blocks with a column of few people: no other can give anybody away."""
        numbers: list[int] = np.unique(self._block[self.people < FEWEST]).tolist()
        return numbers

    def total(self, label: int) -> int:
        """People in a block, over all its columns."""
        return int(sum(self.people[part].sum() for part in self._of.get(label, [])))

    def join(self, label: int, other: int) -> None:
        """Add the columns of block `other` to those of `label`."""
        self._of.setdefault(label, []).extend(self._of.pop(other, []))

    def releasable(self) -> _Years:
        """What can be released of the whole programme, the newest years
        first and members before sex.
        """
        course, people = _alike(self._course, self.people)
        released, total = _Years(), ReleasedSums(people)
        for years, stated in ((released.members, False), (released.stated, True)):
            asked = self.years if not stated else list(released.members)
            if total.add(_rows(course, asked, stated)):
                years.extend(asked)
                continue
            years.extend(year for year in asked if total.add(_rows(course, [year], stated)))
        return released

    def gives_away(self, labels: Sequence[int], released: _Years) -> bool:
        """Whether the released years of these blocks together disclose 1-4 people."""
        parts = [part for label in labels for part in self._of.get(label, [])]
        if not parts:
            return False
        here = np.concatenate(parts)
        course, people = _alike(self._course[:, here], self.people[here])
        if (people >= FEWEST).all():
            return False
        rows = np.vstack(
            [_rows(course, released.members, False), _rows(course, released.stated, True)]
        )
        return recovers(rows, people)


def _alike(course: np.ndarray, people: Integers) -> tuple[np.ndarray, Integers]:
    # One integer for each course: a year has four digits, so none runs into the next.
    first, last, stated = course
    _, at, place = np.unique(
        (first * 10_000 + last) * 2 + stated, return_index=True, return_inverse=True
    )
    return course[:, at], np.bincount(place.ravel(), people, len(at)).astype(np.int64)


def _rows(course: np.ndarray, years: Iterable[int], stated: bool) -> Matrix:
    at = np.fromiter(years, np.int64)[:, None]
    here = (course[0] <= at) & (course[1] >= at)
    if stated:
        here &= course[2] > 0
    return np.asarray(here, float)
