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
COLUMNS = {"recorded": (0.6, "left"), "published": (0.73, "left"), "defined": (1.0, "left")}
# What left and right of the diamonds mean; and the only column on a phone.
ENDS = {"less": (0.0, "right"), "more": (0.46, "left"), "alone": (1.0, "right")}
LEAST = 0.02  # half the width of the axis where all figures match: 2 %


def reconcile(frame: pd.DataFrame, words: Words, mode: Mode) -> Figure:
    """A dot in its diamond: do the records meet what was published? Left of the diamond they hold
    less, right more.

    The axis is the difference as a share of the published figure, so that KUB and members may
    stand in one picture; the numbers, and whether both count the same, stand beside. Height:
    `height(frame)`.
    """
    p, rows = palette(mode), _shown(frame)
    off = [row["difference"] / row["published"] if row["published"] else 0.0 for row in rows]
    reach = max(LEAST, *(abs(share) for share in off)) * 1.35
    places = list(range(len(rows)))
    said = [
        words("reconcile.hover", what=_indicator(row, words), on=row["date"], **_pair(row))
        for row in rows
    ]
    hover = [f"{safe(text)}<br>{safe(row['source'])}" for text, row in zip(said, rows, strict=True)]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": off,
        "y": places,
        "marker": {"color": p.accent, "size": 9},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    return {
        "data": [published([0.0] * len(rows), places, p, hoverinfo="skip"), dots],
        "layout": {
            "xaxis": {
                "range": [-reach, reach],
                "domain": [0, 0.46],
                "tickvals": [0],
                "ticktext": [""],
                "showline": False,
                "showgrid": True,
            },
            "yaxis": {
                "range": [len(rows) - 0.4, -1.6],
                "showgrid": False,
                "tickvals": places,
                "ticklabelstandoff": 8,
                "ticktext": [safe(_name(row, words)) for row in rows],
            },
            "annotations": _columns(rows, words, p),
            "margin": {"r": 8},
            "meta": {"narrow": _column(rows, words, p)},
        },
    }


def height(frame: pd.DataFrame) -> int:
    """px that the figure needs."""
    return 44 + ROW_HEIGHT * max(min(len(frame), ROWS), 3)


def _shown(frame: pd.DataFrame) -> list[Row]:
    """The newest figures, by indicator, and by date in each."""
    newest = frame.sort_values("date", kind="stable")[-ROWS:]
    return sorted(
        records(newest), key=lambda row: (INDICATORS.index(row["indicator"]), row["date"])
    )


def _indicator(row: Row, words: Words) -> str:
    return words(f"cell.indicator.{row['indicator']}")


def _name(row: Row, words: Words) -> str:
    indicator = words(f"reconcile.name.{row['indicator']}")
    return words("reconcile.row", indicator=indicator, month=month(row["date"], words))


def _pair(row: Row) -> dict[str, Any]:
    return {"recorded": row["recorded"], "published": row["published"]}


def _tone(row: Row, p: Palette) -> tuple[str, bool]:
    """Colour, and whether bold: what does not match is both, for colour alone says nothing."""
    return (p.negative, True) if row["difference"] else (p.muted, False)


def _columns(rows: list[Row], words: Words, p: Palette) -> list[dict[str, Any]]:
    """The columns right of the picture, with their heads, and what its two sides mean."""
    heads = [
        _cell(-1, name, words(f"reconcile.{name}"), p.muted) for name in [*COLUMNS, "less", "more"]
    ]
    return heads + [
        note for place, row in enumerate(rows) for note in _numbers(place, row, words, p)
    ]


def _column(rows: list[Row], words: Words, p: Palette) -> dict[str, Any]:
    """The layout of a phone: one column, and its room."""
    head, texts = (
        words("reconcile.short_head"),
        [words("reconcile.short", **_pair(row)) for row in rows],
    )
    notes = [_cell(place, "alone", texts[place], *_tone(row, p)) for place, row in enumerate(rows)]
    room = 14 + 7.5 * max(map(len, [head, *texts]))
    notes.append(_cell(-1, "alone", head, p.muted))
    return {"annotations": notes, "xaxis": {"domain": [0, 1]}, "margin": {"r": room}}


def _numbers(place: int, row: Row, words: Words, p: Palette) -> list[dict[str, Any]]:
    """The cells of one row on a screen."""
    recorded = words.number(row["recorded"])
    if row["difference"]:
        recorded = f"({signed(words, row['difference'])}) {recorded}"
    return [
        _cell(place, "recorded", recorded, *_tone(row, p)),
        _cell(place, "published", f"◇ {words.number(row['published'])}", p.ink),
        _cell(place, "defined", words(f"cell.definition.{row['definition']}"), p.muted),
    ]


def _cell(place: float, column: str, text: str, color: str, bold: bool = False) -> dict[str, Any]:
    at, side = (COLUMNS | ENDS)[column]
    note = label(at, place, text, color, side=side, bold=bold) | {"xref": "paper"}
    return note | ({"xshift": 0} if column in ("less", "more") else {})
