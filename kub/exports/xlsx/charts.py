"""Native charts of a workbook, drawn from the cells of their own sheet: whoever changes a cell sees
it move.

Most take their columns from the rows as they stand. Rows in long form (year and sector, say) are
laid out once more beside them, one column per series. What is not in `NATIVE` (maps, matrices,
lists) has rows alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kub.answers.answer import Answer
from kub.exports.xlsx import number_format, write_cell
from kub.findings.compared import COLUMN
from kub.look import FAMILY, LIGHT, SECTORS
from kub.words import Words
from kub.words import columns as tables

WIDTH, HEIGHT, SMALLEST, TALL = 660, 320, 220, 26  # px; px of one category of bars
MOSTLY = 0.6  # shares above it are seen against the whole
ROW = 20  # px of a row of a sheet


@dataclass(frozen=True)
class Native:
    """x: column of the categories; y: of the values, one series each, or one of them by the values
    of `by`.

    y "measure": the column that the filter of that name means; "rate": that of the measure and
    the view's `per`. x "axis": age or year, as the view says. only: rows whose column has the
    view's value.
    """

    kind: str
    x: str
    y: tuple[str, ...]
    by: str = ""
    stacked: str = ""
    colors: tuple[str, ...] = (LIGHT.accent,)
    only: tuple[str, str] | None = None


NATIVE: Mapping[str, tuple[Native, ...]] = {
    "growth": (
        Native("line", "year", ("active",)),
        Native("line", "year", ("members",), colors=(LIGHT.context,)),
    ),
    "growth_flow": (
        Native("column", "year", ("founded", "closed"), colors=(LIGHT.accent, LIGHT.negative)),
    ),
    "growth_reported": (
        Native(
            "column",
            "year",
            ("reported", "unreported"),
            stacked="stacked",
            colors=(LIGHT.accent, LIGHT.context),
        ),
    ),
    "survival": (Native("line", "years", ("survival",)),),
    "sectors": (Native("bar", "sector", ("measure",)),),
    "sector_years": (
        Native("column", "year", ("measure",), by="sector", stacked="percent_stacked"),
    ),
    "activities": (Native("bar", "activity", ("measure",)),),
    "coverage": (Native("bar", "district", ("share",)),),
    "coverage_years": (Native("line", "year", ("covered",)),),
    "rates": (Native("bar", "regency", ("value",), only=("per", "residents")),),
    "programme_years": (Native("line", "axis", ("rate",), by="regency"),),
    "programme_sectors": (
        Native("bar", "regency", ("share",), by="sector", stacked="percent_stacked"),
    ),
    "microfinance_years": (Native("column", "year", ("assets_idr",)),),
    "library_years": (Native("line", "year", ("libraries",)),),
    "library_years_visits": (Native("column", "year", ("visits",)),),
    "school_visits": (Native("column", "year", ("visits",), by="level", stacked="stacked"),),
    "study_regencies": (Native("bar", "regency", ("visits",)),),
}
OTHERS = (*SECTORS.values(), *LIGHT.steps)


@dataclass(frozen=True)
class Range:
    """One series as cells: its name and its values.

    point: colours of its points, if each has its own.
    """

    name: tuple[int, int]
    first: int
    last: int
    column: int
    color: str
    spec: str = "n"
    most: float = 0
    points: tuple[str, ...] = ()


def draw(
    book: Any,
    page: Any,
    answer: Answer,
    words: Words,
    styles: dict[str, Any],
    top: int,
    widths: list[int],
) -> int:
    """The charts of a sheet whose headings stand in row `top`; how many there are."""
    known = {"", *answer.frame.columns} if len(answer.frame) else set()
    meant = (_named(native, answer) for native in NATIVE.get(answer.chart, ()))
    natives = [native for native in meant if {native.x, *native.y, native.by} <= known]
    room = len(widths) + 1
    # Beside few columns, below few rows: so that most of it is seen at once.
    below = sum(widths) > 70 and len(answer.frame) <= 16
    row, at = (top + len(answer.frame) + 3, 0) if below else (top, room)
    for native in natives:
        if native.by or native.only:
            x, ranges, deep = _beside(
                page, answer, native, native.y[0], words, styles, (row, at), widths if below else []
            )
            row, at = (row, at + len(ranges) + 2) if below else (row + deep + 2, at)
        else:
            x, ranges = _standing(answer, native, top)
        chart, tall = _chart(book, page.get_name(), native, x, ranges, len(ranges) > 1)
        page.insert_chart(
            row, at, chart, {"object_position": 2, "description": answer.takeaway or answer.title}
        )
        row += tall // ROW + 2
    return len(natives)


def _named(native: Native, answer: Answer) -> Native:
    """With the columns that are meant under the filters and the options of this answer."""
    measure, chosen = answer.filters.measure, vars(answer.options)
    means = {"measure": measure, "rate": COLUMN[measure, chosen.get("per", "residents")]}
    x = "year" if chosen.get("axis") == "calendar" else "age"
    return replace(
        native, x=x if native.x == "axis" else native.x, y=tuple(means.get(y, y) for y in native.y)
    )


def _key(column: str, frame: pd.DataFrame) -> str:
    """What tells the rows of a column apart: two programmes, or a guest, may be of one regency."""
    return "programme" if column == "regency" and "programme" in frame else column


def _standing(answer: Answer, native: Native, top: int) -> tuple[tuple[int, int, int], list[Range]]:
    """The answer's own rows: column, first and last row of the categories, and the series."""
    shown = list(tables.columns(answer.frame, codes=True))
    first, last = top + 1, top + len(answer.frame)
    points = (
        tuple(SECTORS.get(code, LIGHT.context) for code in answer.frame[native.x])
        if native.x == "sector"
        else ()
    )
    ranges = [
        _range(
            (top, shown.index(name)),
            first,
            last,
            shown.index(name),
            color,
            answer.frame,
            name,
            points,
        )
        for name, color in zip(native.y, native.colors, strict=True)
    ]
    return (shown.index(native.x), first, last), ranges


def _beside(
    page: Any,
    answer: Answer,
    native: Native,
    y: str,
    words: Words,
    styles: dict[str, Any],
    corner: tuple[int, int],
    widths: Sequence[int],
) -> tuple[tuple[int, int, int], list[Range], int]:
    """As `_standing`, of rows laid out once more from `corner` on; and how many rows they take."""
    top, left = corner
    below = bool(widths)
    frame = answer.frame
    if native.only:
        frame = frame[frame[native.only[0]] == vars(answer.options)[native.only[0]]]
    key = _key(native.x, frame)
    names = dict(zip(frame[key], frame[native.x], strict=True))
    names = dict(sorted(names.items())) if native.x in ("age", "year") else names
    by = _key(native.by, frame)
    series = dict(zip(frame[by], frame[native.by], strict=True)) if by else {y: y}
    kind = tables.kind(native.x, frame[native.x])
    says = tables.writer(kind, words)
    longest = min(44, max(len(says(name)) for name in names.values()) + 2)
    page.set_column(left, left, max(longest, widths[left] if below else 0))
    page.write_string(top, left, tables.heading(native.x, frame[native.x], words), styles["head"])
    for down, name in enumerate(names.values(), top + 1):
        write_cell(page, down, left, name, kind, words, styles)
    ranges = []
    own: tuple[str, ...] = ()
    if not native.by and "programme" in frame.columns:
        own = tuple(
            LIGHT.accent if code == answer.filters.programme else LIGHT.context
            for code in frame["programme"]
        )
    heads = tables.writer(tables.kind(native.by, frame[native.by]), words) if native.by else None
    for number, (one, name) in enumerate(series.items()):
        rows = frame[frame[by] == one] if by else frame
        cells = dict(zip(rows[key], rows[y], strict=True))
        spec = _spec(rows, y)
        at = left + 1 + number
        said = heads(name) if heads else tables.heading(y, frame[y], words)
        page.write_string(top, at, said, styles["head"])
        if not below:  # where the widths are those of the rows above
            page.set_column(at, at, max(10, min(24, len(said) + 2)))
        for down, each in enumerate(names, top + 1):
            write_cell(page, down, at, cells.get(each), spec, words, styles)
        ranges.append(
            _range(
                (top, at),
                top + 1,
                top + len(names),
                at,
                _color(one, number, answer, rows),
                rows,
                y,
                own,
            )
        )
    return (left, top + 1, top + len(names)), ranges, len(names)


def _range(
    name: tuple[int, int],
    first: int,
    last: int,
    column: int,
    color: str,
    rows: pd.DataFrame,
    y: str,
    points: tuple[str, ...] = (),
) -> Range:
    most = rows[y].max()  # none where nothing was reported
    return Range(
        name,
        first,
        last,
        column,
        color,
        _spec(rows, y),
        0.0 if pd.isna(most) else float(most),
        points,
    )


def _spec(rows: pd.DataFrame, y: str) -> str:
    return tables.rate_kind(rows["per"].iloc[0]) if y == "value" else tables.kind(y, rows[y])


def _color(one: str, number: int, answer: Answer, rows: pd.DataFrame) -> str:
    """Sectors in their own colours, the own programme in the
    accent, the rest apart from each other.
    """
    if one in SECTORS:
        return SECTORS[one]
    if "programme" not in rows.columns or answer.filters.programme in set(rows["programme"]):
        return LIGHT.accent if "programme" in rows.columns else OTHERS[number % len(OTHERS)]
    return OTHERS[number % len(OTHERS)]


def _chart(
    book: Any,
    sheet: str,
    native: Native,
    x: tuple[int, int, int],
    ranges: Sequence[Range],
    legend: bool,
) -> tuple[Any, int]:
    """The chart, and how many px high it is."""
    chart = book.add_chart(
        {"type": native.kind} | ({"subtype": native.stacked} if native.stacked else {})
    )
    column, first, last = x
    for one in ranges:
        fill = {"fill": {"color": one.color}, "gap": 50} | (
            {"overlap": 100} if native.stacked else {}
        )
        if native.kind == "bar":
            color = "#FFFFFF" if native.stacked else LIGHT.ink
            label = {"value": True, "font": {"name": FAMILY, "size": 9, "color": color}}
            fill["data_labels"] = label | {
                "num_format": "0%" if one.spec == "p" else number_format(one.spec)
            }
        line = {"line": {"color": one.color, "width": 2.5}, "marker": {"type": "none"}}
        chart.add_series(
            {
                "name": [sheet, *one.name],
                "categories": [sheet, first, column, last, column],
                "values": [sheet, one.first, one.column, one.last, one.column],
                "points": [{"fill": {"color": color}} for color in one.points] or None,
                **(line if native.kind == "line" else fill),
            }
        )
    font = {"name": FAMILY, "size": 9, "color": LIGHT.muted}
    axis = {"num_font": font, "line": {"color": LIGHT.line}, "major_tick_mark": "none"}
    values = axis | {
        "min": 0,
        "line": {"none": True},
        "num_format": _axis_format(native, ranges[0]),
    }
    values |= {"major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}}}
    if ranges[0].spec == "p" and MOSTLY < ranges[0].most <= 1:
        values["max"] = 1
    names = axis | {"text_axis": True, "major_gridlines": {"visible": False}}
    if native.kind == "bar":  # first name on top; each value stands at its end
        chart.set_x_axis(values | {"visible": False, "major_gridlines": {"visible": False}})
        chart.set_y_axis(names | {"reverse": True})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    title = {
        "name": [sheet, *ranges[0].name],
        "name_font": font | {"size": 11, "color": LIGHT.ink, "bold": True},
    }
    chart.set_title({"none": True} if legend else title)
    chart.set_legend({"position": "top", "font": font} if legend else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.background}})
    tall = max(SMALLEST, 80 + TALL * (last - first + 1)) if native.kind == "bar" else HEIGHT
    chart.set_size({"width": WIDTH, "height": tall})
    return chart, tall


def _axis_format(native: Native, one: Range) -> str:
    return (
        "0%" if one.spec == "p" or native.stacked == "percent_stacked" else number_format(one.spec)
    )
