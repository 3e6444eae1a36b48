"""Figures of village libraries: each one's use, how many there are,
visits over time, and the matrix with KUB.
"""

from textwrap import wrap
from typing import Any

import pandas as pd

from kub.charts import diamonds
from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Series,
    categories,
    known_values,
    nothing,
    numbered,
    points,
)
from kub.charts.diamonds import labels
from kub.charts.stretch import stretch
from kub.charts.years import axis, day, days, ending, ground, room, series
from kub.findings.libraries import (
    AMOUNTS,
    BASES,
    SHOWN,
    known,
    ordered,
    published_libraries,
    written_amount,
)
from kub.findings.options import HAS
from kub.findings.phrases import Row, at, records
from kub.findings.reach import noun
from kub.look import (
    BODY,
    DISPLAY,
    SMALL,
    Mode,
    Palette,
    bar_axes,
    bars,
    label,
    line,
    palette,
    safe,
)
from kub.look import published as published_marks
from kub.words import Words

ROW, HEAD = 28, 40  # px
HEADROOM = 1.25  # above the highest value, for labels
GAP = 0.03  # between two tiles, each 1 by 1
# Column and row of each tile from the upper left.
PLACES = {"both": (0, 0), "kub": (1, 0), "library": (0, 1), "neither": (1, 1)}


def height(frame: pd.DataFrame) -> int:
    """px that `libraries` needs."""
    return ROW * min(max(len(frame), 3), SHOWN) + HEAD


def libraries(
    frame: pd.DataFrame, words: Words, mode: Mode, amount: str = "visits", most: int = SHOWN
) -> Chart:
    """Bars, most first: which libraries are used, or have most books?

    amount: visits | books | visits_per_1k.
    """
    p = palette(mode)
    if frame[amount].isna().all():
        return nothing(
            words(f"libraries.none_todo.{amount}" if len(frame) else "libraries.todo"), mode
        )
    rows = records(ordered(frame, amount))[:most]
    values = [float(row[amount]) if known(row[amount]) else 0.0 for row in rows]
    texts = [
        words.write(row[amount], AMOUNTS[amount])
        if known(row[amount])
        else words(f"libraries.silent.{amount}")
        for row in rows
    ]
    hover = [_hover(row, words) for row in rows]
    places = list(range(len(rows)))
    names = [
        row["name"] if row["village"] in row["name"] else f"{row['name']} · {row['village']}"
        for row in rows
    ]
    used = Series("", points(places, values), written=True)
    data = ChartData("bar", (used,), numbered(names), AMOUNTS[amount])
    bar = bars([""] * len(rows), values, texts, used.color(p), hovertext=hover, hoverinfo="text")
    bar |= {"y": places, "customdata": [row["library_id"] for row in rows]}
    layout = bar_axes(values, texts)
    layout["yaxis"] |= {
        "type": "linear",
        "tickvals": places,
        "ticktext": [safe(name) for name in names],
    }
    twice = {
        row["village"]
        for row in rows
        if sum(other["village"] == row["village"] for other in rows) > 1
    }
    short = [safe(row["name"] if row["village"] in twice else row["village"]) for row in rows]
    layout |= {"meta": {"narrow": {"yaxis": {"ticktext": short}}}}
    return Chart(data, {"data": [bar], "layout": layout})


def _hover(row: Row, words: Words) -> str:
    lines = [
        f"<b>{safe(row['name'])}</b>",
        safe(row["village"]),
        words("libraries.hover_opened", on=row["opened_on"]),
    ]
    return "<br>".join(
        [
            *lines,
            *(
                safe(written_amount(words, amount, row[amount]))
                for amount in AMOUNTS
                if known(row[amount])
            ),
        ]
    )


def library_years(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    published: pd.DataFrame | None = None,
    libraries: pd.DataFrame | None = None,
) -> Chart:
    """A step for each year in which libraries opened; diamonds are published.

    published: rows of `reconcile`. libraries: the frame of that question, for steps on the very
    days of opening.
    """
    p, rows, marks = palette(mode), records(frame), published_libraries(published)
    values = [row["libraries"] for row in rows]
    if not any(values):
        return nothing(words("libraries.todo"), mode)
    course = _steps(rows, libraries)
    opened = series(course, [row["libraries"] for row in course], "")
    drawn = (opened, *diamonds.series(marks, words))
    top = max(known_values(drawn)) * HEADROOM
    data = ChartData(
        "step", drawn, axis=Axis(0, top), cells=(CellChart("line", "year", ("libraries",)),)
    )
    steps = line(
        days(course),
        opened.values,
        opened.color(p),
        provisional=opened.provisional,
        hoverinfo="skip",
    )
    for trace in steps:
        if trace["mode"] == "lines":
            trace["line"] = trace["line"] | {"shape": "hv"}
    hover = [
        safe(words("library_years.hover", n=row["libraries"], at=at(row, words))) for row in rows
    ]
    unseen = {
        "type": "scatter",
        "mode": "markers",
        "x": days(rows),
        "y": values,
        "marker": {"size": 14, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": hover,
    }
    traces = [
        ground(course, [row["libraries"] for row in course], p)
        | {"line": {"width": 0, "shape": "hv"}},
        *steps,
        unseen,
    ]
    if marks:
        texts = [
            words("library_years.hover_published", on=m["date"], n=m["published"]) for m in marks
        ]
        sources = [
            f"{safe(text)}<br>{safe(m['source'])}" for text, m in zip(texts, marks, strict=True)
        ]
        x, y = [day(m["date"]) for m in marks], [m["published"] for m in marks]
        traces.append(published_marks(x, y, p, hovertext=sources, hoverinfo="text"))
    x_wide, x_narrow = axis(rows)
    end = ending(rows[-1], values[-1], p.accent, words, p)
    wide, narrow = (
        [end, *labels(marks, rows[0]["as_of"], rows[-1]["as_of"], words, p, narrow=phone)]
        for phone in (False, True)
    )
    layout = {
        "xaxis": x_wide,
        "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",d"},
        "annotations": wide,
        "margin": {"r": room(rows[-1], values, words)},
        "meta": {"narrow": {"xaxis": x_narrow, "annotations": narrow}},
    }
    return Chart(data, {"data": traces, "layout": layout})


def _steps(rows: list[Row], libraries: pd.DataFrame | None) -> list[Row]:
    """The rows, with one more at each opening between them."""
    if libraries is None:
        return rows
    opened = sorted(libraries["opened_on"].dropna())
    more = [on for on in opened if rows[0]["as_of"] < on < rows[-1]["as_of"]]
    between: list[Row] = [
        {"as_of": on, "libraries": sum(opening <= on for opening in opened), "provisional": False}
        for on in more
    ]
    return sorted([*rows, *between], key=lambda row: row["as_of"])


def library_years_visits(
    frame: pd.DataFrame, words: Words, mode: Mode, base: str = "library"
) -> Chart:
    """A line of the visits of each year, per library, per 1,000 residents
    or as they are; an unfinished year dashed.
    """
    rows, (column, spec) = records(frame), BASES[base]
    if not any(known(row[column]) for row in rows):
        return nothing(words(f"library_years_visits.todo.{base}"), mode)
    hover = [_year(row, column, words) for row in rows]
    cells = CellChart("column", "year", ("visits",))
    return stretch(rows, column, spec, hover, words, palette(mode), flow=True, cells=cells)


def _year(row: Row, column: str, words: Words) -> str:
    if not known(row[column]):
        return ""
    key = "hover_part" if row["provisional"] else "hover"
    amount = written_amount(words, column, row[column])
    return safe(
        words(f"library_years_visits.{key}", year=row["year"], on=row["as_of"], said=amount)
    )


def library_villages(
    frame: pd.DataFrame, words: Words, mode: Mode, has: str | None = None
) -> Chart:
    """Four tiles: which villages have a library, KUB, both, neither?

    A click gives the code; `has` is outlined.
    """
    p, traces, notes = palette(mode), [], []
    counts = [int((frame["has"] == part).sum()) for part in HAS]
    tiles = [_tile_text(part, words) for part in HAS]
    data = ChartData("tiles", (Series("", points(HAS, counts)),), categories(HAS, tiles))
    # the outlined one lies on top
    for part in (code for code in sorted(HAS, key=lambda code: code == has)):
        count = counts[HAS.index(part)]
        nouns = noun(frame["village_code"], words, count)
        column, row = PLACES[part]
        traces += _tile(
            part,
            column,
            row,
            p,
            part == has,
            f"{words.number(count)} {nouns}: {_tile_text(part, words)}",
        )
        middle = {"xanchor": "center", "align": "center", "xshift": 0}
        if part == "both":
            ink = p.accent
        elif count:
            ink = p.ink
        else:
            ink = p.muted
        number = (
            label(column + 0.5, row + 0.42, "", ink)
            | middle
            | {"text": f"<b>{words.number(count)}</b>"}
        )
        notes.append(number | {"font": {"size": DISPLAY, "color": ink}})
        caption = (
            label(column + 0.5, row + 0.62, "", p.ink) | middle | {"yanchor": "top", "yshift": 0}
        )
        notes.append(
            caption | {"text": _tile_text(part, words), "font": {"size": BODY, "color": p.ink}}
        )
    bare = {"showgrid": False, "showline": False}
    columns = [words("library_villages.with_library"), words("library_villages.without_library")]
    lines = [words("library_villages.with_kub"), words("library_villages.without_kub")]
    x = {
        "side": "top",
        "range": [0, 2],
        "tickvals": [0.5, 1.5],
        "ticktext": columns,
        "tickangle": 0,
    }
    y = {"range": [2, 0], "tickvals": [0.5, 1.5], "ticktext": lines, "ticklabelstandoff": 8}
    small = [_small(note) if note["font"]["size"] == BODY else note for note in notes]
    narrow = {
        "annotations": small,
        "yaxis": {"showticklabels": False},
        "xaxis": {"showticklabels": False},
    }
    figure = {
        "data": traces,
        "layout": {
            "xaxis": x | bare,
            "yaxis": y | bare,
            "annotations": notes,
            "meta": {"narrow": narrow},
        },
    }
    return Chart(data, figure)


def _small(note: dict[str, Any]) -> dict[str, Any]:
    """The words of a tile on a phone: in two lines."""
    return note | {
        "text": "<br>".join(wrap(note["text"], 16)),
        "font": note["font"] | {"size": SMALL},
    }


def _tile_text(has: str, words: Words) -> str:
    return words(f"library_villages.tile.{has}")


def _tile(
    has: str, column: int, row: int, p: Palette, chosen: bool, text: str
) -> list[dict[str, Any]]:
    """A filled square that answers a click anywhere on it, and a point for keys."""
    left, right, top, bottom = column + GAP, column + 1 - GAP, row + GAP, row + 1 - GAP
    edge = {"color": p.ink, "width": 3} if chosen else {"color": p.line, "width": 1}
    square = {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [left, right, right, left, left],
        "y": [top, top, bottom, bottom, top],
        "fillcolor": p.tint if has == "both" else p.surface,
        "line": edge,
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": safe(text),
        "meta": has,
    }
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [column + 0.5],
        "y": [row + 0.5],
        "customdata": [has],
        "marker": {"size": 12, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": [safe(text)],
    }
    return [square, point]
