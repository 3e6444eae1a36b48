"""Figures of Desa besides the map: ranking, coverage by district
and over time, members of one village.
"""

from typing import Any

import pandas as pd

from kub.charts import diamonds
from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    known_values,
    nothing,
    numbered,
    points,
)
from kub.charts.diamonds import labels
from kub.charts.map import villages as villages
from kub.charts.schools import below
from kub.charts.years import axis, course, day, days, ending, room, series
from kub.findings.coverage import named_desa
from kub.findings.phrases import Row, at, records
from kub.findings.reach import column, named, ranks, spec, valued
from kub.findings.villages import SHOWN
from kub.look import (
    Mode,
    bar_axes,
    bars,
    label,
    line,
    palette,
    published,
    safe,
)
from kub.words import Words

DISTRICTS = 20  # more rows cannot be read from five metres; the table has them all
FEW = 2  # empty districts that are rows of their own; more of them are one row together
THIN, LOWEST = 6, 200  # rows up to which bars are thinner; px of the lowest chart of them
HEADROOM = 1.25  # above the highest value, for labels


def villages_ranking(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    per: str = "",
    selected: str | None = None,
) -> Chart:
    """Bars, most first: in which villages is the programme strongest?

    No number before a village with too few KUB.
    """
    shown, p = column(measure, per), palette(mode)
    ranked = valued(frame, shown)
    if ranked.empty:
        return nothing(words("villages.todo"), mode)
    top, places = ranked[:SHOWN], ranks(ranked, shown)[:SHOWN]
    names = [
        words("villages_ranking.rank", rank=place, village=name) if place else name
        for name, place in zip(named(ranked), places, strict=False)
    ]
    values = top[shown].tolist()
    texts = [words.write(value, spec(shown)) for value in values]
    codes = top["village_code"].tolist()
    # Rows are numbered, names are their tick texts: a name may stand twice.
    parts = tuple(
        Point(row, value, role="own" if selected in (None, code) else "context")
        for row, (value, code) in enumerate(zip(values, codes, strict=True))
    )
    ranking = Series("", parts, written=True)
    data = ChartData("bar", (ranking,), numbered(names), spec(shown))
    bar = bars(names, values, texts, ranking.colors(p), customdata=codes, hoverinfo="none")
    bar["y"] = ranking.keys
    layout = bar_axes(values, texts)
    layout["yaxis"] |= _rows(bar["y"], names)
    return Chart(data, {"data": [bar], "layout": layout})


def coverage(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Bars in a track from none to all, highest share first: which
    districts are reached, and how far? Those not reached are one row, where they are many.

    Height: coverage_height(frame).
    """
    p, rows = palette(mode), _reached(frame, words)
    names = [row["district"] for row in rows]
    at_row = list(range(len(rows)))
    share = Series("", points(at_row, [row["share"] for row in rows]))
    data = ChartData(
        "bar", (share,), numbered(names), "p", cells=(CellChart("bar", "district", ("share",)),)
    )
    track = {
        "type": "bar",
        "orientation": "h",
        "y": at_row,
        "x": [1] * len(rows),
        "hoverinfo": "skip",
        "marker": {"color": p.grid},
    }
    texts = [f"{words('coverage.bar', **row)} · {words.percent(row['share'], 0)}" for row in rows]
    bar = track | {"x": share.values, "marker": {"color": share.color(p)}, "hoverinfo": "none"}
    bar["customdata"] = [row["district_code"] for row in rows]
    notes = [
        label(1, at, text, p.ink if row["covered"] else p.muted)
        | {"xshift": 8}
        | ({"name": row["district_code"]} if row["district_code"] else {})
        for at, text, row in zip(at_row, texts, rows, strict=True)
    ]
    axis_y = {"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 8}
    layout: dict[str, Any] = {
        "barmode": "overlay",
        "annotations": notes,
        "margin": {"r": 112},
        "xaxis": {"visible": False, "range": [0, 1]},
        "yaxis": axis_y | _rows(at_row, names),
    }
    if len(rows) <= THIN:
        layout["bargap"] = 0.55
    rest = int((frame["covered"] > 0).sum()) - DISTRICTS
    more = words("coverage.more", n=rest) if rest > 0 else ""
    return Chart(data, {"data": [track, bar], "layout": below(layout, more, p)})


def _reached(frame: pd.DataFrame, words: Words) -> list[Row]:
    """The districts drawn, those without any KUB last: more than FEW of them as one row."""
    ordered = frame.sort_values(["share", "villages"], ascending=False, kind="stable")
    reached, empty = (
        records(ordered[covered]) for covered in (ordered["covered"] > 0, ordered["covered"] == 0)
    )
    if len(empty) > FEW:
        name = words("coverage.rest" if reached else "coverage.rest_alone", n=len(empty))
        villages = sum(row["villages"] for row in empty)
        together = {"district": name, "district_code": None, "covered": 0, "share": 0.0}
        empty = [together | {"villages": villages}]
    return [*reached[:DISTRICTS], *empty]


def coverage_height(frame: pd.DataFrame) -> int:
    """px that `coverage` needs."""
    reached = int((frame["covered"] > 0).sum())
    empty = len(frame) - reached
    rows = min(reached, DISTRICTS) + (1 if empty > FEW else empty)
    return max(height(rows, DISTRICTS + FEW), LOWEST)


def height(rows: int, most: int) -> int:
    """px that so many bars need, the longest list being `most`."""
    return 26 * min(max(rows, 1), most) + 46


def _rows(at_row: list[int], names: Any) -> dict[str, Any]:
    return {"type": "linear", "tickvals": at_row, "ticktext": [safe(name) for name in names]}


def coverage_years(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    kelurahan: bool = False,
    published: pd.DataFrame | None = None,
) -> Chart:
    """A step for each year in which new villages were reached: does the programme still spread?

    published: rows of `reconcile`; those about villages (desa) are drawn as diamonds.
    """
    p, rows = palette(mode), records(frame)
    if not any(row["covered"] for row in rows):
        return nothing(words("villages.todo"), mode)
    values = [row["covered"] for row in rows]
    marks = named_desa(published)
    covered = series(rows, values, "")
    drawn = (covered, *diamonds.series(marks, words))
    top = max(known_values(drawn)) * HEADROOM
    data = ChartData(
        "step", drawn, axis=Axis(0, top), cells=(CellChart("line", "year", ("covered",)),)
    )
    nouns = words(f"villages.noun.{'kelurahan' if kelurahan else 'village'}.many")
    hover = [
        words("coverage_years.hover", **{**row, "at": at(row, words), "noun": nouns})
        for row in rows
    ]
    color = covered.color(p)
    steps = line(days(rows), covered.values, color, provisional=covered.provisional)
    for trace in steps:
        if trace["mode"] == "lines":
            trace["line"] = trace["line"] | {"shape": "hv"}
    unseen = {
        "type": "scatter",
        "mode": "markers",
        "x": days(rows),
        "y": values,
        "marker": {"size": 14, "opacity": 0},
    }
    traces = [trace | {"hoverinfo": "skip"} for trace in steps]
    traces.append(unseen | {"hovertext": hover, "hoverinfo": "text"})
    traces += [_diamonds(marks, words, mode)] if marks else []
    x, x_narrow = axis(rows)
    end = ending(rows[-1], values[-1], color, words, p)
    notes, narrow = (
        [end, *labels(marks, rows[0]["as_of"], rows[-1]["as_of"], words, p, narrow=phone)]
        for phone in (False, True)
    )
    layout = {
        "xaxis": x,
        "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",d"},
        "annotations": notes,
        "margin": {"r": room(rows[-1], values, words)},
        "meta": {"narrow": {"xaxis": x_narrow, "annotations": narrow}},
    }
    return Chart(data, {"data": traces, "layout": layout})


def _diamonds(marks: list[Any], words: Words, mode: Mode) -> dict[str, Any]:
    texts = [
        words("coverage_years.hover_published", date=mark["date"], value=mark["published"])
        for mark in marks
    ]
    hover = [
        f"{safe(text)}<br>{safe(mark['source'])}" for text, mark in zip(texts, marks, strict=True)
    ]
    x, y = [day(mark["date"]) for mark in marks], [mark["published"] for mark in marks]
    return published(x, y, palette(mode), hovertext=hover, hoverinfo="text")


def profile_years(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Members of one village's KUB year by year, from zero. frame: of the question growth."""
    p, rows = palette(mode), records(frame[frame["members"].notna()])
    values = [row["members"] for row in rows]
    if not any(values) or pd.isna(frame["members"].iloc[-1]):
        return nothing(words("villages.todo"), mode)
    members = series(rows, values, words("profile.members"))
    top = max(values) * HEADROOM
    x, x_narrow = axis(rows)
    x |= x_narrow  # it stands in half a page
    layout = {
        "xaxis": x,
        "yaxis": {"range": [0, top], "nticks": 4, "tickformat": ",d"},
        "annotations": [ending(rows[-1], values[-1], p.accent, words, p)],
        "margin": {"r": room(rows[-1], values, words)},
    }
    figure = {"data": course(members, p), "layout": layout}
    return Chart(ChartData("line", (members,), axis=Axis(0, top)), figure)
