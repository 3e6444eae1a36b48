"""A map of villages shaded by class of value: plain outlines, with no map engine and no tiles from
anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import pandas as pd

from kub.charts import crop
from kub.charts.chart_data import Chart, ChartData, Point, Series, categories
from kub.charts.classes import Classes, classes
from kub.charts.ground import (
    NARROW,
    WIDE,
    Fill,
    filled,
    layout,
    legend,
    names,
    outline,
    placed,
)
from kub.look import Figure, Mode, Palette, area, palette
from kub.places.areas import Area, Areas, Place, tiles
from kub.words import Words

VALUE = "value"
# A fill besides those of kub/look.py: of villages whose value is nothing, which is a value too.
ZERO = "zero"
AreaState = Literal["none", "not_reported", "suppressed"]


@dataclass(frozen=True)
class Layer:
    """What the map shows, each by the code of its village.

    title: of the legend. spec: how values are written. states: VALUE, or why there is none; one of
    `without`, which has the words and the fill of each (an AreaState or ZERO), in the order of the
    legend. texts: what the pointer says. outside: words for land that is not in the frame.
    """

    title: str
    spec: str
    values: Mapping[str, float]
    states: Mapping[str, str]
    texts: Mapping[str, str]
    without: Mapping[str, tuple[str, str]]
    outside: str

    @property
    def valued(self) -> list[str]:
        """The villages with a value."""
        return [code for code, state in self.states.items() if state == VALUE]


def shaded(
    frame: pd.DataFrame,
    layer: Layer,
    words: Words,
    mode: Mode,
    areas: Areas | None = None,
    selected: str | None = None,
    cropped: bool = False,
) -> Chart:
    """One fill per class of value, and one for each reason of having none.

    frame: village_code, village and district of the villages in scope. areas: of all villages of
    the programme; without them, tiles of those in the frame. Villages that are not in the frame are
    drawn as empty land. selected: code of the village to outline. cropped: show no more than the
    land where there is a value, with a locator beside it (for the stage).
    """
    p, where = palette(mode), areas or tiles(_places(frame))
    values = [float(layer.values[code]) for code in layer.valued]
    shades = classes(values or [0], layer.spec == "rp")
    groups: dict[tuple[str, int], list[Area]] = {}
    for code in (code for code in layer.states if code in where.areas):
        state = layer.states[code]
        shade = shades.of(float(layer.values[code])) if state == VALUE else 0
        groups.setdefault((state, shade), []).append(where.areas[code])
    outside = [
        village_area for code, village_area in where.areas.items() if code not in layer.states
    ]
    traces = [filled(outside, _land(p) | {"hoverinfo": "skip"})] if outside else []
    for (state, shade), members in sorted(groups.items()):
        fill = _fill(layer, state, shade, shades, p)
        if where.kind == "official":
            # One trace each: only then does a click anywhere inside a crooked border mean this
            # village.
            traces += [
                filled(
                    [village_area], fill | _touch(village_area.code, layer.texts[village_area.code])
                )
                for village_area in members
            ]
        else:
            traces.append(filled(members, fill | {"hoverinfo": "skip"}))
    if where.borders:
        # A light edge on both sides keeps the line visible between two dark areas.
        traces.append(outline(where.borders, {"color": p.background, "width": 3.5}))
        traces.append(outline(where.borders, {"color": p.muted, "width": 1.3}))
    if selected is not None and selected in where.areas:
        traces.append(outline(where.areas[selected].rings, {"color": p.ink, "width": 3.5}))
    drawn = [village_area for members in groups.values() for village_area in members]
    traces.append(_points(drawn, layer.texts, exact=where.kind == "official"))
    if values:
        labels = enumerate(shades.labels(words, layer.spec))
        traces += legend(
            ((text, _fill(layer, VALUE, shade, shades, p)) for shade, text in labels), p
        )
    traces += legend(_without(layer, bool(outside), shades, p), p, below=True)
    called = dict(zip(frame["village_code"], frame["village"], strict=True))
    dark = [
        village_area.code
        for (_, shade), members in groups.items()
        if shades.is_dark(shade)
        for village_area in members
    ]
    coloured = sorted(layer.valued, key=lambda code: -float(layer.values[code]))
    leads = bool(coloured) and values.count(float(layer.values[coloured[0]])) == 1
    wanted = names(
        where,
        drawn,
        called,
        dark,
        selected,
        [code for code in coloured if code in where.areas],
        leads,
    )
    figure = {"data": traces, "layout": layout(where, drawn, wanted, layer.title, p)}
    codes, valued = frame["village_code"].tolist(), set(layer.valued)
    data = ChartData(
        "map",
        (
            Series(
                layer.title,
                tuple(
                    Point(code, float(layer.values[code]) if code in valued else None)
                    for code in codes
                ),
            ),
        ),
        categories(codes, frame["village"].tolist()),
        layer.spec,
    )
    if not cropped:
        return Chart(data, figure)
    shown_areas = [where.areas[code] for code in coloured if code in where.areas]
    return Chart(data, _crop(figure, where, shown_areas, called, dark, p))


def _crop(
    figure: Figure,
    where: Areas,
    shown: Sequence[Area],
    called: Mapping[str, str],
    dark: Sequence[str],
    p: Palette,
) -> Figure:
    """The figure on the land of the areas shown, the most important
    first; as it is where that saves nothing.
    """
    box = crop.box(where, shown)
    if box is None:
        return figure
    drawing = dict(figure["layout"])
    for axis, changes in crop.axes(box, where.ratio).items():
        drawing[axis] = drawing.get(axis, {}) | changes
    wanted = crop.names(where, shown, called, dark)
    drawing["annotations"] = placed(wanted, where.ratio, box, crop.room(WIDE), p)
    drawing["meta"] = {
        "narrow": drawing["meta"]["narrow"]
        | crop.narrow()
        | {"annotations": placed(wanted, where.ratio, box, crop.room(NARROW, phone=True), p)}
    }
    return {"data": [*figure["data"], *crop.locator(where, box, p)], "layout": drawing}


def _places(frame: pd.DataFrame) -> tuple[Place, ...]:
    """Places of the villages in the frame; a district's code is the
    first eight signs of a village's.
    """
    rows = zip(frame["village_code"], frame["village"], frame["district"], strict=True)
    return tuple(Place(code, village, code[:8], district) for code, village, district in rows)


def _fill(layer: Layer, state: str, shade: int, shades: Classes, p: Palette) -> Fill:
    if state == VALUE:
        return {"fillcolor": shades.colors(p)[shade], "line": {"color": p.background, "width": 0.7}}
    kind = layer.without[state][1]
    if kind == ZERO:
        return {"fillcolor": p.tint, "line": {"color": p.accent, "width": 0.7}}
    return area(cast(AreaState, kind), p)


def _land(p: Palette) -> Fill:
    return {"fillcolor": p.surface, "line": {"color": p.background, "width": 0.7}}


def _touch(code: str, text: str) -> Fill:
    return {"hoveron": "fills", "hoverinfo": "text", "text": text, "meta": code}


def _points(areas: Sequence[Area], texts: Mapping[str, str], exact: bool) -> Fill:
    """Unseen points that answer pointer and arrow keys: the nearest point is the area, for cells
    and tiles alike.

    exact: areas answer for themselves, so that a point must not answer for its neighbour's land.
    """
    return {
        "type": "scatter",
        "mode": "markers",
        "marker": {"size": 1 if exact else 12, "opacity": 0},
        "showlegend": False,
        "x": [village_area.point[0] for village_area in areas],
        "y": [village_area.point[1] for village_area in areas],
        "hoverinfo": "text",
        "hovertext": [texts[village_area.code] for village_area in areas],
        "customdata": [village_area.code for village_area in areas],
    }


def _without(layer: Layer, outside: bool, shades: Classes, p: Palette) -> list[tuple[str, Fill]]:
    """(label, fill) of each state without a value that is there."""
    present = set(layer.states.values())
    swatches = [
        (text, _fill(layer, state, 0, shades, p))
        for state, (text, _) in layer.without.items()
        if state in present
    ]
    return [*swatches, (layer.outside, _land(p))] if outside else swatches
