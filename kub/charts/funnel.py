"""The funnel of rates: which programme differs from the average by more than chance would?"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.benchmark import named, rate_hover, role_of, series_name, sign_of
from kub.charts.chart_data import (
    Axis,
    Chart,
    ChartData,
    Role,
    Series,
    color,
    nothing,
    points,
)
from kub.charts.dots import dots_trace, label_room
from kub.charts.label_layout import LINE, spread
from kub.findings import benchmark as findings
from kub.findings.phrases import Row
from kub.look import Mode, Palette, label, palette
from kub.words import Words
from kub.words.columns import rate_kind

PLOT = 340  # px high: the plot of a funnel
STEPS = 48  # points of a limit's curve


def rates_funnel(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str,
    own: str | None,
    per: str = "residents",
) -> Chart:
    """Rates against size, between the limits that chance leaves: who really differs?"""
    if per == "count":
        return nothing(words("funnel.count_todo"), mode)
    p, rows = palette(mode), findings.rows_per(frame, per)
    if len(rows) < 2:
        return nothing(words("benchmark.alone_todo"), mode)
    held, overall = findings.points(rows)
    if not overall:
        return nothing(words("funnel.none_todo"), mode)
    unit, sizes = findings.unit(measure, per), [row["exposure"] for row in held]
    # Limits widen without end towards no size at all: the curves begin short of the smallest.
    first, last = min(sizes) * 0.7, max(sizes) * 1.06
    x = [first + (last - first) * step / STEPS for step in range(STEPS + 1)]
    bounds = [[findings.limits(overall * size, tail) for size in x] for tail in findings.TAILS]
    curves = [
        [b[end] * unit / size for b, size in zip(tail, x, strict=True)]
        for tail in bounds
        for end in (0, 1)
    ]
    highest = findings.limits(overall * min(sizes), findings.TAILS[-1])[1] * unit / min(sizes)
    top = 1.08 * max([highest, *(row["value"] for row in held)])
    line: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": x,
        "cliponaxis": True,
    }
    data = [line | {"y": [overall * unit] * len(x), "line": {"color": p.muted, "width": 1.5}}]
    for curve, dash in zip(curves, ("solid", "solid", "dot", "dot"), strict=True):
        data.append(line | {"y": curve, "line": {"color": p.context, "width": 1.5, "dash": dash}})
    parts: dict[Role, list[Row]] = {"peer": [], "own": [], "guest": []}
    for row in held:
        parts[role_of(row, own)].append(row)
    series = tuple(
        Series(
            series_name(role, [row["regency"] for row in part], words),
            points([row["exposure"] for row in part], [row["value"] for row in part]),
            role,
        )
        for role, part in parts.items()
        if part
    )
    for dots in series:
        part = parts[dots.role]
        hover, programmes = zip(
            *((rate_hover(row, words), row["programme"]) for row in part), strict=True
        )
        data.append(dots_trace(dots, hover, programmes, p, dots.keys))
    average = words("funnel.average", value=words.write(overall * unit, rate_kind(per)))
    inner, outer = (
        words("funnel.limit", share=words.percent(*share)) for share in ((0.95, 0), (0.998, 1))
    )
    ends = [(curves[1][-1], inner), (curves[3][-1], outer), (overall * unit, average)]
    notes = _apart(
        [label(1, y, text, p.muted) | {"xref": "paper", "xshift": 8} for y, text in ends], top
    )
    labelled = [
        row
        for row in held
        if role_of(row, own) != "peer" or findings.position(row, overall) != "within"
    ]
    names = [_name(row, own, words, p, last) for row in labelled]
    for anchor in ("left", "right"):
        notes += _apart([note for note in names if note["xanchor"] == anchor], top)
    layout = {
        "xaxis": {
            "range": [0, last],
            "nticks": 6,
            "tickformat": ",d",
            "title": {"text": words(f"funnel.axis.{per}")},
        },
        "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",.2~f"},
        "annotations": notes,
        "margin": {"r": label_room([text for _, text in ends])},
        "meta": {"narrow": {"xaxis": {"nticks": 3}}},
    }
    axis = Axis(0, top)
    caption = words(f"funnel.axis.{per}")
    drawn = ChartData("funnel", series, unit=rate_kind(per), axis=axis, caption=caption)
    return Chart(drawn, {"data": data, "layout": layout})


def _name(row: Row, own: str | None, words: Words, p: Palette, last: float) -> dict[str, Any]:
    """The name at a point of the funnel, short enough for a phone; far
    to the right it stands on its left.
    """
    role, text = role_of(row, own), named(row, words).replace("Kabupaten ", "Kab. ") + sign_of(row)
    at, strong = "right" if row["exposure"] < last / 2 else "left", role != "peer"
    ink = color(role, "", p) if strong else p.ink
    return label(row["exposure"], row["value"], text, ink, side=at, bold=strong)


def _apart(notes: Sequence[dict[str, Any]], top: float) -> list[dict[str, Any]]:
    """Labels of one side moved up or down so that none lies on another; from the highest, as they
    are read.
    """
    ordered = sorted(notes, key=lambda note: float(note["y"]))
    heights = [PLOT * note["y"] / top for note in ordered]
    # The middles stay in the plot.
    ends = (-LINE / 2, PLOT + LINE / 2)
    places = spread(heights, [LINE] * len(ordered), *ends)
    moved = [
        note | {"yshift": place - height}
        for note, height, place in zip(ordered, heights, places, strict=True)
    ]
    return moved[::-1]
