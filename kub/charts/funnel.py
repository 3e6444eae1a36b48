"""The funnel of rates: which programme differs from the average by more than chance would?"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

import pandas as pd

from kub.charts.benchmark import named, rate_hover, role_of, series_name, sign_of
from kub.charts.chart_data import (
    Axis,
    Chart,
    ChartData,
    Role,
    Series,
    color,
    nothing,
    points,
)
from kub.charts.dots import dots_trace, label_room, ticks
from kub.charts.label_layout import GAP, LINE, Box, spread, text_width
from kub.charts.labels import SPARE
from kub.findings import benchmark as findings
from kub.findings.phrases import Row
from kub.look import Mode, Palette, label, palette
from kub.words import Words
from kub.words.columns import rate_kind

PLOT = 260  # px: the lowest plot of a funnel, that of the stage; a higher one has more room
# px: the narrowest plots of a window (half a page, chart.js: NARROW) or of paper, and of a phone
SCREEN, PHONE = 390, 220
STEPS = 48  # points of a limit's curve
DOT = 8  # px that a name keeps from the middle of its dot
ASIDE, OVER = 20, 11  # px that it keeps from the middle of another, beside, and above or below it
NAMED = 40  # more names than this have no room
CROSSING = 14  # px that a name rather moves than stand on one line
MOVES = sorted(range(-48, 49, 4), key=abs)  # px that an important name may stand higher or lower


def rates_funnel(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str,
    own: str | None,
    per: str = "residents",
) -> Chart:
    """Rates against size, between the limits that chance leaves: who really differs?"""
    if per == "count":
        return nothing(words("funnel.count_todo"), mode)
    p, rows = palette(mode), findings.rows_per(frame, per)
    if len(rows) < 2:
        return nothing(words("benchmark.alone_todo"), mode)
    held, overall = findings.points(rows)
    if not overall:
        return nothing(words("funnel.none_todo"), mode)
    unit, sizes = findings.unit(measure, per), [row["exposure"] for row in held]
    # Limits widen without end towards no size at all: the curves begin short of the smallest.
    first, last = min(sizes) * 0.7, max(sizes) * 1.06
    x = [first + (last - first) * step / STEPS for step in range(STEPS + 1)]
    bounds = [[findings.limits(overall * size, tail) for size in x] for tail in findings.TAILS]
    curves = [
        [b[end] * unit / size for b, size in zip(tail, x, strict=True)]
        for tail in bounds
        for end in (0, 1)
    ]
    highest = findings.limits(overall * min(sizes), findings.TAILS[-1])[1] * unit / min(sizes)
    top = 1.08 * max([highest, *(row["value"] for row in held)])
    line: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": x,
        "cliponaxis": True,
    }
    data = [line | {"y": [overall * unit] * len(x), "line": {"color": p.muted, "width": 1.5}}]
    for curve, dash in zip(curves, ("solid", "solid", "dot", "dot"), strict=True):
        data.append(line | {"y": curve, "line": {"color": p.context, "width": 1.5, "dash": dash}})
    parts: dict[Role, list[Row]] = {"peer": [], "own": [], "guest": []}
    for row in held:
        parts[role_of(row, own)].append(row)
    series = tuple(
        Series(
            series_name(role, [row["regency"] for row in part], words),
            points([row["exposure"] for row in part], [row["value"] for row in part]),
            role,
        )
        for role, part in parts.items()
        if part
    )
    for dots in series:
        part = parts[dots.role]
        hover, programmes = zip(
            *((rate_hover(row, words), row["programme"]) for row in part), strict=True
        )
        data.append(dots_trace(dots, hover, programmes, p, dots.keys))
    average = words("funnel.average", value=words.write(overall * unit, rate_kind(per)))
    inner, outer = (
        words("funnel.limit", share=words.percent(*share)) for share in ((0.95, 0), (0.998, 1))
    )
    ends = [(curves[1][-1], inner), (curves[3][-1], outer), (overall * unit, average)]
    notes = _apart(
        [label(1, y, text, p.muted) | {"xref": "paper", "xshift": 8} for y, text in ends], top
    )
    ranked = _by_importance(held, own, overall)
    drawn_lines = [*curves, [overall * unit] * len(x)]
    wide, narrow = (
        notes + _names(ranked, own, words, p, size, size.lines(x, drawn_lines))
        for size in (_Size(width, last, top) for width in (SCREEN, PHONE))
    )
    layout = {
        "xaxis": {
            "range": [0, last],
            "nticks": 6,
            "tickformat": ",d",
            "title": {"text": words(f"funnel.axis.{per}")},
        },
        "yaxis": {"range": [0, top]} | ticks(top, words),
        "annotations": wide,
        "margin": {"r": label_room([text for _, text in ends])},
        "meta": {"narrow": {"xaxis": {"nticks": 3}, "annotations": narrow}},
    }
    axis = Axis(0, top)
    caption = words(f"funnel.axis.{per}")
    drawn = ChartData("funnel", series, unit=rate_kind(per), axis=axis, caption=caption)
    return Chart(drawn, {"data": data, "layout": layout})


def _by_importance(held: Sequence[Row], own: str | None, overall: float) -> list[tuple[Row, bool]]:
    """The own one, guests, those outside the limits, the others; and whether it is not one of the
    last. In each the furthest from the average first.
    """

    def order(row: Row) -> tuple[int, float]:
        within = findings.position(row, overall) == "within"
        rank = {"own": 0, "guest": 1}.get(role_of(row, own), 2 + within)
        return rank, -abs(row["n"] / row["exposure"] - overall)

    ranked = sorted((*order(row), place) for place, row in enumerate(held))
    return [(held[place], rank < 3) for rank, _, place in ranked]


def _names(
    ranked: Sequence[tuple[Row, bool]],
    own: str | None,
    words: Words,
    p: Palette,
    size: "_Size",
    lines: Sequence[Sequence[Box]],
) -> list[dict[str, Any]]:
    """Names at the dots, none on another or on a dot; those of the own one and of guests in any
    case. lines: the pieces of each, on which a name stands only where all else is far.
    """
    middles = [size.place(row["exposure"], row["value"]) for row, _ in ranked]
    taken: list[Box] = []
    # Close to another dot a name would seem to be its name.
    wide = [Box(x - ASIDE, x + ASIDE, y - OVER, y + OVER) for x, y in middles]
    notes: list[dict[str, Any]] = []
    for at, (row, important) in enumerate(ranked[:NAMED]):
        x, y = middles[at]
        others = [*wide[:at], *wide[at + 1 :], Box(x - DOT, x + DOT, y - DOT, y + DOT)]
        role = role_of(row, own)
        text = named(row, words).replace("Kabupaten ", "Kab. ") + sign_of(row)
        strong = role != "peer"
        width = text_width(text, 700 if strong else 400)
        moves = MOVES if important else [0]
        # One that must stand rather comes close to another dot than upon a name.
        ways = [[*taken, *others], *([taken] if strong else [])]
        tries = (_free((x, y), width, moves, way, lines, size) for way in ways)
        side, up, box = next((place for place in tries if place[2]), (_beside(x, size)[0], 0, None))
        if box is None and not strong:
            continue
        taken += [box._replace(left=box.left - GAP, right=box.right + GAP)] if box else []
        ink = color(role, "", p) if strong else p.ink
        note = label(row["exposure"], row["value"], text, ink, side=side, bold=strong)
        # A line below a name is broken by it; in a larger plot lines lie elsewhere.
        note |= {"yshift": note["yshift"] + up, "bgcolor": p.background, "borderpad": 0}
        # Above or below its dot a name begins or ends with it, as there is room.
        if side in ("top", "bottom"):
            early = x < size.width / 2
            note |= {"xanchor": "left" if early else "right", "xshift": -DOT if early else DOT}
        notes.append(note | ({} if strong else {"name": SPARE}))
    return notes


class _Size(NamedTuple):
    """px of a plot as small as thought, and the ends of its axes."""

    width: float
    last: float
    top: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        return self.width * x / self.last, PLOT * y / self.top

    def lines(self, x: Sequence[float], curves: Sequence[Sequence[float]]) -> list[list[Box]]:
        """The pieces of curves over x, 1 px around them."""
        paths = ([self.place(*point) for point in zip(x, y, strict=True)] for y in curves)
        return [
            [
                Box(left, right, min(start, end) - 1, max(start, end) + 1)
                for (left, start), (right, end) in pairwise(path)
            ]
            for path in paths
        ]


def _beside(x: float, size: _Size) -> tuple[str, str]:
    """The sides of a dot at x px, the one with more room first."""
    return ("right", "left") if x < size.width / 2 else ("left", "right")


def _free(
    middle: tuple[float, float],
    width: float,
    moves: Sequence[int],
    taken: Sequence[Box],
    lines: Sequence[Sequence[Box]],
    size: _Size,
) -> tuple[str, int, Box | None]:
    """The side of a dot, and how far up, where a name touches nothing taken: close to its dot, and
    on no line where that is not far; no box where it is nowhere.
    """
    (x, y), half = middle, LINE / 2
    beside = _beside(x, size)
    best: tuple[str, int, Box | None] = (beside[0], 0, None)
    least = inf
    for up in moves:
        if abs(up) >= least:
            break
        for side in (*beside, "top", "bottom"):
            over_dot = x - DOT if x < size.width / 2 else x + DOT - width
            left = {"right": x + 10, "left": x - 10 - width}.get(side, over_dot)
            over = y + up + {"top": 8 + half, "bottom": -8 - half}.get(side, 0)
            box = Box(left, left + width, over - half, over + half)
            inside = left >= 0 and box.right <= size.width and box.low >= 0 and box.high <= PLOT
            if not inside or any(box.touches(other) for other in taken):
                continue
            cost = abs(up) + CROSSING * sum(any(map(box.touches, line)) for line in lines)
            if cost < least:
                best, least = (side, up, box), cost
    return best


def _apart(notes: Sequence[dict[str, Any]], top: float) -> list[dict[str, Any]]:
    """Labels of one side moved up or down so that none lies on another; from the highest, as they
    are read.
    """
    ordered = sorted(notes, key=lambda note: float(note["y"]))
    heights = [PLOT * note["y"] / top for note in ordered]
    # The middles stay in the plot.
    ends = (-LINE / 2, PLOT + LINE / 2)
    places = spread(heights, [LINE] * len(ordered), *ends)
    moved = [
        note | {"yshift": place - height}
        for note, height, place in zip(ordered, heights, places, strict=True)
    ]
    return moved[::-1]
