"""Figures of Pertumbuhan: how many KUB and members year by year,
who comes and goes, how long KUB last.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kub.charts import diamonds, phases
from kub.charts.chart_data import (
    CellChart,
    Chart,
    ChartData,
    Role,
    Series,
    categories,
    known_values,
    nothing,
    points,
)
from kub.charts.events import marks as event_marks
from kub.charts.label_layout import LINE, spread
from kub.charts.years import (
    axis,
    course,
    day,
    ending,
    every,
    from_zero,
    room,
    series,
    value_axis,
)
from kub.findings.events import Event, in_course
from kub.findings.growth import COLUMN, index_base
from kub.findings.phrases import Row, records, signed
from kub.look import Figure, Mode, Palette, label, palette
from kub.words import Words

BARS_NARROW = 14  # bars that carry their value on a phone
# A sheet draws both measures, whatever the slide shows.
CELLS = (
    CellChart("line", "year", ("active",)),
    CellChart("line", "year", ("members",), ("context",)),
)
PLOT = 250  # px of the plot at the least: a higher one has more room between labels
UPPER, LOWER = [0.55, 0.94], [0.0, 0.39]  # of the height: the panels of KUB and members


def growth(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    scale: str = "absolute",
    both: bool = False,
    published: pd.DataFrame | None = None,
    events: Sequence[Event] | None = None,
) -> Chart:
    """A line from zero over the dates the records speak of: how many, and how steep?

    scale: absolute | indexed (first year with KUB = 100, KUB against members). both: a second panel
    below with the other measure. published: rows of `reconcile`, as diamonds. events: published
    ones, marked between two panels; a single one has no place for their names.
    """
    rows, p = records(frame), palette(mode)
    if not any(row[COLUMN[measure]] for row in rows):
        return nothing(words("growth.empty_todo"), mode)
    if scale == "indexed" and index_base(rows):
        return _indexed(rows, words, p, measure)
    measures = [measure, *(other for other in COLUMN if both and other != measure)]
    marks = {which: diamonds.rows_of(published, which) for which in measures}
    panels = tuple(
        _panel(rows, which, marks[which], words, "own" if which == measure else "secondary")
        for which in measures
    )
    x, x_narrow = axis(rows)
    ends = [rows[-1][column] for column in COLUMN.values() if not pd.isna(rows[-1][column])]
    figure: Figure = {
        "data": [],
        "layout": {
            "xaxis": x | {"anchor": "y2" if both else "y"},
            "margin": {"r": room(rows[-1], ends, words)},
            "annotations": [],
            "shapes": [],
            "meta": {"narrow": {"xaxis": x_narrow, "annotations": [], "shapes": []}},
        },
    }
    if not both:
        _add(figure, frame, panels[0], measure, marks[measure], words, p, [0, 1])
        return Chart(replace(panels[0], title="", cells=CELLS), figure)
    for which, panel, domain, suffix in zip(
        measures, panels, (UPPER, LOWER), ("", "2"), strict=True
    ):
        _add(figure, frame, panel, which, marks[which], words, p, domain, suffix)
    headings = [
        _heading(panel.title, domain, p)
        for panel, domain in zip(panels, (UPPER, LOWER), strict=True)
    ]
    figure["layout"]["annotations"] += headings
    figure["layout"]["meta"]["narrow"]["annotations"] += headings
    shapes, names = event_marks(in_course(events, rows), rows, words, p, UPPER)
    figure["layout"]["shapes"] += shapes
    figure["layout"]["annotations"] += names
    return Chart(ChartData("line", panels=panels, cells=CELLS), figure)


def _panel(rows: list[Row], which: str, marks: list[Row], words: Words, role: Role) -> ChartData:
    """One measure over the dates, with what was published of it."""
    name = words(f"growth.heading_{which}")
    main = series(rows, [row[COLUMN[which]] for row in rows], name, role)
    drawn = (main, *diamonds.series(marks, words))
    return ChartData("line", drawn, title=name, axis=from_zero(max(1, *known_values(drawn))))


def _add(
    figure: Figure,
    frame: pd.DataFrame,
    panel: ChartData,
    which: str,
    marks: list[Row],
    words: Words,
    p: Palette,
    domain: list[float],
    suffix: str = "",
) -> None:
    """Put one measure into the figure, on a y axis of its own."""
    main, rows = panel.series[0], records(frame)
    values = [row[COLUMN[which]] for row in rows]
    layout, y = figure["layout"], {"yref": f"y{suffix}"}
    layout[f"yaxis{suffix}"] = {"domain": domain} | value_axis(max(known_values(panel.series)))
    traces = course(main, p)
    traces += [diamonds.trace(marks, which, words, p)] if marks else []
    figure["data"] += [trace | {"yaxis": f"y{suffix}"} for trace in traces]
    for target, narrow in ((layout, False), (layout["meta"]["narrow"], True)):
        notes = diamonds.labels(marks, rows[0]["as_of"], rows[-1]["as_of"], words, p, narrow)
        shapes, under = phases.under(frame, panel, which, marks, words, p, narrow)
        end = ending(rows[-1], values[-1], main.color(p), words, p)
        target["annotations"] += [note | y for note in [end, *notes, *under]]
        target["shapes"] += [shape | _reference(shape, suffix) for shape in shapes]


def _reference(shape: dict[str, Any], suffix: str) -> dict[str, str]:
    """A band is as high as its panel; a rule stands on its axis."""
    return {"yref": f"y{suffix} domain" if shape["type"] == "rect" else f"y{suffix}"}


def _heading(title: str, domain: list[float], p: Palette) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "xshift": 0, "yshift": 4}
    return label(0, domain[1], title, p.ink, bold=True) | place


def _indexed(rows: list[Row], words: Words, p: Palette, measure: str) -> Chart:
    """Both measures with the first year = 100: which grew faster?"""
    base = index_base(rows) or rows[0]
    listed = [row for row in rows if row["year"] >= base["year"]]
    indexed = {
        which: series(
            listed,
            [100 * row[column] / base[column] for row in listed],
            words(f"growth.heading_{which}"),
            "own" if which == measure else "secondary",
        )
        for which, column in COLUMN.items()
    }
    # The chosen one lies on top.
    drawn = tuple(sorted(indexed.values(), key=lambda line: line.role == "own"))
    highest = max(known_values(drawn))
    last = {which: list(known_values([line]))[-1] for which, line in indexed.items()}
    upward = sorted(last, key=lambda which: last[which])
    heights = [PLOT * last[which] / from_zero(highest).high for which in upward]
    # Where the two end close together, their labels step aside.
    moves = {
        which: place - height
        for which, height, place in zip(
            upward, heights, spread(heights, [LINE] * len(upward)), strict=True
        )
    }
    traces, notes = [], []
    for which, line in sorted(indexed.items(), key=lambda item: item[0] == measure):
        traces += course(line, p)
        text = f"{words(f'measure.{which}')} {words.number(last[which])}"
        at = day(listed[-1]["as_of"])
        note = label(at, last[which], text, line.color(p), bold=which == measure)
        notes.append(note | {"yshift": moves[which]})
    hundred = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 100,
        "y1": 100,
        "layer": "below",
        "line": {"color": p.context, "width": 1, "dash": "dot"},
    }
    x, x_narrow = axis(listed)
    layout = {
        "xaxis": x,
        "yaxis": value_axis(highest),
        "shapes": [hundred],
        "annotations": notes,
        "margin": {"r": 108},
        "meta": {"narrow": {"xaxis": x_narrow}},
    }
    data = ChartData("line", drawn, axis=from_zero(max(highest, 1)), cells=CELLS)
    return Chart(data, {"data": traces, "layout": layout})


def growth_flow(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Bars up and down: how many KUB came and went each year?

    The difference stands under the year.
    """
    rows, p = records(frame), palette(mode)
    founded, closed = ([row[name] for row in rows] for name in ("founded", "closed"))
    if not sum(founded) + sum(closed):
        return nothing(words("growth.empty_todo"), mode)
    years = [str(row["year"]) for row in rows]
    nets = [signed(words, up - down) for up, down in zip(founded, closed, strict=True)]
    hover = [
        words("growth_flow.hover", **{**row, "net": net})
        for row, net in zip(rows, nets, strict=True)
    ]
    pattern = {
        "shape": ["/" if row["provisional"] else "" for row in rows],
        "bgcolor": p.background,
        "size": 6,
    }
    parts: dict[str, tuple[list[int], Role]] = {
        "founded": (founded, "own"),
        "closed": ([-value for value in closed], "loss"),
    }
    drawn = tuple(
        Series(
            words(f"growth_flow.{name}"),
            points(years, values),
            role,
            provisional=bool(rows[-1]["provisional"]),
            written=any(values),
        )
        for name, (values, role) in parts.items()
    )
    labels = [f"{year}\n{net}" for year, net in zip(years, nets, strict=True)]
    cells = CellChart("column", "year", ("founded", "closed"), ("own", "loss"))
    data = ChartData("column", drawn, categories(years, labels), cells=(cells,))

    def bar(part: Series) -> dict[str, Any]:
        color = part.color(p)
        return {
            "type": "bar",
            "x": years,
            "y": part.values,
            "textposition": "outside",
            "text": [words.number(abs(value)) if value else "" for value in part.values],
            "hovertext": hover,
            "hoverinfo": "text",
            "marker": {"color": color, "pattern": pattern | {"fgcolor": color}},
        }

    def tick(most: int, short: bool) -> dict[str, Any]:
        shown = list(zip(years, nets, strict=True))[:: -every(len(years), most)][::-1]
        text = [f"{'’' + year[2:] if short else year}<br>{net}" for year, net in shown]
        return {"tickvals": [year for year, _ in shown], "ticktext": text}

    up, down = max(max(founded), 1), max(max(closed), 1)
    room = 0.22 * (up + down)  # for the values beyond the bars
    narrow: dict[str, Any] = {"xaxis": tick(12, short=True)}
    if len(years) > BARS_NARROW:
        # No room for values on the bars: hide them all, and show the ends of the scale instead.
        scale = {
            "showticklabels": True,
            "tickvals": [-down, 0, up],
            "ticktext": [words.number(n) for n in (down, 0, up)],
        }
        narrow |= {"uniformtext": {"mode": "hide", "minsize": 99}, "yaxis": scale}
    heading = {"xref": "paper", "yref": "paper", "xshift": 0}
    figure = {
        "data": [bar(part) for part in drawn],
        "layout": {
            "barmode": "overlay",
            "bargap": max(0.32, 1 - 0.12 * len(years)),  # few years: no bar as wide as a door
            "xaxis": {"type": "category", "tickangle": 0, "showline": False}
            | tick(24, short=False),
            "yaxis": {
                "range": [-down - room, up + room],
                "showticklabels": False,
                "showgrid": False,
                "zeroline": True,
                "zerolinecolor": p.muted,
                "zerolinewidth": 1,
            },
            "annotations": [
                label(0, height, part.name, part.color(p), bold=True) | heading | {"yanchor": side}
                for part, height, side in zip(drawn, (1, 0), ("top", "bottom"), strict=True)
            ],
            "meta": {"narrow": narrow},
        },
    }
    return Chart(data, figure)
