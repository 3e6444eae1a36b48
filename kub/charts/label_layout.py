"""Keeps labels of a chart from lying on each other: what it may do with those that would.

A label is a box in px; x grows to the right and y upwards, from any corner that all boxes of a
call share. A chart says where its labels would stand best and which of three things may happen
where they collide: the less important are left out (`kept`), all give way along one line
(`spread`), or each looks for a free place in turn (`free_move`). What such a box means on its
axes, and how the label is then drawn, stays with the chart.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import inf
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import ImageFont
from scipy.optimize import isotonic_regression

from kub.look import SMALL

FONTS = Path(__file__).parents[1] / "exports" / "fonts"
LINE = 18  # px of a line of text of size SMALL
GAP = 10  # px between two texts side by side: three blanks, so that they are not read as one
BOLD = 600  # a weight from which letters are measured as bold ones


class Box(NamedTuple):
    """A rectangle, px. Sides may be infinite."""

    left: float
    right: float
    low: float
    high: float

    def moved(self, up: float) -> "Box":
        return self._replace(low=self.low + up, high=self.high + up)

    def touches(self, other: "Box", gap: float = 0) -> bool:
        """Whether they overlap, or stand beside each other with less than `gap` px between."""
        beside = self.left < other.right + gap and other.left < self.right + gap
        return beside and self.low < other.high and other.low < self.high

    def is_inside(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.low <= self.low and self.high <= other.high


@lru_cache(maxsize=4096)
def text_width(text: str, weight: int = 400, size: int = SMALL) -> float:
    """px of a text in the product's typeface."""
    return float(_font("bold" if weight >= BOLD else "regular", size).getlength(text))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"plus-jakarta-sans-{name}.ttf", size)


def widest(texts: Iterable[str], weight: int = 400, size: int = SMALL) -> float:
    """px of the longest of the texts; 0 of none."""
    return max((text_width(text, weight, size) for text in texts), default=0)


def centred(text: str, x: float, y: float, weight: int = 400) -> Box:
    """A line of text with its middle at x, y."""
    half = text_width(text, weight) / 2
    return Box(x - half, x + half, y - LINE / 2, y + LINE / 2)


def kept(boxes: Iterable[Box], gap: float = GAP) -> list[int]:
    """Places of the boxes, the most important first, that touch none before them which stays.

    gap: px between two side by side.
    """
    staying: list[tuple[int, Box]] = []
    for place, box in enumerate(boxes):
        if not any(box.touches(other, gap) for _, other in staying):
            staying.append((place, box))
    return [place for place, _ in staying]


def spread(
    middles: Sequence[float], sizes: Sequence[float], low: float = -inf, high: float = inf
) -> list[float]:
    """Middles, in the order given, moved along a line as little as can be until no two touch.

    middles, sizes: px, of pieces that have an order. low, high: between which the pieces lie
    whole; those that are longer than that together stick out at `low`. The shifts have the
    least sum of squares.
    """
    if not middles:
        return []
    # Less the lengths of those before it, a piece must only not lie below its neighbour.
    before = np.array([0, *accumulate(sizes)])
    offsets = before[:-1] + np.array(sizes) / 2
    starts = isotonic_regression(np.array(middles) - offsets).x
    starts = np.minimum(np.maximum(starts, low), high - before[-1])
    return [float(place) for place in starts + offsets]


def free_move(
    box: Box,
    taken: Sequence[Box],
    moves: Sequence[float],
    cost: Callable[[Box], float],
    within: Box,
) -> float:
    """px by which the box goes up (or down, below 0) to touch none of those taken.

    Of the moves that are free the one whose cost and length are least together, the first of
    equals; those that leave the box in `within` come before all others, and 0 is where none is
    free.
    """
    free = [up for up in moves if not any(box.moved(up).touches(other) for other in taken)]
    inside = [up for up in free if box.moved(up).is_inside(within)]
    return min(inside or free or [0], key=lambda up: abs(up) + cost(box.moved(up)))
