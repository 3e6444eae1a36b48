"""What linear equations determine."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

PRIME = 2**31 - 1
Unknown = tuple[str, ...]
Equation = dict[Unknown, Fraction]


class Space:
    """All that equations imply, by elimination modulo a prime: exact but
    for one chance in two thousand million.
    """

    def __init__(self, equations: Sequence[Equation]) -> None:
        names = sorted({name for equation in equations for name in equation})
        self.place = {name: position for position, name in enumerate(names)}
        matrix = np.zeros((len(equations), len(names)), np.int64)
        for row, equation in enumerate(equations):
            for name, value in equation.items():
                matrix[row, self.place[name]] = (
                    value.numerator * pow(value.denominator, -1, PRIME) % PRIME
                )
        self.basis, self.pivots = _eliminated(matrix)

    def determines(self, target: Equation) -> bool:
        if any(name not in self.place for name in target):
            return False
        row = np.zeros(len(self.place), np.int64)
        for name, value in target.items():
            row[self.place[name]] = value.numerator % PRIME
        for basis, pivot in zip(self.basis, self.pivots, strict=True):
            if row[pivot]:
                row = (row - row[pivot] * basis) % PRIME
        return not row.any()


def _eliminated(matrix: np.ndarray) -> tuple[np.ndarray, list[int]]:
    pivots: list[int] = []
    top = 0
    for column in range(matrix.shape[1]):
        below = np.flatnonzero(matrix[top:, column])
        if not len(below):
            continue
        swap = top + int(below[0])
        matrix[[top, swap]] = matrix[[swap, top]]
        matrix[top] = matrix[top] * pow(int(matrix[top, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != top]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[top]) % PRIME
        pivots.append(column)
        top += 1
        if top == len(matrix):
            break
    return matrix[:top], pivots
