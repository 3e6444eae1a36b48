"""Figures of the school visits: how many each year by stage, and from which villages."""

from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    CellChart,
    Chart,
    ChartData,
    Point,
    Series,
    categories,
    nothing,
    numbered,
    points,
)
from kub.charts.label_layout import LINE, spread, widest
from kub.charts.years import every, value_axis
from kub.findings.phrases import plural, records
from kub.findings.reach import named
from kub.findings.schools import amount, by_stage, ranked, stage
from kub.look import Mode, Palette, bar_axes, bars, label, palette, safe
from kub.words import Words

# One hue, the deeper the older the pupils; what is of no stage is grey.
STEPS = {"primary": "step1", "junior": "step2", "senior": "step4"}
SHOWN = 16  # more villages cannot be read from five metres; the table has them all
ROW = 26  # px of a bar with its gap
YEARS, YEARS_NARROW = 24, 7  # years labelled
TOTALS_NARROW = 12  # years whose totals fit on a phone
PLOT = 280  # px of the plot, about


def school_visits(
    frame: pd.DataFrame, words: Words, mode: Mode, school_measure: str = "visits"
) -> Chart:
    """Stacked bars, a stage each: when did schools come, and of which stage? Names stand beside the
    last bar.

    school_measure: visits | students.
    """
    if frame.empty:
        return nothing(words("school_visits.empty_todo"), mode)
    p, table = palette(mode), by_stage(frame, school_measure)
    years, totals = [str(year) for year in table.index], table.sum(axis=1).tolist()
    stages = [str(name) for name in table]
    both = {measure: by_stage(frame, measure) for measure in ("visits", "students")}
    data = ChartData(
        "column",
        tuple(
            Series(
                words(f"school_visits.stage.{name}"),
                points(years, table[name].tolist()),
                "own" if name in STEPS else "context",
                STEPS.get(name, ""),
            )
            for name in stages
        ),
        categories(years, years),
        stacked=True,
        cells=(CellChart("column", "year", ("visits",), by="level", stacking="stacked"),),
    )
    colors = {name: bar.color(p) for name, bar in zip(stages, data.series, strict=True)}
    traces = []
    for name, bar in zip(stages, data.series, strict=True):
        hover = [
            words(
                "school_visits.hover",
                year=year,
                stage=words(f"school_visits.stage.{name}"),
                **{
                    measure: amount(words, measure, int(both[measure][name][year]))
                    for measure in both
                },
            )
            for year in table.index
        ]
        hover = [
            f"{line}{_levels(frame, year, name, words)}"
            for line, year in zip(hover, table.index, strict=True)
        ]
        marker = {"color": colors[name], "line": {"color": p.background, "width": 1}}
        traces.append(
            {
                "type": "bar",
                "x": years,
                "y": bar.values,
                "marker": marker,
                "hovertext": hover,
                "hoverinfo": "text",
            }
        )
    y = value_axis(max(totals))
    tops = [
        label(at, total, words.number(total), p.ink, side="top", bold=True) | {"yshift": 2}
        for at, total in enumerate(totals)
        if total
    ]
    names, texts = _beside(table, y["range"][1], colors, words, p)
    narrow = {
        "margin": {"r": 8, "t": 40},
        "xaxis": _ticks(years, YEARS_NARROW),
        "annotations": [
            *(tops if len(years) <= TOTALS_NARROW else []),
            _above(table, colors, words, p),
        ],
    }
    figure = {
        "data": traces,
        "layout": {
            "barmode": "stack",
            "bargap": max(0.32, 1 - 0.12 * len(years)),
            "xaxis": {"type": "category", "tickangle": 0, "range": [-0.5, len(years) - 0.5]}
            | _ticks(years, YEARS),
            "yaxis": y,
            "annotations": [*tops, *names],
            "margin": {"r": round(widest(f"■ {text}" for text in texts)) + 24},
            "meta": {"narrow": narrow},
        },
    }
    return Chart(data, figure)


def _levels(frame: pd.DataFrame, year: int, name: str, words: Words) -> str:
    """'<br>SD: 4 kunjungan, 159 siswa' for each level of a stage in a year."""
    rows = records(frame[frame["year"] == year])
    kept = [row for row in rows if stage(row["level"]) == name]
    return "".join(
        f"<br>{safe(row['level'])}: {amount(words, 'visits', row['visits'])},"
        f" {amount(words, 'students', int(row['students']))}"
        for row in kept
    )


def _ticks(years: list[str], most: int) -> dict[str, Any]:
    shown = years[:: -every(len(years), most)][::-1]
    return {"tickvals": shown, "ticktext": shown}


def _key(name: str, colors: dict[str, str], words: Words, which: str = "stage") -> str:
    return f'<span style="color: {colors[name]}">■</span> {words(f"school_visits.{which}.{name}")}'


def _beside(
    table: pd.DataFrame, top: float, colors: dict[str, str], words: Words, p: Palette
) -> tuple[list[dict[str, Any]], list[str]]:
    """The names of the stages right of the last bar, at the height of
    their parts, pushed apart; and their texts.
    """
    last, notes = table.iloc[-1], []
    middles = [(end - part / 2) / top * PLOT for part, end in zip(last, last.cumsum(), strict=True)]
    places = spread(middles, [LINE] * len(middles), low=0)
    for name, place in zip(map(str, table), places, strict=True):
        at = {"x": 1, "xref": "paper", "xshift": 8, "text": _key(name, colors, words)}
        notes.append(label(1, place / PLOT * top, "", p.ink) | at)
    return notes, [words(f"school_visits.stage.{name}") for name in table]


def _above(table: pd.DataFrame, colors: dict[str, str], words: Words, p: Palette) -> dict[str, Any]:
    """The names of the stages above the bars of a phone."""
    text = "  ".join(_key(name, colors, words, "stage_short") for name in map(str, table))
    place = {
        "xref": "paper",
        "yref": "paper",
        "yanchor": "bottom",
        "xshift": 0,
        "yshift": 10,
        "text": text,
    }
    return label(0, 1, "", p.ink) | place


def school_villages(
    frame: pd.DataFrame, words: Words, mode: Mode, school_measure: str = "visits"
) -> Chart:
    """Bars, most first, core villages in colour: whose children come? Height: height(frame)."""
    if frame.empty:
        return nothing(words("school_visits.empty_todo"), mode)
    p, rows = palette(mode), ranked(frame, school_measure)
    shown, rest = rows[:SHOWN], len(rows) - SHOWN
    values = [int(value) for value in shown[school_measure]]
    texts, core = [words.number(value) for value in values], shown["is_core"].tolist()
    villages = named(rows)[: len(values)]
    visits = Series(
        "",
        tuple(
            Point(row, value, role="own" if is_core or not any(core) else "context")
            for row, (value, is_core) in enumerate(zip(values, core, strict=True))
        ),
        written=True,
    )
    data = ChartData("bar", (visits,), numbered(villages))
    names = [
        f'<b style="color: {p.accent}">{safe(name)}</b>' if is_core else safe(name)
        for name, is_core in zip(villages, core, strict=True)
    ]
    hover = [
        words(
            "school_villages.hover",
            village=safe(row["village"]),
            district=safe(row["district"]),
            schools=plural(words, "schools.count", row["schools"]),
            **{
                measure: amount(words, measure, int(row[measure]))
                for measure in ("visits", "students")
            },
        )
        for row in records(shown)
    ]
    colors = visits.colors(p)
    bar = bars([""] * len(values), values, texts, colors, hovertext=hover, hoverinfo="text")
    # Rows are numbered, names are their tick texts: a name may stand twice.
    bar |= {"y": visits.keys, "customdata": shown["village_code"].tolist()}
    layout = bar_axes(values, texts)
    layout["yaxis"] |= {"type": "linear", "tickvals": bar["y"], "ticktext": names}
    layout = below(layout, words("school_villages.more", n=rest) if rest > 0 else "", p)
    return Chart(data, {"data": [bar], "layout": layout})


def below(layout: dict[str, Any], text: str, p: Palette) -> dict[str, Any]:
    """A line under bars for what they leave out, if anything."""
    if not text:
        return layout
    place = {
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 0,
        "yshift": -6,
    }
    note = label(0, 0, text, p.muted) | place
    return layout | {
        "annotations": [*layout.get("annotations", []), note],
        "margin": layout["margin"] | {"b": 30},
    }


def height(frame: pd.DataFrame) -> int:
    """px that school_villages needs."""
    return ROW * min(max(len(frame), 1), SHOWN) + 46
