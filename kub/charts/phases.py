"""What is marked under a line of Pertumbuhan where it has room: the years in which closings reach
foundings, and the pace of the last years beside that of the years before.

The takeaway says both too, so a picture without room leaves them out.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kub.charts.chart_data import ChartData
from kub.charts.diamonds import NARROW, WIDE
from kub.charts.label_layout import GAP, LINE, Box, text_width
from kub.charts.labels import SPARE
from kub.charts.years import day
from kub.findings.pace import kind, paces
from kub.findings.phases import closing_years, runs
from kub.findings.phrases import Row, records, signed_share, span
from kub.look import Palette, label
from kub.words import Words

PANEL = 140  # px: the lowest panel of any screen, stage or paper
FOOT, RULE = 3, 26  # px above the axis: of the label of a band, of the rule under a pace
APART = pd.Timedelta(days=20)  # between the rules of two paces and where both meet
BEFORE = 110  # px left of a diamond that its label may take
TURNS = ("slows", "speeds", "turns", "recovers")  # of kub.findings.pace.kind: what changed
Marks = tuple[list[dict[str, Any]], list[dict[str, Any]]]  # shapes and annotations
NOTHING: Marks = ([], [])


class _Plot(NamedTuple):
    """px of a panel as wide as thought; a wider one has more room everywhere.

    line, marks: px from the left of the points of the line and of the diamonds, and px above the
    axis.
    """

    start: pd.Timestamp
    width: float
    per_day: float
    line: tuple[list[float], list[float]]
    marks: tuple[list[float], list[float]]

    def x(self, on: Any) -> float:
        return float((pd.Timestamp(on) - self.start).days * self.per_day)

    def is_clear(self, box: Box) -> bool:
        """Whether line and diamonds, whose labels stand left of them, pass above it."""
        passing: list[float] = np.interp([box.left, box.right], *self.line).tolist()
        for (xs, heights), after in ((self.line, 0), (self.marks, BEFORE)):
            passing += [
                height
                for x, height in zip(xs, heights, strict=True)
                if box.left <= x <= box.right + after
            ]
        return min(passing) > box.high + LINE / 2


def under(
    frame: pd.DataFrame,
    panel: ChartData,
    measure: str,
    marks: Sequence[Row],
    words: Words,
    p: Palette,
    narrow: bool,
) -> Marks:
    """The marks of one panel: closings under KUB, the pace under what the title speaks of.

    frame: of `growth`. marks: the published figures of this measure.
    """
    rows, high = records(frame), panel.axis.high if panel.axis else 0
    column = "active" if measure == "kub" else measure
    known = [row for row in rows if not pd.isna(row[column])]
    if len(known) < 2 or not high:
        return NOTHING
    start, end = (pd.Timestamp(rows[at]["as_of"]) for at in (0, -1))
    width = NARROW if narrow else WIDE
    per_day = width / (end - start).days

    def placed(on: Sequence[Any], values: Sequence[float]) -> tuple[list[float], list[float]]:
        days = [(pd.Timestamp(moment) - start).days for moment in on]
        return [per_day * n for n in days], [PANEL * value / high for value in values]

    line = placed([row["as_of"] for row in known], [row[column] for row in known])
    diamonds = placed([mark["date"] for mark in marks], [mark["published"] for mark in marks])
    plot = _Plot(start, width, per_day, line, diamonds)
    bands = _closings(rows, plot, words, p) if measure == "kub" else NOTHING
    # A phone has no room for three years and what is written of them.
    paced = panel.series[0].role == "own" and not narrow
    pace = _pace(frame, column, plot, words, p) if paced else NOTHING
    return bands[0] + pace[0], bands[1] + pace[1]


def _year_end(year: int) -> pd.Timestamp:
    return pd.Timestamp(date(year, 12, 31))


def _closings(rows: Sequence[Row], plot: _Plot, words: Words, p: Palette) -> Marks:
    """A band for years of closings, the newest with what it means; no band where none says it."""
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    taken: list[Box] = []
    for first, last in reversed(runs(closing_years(rows))):
        ends = (_year_end(first - 1), _year_end(last))
        shapes.append(
            {
                "type": "rect",
                "x0": day(ends[0]),
                "x1": day(ends[1]),
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"width": 0},
                "fillcolor": p.tint,
            }
        )
        years = span(first, last)
        text = years if notes else words("growth.mark.closings", years=years)
        at, side, box = _placed(text, ends, plot)
        if plot.is_clear(box) and not any(box.touches(other, GAP) for other in taken):
            taken.append(box)
            notes.append(_note(at, text, FOOT, p) | {"xanchor": side})
    return (shapes, notes) if notes else NOTHING


def _placed(
    text: str, ends: tuple[pd.Timestamp, pd.Timestamp], plot: _Plot
) -> tuple[pd.Timestamp, str, Box]:
    """Under the middle of a band, or within the plot from its end."""
    (left, right), width = (plot.x(end) for end in ends), text_width(text)
    middle = (left + right) / 2
    if middle + width / 2 > plot.width:
        return ends[1], "right", Box(right - width, right, FOOT, FOOT + LINE)
    if middle < width / 2:
        first = max(left, 0)  # the band of the first year begins before the line
        return max(ends[0], plot.start), "left", Box(first, first + width, FOOT, FOOT + LINE)
    half = Box(middle - width / 2, middle + width / 2, FOOT, FOOT + LINE)
    return ends[0] + (ends[1] - ends[0]) / 2, "center", half


def _pace(frame: pd.DataFrame, column: str, plot: _Plot, words: Words, p: Palette) -> Marks:
    """A rule under each of two times of growth, with its pace, where the second differs."""
    now, before = paces(frame, column)
    if now is None or before is None or kind(now, before) not in TURNS:
        return NOTHING
    shapes, notes = [], []
    for pace in (before, now):
        ends = _year_end(pace.since), _year_end(pace.until)
        left, right = (plot.x(end) for end in ends)
        text = words("growth.mark.pace", rate=signed_share(words, pace.rate))
        room = Box(left, right, RULE, RULE + 2 + LINE)
        if text_width(text) > right - left - GAP or not plot.is_clear(room):
            return NOTHING
        shapes.append(
            {
                "type": "line",
                "x0": day(ends[0] + APART),
                "x1": day(ends[1] - APART),
                "ysizemode": "pixel",
                "yanchor": 0,
                "y0": RULE,
                "y1": RULE,
                "line": {"color": p.muted, "width": 1},
            }
        )
        middle = ends[0] + (ends[1] - ends[0]) / 2
        notes.append(_note(middle, text, RULE + 2, p))
    return shapes, notes


def _note(at: pd.Timestamp, text: str, up: int, p: Palette) -> dict[str, Any]:
    """A quiet label so many px above the axis."""
    place = {"xanchor": "center", "align": "center", "yanchor": "bottom", "name": SPARE}
    return label(day(at), 0, text, p.muted) | place | {"xshift": 0, "yshift": up}
