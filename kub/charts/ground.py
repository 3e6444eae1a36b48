"""What a map stands on: outlines as traces, the legend, and the axes around the land that it is
about. Its names are in kub/charts/place_names.py.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from kub.charts import crop
from kub.charts.crop import Box, Frame
from kub.charts.place_names import Name, placed
from kub.look import SMALL, Palette, safe
from kub.places.areas import Area, Areas, Ring, extent

Fill = dict[str, Any]

# Land shown around the villages in scope, as a part of their extent; and the least extent, in
# degrees.
MARGIN, LEAST = 0.04, 0.09
# A pointer as far as this from a village's point still means it, px.
NEAR = 60
# For placing names: width and height of a map on a laptop and on a phone, px.
WIDE, NARROW = (600, 450), (350, 310)
# px: of a map on a laptop and on a phone (kub/ui/village.css), and of a row of tiles.
HIGH, LOW, TILE = 540, 420, 27


def height(where: Areas) -> int:
    """px that a map needs on a laptop: tiles as many as there are rows."""
    if where.kind != "tiles":
        return HIGH
    _, south, _, north = extent(list(where.areas.values()))
    return min(max(round(north - south) * TILE + 80, 240), 1200)


def filled(areas: Sequence[Area], fill: Fill) -> Fill:
    """The areas as one trace."""
    path = _path(ring for area in areas for ring in area.rings)
    return {"type": "scatter", "mode": "lines", "fill": "toself", "showlegend": False} | path | fill


def borders(where: Areas, shown: Box | None, p: Palette) -> list[Fill]:
    """The lines between districts, of which no more than a map may show. shown: all where None."""
    lines = [line for line in where.borders if shown is None or crop.near(shown, [line])]
    if not lines:
        return []
    # A light edge on both sides keeps the line visible between two dark areas.
    styles = {"color": p.background, "width": 3.5}, {"color": p.muted, "width": 1.3}
    return [outline(lines, style) for style in styles]


def outline(rings: Iterable[Ring], line: Fill) -> Fill:
    """Lines as one trace that answers nothing."""
    quiet = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    return quiet | _path(rings) | {"line": line}


def _path(rings: Iterable[Ring]) -> dict[str, list[float | None]]:
    """Many lines as one, with a gap between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*ring[0], None]
        y += [*ring[1], None]
    return {"x": x[:-1], "y": y[:-1]}


def locator(where: Areas, p: Palette) -> Fill:
    """The regency's land, where a cropped map says what part of it is shown."""
    fill = {"fillcolor": p.line, "line": {"color": p.line, "width": 0.5}, "hoverinfo": "skip"}
    land = {"type": "scatter", "mode": "lines", "fill": "toself", "showlegend": False}
    return land | _path(where.land) | fill | {"xaxis": "x2", "yaxis": "y2"}


def legend(swatches: Iterable[tuple[str, Fill]], p: Palette, below: bool = False) -> list[Fill]:
    """One entry each, by traces that hold nothing else.

    below: in the second legend, under the map, where longer words have room.
    """
    empty = {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [None],
        "y": [None],
        "showlegend": True,
    }
    empty |= {"legend": "legend2"} if below else {}
    line = {"line": {"color": p.line, "width": 0.7}}
    return [empty | fill | line | {"hoverinfo": "skip", "name": label} for label, fill in swatches]


def frames(where: Areas, about: Sequence[Area]) -> list[Frame] | None:
    """What a map shows on a laptop and on a phone, of the areas that it is about; None where that
    is all of the regency.
    """
    return crop.frames(where, about, (WIDE, NARROW))


def layout(
    where: Areas,
    drawn: Sequence[Area],
    wanted: Sequence[Name],
    title: str,
    p: Palette,
    shown: Sequence[Frame] | None = None,
) -> dict[str, Any]:
    """Axes around the areas drawn, the legend above, and of the names wanted those that fit.

    shown: of `frames`, where the map is cropped.
    """
    font = {"size": SMALL, "color": p.ink}
    plain = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "font": font,
        "bgcolor": "rgba(0,0,0,0)",
        "itemclick": False,
        "itemdoubleclick": False,
        "itemwidth": 30,
    }
    heading = {"text": safe(title), "side": "top", "font": font | {"color": p.muted}}
    common: dict[str, Any] = {
        "showlegend": True,
        "legend": plain | {"y": 1.01, "yanchor": "bottom", "title": heading},
        "legend2": plain | {"y": -0.01, "yanchor": "top"},
        "hoverdistance": 1 if where.kind == "official" else NEAR,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    }
    visible = list(drawn) or list(where.areas.values())
    if where.kind == "tiles":
        # On a phone tiles are drawn higher than wide, so that the names of districts have room.
        return (
            common
            | _tile_axes(where, visible)
            | {"meta": {"narrow": {"yaxis": {"scaleanchor": None}}}}
        )
    if shown:
        laptop, phone = (_cropped(where, frame, wanted, p) for frame in shown)
        return common | laptop | {"meta": {"narrow": {"height": LOW} | phone}}
    box = _box(visible)
    hidden = {"visible": False, "showgrid": False}
    laptop, phone = (
        {"annotations": placed(wanted, where.ratio, box, room, p)} for room in (WIDE, NARROW)
    )
    return common | {
        "xaxis": hidden | {"range": [box[0], box[2]]},
        "yaxis": hidden
        | {"range": [box[1], box[3]], "scaleanchor": "x", "scaleratio": where.ratio},
        **laptop,
        "meta": {"narrow": {"height": LOW} | phone},
    }


def _cropped(where: Areas, frame: Frame, wanted: Sequence[Name], p: Palette) -> dict[str, Any]:
    notes = placed(wanted, where.ratio, frame.box, frame.room, p, frame.taken)
    return crop.axes(frame, where, p) | {"annotations": notes}


def _box(areas: Sequence[Area]) -> Box:
    west, south, east, north = extent(areas)
    wide, high = max(east - west, LEAST), max(north - south, LEAST)
    x, y = (west + east) / 2, (south + north) / 2
    across, up = wide * (0.5 + MARGIN), high * (0.5 + MARGIN)
    return x - across, y - up, x + across, y + up


def _tile_axes(where: Areas, visible: Sequence[Area]) -> dict[str, Any]:
    """Rows of tiles headed by the district's name; only districts with villages in scope."""
    districts = {area.code[:8] for area in visible}
    named = [district for district in where.districts if district.code in districts]
    _, south, east, north = extent(visible)
    fit = {"constrain": "domain", "showgrid": False, "showline": False}
    return {
        "xaxis": fit
        | {"showticklabels": False, "range": [-0.7, east + 0.2], "constraintoward": "left"},
        "yaxis": fit
        | {
            "scaleanchor": "x",
            "range": [south - 0.2, north + 0.2],
            "constraintoward": "top",
            "tickvals": [district.point[1] for district in named],
            "ticktext": [safe(district.name) for district in named],
        },
    }
