"""Both sides of a comparison over each other: lines over the years, and falling steps.

One renderer for all questions, since it draws no more than two series of one measure; what a
chart shows beside that (published figures, targets, shares of shares) stays with its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Point,
    Role,
    Series,
    categories,
    known_values,
    nothing,
)
from kub.charts.label_layout import LINE, spread, widest
from kub.charts.stretch import grid, scale
from kub.charts.years import axis, day, every_other, series
from kub.findings.against import Sides, value
from kub.findings.phrases import Row, records
from kub.look import BODY, Figure, Mode, Palette, label, line, palette, safe
from kub.words import Words
from kub.words.columns import OTHER

ROLES: tuple[Role, Role] = ("own", "against")
TOP = 44  # px above the plot, for the names of the sides
PLOT = 300  # px of the plot, about, by which values at the ends are set apart
MOST_YEARS = 8  # labelled each; of more every other
HALO = 9  # px of the other side's line below one that runs on it
GAP = 0.14  # between panels, of the height


@dataclass(frozen=True)
class Course:
    """What is drawn over the years. columns: a panel each. specs: how each is written. indexed:
    the first year of each side with a value is 100.
    """

    columns: tuple[str, ...]
    specs: tuple[str, ...]
    headings: tuple[str, ...]
    indexed: bool = False
    step: bool = False


def legend(p: Palette) -> dict[str, Any]:
    """Above the plot: the names of the sides."""
    return {
        "orientation": "h",
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "font": {"color": p.ink},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def names(sides: Sides, p: Palette) -> list[dict[str, Any]]:
    """The entries of the legend, by traces that hold nothing else."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": safe(name),
            "showlegend": True,
            "hoverinfo": "skip",
            "marker": {"symbol": symbol, "size": 12, "color": color},
        }
        for name, color, symbol in zip(
            sides[:2], (p.accent, p.against), ("square", "diamond"), strict=True
        )
    ]


def years(
    own: pd.DataFrame, other: pd.DataFrame, course: Course, sides: Sides, words: Words, mode: Mode
) -> Chart:
    """Two lines from zero in each panel: who has more, and since when?

    own, other: rows with year, as_of and provisional, and the columns of the course.
    """
    lines, p = [records(frame) for frame in (own, other)], palette(mode)
    panels = [
        _panel(lines, at, course, sides, several=len(course.columns) > 1)
        for at in range(len(course.columns))
    ]
    if not any(True for panel in panels for _ in known_values(panel.series)):
        return nothing(words("against.nothing_todo"), mode)
    # Of two programmes a year may end on two days: the later one has room for both.
    every = sorted((row for line_rows in lines for row in line_rows), key=lambda row: row["as_of"])
    merged = {row["year"]: row for row in every}
    x, x_narrow = axis([merged[year] for year in sorted(merged)])
    if len(merged) > MOST_YEARS:  # two of these stand side by side
        x |= every_other(x)
    domains = domains_of(len(panels))
    figure: Figure = {
        "data": names(sides, p),
        "layout": {
            "xaxis": x | {"anchor": f"y{len(panels)}" if len(panels) > 1 else "y"},
            "annotations": [],
            "showlegend": True,
            "legend": legend(p),
            "meta": {"narrow": {"xaxis": x_narrow}},
        },
    }
    ends = []
    for at, (panel, domain) in enumerate(zip(panels, domains, strict=True)):
        _add(figure, panel, lines, domain, f"{at + 1}" if at else "", words, p, course.step)
        ends += [_amount(v, panel, words) for part in panel.series for v in _last(part)]
    figure["layout"]["margin"] = {"t": TOP, "r": round(18 + widest(ends, 700, BODY))}
    cells = tuple(CellChart("line", "year", (name, name + OTHER), ROLES) for name in course.columns)
    if len(panels) == 1:
        data = ChartData(**{**vars(panels[0]), "title": "", "cells": cells})
        return Chart(data, figure)
    return Chart(ChartData("line", panels=tuple(panels), cells=cells), figure)


def domains_of(count: int) -> list[list[float]]:
    """The part of the height that each panel has, the first on top."""
    tall = (1 - GAP * (count - 1)) / count
    return [
        [
            max(1 - (at + 1) * tall - at * GAP, 0.0),
            1 - at * (tall + GAP) - (0.08 if count > 1 else 0),
        ]
        for at in range(count)
    ]


def _panel(
    lines: Sequence[list[Row]], at: int, course: Course, sides: Sides, several: bool
) -> ChartData:
    column, spec = course.columns[at], course.specs[at]
    drawn = []
    for rows, name, role in zip(lines, sides[:2], ROLES, strict=True):
        values = [value(row[column]) for row in rows]
        if course.indexed:
            base = next((number for number in values if number), None)
            values = [None if n is None or not base else 100 * n / base for n in values]
        drawn.append(series(rows, values, name, role))
    highest = max(known_values(drawn), default=0.0)
    title = course.headings[at] if several else ""
    return ChartData(
        "line",
        tuple(part for part in drawn if part.points),
        unit=spec,
        axis=scale(highest, spec),
        title=title,
    )


def _last(part: Series) -> list[float]:
    return list(known_values([part]))[-1:]


def _add(
    figure: Figure,
    panel: ChartData,
    lines: Sequence[list[Row]],
    domain: list[float],
    suffix: str,
    words: Words,
    p: Palette,
    step: bool,
) -> None:
    """Put one panel into the figure, on a y axis of its own; the own line lies on top."""
    layout, y = figure["layout"], f"y{suffix}"
    highest = max(known_values(panel.series), default=0.0)
    layout[f"yaxis{suffix}"] = {"domain": domain} | grid(highest, panel.unit, words)
    if panel.title:
        place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "xshift": 0, "yshift": 4}
        layout["annotations"].append(label(0, domain[1], panel.title, p.ink, bold=True) | place)
    for part in sorted(panel.series, key=lambda drawn: drawn.role == "own"):
        hover = [
            safe(f"{part.name}: {words.write(number, panel.unit)} ({key.year})")  # type: ignore[union-attr]
            for key, number in zip(part.keys, part.values, strict=True)
        ]
        traces = line(
            [day(key) for key in part.keys],
            part.values,
            part.color(p),
            provisional=part.provisional,
            hoverinfo="skip",
            showlegend=False,
            yaxis=y,
            width=HALO if part.role == "against" and _is_alike(panel) else 3,
        )
        if step:
            for trace in traces:
                if trace["mode"] == "lines":
                    trace["line"] = trace["line"] | {"shape": "hv"}
        figure["data"] += traces
        figure["data"].append(_touch(part, hover, p) | {"yaxis": y})
    layout["annotations"] += _ends(panel, y, domain, words, p)


def _touch(part: Series, hover: list[str], p: Palette) -> dict[str, Any]:
    """Dots that answer the pointer; of the other side they are diamonds, so that colour is not all
    that tells the sides apart.
    """
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day(key) for key in part.keys],
        "y": part.values,
        "hovertext": hover,
        "hoverinfo": "text",
        "showlegend": False,
        "marker": {
            "size": 7 if part.role == "against" else 5,
            "symbol": "diamond" if part.role == "against" else "circle",
            "color": part.color(p),
        },
    }


def _ends(
    panel: ChartData, y: str, domain: list[float], words: Words, p: Palette
) -> list[dict[str, Any]]:
    """The last value of each side, beside its dot; where both end close together they give way."""
    known = [part for part in panel.series if _last(part)]
    upward = sorted(known, key=lambda part: _last(part)[0])
    assert panel.axis
    px = PLOT * (domain[1] - domain[0]) / panel.axis.high
    heights = [_last(part)[0] * px for part in upward]
    keys = [_ending(part).key for part in upward]
    places = (
        spread(heights, [LINE + 2] * len(heights), -inf, inf) if len(set(keys)) == 1 else heights
    )
    notes, last = [], max(keys, default=None, key=str)
    for part, height, place in zip(upward, heights, places, strict=True):
        end = _ending(part)
        text = _amount(end.value, panel, words)
        # Where the other line runs on, beside the dot it would lie on that.
        side = "right" if end.key == last else "top"
        note = label(day(end.key), end.value, text, part.color(p), side=side, bold=True)
        if side == "top":
            notes.append(
                note
                | {"yref": y, "xanchor": "right", "font": {"color": part.color(p), "size": BODY}}
            )
            continue
        notes.append(
            note
            | {"yref": y, "yshift": place - height, "font": {"color": part.color(p), "size": BODY}}
        )
    return notes


def _amount(number: float | None, panel: ChartData, words: Words) -> str:
    """A value at a line's end, money in three digits."""
    return words.write(number, "rp3" if panel.unit == "rp" else panel.unit)


def _is_alike(panel: ChartData) -> bool:
    """Whether one line runs on the other as far as both go."""
    if len(panel.series) != 2:
        return False
    lines = [dict(zip(part.keys, part.values, strict=True)) for part in panel.series]
    shared = lines[0].keys() & lines[1].keys()
    return len(shared) > 1 and all(lines[0][key] == lines[1][key] for key in shared)


def _ending(part: Series) -> Point:
    return next(point for point in reversed(part.points) if point.value is not None)


def ages(
    own: pd.DataFrame, other: pd.DataFrame, column: str, sides: Sides, words: Words, mode: Mode
) -> Chart:
    """Two falling steps over whole years of age, from one to zero."""
    p, drawn = palette(mode), []
    for frame, name, role in zip((own, other), sides[:2], ROLES, strict=True):
        listed = tuple(
            Point(int(age), value(share))
            for age, share in zip(frame["years"], frame[column], strict=True)
        )
        drawn.append(Series(name, listed, role))
    drawn = [part for part in drawn if len(part.points) > 1]
    if not drawn:
        return nothing(words("against.no_age_todo"), mode)
    last = max(len(part.points) for part in drawn)
    keys = list(range(last))
    traces, notes = names(sides, p), []
    for part in reversed(drawn):
        hover = [
            safe(f"{part.name}: {words.write(share, 'p')} ({words('survival.axis')}: {age})")
            for age, share in zip(part.keys, part.values, strict=True)
        ]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": part.keys,
                "y": part.values,
                "line": {"color": part.color(p), "width": 3, "shape": "hv"},
                "hovertext": hover,
                "hoverinfo": "text",
                "showlegend": False,
            }
        )
        side = "bottom" if part.role == "against" else "top"
        text = words.write(part.values[-1], "p0")
        notes.append(
            label(part.keys[-1], part.values[-1], text, part.color(p), side=side, bold=True)
        )
    data = ChartData(
        "step",
        tuple(drawn),
        categories(keys, [str(age) for age in keys]),
        "p",
        Axis(0, 1.1, 0.25),
        caption=words("survival.axis"),
        cells=(CellChart("line", "years", (column, column + OTHER), ROLES),),
    )
    layout = {
        "xaxis": {
            "range": [-0.2, last - 0.6],
            "dtick": max(1, last // 8),
            "tickangle": 0,
            "title": {"text": words("survival.axis")},
        },
        "yaxis": {
            "range": [0, 1.12],
            "tickvals": [0, 0.5, 1],
            "ticktext": [words.percent(share, 0) for share in (0, 0.5, 1)],
        },
        "annotations": notes,
        "showlegend": True,
        "legend": legend(p),
        "margin": {"t": TOP, "r": 40},
    }
    return Chart(data, {"data": traces, "layout": layout})
