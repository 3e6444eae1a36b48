"""The figure of the method page: how complete are the reports?"""

import pandas as pd

from kub.charts.chart_data import CellChart, Chart, ChartData, Series, categories, points
from kub.charts.years import NARROW, WIDE, every
from kub.look import Mode, label, palette
from kub.words import Words

# On a phone a number that is wider than its bar stays away; the table has it.
FITTING = {"uniformtext": {"mode": "hide"}}


def growth_reported(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Active KUB in grey, those that reported in front of them: the
    grey that remains is what is missing.
    """
    p = palette(mode)
    years = [str(year) for year in frame["year"]]
    active = Series(words("column.active"), points(years, frame["active"].tolist()), "ground")
    reported = Series(
        words("column.reported"), points(years, frame["reported"].tolist()), written=True
    )
    # A sheet stacks those who did not report on those who did: its columns cannot overlap.
    cells = CellChart(
        "column", "year", ("reported", "unreported"), ("own", "context"), stacking="stacked"
    )
    data = ChartData("column", (active, reported), categories(years, years), cells=(cells,))
    behind = {"type": "bar", "x": years, "y": active.values, "marker": {"color": active.color(p)}}
    front = {
        "type": "bar",
        "x": years,
        "y": reported.values,
        "marker": {"color": reported.color(p)},
        "text": [words.number(value) for value in frame["reported"]],
        "textposition": "inside",
        "insidetextanchor": "end",
        "textangle": 0,
        "textfont": {"color": p.background},
    }
    last = frame.iloc[-1]
    # At a category's position: Plotly takes the text "2023" for the 2023rd one, and the axis would
    # reach that far.
    note = label(
        len(years) - 1, int(last["active"]), words("growth_reported.active"), p.muted, side="top"
    )
    figure = {
        "data": [behind | {"hoverinfo": "skip"}, front | {"hoverinfo": "skip"}],
        "layout": {
            "barmode": "overlay",
            "xaxis": {
                "type": "category",
                "tickvals": years[:: -every(len(years), WIDE)],
                "tickangle": 0,
            },
            "meta": {
                "narrow": {"xaxis": {"tickvals": years[:: -every(len(years), NARROW)]}} | FITTING
            },
            "yaxis": {"nticks": 4, "range": [0, float(frame["active"].max() or 1) * 1.15]},
            "annotations": [note | {"xanchor": "right", "xshift": 12}],
        },
    }
    return Chart(data, figure)
