"""Both sides of a comparison where a chart has rows in two directions: small multiples, and the
matrix of villages and sectors.
"""

from collections.abc import Mapping
from typing import Any

from kub.charts import panels
from kub.charts.against import ROLES, TOP, legend, names
from kub.charts.chart_data import (
    Chart,
    ChartData,
    Point,
    Series,
    categories,
    nothing,
)
from kub.charts.stretch import grid, scale
from kub.findings.against import Part, Sides
from kub.look import Mode, label, line, palette, safe
from kub.words import Words

ROWS = 20  # villages of the matrix
WITHHELD = "×"  # in a cell of it
ROW, EDGE = 27, 90  # px of one, and around them
Lines = Mapping[str, Mapping[int, float | None]]  # name of a panel -> year -> value


def multiples(own: Lines, other: Lines, spec: str, sides: Sides, words: Words, mode: Mode) -> Chart:
    """A panel for each name with the line of either side, on one scale; at most panels.MOST."""
    p = palette(mode)
    listed = [name for name in own if _any(own[name]) or _any(other.get(name, {}))]
    listed = listed[: panels.MOST]
    if not listed:
        return nothing(words("against.nothing_todo"), mode)
    count, columns = len(listed), panels.side_by_side(len(listed))
    years = sorted({year for side in (own, other) for line_of in side.values() for year in line_of})
    x = [str(year) for year in years]
    edges = [px / panels.height(count) for px in (panels.HEAD, panels.FOOT)]
    wide = panels.cells(count, columns, panels.GAP, *edges)
    narrow = panels.cells(count, min(count, 2), panels.GAP_NARROW, *edges)
    highest = max(
        (n for side in (own, other) for name in listed for n in side.get(name, {}).values() if n),
        default=1.0,
    )
    data, drawn = names(sides, p), []
    drawing: dict[str, Any] = {"annotations": []}
    patch: dict[str, Any] = {}
    for at, name in enumerate(listed):
        suffix = str(at + 1) if at else ""
        lines = [
            Series(label_of, _points(side.get(name, {})), role)
            for label_of, side, role in zip(sides[:2], (own, other), ROLES, strict=True)
        ]
        drawn.append(
            ChartData(
                "line",
                tuple(part for part in lines if part.points),
                categories(x, x),
                spec,
                scale(highest, spec),
                title=name,
            )
        )
        for part in reversed(lines):
            hover = f"%{{x}}<br>{safe(f'{name}, {part.name}')}: %{{y:,.0f}}<extra></extra>"
            traces = line(
                part.keys,
                part.values,
                part.color(p),
                hovertemplate=hover,
                showlegend=False,
                xaxis=f"x{suffix}",
                yaxis=f"y{suffix}",
            )
            data += traces
        across, up = wide[at]
        drawing |= {
            f"xaxis{suffix}": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": x,
                "domain": across,
                "anchor": f"y{suffix}",
                "tickangle": 0,
                "tickvals": list(dict.fromkeys([x[0], x[-1]])),
                "range": [-0.05 * len(x) - 0.1, len(x) - 0.9],
            },
            f"yaxis{suffix}": {
                "domain": up,
                "anchor": f"x{suffix}",
                "showticklabels": at % columns == 0,
            }
            | grid(highest, spec, words),
        }
        patch |= {
            f"xaxis{suffix}": {"domain": narrow[at][0]},
            f"yaxis{suffix}": {"domain": narrow[at][1], "showticklabels": at % 2 == 0},
        }
        ends = [words.write(part.values[-1], spec) for part in lines if part.points]
        heading = label(0, 1, f"{name} {' · '.join(ends)}", p.ink, bold=True)
        inside = {"xref": f"x{suffix} domain", "yref": f"y{suffix} domain", "yanchor": "bottom"}
        drawing["annotations"].append(heading | inside | {"xshift": 0, "yshift": 2})
    drawing |= {
        "showlegend": True,
        "legend": legend(p),
        "margin": {"t": TOP},
        "meta": {"narrow": patch},
    }
    chart = drawn[0] if count == 1 else ChartData("line", panels=tuple(drawn))
    return Chart(chart, {"data": data, "layout": drawing})


def _any(line_of: Mapping[int, float | None]) -> bool:
    return any(line_of.values())


def _points(line_of: Mapping[int, float | None]) -> tuple[Point, ...]:
    return tuple(Point(str(year), number) for year, number in line_of.items())


def matrix_height(rows: int) -> int:
    """px of the matrix."""
    return EDGE + ROW * min(max(rows, 3), ROWS)


def matrix(
    cells: Mapping[tuple[str, str], Part],
    villages: Mapping[str, str],
    sectors: Mapping[str, str],
    sides: Sides,
    words: Words,
    mode: Mode,
) -> Chart:
    """Villages by sectors: '5 · 3' in the colour of the side that has more; a village of one side
    alone has one number. Empty cells stay empty.

    cells: by village and sector; villages, sectors: names of codes, in the order of rows, columns.
    """
    p, codes = palette(mode), list(villages)[:ROWS]
    apart = not any(part.apart >= 0 for part in cells.values())
    if not cells or not codes:
        return nothing(words("against.nothing_todo"), mode)
    across = list(sectors)
    shades, texts, series = [], [], []
    for code in codes:
        row = [cells.get((code, sector)) for sector in across]
        shades.append([side_of(part, apart) for part in row])
        texts.append([_cell(part, apart, words) for part in row])
    for sector in across:
        listed = [cells.get((code, sector)) for code in codes]
        series.append(
            Series(
                sectors[sector],
                tuple(
                    Point(at, part.own if part else None, text=_cell(part, apart, words))
                    for at, part in enumerate(listed)
                ),
                code=sector,
            )
        )
    # Faint grounds, so that the numbers are read: a cell says who has more, its text how many.
    colors = [[0, p.tint], [0.5, p.tint], [0.5, p.surface], [1, p.surface]]
    heat = {
        "type": "heatmap",
        "z": shades,
        "x": list(range(len(across))),
        "y": list(range(len(codes))),
        "zmin": -1,
        "zmax": 1,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverinfo": "skip",
        "colorscale": colors,
    }
    ink = {1: p.accent, -1: p.against, 0: p.ink}
    heat["z"] = [[None if shade is None else -shade for shade in row] for row in shades]
    notes = [
        label(x, y, text, ink[shades[y][x] or 0], bold=True) | {"xanchor": "center", "xshift": 0}
        for y, row in enumerate(texts)
        for x, text in enumerate(row)
        if text
    ]
    layout_of = {
        "xaxis": {
            "side": "top",
            "type": "linear",
            "tickvals": list(range(len(across))),
            "ticktext": [safe(sectors[code]) for code in across],
            "showline": False,
            "range": [-0.5, len(across) - 0.5],
            "tickangle": 0,
        },
        "yaxis": {
            "autorange": False,
            "range": [len(codes) - 0.5, -0.5],
            "showgrid": False,
            "type": "linear",
            "tickvals": list(range(len(codes))),
            "ticktext": [safe(villages[code]) for code in codes],
        },
        "annotations": notes,
        "showlegend": True,
        "legend": legend(p),
        "margin": {"t": TOP + 20},
    }
    rows = categories(range(len(codes)), [villages[code] for code in codes])
    data = ChartData("tiles", tuple(series), rows)
    return Chart(data, {"data": [heat, *names(sides, p)], "layout": layout_of})


def side_of(part: Part | None, apart: bool) -> int | None:
    """1 where this side has more, -1 where the other has, 0 where they are level, or one of them
    is missing. apart: whether the sides have no row in common.
    """
    if part is None:
        return None
    if (part.own is None or part.other is None) and not apart:
        return 0  # withheld: who has more is not said
    mine, theirs = part.own or 0, part.other or 0
    return (mine > theirs) - (mine < theirs)


def _cell(part: Part | None, apart: bool, words: Words) -> str:
    if part is None:
        return ""
    numbers = [part.own, part.other]
    if apart:
        numbers = [number for number in numbers if number is not None] or [None]
    return " · ".join(WITHHELD if n is None else words.number(n) for n in numbers)
