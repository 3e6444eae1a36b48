"""Figures of the study visits: a square per delegation, year by year; and where they came from."""

from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    categories,
    nothing,
    points,
)
from kub.charts.schools import below
from kub.charts.years import every, month, value_axis
from kub.findings.leaders import on_day
from kub.findings.phrases import Row, plural, records
from kub.look import Mode, bar_axes, bars, label, palette, safe
from kub.words import Words

SHOWN = 20  # regencies drawn; the table has them all
ROW = 26  # px of a bar with its gap
YEARS, YEARS_NARROW = 24, 7  # years labelled


def study_visits(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Bars of one square per delegation: how many came each year?

    Who it was stands in the hover.
    """
    if frame.empty:
        return nothing(words("study_visits.empty_todo"), mode)
    p, rows = palette(mode), sorted(records(frame), key=lambda row: row["visited_on"])
    dates = [row["visited_on"].year for row in rows]
    years = [str(year) for year in range(dates[0], dates[-1] + 1)]
    counts = {year: dates.count(int(year)) for year in years}
    came = Series(words("column.visits"), points(years, list(counts.values())))
    data = ChartData("squares", (came,), categories(years, years))
    bar = {
        "type": "bar",
        "x": [str(year) for year in dates],
        "y": [1] * len(rows),
        "base": [dates[:n].count(year) for n, year in enumerate(dates)],
        "hovertext": [_visit(row, words) for row in rows],
        "hoverinfo": "text",
        "marker": {"color": came.color(p), "line": {"color": p.background, "width": 1.5}},
    }
    tops = [
        label(at, n, words.number(n), p.ink, side="top", bold=True) | {"yshift": 2}
        for at, n in enumerate(counts.values())
        if n
    ]

    def ticks(most: int) -> dict[str, Any]:
        shown = years[:: -every(len(years), most)][::-1]
        return {"tickvals": shown, "ticktext": shown}

    x = {
        "type": "category",
        "tickangle": 0,
        "range": [-0.5, len(years) - 0.5],
        "categoryorder": "array",
        "categoryarray": years,
    }
    figure = {
        "data": [bar],
        "layout": {
            "barmode": "overlay",
            "bargap": max(0.32, 1 - 0.12 * len(years)),
            "xaxis": x | ticks(YEARS),
            "yaxis": value_axis(max(counts.values())),
            "annotations": tops,
            "meta": {"narrow": {"xaxis": ticks(YEARS_NARROW)}},
        },
    }
    return Chart(data, figure)


def _visit(row: Row, words: Words) -> str:
    known = not pd.isna(row["participants"])
    people = f" · {plural(words, 'study_visits.people', int(row['participants']))}" if known else ""
    place: str = (
        row["regency"] if pd.isna(row["province"]) else f"{row['regency']}, {row['province']}"
    )
    parts = {
        "who": safe(row["institution"]),
        "place": safe(place),
        "on": on_day(row["visited_on"], words),
    }
    return words("study_visits.hover", **parts, people=people)


def study_regencies(
    frame: pd.DataFrame, words: Words, mode: Mode, home: str = "", most: int = SHOWN
) -> Chart:
    """Bars under the name of their province: where do the delegations come from? Height:
    height(frame).

    home: the programme's own province, whose bars are grey so that those from outside stand out;
    '' if unknown. most: bars drawn; who asks for fewer than SHOWN says how many are left out.
    """
    if frame.empty:
        return nothing(words("study_visits.empty_todo"), mode)
    p, rest = palette(mode), len(frame) - SHOWN if most == SHOWN else 0
    ticks: dict[int, str] = {}
    drawn: list[tuple[int, Row]] = []
    place = 0
    for province, rows in _provinces(frame, most):
        ticks[place] = f"<b>{safe(province or words('study_regencies.no_province'))}</b>"
        for row in rows:
            place += 1
            ticks[place] = safe(row["regency"])
            drawn.append((place, row))
        place += 1
    values = [row["visits"] for _, row in drawn]
    texts = [
        words("study_regencies.latest", n=row["visits"], month=month(row["last_on"], words))
        for _, row in drawn
    ]
    hover = [
        words(
            "study_regencies.hover",
            regency=safe(row["regency"]),
            delegations=plural(words, "study_visits.delegations", row["visits"]),
            first=on_day(row["first_on"], words),
            last=on_day(row["last_on"], words),
        )
        for _, row in drawn
    ]
    came = Series(
        "",
        tuple(
            Point(at, row["visits"], role="context" if home and row["province"] == home else "own")
            for at, row in drawn
        ),
        written=True,
    )
    data = ChartData(
        "bar",
        (came,),
        categories(came.keys, [row["regency"] for _, row in drawn]),
        cells=(CellChart("bar", "regency", ("visits",)),),
    )
    bar = bars(
        [""] * len(values),
        values,
        texts,
        came.colors(p),
        hovertext=hover,
        hoverinfo="text",
        textposition="none",
    )
    bar["y"] = came.keys
    layout = bar_axes(values, texts)
    short = [words.number(value) for value in values]
    wide, narrow = (
        [
            label(value, at, text, p.ink) | {"xshift": 6}
            for value, at, text in zip(values, bar["y"], labels, strict=True)
        ]
        for labels in (texts, short)
    )
    layout["yaxis"] |= {
        "type": "linear",
        "autorange": False,
        "range": [place - 0.4, -0.6],
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
    }
    layout = below(
        layout | {"annotations": wide}, words("study_regencies.more", n=rest) if rest > 0 else "", p
    )
    phone = {"annotations": [*narrow, *layout["annotations"][len(wide) :]], "margin": {"r": 40}}
    return Chart(data, {"data": [bar], "layout": layout | {"meta": {"narrow": phone}}})


def _provinces(frame: pd.DataFrame, most: int = SHOWN) -> list[tuple[str, list[Row]]]:
    """The regencies drawn, by province, those with most delegations
    first; '' for codes without a name, last.
    """
    shown = frame.sort_values("visits", ascending=False, kind="stable")[:most]
    shown = shown.assign(province=shown["province"].fillna(""))
    groups = [(str(name), records(rows)) for name, rows in shown.groupby("province", sort=False)]
    return sorted(groups, key=lambda group: (not group[0], -sum(row["visits"] for row in group[1])))


def height(frame: pd.DataFrame) -> int:
    """px that study_regencies needs."""
    headings = 0 if frame.empty else len(_provinces(frame))
    return ROW * (min(max(len(frame), 1), SHOWN) + headings) + 46
