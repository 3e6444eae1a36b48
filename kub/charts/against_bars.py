"""Both sides of a comparison as bars: two for each row, or one where a row is of one side alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from kub.charts.against import ROLES, TOP, legend
from kub.charts.chart_data import CellChart, Chart, ChartData, Point, Series, nothing, numbered
from kub.findings.against import PEOPLE, Part, Sides, write
from kub.look import Mode, bar_axes, bars, palette, safe
from kub.words import Words
from kub.words.columns import OTHER

PAIR, SINGLE, EDGE, MOST = 42, 27, 70, 12  # px of two bars, of one, around them; rows drawn


def drawn_parts(listed: Sequence[Part]) -> list[Part]:
    """The rows that bars show: those with most on either side, at most MOST."""
    some = [part for part in listed if part.own or part.other]
    some.sort(key=lambda part: -max(part.own or 0.0, part.other or 0.0))
    return some[:MOST]


def pairs_height(listed: Sequence[Part]) -> int:
    """px that paired bars need."""
    shown = drawn_parts(listed)
    row = PAIR if any(part.apart >= 0 for part in shown) else SINGLE
    return EDGE + row * max(len(shown), 2)


def pairs(
    listed: Sequence[Part],
    column: str,
    spec: str,
    sides: Sides,
    words: Words,
    mode: Mode,
    cells: Mapping[str, str] | None = None,
) -> Chart:
    """Two bars for each row, this side above the other, values at their ends. A row that one side
    lacks has one bar.

    cells: the column of the names, for the chart of a sheet.
    """
    p, shown = palette(mode), drawn_parts(listed)
    if not shown:
        return nothing(words("against.nothing_todo"), mode)
    alone = not any(part.apart >= 0 for part in shown)
    labels, written, drawn = [part.name for part in shown], [], []
    traces: list[dict[str, Any]] = []
    for name, role, numbers in zip(
        sides[:2], ROLES, ([s.own for s in shown], [s.other for s in shown]), strict=True
    ):
        # A row of one side alone has no text for the other: it is not withheld there.
        texts = [_text(number, column, spec, alone, words) for number in numbers]
        listed_points = tuple(
            Point(at, number) for at, number in enumerate(numbers) if number is not None
        )
        part = Series(name, listed_points, role, written=True)
        drawn.append(part)
        written += texts
        bar = bars(
            labels,
            [0.0 if number is None else number for number in numbers],
            texts,
            part.color(p),
            name=safe(name),
            showlegend=True,
            hoverinfo="skip",
            customdata=[s.code for s in shown],
        )
        bar["y"] = list(range(len(shown)))
        traces.append(bar)
    values = [v for s in shown for v in (s.own, s.other) if v is not None]
    layout = bar_axes(values, written)
    layout["yaxis"] |= {
        "type": "linear",
        "tickvals": list(range(len(labels))),
        "ticktext": [safe(text) for text in labels],
        "range": [len(labels) - 0.5, -0.5],
        "autorange": False,
    }
    layout["margin"] |= {"t": TOP}
    layout |= {
        "barmode": "overlay" if alone else "group",
        "bargap": 0.28,
        "showlegend": True,
        "legend": legend(p),
    }
    data = ChartData(
        "bar",
        tuple(part for part in drawn if part.points),
        numbered(labels),
        spec,
        cells=tuple(
            CellChart("bar", name, (measure, measure + OTHER), ROLES)
            for measure, name in (cells or {}).items()
        ),
    )
    return Chart(data, {"data": traces, "layout": layout})


def _text(number: float | None, column: str, spec: str, alone: bool, words: Words) -> str:
    """What stands at the end of a bar; of a missing one that it is withheld, or nothing where the
    row is of the other side alone.
    """
    if number is None and alone:
        return ""
    if number is None and column not in PEOPLE:
        return words.write(None)
    return write(number, column, spec, words)
