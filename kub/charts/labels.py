"""Names on a map that neither touch nor are cut; the most important first."""

from collections.abc import Sequence
from math import ceil

from kub.charts.label_layout import GAP, LINE, Box, centred, kept, text_width
from kub.look import Figure

# By this name chart_fit.js knows what may be left out where it would cover another (Plotly's `name`
# is never shown).
SPARE = "spare"
# The lines of a locator: around what the map shows, and around itself.
WINDOW, EDGE = "window", "edge"
# px: of an entry of a legend beside its text, and of a legend beside its lines.
SWATCH, AROUND = 46, 10


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
    boxes = [
        centred(
            note["text"],
            across / 2 + (note["x"] - (west + east) / 2) * scale,
            up / 2
            + (note["y"] - (south + north) / 2) * scale * ratio
            + (LINE / 2 if note.get("yanchor") == "bottom" else 0),
            note["font"]["weight"],
        )
        for note in notes
    ]
    picture = Box(0, across, 0, up)
    taken = [_inset(layout, across, up)] if "xaxis2" in layout else []
    whole = [
        place
        for place, box in enumerate(boxes)
        if box.is_inside(picture) and not any(box.touches(other, GAP) for other in taken)
    ]
    staying = [notes[whole[place]] for place in kept(boxes[place] for place in whole)]
    layout = layout | {"annotations": staying}
    if taken:
        half = across / 2 / scale, up / 2 / scale / ratio
        middle = (west + east) / 2, (south + north) / 2
        layout["shapes"] = [_window(shape, middle, half) for shape in layout["shapes"]]
    return figure | {"layout": layout}


def _inset(layout: Figure, across: float, up: float) -> Box:
    """The place of a locator (kub/charts/crop.py)."""
    (left, right), (low, high) = (layout[name]["domain"] for name in ("xaxis2", "yaxis2"))
    return Box(left * across, right * across, low * up, high * up)


def _window(shape: Figure, middle: tuple[float, float], half: tuple[float, float]) -> Figure:
    """What a locator says that the map shows, as it does in a picture of this size."""
    if shape["name"] != WINDOW:
        return shape
    (x, y), (across, up) = middle, half
    return shape | {"x0": x - across, "x1": x + across, "y0": y - up, "y1": y + up}


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
