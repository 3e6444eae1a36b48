"""Figures of Ringkasan that are its own: the records held against what was published."""

from typing import Any

import pandas as pd

from kub.charts.chart_data import Axis, Category, Chart, ChartData, Key, Series, points
from kub.charts.chart_data import published as published_series
from kub.charts.years import month
from kub.findings.overview import INDICATORS
from kub.findings.phrases import Row, records, signed
from kub.look import Mode, Palette, label, palette, published, safe
from kub.words import Words

ROWS = 16  # newest of those that differ; the table has all
ROW_HEIGHT = 27  # px
# Where the columns stand, of the width, and on which side of that their text.
COLUMNS = {"recorded": (0.6, "left"), "published": (0.73, "left"), "defined": (1.0, "left")}
# What left and right of the diamonds mean; and the only column on a phone.
ENDS = {"less": (0.0, "right"), "more": (0.46, "left"), "alone": (1.0, "right")}
LEAST = 0.02  # half the width of the axis where figures differ by less: 2 %


def reconcile(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart | None:
    """A dot beside its diamond where records and publication differ: by how much, and which way?
    Left of the diamond the records hold less, right more. None where nothing differs: many
    diamonds with a dot in each say no more than a sentence.

    The axis is the difference as a share of the published figure, so that KUB and members may
    stand in one picture; the numbers, and whether both count the same, stand beside. Height:
    `height(frame)`.
    """
    p, rows = palette(mode), _shown(frame)
    if not rows:
        return None
    off = [row["difference"] / row["published"] if row["published"] else 0.0 for row in rows]
    reach = max(LEAST, *(abs(share) for share in off)) * 1.35
    places: list[Key] = list(range(len(rows)))
    data = ChartData(
        "dots",
        (
            Series(words("reconcile.recorded"), points(places, off)),
            *published_series(words, places, [0.0] * len(rows)),
        ),
        tuple(
            Category(place, _name(row, words), _texts(row, words)) for place, row in enumerate(rows)
        ),
        axis=Axis(-reach, reach),
        headings=tuple(words(f"reconcile.{name}") for name in COLUMNS),
    )
    texts = [
        words("reconcile.hover", what=_indicator(row, words), on=row["date"], **_pair(row))
        for row in rows
    ]
    hover = [
        f"{safe(text)}<br>{safe(row['source'])}" for text, row in zip(texts, rows, strict=True)
    ]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": data.series[0].values,
        "y": places,
        "marker": {"color": data.series[0].color(p), "size": 9},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    figure = {
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
                "ticktext": [safe(name) for name in data.labels],
            },
            "annotations": _columns(rows, data, words, p),
            "margin": {"r": 8},
            "meta": {"narrow": _column(rows, words, p)},
        },
    }
    return Chart(data, figure)


def height(frame: pd.DataFrame) -> int:
    """px that the figure needs."""
    return 44 + ROW_HEIGHT * max(len(_shown(frame)), 3)


def _shown(frame: pd.DataFrame) -> list[Row]:
    """The newest figures that differ, by indicator, and by date in each. Withheld members are no
    difference.
    """
    apart = frame[frame["difference"].notna() & (frame["difference"] != 0)]
    newest = apart.sort_values("date", kind="stable")[-ROWS:]
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


def _columns(rows: list[Row], data: ChartData, words: Words, p: Palette) -> list[dict[str, Any]]:
    """The columns right of the picture, with their heads, and what its two sides mean."""
    ends = {name: words(f"reconcile.{name}") for name in ("less", "more")}
    heads = dict(zip(COLUMNS, data.headings, strict=True)) | ends
    notes = [_cell(-1, name, text, p.muted) for name, text in heads.items()]
    for place, (row, category) in enumerate(zip(rows, data.categories, strict=True)):
        looks = (_tone(row, p), (p.ink, False), (p.muted, False))
        for name, text, look in zip(COLUMNS, category.beside, looks, strict=True):
            notes.append(_cell(place, name, text, *look))
    return notes


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


def _texts(row: Row, words: Words) -> tuple[str, ...]:
    """The cells of one row, by COLUMNS."""
    recorded = words.number(row["recorded"])
    if row["difference"]:
        recorded = f"({signed(words, row['difference'])}) {recorded}"
    published_ = f"◇ {words.number(row['published'])}"
    return recorded, published_, words(f"cell.definition.{row['definition']}")


def _cell(place: float, column: str, text: str, color: str, bold: bool = False) -> dict[str, Any]:
    at, side = (COLUMNS | ENDS)[column]
    note = label(at, place, text, color, side=side, bold=bold) | {"xref": "paper"}
    return note | ({"xshift": 0} if column in ("less", "more") else {})
