"""Intervals as lines of a series of their own: LibreOffice leaves out
sideways error bars with lengths of their own.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kub.exports.pptx.sketch import Series, Sketch


def with_intervals(sketch: Sketch) -> Sketch:
    """Before the dots, and so beneath them, the interval of each; the series with most points
    first.

    LibreOffice forgets the lines of a chart's first series once a later one has more points.
    """
    if sketch.kind not in ("rows", "xy"):
        return sketch
    lines = [_line(one, sketch.interval) for one in sketch.series if one.high]
    series = [*lines, *(replace(one, low=(), high=()) for one in sketch.series)]
    longest = max(series, key=lambda one: len(one.points))
    return replace(sketch, series=[longest, *(one for one in series if one is not longest)])


def _line(one: Series, name: str) -> Series:
    """From the lower to the upper end of each interval; a value
    left blank parts it from the next.
    """
    points: list[tuple[Any, Any]] = []
    ends: Sequence[tuple[tuple[Any, Any], float, float]] = list(
        zip(one.points, one.low, one.high, strict=True)
    )
    for (across, up), low, high in ends:
        points += [(across - low, up), (across + high, up), (across + high, None)]
    return Series(points[:-1], one.color, f"{one.name}: {name}", joined=True, interval=True)
