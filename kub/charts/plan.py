"""The replication plan year by year, and the course of the programme that it follows."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts import years
from kub.charts.chart_data import Axis, Chart, ChartData, Series, nothing, points
from kub.charts.label_layout import LINE, Box, kept
from kub.findings.replication import Plan
from kub.look import Mode, Palette, label, line, palette, safe
from kub.words import Words

# px right of the plot: for values with a word, and on a phone for values alone
ROOM, ROOM_NARROW = 120, 44
PLOT = 250  # px high: the plot, about; what a smaller one would let touch is left out


def plan(frame: pd.DataFrame, words: Words, mode: Mode, plan: Plan) -> Chart:
    """KUB at the end of each year up to the goal, with the band of a slower and a faster pace."""
    p = palette(mode)
    start = plan.guest.kub
    x = [plan.assumed.first_year - 1, *frame["year"].tolist()]
    low, kub, high = ([start, *frame[name].tolist()] for name in ("kub_low", "kub", "kub_high"))
    top = max(high[-1], 1) * years.HEADROOM
    shown = ChartData(
        "xy",
        (
            Series(words("plan.slow"), points(x, low), "context"),
            Series(words("plan.fast"), points(x, high), "context"),
            Series(plan.guest.regency, points(x, kub), "guest"),
        ),
        axis=Axis(0, top),
    )
    hover = f"%{{x}}<br>{safe(plan.guest.regency)}: %{{y:,.0f}} KUB<extra></extra>"
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0, "color": p.line},
        "hoverinfo": "skip",
    }
    data = [
        edge | {"y": low},
        edge | {"y": high, "fill": "tonexty", "fillcolor": p.grid},
        *line(x, kub, shown.series[-1].color(p), hovertemplate=hover),
    ]
    layout, narrow = _axes(x, top)
    goal = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": kub[-1], "y1": kub[-1]}
    goal |= {"line": {"color": p.accent, "width": 1.5, "dash": "dash"}}
    named = label(
        x[0], kub[-1], words("plan.goal_line", host=plan.host.regency), p.accent, side="top"
    )
    named |= {"xanchor": "left", "xshift": 0, "yshift": 2}
    first = label(x[0], start, words.number(start), p.guest, side="top") | {
        "xanchor": "left",
        "xshift": 4,
    }
    endings = [(kub[-1], "", p.guest), (high[-1], "fast", p.muted), (low[-1], "slow", p.muted)]
    wide = [named, first, *_endings(x[-1], endings, top, words)]
    phone = [named, first, *_endings(x[-1], [(y, "", ink) for y, _, ink in endings], top, words)]
    figure = {
        "data": data,
        "layout": layout
        | {
            "shapes": [goal],
            "annotations": wide,
            "margin": {"r": ROOM},
            "meta": {"narrow": narrow | {"annotations": phone, "margin": {"r": ROOM_NARROW}}},
        },
    }
    return Chart(shown, figure)


def _endings(
    x: int, endings: Sequence[tuple[int, str, str]], top: float, words: Words
) -> list[dict[str, Any]]:
    """Values beside the last year: the plan, which comes first, and the
    others only where they do not touch it.
    """
    heights = [y / top * PLOT for y, _, _ in endings]
    clear = kept(Box(0, 1, height - LINE / 2, height + LINE / 2) for height in heights)
    notes = []
    for place in clear:
        y, pace, ink = endings[place]
        text = f"{words.number(y)} {words(f'plan.{pace}')}" if pace else words.number(y)
        notes.append(label(x, y, text, ink, bold=place == 0))
    return notes


def pace(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Active KUB by year of the programme."""
    p: Palette = palette(mode)
    x, kub = frame["age"].tolist(), frame["kub"].tolist()
    if not max(kub):
        return nothing(words("pace.none_todo"), mode)
    course = Series(words("growth.heading_kub"), points(x, kub))
    data = ChartData("xy", (course,), axis=years.from_zero(max(kub)))
    layout, narrow = _axes(x, max(kub) * years.HEADROOM)
    hover = f"{words('column.age')} %{{x}}<br>%{{y:,.0f}} KUB<extra></extra>"
    ending = label(x[-1], kub[-1], words.number(kub[-1]), p.accent, bold=True)
    layout |= {"annotations": [ending], "margin": {"r": ROOM_NARROW}, "meta": {"narrow": narrow}}
    traces = line(x, course.values, course.color(p), hovertemplate=hover)
    return Chart(data, {"data": traces, "layout": layout})


def _axes(x: Sequence[int], top: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both axes over whole years, and what differs on a phone: every second
    or so of the years, the last among them.
    """
    pad = max((x[-1] - x[0]) * 0.03, 0.3)
    wide, narrow = (
        {"xaxis": {"tickvals": list(x)[:: -years.every(len(x), most)][::-1]}}
        for most in (years.WIDE, years.NARROW)
    )
    axis = {
        "type": "linear",
        "tickformat": "d",
        "tickangle": 0,
        "range": [x[0] - pad, x[-1] + pad / 3],
    }
    return {
        "xaxis": axis | wide["xaxis"],
        "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",d"},
    }, narrow
