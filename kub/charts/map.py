"""The map of villages: plain outlines filled by class of value, with
no map engine and no tiles from anywhere.
"""

from collections.abc import Mapping, Sequence

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
from kub.findings.phrases import count, plural
from kub.findings.reach import VillageState, amount, column, spec, states
from kub.look import Figure, Mode, Palette, area, palette, safe
from kub.places.areas import Area, Areas, Place, tiles
from kub.words import Words

# A village without a value, in the order of the legend.
WITHOUT: tuple[VillageState, ...] = ("none", "not_reported", "no_population", "suppressed")


def villages(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    per: str = "",
    areas: Areas | None = None,
    selected: str | None = None,
    cropped: bool = False,
) -> Chart:
    """Where are the KUB, and where are none? One fill per class; hatched where there is no KUB.

    areas: of all villages of the programme; without them, tiles of those in the frame. Villages
    that are not in the frame are drawn as empty land. selected: code of the village to outline.
    cropped: show no more than the land where there is a value, with a locator beside it (for the
    stage).
    """
    p, shown = palette(mode), column(measure, per)
    where = areas or tiles(_places(frame))
    state_of = dict(zip(frame["village_code"], states(frame, shown), strict=True))
    values = dict(zip(frame["village_code"], frame[shown], strict=True))
    shades = classes(
        [float(values[code]) for code, state in state_of.items() if state == "value"] or [0]
    )
    groups: dict[tuple[VillageState, int], list[Area]] = {}
    for code in (code for code in state_of if code in where.areas):
        shade = shades.of(float(values[code])) if state_of[code] == "value" else 0
        groups.setdefault((state_of[code], shade), []).append(where.areas[code])
    texts = _texts(frame, shown, state_of, words)
    outside = [village_area for code, village_area in where.areas.items() if code not in state_of]
    traces = [filled(outside, _land(p) | {"hoverinfo": "skip"})] if outside else []
    for (state, shade), members in sorted(groups.items()):
        fill = _fill(state, shade, shades, p)
        if where.kind == "official":
            # One trace each: only then does a click anywhere inside a crooked border mean this
            # village.
            traces += [
                filled([village_area], fill | _touch(village_area.code, texts[village_area.code]))
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
    traces.append(_points(drawn, texts, exact=where.kind == "official"))
    if "value" in state_of.values():
        shaded = enumerate(shades.labels(words))
        traces += legend(((label, _fill("value", shade, shades, p)) for shade, label in shaded), p)
    traces += legend(
        _without(set(state_of.values()), bool(outside), shades, p, words), p, below=True
    )
    called = dict(zip(frame["village_code"], frame["village"], strict=True))
    dark = [
        village_area.code
        for (_, shade), members in groups.items()
        if shades.is_dark(shade)
        for village_area in members
    ]
    coloured = sorted(
        (code for code, state in state_of.items() if state == "value"),
        key=lambda code: -float(values[code]),
    )
    leads = bool(coloured) and [values[code] for code in coloured].count(values[coloured[0]]) == 1
    wanted = names(
        where,
        drawn,
        called,
        dark,
        selected,
        [code for code in coloured if code in where.areas],
        leads,
    )
    title = words(f"villages.legend.{shown}")
    figure = {"data": traces, "layout": layout(where, drawn, wanted, title, p)}
    codes = frame["village_code"].tolist()
    data = ChartData(
        "map",
        (
            Series(
                title,
                tuple(
                    Point(code, float(values[code]) if state_of[code] == "value" else None)
                    for code in codes
                ),
            ),
        ),
        categories(codes, frame["village"].tolist()),
        spec(shown),
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


def _fill(state: VillageState, shade: int, shades: Classes, p: Palette) -> Fill:
    if state == "value":
        return {"fillcolor": shades.colors(p)[shade], "line": {"color": p.background, "width": 0.7}}
    return area("not_reported" if state == "no_population" else state, p)


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


def _texts(
    frame: pd.DataFrame, shown: str, state_of: Mapping[str, VillageState], words: Words
) -> dict[str, str]:
    """What the pointer says of each village."""
    # Column by column: rows as dicts would take three times as long, and this is most of the
    # figure's time.
    columns = (
        frame[name].tolist()
        for name in ("village_code", "village", "district", "kub", "unreported", shown)
    )
    texts = {}
    for code, village, district, kub, unreported, value in zip(*columns, strict=True):
        lines = [
            f"<b>{safe(village)}</b>",
            safe(words("villages.hover.district", district=district)),
        ]
        texts[code] = "<br>".join(
            [*lines, *_lines(kub, unreported, value, shown, state_of[code], words)]
        )
    return texts


def _lines(
    kub: int, unreported: int, value: float, shown: str, state: VillageState, words: Words
) -> list[str]:
    if state == "none":
        return [words("villages.legend.none")]
    lines = [count(words, "kub", kub)]
    if state != "value":
        return [*lines, words(f"villages.legend.{state}")]
    if shown != "kub":
        lines.append(amount(words, shown, value))
    if shown == "members" and unreported:
        lines.append(plural(words, "village_kub.unreported", unreported))
    return lines


def _without(
    present: set[VillageState], outside: bool, shades: Classes, p: Palette, words: Words
) -> list[tuple[str, Fill]]:
    """(label, fill) of each state without a value that is there."""
    swatches = [
        (words(f"villages.legend.{s}"), _fill(s, 0, shades, p)) for s in WITHOUT if s in present
    ]
    return [*swatches, (words("villages.legend.outside"), _land(p))] if outside else swatches
