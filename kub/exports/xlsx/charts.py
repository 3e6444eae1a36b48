"""Native charts of a workbook, drawn from the cells of their own sheet: whoever changes a cell sees
it move.

Most take their columns from the rows as they stand. Rows in long form (year and sector, say) are
laid out once more beside them, one column per series. What a chart has for sheets stands in its
data (`ChartData.cells`); of maps, matrices and lists there are rows alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kub.answers.answer import Answer
from kub.charts.chart_data import CellChart, Role, color
from kub.exports.xlsx import number_format, write_cell
from kub.look import FAMILY, LIGHT, SECTORS
from kub.words import Words
from kub.words import columns as tables

WIDTH, HEIGHT, SMALLEST, TALL = 660, 320, 220, 26  # px; px of one category of bars
MOSTLY = 0.6  # shares above it are seen against the whole
ROW = 20  # px of a row of a sheet
# Series that are neither a sector's nor the programme's own or a guest's are told apart by these.
OTHERS = (*SECTORS.values(), *LIGHT.steps)
Names = tuple[int, int, int]  # of the categories: column, first and last row


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
) -> None:
    """The charts of a sheet whose headings stand in row `top`."""
    room = len(widths) + 1
    # Beside few columns, below few rows: so that most of it is seen at once.
    below = sum(widths) > 70 and len(answer.frame) <= 16
    row, at = (top + len(answer.frame) + 3, 0) if below else (top, room)
    for cells in answer.data.cells if answer.data else ():
        if cells.by or cells.only:
            free = _Corner(page, row, at, widths if below else [])
            names, ranges = _beside(free, answer, cells, words, styles)
            deep = names[2] - names[1] + 1
            row, at = (row, at + len(ranges) + 2) if below else (row + deep + 2, at)
        else:
            names, ranges = _standing(answer, cells, top)
        chart, tall = _chart(book, page.get_name(), cells, names, ranges)
        page.insert_chart(
            row, at, chart, {"object_position": 2, "description": answer.takeaway or answer.title}
        )
        row += tall // ROW + 2


@dataclass(frozen=True)
class _Corner:
    """Where rows are laid out once more. widths: of the columns above them; none where it is
    beside all rows and may set its own.
    """

    page: Any
    top: int
    left: int
    widths: Sequence[int]

    def heading(self, at: int, text: str, width: int, styles: dict[str, Any]) -> None:
        self.page.write_string(self.top, at, text, styles["head"])
        if not self.widths:
            self.page.set_column(at, at, width)


def _key(column: str, frame: pd.DataFrame) -> str:
    """What tells the rows of a column apart: two programmes, or a guest, may be of one regency."""
    return "programme" if column == "regency" and "programme" in frame else column


def _standing(answer: Answer, cells: CellChart, top: int) -> tuple[Names, list[Range]]:
    """The answer's own rows as categories and series."""
    frame, shown = answer.frame, list(tables.columns(answer.frame, codes=True))
    between = (top + 1, top + len(frame))
    points: tuple[str, ...] = ()
    if cells.category == "sector" and len(cells.columns) == 1:
        points = tuple(color("own", code, LIGHT) for code in frame["sector"])
    ranges = [
        _range((top, shown.index(name)), between, color(role, "", LIGHT), frame, name, points)
        for name, role in zip(cells.columns, cells.roles, strict=True)
    ]
    return (shown.index(cells.category), *between), ranges


def _beside(
    corner: _Corner, answer: Answer, cells: CellChart, words: Words, styles: dict[str, Any]
) -> tuple[Names, list[Range]]:
    """As `_standing`, of rows laid out once more."""
    page, top, left = corner.page, corner.top, corner.left
    frame = answer.frame
    if cells.only:
        frame = frame[frame[cells.only[0]] == cells.only[1]]
    key = _key(cells.category, frame)
    names = _categories(corner, frame, cells.category, words, styles)
    between = (top + 1, top + len(names))
    points: tuple[str, ...] = ()
    if not cells.by and "programme" in frame:
        roles = (_role(rows, answer) for _, rows in frame.groupby("programme", sort=False))
        points = tuple(color(role, "", LIGHT) for role in roles)
    ranges = []
    for at, (code, y, heading, rows) in enumerate(_series(frame, cells, words), left + 1):
        corner.heading(at, heading, max(10, min(24, len(heading) + 2)), styles)
        values = dict(zip(rows[key], rows[y], strict=True))
        for down, name in enumerate(names, between[0]):
            write_cell(page, down, at, values.get(name), _spec(rows, y), words, styles)
        shade = _shade(code, at - left - 1, answer, rows)
        if not cells.by:
            shade = color(cells.roles[at - left - 1], "", LIGHT)
        ranges.append(_range((top, at), between, shade, rows, y, points))
    return (left, *between), ranges


def _categories(
    corner: _Corner, frame: pd.DataFrame, column: str, words: Words, styles: dict[str, Any]
) -> list[Any]:
    """Write the categories under their heading, years and ages in their order; what tells them
    apart.
    """
    names = dict(zip(frame[_key(column, frame)], frame[column], strict=True))
    names = dict(sorted(names.items())) if column in ("age", "year") else names
    kind, left = tables.kind(column, frame[column]), corner.left
    writer = tables.writer(kind, words)
    longest = min(44, max(len(writer(name)) for name in names.values()) + 2)
    corner.page.set_column(left, left, max(longest, corner.widths[left] if corner.widths else 0))
    heading = tables.heading(column, frame[column], words)
    corner.page.write_string(corner.top, left, heading, styles["head"])
    for down, name in enumerate(names.values(), corner.top + 1):
        write_cell(corner.page, down, left, name, kind, words, styles)
    return list(names)


def _series(
    frame: pd.DataFrame, cells: CellChart, words: Words
) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Code, column, heading and rows of each series."""
    if not cells.by:
        for column in cells.columns:
            yield "", column, tables.heading(column, frame[column], words), frame
        return
    [column] = cells.columns
    writer = tables.writer(tables.kind(cells.by, frame[cells.by]), words)
    for code, rows in frame.groupby(_key(cells.by, frame), sort=False):
        yield str(code), column, writer(rows[cells.by].iloc[-1]), rows


def _role(rows: pd.DataFrame, answer: Answer) -> Role:
    """Of a programme's rows."""
    if "declared" in rows and rows["declared"].any():
        return "guest"
    return "own" if answer.filters.programme in set(rows["programme"]) else "peer"


def _shade(code: str, number: int, answer: Answer, rows: pd.DataFrame) -> str:
    """Sectors in their own colours, the own programme and a guest in
    theirs, the rest apart from each other.
    """
    if not code:
        return LIGHT.accent
    if code in SECTORS:
        return color("own", code, LIGHT)
    role = _role(rows, answer) if "programme" in rows else "peer"
    return OTHERS[number % len(OTHERS)] if role == "peer" else color(role, "", LIGHT)


def _range(
    name: tuple[int, int],
    between: tuple[int, int],
    shade: str,
    rows: pd.DataFrame,
    y: str,
    points: tuple[str, ...] = (),
) -> Range:
    """A series in the column of its name. between: first and last row."""
    most = rows[y].max()  # none where nothing was reported
    known = 0.0 if pd.isna(most) else float(most)
    return Range(name, *between, name[1], shade, _spec(rows, y), known, points)


def _spec(rows: pd.DataFrame, y: str) -> str:
    if y in tables.TARGETED and "indicator" in rows:
        return tables.indicator_kind(rows["indicator"].iloc[0])
    return tables.rate_kind(rows["per"].iloc[0]) if y == "value" else tables.kind(y, rows[y])


def _chart(
    book: Any,
    sheet: str,
    cells: CellChart,
    names: Names,
    ranges: Sequence[Range],
) -> tuple[Any, int]:
    """The chart, and how many px high it is."""
    chart = book.add_chart(
        {"type": cells.kind} | ({"subtype": cells.stacking} if cells.stacking else {})
    )
    column, first, last = names
    for series in ranges:
        chart.add_series(
            {
                "name": [sheet, *series.name],
                "categories": [sheet, first, column, last, column],
                "values": [sheet, series.first, series.column, series.last, series.column],
                "points": [{"fill": {"color": shade}} for shade in series.points] or None,
                **_look(series, cells),
            }
        )
    font = {"name": FAMILY, "size": 9, "color": LIGHT.muted}
    axis = {"num_font": font, "line": {"color": LIGHT.line}, "major_tick_mark": "none"}
    values = axis | {
        "min": 0,
        "line": {"none": True},
        "num_format": _axis_format(cells, ranges[0]),
    }
    values |= {"major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}}}
    if ranges[0].spec == "p" and MOSTLY < ranges[0].most <= 1:
        values["max"] = 1
    name_axis = axis | {"text_axis": True, "major_gridlines": {"visible": False}}
    if cells.kind == "bar":  # first name on top; each value stands at its end
        chart.set_x_axis(values | {"visible": False, "major_gridlines": {"visible": False}})
        chart.set_y_axis(name_axis | {"reverse": True})
    else:
        chart.set_x_axis(name_axis)
        chart.set_y_axis(values)
    title = {
        "name": [sheet, *ranges[0].name],
        "name_font": font | {"size": 11, "color": LIGHT.ink, "bold": True},
    }
    legend = len(ranges) > 1
    chart.set_title({"none": True} if legend else title)
    chart.set_legend({"position": "top", "font": font} if legend else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.background}})
    tall = max(SMALLEST, 80 + TALL * (last - first + 1)) if cells.kind == "bar" else HEIGHT
    chart.set_size({"width": WIDTH, "height": tall})
    return chart, tall


def _look(series: Range, cells: CellChart) -> dict[str, Any]:
    """A line, or bars with their values."""
    if cells.kind == "line":
        return {"line": {"color": series.color, "width": 2.5}, "marker": {"type": "none"}}
    look: dict[str, Any] = {"fill": {"color": series.color}, "gap": 50}
    look |= {"overlap": 100} if cells.stacking else {}
    if cells.kind == "bar":
        ink = "#FFFFFF" if cells.stacking else LIGHT.ink
        written = "0%" if series.spec == "p" else number_format(series.spec)
        font = {"name": FAMILY, "size": 9, "color": ink}
        look["data_labels"] = {"value": True, "font": font, "num_format": written}
    return look


def _axis_format(cells: CellChart, first: Range) -> str:
    shares = first.spec == "p" or cells.stacking == "percent_stacked"
    return "0%" if shares else number_format(first.spec)
