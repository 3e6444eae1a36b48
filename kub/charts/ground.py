"""What a map stands on: outlines as traces, the legend, the axes,
and names of districts where they fit.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kub.charts.label_layout import LINE, centred, kept
from kub.charts.labels import SPARE
from kub.look import SMALL, Palette, safe
from kub.places.areas import Area, Areas, Point, Ring, extent

Fill = dict[str, Any]
Box = tuple[float, float, float, float]

# Land shown around the villages in scope, as a part of their extent; and the least extent, in
# degrees.
MARGIN, LEAST = 0.04, 0.09
# A pointer as far as this from a village's point still means it, px.
NEAR = 60
# For placing names: width and height of a map on a laptop and on a phone, px.
WIDE, NARROW = (590, 450), (350, 310)
# px: of a map on a laptop and on a phone (kub/ui/village.css), and of a row of tiles.
HIGH, LOW, TILE = 540, 420, 27
WEIGHTS = {"selected": 700, "district": 600, "village": 400, "on_dark": 400}
# With no more villages than this, they are named too.
FEW = 30


@dataclass(frozen=True)
class Name:
    """A name on the map. kind: selected (above its area), district,
    village, or on_dark (a village in a dark area).
    """

    text: str
    point: Point
    kind: str


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


def legend(swatches: Iterable[tuple[str, Fill]], p: Palette, below: bool = False) -> list[Fill]:
    """One entry each, by traces that hold nothing else: every class is explained, also one that no
    village is in.

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


def layout(
    where: Areas, drawn: Sequence[Area], wanted: Sequence[Name], title: str, p: Palette
) -> dict[str, Any]:
    """Axes around the areas drawn, the legend above, and of the names wanted those that fit."""
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
    box = _box(visible)
    hidden = {"visible": False, "showgrid": False}
    return common | {
        "xaxis": hidden | {"range": [box[0], box[2]]},
        "yaxis": hidden
        | {"range": [box[1], box[3]], "scaleanchor": "x", "scaleratio": where.ratio},
        "annotations": placed(wanted, where.ratio, box, WIDE, p),
        "meta": {
            "narrow": {"height": LOW, "annotations": placed(wanted, where.ratio, box, NARROW, p)}
        },
    }


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


def names(
    where: Areas,
    drawn: Sequence[Area],
    villages: Mapping[str, str],
    dark: Container[str],
    selected: str | None,
    coloured: Sequence[str] = (),
    leads: bool = False,
) -> list[Name]:
    """What could be named, the most important first: the village selected, districts, and villages
    if they are few.

    coloured: codes of villages with a value, the largest first: they and their districts come
    before empty ones. leads: no other has as much as the first of them, so titles name it, and
    the map does too.
    """
    rank = {code: place for place, code in enumerate(coloured)}
    drawn = sorted(drawn, key=lambda area: rank.get(area.code, len(rank)))
    inside = list(dict.fromkeys(area.code[:8] for area in drawn))
    chosen = [area for area in drawn if area.code == selected]
    wanted = [
        Name(villages[area.code], (area.point[0], extent([area])[3]), "selected") for area in chosen
    ]
    if leads and not chosen and len(drawn) > FEW:
        wanted += [
            Name(villages[drawn[0].code], (drawn[0].point[0], extent([drawn[0]])[3]), "selected")
        ]
    if len(inside) > 1:
        districts = {area.code: area for area in where.districts}
        named = [districts[code] for code in inside if code in districts]
        wanted += [Name(area.name, area.point, "district") for area in named]
    if len(drawn) <= FEW:
        others = [area for area in drawn if area.code != selected]
        wanted += [
            Name(villages[e.code], e.point, "on_dark" if e.code in dark else "village")
            for e in others
        ]
    return wanted


def placed(
    wanted: Sequence[Name], ratio: float, box: Box, room: tuple[float, float], p: Palette
) -> list[dict[str, Any]]:
    """The names that stand clear of each other, on a map of that width and height in px."""
    scale = min(room[0] / (box[2] - box[0]), room[1] / (box[3] - box[1]) / ratio)
    boxes = [
        centred(
            name.text,
            (name.point[0] - box[0]) * scale,
            (name.point[1] - box[1]) * scale * ratio + (LINE / 2 if name.kind == "selected" else 0),
            WEIGHTS[name.kind],
        )
        for name in wanted
    ]
    return [_note(wanted[place], p) for place in kept(boxes)]


def _note(name: Name, p: Palette) -> dict[str, Any]:
    color = p.background if name.kind == "on_dark" else p.ink
    font = {"size": SMALL, "color": color, "weight": WEIGHTS[name.kind], "shadow": "auto"}
    raised = {"yanchor": "bottom"} if name.kind == "selected" else {}
    place = {"x": name.point[0], "y": name.point[1], "text": safe(name.text), "showarrow": False}
    return place | {"font": font, "name": SPARE} | raised
