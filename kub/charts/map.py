"""The map of villages: plain outlines filled by class of value, with no map engine and no tiles from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from kub.areas import Area, Areas, District, Place, Ring, extent, tiles
from kub.charts.classes import Classes, classes
from kub.findings.phrases import count, plural
from kub.findings.reach import State, amount, column, states
from kub.look import SMALL, Figure, Mode, Palette, area, palette, safe
from kub.words import Words

# Land shown around the villages in scope, as a part of their extent; and the least extent, in degrees.
MARGIN, LEAST = 0.04, 0.02
# For placing names: how wide a map is taken to be on a laptop and on a phone, and a letter of SMALL, in px.
WIDE, NARROW, LETTER = 640, 340, 7.2
# A pointer as far as this from a village's point still means it, px.
NEAR = 60
Fill = dict[str, Any]


def villages(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    per: str = "",
    areas: Areas | None = None,
    selected: str | None = None,
    **_: Any,
) -> Figure:
    """Where are the KUB, and where are none? One fill per class, hatching where there is no KUB.

    areas: of all villages of the programme; without them, tiles of those in the frame. Villages that
    are not in the frame are drawn as empty land. selected: code of the village to outline.
    """
    p, shown = palette(mode), column(measure, per)
    where = areas or tiles(_places(frame))
    drawn = [code for code in frame["village_code"] if code in where.areas]
    found = dict(zip(frame["village_code"], states(frame, shown), strict=True))
    values = dict(zip(frame["village_code"], frame[shown], strict=True))
    shades = classes([float(values[c]) for c in found if found[c] == "value"] or [0])
    style = {code: _fill(found[code], values[code], shades, p) for code in drawn}
    texts = dict(zip(frame["village_code"], _texts(frame, shown, list(found.values()), words), strict=True))
    outside = [a for code, a in where.areas.items() if code not in style]
    traces = [_land(outside, p)] if outside else []
    if where.kind == "official":
        # One trace each: only then does a click anywhere inside the border mean this village.
        traces += [_filled([where.areas[c]], style[c][1]) | _touch(c, texts[c]) for c in drawn]
    else:
        for name in dict.fromkeys(sorted(name for name, _ in style.values())):
            group = [code for code in drawn if style[code][0] == name]
            traces.append(_filled([where.areas[c] for c in group], style[group[0]][1]) | {"hoverinfo": "skip"})
    if where.borders:
        traces.append(_outline(where.borders, {"color": p.muted, "width": 1.2}))
    if selected in where.areas:
        traces.append(_outline(where.areas[selected].rings, {"color": p.ink, "width": 3.5}))
    traces.append(_points([where.areas[c] for c in drawn], [texts[c] for c in drawn], where.kind == "official"))
    traces += _legend(set(found.values()), bool(outside), shades, p, words)
    return {"data": traces, "layout": _layout(frame, where, drawn, selected, shown, p, words)}


def _places(frame: pd.DataFrame) -> tuple[Place, ...]:
    """Places of the villages in the frame; a district's code is the first eight signs of a village's."""
    rows = zip(frame["village_code"], frame["village"], frame["district"], strict=True)
    return tuple(Place(code, village, code[:8], district) for code, village, district in rows)


def _fill(state: State, value: float, shades: Classes, p: Palette) -> tuple[str, Fill]:
    """(which trace, how it is filled)."""
    if state == "value":
        place = shades.of(float(value))
        return f"value{place}", {"fillcolor": shades.colors(p)[place], "line": {"color": p.background, "width": 0.7}}
    return state, area("not_reported" if state == "no_population" else state, p)


def _filled(areas: Sequence[Area], fill: Fill) -> Fill:
    return {"type": "scatter", "mode": "lines", "fill": "toself", "showlegend": False, **_path(r for a in areas for r in a.rings), **fill}  # fmt: skip


def _path(rings: Iterable[Ring]) -> dict[str, list[float | None]]:
    """Many lines as one, with a gap between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*ring[0], None]
        y += [*ring[1], None]
    return {"x": x[:-1], "y": y[:-1]}


def _touch(code: str, text: str) -> Fill:
    return {"hoveron": "fills", "hoverinfo": "text", "text": text, "meta": code}


def _land(areas: Sequence[Area], p: Palette) -> Fill:
    return _filled(areas, {"fillcolor": p.surface, "line": {"color": p.background, "width": 0.7}, "hoverinfo": "skip"})


def _outline(rings: Iterable[Ring], line: Fill) -> Fill:
    return {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False, **_path(rings)}


def _points(areas: Sequence[Area], texts: Sequence[str], exact: bool) -> Fill:
    """Unseen points that answer pointer and arrow keys: the nearest point is the area, for cells and tiles alike.

    exact: areas answer for themselves, so that a point must not answer for its neighbour's land.
    """
    return {
        "type": "scatter", "mode": "markers", "marker": {"size": 1 if exact else 12, "opacity": 0}, "showlegend": False,
        "x": [a.point[0] for a in areas], "y": [a.point[1] for a in areas],
        "hoverinfo": "text", "hovertext": list(texts), "customdata": [a.code for a in areas],
    }  # fmt: skip


def _texts(frame: pd.DataFrame, shown: str, found: Sequence[State], words: Words) -> list[str]:
    return [
        "<br>".join([f"<b>{safe(row.village)}</b>", safe(words("villages.hover.district", district=row.district)), *_said(row, shown, state, words)])
        for row, state in zip(frame.itertuples(), found, strict=True)
    ]  # fmt: skip


def _said(row: Any, shown: str, state: State, words: Words) -> list[str]:
    if state == "none":
        return [words("villages.legend.none")]
    lines = [count(words, "kub", row.kub)]
    if state != "value":
        return [*lines, words(f"villages.legend.{state}")]
    if shown != "kub":
        lines.append(amount(words, shown, getattr(row, shown)))
    if shown == "members" and row.unreported:
        lines.append(plural(words, "village_kub.unreported", row.unreported))
    return lines


def _legend(found: set[State], outside: bool, shades: Classes, p: Palette, words: Words) -> list[Fill]:
    """A swatch for each class and state that is there; drawn by traces that hold nothing else."""
    swatches: list[tuple[str, Fill]] = []
    if "value" in found:
        swatches += [
            (text, {"fillcolor": color}) for text, color in zip(shades.labels(words), shades.colors(p), strict=True)
        ]
    for state in ("none", "not_reported", "no_population", "suppressed"):
        if state in found:
            swatches.append((words(f"villages.legend.{state}"), _fill(state, 0, shades, p)[1]))  # type: ignore[arg-type]
    if outside:
        swatches.append((words("villages.legend.outside"), {"fillcolor": p.surface}))
    return [
        {"type": "scatter", "mode": "lines", "fill": "toself", "x": [None], "y": [None], "showlegend": True,
         "hoverinfo": "skip", "name": name, "line": {"color": p.line, "width": 0.7}} | fill
        for name, fill in swatches
    ]  # fmt: skip


def _layout(
    frame: pd.DataFrame, where: Areas, drawn: Sequence[str], selected: str | None, shown: str, p: Palette, words: Words
) -> dict[str, Any]:
    hidden = {"visible": False, "showgrid": False}
    legend = {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False,
        "title": {"text": f"{words(f'villages.legend.{shown}')}  ", "font": {"size": SMALL, "color": p.muted}},
        "font": {"size": SMALL, "color": p.ink}, "itemwidth": 30, "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip
    layout: dict[str, Any] = {
        "showlegend": True, "legend": legend, "hoverdistance": 1 if where.kind == "official" else NEAR,
        "xaxis": hidden, "yaxis": hidden | {"scaleanchor": "x", "scaleratio": where.ratio},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    }  # fmt: skip
    if where.kind == "tiles":
        return layout | _tile_axes(where, drawn)
    box = _box([where.areas[code] for code in drawn] or list(where.areas.values()))
    layout["xaxis"] = hidden | {"range": [box[0], box[2]]}
    layout["yaxis"] = layout["yaxis"] | {"range": [box[1], box[3]]}
    names = dict(zip(frame["village_code"], frame["village"], strict=True))
    marked = [(names[selected], where.areas[selected].point)] if selected in names and selected in where.areas else []
    layout["annotations"] = _names(where, drawn, marked, box, WIDE, p)
    layout["meta"] = {"narrow": {"annotations": _names(where, drawn, marked, box, NARROW, p)}}
    return layout


def _box(areas: Sequence[Area]) -> tuple[float, float, float, float]:
    west, south, east, north = extent(areas)
    x, y = max(MARGIN * (east - west), LEAST / 2), max(MARGIN * (north - south), LEAST / 2)
    return west - x, south - y, east + x, north + y


def _tile_axes(where: Areas, drawn: Sequence[str]) -> dict[str, Any]:
    """Rows of tiles headed by the district's name; only districts with villages in scope."""
    districts = {code[:8] for code in drawn}
    shown = [d for d in where.districts if d.code in districts]
    _, south, east, north = extent([where.areas[code] for code in drawn] or list(where.areas.values()))
    return {
        "xaxis": {"visible": False, "showgrid": False, "range": [-0.7, east + 0.2], "constrain": "domain", "constraintoward": "left"},
        "yaxis": {
            "showgrid": False, "scaleanchor": "x", "range": [south - 0.2, north + 0.2], "constrain": "domain", "constraintoward": "top",
            "tickvals": [d.point[1] for d in shown], "ticktext": [safe(d.name) for d in shown],
        },
    }  # fmt: skip


def _names(
    where: Areas, drawn: Sequence[str], marked: list[tuple[str, tuple[float, float]]],
    box: tuple[float, float, float, float], width: float, p: Palette,
) -> list[dict[str, Any]]:  # fmt: skip
    """Names of districts where they do not stand on one another; first the village outlined, then districts in scope."""
    scale = width / (box[2] - box[0])
    inside = {code[:8] for code in drawn}
    labels = [(name, point, True) for name, point in marked]
    labels += [(d.name, d.point, False) for d in _by_importance(where.districts, inside)]
    taken: list[tuple[float, float, float]] = []
    notes = []
    for name, (x, y), strong in labels:
        px, py, half = (x - box[0]) * scale, (y - box[1]) * scale * where.ratio, len(name) * LETTER / 2
        if not (half < px < width - half) or any(abs(px - u) < half + v and abs(py - w) < 18 for u, w, v in taken):
            continue
        taken.append((px, py, half))
        font = {"size": SMALL, "color": p.ink, "weight": 700 if strong else 500, "shadow": _halo(p)}
        notes.append(
            {"x": x, "y": y, "text": safe(name), "showarrow": False, "font": font} | ({"yshift": 16} if strong else {})
        )
    return notes


def _halo(p: Palette) -> str:
    return "auto"


def _by_importance(districts: Iterable[District], inside: set[str] | Mapping[str, Any]) -> list[District]:
    return [d for d in districts if d.code in inside]
