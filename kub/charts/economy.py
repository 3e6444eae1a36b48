"""Figures of Ekonomi over the years: revenue with how many state it, what a KUB earns, assets."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    categories,
    nothing,
    points,
)
from kub.charts.label_layout import centred, kept
from kub.charts.stretch import grid, scale, stretch
from kub.charts.years import every, every_other
from kub.findings.economy import asset_years, in_year, reported_years, title_year
from kub.findings.overview import known
from kub.findings.phrases import Row, at, plural, signed_share
from kub.look import Figure, Mode, Palette, label, palette, safe
from kub.words import Words

# Of the height: revenue above, the share of KUB that state it below.
UPPER, LOWER = [0.31, 0.93], [0.0, 0.17]
PLOT, PLOT_NARROW = 960, 300  # px of the plot for which labels are set apart
YEARS, YEARS_NARROW = 24, 6  # years labelled
# What stands in the place of a column that is not known.
WITHHELD, SILENT = "×", "–"


def revenue(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Columns of revenue over columns of how many KUB state it: is there more, or do more report?

    Above each column stands the change over the KUB that state it in both years; the year of the
    title is in the accent, an unfinished one hatched.
    """
    rows, p = reported_years(frame), palette(mode)
    if not rows:
        return nothing(words("economy.none_todo"), mode)
    title_of = title_year(rows)["year"]
    years = [str(row["year"]) for row in rows]
    amounts = [row["revenue_idr"] for row in rows]
    highest = max([float(amount) for amount in amounts if known(amount)], default=0.0)
    total = ChartData(
        "column",
        _columns(rows, title_of, words),
        categories(years, years),
        "rp",
        scale(highest, "rp"),
        title=words("revenue.total"),
    )
    share = ChartData(
        "column",
        (Series("", points(years, [row["stated_share"] for row in rows]), "secondary"),),
        categories(years, years),
        "p",
        Axis(0, 1),
        title=words("revenue.share"),
    )
    cells = tuple(CellChart("column", "year", (name,)) for name in ("revenue_idr", "stated_share"))
    hover = [_year(row, words) for row in rows]
    traces = [_bars(part, rows, hover, p) for part in total.series]
    [stated] = share.series
    traces += [_track(years, p), _stated(stated, hover, words, p)]
    layout = {
        "barmode": "overlay",
        "bargap": max(0.32, 1 - 0.12 * len(years)),  # few years: no bar as wide as a door
        "xaxis": {"type": "category", "tickangle": 0, "anchor": "y2", "showline": False}
        | {"range": [-0.6, len(years) - 0.4], "categoryorder": "array", "categoryarray": years}
        | _ticks(years, YEARS),
        "yaxis": {"domain": UPPER} | grid(highest, "rp", words),
        "yaxis2": {"domain": LOWER, "range": [0, 1.0], "showgrid": False, "showticklabels": False},
        "annotations": _notes(rows, title_of, words, p),
    }
    narrow = {
        "xaxis": _ticks(years, YEARS_NARROW),
        "annotations": _notes(rows, title_of, words, p, phone=True),
        "margin": {"t": 24},
    }
    figure: Figure = {"data": traces, "layout": layout | {"meta": {"narrow": narrow}}}
    return Chart(ChartData("column", panels=(total, share), cells=cells), figure)


def _columns(rows: Sequence[Row], title_of: int, words: Words) -> tuple[Series, ...]:
    """The year that the title speaks of, and the others; years without a figure have no column."""
    known_rows = [row for row in rows if known(row["revenue_idr"])]
    parts = (
        (str(title_of), "own", [row for row in known_rows if row["year"] == title_of]),
        (
            words("revenue.others"),
            "context",
            [row for row in known_rows if row["year"] != title_of],
        ),
    )
    return tuple(
        Series(
            name,
            tuple(Point(str(row["year"]), float(row["revenue_idr"])) for row in part),
            "own" if role == "own" else "context",
            provisional=bool(part[-1]["provisional"]),
            written=role == "own",
        )
        for name, role, part in parts
        if part
    )


def _bars(part: Series, rows: Sequence[Row], hover: Sequence[str], p: Palette) -> dict[str, Any]:
    color, unfinished = part.color(p), {str(row["year"]) for row in rows if row["provisional"]}
    texts = dict(zip((str(row["year"]) for row in rows), hover, strict=True))
    return {
        "type": "bar",
        "x": part.keys,
        "y": part.values,
        "hovertext": [texts[str(key)] for key in part.keys],
        "hoverinfo": "text",
        "marker": {
            "color": color,
            "pattern": {
                "shape": ["/" if key in unfinished else "" for key in part.keys],
                "bgcolor": p.background,
                "fgcolor": color,
                "size": 6,
            },
        },
    }


def _track(years: Sequence[str], p: Palette) -> dict[str, Any]:
    """All KUB that lived, of which a part states its revenue."""
    return {
        "type": "bar",
        "x": list(years),
        "y": [1] * len(years),
        "yaxis": "y2",
        "hoverinfo": "skip",
        "marker": {"color": p.grid},
    }


def _stated(part: Series, hover: Sequence[str], words: Words, p: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": part.keys,
        "y": part.values,
        "yaxis": "y2",
        "hovertext": list(hover),
        "hoverinfo": "text",
        "marker": {"color": part.color(p)},
    }


def _ticks(years: Sequence[str], most: int) -> dict[str, Any]:
    shown = list(years)[:: -every(len(years), most)][::-1]
    return {"tickvals": shown, "ticktext": shown}


def _notes(
    rows: Sequence[Row], title_of: int, words: Words, p: Palette, phone: bool = False
) -> list[dict[str, Any]]:
    """The headings of both parts, the changes above the columns, the shares below them."""
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "xshift": 0}
    change = words("revenue.change_short" if phone else "revenue.change")
    between = "<br>" if phone else "  "
    key = f"<b>{safe(words('revenue.total'))}</b>{between}{safe(change)}"
    heads = [
        label(0, UPPER[1], "", p.ink) | place | {"text": key, "yshift": 4 if phone else 14},
        label(0, LOWER[1], words("revenue.share"), p.ink, bold=True) | place | {"yshift": 20},
    ]
    changes = [_change(place, row, title_of, words, p) for place, row in enumerate(rows)]
    shares = [_share(place, row, title_of, words, p) for place, row in enumerate(rows)]
    wide = PLOT_NARROW if phone else PLOT
    return heads + _clear(changes, len(rows), wide) + _clear(shares, len(rows), wide)


def _change(place: int, row: Row, title_of: int, words: Words, p: Palette) -> dict[str, Any]:
    """What stands above a column. place: of its year; Plotly would take "2022" for a number."""
    bold = row["year"] == title_of
    if not known(row["revenue_idr"]):
        return label(place, 0, WITHHELD if row["earners"] else SILENT, p.muted, side="top")
    text = ""
    if known(row["matched_change"]):
        text = signed_share(words, row["matched_change"])
    elif not row["revenue_idr"]:
        text = words.write(0, "rp")  # stated, and nothing: no column would show it
    color = p.accent if bold else p.muted
    return label(place, float(row["revenue_idr"]), text, color, side="top", bold=bold) | {
        "yshift": 3
    }


def _share(place: int, row: Row, title_of: int, words: Words, p: Palette) -> dict[str, Any]:
    bold = row["year"] == title_of
    text = words.percent(row["stated_share"], 0) if known(row["stated_share"]) else ""
    note = label(place, 1, text, p.ink if bold else p.muted, side="top", bold=bold)
    return note | {"yref": "y2", "yshift": 1}


def _clear(notes: list[dict[str, Any]], count: int, wide: int) -> list[dict[str, Any]]:
    """Those of the notes that stand clear of each other, the bold one before the newest.

    wide: px of the plot, in which `count` years stand side by side.
    """
    step = wide / max(count, 1)
    ranked = sorted(
        (place for place, note in enumerate(notes) if note["text"]),
        key=lambda place: ("<b>" not in notes[place]["text"], -place),
    )
    boxes = [
        centred(notes[place]["text"].replace("<b>", "").replace("</b>", ""), place * step, 0, 600)
        for place in ranked
    ]
    return [notes[place] for place in sorted(ranked[number] for number in kept(boxes))]


def _year(row: Row, words: Words) -> str:
    """What the pointer says of a year."""
    lines = [
        words("revenue.hover", when=in_year(row, words), earners=row["earners"], lived=row["lived"])
    ]
    lines[0] = lines[0][:1].upper() + lines[0][1:]
    if known(row["revenue_idr"]):
        lines.append(words("revenue.hover_total", amount=row["revenue_idr"]))
    elif row["earners"]:
        lines.append(words("revenue.hover_withheld"))
    if known(row["matched_change"]):
        change = signed_share(words, row["matched_change"])
        lines.append(words("revenue.hover_change", change=change, n=row["matched_kub"]))
    return "<br>".join(map(safe, lines))


def revenue_assets(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """A line from zero of the assets of all KUB that state any; how many those are says the
    pointer.
    """
    rows = asset_years(frame)
    if not any(known(row["assets_idr"]) for row in rows):
        return nothing(words("economy.none_todo"), mode)
    hover = [_assets(row, words) for row in rows]
    cells = CellChart("line", "year", ("assets_idr",))
    chart = stretch(rows, "assets_idr", "rp", hover, words, palette(mode), cells=cells)
    layout = chart.figure["layout"]
    layout["xaxis"] |= every_other(layout["xaxis"])
    return chart


def _assets(row: Row, words: Words) -> str:
    if not known(row["assets_idr"]):
        return ""
    kub = plural(words, "economy.groups", row["assets_kub"])
    text = words("revenue_assets.hover", kub=kub, amount=row["assets_idr"])
    return f"{safe(text)}<br>{safe(at(row, words))}"
