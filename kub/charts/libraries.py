"""Figures of village libraries: each one's use, how many there are,
visits over time, and the matrix with KUB.
"""

import pandas as pd

from kub.charts import diamonds
from kub.charts.chart_data import (
    Axis,
    CellChart,
    Chart,
    ChartData,
    Series,
    known_values,
    nothing,
    numbered,
    points,
)
from kub.charts.diamonds import labels
from kub.charts.stretch import stretch
from kub.charts.years import axis, day, days, ending, room, series
from kub.findings.libraries import (
    AMOUNTS,
    BASES,
    SHOWN,
    known,
    ordered,
    published_libraries,
    written_amount,
)
from kub.findings.phrases import Row, at, records
from kub.look import (
    Mode,
    bar_axes,
    bars,
    line,
    palette,
    safe,
)
from kub.look import published as published_marks
from kub.words import Words

ROW, HEAD = 28, 40  # px
HEADROOM = 1.25  # above the highest value, for labels


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
        todo = f"libraries.none_todo.{amount}" if len(frame) else "libraries.todo"
        return nothing(words(todo), mode)
    rows = records(ordered(frame, amount))[:most]
    values = [float(row[amount]) if known(row[amount]) else 0.0 for row in rows]
    texts = [_amount(row[amount], amount, words) for row in rows]
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


def _amount(value: float | None, amount: str, words: Words) -> str:
    if not known(value):
        return words(f"libraries.silent.{amount}")
    return words.write(value, AMOUNTS[amount])


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
    # Nothing opened between two dates: the line stays level up to the next.
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
    return stretch(rows, column, spec, hover, words, palette(mode), cells=cells)


def _year(row: Row, column: str, words: Words) -> str:
    if not known(row[column]):
        return ""
    key = "hover_part" if row["provisional"] else "hover"
    amount = written_amount(words, column, row[column])
    return safe(
        words(f"library_years_visits.{key}", year=row["year"], on=row["as_of"], said=amount)
    )
