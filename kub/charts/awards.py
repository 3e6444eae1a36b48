"""The awards as a timeline: what was won when, as exactly as the sources know it."""

from collections.abc import Mapping
from datetime import date
from textwrap import wrap
from typing import Any

import pandas as pd

from kub.charts.chart_data import Chart, ChartData, Point, Role, Series, nothing, numbered
from kub.charts.years import every
from kub.findings.awards import When, body, ordered, remark, written_date
from kub.findings.phrases import Row
from kub.look import Mode, Palette, label, palette, published, safe
from kub.words import Words

SHOWN = 24  # newest awards drawn; the table has them all
PITCH, FOOT = 76, 54  # px of a row, and of the years below them
# of an award's name: its room beside the timeline, and above its mark on a phone
LETTERS, LINES = 44, 2
ROOM = 340  # px left of the timeline for these
HALF = 0.11  # of a row: half the height of a bar
MARK = 0.3  # rows that a mark stands below the middle on a phone
LEAST_YEARS = 3  # of the axis
YEARS, YEARS_NARROW = 12, 5
BESIDE = 0.5  # of the axis: further right, dates stand left of their marks

Pair = tuple[Row, When]
RECORDED: Mapping[Role, bool] = {"own": True, "published": False}


def awards(frame: pd.DataFrame, words: Words, mode: Mode, most: int = SHOWN) -> Chart:
    """A row per award, oldest first: a dot is a day, a bar the month or year it may mean, an arrow
    'before'.

    What the records lack is hollow. Awards without any year stand last, below a line. Height:
    height(frame). most: rows drawn, the newest; who asks for fewer than SHOWN says how many are
    left out.
    """
    if frame.empty:
        return nothing(words("awards.empty_todo"), mode)
    p, pairs = palette(mode), ordered(frame)
    left_out, pairs = len(pairs) - SHOWN, pairs[-most:]
    first, last = _years([time for _, time in pairs])
    wide = [
        note for at, pair in enumerate(pairs) for note in _wide(at, pair, first, last, words, p)
    ]
    narrow = [
        note for at, pair in enumerate(pairs) for note in _narrow(at, pair, first, last, words, p)
    ]
    dated = sum(time.last is not None for _, time in pairs)
    if left_out > 0 and most == SHOWN:
        foot = {"xref": "paper", "yref": "paper", "yanchor": "top", "xshift": 0, "yshift": -28}
        more = label(0, 0, words("awards.cut", n=left_out), p.muted) | foot
        wide, narrow = [*wide, more | {"xshift": -ROOM}], [*narrow, more]
    step = every(last.year - first.year + 1, YEARS)
    y = {"range": [len(pairs) - 0.5, -0.5], "showticklabels": False, "showgrid": False}
    hover = {
        "type": "scatter",
        "mode": "markers",
        "x": [_middle(time, first) for _, time in pairs],
        "y": list(range(len(pairs))),
        "marker": {"size": 22, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": [_hover(row, time, words) for row, time in pairs],
    }
    x = {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "showgrid": True,
        "tickformat": "%Y",
        "tick0": f"{first.year}-01-01",
        "tickangle": 0,
        "visible": dated > 0,
    }
    # A row each, as long as the days between which it was won.
    parts = {
        role: tuple(
            Point(at, None if time.last is None else time.last.toordinal())
            for at, (row, time) in enumerate(pairs)
            if bool(row["recorded"]) is recorded
        )
        for role, recorded in RECORDED.items()
    }
    data = ChartData(
        "timeline",
        tuple(Series("", points, role) for role, points in parts.items() if points),
        numbered([str(row["award"]).strip() for row, _ in pairs]),
        "d",
    )
    figure = {
        "data": [*_marks(pairs, first, p), hover],
        "layout": {
            "xaxis": x | _ticks(step),
            "yaxis": y,
            "annotations": wide,
            "margin": {"l": ROOM, "r": 24},
            "shapes": _shapes(pairs, first, p) + _rules(len(pairs), dated, p),
            "meta": {
                "narrow": {
                    "annotations": narrow,
                    "margin": {"l": 4, "r": 12},
                    "yaxis": y | {"range": _shifted(len(pairs))},
                    "xaxis": _ticks(every(last.year - first.year + 1, YEARS_NARROW)),
                    "shapes": _shapes(pairs, first, p) + _rules(len(pairs), dated, p, MARK),
                }
            },
        },
    }
    return Chart(data, figure)


def height(frame: pd.DataFrame) -> int:
    """px that the figure needs."""
    return PITCH * min(max(len(frame), 1), SHOWN) + FOOT


def _shifted(rows: int) -> list[float]:
    """The rows of a phone: marks lie low in them, below the names."""
    return [rows - 0.5 - MARK, -0.5 - MARK]


def _years(times: list[When]) -> tuple[date, date]:
    """The ends of the axis: whole years, one more before any
    'before', and at least LEAST_YEARS of them.
    """
    ends = [time.last for time in times if time.last]
    starts = [time.first or date(time.last.year - 1, 1, 1) for time in times if time.last]
    last = max((end.year for end in ends), default=2000)
    first = min([start.year for start in starts] + [last - LEAST_YEARS + 1])
    return date(first, 1, 1), date(last, 12, 31)


def _ticks(step: int) -> dict[str, Any]:
    # Names of single years stand in the middle of them; of every second, at their beginning.
    return {"dtick": f"M{12 * step}", "ticklabelmode": "period" if step == 1 else "instant"}


def _middle(time: When, first: date) -> str:
    if time.last is None:
        return first.isoformat()
    start = time.first or first
    return (start + (time.last - start) / 2).isoformat()


def _marks(pairs: list[Pair], first: date, p: Palette) -> list[dict[str, Any]]:
    """Dots of days on record, diamonds of published ones, and the heads of arrows."""
    days = [(at, row, time) for at, (row, time) in enumerate(pairs) if time.kind == "day"]
    own, announced = (
        [entry for entry in days if bool(entry[1]["recorded"]) is recorded]
        for recorded in (True, False)
    )

    def place(listed: list[tuple[int, Row, When]]) -> tuple[list[str], list[int]]:
        return [str(time.last) for _, _, time in listed], [at for at, _, _ in listed]

    x, y = place(own)
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"color": p.accent, "size": 12},
        "hoverinfo": "skip",
    }
    open_ends = [at for at, (_, time) in enumerate(pairs) if time.kind == "before"]
    heads = dots | {
        "x": [first.isoformat()] * len(open_ends),
        "y": open_ends,
        "marker": {"color": p.published, "size": 12, "symbol": "triangle-left"},
    }
    diamonds = published(*place(announced), p, hoverinfo="skip")
    return [trace for trace in (dots, diamonds, heads) if trace["x"]]


def _shapes(pairs: list[Pair], first: date, p: Palette) -> list[dict[str, Any]]:
    """The bars: filled where on record, hollow where only published."""
    bars = []
    for at, (row, time) in enumerate(pairs):
        if time.last is None or time.kind == "day":
            continue
        color = p.accent if row["recorded"] else p.published
        bars.append(
            {
                "type": "rect",
                "x0": (time.first or first).isoformat(),
                "x1": time.last.isoformat(),
                "y0": at - HALF,
                "y1": at + HALF,
                "line": {"color": color, "width": 2},
                "fillcolor": color if row["recorded"] else p.background,
            }
        )
    return bars


def _rules(rows: int, dated: int, p: Palette, lift: float = 0.0) -> list[dict[str, Any]]:
    """The line above awards without a year, lift: rows that it stands higher."""
    if not 0 < dated < rows:
        return []
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": dated - 0.5 - lift, "y1": dated - 0.5 - lift}
    return [{"type": "line", "layer": "below", "line": {"color": p.line, "width": 1}} | ends]


def _name(row: Row) -> list[str]:
    """The name in at most LINES lines of LETTERS."""
    return wrap(str(row["award"]).strip(), LETTERS, max_lines=LINES, placeholder=" …")


def _body(row: Row, words: Words, p: Palette) -> str:
    who = wrap(body(row, words), LETTERS, max_lines=1, placeholder=" …")
    return f'<span style="color: {p.muted}">{safe("".join(who))}</span>'


def _text(row: Row, words: Words, p: Palette) -> str:
    lines = [f"<b>{safe(part)}</b>" for part in _name(row)]
    return "<br>".join([*lines, _body(row, words, p)])


def _wide(
    at: int, pair: Pair, first: date, last: date, words: Words, p: Palette
) -> list[dict[str, Any]]:
    """Name and body left of the timeline, the time beside the mark."""
    place = {"xref": "paper", "xshift": -ROOM + 4, "text": _text(pair[0], words, p)}
    mark = "" if pair[0]["recorded"] else f" · {words('awards.published')}"
    return [label(0, at, "", p.ink) | place, _time(at, pair, first, last, words, p, mark)]


def _narrow(
    at: int, pair: Pair, first: date, last: date, words: Words, p: Palette
) -> list[dict[str, Any]]:
    """Name and body above the mark."""
    place = {
        "xref": "paper",
        "xshift": 0,
        "yanchor": "bottom",
        "yshift": 11,
        "text": _text(pair[0], words, p),
    }
    mark = "" if pair[0]["recorded"] else " ◇"
    return [label(0, at, "", p.ink) | place, _time(at, pair, first, last, words, p, mark)]


def _time(
    at: int, pair: Pair, first: date, last: date, words: Words, p: Palette, mark: str
) -> dict[str, Any]:
    """When, and `told`: that only publications know it."""
    row, time = pair
    text = written_date(row, time, words, short=True) + mark
    if time.last is None:
        return label(0, at, text, p.muted) | {"xref": "paper", "xshift": 0}
    share = (time.last - first).days / (last - first).days
    left = share > BESIDE and time.kind != "before"
    start = time.first or first
    return label(
        (start if left else time.last).isoformat(),
        at,
        text,
        p.ink,
        side="left" if left else "right",
    )


def _hover(row: Row, time: When, words: Words) -> str:
    lines = [
        str(row["award"]).strip(),
        body(row, words),
        words("awards.hover_when", when=written_date(row, time, words)),
    ]
    lines += [remark(row, words)] if remark(row, words) else []
    lines += [] if row["recorded"] else [words("awards.published")]
    lines += [] if pd.isna(row["source"]) else [words("awards.hover_source", source=row["source"])]
    return "<br>".join("<br>".join(safe(line) for line in wrap(part, 60)) for part in lines)
