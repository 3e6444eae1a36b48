"""A figure of coloured cells as a native table in the same
colours: its numbers can be read and edited.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from kub.answers.answer import Answer
from kub.exports.pptx import tables
from kub.exports.pptx.axes import plain_text
from kub.exports.pptx.marks import readable
from kub.exports.pptx.text import box, rgb, style
from kub.look import LIGHT
from kub.words import Words

MOST = 15  # rows that can be read from a distance


class Cells(NamedTuple):
    """texts: the headings, then a name and its values per row; colors: ''
    where nothing is; left: rows left out.
    """

    texts: list[list[str]]
    colors: list[list[str]]
    left: int


def cells(answer: Answer) -> Cells | None:
    """Of a figure that is one matrix; else nothing."""
    traces = (answer.figure or {"data": []})["data"]
    found = [trace for trace in traces if trace["type"] == "heatmap"]
    if len(found) != 1:
        return None
    [trace] = found
    texts: dict[Any, str] = {}
    for other in traces:
        if other.get("mode") == "text":
            texts |= dict(
                zip(zip(other["x"], other["y"], strict=True), map(str, other["text"]), strict=True)
            )
    rows, colors = [["", *map(plain_text, map(str, trace["x"]))]], []
    for name, values in list(zip(trace["y"], trace["z"], strict=True))[:MOST]:
        rows.append(
            [plain_text(str(name)), *(plain_text(texts.get((x, name), "")) for x in trace["x"])]
        )
        colors.append(["" if value is None else _color(trace, float(value)) for value in values])
    return Cells(rows, colors, max(0, len(trace["y"]) - MOST))


def native(
    shapes: Any, cells: Cells, at: tuple[float, float, float, float], words: Words, alt: str
) -> None:
    x, y, width, height = at
    tall = min(height - 0.3 * bool(cells.left), 0.34 * len(cells.texts))
    size = max(9, min(14, int(tall / len(cells.texts) * 72 / 1.35)))
    tables.native(shapes, cells.texts, (x, y, width, tall), alt, size=size)
    table = shapes[-1].table
    for number, colors in enumerate(cells.colors, 1):
        for column, color in enumerate(colors, 1):
            if color:
                cell = table.cell(number, column)
                cell.fill.fore_color.rgb = rgb(color)
                for run in cell.text_frame.paragraphs[0].runs:
                    style(run, size, readable(color), False)
    for row in table.rows:
        for cell in list(row.cells)[1:]:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    names = 0.28 * width
    table.columns[0].width = Inches(names)
    for column in list(table.columns)[1:]:
        column.width = Inches((width - names) / (len(cells.texts[0]) - 1))
    if cells.left:
        said = words("pack.deck.more_rows", n=cells.left)
        box(
            shapes,
            said,
            (x, y + tall + 0.06, width, 0.28),
            12,
            words("pack.deck.note"),
            color=LIGHT.muted,
        )


def _color(trace: Any, value: float) -> str:
    """Of the scale's steps the nearest."""
    low, high = trace.get("zmin", 0), trace.get("zmax", 1)
    at = (value - low) / ((high - low) or 1)
    scale: Sequence[tuple[float, str]] = trace["colorscale"]
    return min(scale, key=lambda step: abs(step[0] - at))[1]
