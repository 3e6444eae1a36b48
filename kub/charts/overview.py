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
# Where the columns stand, of the width, and on which side of that their text.
COLUMNS = {"recorded": (0.62, "left"), "published": (0.76, "left"), "defined": (0.82, "right")}
LEAST = 0.02  # half the width of the axis where all figures match: 2 %


def reconcile(frame: pd.DataFrame, words: Words, mode: Mode, **_: Any) -> Figure:
    """A dot in its diamond: do the records meet what was published? Left of the diamond they hold less, right more.

    The axis is the difference as a share of the published figure, so that KUB and members may stand
    in one picture; the numbers, and whether both count the same, stand beside. Height: `height(frame)`.
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
    wide = [note for place, row in enumerate(rows) for note in _numbers(place, row, words, p)]
    heads = [_cell(-1, at, words(f"reconcile.{name}"), p.muted, side) for name, (at, side) in COLUMNS.items()]
    narrow = [_cell(place, 1, _short(row, words), _color(row, p), "right") for place, row in enumerate(rows)]
    narrow.append(_cell(-1, 1, words("reconcile.short_head"), p.muted, "right"))
    return {
        "data": [published([0.0] * len(rows), places, p, hoverinfo="skip"), dots],
        "layout": {
            "xaxis": {
                "range": [-reach, reach], "domain": [0, 0.46], "tickvals": [0], "ticktext": [""], "showline": False,
                "showgrid": True,
            },
            "yaxis": {
                "range": [len(rows) - 0.4, -1.6], "showgrid": False, "tickvals": places, "ticklabelstandoff": 8,
                "ticktext": [safe(_name(row, words)) for row in rows],
            },
            "annotations": [*heads, *wide, *_sides(words, p)],
            "margin": {"r": 8},
            "meta": {
                "narrow": {"annotations": narrow, "xaxis": {"domain": [0, 1]}, "margin": {"r": _room(rows, words)}},
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
    indicator = words(f"reconcile.name.{row['indicator']}")
    return words("reconcile.row", indicator=indicator, month=month(row["date"], words))


def _pair(row: Row) -> dict[str, Any]:
    return {"recorded": row["recorded"], "published": row["published"]}


def _short(row: Row, words: Words) -> str:
    return words("reconcile.short", **_pair(row))


def _color(row: Row, p: Palette) -> str:
    return p.negative if row["difference"] else p.muted


def _cell(place: float, at: float, text: str, color: str, side: str) -> dict[str, Any]:
    """A cell of the columns beside the picture. at: of the width; side: on which side of it the text stands."""
    return label(at, place, text, color, side=side) | {"xref": "paper"}


def _numbers(place: int, row: Row, words: Words, p: Palette) -> list[dict[str, Any]]:
    recorded = words.number(row["recorded"])
    if row["difference"]:
        recorded = f"({signed(words, row['difference'])}) {recorded}"
    texts = {
        "recorded": (recorded, _color(row, p)),
        "published": (f"◇ {words.number(row['published'])}", p.ink),
        "defined": (words(f"cell.definition.{row['definition']}"), p.muted),
    }
    return [_cell(place, *_at(name, text, color)) for name, (text, color) in texts.items()]


def _at(name: str, text: str, color: str) -> tuple[float, str, str, str]:
    at, side = COLUMNS[name]
    return at, text, color, side


def _sides(words: Words, p: Palette) -> list[dict[str, Any]]:
    """What left and right of the diamonds mean."""
    ends = (("less", 0.0, "right"), ("more", 0.46, "left"))
    return [_cell(-1, at, words(f"reconcile.{name}"), p.muted, side) | {"xshift": 0} for name, at, side in ends]


def _room(rows: list[Row], words: Words) -> float:
    """px that the short numbers need on a phone."""
    return 14 + 7.5 * max(len(words("reconcile.short_head")), *(len(_short(row, words)) for row in rows))
