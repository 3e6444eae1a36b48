"""The mix of sectors over the years, with the sector that its title names set apart."""

from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Series,
    categories,
    nothing,
)
from kub.charts.chart_data import points as points_of
from kub.charts.mixes import ON_SECTORS
from kub.charts.years import NARROW, WIDE, every
from kub.findings.phrases import plural, signed
from kub.findings.sectors import compared, moved, points, shares
from kub.look import Mode, Palette, label, palette, safe
from kub.words import Words

SHARES = (0, 0.25, 0.5, 0.75, 1)  # lines of the area of shares
# Shares that are as high as a line of text, as one upon a part, and as two lines.
LINE_HIGH, UPON, TWO_HIGH = 0.04, 0.06, 0.12


def sector_years(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Chart:
    """100 % area with labels at its right edge: how has the mix changed?"""
    mix = shares(frame, measure)
    if mix.empty:
        return nothing(words("sectors.empty"), mode)
    years = [str(year) for year in mix.index]
    data = ChartData(
        "area",
        tuple(
            Series(words(f"sector.{sector}"), points_of(years, mix[sector].tolist()), code=sector)
            for sector in mix.columns
        ),
        categories(years, years),
        "p",
        Axis(0, 1, SHARES[1]),
        stacked=True,
        cells=(CellChart("column", "year", (measure,), by="sector", stacking="percent_stacked"),),
    )
    since = compared(frame, mix)
    p, code = palette(mode), moved(since, words) if len(since) > 1 else ""
    order = list(mix.columns)
    # The edges of the sector that the title names: of a stack each trace draws its upper one.
    edges = {code, order[order.index(code) - 1] if code in order[1:] else ""}
    traces, notes, base = [], [], 0.0
    for part in data.series:
        share = [value or 0.0 for value in part.values]
        edge = {"width": 2.5, "color": p.ink} if part.code in edges else {"width": 1}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "stackgroup": "mix",
                "x": years,
                "y": share,
                "line": {"color": p.background} | edge,
                "fillcolor": part.color(p),
                "text": [words.percent(value, 0) for value in share],
                "hovertemplate": f"%{{x}} · {safe(part.name)} %{{text}}<extra></extra>",
                "customdata": [part.code] * len(years),
                # Anywhere in the area, not only near its edge.
                "hoveron": "points+fills",
                "name": "",  # its name stands beside it; another would hide that
                "meta": part.code,
            }
        )
        # A thinner part is lower than a line of text.
        if share[-1] >= LINE_HIGH:
            before = since[part.code].iloc[0] if part.code == code else None
            notes.append(_share_note(part.code, share[-1], base, before, words, p))
        base += share[-1]
    if code and since[code].iloc[0] >= UPON:
        notes.append(_first_share(since, code, years, words))
    figure = {
        "data": traces,
        "layout": {
            # Years stand clear of "0 %" beside the first of them.
            "xaxis": {
                "type": "category",
                "range": [0, max(len(years) - 1, 1)],
                "ticklabelstandoff": 6,
            }
            | _ticks(years, WIDE // 2),  # on a page it has half the width
            "yaxis": {
                "range": [0, 1],
                "ticklabelstandoff": 6,
                "tickvals": list(SHARES),
                "ticktext": [words.percent(v, 0) for v in SHARES],
            },
            "annotations": notes,
            "margin": {"r": 118},
            "meta": {"narrow": {"xaxis": _ticks(years, NARROW - 1)}},
        },
    }
    return Chart(data, figure)


def _share_note(
    code: str, share: float, base: float, before: float | None, words: Words, p: Palette
) -> dict[str, Any]:
    """Sector and last share beside its part; of the one that the title names, which had `before`,
    with its change.
    """
    text = safe(f"{words(f'sector_short.{code}')} {words.percent(share, 0)}")
    if before is not None:
        text, gap = f"<b>{text}</b>", points(before, share)
        # Two lines need a higher part.
        if gap and share >= TWO_HIGH:
            change = signed(words, gap if share > before else -gap)
            text += f"<br>{plural(words, 'sector_years.points', gap, points=change)}"
    note = label(1, base + share / 2, "", p.ink) | {"xref": "paper", "xshift": 6}
    return note | {"text": text, "name": code}


def _first_share(since: pd.DataFrame, code: str, years: list[str], words: Words) -> dict[str, Any]:
    """Where the change began, written upon the part."""
    first, upto = since.iloc[0], list(since.columns).index(code)
    middle = float(first.iloc[:upto].sum() + first[code] / 2)
    text = words.percent(float(first[code]), 0)
    # By its number: a year would be read as one.
    at = years.index(str(since.index[0]))
    note = label(at, middle, text, ON_SECTORS[code], bold=True)
    return note | {"xshift": 8, "name": code}


def _ticks(years: list[str], most: int) -> dict[str, Any]:
    return {"tickvals": years[:: -every(len(years), most)], "tickangle": 0}
