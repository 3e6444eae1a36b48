"""Figures of Tolok Ukur: the own programme among the others,
the host's colour against a guest's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kub.charts.chart_data import (
    Axis,
    Category,
    CellChart,
    Chart,
    ChartData,
    Point,
    Role,
    Series,
    color,
    nothing,
)
from kub.charts.dots import (
    dots_trace,
    key_line,
    label_room,
    name_rows,
    names_over,
    right_column,
    ticks,
)
from kub.charts.label_layout import LINE
from kub.findings import benchmark as findings
from kub.findings.phrases import Row
from kub.look import Figure, Mode, Palette, palette, safe
from kub.words import Words
from kub.words.columns import indicator_kind, rate_kind

# px of a row, which on a phone holds its name and its dots, and of what stands around
ROW, HEAD, FOOT = 46, 40, 44


def height(frame: pd.DataFrame) -> int:
    """px for `benchmark` (a row per indicator) or `rates` (a row per programme)."""
    if "indicator" in frame.columns:
        return ROW * frame["indicator"].nunique() + HEAD
    return ROW * min(frame["programme"].nunique(), findings.DRAWN) + FOOT


def benchmark(frame: pd.DataFrame, words: Words, mode: Mode, own: str | None = None) -> Chart:
    """A row of dots per indicator, each on its own scale: where does the own programme lie?"""
    p, every = palette(mode), findings.lines(frame, own)
    host, guests, peers = every[0][1]
    if not guests and not peers:
        return nothing(words("benchmark.alone_todo"), mode)
    dots: dict[Role, list[Dot]] = {"peer": [], "own": [], "guest": []}
    for number, (indicator, side) in enumerate(every):
        sides: dict[Role, Sequence[Row]] = {
            "peer": side.peers,
            "own": [side.host],
            "guest": side.guests,
        }
        for role, rows in sides.items():
            dots[role] += [
                _scaled(row, side, number, indicator, words)
                for row in rows
                if not pd.isna(row["value"])
            ]
    names = [words(f"cell.indicator.{indicator}") for indicator, _ in every]
    values = [(findings.figure(side), indicator_kind(indicator)) for indicator, side in every]
    texts = [words.write(row["value"], spec) + sign_of(row) for row, spec in values]
    axis = Axis(-0.04, 1.04)
    data = _data(dots, names, texts, words, axis, bare=("peer",))
    notes = right_column(texts, [p.guest if guests else p.accent] * len(texts))
    key = [f'<span style="color:{p.accent}">● {safe(host["regency"])}</span>']
    key += [f'<span style="color:{p.guest}">○ {safe(row["regency"])}</span>' for row in guests]
    if peers:
        key.append(f'<span style="color:{p.muted}">• {safe(words("benchmark.others"))}</span>')
    layout = name_rows(names, p) | {
        "xaxis": {"visible": False, "range": [axis.low, axis.high]},
        "margin": {"t": HEAD - 8, "r": label_room(texts), "b": 8},
        "annotations": [*notes, key_line("   ".join(key), p)],
    }
    narrow = {
        "yaxis": {"showticklabels": False},
        "margin": {"t": LINE * len(key) + 16},
        "annotations": [*notes, *names_over(names, p), key_line("<br>".join(key), p)],
    }
    figure = {
        "data": [_dots(series, dots[series.role], p) for series in data.series],
        "layout": layout | {"meta": {"narrow": narrow}},
    }
    return Chart(data, figure)


def _data(
    dots: Mapping[Role, Sequence["Dot"]],
    names: Sequence[str],
    texts: Sequence[str],
    words: Words,
    axis: Axis,
    unit: str = "n",
    bare: Sequence[Role] = (),
    cells: tuple[CellChart, ...] = (),
) -> ChartData:
    """Rows of dots, a series for each part of the programmes. bare: parts without intervals."""
    series = tuple(
        Series(
            series_name(role, [dot.regency for dot in part], words),
            tuple(
                replace(dot.point, low=None, high=None) if role in bare else dot.point
                for dot in part
            ),
            role,
        )
        for role, part in dots.items()
        if part
    )
    rows = tuple(
        Category(row, name, (text,))
        for row, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    return ChartData("dots", series, rows, unit, axis, cells=cells)


def series_name(role: Role, regencies: Sequence[str], words: Words) -> str:
    """Several guests are one series, with all their names; several others are just the others."""
    names = list(dict.fromkeys(regencies))
    several = role == "peer" and len(names) > 1
    return words("pack.deck.others_programmes") if several else ", ".join(names)


@dataclass(frozen=True)
class Dot:
    """What a programme has in a row, and what the pointer says of it."""

    point: Point
    regency: str
    hover: str
    programme: str


def _scaled(row: Row, side: findings.Comparison, number: int, indicator: str, words: Words) -> Dot:
    """A dot of `benchmark`: value, low and high from 0, the least of its row, to 1, the most."""
    drawn = [other["value"] for other in (side.host, *side.guests, *side.peers)]
    drawn += [side_row[end] for side_row in (side.host, *side.guests) for end in ("low", "high")]
    known = [value for value in drawn if not pd.isna(value)]
    least, span = min(known), max(known) - min(known)
    ends, spec = _ends(row), indicator_kind(indicator)
    texts = {end: words.write(value, spec) for end, value in ends.items()}
    texts |= {"regency": row["regency"], "indicator": words(f"cell.indicator.{indicator}")}
    hover = words(f"benchmark.hover{'' if pd.isna(row['low']) else '_interval'}", **texts)
    # Where all are alike there is no least and no most: they stand in the middle.
    place = {end: (value - least) / span if span else 0.5 for end, value in ends.items()}
    return Dot(
        Point(number, place["value"], place["low"], place["high"]),
        row["regency"],
        _hover(hover, row, words),
        row["programme"],
    )


def rates(
    frame: pd.DataFrame, words: Words, mode: Mode, own: str | None = None, per: str = "residents"
) -> Chart:
    """A dot with its 95 % interval per programme, highest first: who has most for its size?"""
    p, rows = palette(mode), findings.rows_per(frame, per)
    usual = findings.usual_year(rows, words)
    # The own one and guests are drawn however many others there are.
    first = sorted(rows, key=lambda row: (role_of(row, own) == "peer", _falling(row)))
    rows = sorted(first[: findings.DRAWN], key=_falling)
    if not any(row["value"] > 0 for row in rows if not pd.isna(row["value"])):
        return nothing(words("rates.none"), mode)
    dots: dict[Role, list[Dot]] = {"peer": [], "own": [], "guest": []}
    for number, row in enumerate(rows):
        if not pd.isna(row["value"]):
            ends = _ends(row)
            point = Point(number, ends["value"], ends["low"], ends["high"])
            dot = Dot(point, row["regency"], rate_hover(row, words), row["programme"])
            dots[role_of(row, own)].append(dot)
    signs = [findings.value(row, words) + sign_of(row) for row in rows]
    # What the subtitle says of all is not repeated at each.
    notes = ["" if note == usual else note for note in (findings.exposed(r, words) for r in rows)]
    texts = [f"{sign} · {note}" if note else sign for sign, note in zip(signs, notes, strict=True)]
    names = [named(row, words) for row in rows]
    longer = [f"{name} · {note}" if note else name for name, note in zip(names, notes, strict=True)]
    inks = [p.ink if role == "peer" else color(role, "", p) for role in _roles(rows, own)]
    highest = max(dot.point.high or 0 for part in dots.values() for dot in part)
    cells = CellChart("bar", "regency", ("value",), only=("per", per))
    axis, unit = Axis(0, highest * 1.04), rate_kind(per)
    data = _data(dots, names, texts, words, axis, unit, cells=(cells,))
    layout = name_rows(names, p, inks) | {
        "xaxis": {
            "range": [0, axis.high],
            "showgrid": True,
            "showline": False,
        }
        | ticks(axis.high, words),
        "annotations": right_column(texts, inks),
        "margin": {"r": label_room(texts)},
    }
    narrow = {
        "yaxis": {"showticklabels": False},
        "margin": {"r": label_room(signs)},
        "annotations": [*right_column(signs, inks), *names_over(longer, p)],
    }
    figure = {
        "data": [_dots(series, dots[series.role], p) for series in data.series],
        "layout": layout | {"meta": {"narrow": narrow}},
    }
    return Chart(data, figure)


def named(row: Row, words: Words) -> str:
    """The regency, with '(contoh)' where the figures are invented and the name does not say so."""
    name, sample = str(row["regency"]), words("benchmark.sample")
    if not row["is_sample"] or any(mark in name.casefold() for mark in ("contoh", sample)):
        return name
    return f"{name} ({sample})"


def _falling(row: Row) -> float:
    """Sorts the highest first, and last what has no value."""
    return float("inf") if pd.isna(row["value"]) else -row["value"]


def role_of(row: Row, own: str | None) -> Role:
    if row["declared"]:
        return "guest"
    return "own" if row["programme"] == own else "peer"


def _roles(rows: Sequence[Row], own: str | None) -> list[Role]:
    return [role_of(row, own) for row in rows]


def sign_of(row: Row) -> str:
    """' ≈' or ' ≠' where the definition differs; `rates` say only that there is a reason."""
    definition = row.get("definition", "yes" if pd.isna(row["because"]) else "no")
    if definition not in findings.MARKS or pd.isna(row["value"]):
        return ""
    return f" {findings.MARKS[definition]}"


def _ends(row: Row) -> dict[str, Any]:
    """value, low and high; without an interval all three are the value."""
    return {
        end: row["value"] if pd.isna(row[end]) else row[end] for end in ("value", "low", "high")
    }


def rate_hover(row: Row, words: Words) -> str:
    """A row of `rates` in its hover."""
    texts = {end: words.write(row[end], rate_kind(row["per"])) for end in ("value", "low", "high")}
    texts |= {"n": row["n"], "exposure": row["exposure"], "year": row["exposure_year"]}
    return _hover(words(f"rates.hover.{row['per']}", regency=row["regency"], **texts), row, words)


def _hover(text: str, row: Row, words: Words) -> str:
    reason = findings.because(row, words)
    return safe(text) + (f"<br>{safe(reason)}" if reason else "")


def _dots(series: Series, dots: Sequence[Dot], p: Palette) -> Figure:
    hover, programmes = [dot.hover for dot in dots], [dot.programme for dot in dots]
    return dots_trace(series, hover, programmes, p)
