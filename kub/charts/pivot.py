"""A pivot table as a heat map with its numbers: the darker, the more of the largest cell."""

from collections.abc import Callable, Sequence
from math import ceil

import pandas as pd

from kub.charts.chart_data import Chart, ChartData, Point, Series, categories, nothing
from kub.charts.sectors import ON_STEPS
from kub.findings.options import PivotOptions
from kub.findings.pivot import ADDITIVE, SPECS, Labels
from kub.look import LIGHT, Mode, safe
from kub.words import Words
from queries.filters import Filters

ROWS, COLUMNS = 24, 14  # that a picture can be read with
PITCH, HEAD = 28, 64  # px of a row, and above all
MILLION = 1_000_000
EVERYTHING = Filters()
Call = Callable[[str, str | None, str | None], str]
STEPS = len(LIGHT.steps)


def height(frame: pd.DataFrame) -> int:
    """px that the heat map needs."""
    return HEAD + PITCH * min(max(frame["row_code"].nunique(), 3), ROWS)


def wide(frame: pd.DataFrame, value: str, rows: int, columns: int) -> pd.DataFrame:
    """Rows by columns, as codes; years in their order, others the largest first, so many of each.

    By the largest figure of a line where figures do not add up.
    """
    keyed = frame.assign(
        row_code=frame["row_code"].fillna(""), column_code=frame["column_code"].fillna("")
    )
    table = keyed.pivot(index="row_code", columns="column_code", values=value).astype(float)
    return table.loc[_order(table, value)[:rows], _order(table.T, value)[:columns]]


def _order(table: pd.DataFrame, value: str) -> list[str]:
    codes = [str(code) for code in table.index]
    if all(len(code) == 4 and code.isdigit() for code in codes):
        return sorted(codes)
    sums = table.sum(axis=1) if value in ADDITIVE else table.max(axis=1)
    return [str(code) for code in sums.sort_values(ascending=False, kind="stable").index]


def names(frame: pd.DataFrame, side: str, dimension: str, call: Call) -> dict[str, str]:
    """Code -> what is written for it. side: row or column. call: as Labels.of."""
    pairs = frame[[f"{side}_code", f"{side}_name"]].drop_duplicates()
    return {
        "" if pd.isna(code) else str(code): call(dimension, code, name)
        for code, name in pairs.itertuples(index=False)
    }


def written(value: float, spec: str, words: Words) -> str:
    """A figure in a cell; money in millions, which the subtitle says."""
    if spec == "rp":
        return words.number(value / MILLION, 0 if abs(value) >= 10 * MILLION else 1)
    return words.write(value, "p0" if spec == "p" else spec)


def pivot(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    filters: Filters = EVERYTHING,
    value: str = PivotOptions.value,
) -> Chart:
    """An empty cell has no KUB, or its figure is not known or withheld: the table says which."""
    if frame[value].isna().all():
        return nothing(words("pivot.none"), mode)
    labels, spec = Labels(words, filters), SPECS[value]
    table = wide(frame, value, ROWS, COLUMNS)
    row_names = names(frame, "row", filters.rows, labels.of)
    column_names = names(frame, "column", filters.columns, labels.short)
    most = float(table.max().max()) or 1.0
    codes = [str(code) for code in table.index]
    data = ChartData(
        "matrix",
        tuple(
            Series(column_names[str(code)], _points(table[code], most), code="")
            for code in table.columns
        ),
        categories(codes, [row_names[code] for code in codes]),
        spec,
    )
    return Chart(data, _figure(table, data, codes, spec, words))


def _points(values: pd.Series, most: float) -> tuple[Point, ...]:
    known = {str(code): float(value) for code, value in values.items() if pd.notna(value)}
    steps = {code: max(ceil(value / most * STEPS) - 1, 0) for code, value in known.items()}
    return tuple(
        Point(
            str(code),
            known.get(str(code)),
            code=f"step{steps[str(code)]}" if str(code) in known else "",
        )
        for code in values.index
    )


def _figure(
    table: pd.DataFrame, data: ChartData, codes: Sequence[str], spec: str, words: Words
) -> dict[str, object]:
    across = [_short(series.name, len(data.series)) for series in data.series]
    down = [safe(name) for name in data.labels]
    places = list(range(len(across)))
    cells = [
        (r, c, series.points[r])
        for c, series in enumerate(data.series)
        for r in range(len(codes))
        if series.points[r].value is not None
    ]
    grid: list[list[int | None]] = [[None] * len(across) for _ in codes]
    for r, c, cell in cells:
        grid[r][c] = int(cell.code[-1])
    heat = {
        "type": "heatmap",
        "z": grid,
        "x": places,
        "y": list(range(len(down))),
        "zmin": 0,
        "zmax": STEPS - 1,
        "colorscale": [[i / (STEPS - 1), color] for i, color in enumerate(LIGHT.steps)],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "skip",
    }
    numbers = {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "x": [c for _, c, _ in cells],
        "y": [r for r, _, _ in cells],
        "text": [written(cell.value or 0, spec, words) for *_, cell in cells],
        "textfont": {"color": [ON_STEPS[int(cell.code[-1])] for *_, cell in cells]},
    }
    ticks = {"showline": False, "showgrid": False, "zeroline": False}
    return {
        "data": [heat, numbers],
        "layout": {
            "xaxis": ticks
            | {
                "side": "top",
                "tickangle": 0,
                "tickvals": places,
                "ticktext": across,
                "range": [-0.5, len(across) - 0.5],
            },
            "meta": {"narrow": {"xaxis": {"tickangle": -60}}},
            "yaxis": ticks
            | {
                "range": [len(down) - 0.5, -0.5],
                "tickvals": list(range(len(down))),
                "ticktext": down,
                "ticklabelstandoff": 8,
            },
        },
    }


def _short(name: str, beside: int) -> str:
    """A heading in two lines where many stand side by side."""
    text = safe(name)
    if beside < 6 or len(name) <= 9 or " " not in name:
        return text
    middle = len(name) // 2
    at = min((n for n, sign in enumerate(name) if sign == " "), key=lambda n: abs(n - middle))
    return f"{safe(name[:at])}<br>{safe(name[at + 1 :])}"
