"""Years on a date axis: a year's value stands at its as-of date, so
a published day lies where it belongs.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

import pandas as pd
from babel.dates import format_date

from kub.charts.chart_data import Axis, Point, Role, Series
from kub.charts.label_layout import widest
from kub.findings.phrases import Row
from kub.look import BODY, SMALL, Palette, label, line, safe
from kub.words import Words

HEADROOM = 1.18  # above the highest value, for labels
FEW_STEPS = 5  # below it Plotly would put fractions between whole numbers
WIDE, NARROW = 12, 5  # year labels that fit, on a screen and on a phone


def day(value: Any) -> str:
    """A date of a data frame as Plotly reads it: '2023-06-30'."""
    return pd.Timestamp(value).date().isoformat()


def days(rows: Sequence[Row]) -> list[str]:
    """The as-of date of each row."""
    return [day(row["as_of"]) for row in rows]


def month(value: Any, words: Words) -> str:
    """'Jun 2023'."""
    return format_date(pd.Timestamp(value).date(), "MMM y", locale=words.lang)


def every(count: int, most: int) -> int:
    """The step that leaves at most `most` of `count` labels."""
    return max(1, ceil(count / most))


def axis(rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The x axis on a screen, and what differs on a phone.

    An unfinished year has no label here: its dot has one.
    """
    finished = [row for row in rows if not row["provisional"]] or list(rows)
    wide, narrow = (_labelled(finished, most) for most in (WIDE, NARROW))
    first, last = (pd.Timestamp(rows[end]["as_of"]) for end in (0, -1))
    # A little room on the left keeps the first year clear of the other axis's zero.
    pad = max((last - first) * 0.03, pd.Timedelta(days=40))
    end = last + (pad / 3 if last > first else pad)
    return {"type": "date", "tickangle": 0, "range": [day(first - pad), day(end)]} | wide, narrow


def every_other(x: dict[str, Any]) -> dict[str, Any]:
    """Every other label of an axis of years, the last among them: for half a page."""
    return {name: x[name][::-2][::-1] for name in ("tickvals", "ticktext")}


def series(
    rows: Sequence[Row], values: Sequence[float | None], name: str, role: Role = "own"
) -> Series:
    """`values` at the rows' dates, from the first that is known to the last."""
    known = [number for number, value in enumerate(values) if not pd.isna(value)]
    first, until = (known[0], known[-1] + 1) if known else (0, 0)
    points = tuple(
        Point(pd.Timestamp(row["as_of"]).date(), None if pd.isna(value) else value)
        for row, value in zip(rows[first:until], values[first:until], strict=True)
    )
    unfinished = until > 1 and bool(rows[until - 1]["provisional"])
    return Series(name, points, role, provisional=unfinished)


def from_zero(highest: float, headroom: float = HEADROOM) -> Axis:
    """Values from zero to a little above `highest`."""
    return Axis(0, highest * headroom)


def value_axis(highest: float) -> dict[str, Any]:
    """A y axis from zero to a little above `highest`, in whole numbers."""
    axis = {"range": [0, from_zero(max(highest, 1)).high], "nticks": 5, "tickformat": ",d"}
    return axis | ({"dtick": 1} if highest < FEW_STEPS else {})


def _labelled(rows: list[Row], most: int) -> dict[str, Any]:
    shown = rows[:: -every(len(rows), most)][::-1]
    return {"tickvals": days(shown), "ticktext": [str(row["year"]) for row in shown]}


def course(data: Series, p: Palette) -> list[dict[str, Any]]:
    """The line of a series over dates; the step to an unfinished year is dashed."""
    hover = f"%{{x|%Y}}<br>{safe(data.name)} %{{y:,.0f}}<extra></extra>"
    return line(
        [day(key) for key in data.keys],
        data.values,
        data.color(p),
        provisional=data.provisional,
        hovertemplate=hover,
    )


def ending(row: Row, value: float, color: str, words: Words, p: Palette) -> dict[str, Any]:
    """The last value, large; and its month where the year is unfinished.

    Needs `room` on the right.
    """
    text = f"<b>{words.number(value)}</b>"
    if row["provisional"]:
        text += (
            f'<br><span style="font-size:{SMALL}px;color:{p.muted}">'
            f"{month(row['as_of'], words)}</span>"
        )
    return label(day(row["as_of"]), value, "", color) | {
        "text": text,
        "font": {"color": color, "size": BODY},
    }


def room(row: Row, values: Sequence[float], words: Words) -> int:
    """px to leave right of the plot for these endings."""
    longest = widest(map(words.number, values), 700, BODY)
    return max(round(16 + longest), 76 if row["provisional"] else 0)
