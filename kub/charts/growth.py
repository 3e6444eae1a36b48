"""Figures of Pertumbuhan: how many KUB and members year by year,
who comes and goes, how long KUB last.
"""

from typing import Any

import pandas as pd

from kub.charts import diamonds, panels
from kub.charts.years import axis, course, day, ending, every, ground, room, value_axis
from kub.findings.growth import COLUMN, index_base, title_row
from kub.findings.phrases import Row, plural, records, signed
from kub.look import Figure, Mode, Palette, empty, label, palette
from kub.words import Words

FEW = 10  # KUB under observation; below it a survival is drawn grey
BARS_NARROW = 14  # bars that carry their value on a phone
UPPER, LOWER = [0.55, 0.94], [0.0, 0.39]  # of the height: the panels of KUB and members


def growth(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    scale: str = "absolute",
    both: bool = False,
    published: pd.DataFrame | None = None,
) -> Figure:
    """A line from zero over the dates the records speak of: how many, and how steep?

    scale: absolute | indexed (first year with KUB = 100, KUB against members). both: a second panel
    below with the other measure. published: rows of `reconcile`, as diamonds.
    """
    rows, p = records(frame), palette(mode)
    if not any(row[COLUMN[measure]] for row in rows):
        return empty(words("growth.empty_todo"), mode)
    if scale == "indexed" and index_base(rows):
        return _indexed(rows, words, p, measure)
    x, x_narrow = axis(rows)
    ends = [rows[-1][column] for column in COLUMN.values() if not pd.isna(rows[-1][column])]
    figure: Figure = {
        "data": [],
        "layout": {
            "xaxis": x | {"anchor": "y2" if both else "y"},
            "margin": {"r": room(rows[-1], ends, words)},
            "annotations": [],
            "meta": {"narrow": {"xaxis": x_narrow, "annotations": []}},
        },
    }
    _add(figure, rows, measure, published, words, p, p.accent, UPPER if both else [0, 1])
    if both:
        other = next(each for each in COLUMN if each != measure)
        _add(figure, rows, other, published, words, p, p.muted, LOWER, "2")
        figure["layout"]["annotations"] += (
            headings := [_heading(measure, UPPER, words, p), _heading(other, LOWER, words, p)]
        )
        figure["layout"]["meta"]["narrow"]["annotations"] += headings
    return figure


def _add(
    figure: Figure,
    rows: list[Row],
    which: str,
    published: pd.DataFrame | None,
    words: Words,
    p: Palette,
    color: str,
    domain: list[float],
    suffix: str = "",
) -> None:
    """Put one measure into the figure, on a y axis of its own."""
    marks = diamonds.rows_of(published, which)
    values = [row[COLUMN[which]] for row in rows]
    highest = max([*values, *(mark["published"] for mark in marks)])
    layout, y = figure["layout"], {"yref": f"y{suffix}"}
    layout[f"yaxis{suffix}"] = {"domain": domain} | value_axis(highest)
    traces = [ground(rows, values, p)] if color == p.accent else []
    traces += course(rows, values, words(f"growth.heading_{which}"), color)
    traces += [diamonds.trace(marks, which, words, p)] if marks else []
    figure["data"] += [trace | {"yaxis": f"y{suffix}"} for trace in traces]
    for target, narrow in ((layout, False), (layout["meta"]["narrow"], True)):
        notes = diamonds.labels(marks, rows[0]["as_of"], rows[-1]["as_of"], words, p, narrow)
        target["annotations"] += [
            note | y for note in [ending(rows[-1], values[-1], color, words, p), *notes]
        ]


def _heading(which: str, domain: list[float], words: Words, p: Palette) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "xshift": 0, "yshift": 4}
    return label(0, domain[1], words(f"growth.heading_{which}"), p.ink, bold=True) | place


def _indexed(rows: list[Row], words: Words, p: Palette, measure: str) -> Figure:
    """Both measures with the first year = 100: which grew faster?"""
    base = index_base(rows) or rows[0]
    listed = [row for row in rows if row["year"] >= base["year"]]
    index = {
        which: [100 * row[column] / base[column] for row in listed]
        for which, column in COLUMN.items()
    }
    highest = max(max(values) for values in index.values())
    # Where the two end close together, their labels step aside.
    kub, members = index["kub"][-1], index["members"][-1]
    aside = 11 if abs(kub - members) / highest < 0.09 else 0
    data, notes = [], []
    for which in sorted(COLUMN, key=lambda each: each == measure):  # the chosen one lies on top
        values, color = index[which], p.accent if which == measure else p.muted
        data += course(listed, values, words(f"growth.heading_{which}"), color)
        text = f"{words(f'measure.{which}')} {words.number(values[-1])}"
        note = label(day(listed[-1]["as_of"]), values[-1], text, color, bold=which == measure)
        notes.append(note | {"yshift": aside if (which == "kub") == (kub >= members) else -aside})
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
    return {"data": data, "layout": layout}


def growth_flow(frame: pd.DataFrame, words: Words, mode: Mode) -> Figure:
    """Bars up and down: how many KUB came and went each year?

    The difference stands under the year.
    """
    rows, p = records(frame), palette(mode)
    founded, closed = ([row[name] for row in rows] for name in ("founded", "closed"))
    if not sum(founded) + sum(closed):
        return empty(words("growth.empty_todo"), mode)
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

    def bar(values: list[int], sign: int, color: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "x": years,
            "y": [sign * value for value in values],
            "textposition": "outside",
            "text": [words.number(value) if value else "" for value in values],
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
    return {
        "data": [bar(founded, 1, p.accent), bar(closed, -1, p.negative)],
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
                label(0, 1, words("growth_flow.founded"), p.accent, bold=True)
                | heading
                | {"yanchor": "top"},
                label(0, 0, words("growth_flow.closed"), p.negative, bold=True)
                | heading
                | {"yanchor": "bottom"},
            ],
            "meta": {"narrow": narrow},
        },
    }


def survival(frame: pd.DataFrame, words: Words, mode: Mode) -> Figure:
    """A falling step line: how long do KUB last?

    Under each age stands how many are still under observation.
    """
    rows, p = records(frame), palette(mode)
    if len(rows) < 2:
        return empty(words("survival.young" if rows else "growth.empty_todo"), mode)
    firm = max(sum(row["at_risk"] >= FEW for row in rows), 1)
    data = [_steps(rows[firm - 1 :], p.context, words), _steps(rows[:firm], p.accent, words)]
    point, last = title_row(rows), rows[-1]
    # Right of the point: there the line runs level for a year.
    text = words(
        "survival.mark", share=point["survival"], age=plural(words, "survival.age", point["years"])
    )
    color = p.accent if point["at_risk"] >= FEW else p.muted
    mark = label(point["years"], point["survival"], text, color, side="top", bold=True)
    notes = [mark | {"xanchor": "left", "xshift": 6, "yshift": 3}]
    if last is not point:
        color = p.accent if firm == len(rows) else p.muted
        notes.append(
            label(
                last["years"],
                last["survival"],
                words.percent(last["survival"], 0),
                color,
                bold=True,
            )
        )
    if 1 < firm < len(rows):
        few = label(
            last["years"], last["survival"], words("survival.few", n=FEW), p.muted, side="bottom"
        )
        notes.append(few | {"xanchor": "right", "xshift": 0})

    def tick(count: int) -> dict[str, Any]:
        shown = rows[:: every(len(rows), count)]
        text = [f"{row['years']}<br>{words.number(row['at_risk'])}" for row in shown]
        return {"tickvals": [row["years"] for row in shown], "ticktext": text}

    longest = len(words.number(rows[0]["at_risk"]))
    title = {"text": words("survival.axis"), "standoff": 10, "font": {"color": p.muted}}
    quarters = [0, 0.25, 0.5, 0.75, 1]
    return {
        "data": data,
        "layout": {
            "xaxis": {
                "range": [-0.3, last["years"] + 0.3],
                "tickangle": 0,
                "ticklabelstandoff": 6,
                "title": title,
            }
            | tick(24),
            "yaxis": {
                "range": [0, 1.1],
                "tickvals": quarters,
                "ticktext": [words.percent(q, 0) for q in quarters],
            },
            "annotations": notes,
            "margin": {"r": 56},
            "meta": {"narrow": {"xaxis": tick(max(3, 24 // longest))}},
        },
    }


def _steps(rows: list[Row], color: str, words: Words) -> dict[str, Any]:
    said = [
        words(
            "survival.hover",
            age=plural(words, "survival.age", row["years"]),
            share=row["survival"],
            at_risk=row["at_risk"],
        )
        for row in rows
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [row["years"] for row in rows],
        "y": [row["survival"] for row in rows],
        "line": {"color": color, "width": 3, "shape": "hv"},
        "marker": {"color": color, "size": 7},
        "hovertext": said,
        "hoverinfo": "text",
    }


def district_growth(
    frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub", provisional: bool = False
) -> Figure:
    """Small multiples, the largest first: where does it grow? What is beyond panels.MOST districts
    is summed.

    provisional: whether the last year is unfinished. Height: panels.height(panels_of(frame)).
    """
    if not frame[measure].any():
        return empty(words("growth.empty_todo"), mode)
    series = [
        (group["district"].iloc[0], group[measure].tolist())
        for _, group in frame.groupby("district_code")
    ]
    series.sort(key=lambda panel: panel[1][-1], reverse=True)
    shown, rest = series[: panels.MOST], []
    if len(series) > panels.MOST:
        shown, rest = series[: panels.MOST - 1], [values for _, values in series[panels.MOST - 1 :]]
        shown.append(
            (
                words("district_growth.rest", n=len(rest)),
                [sum(year) for year in zip(*rest, strict=True)],
            )
        )
    years = frame["year"].drop_duplicates().tolist()
    return panels.multiples(shown, years, words, palette(mode), provisional)


def panels_of(frame: pd.DataFrame) -> int:
    """How many panels district_growth draws of a frame."""
    return min(frame["district_code"].nunique(), panels.MOST)
