"""Figures of Ringkasan that are its own: the records held against what was published."""

from typing import Any

import pandas as pd

from kub.charts.years import month
from kub.findings.overview import INDICATORS
from kub.findings.phrases import Row, records, signed
from kub.look import Figure, Mode, Palette, label, palette, published, safe
from kub.words import Words

ROWS = 16  # newest figures drawn; the table has all
ROW_HEIGHT = 27  # px
LEAST = 0.02  # half the width of the axis where all figures match: 2 %


def reconcile(frame: pd.DataFrame, words: Words, mode: Mode, **_: Any) -> Figure:
    """A dot in its diamond: do the records meet what was published? To the left they hold less, to the right more.

    The axis is the difference as a share of the published figure, so that KUB and members may stand
    in one picture; the numbers themselves stand beside. Height: `height(frame)`.
    """
    p, rows = palette(mode), _shown(frame)
    off = [row["difference"] / row["published"] if row["published"] else 0.0 for row in rows]
    reach = max(LEAST, *(abs(share) for share in off)) * 1.35
    places = list(range(len(rows)))
    said = [words("reconcile.hover", what=_indicator(row, words), on=row["date"], **_pair(row)) for row in rows]
    hover = [f"{safe(text)}<br>{safe(row['source'])}" for text, row in zip(said, rows, strict=True)]
    dots = {
        "type": "scatter", "mode": "markers", "x": off, "y": places, "marker": {"color": p.accent, "size": 9},
        "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    return {
        "data": [published([0.0] * len(rows), places, p, hoverinfo="skip"), dots],
        "layout": {
            "xaxis": {
                "range": [-reach, reach], "tickvals": [0], "ticktext": [words("reconcile.equal")], "showline": False,
                "showgrid": True, "side": "top",
            },
            "yaxis": {
                "range": [len(rows) - 0.4, -0.6], "showgrid": False, "tickvals": places, "ticklabelstandoff": 8,
                "ticktext": [safe(_name(row, words)) for row in rows],
            },
            "annotations": [_beside(place, row, "pair", words, p) for place, row in enumerate(rows)],
            "margin": {"r": 236},
            "meta": {
                "narrow": {
                    "annotations": [_beside(place, row, "short", words, p) for place, row in enumerate(rows)],
                    "margin": {"r": 96},
                }
            },
        },
    }  # fmt: skip


def height(frame: pd.DataFrame) -> int:
    """px that the figure needs."""
    return 44 + ROW_HEIGHT * max(min(len(frame), ROWS), 3)


def _shown(frame: pd.DataFrame) -> list[Row]:
    """The newest figures, by indicator, and by date in each."""
    newest = frame.sort_values("date", kind="stable")[-ROWS:]
    return sorted(records(newest), key=lambda row: (INDICATORS.index(row["indicator"]), row["date"]))


def _indicator(row: Row, words: Words) -> str:
    return words(f"cell.indicator.{row['indicator']}")


def _name(row: Row, words: Words) -> str:
    return words("reconcile.row", indicator=_indicator(row, words), month=month(row["date"], words))


def _pair(row: Row) -> dict[str, Any]:
    return {"recorded": row["recorded"], "published": row["published"]}


def _beside(place: int, row: Row, key: str, words: Words, p: Palette) -> dict[str, Any]:
    """Both numbers right of the plot, and their difference where there is one."""
    text, color = words(f"reconcile.{key}", **_pair(row)), p.muted
    if row["difference"]:
        text, color = f"{text} ({signed(words, row['difference'])})", p.negative
    return label(1, place, text, color, bold=bool(row["difference"])) | {"xref": "paper"}
