"""Figures of microfinance: units beside the KUB of their villages,
one amount over the years, one unit.
"""

from typing import Any

import pandas as pd

from kub.charts.chart_data import CellChart, Chart, ChartData, Point, Series, nothing, numbered
from kub.charts.chart_data import published as published_series
from kub.charts.label_layout import widest
from kub.charts.stretch import stretch
from kub.charts.years import month
from kub.findings.microfinance import AMOUNTS, SHOWN, beside, count, known, unit_of, written_amount
from kub.findings.phrases import Row, at, records
from kub.look import Mode, Palette, label, palette, published, safe
from kub.words import Words

PITCH, HEAD = 72, 12  # px of a unit, and around all
THICK = 0.3  # of PITCH


def height(frame: pd.DataFrame) -> int:
    """px that `microfinance` needs."""
    return PITCH * min(max(len(frame), 2), SHOWN) + 2 * HEAD


def microfinance(frame: pd.DataFrame, words: Words, mode: Mode, most: int = SHOWN) -> Chart:
    """Two bars per unit, most customers first: does it serve more people than the KUB of its
    village have members?

    Diamonds are published customers. Height: height(frame).
    """
    p, rows = palette(mode), records(frame)[:most]
    if not any(known(row["customers"]) for row in rows):
        return nothing(words("microfinance.unreported_todo"), mode)
    marks = [(place, row) for place, row in enumerate(rows) if known(row["published_customers"])]
    shown = ChartData(
        "pairs",
        (
            Series(words("column.customers"), _points(rows, "customers")),
            Series(words("column.members"), _points(rows, "members"), "context"),
            *published_series(
                words,
                [place for place, _ in marks],
                [row["published_customers"] for _, row in marks],
            ),
        ),
        numbered([row["name"] for row in rows]),
    )
    customers, members = shown.series[:2]
    notes = [note for place, row in enumerate(rows) for note in _values(place, row, words, p)]
    short = [note for place, row in enumerate(rows) for note in _above(place, row, words, p)]
    names = [
        f'{safe(row["name"])}<br><span style="color:{p.muted}">{safe(row["village"])}</span>'
        for row in rows
    ]
    longest = widest((text for row in rows for text in _texts(row, words)), 700)
    places, hover = list(range(len(rows))), [_hover(row, words) for row in rows]
    data = [
        _bar([place - 0.02 for place in places], customers, p, hover, rows),
        _bar([place + THICK - 0.02 for place in places], members, p, hover, rows),
    ]
    if marks:
        texts = [
            words(
                "microfinance.hover_published",
                value=row["published_customers"],
                on=row["published_on"],
            )
            for _, row in marks
        ]
        sources = [
            f"{text}<br>{safe(str(row['source']))}"
            for text, (_, row) in zip(texts, marks, strict=True)
        ]
        data.append(
            published(
                [row["published_customers"] for _, row in marks],
                [place - 0.02 for place, _ in marks],
                p,
                hovertext=sources,
                hoverinfo="text",
            )
        )
    columns = ("customers", "members", "published_customers")
    highest = max(float(row[name]) for row in rows for name in columns if known(row[name]))
    y = {
        "range": [len(rows) - 0.45, -0.62],
        "showgrid": False,
        "tickvals": [place + 0.13 for place in places],
    }
    figure = {
        "data": data,
        "layout": {
            "xaxis": {"visible": False, "range": [0, max(highest, 1)]},
            "annotations": notes,
            "barmode": "overlay",
            "yaxis": y | {"ticktext": names, "ticklabelstandoff": 8},
            "margin": {"r": round(24 + longest)},
            "meta": {
                "narrow": {
                    "yaxis": {"showticklabels": False},
                    "annotations": short,
                    "margin": {"r": 118},
                },
            },
        },
    }
    return Chart(shown, figure)


def _points(rows: list[Row], column: str) -> tuple[Point, ...]:
    return tuple(
        Point(place, float(row[column]) if known(row[column]) else None)
        for place, row in enumerate(rows)
    )


def _bar(
    places: list[float], bars: Series, p: Palette, hover: list[str], rows: list[Row]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "width": THICK - 0.04,
        "marker": {"color": bars.color(p)},
        "x": bars.values,
        "hovertext": hover,
        "hoverinfo": "text",
        "customdata": [row["lkm_id"] for row in rows],
    }


def _texts(row: Row, words: Words, phone: bool = False) -> list[str]:
    """What stands at the ends of the two bars."""
    first = words("microfinance.silent")
    if known(row["customers"]):
        first = count(words, "customers", row["customers"])
    if known(row["published_customers"]):
        first += f" · ◇ {words.number(row['published_customers'])}"
        if known(row["published_on"]) and not phone:
            first += f", {month(row['published_on'], words)}"
    if not row["kub"]:
        return [first, words("microfinance.no_kub")]
    if not known(row["members"]):
        return [first, words("withheld.members")]
    return [first, count(words, "members", row["members"])]


def _values(place: int, row: Row, words: Words, p: Palette) -> list[dict[str, Any]]:
    customers, members = _texts(row, words)
    ends = [
        float(row[name]) if known(row[name]) else 0.0
        for name in ("customers", "published_customers")
    ]
    return [
        label(
            max(ends),
            place - 0.02,
            customers,
            p.accent if known(row["customers"]) else p.muted,
            bold=True,
        ),
        label(
            float(row["members"]) if known(row["members"]) else 0.0,
            place + THICK - 0.02,
            members,
            p.muted,
        ),
    ]


def _above(place: int, row: Row, words: Words, p: Palette) -> list[dict[str, Any]]:
    """On a phone: name and customers above the bars."""
    _, members = _values(place, row, words, p)
    text = f"<b>{safe(row['name'])}</b> {safe(_texts(row, words, phone=True)[0])}"
    above = {"xanchor": "left", "yanchor": "bottom", "xshift": 0, "yshift": 1, "text": text}
    return [label(0, place - THICK / 2, "", p.ink) | above, members]


def _hover(row: Row, words: Words) -> str:
    lines = [f"<b>{safe(row['name'])}</b>", safe(row["village"])]
    if known(row["customers"]):
        lines.append(safe(words("microfinance.hover_on", on=row["reported_on"])))
        lines += [
            safe(written_amount(words, amount, row[amount]))
            for amount in ("customers", "assets_idr", "overdue_share")
            if known(row[amount])
        ]
    return "<br>".join(lines)


def microfinance_years(
    frame: pd.DataFrame, words: Words, mode: Mode, amount: str = "assets_idr"
) -> Chart:
    """A line from zero over the years of one amount of all units; where none states it, a gap."""
    rows = records(frame)
    if not any(known(row[amount]) for row in rows):
        return nothing(words("microfinance_years.todo"), mode)
    hover = [_point(row, amount, at(row, words), words) for row in rows]
    cells = CellChart("column", "year", (amount,))
    return stretch(rows, amount, AMOUNTS[amount], hover, words, palette(mode), cells=cells)


def microfinance_reports(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    unit: str | None = None,
    amount: str = "assets_idr",
    published: pd.DataFrame | None = None,
) -> Chart:
    """A line over the reports of one unit, beside it what was published about it on its day.

    published: the frame of question `microfinance`. A report within a year is drawn like an
    unfinished year.
    """
    unit = unit_of(frame, unit, published)
    rows = [_dated(row) for row in records(frame[frame["lkm_id"] == unit])]
    if not any(known(row[amount]) for row in rows):
        return nothing(words("microfinance_years.todo"), mode)
    row = beside(published, unit)
    marks = []
    if row is not None and known(row.get(f"published_{amount}")) and known(row["published_on"]):
        value = float(row[f"published_{amount}"])
        text = words(
            "microfinance_reports.hover",
            said=written_amount(words, amount, value),
            on=row["published_on"],
        )
        marks.append((row["published_on"], value, f"{safe(text)}<br>{safe(str(row['source']))}"))
    hover = [
        _point(report, amount, words("microfinance.hover_on", on=report["as_of"]), words)
        for report in rows
    ]
    return stretch(rows, amount, AMOUNTS[amount], hover, words, palette(mode), marks)


def _dated(row: Row) -> dict[str, Any]:
    on = row["reported_on"]
    return {**row, "year": on.year, "as_of": on, "provisional": on.month < 12}


def _point(row: Row, amount: str, when: str, words: Words) -> str:
    if not known(row[amount]):
        return ""
    return f"{safe(written_amount(words, amount, row[amount]))}<br>{safe(when)}"
