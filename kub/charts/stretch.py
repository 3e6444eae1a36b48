"""One amount over time with its gaps: what was not reported is
left open, never bridged and never zero.
"""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import pandas as pd

from kub.charts.chart_data import Axis, CellChart, Chart, ChartData
from kub.charts.chart_data import published as published_series
from kub.charts.label_layout import text_width
from kub.charts.years import HEADROOM, axis, day, days, month, series
from kub.findings.phrases import Row
from kub.look import BODY, SMALL, Palette, label, line, published, safe
from kub.words import Words

STEPS = (1, 2, 5, 10)  # of a power of ten, between two lines of the grid
GRID = 5  # lines of the grid at most
LONG = 8  # letters of the last value, above which it stands above its dot on a phone
EARLY = 0.3  # of the time axis: further left a label stands on the right of its diamond


def stretch(
    rows: Sequence[Row],
    column: str,
    spec: str,
    hover: Sequence[str],
    words: Words,
    p: Palette,
    marks: Sequence[tuple[Any, float, str]] = (),
    cells: CellChart | None = None,
) -> Chart:
    """The line of `column` from zero, its last known value large at the end; the step to an
    unfinished year dashed.

    rows: year, as_of, provisional and the column, at least one value known. hover: of each row.
    marks: published figures as (day, value, what the pointer says), drawn as diamonds. cells:
    the chart of a sheet.
    """
    known = [number for number, row in enumerate(rows) if not pd.isna(row[column])]
    values = [None if pd.isna(row[column]) else float(row[column]) for row in rows]
    last = rows[known[-1]]
    until = known[-1] + 1
    course = series(rows, values, "")
    dates = [pd.Timestamp(mark[0]).date() for mark in marks]
    highest = max([float(rows[n][column]) for n in known] + [mark[1] for mark in marks])
    data = ChartData(
        "line",
        (course, *published_series(words, dates, [mark[1] for mark in marks])),
        unit=spec,
        axis=scale(highest, spec),
        cells=(cells,) if cells else (),
    )
    drawn = line(
        days(rows[:until]),
        values[:until],
        course.color(p),
        provisional=course.provisional,
        hoverinfo="skip",
    )
    # A value between two gaps has no line to stand on, so it is drawn as a dot.
    alone = [n for n in known[:-1] if not {n - 1, n + 1} & set(known)]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [day(rows[n]["as_of"]) for n in known],
        "y": [values[n] for n in known],
        "hoverinfo": "text",
        "hovertext": [hover[n] for n in known],
        "marker": {
            "size": 9,
            "color": p.accent,
            "opacity": [1 if n in alone else 0 for n in known],
        },
    }
    # Labels are years, however often one is reported.
    x, x_narrow = axis(list({row["year"]: row for row in rows}.values()))
    x |= {"range": axis(rows)[0]["range"]}
    end, written = _ending(last, column, spec, words, p), words.write(last[column], spec)
    wide, narrow = ([end, *_labels(marks, rows, spec, words, p, phone)] for phone in (False, True))
    phone: dict[str, Any] = {"xaxis": x_narrow, "annotations": narrow}
    # beside its dot it would leave a phone no plot: so above, where diamonds then go unlabelled
    if len(written) > LONG:
        above = {
            "xanchor": "right",
            "align": "right",
            "yanchor": "bottom",
            "xshift": 8,
            "yshift": 8,
        }
        phone |= {"annotations": [end | above], "margin": {"r": 16}}
    diamonds = [
        published(
            [day(on) for on, _, _ in marks],
            [value for _, value, _ in marks],
            p,
            hoverinfo="text",
            hovertext=[text for _, _, text in marks],
        )
    ]
    figure = {
        "data": [
            *drawn,
            dots,
            *(diamonds if marks else []),
        ],
        "layout": {
            "xaxis": x,
            "yaxis": grid(highest, spec, words),
            "annotations": wide,
            "margin": {"r": max(round(16 + text_width(written, 700, BODY)), 76)},
            "meta": {"narrow": phone},
        },
    }
    return Chart(data, figure)


def scale(highest: float, spec: str) -> Axis:
    """From zero to a little above `highest`, with few steps of round values."""
    top = highest if highest > 0 else 1.0
    power = 10.0 ** floor(log10(top))
    sizes = [part * size for size in (power / 10, power) for part in STEPS]
    step = max(next(size for size in sizes if top / size <= GRID), 1.0 if spec == "n" else 0.0)
    return Axis(0, top * HEADROOM, step)


def grid(highest: float, spec: str, words: Words) -> dict[str, Any]:
    """A y axis from zero, its few round values written as the amount is: 'Rp 2 miliar', '4 %'."""
    axis = scale(highest, spec)
    step, ticks = axis.step, [axis.step * n for n in range(int(axis.high / axis.step) + 1)]
    short = {"p": "p0" if step >= 0.01 else "p", "n1": "n" if step >= 1 else "n1"}.get(spec, spec)
    texts = [words.write(tick, short) for tick in ticks]
    return {"range": [axis.low, axis.high], "tickvals": ticks, "ticktext": texts}


def _ending(row: Row, column: str, spec: str, words: Words, p: Palette) -> dict[str, Any]:
    """The last known value, large; and its month where its year is unfinished."""
    text = f"<b>{safe(words.write(row[column], spec))}</b>"
    if row["provisional"]:
        text += (
            f'<br><span style="font-size:{SMALL}px;color:{p.muted}">'
            f"{month(row['as_of'], words)}</span>"
        )
    note = label(day(row["as_of"]), float(row[column]), "", p.accent)
    return note | {"text": text, "font": {"color": p.accent, "size": BODY}}


def _labels(
    marks: Sequence[tuple[Any, float, str]],
    rows: Sequence[Row],
    spec: str,
    words: Words,
    p: Palette,
    phone: bool,
) -> list[dict[str, Any]]:
    """'◇ Rp 3,87 miliar, Mei 2023' beside each diamond; on a phone without the month."""
    first, last = pd.Timestamp(rows[0]["as_of"]), pd.Timestamp(rows[-1]["as_of"])
    notes = []
    for on, value, _ in marks:
        text = f"◇ {words.write(value, spec)}" + ("" if phone else f", {month(on, words)}")
        early = pd.Timestamp(on) - first < (last - first) * EARLY
        place = {
            "xanchor": "left" if early else "right",
            "yanchor": "bottom",
            "xshift": -6 if early else 6,
            "yshift": 9,
        }
        notes.append(label(day(on), value, text, p.published) | place)
    return notes
