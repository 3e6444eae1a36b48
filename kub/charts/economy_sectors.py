"""The figure of what a KUB earns in each sector in one year, and how alike its KUB are."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    Category,
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    nothing,
)
from kub.charts.label_layout import LINE
from kub.charts.stretch import grid, scale
from kub.findings.economy_places import state
from kub.findings.overview import known
from kub.findings.phrases import Row, records
from kub.look import SECTORS, Figure, Mode, Palette, label, palette, safe
from kub.words import Words

BAND = 16  # px
PITCH, HEAD, FOOT = 56, 56, 40  # px of a sector, and above and below all
# Where the columns beside the dots end, of the width; what a phone has room for.
DOTS, COLUMNS = [0.0, 0.54], {"amount": 0.72, "stated": 0.86, "share": 1.0}
DOTS_NARROW, COLUMNS_NARROW = [0.0, 0.66], {"amount": 1.0}
HEADROOM = 1.06  # right of the highest value


def _lived(frame: pd.DataFrame) -> list[Row]:
    """The sectors in which KUB lived, those that earn most per KUB first, unknown ones last."""
    rows = [row for row in records(frame) if row["lived"]]
    return sorted(
        rows, key=lambda row: (not known(row["revenue_per_kub"]), -_number(row, "revenue_per_kub"))
    )


def _has_spread(row: Row) -> bool:
    return known(row.get("median_per_kub"))


def _number(row: Row, column: str) -> float:
    return float(row[column]) if known(row.get(column)) else 0.0


def height(frame: pd.DataFrame) -> int:
    """px that `revenue_sectors` needs."""
    return PITCH * max(int((frame["lived"] > 0).sum()), 2) + HEAD + FOOT


def revenue_sectors(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """A dot per sector for its mean, a band for the half of its KUB in the middle: in which trade
    does a KUB earn most, and how alike are they?

    The band and the median are those of the columns lower_per_kub, median_per_kub and
    upper_per_kub. Height: height(frame).
    """
    p, rows = palette(mode), _lived(frame)
    valued = [(place, row) for place, row in enumerate(rows) if known(row["revenue_per_kub"])]
    if not valued:
        return nothing(words("economy.none_todo"), mode)
    spread = [(place, row) for place, row in valued if _has_spread(row)]
    highest = max(
        _number(row, column) for _, row in valued for column in ("revenue_per_kub", "upper_per_kub")
    )
    data = _sector_data(rows, valued, spread, highest, words)
    traces = [*_bands(spread), *_medians(spread, p)] if spread else []
    traces.append(_means(valued, words, p))
    x = grid(highest, "rp", words)
    x |= {
        "range": [0, highest * HEADROOM],
        "domain": DOTS,
        "showgrid": True,
        "showline": False,
        "tickangle": 0,
    }
    names = [words(f"sector.{row['sector']}") for row in rows]
    figure: Figure = {
        "data": traces,
        "layout": {
            "xaxis": x,
            "yaxis": {
                "range": [len(rows) - 0.5, -0.5],
                "showgrid": False,
                "tickvals": list(range(len(rows))),
                "ticktext": [safe(name) for name in names],
                "tickfont": {"color": p.ink},
                "ticklabelstandoff": 12,
            },
            "margin": {"t": HEAD - 8},
            "annotations": [*_cells(rows, COLUMNS, words, p), _key(bool(spread), words, p)],
            "meta": {
                "below": 820,  # px that names, dots and three columns need
                "narrow": {
                    "xaxis": {"domain": DOTS_NARROW} | _ends(x),
                    "yaxis": {"showticklabels": False},
                    "annotations": [
                        *_cells(rows, COLUMNS_NARROW, words, p),
                        *_over(names, p),
                        _key(bool(spread), words, p, phone=True),
                    ],
                    "margin": {"t": HEAD - 8 + LINE},
                },
            },
        },
    }
    return Chart(data, figure)


def _ends(x: dict[str, Any]) -> dict[str, Any]:
    """Of the ticks of an axis the first and the last: a phone has room for no more."""
    return {name: [x[name][0], x[name][-1]] for name in ("tickvals", "ticktext")}


def _sector_data(
    rows: Sequence[Row],
    valued: Sequence[tuple[int, Row]],
    spread: Sequence[tuple[int, Row]],
    highest: float,
    words: Words,
) -> ChartData:
    """Rows of dots: mean, and beside it median and quartiles where they are known."""
    mean = Series(
        words("revenue_sectors.mean"),
        tuple(
            Point(place, _number(row, "revenue_per_kub"), code=row["sector"])
            for place, row in valued
        ),
    )
    beside = tuple(
        Series(
            words(f"revenue_sectors.{name}"),
            tuple(Point(place, _number(row, f"{name}_per_kub")) for place, row in spread),
            "secondary" if name == "median" else "ground",
        )
        for name in ("lower", "median", "upper")
        if spread
    )
    axis = Axis(0, highest * HEADROOM, scale(highest, "rp").step)
    return ChartData(
        "dots",
        (*beside, mean),
        tuple(
            Category(place, words(f"sector.{row['sector']}"), tuple(_texts(row, words).values()))
            for place, row in enumerate(rows)
        ),
        "rp",
        axis,
        headings=tuple(words(f"revenue_sectors.head_{name}") for name in COLUMNS),
        cells=(CellChart("bar", "sector", ("revenue_per_kub",)),),
    )


def _bands(spread: Sequence[tuple[int, Row]]) -> list[dict[str, Any]]:
    """A thick line from the lower to the upper quartile of each."""
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [_number(row, "lower_per_kub"), _number(row, "upper_per_kub")],
            "y": [place, place],
            "hoverinfo": "skip",
            "opacity": 0.35,
            "customdata": [row["sector"]] * 2,
            "line": {"color": SECTORS[row["sector"]], "width": BAND},
        }
        for place, row in spread
    ]


def _medians(spread: Sequence[tuple[int, Row]], p: Palette) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [_number(row, "median_per_kub") for _, row in spread],
            "y": [place for place, _ in spread],
            "hoverinfo": "skip",
            "customdata": [row["sector"] for _, row in spread],
            "marker": {
                "symbol": "line-ns",
                "size": 18,
                "color": p.ink,
                "line": {"color": p.ink, "width": 2.5},
            },
        }
    ]


def _means(valued: Sequence[tuple[int, Row]], words: Words, p: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_number(row, "revenue_per_kub") for _, row in valued],
        "y": [place for place, _ in valued],
        "hovertext": [_sector(row, words) for _, row in valued],
        "customdata": [row["sector"] for _, row in valued],
        "hoverinfo": "text",
        "marker": {
            "size": 14,
            "color": [SECTORS[row["sector"]] for _, row in valued],
            "line": {"color": p.background, "width": 1.5},
        },
    }


def _sector(row: Row, words: Words) -> str:
    """What the pointer says of a sector."""
    name = words(f"sector.{row['sector']}")
    lines = [words("revenue_sectors.hover", sector=name, amount=row["revenue_per_kub"])]
    if _has_spread(row):
        lines.append(
            words(
                "revenue_sectors.hover_middle",
                low=row["lower_per_kub"],
                high=row["upper_per_kub"],
                median=row["median_per_kub"],
            )
        )
    if known(row["revenue_per_member"]):
        lines.append(words("revenue_sectors.hover_member", amount=row["revenue_per_member"]))
    lines.append(words("revenue_villages.hover.stated", **_counts(row)))
    return "<br>".join(map(safe, lines))


def _counts(row: Row) -> dict[str, int]:
    return {"earners": row["earners"], "lived": row["lived"]}


def _texts(row: Row, words: Words) -> dict[str, str]:
    """The cells of one row, by COLUMNS."""
    kind = state(row, "revenue_per_kub")
    amount = {
        "not_stated": words("revenue_sectors.silent_short"),
        "suppressed": words("revenue_sectors.withheld_short"),
    }.get(kind, words.write(row["revenue_per_kub"], "rp3"))
    share = "" if kind in ("not_stated", "suppressed") else words.write(row["share"], "p0")
    return {"amount": amount, "stated": words("revenue_sectors.of", **_counts(row)), "share": share}


def _cells(
    rows: Sequence[Row], columns: dict[str, float], words: Words, p: Palette
) -> list[dict[str, Any]]:
    """The columns at the right of the dots, each under its heading."""
    place = {"xref": "paper", "xanchor": "right", "align": "right", "xshift": 0}
    notes = [
        label(at, 1, words(f"revenue_sectors.head_{name}"), p.muted)
        | place
        | {"yref": "paper", "yanchor": "bottom", "yshift": 6}
        for name, at in columns.items()
    ]
    for number, row in enumerate(rows):
        texts = _texts(row, words)
        is_known = known(row["revenue_per_kub"])
        notes += [
            label(
                at,
                number,
                texts[name],
                p.ink if is_known else p.muted,
                bold=name == "amount" and is_known,
            )
            | place
            | {"name": row["sector"]}
            for name, at in columns.items()
        ]
    return notes


def _over(names: Sequence[str], p: Palette) -> list[dict[str, Any]]:
    """On a phone: the name of each row over its dot."""
    place = {"xref": "paper", "xshift": 0, "yshift": 18}
    return [label(0, row, name, p.muted) | place for row, name in enumerate(names)]


def _key(spread: bool, words: Words, p: Palette, phone: bool = False) -> dict[str, Any]:
    """What dot, stroke and band mean."""
    parts = [f"● {words('revenue_sectors.mean')}"]
    if spread:
        parts += [
            f"<b>|</b> {words('revenue_sectors.median')}",
            f"▬ {words('revenue_sectors.middle')}",
        ]
    text = "   ".join(parts[:2]) + ("<br>" if phone else "   ") + "".join(parts[2:])
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "xshift": 0}
    shift = {"yshift": 6 + LINE if phone else 6, "text": text.rstrip()}
    return label(0, 1, "", p.muted) | place | shift
