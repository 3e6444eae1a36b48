"""Slides as LibreOffice draws them: nothing empty, cut off, over
the edge or on top of something else.
"""

import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pptx import Presentation

from kub import words
from kub.exports.pack import pack
from kub.exports.pptx import pptx
from kub.exports.pptx.slide import BODY
from kub.look import LIGHT
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.support import office
from tests.support.office import DOTS, Box, Page, render

# What is on a slide is tested elsewhere too; drawing it takes LibreOffice and half a minute.
pytestmark = pytest.mark.thorough
# inches: the edge that stays empty; that a letter may reach beyond its box
MARGIN, SLACK = 0.3, 0.06
GROUND = np.array([int(LIGHT.background[at : at + 2], 16) for at in (1, 3, 5)])


def picture(_: Any) -> bytes:
    drawn, out = Image.new("RGB", (780, 560), LIGHT.background), io.BytesIO()
    ImageDraw.Draw(drawn).ellipse((100, 60, 680, 500), fill=LIGHT.accent)
    drawn.save(out, "PNG")
    return out.getvalue()


def box_of(shape: Any) -> Box:
    left, top = shape.left / 914400, shape.top / 914400
    return left, top, left + shape.width / 914400, top + shape.height / 914400


def ink(image: Any, box: Box) -> float:
    """Share of the pixels of a part of a page that differ from its ground."""
    left, top, right, bottom = (max(0, round(end * DOTS)) for end in box)
    return float((np.abs(image[top:bottom, left:right] - GROUND).max(axis=2) > 24).mean())


def shared(one: Box, other: Box) -> float:
    """What two boxes have in common, as a part of the smaller one."""
    wide, tall = (min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1))
    return (
        max(0, wide)
        * max(0, tall)
        / min((each[2] - each[0]) * (each[3] - each[1]) for each in (one, other))
    )


def faults(slide: Any, page: Page) -> Iterator[str]:
    high, wide = (length / DOTS for length in page.image.shape[:2])
    edges = (
        (0, 0, wide, MARGIN),
        (0, high - MARGIN, wide, high),
        (0, 0, MARGIN, high),
        (wide - MARGIN, 0, wide, high),
    )
    if ink(page.image, (0, 0, wide, high)) < 0.002:
        yield "empty"
    if any(ink(page.image, edge) for edge in edges):
        yield "edge: ink"
    for text, (left, top, right, bottom) in page.words:
        if left < MARGIN or top < MARGIN or right > wide - MARGIN or bottom > high - MARGIN:
            yield f"edge: {text}"
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from _cut(shape, page)
        elif not shape.has_table and ink(page.image, box_of(shape)) < 0.01:
            yield f"blank: {shape.name}"
        if shape.has_chart:
            yield from _colourless(shape, page)
    x, y, width, height = BODY
    if ink(page.image, (x, y, x + width, y + height)) < 0.005:
        yield "nothing drawn"
    for one, other in combinations(slide.shapes, 2):
        if shared(box_of(one), box_of(other)) > 0.01:
            yield f"overlap: {one.name}, {other.name}"
    for (text, at), (more, there) in combinations(page.words, 2):
        if shared(at, there) > 0.25:
            yield f"overlap: {text}, {more}"


def _cut(shape: Any, page: Page) -> Iterator[str]:
    """Letters of a text that do not stand in its box. A ligature is its letters."""
    left, top, right, bottom = box_of(shape)
    inside = [
        text
        for text, (x, y, to, foot) in page.words
        if x > left - SLACK and y > top - SLACK and to < right + SLACK and foot < bottom + SLACK
    ]
    said, seen = (
        Counter(re.sub(r"\s", "", normalize("NFKC", t)))
        for t in (shape.text_frame.text, "".join(inside))
    )
    if missing := said - seen:
        yield f"cut: {shape.name}, {''.join(missing)}"


def _colourless(shape: Any, page: Page) -> Iterator[str]:
    left, top, right, bottom = box_of(shape)
    top += 0.35 * shape.chart.has_legend  # which shows each colour anyway
    drawn = page.image[
        round(top * DOTS) : round(bottom * DOTS), round(left * DOTS) : round(right * DOTS)
    ]
    for series in shape.chart.plots[0].series:
        paths = "./c:spPr//a:srgbClr/@val | ./c:marker//a:srgbClr/@val | ./c:dPt//a:srgbClr/@val"
        colors = set(series._element.xpath(paths)) - {LIGHT.background[1:]}
        rgb = [np.array([int(color[at : at + 2], 16) for at in (0, 2, 4)]) for color in colors]
        if not any((np.abs(drawn - color).max(axis=2) < 24).sum() > 8 for color in rgb):
            yield f"no colour: {series.name}"


@pytest.fixture(scope="module")
def deck(sample_folder: Path) -> Callable[[], Any]:
    """A fresh copy of the standard pack's slides."""
    if office.executable() is None:
        why = "LibreOffice Impress or poppler's tools are missing: apt-get install libreoffice-impress poppler-utils"
        (pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip)(why)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUB_DATA", str(sample_folder))
        given = pack(Data.open(current()), Filters(), words.of("id"), date(2026, 11, 24))
        content = pptx(given, picture)
    return lambda: Presentation(io.BytesIO(content))


def test_each_slide_is_a_page_on_which_nothing_is_amiss(
    deck: Callable[[], Any], tmp_path: Path
) -> None:
    whole = deck()
    slides, pages = list(whole.slides), render(whole, tmp_path)
    assert len(slides) == len(pages)
    found = [list(faults(slide, page)) for slide, page in zip(slides, pages, strict=True)]
    assert {number: told for number, told in enumerate(found, 1) if told} == {}


def blank(slide: Any) -> None:
    shape = next(each for each in slide.shapes if each.shape_type == 13)
    out = io.BytesIO()
    Image.new("RGB", (780, 560), LIGHT.background).save(out, "PNG")
    slide.part.related_part(shape._element.blip_rId)._blob = out.getvalue()


def gone(slide: Any) -> None:
    for shape in [each for each in slide.shapes if each.has_chart]:
        shape._element.getparent().remove(shape._element)


def emptied(slide: Any) -> None:
    for chart in (each.chart for each in slide.shapes if each.has_chart):
        for element in chart._chartSpace.xpath(".//c:ser | .//c:legend | .//c:title"):
            element.getparent().remove(element)
        for axis in (chart.category_axis, chart.value_axis):
            axis.visible = axis.has_major_gridlines = False


def pale(slide: Any) -> None:
    series = next(each for each in slide.shapes if each.has_chart).chart.plots[0].series[0]
    for point in series._element.xpath(".//c:val//c:pt"):
        point.getparent().remove(point)


def pushed(slide: Any) -> None:
    slide.shapes[-2].left += 914400 * 6


def longer(slide: Any) -> None:
    run = slide.shapes[-3].text_frame.paragraphs[0].runs[0]
    run.text = f"{run.text} " * 12


def onto(slide: Any) -> None:
    slide.shapes[1].top = slide.shapes.title.top + 400000


BROKEN = {
    9: (blank, "blank: "),
    7: (gone, "nothing drawn"),
    12: (emptied, "blank: "),
    8: (pale, "no colour: "),
    4: (pushed, "edge: "),
    10: (longer, "cut: "),
    11: (onto, "overlap: "),
}


def test_each_check_finds_what_it_is_for(deck: Callable[[], Any], tmp_path: Path) -> None:
    broken = deck()
    slides = list(broken.slides)
    for number, (spoil, _) in BROKEN.items():
        spoil(slides[number - 1])
    numbers = broken.slides._sldIdLst
    for number in range(len(slides), 0, -1):
        if number not in BROKEN:
            numbers.remove(numbers[number - 1])
    pages = render(broken, tmp_path)
    for number, page in zip(sorted(BROKEN), pages, strict=True):
        told = list(faults(slides[number - 1], page))
        assert any(fault.startswith(BROKEN[number][1]) for fault in told), (number, told)


def test_a_page_without_anything_is_empty(deck: Callable[[], Any]) -> None:
    image = np.broadcast_to(GROUND, (562, 1000, 3))
    assert "empty" in list(faults(deck().slides[0], Page(image, [])))
