"""Names at the ends of lines, set apart: lines of programmes end
anywhere in the plot, not only at its right edge.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from kub.look import Palette, label, safe

LETTER, LINE = 7.6, 18  # px of a letter and of a line of text
# px of plot and right margin for which labels are set apart: about the smallest, so that a larger
# one has more room.
SCREEN, PHONE, TALL = 640, 320, 360
# px that a label may be moved down (or up), the least first
MOVES = sorted(range(-180, 181, 3), key=abs)
CROSSING = 20  # px that a label rather moves than be crossed by a line at one of eight places
DOT = 10  # px that a label above or below its own dot keeps from the middle of it
NEAR = 24  # px within which a dot is in the way of the label of another
MARGIN = 16  # px right of the plot where no label asks for more


class Course(NamedTuple):
    """One line: x and y as shares of the plot from its lower left,
    and what is written at its end.
    """

    x: list[float]
    y: list[float]
    end: tuple[Any, float]  # in the units of the axes
    text: list[str]
    color: str
    ink: str  # of the text
    bold: bool

    @property
    def width(self) -> float:
        return LETTER * max(map(len, self.text))


def room(courses: Sequence[Course]) -> int:
    """px of right margin with which every label ends within a figure of SCREEN px."""
    return round(
        max(
            MARGIN,
            *(SCREEN - (SCREEN - course.width - 16) / max(course.x[-1], 0.1) for course in courses),
        )
    )


def apart(
    courses: Sequence[Course], every: Sequence[Course], whole: int, right: int, p: Palette
) -> list[Any]:
    """Labels of `courses`, moved up or down so that they never touch each other, and seldom a line
    of `every`.

    whole: px of the plot with its right margin, which takes `right` of them. The first get the
    best places.
    """
    # left, right, middle from the top, half its height
    boxes: list[tuple[float, float, float, float]] = []
    plot, notes = whole - right, []
    for course in courses:
        x, y, half = course.x[-1] * plot, (1 - course.y[-1]) * TALL, LINE * len(course.text) / 2
        left = min(_clear(x, y, every, plot) + 12, whole - course.width)
        beside = [(m, h + half) for a, b, m, h in boxes if a < left + course.width and left < b]
        if left < x:
            beside.append((y, half + DOT))
        probes = np.linspace(left, left + course.width, 8) / plot
        heights = np.concatenate(
            [np.interp(probes, line.x, line.y, np.nan, np.nan) for line in every]
        )
        down = _moved(y, half, beside, (1 - heights[~np.isnan(heights)]) * TALL)
        boxes.append((left, left + course.width, y + down, half))
        notes.append(_note(course, left - x, down, p))
    return notes


def _clear(x: float, y: float, every: Sequence[Course], plot: float) -> float:
    """px from the left of the last dot close to the right of the one at
    x, y: a label stands behind them all.
    """
    ends = ((line.x[-1] * plot, (1 - line.y[-1]) * TALL) for line in every)
    return max([x, *(at for at, height in ends if x < at < x + NEAR and abs(height - y) < NEAR)])


def _moved(y: float, half: float, beside: list[tuple[float, float]], lines: Any) -> int:
    """px by which a label at `y` goes down.

    beside: middles of labels in its way with the distance due; lines: px.
    """

    def cost(down: int) -> float:
        return abs(down) + CROSSING * int((abs(lines - y - down) < half).sum())

    free = [down for down in MOVES if all(abs(y + down - middle) >= due for middle, due in beside)]
    inside = [down for down in free if half <= y + down <= TALL - half]
    return min(inside or free or [0], key=cost)


def _note(course: Course, right: float, down: int, p: Palette) -> dict[str, Any]:
    """The label `right` and `down` px from the end of its line; a thin
    line leads to it where that is far.
    """
    first, *more = (safe(part) for part in course.text)
    body = "<br>".join([f"<b>{first}</b>" if course.bold else first, *more])
    note = label(*course.end, "", course.ink) | {"text": body, "bgcolor": p.background}
    if abs(down) < LINE or right < 0:  # above or below its dot it needs no line
        return note | {"xshift": right, "yshift": -down}
    lead = {
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": course.color,
        "standoff": 5,
    }
    return note | lead | {"ax": right, "ay": down, "xshift": 0, "yshift": 0}
