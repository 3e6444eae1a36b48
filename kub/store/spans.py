"""What sums give away, in numbers modulo a prime: the arithmetic behind kub/store/money_cells.py.

A column is something unknown; a row is a released sum, by the number of times each column stands in
it. Whoever adds and subtracts rows can reach their span and nothing else. A random vector that is
orthogonal to all rows knows that span: a sum of it is 0 exactly where what is summed lies in the
span, but for one chance in two thousand million. Exact for any number of columns, where
kub/store/disclosure.py tries sets of few people one by one.
"""

from dataclasses import dataclass

import numpy as np

from kub.store.disclosure import Integers

# The largest below 2^31: products of two such numbers fit 64 bits. queries/model/access.sql too.
PRIME = 2**31 - 1


@dataclass(frozen=True)
class Span:
    """Rows in reduced echelon form: each has a column of its own (pivot), where only it is 1."""

    rows: Integers
    pivots: Integers

    @classmethod
    def empty(cls, columns: int) -> "Span":
        """The span of no row."""
        return cls(np.zeros((0, columns), np.int64), np.zeros(0, np.int64))

    def adding(self, rows: Integers) -> "Span":
        """The span of these rows too. rows: sums x columns, each number from 0 to PRIME - 1."""
        # Most numbers are 0: only what is touched is worked on, a fifth of the time.
        met = np.flatnonzero(rows[:, self.pivots].any(axis=0))
        new = (rows - product(rows[:, self.pivots[met]], self.rows[met])) % PRIME
        kept, pivots = [], []
        for place, row in enumerate(new):
            stands = np.flatnonzero(row)
            if not len(stands):
                continue
            pivot = int(stands[0])
            row = row * pow(int(row[pivot]), -1, PRIME) % PRIME
            met = np.flatnonzero(new[:, pivot])
            new[met] = (new[met] - new[met, pivot][:, None] * row % PRIME) % PRIME
            new[place] = row
            kept.append(place)
            pivots.append(pivot)
        old = self.rows.copy()
        met = np.flatnonzero(old[:, pivots].any(axis=1))
        old[met] = (old[met] - product(old[met][:, pivots], new[kept])) % PRIME
        return Span(np.vstack([old, new[kept]]), np.append(self.pivots, pivots).astype(np.int64))

    def orthogonal(self, random: np.random.Generator) -> Integers:
        """A random vector that is orthogonal to every row."""
        vector: Integers = np.asarray(random.integers(1, PRIME, self.rows.shape[1]))
        vector[self.pivots] = 0
        vector[self.pivots] = -product(self.rows, vector[:, None])[:, 0] % PRIME
        return vector


def product(left: Integers, right: Integers) -> Integers:
    """left @ right modulo PRIME, of numbers from 0 to PRIME - 1; left has at most 2^15 columns."""
    # In two halves of 16 bits, whose sums of products fit 64 bits.
    high, low = left >> 16, left & 0xFFFF
    return ((high @ right % PRIME << 16) + low @ right % PRIME) % PRIME
