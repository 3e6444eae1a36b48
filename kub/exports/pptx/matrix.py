"""A matrix of coloured cells as a native table in the same
colours: its numbers can be read and edited.
"""

from typing import Any, NamedTuple

from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from kub.charts.chart_data import ChartData, color
from kub.exports.pptx import tables
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


def cells(data: ChartData, words: Words) -> Cells:
    """The values of a matrix under the names of its series."""
    shown = data.labels[:MOST]
    texts, colors = [["", *(series.name for series in data.series)]], []
    for row, name in enumerate(shown):
        points = [series.points[row] for series in data.series]
        known = [point.value is not None for point in points]
        shades = [color("own", point.code, LIGHT) for point in points]
        values = [words.write(point.value, data.unit) for point in points]
        texts.append(
            [
                name,
                *(text if is_known else "" for text, is_known in zip(values, known, strict=True)),
            ]
        )
        colors.append(
            [shade if is_known else "" for shade, is_known in zip(shades, known, strict=True)]
        )
    return Cells(texts, colors, len(data.labels) - len(shown))


def native(
    shapes: Any, cells: Cells, at: tuple[float, float, float, float], words: Words, alt: str
) -> None:
    x, y, width, height = at
    tall = min(height - 0.3 * bool(cells.left), 0.34 * len(cells.texts))
    size = max(9, min(14, int(tall / len(cells.texts) * 72 / 1.35)))
    tables.native(shapes, cells.texts, (x, y, width, tall), alt, size=size)
    table = shapes[-1].table
    for number, colors in enumerate(cells.colors, 1):
        for column, shade in enumerate(colors, 1):
            if shade:
                cell = table.cell(number, column)
                cell.fill.fore_color.rgb = rgb(shade)
                for run in cell.text_frame.paragraphs[0].runs:
                    style(run, size, readable(shade), False)
    for row in table.rows:
        for cell in list(row.cells)[1:]:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    names = 0.28 * width
    table.columns[0].width = Inches(names)
    for column in list(table.columns)[1:]:
        column.width = Inches((width - names) / (len(cells.texts[0]) - 1))
    if cells.left:
        box(
            shapes,
            words("pack.deck.more_rows", n=cells.left),
            (x, y + tall + 0.06, width, 0.28),
            12,
            words("pack.deck.note"),
            color=LIGHT.muted,
        )
