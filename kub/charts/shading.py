"""A map of villages shaded by class of value: plain outlines, with no map engine and no tiles from
anywhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import pandas as pd

from kub.charts import crop
from kub.charts.chart_data import Chart, ChartData, Point, Series, categories
from kub.charts.classes import Classes, classes
from kub.charts.ground import (
    Fill,
    borders,
    filled,
    frames,
    layout,
    legend,
    locator,
    outline,
)
from kub.charts.place_names import names
from kub.look import Mode, Palette, area, palette
from kub.places.areas import Area, Areas, Place, tiles
from kub.words import Words

VALUE = "value"
# A fill besides those of kub/look.py: of villages whose value is nothing, which is a value too.
ZERO = "zero"
# The state of villages where there is nothing that the map could be about.
NONE = "none"
AreaState = Literal["none", "not_reported", "suppressed"]


@dataclass(frozen=True)
class Layer:
    """What the map shows, each by the code of its village.

    title: what the values are. spec: how they are written. states: VALUE, or why there is none; one
    of `without`, which has the words and the fill of each (an AreaState or ZERO), in the order of
    the legend. texts: what the pointer says. outside: words for land that is not in the frame.
    heading: of the legend, which says of each class how many villages are in it; noun: what so many
    are called. scale: other
    values that the classes are made for, those of other years. reach: codes of villages that the
    map is about besides those with a state other than NONE.
    """

    title: str
    spec: str
    values: Mapping[str, float]
    states: Mapping[str, str]
    texts: Mapping[str, str]
    without: Mapping[str, tuple[str, str]]
    outside: str
    heading: str
    noun: Callable[[int], str]
    scale: Sequence[float] = ()
    reach: Iterable[str] = ()

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
) -> Chart:
    """One fill per class of value, and one for each reason of having none; no more land than around
    what the map is about, with a locator where that is a part of the regency.

    frame: village_code, village and district of the villages in scope. areas: of all villages of
    the programme; without them, tiles of those in the frame. Villages that are not in the frame are
    drawn as empty land. selected: code of the village to outline.
    """
    p, where = palette(mode), areas or tiles(_places(frame))
    values = [float(layer.values[code]) for code in layer.valued]
    shades = classes(values or [0], layer.spec == "rp", layer.scale)
    shown = frames(where, _about(where, layer, selected))
    window = shown[0].box if shown else None
    # Land that no window of any size shows only makes the figure larger.
    seen = {
        code: land
        for code, land in where.areas.items()
        if window is None or crop.near(window, land.rings)
    }
    groups: dict[tuple[str, int], list[Area]] = {}
    for code in (code for code in layer.states if code in seen):
        state = layer.states[code]
        shade = shades.of(float(layer.values[code])) if state == VALUE else 0
        groups.setdefault((state, shade), []).append(seen[code])
    outside = [land for code, land in seen.items() if code not in layer.states]
    traces = [filled(outside, _land(p) | {"hoverinfo": "skip"})] if outside else []
    for (state, shade), members in sorted(groups.items()):
        fill = _fill(layer, state, shade, shades, p)
        if where.kind == "official":
            # One trace each: only then does a click anywhere inside a crooked border mean this
            # village.
            traces += [
                filled([land], fill | _touch(land.code, layer.texts[land.code])) for land in members
            ]
        else:
            traces.append(filled(members, fill | {"hoverinfo": "skip"}))
    traces += borders(where, window, p)
    if selected is not None and selected in where.areas:
        traces.append(outline(where.areas[selected].rings, {"color": p.ink, "width": 3.5}))
    # The most first: arrow keys walk in this order.
    coloured = sorted(layer.valued, key=lambda code: -float(layer.values[code]))
    drawn = _in_order([land for members in groups.values() for land in members], coloured)
    traces.append(touched(drawn, layer.texts, exact=where.kind == "official"))
    traces += _legend(layer, shades, bool(outside), words, p)
    traces += [locator(where, p)] if shown else []
    dark = {
        land.code
        for (state, shade), members in groups.items()
        if state == VALUE and shades.is_dark(shade)
        for land in members
    }
    leads = bool(coloured) and values.count(float(layer.values[coloured[0]])) == 1
    called = dict(zip(frame["village_code"], frame["village"], strict=True))
    # A village whose value is not told is no empty land, either.
    untold = [code for code, state in layer.states.items() if state not in (VALUE, NONE)]
    order = [*coloured, *untold]
    say = district_name(words)
    wanted = names(where, drawn, called, dark, selected, order, leads, say, bool(shown))
    return Chart(
        _data(frame, layer),
        {"data": traces, "layout": layout(where, drawn, wanted, layer.heading, p, shown)},
    )


def district_name(words: Words) -> Callable[[str], str]:
    """What a district is called beside villages: 'Kec. Tulis', for there is a village of Tulis."""
    return lambda name: words("villages.hover.district", district=name)


def _about(where: Areas, layer: Layer, selected: str | None) -> list[Area]:
    """The land that the map is about: where there is something; where places are chosen, these."""
    codes = set(layer.states)
    if codes.issuperset(where.areas):
        codes = {code for code, state in layer.states.items() if state != NONE}
        codes.update(layer.reach)
    if selected is not None:
        codes.add(selected)
    return [land for code, land in where.areas.items() if code in codes]


def _in_order(drawn: Sequence[Area], first: Sequence[str]) -> list[Area]:
    rank = {code: place for place, code in enumerate(first)}
    return sorted(drawn, key=lambda land: rank.get(land.code, len(rank)))


def _data(frame: pd.DataFrame, layer: Layer) -> ChartData:
    codes, valued = frame["village_code"].tolist(), set(layer.valued)
    points = (Point(code, float(layer.values[code]) if code in valued else None) for code in codes)
    return ChartData(
        "map",
        (Series(layer.title, tuple(points)),),
        categories(codes, frame["village"].tolist()),
        layer.spec,
    )


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


def touched(areas: Sequence[Area], texts: Mapping[str, str], exact: bool) -> Fill:
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


def _legend(layer: Layer, shades: Classes, outside: bool, words: Words, p: Palette) -> list[Fill]:
    """The classes and the reasons of having none that there are, and how many villages are in
    each.
    """
    held = Counter(shades.of(float(layer.values[code])) for code in layer.valued)
    swatches = [
        (
            words("villages.legend.counted", label=text, villages=held[shade]),
            _fill(layer, VALUE, shade, shades, p),
        )
        for shade, text in enumerate(shades.labels(words, layer.spec))
        if held[shade]
    ]
    without = Counter(layer.states.values())
    below = [
        (
            words(
                "villages.legend.state",
                label=text,
                villages=without[state],
                noun=layer.noun(without[state]),
            ),
            _fill(layer, state, 0, shades, p),
        )
        for state, (text, _) in layer.without.items()
        if without[state]
    ]
    below += [(layer.outside, _land(p))] if outside else []
    return [*legend(swatches, p), *legend(below, p, below=True)]
