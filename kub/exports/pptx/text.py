"""Text on a slide: boxes whose type shrinks until all of it
fits, and what screen readers are told.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from kub.look import LIGHT

# A letter is on average so many times as wide as the type is high; a little more than measured, so
# that text which falls back to another font fits as well.
LETTER, LEADING = 0.56, 1.22
# The deck's own typeface, whatever the theme says it is: who lacks it, or prefers another, changes
# it once for all.
THEME_FONT = "+mn-lt"


def lines(text: str, width: float, size: float) -> int:
    """How many lines text takes, in a box `width` inches wide, at `size` points."""
    holds = max(1, int(width * 72 / (size * LETTER)))
    return sum(max(1, ceil(len(part) * 1.05 / holds)) for part in text.split("\n"))


def height(text: str, width: float, size: float) -> float:
    """In inches."""
    return lines(text, width, size) * size * LEADING / 72


def fitting(text: str, width: float, tall: float, largest: int, smallest: int = 9) -> int:
    """The largest type, in points, at which text fits a box of that many inches."""
    sizes = range(largest, smallest, -1)
    return next((size for size in sizes if height(text, width, size) <= tall), smallest)


def write(frame: Any, text: str, size: int, color: str = LIGHT.ink, bold: bool = False) -> None:
    """Fill a text frame with paragraphs, one per line of text."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, part in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean(part)
        style(run, size, color, bold)


def paragraphs(frame: Any, items: Sequence[tuple[str, str]], size: int) -> None:
    """A paragraph per item, its name before it in bold."""
    write(frame, "\n".join(clean(name or says) for name, says in items), size)
    for paragraph, (name, says) in zip(frame.paragraphs, items, strict=True):
        paragraph.space_after = Pt(9)
        if name:
            style(paragraph.runs[0], size, LIGHT.accent, True)
            after = paragraph.add_run()
            after.text = f"  {clean(says)}"
            style(after, size, LIGHT.ink, False)


def style(run: Any, size: int, color: str, bold: bool) -> None:
    run.font.name, run.font.size, run.font.bold, run.font.color.rgb = (
        THEME_FONT,
        Pt(size),
        bold,
        rgb(color),
    )


def box(
    shapes: Any, text: str, at: tuple[float, float, float, float], size: int, name: str, **more: Any
) -> Any:
    """A text box at (x, y, width, height) in inches; its type is
    as large as fits, at most `size`.
    """
    shape = shapes.add_textbox(*(Inches(inch) for inch in at))
    shape.name = name
    write(shape.text_frame, text, fitting(text, at[2], at[3], size), **more)
    return shape


def clean(text: str) -> str:
    """Without the control characters that XML or PowerPoint would read as something else."""
    return "".join(
        sign if sign.isprintable() or sign == "\N{NO-BREAK SPACE}" else " " for sign in text
    )


def rgb(color: str) -> RGBColor:
    color_of_slide: RGBColor = RGBColor.from_string(color.lstrip("#").upper())
    return color_of_slide


def describe(frame: Any, name: str, alt: str) -> None:
    """Name and alternative text of a chart, picture or table."""
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)
