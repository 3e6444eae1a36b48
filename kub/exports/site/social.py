"""The picture that a shared link shows: whose numbers, the finding, and the largest of them.

Set by Typst from text alone, so it needs no browser and is the same on every machine.
"""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from kub.exports.pictures import FONTS
from kub.exports.site.page import Page
from kub.look import LIGHT, SECTORS
from kub.web import blocks, brand

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1200, 630  # px; what messengers and networks ask for
SHOWN = 4  # numbers in a row
COLUMN = 249  # px, of a number
# Letters of the finding → their size in px: two lines of the short, four of the long.
SIZES = ((64, 54), (120, 46), (190, 38), (10_000, 30))
LARGEST, LETTER = 58, 0.6  # px of a number; its letters' width, of their size


def picture(page: Page) -> bytes:
    """A PNG. page: the first of its language."""
    words, programme = page.words, page.programme
    media_type, sign = brand.sign()
    numbers = next((part.items for part in page.parts if isinstance(part, blocks.Numbers)), ())
    title = finding(page)
    shown = {
        "lang": words.lang,
        "product": brand.product(place(page)),
        "title": title,
        "size": next(size for letters, size in SIZES if len(title) <= letters),
        "numbers": [
            {"label": number.label, "value": number.value, "size": _size(number.value)}
            for number in numbers[:SHOWN]
        ],
        "foot": words("site.social", as_of=programme.as_of, programme=programme.name),
        "label": words("frame.sample") if programme.is_sample else "",
        "colours": {role: text for role, text in asdict(LIGHT).items() if isinstance(text, str)},
        "stripe": [LIGHT.accent, *SECTORS.values()],
        "sign": list(sign),
        "format": "png" if media_type == "image/png" else "svg",
    }
    made: bytes = typst.compile(
        HERE / "social.typ",
        root=HERE,
        format="png",
        ppi=72,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
    )
    return made


def finding(page: Page) -> str:
    """The first finding of a page, else the question that it answers."""
    question = page.words(f"question.{page.name}")
    return next((made.title for made in page.answers.values()), question)


def place(page: Page) -> str:
    """What the product is called after, unless the office has a name for it."""
    return page.words.regency(page.programme.regency.removeprefix("Kabupaten "))


def _size(value: str) -> int:
    return min(LARGEST, int(COLUMN / (LETTER * len(value))))
