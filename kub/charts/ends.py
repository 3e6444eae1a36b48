"""Names at the ends of lines, set apart: lines of programmes end
anywhere in the plot, not only at its right edge.
"""

from collections.abc import Callable, Sequence
from math import inf
from typing import Any, NamedTuple

import numpy as np

from kub.charts.label_layout import LINE, Box, free_move, widest
from kub.look import Palette, label, safe

# px of plot and right margin for which labels are set apart: about the smallest, so that a larger
# one has more room.
SCREEN, PHONE, TALL = 640, 320, 360
# times the width of a text that its label takes: a plot may be somewhat smaller than that
SLACK = 1.13
# px that a label may be moved up (or down), the least first
MOVES = sorted(range(180, -181, -3), key=abs)
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
        """px that its label takes."""
        return SLACK * widest(self.text, 700 if self.bold else 400)


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
    taken: list[Box] = []
    plot, notes = whole - right, []
    for course in courses:
        x, y, half = course.x[-1] * plot, course.y[-1] * TALL, LINE * len(course.text) / 2
        left = min(_clear(x, y, every, plot) + 12, whole - course.width)
        box = Box(left, left + course.width, y - half, y + half)
        own = [Box(-inf, inf, y - DOT, y + DOT)] if left < x else []
        up = free_move(
            box, [*taken, *own], MOVES, _crossings(box, every, plot), Box(-inf, inf, 0, TALL)
        )
        taken.append(box.moved(up))
        notes.append(_note(course, left - x, up, p))
    return notes


def _clear(x: float, y: float, every: Sequence[Course], plot: float) -> float:
    """px from the left of the last dot close to the right of the one at
    x, y: a label stands behind them all.
    """
    ends = ((line.x[-1] * plot, line.y[-1] * TALL) for line in every)
    return max([x, *(at for at, height in ends if x < at < x + NEAR and abs(height - y) < NEAR)])


def _crossings(box: Box, every: Sequence[Course], plot: float) -> Callable[[Box], float]:
    """What lines cost that run through a box as wide and as far left as this one: CROSSING each,
    at each of eight places.
    """
    probes = np.linspace(box.left, box.right, 8) / plot
    heights = TALL * np.concatenate(
        [np.interp(probes, line.x, line.y, np.nan, np.nan) for line in every]
    )

    def cost(moved: Box) -> float:
        # Where a line has ended its height is no number, which lies in no box.
        return CROSSING * int(((moved.low < heights) & (heights < moved.high)).sum())

    return cost


def _note(course: Course, right: float, up: float, p: Palette) -> dict[str, Any]:
    """The label `right` and `up` px from the end of its line; a thin
    line leads to it where that is far.
    """
    first, *more = (safe(part) for part in course.text)
    body = "<br>".join([f"<b>{first}</b>" if course.bold else first, *more])
    note = label(*course.end, "", course.ink) | {"text": body, "bgcolor": p.background}
    if abs(up) < LINE or right < 0:  # above or below its dot it needs no line
        return note | {"xshift": right, "yshift": up}
    lead = {
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": course.color,
        "standoff": 5,
    }
    return note | lead | {"ax": right, "ay": -up, "xshift": 0, "yshift": 0}
