"""The chart of a statement's result, chosen by its columns: lines over years or dates, else bars of
names. A result that is neither has none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any

from kub.charts.chart_data import Axis, CellChart, ChartData, Kind, Point, Role, numbered
from kub.charts.chart_data import Series as DataSeries
from kub.look import LIGHT, SECTORS, SMALL, Figure, bar_axes, bars, label, safe
from kub.words import Words

BARS, LINES, POINTS = 25, 6, 400
YEARS = range(1900, 2101)
HEIGHT, ROW = 320, 30  # px of lines; of a bar
# A browser with little room cuts names of bars at this.
LONGEST = 40
_COLORS = (LIGHT.accent, LIGHT.guest, LIGHT.negative, LIGHT.muted, LIGHT.context, LIGHT.warning)
_ROLES: tuple[Role, ...] = ("own", "guest", "loss", "secondary", "context", "target")
Say = Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """A column of a result. kind: number, time or text."""

    name: str
    kind: str
    values: Sequence[Any]


@dataclass(frozen=True)
class SqlChart:
    """names, values: the columns it shows; by: the one with a line for each of its texts. data: the
    same for slides and sheets. shown: rows, where there are more.
    """

    figure: Figure
    height: int
    names: str
    values: str
    data: ChartData
    shown: int = 0
    by: str = ""


def kind_of(name: str, values: Sequence[Any]) -> str:
    """Years are a time though they are numbers; codes are texts already."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, date) for value in known):
        return "time"
    if not known or any(isinstance(value, str | bool) for value in known):
        return "text"
    years = all(value in YEARS for value in known) and all(isinstance(v, int) for v in known)
    named = any(part in name.casefold() for part in ("year", "tahun"))
    return "time" if years and named else "number"


def chart(
    columns: Sequence[Column], words: Words, most: int = BARS, say: Say = str
) -> SqlChart | None:
    """The chart of a result; None where its columns are not those of one. most: bars. say: writes a
    name, which the colour of a sector goes by as it is.
    """
    numbers = [column for column in columns if column.kind == "number"]
    names = [column for column in columns if column.kind == "text"]
    times = [column for column in columns if column.kind == "time"]
    rows = len(columns[0].values) if columns else 0
    if not numbers or rows < 2:
        return None
    if times and rows <= POINTS:
        series = _series(times[0], names[:1], numbers)
        if series:
            return _lines(times[0], series, names[:1], numbers, say)
    # A name that stands twice is no category: its bars would say nothing.
    if not names or len(set(names[0].values)) < rows:
        return None
    return _bars(names[0], numbers[0], words, most, say)


Series = list[tuple[str, list[tuple[Any, Any]]]]


def _series(time: Column, names: Sequence[Column], numbers: Sequence[Column]) -> Series:
    """(name, points) of each line; none where a line would have two values at a time."""
    if names:
        groups = list(dict.fromkeys(names[0].values))
        rows = list(zip(names[0].values, time.values, numbers[0].values, strict=True))
        series = [(str(g), [(at, value) for of, at, value in rows if of == g]) for g in groups]
    else:
        series = [
            (column.name, list(zip(time.values, column.values, strict=True))) for column in numbers
        ]
    fits = 0 < len(series) <= LINES and all(
        max(Counter(at for at, _ in points).values()) == 1 for _, points in series
    )
    if not fits or any(at is None for _, points in series for at, _ in points):
        return []
    return [(name, sorted(points, key=lambda point: point[0])) for name, points in series]


def _lines(
    time: Column, series: Series, names: Sequence[Column], numbers: Sequence[Column], say: Say
) -> SqlChart:
    traces, labels, colors = [], [], cycle(_COLORS)
    for code, points in series:
        color = SECTORS.get(code) or next(colors)
        name = say(code) if names else code
        x = [_at(at) for at, _ in points]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": safe(name),
                "x": x,
                "y": [value for _, value in points],
                "line": {"color": color},
                "marker": {"color": color, "size": 6},
                "hovertemplate": f"{safe(name)}<br>%{{x}}: %{{y:,}}<extra></extra>",
            }
        )
        last = [(at, value) for at, (_, value) in zip(x, points, strict=True) if value is not None]
        if last:
            labels.append(label(*last[-1], name, color, bold=len(series) == 1))
    highest = max((v for _, points in series for _, v in points if v is not None), default=0)
    room = round(SMALL * 0.62 * max(len(trace["name"]) for trace in traces)) + 16
    is_date = any(isinstance(value, date) for value in time.values)
    layout = {
        "margin": {"r": room},
        "xaxis": {"type": "date"} if is_date else _years(time.values),
        "yaxis": {"rangemode": "tozero", "nticks": 5},
        "annotations": _apart(labels, float(highest)),
        "meta": {"narrow": {"xaxis": {"nticks": 5}}},
    }
    # Several lines are of one number; without names each number is a line.
    shown = [numbers[0].name] if names else [column.name for column in numbers]
    figure = {"data": traces, "layout": layout}
    data = _line_data(time, series, names, numbers, say)
    by = names[0].name if names else ""
    return SqlChart(figure, HEIGHT, time.name, ", ".join(shown), data, by=by)


def _line_data(
    time: Column,
    series: Series,
    names: Sequence[Column],
    numbers: Sequence[Column],
    say: Say,
) -> ChartData:
    """Lines for slides, and what a sheet draws of its own rows."""
    roles = cycle(_ROLES)
    lines = tuple(
        DataSeries(
            say(code) if names else code,
            tuple(Point(at, value) for at, value in points),
            next(roles),
            code if code in SECTORS else "",
        )
        for code, points in series
    )
    shown = (numbers[0].name,) if names else tuple(column.name for column in numbers)
    cells = CellChart("line", time.name, shown, tuple(line.role for line in lines))
    if names:
        cells = CellChart("line", time.name, shown, by=names[0].name)
    # On a slide names at the ends of lines keep apart where the axis is one of numbers.
    is_year = all(isinstance(value, int) for value in time.values)
    kind: Kind = "xy" if is_year and len(lines) > 1 else "line"
    highest = max((v for _, points in series for _, v in points if v is not None), default=0)
    axis = Axis(0, max(float(highest), 1e-9) * 1.1) if kind == "xy" else None
    return ChartData(
        kind, lines, unit=unit_of(numbers), axis=axis, caption=time.name, cells=(cells,)
    )


def unit_of(columns: Sequence[Column]) -> str:
    """How numbers of unknown meaning are written where all of a column are written alike."""
    values = [value for column in columns for value in column.values if value is not None]
    if all(float(value).is_integer() for value in values):
        return "n"
    largest = max(map(abs, values))
    if largest >= 10_000:
        return "n"
    return "n2" if largest >= 1 else "n4"


def _years(values: Sequence[int]) -> dict[str, Any]:
    """An axis of years, as far as they go."""
    first, last = min(values), max(values)
    pad = max((last - first) * 0.02, 0.2)
    axis = {"tickformat": "d", "tickangle": 0, "nticks": 12}
    return axis | {"range": [first - pad, last + pad]}


def _apart(labels: list[dict[str, Any]], highest: float) -> list[dict[str, Any]]:
    """Labels of lines that end close to one another, a line of letters apart."""
    step = max(highest, 1e-9) * 18 / (HEIGHT - 60)
    lowest = float("-inf")
    for mark in sorted(labels, key=lambda mark: float(mark["y"])):
        wanted = max(float(mark["y"]), lowest + step)
        mark["yshift"] = round((wanted - float(mark["y"])) / step * 18)
        lowest = wanted
    return labels


def _bars(names: Column, numbers: Column, words: Words, most: int, say: Say) -> SqlChart | None:
    rows = [
        (name, value)
        for name, value in zip(names.values, numbers.values, strict=True)
        if name is not None and value is not None
    ]
    if len(rows) < 2 or any(value < 0 for _, value in rows):
        return None
    shown = rows[:most]
    values = [value for _, value in shown]
    texts = [number(value, words) for value in values]
    # By position: a name may stand twice.
    trace = bars([str(at) for at in range(len(shown))], values, texts, _bar_colors(shown))
    ticks = {
        "tickvals": [str(at) for at in range(len(shown))],
        "ticktext": [safe(_short(say(name))) for name, _ in shown],
    }
    layout = bar_axes(values, texts)
    layout["yaxis"] |= ticks
    hover = {"hovertemplate": "%{customdata}: %{text}<extra></extra>"}
    trace |= hover | {"customdata": [safe(say(name)) for name, _ in shown]}
    figure = {"data": [trace], "layout": layout}
    cut = len(shown) if len(rows) > len(shown) else 0
    points = tuple(
        Point(at, value, code=str(name) if name in SECTORS else "")
        for at, (name, value) in enumerate(shown)
    )
    data = ChartData(
        "bar",
        (DataSeries(numbers.name, points, written=True),),
        numbered([_short(say(name)) for name, _ in shown]),
        unit_of([numbers]),
        Axis(0, max(max(values), 1e-9) * 1.15),
        cells=(CellChart("bar", names.name, (numbers.name,)),),
    )
    return SqlChart(figure, ROW * len(shown) + 24, names.name, numbers.name, data, cut)


def _bar_colors(shown: Sequence[tuple[Any, Any]]) -> list[str]:
    return [SECTORS.get(str(name), LIGHT.accent) for name, _ in shown]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _at(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def number(value: float, words: Words) -> str:
    """A number of unknown meaning: whole ones grouped, others with the digits that matter."""
    if isinstance(value, int) or float(value).is_integer():
        return words.number(value)
    decimals = 2 if abs(value) >= 1 else 4
    text = words.number(value, decimals)
    return text.rstrip("0").rstrip(",.")
