"""Intervals as lines of a series of their own: LibreOffice leaves out
sideways error bars with lengths of their own.
"""

from dataclasses import dataclass, replace

from kub.charts.chart_data import ChartData, Point, Series

PARTED = ""  # key of a point without a height: it parts an interval from the next


@dataclass(frozen=True)
class Interval(Series):
    """From the lower to the upper end of each interval of a series."""


def with_intervals(panel: ChartData, interval: str) -> ChartData:
    """Before the dots, and so beneath them, the interval of each; the series with most points
    first.

    LibreOffice forgets the lines of a chart's first series once a later one has more points.
    interval: what they are, in words.
    """
    if panel.kind not in ("dots", "xy"):
        return panel
    lines = [_line(dots, interval) for dots in panel.series if dots.points[0].high is not None]
    series = [*lines, *panel.series]
    longest = max(series, key=lambda dots: len(dots.points))
    others = [dots for dots in series if dots is not longest]
    return replace(panel, series=(longest, *others))


def _line(dots: Series, interval: str) -> Interval:
    ends: list[Point] = []
    for point in dots.points:
        pair = (Point(point.key, point.low), Point(point.key, point.high))
        ends += [*pair, Point(PARTED, point.high)]
    return Interval(f"{dots.name}: {interval}", tuple(ends[:-1]), dots.role)
