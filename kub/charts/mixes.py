"""The mix of sectors of each programme, beside each other."""

from typing import Any

import pandas as pd

from kub.charts.benchmark import named
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
from kub.charts.compared import full_name, line_colors
from kub.charts.label_layout import GAP, spread, text_width
from kub.findings.compared import RARE, SHOWN, ProgrammeRows, programmes, stated
from kub.findings.phrases import Row
from kub.look import SECTORS, Mode, Palette, label, palette, safe
from kub.words import Words

# px of a bar with its gap, and of what stands above the first bar
PITCH, HEAD, HEAD_NARROW = 62, 34, 66
THICK = 0.62  # of PITCH
BELOW = 700  # px that the names of sectors and of programmes need beside each other
SQUARE = 14  # px of the coloured square before the name of a sector, with its blank
# Shares from which a segment holds its share, on a screen and on a phone; and there share and times
# side by side.
FITS, FITS_NARROW, FITS_BOTH = 0.09, 0.11, 0.27
TYPICAL = 1.25  # times the share of the others from which it is said; RARE is the other side
# Text upon the sectors, which are the same in both modes: so no colour of a palette, which would
# turn with the mode.
ON_SECTORS = {
    sector: "#0B1016" if sector in ("kerajinan", "koperasi") else "#FFFFFF" for sector in SECTORS
}


def programme_sectors(
    frame: pd.DataFrame, words: Words, mode: Mode, own: str = "", most: int = SHOWN
) -> Chart:
    """Stacked bars to 100 %, own programme first: how does its mix differ from the others'?

    Height: height(frame).
    """
    drawn = programmes(frame, own)[:most]
    mixes = [[row for row in programme.rows if not pd.isna(row["share"])] for programme in drawn]
    firm = next((mix for mix in mixes if mix), None)
    if firm is None:
        return nothing(words("compared.empty_todo"), mode)
    p = palette(mode)
    names = [_name(programme, words, p) for programme in drawn]
    wide, narrow = _heads(firm, words, phone=False), _heads(firm, words, phone=True)
    for row, (programme, mix) in enumerate(zip(drawn, mixes, strict=True)):
        silence = words(
            "programme_sectors.none" if stated(programme) else "programme_sectors.not_stated"
        )
        bare = [] if mix else [label(0, row, silence, p.muted) | {"xshift": 0}]
        wide += [*_inside(mix, row, words, phone=False), *bare]
        above = {
            "xanchor": "left",
            "yanchor": "bottom",
            "xshift": 0,
            "yshift": 1,
            "text": names[row],
        }
        narrow += [
            *_inside(mix, row, words, phone=True),
            *bare,
            label(0, row - THICK / 2, "", p.ink) | above,
        ]
    # the margins of the template
    last, pixels = len(drawn) - 1 + THICK / 2, height(frame, most) - 20

    def rows(head: int) -> list[float]:
        return [last, -THICK / 2 - head * (last + THICK / 2) / (pixels - head)]

    y = {
        "showgrid": False,
        "ticklabelstandoff": 8,
        "tickvals": list(range(len(drawn))),
        "ticktext": names,
    }
    phone = {"annotations": narrow, "yaxis": {"showticklabels": False, "range": rows(HEAD_NARROW)}}
    data = ChartData(
        "bar",
        tuple(_mix(sector, mixes, words) for sector in frame["sector"].unique()),
        # One without a mix has no bar: the picture says why, a slide leaves it out.
        tuple(
            Category(row, _heading(programme, words))
            for row, (programme, mix) in enumerate(zip(drawn, mixes, strict=True))
            if mix
        ),
        "p",
        Axis(0, 1),
        stacked=True,
        cells=(CellChart("bar", "regency", ("share",), by="sector", stacking="percent_stacked"),),
    )
    figure = {
        "data": [_segment(series, drawn, mixes, words, p) for series in data.series],
        "layout": {
            "barmode": "stack",
            "xaxis": {"visible": False, "range": [0, 1]},
            "yaxis": y | {"range": rows(HEAD)},
            "annotations": wide,
            "meta": {"narrow": phone, "below": BELOW},
        },
    }
    return Chart(data, figure)


def _mix(sector: str, mixes: list[list[Row]], words: Words) -> Series:
    """One sector of all bars."""
    at = {row: part for row, mix in enumerate(mixes) for part in mix if part["sector"] == sector}
    return Series(
        words(f"sector.{sector}"),
        tuple(Point(row, part["share"], text=_written(part, words)) for row, part in at.items()),
        code=sector,
    )


def _heading(programme: ProgrammeRows, words: Words) -> str:
    """The programme in plain text, a guest with what its figures are."""
    name = named(programme.rows[0], words)
    return f"{name} · {words('compared.declared')}" if programme.part == "guest" else name


def height(frame: pd.DataFrame, most: int = SHOWN) -> int:
    """px that programme_sectors needs."""
    return PITCH * min(max(frame["programme"].nunique(), 1), most) + HEAD + 20


def _name(programme: ProgrammeRows, words: Words, p: Palette) -> str:
    """The programme as the colours of this screen have it: own bold,
    a guest with what its figures are.
    """
    name = safe(named(programme.rows[0], words))
    if programme.part == "other":
        return name
    name = f'<b style="color: {line_colors(programme, p)[1]}">{name}</b>'
    return name if programme.part == "own" else f"{name} · {words('compared.declared')}"


def _segment(
    series: Series, drawn: list[ProgrammeRows], mixes: list[list[Row]], words: Words, p: Palette
) -> dict[str, Any]:
    """One sector of all bars."""
    hover = []
    sector = series.code
    at = {row: part for row, mix in enumerate(mixes) for part in mix if part["sector"] == sector}
    for row, part in at.items():
        key: str = "hover" if pd.isna(part["lq"]) else "hover_times"
        names = {"regency": safe(full_name(drawn[row], words)), "sector": series.name}
        values = {name: part[name] for name in ("kub", "share", "lq")} | {
            "others": part["others_share"]
        }
        hover.append(words(f"programme_sectors.{key}", **names, **values))
    return {
        "type": "bar",
        "orientation": "h",
        "y": series.keys,
        "x": series.values,
        "width": THICK,
        "marker": {"color": series.color(p), "line": {"color": p.background, "width": 1}},
        "hovertext": hover,
        "hoverinfo": "text",
        "customdata": [
            programme.rows[0]["programme"] if programme.part == "other" else None
            for programme in (drawn[row] for row in at)
        ],
    }


def _middles(mix: list[Row]) -> list[float]:
    ends = [sum(row["share"] for row in mix[:n]) for n in range(len(mix) + 1)]
    return [(ends[n] + ends[n + 1]) / 2 for n in range(len(mix))]


def _inside(mix: list[Row], row: int, words: Words, *, phone: bool) -> list[dict[str, Any]]:
    """Share, and times the share of the others where that tells: below
    it on a screen, beside it on a phone.
    """
    notes = []
    for part, middle in zip(mix, _middles(mix), strict=True):
        if part["share"] < (FITS_NARROW if phone else FITS):
            continue
        text = f"<b>{words.percent(part['share'], 0)}</b>"
        if _tells(part) and (not phone or part["share"] >= FITS_BOTH):
            text += (" · " if phone else "<br>") + words("programme_sectors.times", lq=part["lq"])
        place = {"xanchor": "center", "align": "center", "xshift": 0, "text": text}
        notes.append(label(middle, row, "", ON_SECTORS[part["sector"]]) | place)
    return notes


def _tells(part: Row) -> bool:
    """Whether a sector is so much rarer or commoner than elsewhere that it is said."""
    return not pd.isna(part["lq"]) and not RARE < part["lq"] < TYPICAL


def _written(part: Row, words: Words) -> str:
    """What stands in a segment instead of its share alone: '16 %', and below it '0,7×'."""
    if part["share"] < FITS or not _tells(part):
        return ""
    times = words("programme_sectors.times", lq=part["lq"])
    return f"{words.percent(part['share'], 0)}\n{times}"


def _heads(mix: list[Row], words: Words, *, phone: bool) -> list[dict[str, Any]]:
    """The names of the sectors above their segments of the first bar,
    pushed apart; in two rows on a phone.
    """
    names = [words(f"sector_short.{row['sector']}") for row in mix]
    middles, pixels, notes = _middles(mix), 320 if phone else 440, []
    for start in range(2 if phone else 1):
        picked = range(start, len(mix), 2 if phone else 1)
        widths = [SQUARE + text_width(names[n]) + GAP for n in picked]
        places = spread([middles[n] * pixels for n in picked], widths, 0, pixels)
        for n, place in zip(picked, places, strict=True):
            text = f'<span style="color: {SECTORS[mix[n]["sector"]]}">■</span> {names[n]}'
            shift = {
                "xanchor": "center",
                "yanchor": "bottom",
                "xshift": 0,
                "yshift": (22 + 20 * start) if phone else 4,
            }
            notes.append(
                label(place / pixels, -THICK / 2, "", "") | shift | {"text": text, "font": {}}
            )
    return notes
