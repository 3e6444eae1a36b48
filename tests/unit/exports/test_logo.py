"""An office's logo in its files: small, where it says whose they are, and never in the way."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pptx import Presentation
from pptx.util import Inches

from kub import look, words
from kub.brand import Logo
from kub.exports import logo as module
from kub.exports import pdf as pdf_module
from kub.exports.html import html
from kub.exports.pack import Pack, pack
from kub.exports.pdf import pdf
from kub.exports.pptx import pptx
from kub.exports.pptx.slide import LEFT, WIDE
from kub.store.data import Data
from kub.store.database import current
from kub.web import brand
from queries.filters import Filters
from tests.support.paper import OneBar

NAME = "KUB Kabupaten Kendal Raya"


def svg(size: str = "60 30") -> Logo:
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><path d="M0 0h9v9z"/></svg>'
    )
    return Logo("image/svg+xml", text.encode(), Path("logo.svg"))


@pytest.fixture(scope="module")
def standard(sample_folder: Path) -> Pack:
    data = Data.open(current(sample_folder))
    whole = pack(data, Filters(), words.of("id"), date(2026, 11, 24))
    return replace(whole, parts=whole.parts[:2])


@pytest.fixture(params=["60 30", "9 9", "200 20"])
def branded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of a logo of some shape."""
    own = replace(look.BRAND, is_there=True, name=NAME, logo=svg(request.param))
    monkeypatch.setattr(look, "BRAND", own)
    brand.sign.cache_clear()
    yield request.param
    brand.sign.cache_clear()


def test_a_logo_is_as_wide_as_it_is() -> None:
    for size, ratio in (("60 30", 2), ("9 9", 1), ("10 40", 0.25)):
        made = module.drawn(svg(size))
        assert made and made.ratio == pytest.approx(ratio, rel=0.02)
        wide, high = made.within(1.4, 0.4)
        assert wide <= 1.4 + 1e-9 and high <= 0.4 and wide / high == pytest.approx(made.ratio)
    again = module.drawn(Logo("image/png", made.png, Path("logo.png")))
    assert again and again.ending == "png"


def test_what_cannot_be_drawn_is_left_out(monkeypatch: pytest.MonkeyPatch, standard: Pack) -> None:
    assert module.logo() is None
    for bad in (svg("2000 1"), svg("1 2000"), Logo("image/png", b"no picture", Path("x.png"))):
        assert module.drawn(bad) is None
        monkeypatch.setattr(look, "BRAND", replace(look.BRAND, logo=bad))
        deck = Presentation(io.BytesIO(pptx(standard)))
        assert not pictures(deck)
        assert pdf_module.document(standard, OneBar())["logo"] is None  # type: ignore[arg-type]


def pictures(deck: Any) -> list[Any]:
    return [shape for shape in deck.slide_layouts[0].shapes if shape.shape_type == 13]


def test_every_slide_has_it_beside_its_source(branded: str, standard: Pack) -> None:
    deck = Presentation(io.BytesIO(pptx(standard)))
    # In the layout: a slide added by hand has it too.
    [picture] = pictures(deck)
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr") == NAME
    assert picture.height <= Inches(0.41) and picture.width <= Inches(1.41)
    say = standard.words
    for made in deck.slides:
        named = {shape.name: shape for shape in made.shapes}
        source, number = (named[say(f"pack.deck.{part}")] for part in ("source", "number"))
        assert source.left + source.width <= picture.left
        assert picture.left + picture.width <= number.left
        assert number.left + number.width <= Inches(LEFT + WIDE) + 2
        for shape in made.shapes:
            if shape not in (source, number):
                assert shape.top + shape.height <= picture.top + Inches(0.05), shape.name


def test_paper_has_it_on_the_cover_and_in_the_head(branded: str, standard: Pack) -> None:
    paper = pypdf.PdfReader(io.BytesIO(pdf(standard, OneBar())))  # type: ignore[arg-type]
    said = pdf_module.document(standard, OneBar())["logo"]  # type: ignore[arg-type]
    assert said["alt"] == NAME and said["head"] <= 7 and said["cover"] <= 14
    assert NAME in paper.pages[0].extract_text()
    # Sealed for screen readers all the same: the head is no text, the cover's has its name.
    assert b"pdfuaid" in paper.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]


def test_a_page_has_it_above_its_title(branded: str, standard: Pack) -> None:
    page = html(standard).decode()
    picture = f'<img class="logo" src="{brand.sign_address()}" alt="{NAME}">'
    assert page.index(picture) < page.index("<h1>")
    assert "img-src data: blob:" in page


def test_without_a_brand_files_are_as_they_were(standard: Pack) -> None:
    assert 'class="logo"' not in html(standard).decode()
    assert not pictures(Presentation(io.BytesIO(pptx(standard))))
