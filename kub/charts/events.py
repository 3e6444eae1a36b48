"""Published events on an axis of dates that two panels share: a tick and a short name between
them, where nothing else is written, so that no name of a phase, of a diamond or of a line's end
can lie on one.

All of them stand below the chart with date and source (kub/findings/events.py), so a phone, which
has no room for names, leaves them out.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.diamonds import WIDE
from kub.charts.label_layout import LINE, Box, kept, text_width
from kub.charts.labels import SPARE
from kub.charts.years import day
from kub.findings.events import Event
from kub.findings.phrases import Row
from kub.look import Palette, label
from kub.words import Words

TICK = 15  # px below the axis of the upper panel
BESIDE = 5  # px between a tick and its name


def marks(
    events: Sequence[Event], rows: Sequence[Row], words: Words, p: Palette, panel: Sequence[float]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(shapes, annotations). rows: of `growth`. panel: foot and top of the upper one, of the
    height.
    """
    foot, top = panel
    start, end = (pd.Timestamp(rows[at]["as_of"]) for at in (0, -1))
    per_day = WIDE / max((end - start).days, 1)
    shapes, notes, boxes = [], [], []
    # The newest first: where two have no room, it is the older one that gives way.
    for event in reversed(events):
        x, on = (pd.Timestamp(event.on) - start).days * per_day, day(event.on)
        text = event.labels[words.lang]
        # As faint as the grid through both panels, for a number may be written across it.
        shapes.append(_line(on, p.grid) | {"y0": 0, "y1": top})
        shapes.append(
            _line(on, p.muted) | {"ysizemode": "pixel", "yanchor": foot, "y0": 0, "y1": -TICK}
        )
        width = text_width(text)
        turned = x + BESIDE + width > WIDE
        side = -1 if turned else 1
        place = {"yref": "paper", "yanchor": "top", "yshift": 0, "name": SPARE}
        place |= {"xanchor": "right" if turned else "left", "xshift": side * BESIDE}
        notes.append(label(on, foot, text, p.muted) | place)
        ends = sorted((x + side * BESIDE, x + side * (BESIDE + width)))
        boxes.append(Box(ends[0], ends[1], 0, LINE))
    return shapes, [notes[at] for at in kept(boxes)]


def _line(on: str, color: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": on,
        "x1": on,
        "layer": "below",
        "line": {"color": color, "width": 1},
    }
