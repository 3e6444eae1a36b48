"""Figures of Pertumbuhan: how many KUB and members year by year, who comes and goes, how long KUB last."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.charts.years import month, ticks
from kub.findings.growth import COLUMN, index_base, told
from kub.findings.phrases import Row, plural, records, signed
from kub.look import BODY, Figure, Mode, Palette, empty, label, line, palette, published, safe
from kub.words import Words

# What a published figure is called in the records -> measure.
PUBLISHED = {"kub": "kub", "members": "anggota"}
FEW = 10  # KUB under observation; below it a survival is drawn grey
HEADROOM = 1.18  # above the highest value, for labels


def growth(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    scale: str = "absolute",
    both: bool = False,
    published: pd.DataFrame | None = None,
    **_: Any,
) -> Figure:
    """A line from zero over the dates that the records speak of: how many, and how steep?

    scale: absolute | indexed (first year with KUB = 100, KUB against members). both: KUB above,
    members below. published: rows of `reconcile`, as diamonds on their own date.
    """
    rows, p = records(frame), palette(mode)
    if not any(row[COLUMN[measure]] for row in rows):
        return empty(words("growth.empty_todo"), mode)
    if scale == "indexed" and index_base(rows):
        return _indexed(rows, words, p, measure)
    shown = [measure, *(other for other in COLUMN if other != measure)] if both else [measure]
    axis, narrow = ticks(rows)
    layout: dict[str, Any] = {"xaxis": axis, "margin": {"r": 64}}
    notes: list[dict[str, Any]] = []
    few: list[dict[str, Any]] = []
    data: list[dict[str, Any]] = []
    for place, which in enumerate(shown):
        y = "y" if place == 0 else "y2"
        marks = _published(published, which)
        values = [row[COLUMN[which]] for row in rows]
        top = max([*values, *(mark["published"] for mark in marks)]) * HEADROOM
        axis_y = {"range": [0, max(top, 1)], "nticks": 5, "tickformat": ",d"}
        layout[f"yaxis{y[1:]}"] = axis_y | ({"domain": [0.57, 0.95] if place == 0 else [0, 0.38]} if both else {})
        data += _area(rows, values, which, words, p) if place == 0 else _line(rows, values, which, words, p, p.muted)
        for trace in data:
            trace.setdefault("yaxis", y)
        end = {"yref": y}
        ends = [_ending(rows[-1], values[-1], words.number(values[-1]), p.accent if place == 0 else p.muted) | end]
        ends += [_heading(which, words, p, 0.95 if place == 0 else 0.38)] if both else []
        notes += ends + [_mark(m, words, rows, p, month(m["date"], words)) | end for m in _apart(marks, rows, 8)]
        few += ends + [_mark(m, words, rows, p) | end for m in _apart(marks, rows, 5)]
        if marks:
            data.append(_diamonds(marks, which, words, p) | {"yaxis": y})
    if both:
        layout["xaxis"] |= {"anchor": "y2"}
    layout |= {"annotations": notes, "meta": {"narrow": {"xaxis": narrow, "annotations": few}}}
    return {"data": data, "layout": layout}


def _line(rows: list[Row], values: Sequence[float], what: str, words: Words, p: Palette, color: str) -> list[Any]:
    said = safe(words(f"growth.heading_{what}"))
    hover = f"%{{x|%Y}}<br>{said} %{{y:,.0f}}<extra></extra>"
    dates = [_date(row["as_of"]) for row in rows]
    return line(dates, values, color, provisional=bool(rows[-1]["provisional"]), hovertemplate=hover)


def _area(rows: list[Row], values: Sequence[float], what: str, words: Words, p: Palette) -> list[Any]:
    under = {
        "type": "scatter", "mode": "lines", "x": [_date(row["as_of"]) for row in rows], "y": list(values),
        "fill": "tozeroy", "fillcolor": p.tint, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip
    return [under, *_line(rows, values, what, words, p, p.accent)]


def _indexed(rows: list[Row], words: Words, p: Palette, measure: str) -> Figure:
    """Both measures with the first year = 100: which grew faster?"""
    base = index_base(rows) or rows[0]
    listed = [row for row in rows if row["year"] >= base["year"]]
    index = {which: [100 * row[column] / base[column] for row in listed] for which, column in COLUMN.items()}
    top = max(max(values) for values in index.values()) * HEADROOM
    axis, narrow = ticks(listed)
    data, notes = [], []
    for which in sorted(COLUMN, key=lambda w: w == measure):  # the chosen one lies on top
        values, color = index[which], p.accent if which == measure else p.muted
        data += _line(listed, values, which, words, p, color)
        text = f"{words(f'growth.heading_{which}')} {words.number(values[-1])}"
        other = next(index[w][-1] for w in COLUMN if w != which)
        apart = abs(values[-1] - other) / top
        shift = 0 if apart > 0.07 else 11 if (values[-1], which) > (other, measure) else -11
        notes.append(label(_date(listed[-1]["as_of"]), values[-1], text, color, bold=which == measure) | {"yshift": shift})
    hundred = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 100, "y1": 100,
        "line": {"color": p.context, "width": 1, "dash": "dot"}, "layer": "below",
    }  # fmt: skip
    layout = {
        "xaxis": axis, "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",d"}, "annotations": notes,
        "shapes": [hundred], "margin": {"r": 136}, "meta": {"narrow": {"xaxis": narrow}},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _date(value: Any) -> str:
    return pd.Timestamp(value).date().isoformat()


def _ending(row: Row, y: float, text: str, color: str) -> dict[str, Any]:
    """The last value, large: what a reader takes away."""
    return label(_date(row["as_of"]), y, text, color, bold=True) | {"font": {"color": color, "size": BODY}}


def _heading(which: str, words: Words, p: Palette, top: float) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 4}
    return label(0, top, words(f"growth.heading_{which}"), p.ink, bold=True) | {"xshift": 0} | place


def _published(frame: pd.DataFrame | None, measure: str) -> list[Row]:
    if frame is None:
        return []
    return records(frame[frame["indicator"] == PUBLISHED[measure]])


def _diamonds(marks: list[Row], which: str, words: Words, p: Palette) -> dict[str, Any]:
    said = [
        words("growth.published", value=m["published"], on=m["date"], what=words(f"growth.heading_{which}"))
        + f"<br>{m['source']}"
        for m in marks
    ]
    said = ["<br>".join(safe(part) for part in text.split("<br>", 1)) for text in said]
    return published([_date(m["date"]) for m in marks], [m["published"] for m in marks], p, hovertext=said, hoverinfo="text")


def _apart(marks: list[Row], rows: list[Row], most: int) -> list[Row]:
    """The marks whose labels do not run into each other: newest first, each at least 1/most of the axis away."""
    first, last = (pd.Timestamp(rows[end]["as_of"]) for end in (0, -1))
    kept: list[Row] = []
    for mark in reversed(marks):
        if not kept or (pd.Timestamp(kept[-1]["date"]) - pd.Timestamp(mark["date"])) * most >= last - first:
            kept.append(mark)
    return kept


def _mark(mark: Row, words: Words, rows: list[Row], p: Palette, when: str = "") -> dict[str, Any]:
    """'◇ 153, Nov 2017' above the point, towards the side where a rising line leaves room."""
    text = f"◇ {words.number(mark['published'])}" + (f", {when}" if when else "")
    first, last = (pd.Timestamp(rows[end]["as_of"]) for end in (0, -1))
    early = (pd.Timestamp(mark["date"]) - first) < 0.15 * (last - first)
    side = {"xanchor": "left" if early else "right", "yanchor": "bottom", "xshift": -4 if early else 4, "yshift": 10}
    return label(_date(mark["date"]), mark["published"], text, p.published) | side
