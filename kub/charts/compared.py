"""Figures of Tolok Ukur over time and by sector: programmes at the same age, and mix beside mix."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kub.charts import years
from kub.charts.benchmark import named
from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Role,
    Series,
    color,
    nothing,
    points,
)
from kub.charts.ends import MARGIN, PHONE, SCREEN, Course, apart, room
from kub.findings.compared import COLUMN, ProgrammeRows, courses
from kub.findings.phrases import Row
from kub.look import Mode, Palette, line, palette, safe
from kub.words import Words
from kub.words.columns import rate_kind

LABELLED = 12  # others named at their ends; the table names them all
DRAWN = {"own": (4, 11), "guest": (2.5, 11), "other": (1.5, 6)}  # px of line and last dot
ROLES: Mapping[str, Role] = {"own": "own", "guest": "guest", "other": "peer"}


def programme_years(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    own: str = "",
    per: str = "residents",
    axis: str = "age",
) -> Chart:
    """A line per programme: was a young programme as far as this one when that was young?

    axis: age (years of the programme) | calendar. per: residents | villages | count.
    """
    p, column, kind = palette(mode), COLUMN[measure, per], rate_kind(per)
    listed = [programme for programme in courses(frame, own, column) if programme.rows]
    rows = [row for programme in listed for row in programme.rows]
    highest = max((row[column] for row in rows), default=0)
    if not highest:
        return nothing(words("compared.empty_todo"), mode)
    x, narrow, low, high = _calendar(rows) if axis == "calendar" else _ages(rows, words, p)
    y: dict[str, Any] = {"range": [0, highest * years.HEADROOM], "nticks": 5}
    if per == "count":
        y = years.value_axis(highest)
    top, lines = float(y["range"][1]), []
    cells = CellChart("line", "year" if axis == "calendar" else "age", (column,), by="regency")
    # The own line is drawn last, on top.
    data = ChartData(
        "line" if axis == "calendar" else "xy",
        tuple(_course(programme, column, axis, words) for programme in reversed(listed)),
        unit=kind,
        axis=Axis(0, top),
        caption="" if axis == "calendar" else words("programme_years.axis"),
        cells=(cells,),
    )
    for programme in listed:
        places = [(_place(row, axis) - low) / (high - low) for row in programme.rows]
        heights = [row[column] / top for row in programme.rows]
        last = programme.rows[-1]
        text = [f"{named(last, words)} {words.write(last[column], kind)}"]
        text += [words("compared.declared")] if programme.part == "guest" else []
        shade, ink = line_colors(programme, p)
        bold = programme.part != "other"
        lines.append(
            Course(places, heights, (_at(last, axis), last[column]), text, shade, ink, bold)
        )
    first, others = ([course for course in lines if course.bold is bold] for bold in (True, False))
    labelled = [*first, *sorted(others, key=lambda course: -course.y[-1])[:LABELLED]]
    right, what = room(labelled), words(f"rates.what.{measure}.{per}")
    phone = {
        "xaxis": narrow,
        "margin": {"r": MARGIN},
        "annotations": apart(first, lines, PHONE, MARGIN, p),
    }
    figure = {
        "data": [
            trace
            for programme, series in zip(reversed(listed), data.series, strict=True)
            for trace in _traces(programme, series, kind, what, words, p)
        ],
        "layout": {
            "xaxis": x,
            "yaxis": y,
            "margin": {"r": right},
            "annotations": apart(labelled, lines, SCREEN, right, p),
            "meta": {"narrow": phone},
        },
    }
    return Chart(data, figure)


def _course(programme: ProgrammeRows, column: str, axis: str, words: Words) -> Series:
    """The line of one programme, over its age or the calendar."""
    name, role = named(programme.rows[-1], words), ROLES[programme.part]
    values = [row[column] for row in programme.rows]
    if axis == "calendar":
        return years.series(programme.rows, values, name, role)
    unfinished = len(values) > 1 and bool(programme.rows[-1]["provisional"])
    ages = [row["age"] for row in programme.rows]
    return Series(name, points(ages, values), role, provisional=unfinished)


def line_colors(programme: ProgrammeRows, p: Palette) -> tuple[str, str]:
    """Of its line and of its name."""
    line = color(ROLES[programme.part], "", p)
    return line, p.muted if programme.part == "other" else line


def _at(row: Row, axis: str) -> Any:
    return years.day(row["as_of"]) if axis == "calendar" else row["age"]


def _place(row: Row, axis: str) -> float:
    return pd.Timestamp(row["as_of"]).timestamp() if axis == "calendar" else float(row["age"])


def _calendar(rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any], float, float]:
    """The x axis of dates, what differs on a phone, and its two ends in seconds."""
    # Where programmes differ in a year, the one that finished it names it.
    by_year = {row["year"]: row for row in sorted(rows, key=lambda row: row["as_of"])}
    x, narrow = years.axis([by_year[year] for year in sorted(by_year)])
    low, high = (pd.Timestamp(end).timestamp() for end in x["range"])
    return x, narrow, low, high


def _ages(
    rows: Sequence[Row], words: Words, p: Palette
) -> tuple[dict[str, Any], dict[str, Any], float, float]:
    """The x axis of programme years, what differs on a phone, and its two ends."""
    oldest = max(row["age"] for row in rows)

    def ticks(most: int) -> dict[str, Any]:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if oldest / step <= most)
        return {"tickvals": sorted({1, *range(1 if step < 5 else step, oldest + 1, step)})}

    low, high = 1 - 0.03 * oldest, 1.01 * oldest + 0.05
    title = {"text": words("programme_years.axis"), "standoff": 10, "font": {"color": p.muted}}
    x = {"type": "linear", "range": [low, high], "tickangle": 0, "tickformat": "d", "title": title}
    return x | ticks(years.WIDE), ticks(years.NARROW), low, high


def _traces(
    programme: ProgrammeRows, series: Series, kind: str, what: str, words: Words, p: Palette
) -> list[dict[str, Any]]:
    """Line, last dot, and unseen points that say more: one list of texts
    would not fit the two parts of a line.
    """
    at = [years.day(key) if isinstance(key, date) else key for key in series.keys]
    (width, size), values = DRAWN[programme.part], series.values
    drawn = line(
        at,
        values,
        series.color(p),
        provisional=series.provisional,
        width=width,
        hoverinfo="skip",
    )
    drawn[-1]["marker"] = drawn[-1]["marker"] | {"size": size}
    names = {"regency": safe(full_name(programme, words)), "what": what}
    texts = [
        words(
            "programme_years.hover",
            **names,
            value=words.write(value, kind),
            age=row["age"],
            on=row["as_of"],
        )
        for value, row in zip(values, programme.rows, strict=True)
    ]
    unseen = {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": values,
        "marker": {"size": 12, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": texts,
    }
    if programme.part == "other":
        unseen["customdata"] = [programme.rows[0]["programme"]] * len(texts)
    return [*drawn, unseen]


def full_name(programme: ProgrammeRows, words: Words) -> str:
    """'Kota Cilegon (angka sendiri)'."""
    name = named(programme.rows[0], words)
    return f"{name} ({words('compared.declared')})" if programme.part == "guest" else name
