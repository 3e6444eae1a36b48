"""Four tiles: in which villages do KUB and libraries stand together?"""

from textwrap import wrap
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Chart,
    ChartData,
    Series,
    categories,
    points,
)
from kub.findings.options import HAS
from kub.findings.reach import noun
from kub.look import (
    BODY,
    DISPLAY,
    SMALL,
    Mode,
    Palette,
    label,
    palette,
    safe,
)
from kub.words import Words

GAP = 0.03  # between two tiles, each 1 by 1
# Column and row of each tile from the upper left.
PLACES = {"both": (0, 0), "kub": (1, 0), "library": (0, 1), "neither": (1, 1)}


def library_villages(
    frame: pd.DataFrame, words: Words, mode: Mode, has: str | None = None
) -> Chart:
    """Four tiles: which villages have a library, KUB, both, neither?

    A click gives the code; `has` is outlined.
    """
    p, traces, notes = palette(mode), [], []
    counts = [int((frame["has"] == part).sum()) for part in HAS]
    tiles = [_tile_text(part, words) for part in HAS]
    data = ChartData("tiles", (Series("", points(HAS, counts)),), categories(HAS, tiles))
    # the outlined one lies on top
    for part in (code for code in sorted(HAS, key=lambda code: code == has)):
        count = counts[HAS.index(part)]
        nouns = noun(frame["village_code"], words, count)
        column, row = PLACES[part]
        traces += _tile(
            part,
            column,
            row,
            p,
            part == has,
            f"{words.number(count)} {nouns}: {_tile_text(part, words)}",
        )
        middle = {"xanchor": "center", "align": "center", "xshift": 0}
        if part == "both":
            ink = p.accent
        elif count:
            ink = p.ink
        else:
            ink = p.muted
        number = (
            label(column + 0.5, row + 0.42, "", ink)
            | middle
            | {"text": f"<b>{words.number(count)}</b>"}
        )
        notes.append(number | {"font": {"size": DISPLAY, "color": ink}})
        caption = (
            label(column + 0.5, row + 0.62, "", p.ink) | middle | {"yanchor": "top", "yshift": 0}
        )
        notes.append(
            caption | {"text": _tile_text(part, words), "font": {"size": BODY, "color": p.ink}}
        )
    bare = {"showgrid": False, "showline": False}
    columns = [words("library_villages.with_library"), words("library_villages.without_library")]
    lines = [words("library_villages.with_kub"), words("library_villages.without_kub")]
    x = {
        "side": "top",
        "range": [0, 2],
        "tickvals": [0.5, 1.5],
        "ticktext": columns,
        "tickangle": 0,
    }
    y = {"range": [2, 0], "tickvals": [0.5, 1.5], "ticktext": lines, "ticklabelstandoff": 8}
    small = [_small(note) if note["font"]["size"] == BODY else note for note in notes]
    narrow = {
        "annotations": small,
        "yaxis": {"showticklabels": False},
        "xaxis": {"showticklabels": False},
    }
    figure = {
        "data": traces,
        "layout": {
            "xaxis": x | bare,
            "yaxis": y | bare,
            "annotations": notes,
            "meta": {"narrow": narrow},
        },
    }
    return Chart(data, figure)


def _small(note: dict[str, Any]) -> dict[str, Any]:
    """The words of a tile on a phone: in two lines."""
    return note | {
        "text": "<br>".join(wrap(note["text"], 16)),
        "font": note["font"] | {"size": SMALL},
    }


def _tile_text(has: str, words: Words) -> str:
    return words(f"library_villages.tile.{has}")


def _tile(
    has: str, column: int, row: int, p: Palette, chosen: bool, text: str
) -> list[dict[str, Any]]:
    """A filled square that answers a click anywhere on it, and a point for keys."""
    left, right, top, bottom = column + GAP, column + 1 - GAP, row + GAP, row + 1 - GAP
    edge = {"color": p.ink, "width": 3} if chosen else {"color": p.line, "width": 1}
    square = {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [left, right, right, left, left],
        "y": [top, top, bottom, bottom, top],
        "fillcolor": p.tint if has == "both" else p.surface,
        "line": edge,
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": safe(text),
        "meta": has,
    }
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [column + 0.5],
        "y": [row + 0.5],
        "customdata": [has],
        "marker": {"size": 12, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": [safe(text)],
    }
    return [square, point]
