"""Published figures beside the records: open diamonds with
their value, on the day they speak of.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.chart_data import Series
from kub.charts.chart_data import published as published_series
from kub.charts.label_layout import LINE, Box, kept, text_width
from kub.charts.labels import SPARE
from kub.charts.years import day, month
from kub.findings.phrases import Row, records
from kub.look import Palette, label, published, safe
from kub.words import Words
from queries.filters import Filters

INDICATOR = {"kub": "kub", "members": "anggota"}  # measure -> what the records call it
WIDE, NARROW = 560, 240  # px of the time axis, on paper (the screen has more) and on a phone
GAP = 2  # px between two labels: each begins with a sign that sets it apart
EARLY = 0.15  # of the time axis: further left there is no room for a label on the left


def rows_of(frame: pd.DataFrame | None, measure: str) -> list[Row]:
    """The published figures of a measure.

    frame: rows of `reconcile`, or None where none are to be shown.
    """
    return [] if frame is None else records(frame[frame["indicator"] == INDICATOR[measure]])


def series(marks: Sequence[Row], words: Words) -> tuple[Series, ...]:
    """The diamonds as a series; none where nothing was published."""
    dates = [pd.Timestamp(mark["date"]).date() for mark in marks]
    return published_series(words, dates, [mark["published"] for mark in marks])


def trace(marks: Sequence[Row], measure: str, words: Words, p: Palette) -> dict[str, Any]:
    """The diamonds, with their source in the hover."""
    what = words(f"growth.heading_{measure}")
    texts = [
        words("growth.hover_published", what=what, value=m["published"], on=m["date"])
        for m in marks
    ]
    hover = [f"{safe(text)}<br>{safe(m['source'])}" for text, m in zip(texts, marks, strict=True)]
    dates, values = [day(m["date"]) for m in marks], [m["published"] for m in marks]
    return published(dates, values, p, hovertext=hover, hoverinfo="text")


def labels(
    marks: Sequence[Row], first: Any, last: Any, words: Words, p: Palette, narrow: bool
) -> list[dict[str, Any]]:
    """'◇ 153, Nov 2017' beside each diamond that has room, newest first; on a phone without the
    month.

    Where the drawing is narrower than thought, chart_fit.js leaves the older of two out: its
    diamond stays.

    first, last: ends of the time axis.
    """
    start = pd.Timestamp(first)
    span = max(pd.Timestamp(last) - start, pd.Timedelta(days=1))
    notes, boxes = [], []
    for mark in reversed(marks):
        on = pd.Timestamp(mark["date"])
        text = f"◇ {words.number(mark['published'])}" + ("" if narrow else f", {month(on, words)}")
        # Left of the point: there a growing line leaves room.
        early = on - start < span * EARLY
        place = {
            "xanchor": "left" if early else "right",
            "yanchor": "bottom",
            "xshift": -6 if early else 6,
            "yshift": 9,
        }
        notes.append(label(day(on), mark["published"], text, p.published) | place | {"name": SPARE})
        x, width = (on - start) / span * (NARROW if narrow else WIDE), text_width(text)
        # How high a diamond stands is not known here, so no two may share a stretch of time.
        boxes.append(Box(x if early else x - width, x + width if early else x, 0, LINE))
    return [notes[place] for place in kept(boxes, GAP)]


def fits(filters: Filters) -> bool:
    """Whether published figures may stand beside the records: they speak
    of the whole programme, never of a part.
    """
    return not (filters.districts or filters.villages or filters.sectors)
