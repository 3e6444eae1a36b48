"""The figure of what a KUB and a member earn, over the years."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.chart_data import CellChart, Chart, ChartData, Series, known_values, nothing
from kub.charts.label_layout import LINE
from kub.charts.stretch import grid, scale
from kub.charts.years import axis, day, days, every_other, series
from kub.findings.economy import in_year, reported_years
from kub.findings.overview import known
from kub.findings.phrases import Row
from kub.look import Figure, Mode, Palette, label, line, palette, safe
from kub.words import Words

HIGH = 330  # px of the plot of both panels, for labels at the ends of lines


def revenue_averages(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Lines from zero, mean beside median per KUB above, the mean per member below: what is usual,
    and how far do the largest pull the mean from it?
    """
    rows, p = reported_years(frame), palette(mode)
    if not any(known(row["revenue_per_kub"]) for row in rows):
        return nothing(words("economy.none_todo"), mode)
    per_kub = {
        "revenue_per_kub": _course(rows, "revenue_per_kub", words("revenue_averages.mean_label")),
        "median_per_kub": _course(
            rows, "median_per_kub", words("revenue_averages.median_label"), secondary=True
        ),
    }
    per_member = _course(rows, "revenue_per_member", "")
    panels = [
        _panel([line for line in per_kub.values() if line.points], words("revenue_averages.kub")),
        _panel([per_member], words("revenue_averages.members")),
    ]
    if not per_member.points:
        panels = panels[:1]
    domains = [[0.5, 0.93], [0.0, 0.33]] if len(panels) > 1 else [[0.0, 0.93]]
    x, x_narrow = axis(rows)  # of a whole page; the chart stands in half of it
    figure: Figure = {
        "data": [],
        "layout": {
            "xaxis": x | every_other(x) | {"anchor": "y2" if len(panels) > 1 else "y"},
            "annotations": [],
            "meta": {
                "narrow": {"xaxis": {name: ticks[::-2][::-1] for name, ticks in x_narrow.items()}}
            },
        },
    }
    for panel, domain, suffix in zip(panels, domains, ("", "2"), strict=False):
        _add(figure, panel, domain, suffix, rows, words, p)
    cells = (
        CellChart("line", "year", ("revenue_per_kub", "median_per_kub"), ("own", "secondary")),
        CellChart("line", "year", ("revenue_per_member",)),
    )
    return Chart(ChartData("line", panels=tuple(panels), cells=cells), figure)


def _course(rows: Sequence[Row], column: str, name: str, secondary: bool = False) -> Series:
    values = [float(row[column]) if known(row[column]) else None for row in rows]
    return series(rows, values, name, "secondary" if secondary else "own")


def _panel(lines: Sequence[Series], title: str) -> ChartData:
    highest = max(known_values(lines), default=0.0)
    return ChartData("line", tuple(lines), unit="rp", axis=scale(highest, "rp"), title=title)


def _add(
    figure: Figure,
    panel: ChartData,
    domain: list[float],
    suffix: str,
    rows: Sequence[Row],
    words: Words,
    p: Palette,
) -> None:
    """Put the lines of one panel into the figure, on a y axis of its own."""
    layout, y, highest = figure["layout"], f"y{suffix}", max(known_values(panel.series), default=0)
    layout[f"yaxis{suffix}"] = {"domain": domain} | grid(highest, "rp", words)
    heading = label(0, domain[1], panel.title, p.ink, bold=True)
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "xshift": 0, "yshift": 6}
    px = HIGH * (domain[1] - domain[0]) / layout[f"yaxis{suffix}"]["range"][1]
    layout["annotations"] += [heading | place, *_values(panel.series, y, px, words, p)]
    when = dict(zip(days(rows), (in_year(row, words) for row in rows), strict=True))
    # The own line lies on top.
    for course in sorted(panel.series, key=lambda part: part.role == "own"):
        dates = [day(key) for key in course.keys]
        hover = [
            _hover(course.name, value, when[date], words)
            for date, value in zip(dates, course.values, strict=True)
        ]
        drawn = line(
            dates, course.values, course.color(p), provisional=course.provisional, hoverinfo="skip"
        )
        # Dots also where a value stands between two gaps, and no line leads to it.
        drawn.append(_dots(dates, course, hover, p))
        figure["data"] += [trace | {"yaxis": y} for trace in drawn]


def _dots(dates: list[str], course: Series, hover: list[str], p: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": dates,
        "y": course.values,
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"size": 5, "color": course.color(p)},
    }


def _hover(name: str, value: float | None, when: str, words: Words) -> str:
    if value is None:
        return ""
    return safe(" ".join(part for part in (name, words.write(value, "rp3"), when) if part))


def _values(
    lines: Sequence[Series], y: str, px: float, words: Words, p: Palette
) -> list[dict[str, Any]]:
    """Name and value of the last finished year, as in the title: above the highest line, below the
    lower one. px: of one rupiah.

    They stand clear of their own line: beyond all it reaches in the later half of the years.
    """
    notes = []
    upward = sorted((line for line in lines if line.points), key=_last)
    for rank, part in enumerate(upward):
        at = max(len(part.points) - (2 if part.provisional else 1), 0)
        point, side = part.points[at], "top" if rank == len(upward) - 1 else "bottom"
        if point.value is None:
            continue
        around = [value for value in part.values[at // 2 : at + 1] if value is not None]
        height = max(around) if side == "top" else max(min(around), (LINE + 8) / px)
        text = " ".join(text for text in (part.name, words.write(point.value, "rp3")) if text)
        note = label(day(point.key), height, text, part.color(p), side=side, bold=True)
        notes.append(note | {"yref": y, "xanchor": "right", "align": "right", "xshift": 8})
    return notes


def _last(part: Series) -> float:
    return list(known_values([part]))[-1]
