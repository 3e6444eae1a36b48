"""Names on a map that neither touch nor are cut, measured in the
product's typeface; the most important first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from pathlib import Path

from PIL import ImageFont

from kub.look import SMALL, Figure

FONTS = Path(__file__).parents[1] / "exports" / "fonts"
# By this name chart_fit.js knows what may be left out where it would cover another (Plotly's `name`
# is never shown).
SPARE = "spare"
# px: between two names side by side (three blanks, so that they are not read as one), and of a
# line.
APART, LINE = 10, 18
HEAVY = 600  # a weight from which letters are measured as bold ones
# px: of an entry of a legend beside its text, and of a legend beside its lines.
SWATCH, AROUND = 46, 10


@dataclass(frozen=True)
class Label:
    """Text centred on a point, px from the left and from the bottom. weight: of its letters."""

    text: str
    across: float
    up: float
    weight: int = 400

    @property
    def half(self) -> float:
        return text_width(self.text, self.weight) / 2

    def inside(self, wide: float, high: float) -> bool:
        """Whether a picture of that size cuts nothing of it."""
        beyond = abs(self.across - wide / 2) + self.half > wide / 2
        return not beyond and LINE / 2 <= self.up <= high - LINE / 2


def touching(label: Label, other: Label) -> bool:
    beside = abs(label.across - other.across) < label.half + other.half + APART
    return beside and abs(label.up - other.up) < LINE


def clear(labels: Iterable[Label]) -> list[int]:
    """Places of the labels that touch none before them which stays."""
    kept: list[tuple[int, Label]] = []
    for place, label in enumerate(labels):
        if not any(touching(label, other) for _, other in kept):
            kept.append((place, label))
    return [place for place, _ in kept]


@lru_cache(maxsize=4096)
def text_width(text: str, weight: int = 400) -> float:
    """px of a text of size SMALL."""
    return float(_font("bold" if weight >= HEAVY else "regular").getlength(text))


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"plus-jakarta-sans-{name}.ttf", SMALL)


def fitted(figure: Figure, wide: int, high: int) -> Figure:
    """The figure with the names that stand clear in a picture of wide x high px, where no script
    leaves any out.

    A figure that is no map comes back as it is.
    """
    layout = figure["layout"]
    x, y = layout.get("xaxis", {}), layout.get("yaxis", {})
    if y.get("scaleanchor") != "x" or not layout.get("annotations"):
        return figure
    room = high - sum(_legend_height(figure, name, wide) for name in ("legend", "legend2"))
    across, up = (wide * _part(x), room * _part(y))
    ratio = y["scaleratio"]
    (west, east), (south, north) = x["range"], y["range"]
    scale = min(across / (east - west), up / (north - south) / ratio)
    notes = layout["annotations"]
    labels = [
        Label(
            note["text"],
            across / 2 + (note["x"] - (west + east) / 2) * scale,
            up / 2
            + (note["y"] - (south + north) / 2) * scale * ratio
            + (LINE / 2 if note.get("yanchor") == "bottom" else 0),
            note["font"]["weight"],
        )
        for note in notes
    ]
    whole = [place for place, label in enumerate(labels) if label.inside(across, up)]
    kept = [notes[whole[place]] for place in clear(labels[place] for place in whole)]
    return figure | {"layout": layout | {"annotations": kept}}


def _part(axis: Figure) -> float:
    start, end = axis.get("domain", (0.0, 1.0))
    return float(end - start)


def _legend_height(figure: Figure, name: str, wide: int) -> float:
    """px of a legend above or below a map, as Plotly sets it: in one
    line, or in columns of one width.
    """
    texts: Sequence[str] = [
        trace["name"]
        for trace in figure["data"]
        if trace.get("showlegend") and trace.get("legend", "legend") == name
    ]
    entries = [SWATCH + text_width(text) for text in texts]
    columns = len(entries) if sum(entries) <= wide else max(1, int(wide // max(entries)))
    lines = ceil(len(entries) / max(columns, 1)) + ("title" in figure["layout"].get(name, {}))
    return lines * LINE * 1.1 + AROUND if lines else 0
