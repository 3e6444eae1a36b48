"""Figures of Tolok Ukur over time and by sector: programmes at the same age, and mix beside mix."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kub.charts import years
from kub.charts.benchmark import named
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
    points,
)
from kub.charts.ends import LETTER, MARGIN, PHONE, SCREEN, Course, apart, room
from kub.findings.compared import COLUMN, RARE, SHOWN, ProgrammeRows, courses, programmes, stated
from kub.findings.phrases import Row
from kub.look import SECTORS, Mode, Palette, label, line, palette, safe
from kub.words import Words
from kub.words.columns import rate_kind

LABELLED = 12  # others named at their ends; the table names them all
DRAWN = {"own": (4, 11), "guest": (2.5, 11), "other": (1.5, 6)}  # px of line and last dot
ROLES: Mapping[str, Role] = {"own": "own", "guest": "guest", "other": "peer"}
# px of a bar with its gap, and of what stands above the first bar
PITCH, HEAD, HEAD_NARROW = 62, 34, 66
THICK = 0.62  # of PITCH
# Shares from which a segment holds its share, on a screen and on a phone; and there share and times
# side by side.
FITS, FITS_NARROW, FITS_BOTH = 0.09, 0.11, 0.27
TYPICAL = 1.25  # times the share of the others from which it is said; RARE is the other side
# Text upon the sectors, which are the same in both modes: so no colour of a palette, which would
# turn with the mode.
ON_SECTORS = {
    sector: "#0B1016" if sector in ("kerajinan", "koperasi") else "#FFFFFF" for sector in SECTORS
}


def programme_years(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    own: str = "",
    per: str = "residents",
    axis: str = "age",
) -> Chart:
    """A line per programme: was a young programme as far as this one when that was young?

    axis: age (years of the programme) | calendar. per: residents | villages | count.
    """
    p, column, kind = palette(mode), COLUMN[measure, per], rate_kind(per)
    listed = [programme for programme in courses(frame, own, column) if programme.rows]
    rows = [row for programme in listed for row in programme.rows]
    highest = max((row[column] for row in rows), default=0)
    if not highest:
        return nothing(words("compared.empty_todo"), mode)
    x, narrow, low, high = _calendar(rows) if axis == "calendar" else _ages(rows, words, p)
    y: dict[str, Any] = (
        years.value_axis(highest)
        if per == "count"
        else {"range": [0, highest * years.HEADROOM], "nticks": 5}
    )
    top, lines = float(y["range"][1]), []
    cells = CellChart("line", "year" if axis == "calendar" else "age", (column,), by="regency")
    # The own line is drawn last, on top.
    data = ChartData(
        "line" if axis == "calendar" else "xy",
        tuple(_course(programme, column, axis, words) for programme in reversed(listed)),
        unit=kind,
        axis=Axis(0, top),
        caption="" if axis == "calendar" else words("programme_years.axis"),
        cells=(cells,),
    )
    for programme in listed:
        places = [(_place(row, axis) - low) / (high - low) for row in programme.rows]
        heights = [row[column] / top for row in programme.rows]
        last = programme.rows[-1]
        text = [f"{named(last, words)} {words.write(last[column], kind)}"]
        text += [words("compared.declared")] if programme.part == "guest" else []
        shade, ink = _colors(programme, p)
        bold = programme.part != "other"
        lines.append(
            Course(places, heights, (_at(last, axis), last[column]), text, shade, ink, bold)
        )
    first, others = ([course for course in lines if course.bold is bold] for bold in (True, False))
    labelled = [*first, *sorted(others, key=lambda course: -course.y[-1])[:LABELLED]]
    right, what = room(labelled), words(f"rates.what.{measure}.{per}")
    phone = {
        "xaxis": narrow,
        "margin": {"r": MARGIN},
        "annotations": apart(first, lines, PHONE, MARGIN, p),
    }
    figure = {
        "data": [
            trace
            for programme, series in zip(reversed(listed), data.series, strict=True)
            for trace in _traces(programme, series, kind, what, words, p)
        ],
        "layout": {
            "xaxis": x,
            "yaxis": y,
            "margin": {"r": right},
            "annotations": apart(labelled, lines, SCREEN, right, p),
            "meta": {"narrow": phone},
        },
    }
    return Chart(data, figure)


def _course(programme: ProgrammeRows, column: str, axis: str, words: Words) -> Series:
    """The line of one programme, over its age or the calendar."""
    name, role = named(programme.rows[-1], words), ROLES[programme.part]
    values = [row[column] for row in programme.rows]
    if axis == "calendar":
        return years.series(programme.rows, values, name, role)
    unfinished = len(values) > 1 and bool(programme.rows[-1]["provisional"])
    ages = [row["age"] for row in programme.rows]
    return Series(name, points(ages, values), role, provisional=unfinished)


def _colors(programme: ProgrammeRows, p: Palette) -> tuple[str, str]:
    """Of its line and of its name."""
    line = color(ROLES[programme.part], "", p)
    return line, p.muted if programme.part == "other" else line


def _at(row: Row, axis: str) -> Any:
    return years.day(row["as_of"]) if axis == "calendar" else row["age"]


def _place(row: Row, axis: str) -> float:
    return pd.Timestamp(row["as_of"]).timestamp() if axis == "calendar" else float(row["age"])


def _calendar(rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any], float, float]:
    """The x axis of dates, what differs on a phone, and its two ends in seconds."""
    # Where programmes differ in a year, the one that finished it names it.
    each_year = {row["year"]: row for row in sorted(rows, key=lambda row: row["as_of"])}
    x, narrow = years.axis([each_year[year] for year in sorted(each_year)])
    low, high = (pd.Timestamp(end).timestamp() for end in x["range"])
    return x, narrow, low, high


def _ages(
    rows: Sequence[Row], words: Words, p: Palette
) -> tuple[dict[str, Any], dict[str, Any], float, float]:
    """The x axis of programme years, what differs on a phone, and its two ends."""
    oldest = max(row["age"] for row in rows)

    def ticks(most: int) -> dict[str, Any]:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if oldest / step <= most)
        return {"tickvals": sorted({1, *range(1 if step < 5 else step, oldest + 1, step)})}

    low, high = 1 - 0.03 * oldest, 1.01 * oldest + 0.05
    title = {"text": words("programme_years.axis"), "standoff": 10, "font": {"color": p.muted}}
    x = {"type": "linear", "range": [low, high], "tickangle": 0, "tickformat": "d", "title": title}
    return x | ticks(years.WIDE), ticks(years.NARROW), low, high


def _traces(
    programme: ProgrammeRows, series: Series, kind: str, what: str, words: Words, p: Palette
) -> list[dict[str, Any]]:
    """Line, last dot, and unseen points that say more: one list of texts
    would not fit the two parts of a line.
    """
    at = [years.day(key) if isinstance(key, date) else key for key in series.keys]
    (width, size), values = DRAWN[programme.part], series.values
    drawn = line(
        at,
        values,
        series.color(p),
        provisional=series.provisional,
        width=width,
        hoverinfo="skip",
    )
    drawn[-1]["marker"] = drawn[-1]["marker"] | {"size": size}
    names = {"regency": safe(_full_name(programme, words)), "what": what}
    texts = [
        words(
            "programme_years.hover",
            **names,
            value=words.write(value, kind),
            age=row["age"],
            on=row["as_of"],
        )
        for value, row in zip(values, programme.rows, strict=True)
    ]
    unseen = {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": values,
        "marker": {"size": 12, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": texts,
    }
    return [*drawn, unseen]


def _full_name(programme: ProgrammeRows, words: Words) -> str:
    """'Kota Cilegon (angka sendiri)'."""
    name = named(programme.rows[0], words)
    return f"{name} ({words('compared.declared')})" if programme.part == "guest" else name


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
            "meta": {"narrow": phone},
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
    name = f'<b style="color: {_colors(programme, p)[1]}">{name}</b>'
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
        names = {"regency": safe(_full_name(drawn[row], words)), "sector": series.name}
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
        halves = [(len(names[n]) + 2) * LETTER / 2 for n in picked]
        places = _spread([middles[n] * pixels for n in picked], halves, pixels)
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


def _spread(middles: list[float], halves: list[float], whole: float) -> list[float]:
    """Middles moved along a line of `whole` px until the pieces, each
    twice its half, neither touch nor stick out.
    """
    edge, placed = 0.0, []
    for middle, half in zip(middles, halves, strict=True):
        placed.append(max(middle, edge + half))
        edge = placed[-1] + half
    edge = whole
    for n in reversed(range(len(placed))):
        placed[n] = min(placed[n], edge - halves[n])
        edge = placed[n] - halves[n]
    return placed
