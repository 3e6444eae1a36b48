"""How long KUB last: a falling step line (Kaplan and Meier)."""

from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    categories,
    nothing,
)
from kub.charts.years import (
    every,
)
from kub.findings.growth import title_row
from kub.findings.phrases import Row, plural, records
from kub.look import Mode, label, palette
from kub.words import Words

FEW = 10  # KUB under observation; below it a survival is drawn grey


def survival(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """A falling step line: how long do KUB last?

    Under each age stands how many are still under observation.
    """
    rows, p = records(frame), palette(mode)
    if len(rows) < 2:
        return nothing(words("survival.young" if rows else "growth.empty_todo"), mode)
    firm = max(sum(row["at_risk"] >= FEW for row in rows), 1)
    # Grey from where few are left; on a slide each age has a bar of its own colour.
    drawn = Series(
        "",
        tuple(
            Point(row["years"], row["survival"], role="own" if age < firm else "context")
            for age, row in enumerate(rows)
        ),
    )
    labels = [f"{row['years']}\n{words.number(row['at_risk'])}" for row in rows]
    data = ChartData(
        "step",
        (drawn,),
        categories(drawn.keys, labels),
        "p",
        Axis(0, 1.1, 0.25),
        caption=words("survival.axis"),
        cells=(CellChart("line", "years", ("survival",)),),
    )
    traces = [_steps(rows[firm - 1 :], p.context, words), _steps(rows[:firm], p.accent, words)]
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
        text = [name.replace("\n", "<br>") for name in labels[:: every(len(rows), count)]]
        return {"tickvals": [row["years"] for row in shown], "ticktext": text}

    longest = len(words.number(rows[0]["at_risk"]))
    title = {"text": data.caption, "standoff": 10, "font": {"color": p.muted}}
    quarters = [0, 0.25, 0.5, 0.75, 1]
    figure = {
        "data": traces,
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
    return Chart(data, figure)


def _steps(rows: list[Row], color: str, words: Words) -> dict[str, Any]:
    hover = [
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
        "hovertext": hover,
        "hoverinfo": "text",
    }
