"""The office's logo as slides and documents show it: small, where it says whose they are."""

import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image  # comes with Streamlit

from kub import look
from kub.brand import Logo

HERE = Path(__file__).parent
DOTS = 288  # per inch, of a picture that is 60 pt high: sharp on a slide and on paper


@dataclass(frozen=True)
class Drawn:
    """ending: png or svg, of `content`. png: the same as dots, for slides, which have no SVG that
    every program shows. ratio: how many times as wide as high.
    """

    ending: str
    content: bytes
    png: bytes
    ratio: float

    def within(self, width: float, height: float) -> tuple[float, float]:
        """(width, height) of it in a box, in the units of that."""
        high = min(height, width / self.ratio)
        return high * self.ratio, high


def logo() -> Drawn | None:
    """None where the brand has none, or one that cannot be drawn: files do without it then."""
    return drawn(look.BRAND.logo) if look.BRAND.logo else None


@lru_cache(maxsize=4)
def drawn(own: Logo) -> Drawn | None:
    """A logo as files show it; None where what makes them cannot read it."""
    try:
        png: bytes = typst.compile(
            HERE / "logo.typ",
            root=HERE,
            format="png",
            ppi=DOTS,
            ignore_system_fonts=True,
            sys_inputs={"logo": json.dumps(list(own.content)), "format": own.ending},
        )
    # What browsers still show, others need not read: a size in percent, a broken row of dots.
    except typst.TypstError:
        return None
    with Image.open(BytesIO(png)) as image:
        ratio = image.width / image.height
    return Drawn(own.ending, own.content, png, ratio)
