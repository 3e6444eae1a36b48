"""One slide and the deck it stands in: 16:9 in our look, real
titles, source line, number, notes, language.
"""

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.shapes.picture import CT_Picture
from pptx.util import Inches

from kub import look
from kub.exports.logo import Drawn, logo
from kub.exports.pptx import text as texts
from kub.look import FAMILY, LIGHT, SECTORS
from kub.words import Words

Box = tuple[float, float, float, float]  # x, y, width, height in inches
TAGS = {"id": "id-ID", "en": "en-GB"}
WIDTH, HEIGHT, LEFT, WIDE = 13.333, 7.5, 0.6, 12.133
TITLE: Box = (LEFT, 0.4, WIDE, 0.95)
BODY: Box = (LEFT, 2.0, WIDE, 3.8)
TEXT: Box = (LEFT, 1.6, WIDE, 5.2)  # a slide without a chart
_FOOT: Box = (LEFT, 6.98, WIDE - 0.9, 0.34)
_NUMBER: Box = (LEFT + WIDE - 0.8, 6.98, 0.8, 0.34)
# The office's logo: between source and number, which then has less room; in inches.
_LOGO: tuple[float, float] = (1.4, 0.4)
_NARROW, _APART = 0.45, 0.15
# What a program goes by where the typeface is not installed: letters without serifs, of their own
# width, upright. Texts have room for the widest that is left (pptx_text.LETTER).
KIN = 'panose="020B0604020202020204" pitchFamily="34" charset="0"'
_TITLES = (1, 3)  # types of a placeholder: title, centred title
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DRAWING_2017 = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SLIDE_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def deck() -> Any:
    """An empty deck with one layout, so that a slide added by hand looks like the others."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in [layout for layout in made.slide_layouts if layout.name != "Title Only"]:
        made.slide_layouts.remove(layout)
    for sheet in (made.slide_master, made.slide_layouts[0]):
        sheet.background.fill.solid()
        sheet.background.fill.fore_color.rgb = texts.rgb(LIGHT.background)
        for shape in list(sheet.placeholders):
            if shape.placeholder_format.type in _TITLES:
                place(shape, TITLE)
            elif sheet is made.slide_master:
                place(shape, BODY if shape.placeholder_format.idx == 1 else _FOOT)
            else:
                shape._element.getparent().remove(shape._element)
    if picture := logo():
        _add_logo(made.slide_layouts[0], picture)
    theme = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme(theme.blob.decode()).encode()
    return made


def _add_logo(layout: Any, picture: Drawn) -> None:
    """Into the layout, so that a slide added by hand has it too."""
    wide, high = picture.within(*_LOGO)
    _, relation = layout.part.get_or_add_image_part(io.BytesIO(picture.png))
    x, y = LEFT + WIDE - _NARROW - _APART - wide, _NUMBER[1] + (_NUMBER[3] - high) / 2
    ends = (Inches(inch) for inch in (x, y, wide, high))
    tree = layout.shapes._spTree
    tree.append(
        CT_Picture.new_pic(len(tree) + 1, "Logo", look.BRAND.name or "Logo", relation, *ends)
    )


def _theme(text: str) -> str:
    """Our type and colours in the menus of the program that edits the slides."""
    latin = rf'<a:latin typeface="{FAMILY}" {KIN}/>'
    text = re.sub(r"(<a:(?:major|minor)Font>\s*)<a:latin [^>]*/>", rf"\1{latin}", text)
    colors = {"dk1": LIGHT.ink, "lt1": LIGHT.background, "dk2": LIGHT.accent, "lt2": LIGHT.surface}
    colors |= {
        f"accent{number}": color
        for number, color in enumerate((LIGHT.accent, *SECTORS.values()), 1)
    }
    for name, color in colors.items():
        text = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\1<a:srgbClr val="{color[1:]}"/>\2',
            text,
            flags=re.S,
        )
    return text


def slide(made: Any, title: str, notes: list[str]) -> Any:
    """A slide with its title in the layout's placeholder and what a
    speaker says; no sentence twice.
    """
    new = made.slides.add_slide(made.slide_layouts[0])
    frame = new.shapes.title.text_frame
    texts.write(frame, title, texts.fitting(title, WIDE, TITLE[3], 28), bold=True)
    frame.vertical_anchor, frame.auto_size = MSO_ANCHOR.BOTTOM, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    unique = dict.fromkeys(note for note in notes if note)
    new.notes_slide.notes_text_frame.text = "\n".join(
        "\n".join(map(texts.clean, note.split("\n"))) for note in unique
    )
    return new


def finish(new: Any, foot: str, words: Words) -> None:
    """What is read last: source and number of the slide.

    The number is the deck's only field: it follows its place.
    """
    source, at = _FOOT, _NUMBER
    if picture := logo():
        source = (LEFT, _FOOT[1], WIDE - _NARROW - 2 * _APART - picture.within(*_LOGO)[0], _FOOT[3])
        at = (LEFT + WIDE - _NARROW, _NUMBER[1], _NARROW, _NUMBER[3])
    texts.box(new.shapes, foot, source, 11, words("pack.deck.source"), color=LIGHT.muted)
    number = texts.box(
        new.shapes, str(_count(new)), at, 11, words("pack.deck.number"), color=LIGHT.muted
    )
    paragraph = number.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.runs[0]._r
    field = etree.Element(qn("a:fld"), id=_SLIDE_NUMBER, type="slidenum")
    field.extend([deepcopy(child) for child in run])
    run.getparent().replace(run, field)


def speak(made: Any, lang: str) -> None:
    """Say in which language everything is written, for spelling and for screen readers."""
    for element in _trees(made):
        for run in element.iter(qn("a:r"), qn("a:fld")):
            if run.find(qn("a:rPr")) is None:
                run.insert(0, etree.Element(qn("a:rPr")))
        for properties in element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            properties.set("lang", TAGS[lang])


def place(shape: Any, at: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(inch) for inch in at)


def stripe(shapes: Any, at: Box, color: str) -> None:
    """A bar of colour that says nothing, to screen readers neither."""
    bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(inch) for inch in at))
    bar.fill.solid()
    bar.fill.fore_color.rgb = texts.rgb(color)
    bar.line.fill.background()
    bar.shadow.inherit = False
    [properties] = bar._element.xpath(".//p:cNvPr")
    marks = etree.SubElement(
        etree.SubElement(properties, qn("a:extLst")), qn("a:ext"), uri=_DECORATIVE
    )
    etree.SubElement(
        marks, f"{{{_DRAWING_2017}}}decorative", val="1", nsmap={"adec": _DRAWING_2017}
    )


def _trees(made: Any) -> Iterator[Any]:
    yield made.slide_master._element
    yield made.slide_layouts[0]._element
    for page in made.slides:
        yield page._element
        yield page.notes_slide._element
        yield from (shape.chart._chartSpace for shape in page.shapes if shape.has_chart)


def _count(new: Any) -> int:
    return len(new.part.package.presentation_part.presentation.slides)
