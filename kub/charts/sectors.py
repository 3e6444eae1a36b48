"""Figures of the sector screen: the mix now, where it sits, who
specialises, which trades.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    Category,
    CellChart,
    Chart,
    ChartData,
    Key,
    Point,
    Series,
    categories,
    numbered,
)
from kub.findings.reach import RANKED_FROM
from kub.look import LIGHT, SECTORS, Mode, bar_axes, bars, palette, safe
from kub.words import Words
from kub.words.trades import trade

# More rows than this cannot be read from five metres; the table below the chart has them all.
ROWS = 20
TRADES = 4
# Text upon each of the five steps. The browser turns ink and background with the mode, as the steps
# turn; the middle step is of one lightness in both modes, so its text is a dark that no palette
# names and that stays.
ON_STEPS = (LIGHT.ink, LIGHT.ink, "#0B1016", LIGHT.background, LIGHT.background)


def sectors(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Chart:
    """Sorted bars, share and count at the end: which trade is the programme made of?"""
    ordered = frame.sort_values(measure, ascending=False, kind="stable")
    total = max(int(ordered[measure].sum()), 1)
    texts = [f"{words.number(v)} · {words.percent(v / total, 0)}" for v in ordered[measure]]
    codes, values = ordered["sector"].tolist(), ordered[measure].tolist()
    data = ChartData(
        "bar",
        (Series("", _of_sectors(codes, values, codes), written=True),),
        categories(codes, [words(f"sector.{code}") for code in codes]),
        cells=(CellChart("bar", "sector", (measure,)),),
    )
    colors = data.series[0].colors(palette(mode))
    bar = bars(data.labels, values, texts, colors, hoverinfo="none", customdata=codes)
    return Chart(data, {"data": [bar], "layout": bar_axes(values, texts)})


def _of_sectors(
    keys: Sequence[Key], values: Sequence[float], codes: Sequence[str]
) -> tuple[Point, ...]:
    """Points in the colours of their sectors."""
    return tuple(
        Point(key, value, code=code) for key, value, code in zip(keys, values, codes, strict=True)
    )


def village_sectors(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    names: Mapping[str, str] | None = None,
) -> Chart:
    """Heat map village x sector, fullest villages on top: where does each trade sit?

    An empty cell is a true zero.
    """
    wide = frame.pivot(index="village_code", columns="sector", values=measure).reindex(
        columns=list(SECTORS)
    )
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS]]
    most = float(wide.max().max())
    rows = categories(wide.index.tolist(), [(names or {}).get(code, code) for code in wide.index])
    data = ChartData(
        "matrix",
        tuple(
            Series(words(f"sector_short.{sector}"), _cells(wide[sector], most), code=sector)
            for sector in wide.columns
        ),
        rows,
    )
    columns = [column.name for column in data.series]
    villages = [safe(name) for name in data.labels]
    table = [[column.points[r] for column in data.series] for r in range(len(rows))]
    filled = [
        (r, c, cell) for r, row in enumerate(table) for c, cell in enumerate(row) if cell.code
    ]
    grid = [[int(cell.code[-1]) if cell.code else None for cell in row] for row in table]
    heat = {
        "type": "heatmap",
        "z": grid,
        "x": columns,
        "y": villages,
        "zmin": 0,
        "zmax": len(LIGHT.steps) - 1,
        "colorscale": [[i / (len(LIGHT.steps) - 1), color] for i, color in enumerate(LIGHT.steps)],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "none",
        "hoverongaps": False,
        "customdata": [[f"{code} {sector}" for sector in wide.columns] for code in wide.index],
    }
    numbers = {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "x": [columns[c] for _, c, _ in filled],
        "y": [villages[r] for r, _, _ in filled],
        "text": [words.number(cell.value or 0) for *_, cell in filled],
        "textfont": {"color": [ON_STEPS[int(cell.code[-1])] for *_, cell in filled]},
        "customdata": [f"{wide.index[r]} {wide.columns[c]}" for r, c, _ in filled],
    }
    figure = {
        "data": [heat, numbers],
        "layout": {
            "xaxis": {"side": "top", "type": "category", "showline": False, "tickangle": 0},
            "meta": {"narrow": {"xaxis": {"tickangle": -60}}},
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "showgrid": False,
                "ticklabelstandoff": 8,
            },
        },
    }
    return Chart(data, figure)


def _cells(values: pd.Series, most: float) -> tuple[Point, ...]:
    """A column of the matrix; the colour of a cell is its part of the highest."""
    known = {code: value for code, value in values.items() if not pd.isna(value)}
    steps = {code: ceil(value / most * len(LIGHT.steps)) - 1 for code, value in known.items()}
    return tuple(
        Point(str(code), known.get(code), code=f"step{steps[code]}" if code in steps else "")
        for code in values.index
    )


def specialisation(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Dots: how many times the programme's share does a village reach in
    its most typical sector? 1 = as everywhere.
    """
    p = palette(mode)
    ranked = frame[frame["kub"] >= RANKED_FROM].sort_values("lq", ascending=False, kind="stable")[
        :ROWS
    ]
    villages = [safe(v) for v in ranked["village"]]
    longest = float(ranked["lq"].max()) if len(ranked) else 1.0
    texts = [
        f"{words.number(lq, 1)}× {words(f'sector_short.{sector}')}"
        for lq, sector in zip(ranked["lq"], ranked["sector"], strict=True)
    ]
    places: list[Key] = list(range(len(ranked)))
    times = _of_sectors(places, ranked["lq"].tolist(), ranked["sector"].tolist())
    names = zip(places, ranked["village"], texts, strict=True)
    axis = Axis(0.8, 1 + (longest - 1) * 1.45 + 0.6)
    data = ChartData(
        "dots",
        (Series("", times),) if times else (),
        tuple(Category(place, name, (text,)) for place, name, text in names),
        "n1",
        axis,
    )
    stems: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [],
        "y": [],
        "hoverinfo": "skip",
    }
    for village, lq in zip(villages, ranked["lq"], strict=True):
        stems["x"] += [1, lq, None]
        stems["y"] += [village, village, None]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": ranked["lq"].tolist(),
        "y": villages,
        "textposition": "middle right",
        "marker": {"size": 13, "color": [SECTORS[s] for s in ranked["sector"]]},
        "hoverinfo": "none",
        "text": [f"  {safe(text)}" for text in texts],
        "customdata": ranked["village_code"].tolist(),
    }
    figure = {
        "data": [stems | {"line": {"color": p.line, "width": 2}}, dots],
        "layout": {
            "xaxis": {
                "range": [axis.low, axis.high],
                "showgrid": True,
                "tickvals": [1],
                "ticktext": [words("specialisation.one")],
            },
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "showgrid": False,
                "ticklabelstandoff": 8,
            },
        },
    }
    return Chart(data, figure)


def activities(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Chart:
    """Bars by sector, the commonest trades of each: what exactly do they make?"""
    known = frame[frame["activity"].notna()].sort_values(measure, ascending=False, kind="stable")
    shown = pd.concat([known[known["sector"] == sector][:TRADES] for sector in SECTORS])
    first = ~shown["sector"].duplicated()
    texts = [
        words.number(value) + (f" · {words(f'sector_short.{sector}')}" if named else "")
        for sector, value, named in zip(shown["sector"], shown[measure], first, strict=True)
    ]
    # Two sectors may share the name of a trade: rows are numbered, names are their tick texts.
    values, names = shown[measure].tolist(), [trade(name, words) for name in shown["activity"]]
    parts = _of_sectors(range(len(shown)), values, shown["sector"].tolist())
    data = ChartData(
        "bar",
        (Series("", parts, written=True),) if parts else (),
        numbered(names),
        cells=(CellChart("bar", "activity", (measure,)),),
    )
    colors = [SECTORS[code] for code in shown["sector"]]
    bar = bars(names, values, texts, colors, hoverinfo="none") | {"y": list(range(len(shown)))}
    bar["customdata"] = shown["sector"].tolist()
    axes = bar_axes(values, texts)
    axes["yaxis"] |= {
        "type": "linear",
        "tickvals": bar["y"],
        "ticktext": [safe(name) for name in names],
    }
    return Chart(data, {"data": [bar], "layout": axes})
