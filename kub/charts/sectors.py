"""Figures of the sector screen: the mix now, its change, where it
sits, who specialises, which trades.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

import pandas as pd

from kub.charts.years import NARROW, WIDE, every
from kub.findings.reach import RANKED_FROM
from kub.findings.sectors import shares
from kub.look import LIGHT, SECTORS, Figure, Mode, bar_axes, bars, empty, label, palette, safe
from kub.words import Words
from kub.words.trades import trade

# More rows than this cannot be read from five metres; the table below the chart has them all.
ROWS = 20
TRADES = 4
# Text upon each of the five steps. The browser turns ink and background with the mode, as the steps
# turn; the middle step is of one lightness in both modes, so its text is a dark that no palette
# names and that stays.
ON_STEPS = (LIGHT.ink, LIGHT.ink, "#0B1016", LIGHT.background, LIGHT.background)
SHARES = (0, 0.25, 0.5, 0.75, 1)  # lines of the area of shares


def sectors(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Figure:
    """Sorted bars, share and count at the end: which trade is the programme made of?"""
    ordered = frame.sort_values(measure, ascending=False, kind="stable")
    total = max(int(ordered[measure].sum()), 1)
    texts = [f"{words.number(v)} · {words.percent(v / total, 0)}" for v in ordered[measure]]
    bar = bars(
        [words(f"sector.{s}") for s in ordered["sector"]],
        ordered[measure].tolist(),
        texts,
        [SECTORS[s] for s in ordered["sector"]],
        hoverinfo="skip",
        customdata=ordered["sector"].tolist(),
    )
    return {"data": [bar], "layout": bar_axes(ordered[measure].tolist(), texts)}


def sector_years(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Figure:
    """100 % area with labels at its right edge: how has the mix changed?"""
    mix = shares(frame, measure)
    if mix.empty:
        return empty(words("sectors.empty"), mode)
    years = [str(year) for year in mix.index]
    traces, notes, base = [], [], 0.0
    for sector in mix.columns:
        share = mix[sector].tolist()
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "stackgroup": "mix",
                "x": years,
                "y": share,
                "line": {"width": 1, "color": palette(mode).background},
                "fillcolor": SECTORS[sector],
                "text": [words.percent(value, 0) for value in share],
                "hovertemplate": (
                    f"%{{x}} · {safe(words(f'sector.{sector}'))} %{{text}}<extra></extra>"
                ),
            }
        )
        if share[-1] >= 0.04:
            text = f"{words(f'sector_short.{sector}')} {words.percent(share[-1], 0)}"
            notes.append(
                label(1, base + share[-1] / 2, text, palette(mode).ink)
                | {"xref": "paper", "xshift": 6}
            )
        base += share[-1]
    return {
        "data": traces,
        "layout": {
            # Years stand clear of "0 %" beside the first of them.
            "xaxis": {
                "type": "category",
                "range": [0, max(len(years) - 1, 1)],
                "ticklabelstandoff": 6,
            }
            | _ticks(years, WIDE),
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


def _ticks(years: list[str], most: int) -> dict[str, Any]:
    return {"tickvals": years[:: -every(len(years), most)], "tickangle": 0}


def village_sectors(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    names: Mapping[str, str] | None = None,
) -> Figure:
    """Heat map village x sector, fullest villages on top: where does each trade sit?

    An empty cell is a true zero.
    """
    wide = frame.pivot(index="village_code", columns="sector", values=measure).reindex(
        columns=list(SECTORS)
    )
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS]]
    columns = [words(f"sector_short.{s}") for s in wide.columns]
    villages = [safe((names or {}).get(code, code)) for code in wide.index]
    cells = wide.astype(object).where(wide.notna(), None).to_numpy().tolist()
    most = float(wide.max().max())
    filled = {(r, c): v for r, row in enumerate(cells) for c, v in enumerate(row) if v is not None}
    shade = {at: ceil(value / most * len(LIGHT.steps)) - 1 for at, value in filled.items()}
    grid = [[shade.get((r, c)) for c in range(len(columns))] for r in range(len(villages))]
    heat = {
        "type": "heatmap",
        "z": grid,
        "x": columns,
        "y": villages,
        "zmin": 0,
        "zmax": len(LIGHT.steps) - 1,
        "colorscale": [[i / (len(LIGHT.steps) - 1), color] for i, color in enumerate(LIGHT.steps)],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "skip",
        "customdata": [[code] * len(wide.columns) for code in wide.index],
    }
    numbers = {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "x": [columns[c] for _, c in filled],
        "y": [villages[r] for r, _ in filled],
        "text": [words.number(value) for value in filled.values()],
        "textfont": {"color": [ON_STEPS[step] for step in shade.values()]},
    }
    return {
        "data": [heat, numbers],
        "layout": {
            "xaxis": {"side": "top", "type": "category", "showline": False, "tickangle": 0},
            "meta": {"narrow": {"xaxis": {"tickangle": -60}}},
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "showgrid": False,
                "ticklabelstandoff": 8,
            },
        },
    }


def specialisation(frame: pd.DataFrame, words: Words, mode: Mode) -> Figure:
    """Dots: how many times the programme's share does a village reach in
    its most typical sector? 1 = as everywhere.
    """
    p = palette(mode)
    ranked = frame[frame["kub"] >= RANKED_FROM].sort_values("lq", ascending=False, kind="stable")[
        :ROWS
    ]
    villages = [safe(v) for v in ranked["village"]]
    longest = float(ranked["lq"].max()) if len(ranked) else 1.0
    stems: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [],
        "y": [],
        "hoverinfo": "skip",
    }
    for village, lq in zip(villages, ranked["lq"], strict=True):
        stems["x"] += [1, lq, None]
        stems["y"] += [village, village, None]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": ranked["lq"].tolist(),
        "y": villages,
        "textposition": "middle right",
        "marker": {"size": 13, "color": [SECTORS[s] for s in ranked["sector"]]},
        "hoverinfo": "skip",
        "text": [
            f"  {words.number(lq, 1)}× {safe(words(f'sector_short.{sector}'))}"
            for lq, sector in zip(ranked["lq"], ranked["sector"], strict=True)
        ],
        "customdata": ranked["village_code"].tolist(),
    }
    return {
        "data": [stems | {"line": {"color": p.line, "width": 2}}, dots],
        "layout": {
            "xaxis": {
                "range": [0.8, 1 + (longest - 1) * 1.45 + 0.6],
                "showgrid": True,
                "tickvals": [1],
                "ticktext": [words("specialisation.one")],
            },
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "showgrid": False,
                "ticklabelstandoff": 8,
            },
        },
    }


def activities(frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub") -> Figure:
    """Bars by sector, the commonest trades of each: what exactly do they make?"""
    known = frame[frame["activity"].notna()].sort_values(measure, ascending=False, kind="stable")
    shown = pd.concat([known[known["sector"] == sector][:TRADES] for sector in SECTORS])
    first = ~shown["sector"].duplicated()
    texts = [
        words.number(value) + (f" · {words(f'sector_short.{sector}')}" if named else "")
        for sector, value, named in zip(shown["sector"], shown[measure], first, strict=True)
    ]
    bar = bars(
        shown["activity"].tolist(),
        shown[measure].tolist(),
        texts,
        [SECTORS[s] for s in shown["sector"]],
        hoverinfo="skip",
    )
    # Two sectors may share the name of a trade: rows are numbered, names are their tick texts.
    bar["y"] = list(range(len(shown)))
    axes = bar_axes(shown[measure].tolist(), texts)
    axes["yaxis"] |= {
        "type": "linear",
        "tickvals": bar["y"],
        "ticktext": [safe(trade(name, words)) for name in shown["activity"]],
    }
    return {"data": [bar], "layout": axes}
