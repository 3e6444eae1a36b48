"""Tables on a slide: native ones of the first rows, and one row as large numbers."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches

from kub.answers.answer import Answer
from kub.exports.pack import Part
from kub.exports.pptx.text import LETTER, describe, fitting, height, rgb, style, write
from kub.look import LIGHT
from kub.words import Words
from kub.words import columns as tables

BOLD = 1.2  # times as wide as the others
ROWS, WIDEST = 11, 60  # rows of a table; characters from which a column is left to the workbook
LARGEST = 44  # points of a large number
LARGE = (
    "kub",
    "members",
    "villages_covered",
    "villages",
    "coverage",
    "members_per_kub",
    "women_share",
    "sectors",
)


def large(shapes: Any, part: Part, words: Words, at: tuple[float, float, float, float]) -> None:
    """Large numbers: those of a headline as the screen has them,
    else of the one row, four to a line.
    """
    shown = [(number.value, number.label, number.below) for number in part.numbers] or list(
        _lone(part.answer, words)
    )
    across = 3 if part.numbers else 4
    x, y, width, tall = at
    pitch, step = width / across, tall / max(1, ceil(len(shown) / across))
    for number, (value, label, note) in enumerate(shown):
        left, top = x + number % across * pitch, y + number // across * step
        box = shapes.add_textbox(Inches(left), Inches(top), Inches(pitch - 0.2), Inches(step - 0.1))
        box.name = label
        # Amounts are longer than counts, and a target may stand below: both stay in their box.
        size = fitting(value, (pitch - 0.2) / BOLD, height(value, 99, LARGEST), LARGEST)
        below = "\n".join(text for text in (label, note) if text)
        small = fitting(below, pitch - 0.2, step - 0.1 - height(value, 99, size), 16)
        write(box.text_frame, f"{value}\n{below}", small, LIGHT.muted)
        color = LIGHT.accent if number == 0 else LIGHT.ink
        style(box.text_frame.paragraphs[0].runs[0], size, color, True)
        if note:
            style(box.text_frame.paragraphs[1].runs[0], small, LIGHT.ink, False)


def _lone(answer: Answer, words: Words) -> Iterator[tuple[str, str, str]]:
    frame = answer.frame
    for name in (name for name in LARGE if name in frame.columns):
        yield (
            tables.writers(frame, name, words)[0](frame[name].iloc[0]),
            tables.heading(name, frame[name], words),
            "",
        )


def rows_of(
    answer: Answer, words: Words, most: int, width: float, size: int
) -> tuple[list[list[str]], int]:
    """The first rows of an answer as text under their headings, in
    columns that fit; and how many rows are left.
    """
    cells = tables.written(answer.frame.head(most), words)
    rows = [list(cells.columns), *cells.astype(str).values.tolist()]
    kept, used = [], 0.0
    for number, column in enumerate(zip(*rows, strict=True)):
        need = _need(column)
        if max(map(len, column[1:]), default=0) <= WIDEST and (used + need) * 1.12 <= width * 72 / (
            size * LETTER
        ):
            kept.append(number)
            used += need
    return [[row[number] for number in kept] for row in rows], max(0, len(answer.frame) - most)


def native(
    shapes: Any,
    rows: Sequence[Sequence[str]],
    at: tuple[float, float, float, float],
    alt: str,
    heading: bool = True,
    size: int = 12,
    whole: bool = False,
) -> None:
    """A native table; columns as wide as their texts ask, those of figures set right.

    at: in inches. whole: whether a heading stands in one line.
    """
    count, columns = len(rows), list(zip(*rows, strict=True))
    frame = shapes.add_table(count, len(columns), *(Inches(inch) for inch in at))
    describe(frame, alt[:60], alt)
    table = frame.table
    table.first_row, table.horz_banding = heading, False
    # no style
    frame._element.find(
        f".//{qn('a:tableStyleId')}"
    ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    needs = [max(_need(column), whole * len(column[0]) * BOLD + 2.5) for column in columns]
    # Where a heading takes two lines, its row is higher.
    tall = (
        1.7
        if heading
        and any(
            len(column[0]) * BOLD + 2.5 > need for column, need in zip(columns, needs, strict=True)
        )
        else 1.0
    )
    for number, column in enumerate(columns):
        table.columns[number].width = int(Inches(at[2]) * needs[number] / sum(needs))
        figures = all(_figure(cell) for cell in column[heading:])
        for place, text in enumerate(column):
            cell, top = table.cell(place, number), heading and place == 0
            table.rows[place].height = int(
                Inches(at[3]) * (tall if top else 1) / (count - 1 + tall)
            )
            # An empty cell would be as high as a program's own type.
            write(
                cell.text_frame,
                text or "\N{NO-BREAK SPACE}",
                size,
                LIGHT.muted if top else LIGHT.ink,
                bold=top,
            )
            cell.margin_left = cell.margin_right = Inches(0.06)
            cell.margin_top = cell.margin_bottom = Inches(0.01)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if figures else PP_ALIGN.LEFT
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(LIGHT.surface if top else LIGHT.background)


def _need(column: Sequence[str]) -> float:
    """Characters a column needs, with its margins; a heading may break between two words."""
    heading = BOLD * max(max(map(len, column[0].split()), default=0), len(column[0]) / 2)
    return max(heading, *map(len, column[1:]), 3) + 2.5


def _figure(text: str) -> bool:
    return (
        text == "–"
        or text.lstrip("-\N{MINUS SIGN}+Rp◇ \N{NO-BREAK SPACE}")[:1].isdigit()
        or not text
    )
