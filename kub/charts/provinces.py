"""The national view of Tolok Ukur: provinces as rows of dots, regencies as points of a map."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kub.charts.benchmark import rate_hover
from kub.charts.chart_data import (
    Axis,
    Category,
    CellChart,
    Chart,
    ChartData,
    Point,
    Role,
    Series,
    nothing,
    numbered,
)
from kub.charts.dots import (
    dots_trace,
    key_line,
    label_room,
    name_rows,
    names_over,
    right_column,
)
from kub.findings import provinces as findings
from kub.findings.benchmark import points, position, rows_per
from kub.look import Figure, Mode, Palette, palette, safe
from kub.words import Words
from kub.words.columns import rate_kind

# px of a row, and of what stands around them
ROW, FOOT = 30, 44
# px of a square; of the map; and the share of regencies whose centre points must be known for one.
TILE, MAP, MAPPED = 14, 380, 0.5
ACROSS = 20  # squares of a row: a phone holds no more of them
# Classes by how far a regency lies from the rate of all together, fewest first.
CLASSES = ("far_below", "below", "within", "above", "far_above")
SHAPES = ("triangle-down", "triangle-down-open", "circle", "triangle-up-open", "triangle-up")
SIGNS = "▼▽●△▲"
ROLES: tuple[Role, ...] = ("secondary", "secondary", "context", "own", "own")


def height(frame: pd.DataFrame) -> int:
    """px for a row per province."""
    return ROW * max(len(frame), 2) + FOOT


def provinces(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """A dot with its 95 % interval per province, highest first: where do KUB reach most?"""
    p, rows = palette(mode), findings.falling(frame)
    if not any(row["covered"] for row in rows if not pd.isna(row["covered"])):
        return nothing(words("provinces.none_todo"), mode)
    known = [(at, row) for at, row in enumerate(rows) if not pd.isna(row["coverage"])]
    reach = Series(
        "",
        tuple(Point(at, row["coverage"], row["low"], row["high"]) for at, row in known),
        "peer",
    )
    names = [findings.named(row, words) for row in rows]
    shares = [words.write(row["coverage"], "p") for row in rows]
    texts = [
        words("provinces.row", share=share, covered=row["covered"], villages=row["villages"])
        for share, row in zip(shares, rows, strict=True)
    ]
    hover = [
        safe(words("provinces.hover", name=names[at], text=texts[at], place=place))
        for at, row in known
        for place in (findings.placed(row, words),)
    ]
    axis = Axis(0, max(row["high"] for _, row in known) * 1.04)
    categories = tuple(
        Category(at, name, (text,))
        for at, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    data = ChartData(
        "dots",
        (reach,),
        categories,
        "p",
        axis,
        cells=(CellChart("bar", "province", ("coverage",)),),
    )
    trace = dots_trace(reach, hover, [str(row["province_code"]) for _, row in known], p)
    trace["marker"] |= {"color": p.accent, "line": {"color": p.accent, "width": 2}}
    inks = [p.ink] * len(rows)
    layout = name_rows(names, p) | {
        "xaxis": {"range": [0, axis.high], "nticks": 6, "tickformat": ",.0%", "showgrid": True},
        "annotations": right_column(texts, inks),
        "margin": {"r": label_room(texts)},
    }
    narrow = {
        "yaxis": {"showticklabels": False},
        "xaxis": {"nticks": 4},
        "margin": {"r": label_room(shares)},
        "annotations": [*right_column(shares, inks), *names_over(names, p)],
    }
    figure = {"data": [trace], "layout": layout | {"meta": {"narrow": narrow}}}
    return Chart(data, figure)


def map_height(frame: pd.DataFrame) -> int:
    """px for squares in a row per province, or for the map."""
    return max(MAP, ROW * frame["programme"].nunique() // 7)


def rates_map(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    per: str = "villages",
    own: str | None = None,
    places: Mapping[str, findings.Seat] | None = None,
) -> Chart:
    """A mark per programme, shaded by whether chance alone explains its distance from the rate of
    all: on a map where centre points are known, else as squares beside the name of the province.

    places: of each programme, its province and centre point.
    """
    p, seats = palette(mode), places or {}
    rows, overall = points([row for row in rows_per(frame, per) if not row["declared"]])
    if not overall:
        return nothing(words("rates.none"), mode)
    located = [row for row in rows if row["programme"] in seats]
    mapped = sum(seats[row["programme"]].point is not None for row in located)
    on_map = mapped >= MAPPED * len(rows)
    if on_map:
        located = [row for row in located if seats[row["programme"]].point]
        spots = [seats[row["programme"]].point or (0.0, 0.0) for row in located]
        names: list[str] = []
    else:
        located.sort(key=lambda row: seats[row["programme"]].province or "~")  # invented ones last
        seated = [findings.seated(seats[row["programme"]], words) for row in located]
        names, spots = _squares(seated)
    classes = [CLASSES.index(position(row, overall)) for row in located]
    marks = Series(
        "",
        tuple(Point(x, y, role=ROLES[step]) for (x, y), step in zip(spots, classes, strict=True)),
    )
    data = ChartData("map", (marks,), numbered(names), rate_kind(per))
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": marks.keys,
        "y": marks.values,
        "customdata": [row["programme"] for row in located],
        "hovertext": [rate_hover(row, words) for row in located],
        "hoverinfo": "text",
        "marker": {
            "symbol": [SHAPES[step] for step in classes],
            "size": TILE,
            "color": marks.colors(p),
            "line": {
                "width": [3 if row["programme"] == own else 1 for row in located],
                "color": [p.accent if row["programme"] == own else p.ink for row in located],
            },
        },
    }
    layout = _seen(names, spots, on_map, p)
    layout["annotations"] = [key_line(_legend(words), p)]
    narrow: dict[str, Any] = {"annotations": [key_line(_legend(words, "<br>"), p)]}
    narrow["margin"] = {"t": 24 * len(CLASSES)}
    if names:
        narrow["yaxis"] = {"showticklabels": False}
        narrow["annotations"] += names_over(names, p)
    return Chart(data, {"data": [trace], "layout": layout | {"meta": {"narrow": narrow}}})


def _squares(provinces: Sequence[str]) -> tuple[list[str], list[tuple[float, float]]]:
    """The names of rows, and where each regency's mark stands: one behind the other beside the name
    of its province, in as many rows as that takes.
    """
    rows: list[str] = []
    first: dict[str, int] = {}
    spots = []
    for province, number in Counter(provinces).items():
        # On a phone the name stands over its marks.
        first[province] = len(rows) + 1
        rows += ["", province, *[""] * ((number - 1) // ACROSS)]
    placed = dict.fromkeys(first, 0)
    for province in provinces:
        down, across = divmod(placed[province], ACROSS)
        spots.append((float(across), float(first[province] + down)))
        placed[province] += 1
    return rows, spots


def _seen(
    names: Sequence[str], spots: Sequence[tuple[float, float]], on_map: bool, p: Palette
) -> Figure:
    across = max(x for x, _ in spots)
    if not on_map:
        x: dict[str, Any] = {"visible": False, "range": [-0.7, across + 0.7]}
        return name_rows(names, p) | {"xaxis": x, "margin": {"t": 34, "r": 12, "b": 8}}
    plain = {"visible": False}
    return {
        "xaxis": plain,
        "yaxis": plain | {"scaleanchor": "x"},
        "margin": {"t": 34, "l": 8, "r": 8, "b": 8},
    }


def _legend(words: Words, between: str = "   ") -> str:
    return between.join(
        f"{SIGNS[step]} {safe(words(f'provinces.class.{name}'))}"
        for step, name in enumerate(CLASSES)
    )
