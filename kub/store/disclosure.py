"""What sums over groups of people give away of very few of them: the arithmetic behind
kub/store/small_cells.py.

A column is a set of people who always stand together in whatever is released; a row is a released
sum, by the number of times each column stands in it. Whoever adds and subtracts rows can reach
their span and nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

FEWEST = 5
# More columns of few people than this are not tried in every combination: then whatever might be
# deduced counts as disclosed. It withholds more, never less.
MOST_TRIED = 14
# Blocks that each need a part in whatever gives a set of people away: five of them hold at least
# five people.
PILES = FEWEST
_ZERO = 1e-8
Matrix = NDArray[np.float64]
Integers = NDArray[np.int64]


def _independent(rows: Matrix) -> tuple[Matrix, Matrix]:
    """(orthonormal rows that span the rows, orthonormal combinations of rows that vanish)."""
    left, size, right = np.linalg.svd(rows, full_matrices=rows.shape[0] > rows.shape[1])
    rank = int((size > _ZERO * max(1.0, size.max(initial=0.0))).sum())
    return right[:rank], left[:, rank:].T


def recovers(rows: Matrix, people: Integers) -> bool:
    """Whether sums and differences of rows equal the number of people in a set of columns with 1-4
    of them.

    rows: sums x columns, 0 or 1. people: of each column, at least 1. Exact up to MOST_TRIED
    columns of few people that matter; beyond that, true where anything about such columns alone
    can be deduced.
    """
    rows = rows[rows.any(axis=1)]
    if not len(rows):
        return False
    # Columns that stand in the same sums are one: known by their bits, for a thousand columns are
    # common.
    bits = np.ascontiguousarray(np.packbits(rows > 0, axis=0).T)
    _, first, place = np.unique(
        bits.view(np.dtype((np.void, bits.shape[1]))).ravel(),
        return_index=True,
        return_inverse=True,
    )
    columns = rows[:, first]
    totals = np.bincount(place.ravel(), people, len(first)).astype(np.int64)
    few = (totals < FEWEST) & columns.any(axis=0)
    if not few.any():
        return False
    # A set of few people holds only columns of few, so the others have to vanish.
    _, vanishing = _independent(columns[:, ~few])
    left = vanishing @ columns[:, few]
    totals = totals[few]
    matter = (np.abs(left) > _ZERO).any(axis=0)
    if not matter.any():
        return False
    if matter.sum() > MOST_TRIED:
        return True
    span, _ = _independent(left[:, matter])
    wanted = np.array(list(_sets_of_few(totals[matter])), np.float64)
    missed = wanted - wanted @ span.T @ span
    return bool((np.abs(missed).max(axis=1) < 1e-6).any())


def _sets_of_few(totals: Integers) -> Iterator[NDArray[np.bool_]]:
    # A set of few people has at most FEWEST - 1 columns, since each holds somebody.
    for size in range(1, FEWEST):
        for chosen in combinations(range(len(totals)), size):
            if totals[list(chosen)].sum() < FEWEST:
                wanted = np.zeros(len(totals), bool)
                wanted[list(chosen)] = True
                yield wanted


@dataclass
class ReleasedSums:
    """The sums released of a block of people, which grow as long as they disclose nobody.

    people: of each column. rows: sums x columns.
    """

    people: Integers
    rows: Matrix = field(init=False)
    _known: set[bytes] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.rows = np.zeros((0, len(self.people)))

    def add(self, rows: Matrix) -> bool:
        """Release these sums too, all or none. Returns whether they are released."""
        new = [row for row in rows if row.any() and row.tobytes() not in self._known]
        if not new:
            return True
        larger = np.vstack([self.rows, *new])
        if recovers(larger, self.people):
            return False
        self.rows = larger
        self._known |= {row.tobytes() for row in new}
        return True


@dataclass(frozen=True)
class BlockPart:
    """The part of a block in sums over several blocks.

    released: the sums of it alone. shared: for each sum over all blocks, its part in it, over the
    same columns. people: of each column.
    """

    released: Matrix
    shared: Matrix
    people: Integers


def shared_sums(parts: Iterable[BlockPart], number: int, largest: int = 1500) -> list[bool]:
    """Which of a number of sums over all blocks may be released beside the sums of each block, the
    first ones first.

    Either nothing new can be made of them (each part lies in what is released of its block), or
    whatever is made of them takes in at least PILES blocks and so at least as many people, or the
    exact search over the blocks that have a part in them says so. largest: columns it may have.
    """
    parts = list(parts)
    new = [_beyond(part) for part in parts]
    chosen: list[int] = []
    for position in range(number):
        tried = [*chosen, position]
        if _many_blocks(new, tried) or _searched(parts, new, tried, largest):
            chosen = tried
    return [position in chosen for position in range(number)]


def _beyond(part: BlockPart) -> Matrix:
    """The shared sums less what is released of the block already."""
    if not part.released.any():
        return part.shared
    span, _ = _independent(part.released)
    left = part.shared - part.shared @ span.T @ span
    return np.where(np.abs(left) > _ZERO, left, 0.0)


def _rank(rows: Matrix) -> int:
    return len(_independent(rows)[0]) if rows.any() else 0


def _many_blocks(new: list[Matrix], tried: list[int]) -> bool:
    """Whether every combination of these sums that says anything new
    has a part in PILES blocks or more.
    """
    rows = [matrix[tried] for matrix in new if matrix[tried].any()]
    if not rows:
        return True
    # The combinations that say nothing new anywhere are left out of account.
    wanted = _rank(np.hstack(rows))
    piles, pile = 0, np.zeros((len(tried), 0))
    for matrix in rows:
        # The columns' space is all that counts: at most as many columns as sums are kept.
        pile = np.hstack([pile, matrix])
        if pile.shape[1] > 4 * len(tried):
            left, size, _ = np.linalg.svd(pile, full_matrices=False)
            pile = left * size
        if _rank(pile) == wanted:
            piles, pile = piles + 1, np.zeros((len(tried), 0))
            if piles == PILES:
                return True
    return False


def _searched(parts: list[BlockPart], new: list[Matrix], tried: list[int], largest: int) -> bool:
    involved = [part for part, matrix in zip(parts, new, strict=True) if matrix[tried].any()]
    columns = sum(len(part.people) for part in involved)
    # Undecided counts as disclosed: it withholds more, never less.
    if columns > largest:
        return False
    sums = sum(len(part.released) for part in involved)
    rows = np.zeros((sums + len(tried), columns))
    row = column = 0
    for part in involved:
        wide = slice(column, column + len(part.people))
        rows[row : row + len(part.released), wide] = part.released
        rows[sums:, wide] = part.shared[tried]
        row, column = row + len(part.released), column + len(part.people)
    return not recovers(rows, np.concatenate([part.people for part in involved]))
