"""The map of both sides of a comparison: which of them has more, village by village."""

from collections.abc import Mapping, Sequence
from typing import Any

from kub.charts.against_places import side_of
from kub.charts.chart_data import Chart, ChartData, Point, Series, categories
from kub.charts.crop import near
from kub.charts.ground import borders, filled, frames, layout, locator
from kub.charts.ground import legend as swatches
from kub.charts.place_names import names as place_names
from kub.charts.shading import district_name, touched
from kub.findings.against import Part, Sides, write
from kub.look import Mode, area, palette, safe
from kub.places.areas import Area, Areas
from kub.words import Words

GROUPS = ("own", "against", "same", "unknown", "none")  # of villages on the map


def land(
    listed: Sequence[Part],
    column: str,
    spec: str,
    areas: Areas,
    sides: Sides,
    words: Words,
    mode: Mode,
) -> Chart:
    """Which side has more, village by village; where rows are of one side alone, whose they are.

    listed: the villages of both sides, by code. areas: of all villages of the programme.
    """
    p = palette(mode)
    apart = not any(part.apart >= 0 for part in listed)
    filled_by = {part.code: _group(part, apart) for part in listed}
    shown = frames(areas, [areas.areas[code] for code in _about(filled_by, areas)])
    window = shown[0].box if shown else None
    seen = {c: a for c, a in areas.areas.items() if window is None or near(window, a.rings)}
    groups: dict[str, list[Area]] = {name: [] for name in GROUPS}
    texts = {}
    for part in listed:
        if part.code in seen:
            groups[filled_by[part.code]].append(seen[part.code])
            texts[part.code] = _hover(part, column, spec, sides, words)
    outside = [where for code, where in seen.items() if code not in filled_by]
    edge = {"color": p.background, "width": 0.7}
    fills: dict[str, dict[str, Any]] = {
        "own": {"fillcolor": p.accent, "line": edge},
        "against": {"fillcolor": p.against, "line": edge},
        "same": {"fillcolor": p.context, "line": edge},
        "unknown": area("suppressed", p),
        "none": area("none", p),
    }
    ground = {"fillcolor": p.surface, "line": edge, "hoverinfo": "skip"}
    traces = [filled(outside, ground)] if outside else []
    for group, members in groups.items():
        if members:
            traces.append(filled(members, fills[group] | {"hoverinfo": "skip"}))
    traces += borders(areas, window, p)
    drawn = [where for members in groups.values() for where in members]
    traces.append(touched(drawn, texts, exact=False))
    texts_of = _entries(apart, sides, words)
    traces += swatches(
        (
            (texts_of[group], fills[group])
            for group in GROUPS
            if groups[group] or group in ("own", "against")
        ),
        p,
    )
    traces += [locator(areas, p)] if shown else []
    called = {part.code: part.name for part in listed}
    dark = [where.code for group in ("own", "against") for where in groups[group]]
    most = sorted(
        (part for part in listed if part.own or part.other),
        key=lambda part: -max(part.own or 0, part.other or 0),
    )
    coloured = [part.code for part in most if part.code in areas.areas]
    coloured += [where.code for where in groups["unknown"] if where.code not in coloured]
    wanted = place_names(
        areas,
        drawn,
        called,
        dark,
        None,
        coloured,
        district=district_name(words),
        close=bool(shown),
    )
    points = tuple(Point(part.code, part.own) for part in listed)
    theirs = tuple(Point(part.code, part.other) for part in listed)
    data = ChartData(
        "map",
        (Series(sides.own, points), Series(sides.other, theirs, "against")),
        categories([part.code for part in listed], [part.name for part in listed]),
        spec,
    )
    title = words(f"against.legend.{'apart' if apart else 'title'}")
    return Chart(data, {"data": traces, "layout": layout(areas, drawn, wanted, title, p, shown)})


def _about(filled_by: Mapping[str, str], areas: Areas) -> list[str]:
    """Codes of the villages that the map is about: where there is something, of all villages."""
    known = [code for code in filled_by if code in areas.areas]
    if len(known) < len(areas.areas):
        return known
    return [code for code in known if filled_by[code] != "none"]


def _group(part: Part, apart: bool) -> str:
    if not apart and (part.own is None or part.other is None):
        return "unknown"
    if not part.own and not part.other:
        return "none"
    side = side_of(part, apart)
    return {1: "own", -1: "against"}.get(side or 0, "same")


def _entries(apart: bool, sides: Sides, words: Words) -> dict[str, str]:
    more = {
        name: sides[at] if apart else words("against.legend.more", name=sides[at])
        for at, name in enumerate(GROUPS[:2])
    }
    return more | {name: words(f"against.legend.{name}") for name in GROUPS[2:]}


def _hover(part: Part, column: str, spec: str, sides: Sides, words: Words) -> str:
    lines = [f"<b>{safe(part.name)}</b>"]
    for name, number in ((sides.own, part.own), (sides.other, part.other)):
        if number is not None or part.apart >= 0:
            lines.append(safe(f"{name}: {write(number, column, spec, words)}"))
    return "<br>".join(lines)
