"""Rows of dots with whiskers: names at the left, values at the right."""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from kub.charts.chart_data import Series, known_values
from kub.charts.label_layout import widest
from kub.charts.stretch import scale
from kub.look import Figure, Palette, label, safe, whiskers
from kub.words import Words


def dots_trace(
    series: Series,
    hover: Sequence[str],
    programmes: Sequence[str],
    p: Palette,
    x: Sequence[Any] = (),
) -> Figure:
    """Dots of one part of the programmes: the others small, guests
    open rings; with intervals as whiskers.

    programmes: of the others these are the codes. x: where they stand, if not at their values.
    """
    shade = series.color(p)
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": list(x) or series.values,
        "y": series.values if x else series.keys,
        "hovertext": list(hover),
        "hoverinfo": "text",
        "marker": {
            "color": shade,
            "size": 10 if series.role == "peer" else 14,
            "symbol": "circle-open" if series.role == "guest" else "circle",
            "line": {"color": shade, "width": 2},
        },
    }
    if series.role == "peer":
        trace["customdata"] = list(programmes)
    low, high = ([getattr(point, end) for point in series.points] for end in ("low", "high"))
    if None in low or not low:
        return trace
    return trace | {"error_x": whiskers(list(known_values([series])), low, high, shade)}


def name_rows(names: Sequence[str], p: Palette, inks: Sequence[str] = ()) -> dict[str, Any]:
    """Numbered rows from the top, names at the left; those with a colour of their own are bold."""
    texts = [safe(name) for name in names]
    bold = [
        f'<b><span style="color:{ink}">{text}</span></b>' if ink != p.ink else text
        for text, ink in zip(texts, inks or [p.ink] * len(texts), strict=True)
    ]
    axis = {
        "type": "linear",
        "tickvals": list(range(len(names))),
        "ticktext": bold,
        "tickfont": {"color": p.ink},
    }
    return {"yaxis": axis | {"range": [len(names) - 0.5, -0.5], "ticklabelstandoff": 8}}


def right_column(texts: Sequence[str], colors: Sequence[str]) -> list[dict[str, Any]]:
    """What stands at the right of each row."""
    place = {"xref": "paper", "xshift": 12}
    return [label(1, row, text, colors[row], bold=True) | place for row, text in enumerate(texts)]


def names_over(names: Sequence[str], p: Palette) -> list[dict[str, Any]]:
    """On a phone: the name of each row over its dots."""
    place = {"xref": "paper", "xshift": 0, "yshift": 16}
    return [label(0, row, name, p.muted) | place for row, name in enumerate(names)]


def key_line(text: str, p: Palette) -> dict[str, Any]:
    """Which dot is whose, over the first row: a line of its own, since
    labels at the dots would lie on others.
    """
    place = {
        "xref": "paper",
        "yref": "paper",
        "yanchor": "bottom",
        "xshift": 0,
        "yshift": 4,
        "text": text,
    }
    return label(0, 1, "", p.ink) | place


def label_room(texts: Sequence[str]) -> int:
    """px that bold texts need right of a plot."""
    return round(widest(texts, 700) + 24)


def ticks(high: float, words: Words) -> dict[str, Any]:
    """Few round values from zero to `high`, all with as many decimals."""
    step = scale(high, "").step
    decimals = max(0, -floor(log10(step) + 1e-9))
    values = [step * n for n in range(int(high / step) + 1)]
    return {"tickvals": values, "ticktext": [words.number(value, decimals) for value in values]}
