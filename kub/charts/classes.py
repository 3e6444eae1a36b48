"""Values into at most five classes with limits people can read: a few counts each by itself, more
in round steps. A class that nothing is in is left out; the others keep the colours of their place.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kub.look import Palette
from kub.words import Words

MOST = 5
ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)
# One class may hold this part of all values; beyond it equal steps hide the differences, and
# quantiles do not.
CROWDED = 0.6
# Which of the five colours fewer classes use, so that neighbours stay apart.
SPREAD = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}

DARK_FROM = 3  # of the five colours


@dataclass(frozen=True)
class Classes:
    """bounds: lowest and highest value of each class, ascending. whole: counts, not rates. shades:
    which of the five colours each has.
    """

    bounds: tuple[tuple[float, float], ...]
    whole: bool
    shades: tuple[int, ...]

    def of(self, value: float) -> int:
        """The class of a value, from 0; a rate on the limit of two belongs to the lower."""
        return next(
            (i for i, (_, high) in enumerate(self.bounds) if value <= high), len(self.bounds) - 1
        )

    def colors(self, p: Palette) -> list[str]:
        return [p.steps[shade] for shade in self.shades]

    def is_dark(self, shade: int) -> bool:
        """Whether a name upon it must be light (in dark mode, where
        steps run the other way, dark).
        """
        return self.shades[shade] >= DARK_FROM

    def labels(self, words: Words, spec: str = "") -> list[str]:
        """'7', '1–5', '6–10'; of rates '0,5–1,0'; of money ("rp") 'Rp 20–40 juta'."""
        if spec == "rp":
            return [words.rupiah_range(low, high) for low, high in self.bounds]
        spec = "n" if self.whole else "n1"
        written = [(words.write(low, spec), words.write(high, spec)) for low, high in self.bounds]
        return [
            low if low == high else words("villages.legend.range", low=low, high=high)
            for low, high in written
        ]


def classes(values: Sequence[float], money: bool = False, scale: Sequence[float] = ()) -> Classes:
    """Classes of at least one value. Counts are those that are all whole; money never is one.

    scale: values that the limits are made for instead, as long as they hold these too: so the maps
    of several years have the same.
    """
    bounds, whole = _limits(scale or values, money)
    if not all(any(low <= value <= high for low, high in bounds) for value in values):
        bounds, whole = _limits([*values, *scale], money)
    shades = SPREAD[len(bounds)]
    every = Classes(bounds, whole, shades)
    held = sorted({every.of(value) for value in values})
    return Classes(tuple(bounds[at] for at in held), whole, tuple(shades[at] for at in held))


def _limits(values: Sequence[float], money: bool) -> tuple[tuple[tuple[float, float], ...], bool]:
    """Lowest and highest value of each class, and whether they are counts."""
    whole = not money and all(float(value).is_integer() for value in values)
    distinct = sorted(set(map(float, values)))
    if whole and len(distinct) <= MOST:
        return tuple((value, value) for value in distinct), whole
    uppers = _steps(distinct[-1], whole)
    if _fullest(values, uppers) > CROWDED * len(values):
        uppers = _quantiles(sorted(values), whole)
    lows = [min(distinct[0], 1.0) if whole else 0.0, *(upper + whole for upper in uppers[:-1])]
    return tuple(zip(lows, uppers, strict=True)), whole


def _steps(largest: float, whole: bool) -> list[float]:
    """Equal round steps up to the largest value."""
    width = _round_up(largest / MOST, whole)
    return [_tidy(width * (i + 1)) for i in range(max(math.ceil(_tidy(largest / width)), 1))]


def _quantiles(ordered: Sequence[float], whole: bool) -> list[float]:
    """Steps that hold about equally many villages each, their limits
    rounded up; the last reaches the largest value.
    """
    limits = [_round_up(ordered[len(ordered) * (i + 1) // MOST - 1], whole) for i in range(MOST)]
    return sorted(set(limits))


def _round_up(value: float, whole: bool) -> float:
    """The next round number that is not smaller."""
    if value <= 0:
        return 1.0 if whole else 0.1
    power = 10.0 ** math.floor(math.log10(value))
    least = 1.0 if whole else 0.1  # rates are written with one decimal
    steps = [_tidy(step * power) for step in ROUND if _tidy(step * power / least).is_integer()]
    return next(step for step in [*steps, least] if step >= max(_tidy(value), least))


def _tidy(value: float) -> float:
    """Without the last bits of binary arithmetic: 0.30000000000000004 is 0.3."""
    return round(value, 9)


def _fullest(values: Sequence[float], uppers: Sequence[float]) -> int:
    edges = [-math.inf, *uppers]
    return max(sum(low < value <= high for value in values) for low, high in pairwise(edges))
