"""Targets: a panel for each indicator, its course, the targets as short level lines, and where the
last years lead.
"""

from datetime import date
from math import ceil
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    known_values,
    nothing,
)
from kub.charts.panels import cells, side_by_side
from kub.charts.years import day, from_zero, series
from kub.findings.phrases import Row, records
from kub.findings.targets import is_judged, of_year, status, written
from kub.look import Mode, Palette, label, line, palette, safe
from kub.words import Words
from kub.words.columns import indicator_kind

HEIGHT, ALONE = 190, 320  # px of a row of panels; of a single one
HEAD, FOOT = 58, 28  # px above and below each: its name and status; its years
GAP, GAP_NARROW = 0.05, 0.08  # between panels, of the width
DASH = 11  # px that a target is wide
# Of a letter of the grid, and of a panel beside others where there is room and on a phone, px.
LETTER, WIDE, NARROW = 8, 260, 120
CLEAR = 0.85  # of the axis: a value written higher would touch the heading
STEPS = (1, 2, 2.5, 5, 10)


def panels_of(frame: pd.DataFrame) -> int:
    """How many panels a frame needs: one for each indicator."""
    return int(frame["indicator"].nunique())


def height(panels: int) -> int:
    """px of the whole figure, also on a phone, where panels stand two in a row."""
    return ALONE if panels < 2 else max(2, ceil(panels / 2)) * HEIGHT


def targets(
    frame: pd.DataFrame, words: Words, mode: Mode, achieved: pd.DataFrame | None = None
) -> Chart:
    """How far is each indicator, how far was it meant to be, and where do the last years lead?

    achieved: year, as_of, provisional and value of each indicator, also of years without a target;
    those of `frame` where it is left out. Height: height(panels_of(frame)).
    """
    if frame.empty:
        return nothing(words("targets.empty_todo"), mode)
    rows, p = records(frame), palette(mode)
    course = records(_known(frame) if achieved is None else achieved)
    indicators = list(dict.fromkeys(row["indicator"] for row in rows))
    drawn = {
        name: _panel(
            name,
            [row for row in rows if row["indicator"] == name],
            [row for row in course if row["indicator"] == name],
            words,
        )
        for name in indicators
    }
    return Chart(
        ChartData("line", panels=tuple(drawn.values()), cells=_cells_of(indicators)),
        _figure(drawn, rows, words, p),
    )


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    """What the rows of `targets` themselves know of the course."""
    return frame[frame["as_of"].notna()].assign(value=lambda rows: rows["actual"])


def _cells_of(indicators: list[str]) -> tuple[CellChart, ...]:
    """A chart of a sheet for each indicator: they have no unit in common."""
    return tuple(
        CellChart(
            "line",
            "year",
            ("actual", "target", "projected"),
            ("own", "target", "projection"),
            only=("indicator", name),
        )
        for name in indicators
    )


def _year_end(year: int) -> date:
    return date(year, 12, 31)


def _panel(indicator: str, goals: list[Row], course: list[Row], words: Words) -> ChartData:
    """One indicator: its course, its targets, and its projection as a straight line."""
    # Revenue of a part of a year is no point of its course.
    is_flow = indicator == "omzet"
    course = sorted(course, key=lambda row: row["year"])
    course = [row for row in course if not (is_flow and row["provisional"])]
    marks = tuple(Point(_year_end(row["year"]), row["target"]) for row in goals)
    name = words(f"cell.indicator.{indicator}")
    drawn = [
        series(course, [row["value"] for row in course], words("targets.measure")),
        Series(words("targets.projection"), _ahead(goals, course), "projection", provisional=True),
        Series(words("targets.target"), marks, "target"),
    ]
    shown = tuple(part for part in drawn if part.points)
    return ChartData(
        "line",
        shown,
        unit=indicator_kind(indicator),
        axis=_axis(max(known_values(shown), default=1)),
        title=name,
    )


def _ahead(goals: list[Row], course: list[Row]) -> tuple[Point, ...]:
    """From the last finished year to the last projected one: a straight line has two ends."""
    finished = [row for row in course if not row["provisional"] and not pd.isna(row["value"])]
    projected = [row for row in goals if not pd.isna(row["projected"])]
    if not finished or not projected:
        return ()
    return (
        Point(pd.Timestamp(finished[-1]["as_of"]).date(), finished[-1]["value"]),
        Point(_year_end(projected[-1]["year"]), projected[-1]["projected"]),
    )


def _axis(highest: float) -> Axis:
    """From zero, with two or three ticks at round values."""
    top = from_zero(highest or 1).high
    power = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    steps = (round(step * power / scale, 12) for scale in (10, 1) for step in STEPS)
    return Axis(0, top, next(step for step in steps if 2 * step <= top < 4 * step))


def _figure(
    drawn: dict[str, ChartData], rows: list[Row], words: Words, p: Palette
) -> dict[str, Any]:
    count = len(drawn)
    edges = HEAD / height(count), FOOT / height(count)
    wide = cells(count, side_by_side(count), GAP, *edges)
    narrow = cells(count, min(count, 2), GAP_NARROW, *edges)
    x = _years(list(drawn.values()), _letters(drawn, words), WIDE)
    short_x = _years(list(drawn.values()), _letters(drawn, words), NARROW)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": []}
    patch: dict[str, Any] = {"annotations": []}
    for number, (indicator, panel) in enumerate(drawn.items()):
        suffix = str(number + 1) if number else ""
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        data += [trace | place for trace in _traces(panel, words, p)]
        layout[f"xaxis{suffix}"] = x | {"domain": wide[number][0], "anchor": place["yaxis"]}
        ticks = _ticks(panel)
        layout[f"yaxis{suffix}"] = {
            "range": [0, panel.axis.high if panel.axis else 1],
            "tickvals": ticks,
            "showticklabels": False,
            "domain": wide[number][1],
            "anchor": place["xaxis"],
        }
        patch[f"xaxis{suffix}"] = {"domain": narrow[number][0], "range": short_x["range"]}
        patch[f"yaxis{suffix}"] = {"domain": narrow[number][1]}
        goals = [row for row in rows if row["indicator"] == indicator]
        inside = {"xref": f"x{suffix} domain", "yref": f"y{suffix} domain"}
        for target, short in ((layout, False), (patch, True)):
            target["annotations"].append(_heading(panel, goals, words, p, short) | inside)
            target["annotations"] += [
                _scale(tick, panel, words, p) | inside | {"yref": f"y{suffix}"} for tick in ticks
            ]
    # Three panels side by side have no room for a heading of an amount of rupiah.
    return {"data": data, "layout": layout | {"meta": {"narrow": patch, "below": 780}}}


def _letters(drawn: dict[str, ChartData], words: Words) -> int:
    """Of the longest value of the grid that a line beginning in the first year would strike."""
    starts = {
        indicator: min(key for line in panel.series for key in line.keys if isinstance(key, date))
        for indicator, panel in drawn.items()
    }
    first = min(starts.values())
    return max(
        len(_written(tick, panel, words))
        for indicator, panel in drawn.items()
        if starts[indicator] == first
        for tick in _ticks(panel)
    )


def _years(panels: list[ChartData], letters: int, width: int) -> dict[str, Any]:
    """The axis of years that all panels share: the first, the last of the records, the last.

    letters: of the longest value of the grid, which stands before the first year. width: of a
    panel, px.
    """
    keys = [
        (key, line.role)
        for panel in panels
        for line in panel.series
        for key in line.keys
        if isinstance(key, date)
    ]
    first, last = min(key for key, _ in keys), max(key for key, _ in keys)
    newest = max((key for key, role in keys if role == "own"), default=last)
    room = max((last - first).days, 365)
    ticks = [first, last]
    # Beside the last year there must be room for its label.
    if min((newest - first).days, (last - newest).days) > room / 5:
        ticks.insert(1, newest)
    pad = pd.Timedelta(days=room * 0.06)
    before = pd.Timedelta(days=room * max(0.06, letters * LETTER / width))
    return {
        "type": "date",
        "range": [day(pd.Timestamp(first) - before), day(pd.Timestamp(last) + pad)],
        "tickvals": [day(tick) for tick in ticks],
        "ticktext": [str(tick.year) for tick in ticks],
        "tickangle": 0,
    }


def _ticks(panel: ChartData) -> list[float]:
    """Round values above zero, at which the grid is drawn."""
    assert panel.axis
    step = panel.axis.step
    # Above the highest of them its value must have room below the heading.
    return [step * number for number in range(1, int(CLEAR * panel.axis.high / step) + 1)]


def _scale(tick: float, panel: ChartData, words: Words, p: Palette) -> dict[str, Any]:
    """The value of a line of the grid, inside: each panel has a scale of its own."""
    # Not the axis' own labels: Plotly hides the first year where those stand inside.
    text = _written(tick, panel, words)
    return label(0, tick, text, p.muted) | {"yanchor": "bottom", "xshift": 0, "yshift": 0}


def _written(tick: float, panel: ChartData, words: Words) -> str:
    return words.write(tick, "p0" if panel.unit == "p" else panel.unit)


def _traces(panel: ChartData, words: Words, p: Palette) -> list[dict[str, Any]]:
    traces: list[dict[str, Any]] = []
    for part in panel.series:
        x = [str(key) for key in part.keys]
        texts = [
            _hover(part, str(key)[:4], words.write(value, panel.unit), panel.title, words)
            for key, value in zip(part.keys, part.values, strict=True)
        ]
        shade = part.color(p)
        if part.role == "target":
            mark = {"symbol": "line-ew", "size": DASH, "line": {"color": shade, "width": 3}}
            traces.append(
                {"type": "scatter", "mode": "markers", "x": x, "y": part.values}
                | {"marker": mark, "hovertext": texts, "hoverinfo": "text"}
            )
            continue
        if part.role == "projection":
            traces.append(
                {"type": "scatter", "mode": "lines", "x": x, "y": part.values}
                | {"line": {"color": shade, "width": 2, "dash": "dot"}, "hoverinfo": "skip"}
            )
        else:
            traces += line(x, part.values, shade, provisional=part.provisional, hoverinfo="skip")
        ends = slice(1, None) if part.role == "projection" else slice(None)
        traces.append(
            {"type": "scatter", "mode": "markers", "x": x[ends], "y": part.values[ends]}
            | {
                "marker": {"size": 16, "opacity": 0, "color": shade},
                "hovertext": texts[ends],
                "hoverinfo": "text",
            }
        )
    return traces


def _hover(part: Series, year: str, value: str, name: str, words: Words) -> str:
    if part.role in ("target", "projection"):
        return safe(words(f"targets.hover_{part.role}", year=year, value=value))
    return f"{year}<br>{safe(name)} {value}"


def _heading(
    panel: ChartData, goals: list[Row], words: Words, p: Palette, short: bool
) -> dict[str, Any]:
    """Name and newest value; below it where that stands against the target of the year."""
    own = [point for part in panel.series if part.role == "own" for point in part.points]
    value = words.write(own[-1].value, panel.unit) if own else ""
    below = "<br>".join(safe(text) for text in _standing(of_year(goals)[0], words, short))
    if own and panel.unit == "rp" and not short:  # whose year need not be the newest
        value += f" ({str(own[-1].key)[:4]})"
    text = f'<b>{safe(panel.title)} {value}</b><br><span style="color:{p.muted}">{below}</span>'
    return label(0, 1, "", p.ink) | {"text": text, "yanchor": "bottom", "xshift": 0, "yshift": 4}


def _standing(goal: Row, words: Words, short: bool) -> list[str]:
    """A status in words and a mark, on a phone on a line of its own."""
    target = written(goal["indicator"], goal["target"], words)
    if not is_judged(goal):
        return [f"{words('targets.target')} {goal['year']}: {target}"]
    values = {"target": target, "year": goal["year"], **status(goal, words)}
    if short:
        return [words("targets.heading_short", **values), values["status"]]
    return [words("targets.heading_target", **values)]
