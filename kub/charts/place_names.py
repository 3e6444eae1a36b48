"""Which names a map says and where they stand: what its title names first, then what has a value,
the most of it first, and empty land last, quietly, where there is room.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from kub.charts.label_layout import GAP, LINE, Box, centred, text_width
from kub.charts.labels import SPARE
from kub.look import SMALL, Palette, safe
from kub.places.areas import Area, Areas, Point, extent

# first: the village selected, or the one that titles name. beside: a district where villages are
# named. empty: a place without a value.
WEIGHTS = {"first": 700, "district": 600, "beside": 600, "village": 400, "empty": 400}
MUTED = ("beside", "empty")
# With no more villages than this, they are named too.
FEW = 30
# Lines that the name of a village may move up or down, where another stands in its way.
MOVES = (0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2)
# Names of empty land keep so many times the room around them.
QUIET = 2


@dataclass(frozen=True)
class Name:
    """A name on the map.

    kind: of WEIGHTS. points: where it may stand, the best first. dark: whether the land is, there.
    land: west, south, east, north of a village, within which its name may move up or down. The
    first name stands on top of its land where that is too small for it.
    """

    text: str
    kind: str
    points: tuple[Point, ...]
    dark: bool = False
    land: tuple[float, float, float, float] | None = None


def names(
    where: Areas,
    drawn: Sequence[Area],
    called: Mapping[str, str],
    dark: Container[str],
    selected: str | None,
    coloured: Sequence[str] = (),
    leads: bool = False,
    district: Callable[[str], str] = str,
    close: bool = False,
) -> list[Name]:
    """What could be named, the most important first.

    drawn: the villages in scope; called: their names, by code. coloured: codes of those that are
    not empty, the largest first: they and their districts come before the others. leads: no other
    has as much as the first of them, so titles name it. district: what a district is called where
    villages are named beside it, of which some have the same name. close: whether the map is
    cropped, so that there is room for more than FEW of them.
    """
    known = {area.code: area for area in drawn}
    valued = [known[code] for code in coloured if code in known]
    first = valued[: int(leads)]
    if selected and selected in known:
        first = [known[selected]]
    villages = valued if close or len(valued) <= FEW else []
    villages = [area for area in villages if area not in first]
    others = []
    if len(drawn) <= FEW:
        others = [area for area in drawn if area.code not in coloured and area not in first]
    wanted = [_village(area, "first", called, dark) for area in first]
    wanted += [_village(area, "village", called, dark) for area in villages]
    beside = district if villages or others else str
    wanted += _districts(where, drawn, valued, beside, bool(villages))
    kind = "empty" if valued else "village"
    return wanted + [_village(area, kind, called, dark) for area in others]


def _village(area: Area, kind: str, called: Mapping[str, str], dark: Container[str]) -> Name:
    return Name(called[area.code], kind, (area.point,), area.code in dark, extent([area]))


def _districts(
    where: Areas,
    drawn: Sequence[Area],
    valued: Sequence[Area],
    district: Callable[[str], str],
    named: bool,
) -> list[Name]:
    """The districts in scope if there are several, those with a value first. named: whether the
    villages with a value are, too.
    """
    inside: dict[str, list[Area]] = {area.code[:8]: [] for area in [*valued, *drawn]}
    if len(inside) < 2:
        return []
    full = {area.code for area in valued}
    reached = {area.code[:8] for area in valued}
    for code, area in where.areas.items():
        if code[:8] in inside and code not in full:
            inside[code[:8]].append(area)
    known = {area.code: area for area in where.districts}
    listed = []
    for code in (code for code in inside if code in known):
        x, y = known[code].point
        # On land without a name of its own, as near to the middle as can be.
        free = sorted(
            (area.point for area in inside[code]), key=lambda at: hypot(at[0] - x, at[1] - y)
        )
        kind = "beside" if named else "district"
        if valued and code not in reached:
            kind = "empty"
        points = (*free, (x, y)) if named and code in reached else ((x, y), *free)
        listed.append(Name(district(known[code].name), kind, points))
    return listed


def placed(
    wanted: Sequence[Name],
    ratio: float,
    box: tuple[float, float, float, float],
    room: tuple[float, float],
    p: Palette,
    taken: tuple[float, float, float, float] | None = None,
) -> list[dict[str, Any]]:
    """The names that stand clear of each other, and whole, on a map of that width and height in
    px. taken: left, low, right, high of what else stands there, px from the lower left.
    """
    scale = min(room[0] / (box[2] - box[0]), room[1] / (box[3] - box[1]) / ratio)
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    picture = Box(0, room[0], 0, room[1])
    standing = [Box(taken[0], taken[2], taken[1], taken[3])] if taken else []
    notes = []
    for name in wanted:
        gap = GAP * QUIET if name.kind == "empty" else GAP
        for point, raised in _places(name, scale, ratio):
            at = centred(
                name.text,
                room[0] / 2 + (point[0] - middle[0]) * scale,
                room[1] / 2 + (point[1] - middle[1]) * scale * ratio + (LINE / 2 if raised else 0),
                WEIGHTS[name.kind],
            )
            if at.is_inside(picture) and not any(at.touches(other, gap) for other in standing):
                standing.append(at)
                notes.append(_note(name, point, raised, p))
                break
    return notes


def _places(name: Name, scale: float, ratio: float) -> list[tuple[Point, bool]]:
    """Where a name may stand, and whether it stands above its land there."""
    if not name.land:
        return [(point, False) for point in name.points]
    [(x, y)], (west, south, east, north) = name.points, name.land
    if name.kind == "first" and text_width(name.text, WEIGHTS["first"]) > (east - west) * scale:
        return [((x, north), True)]
    line = LINE / scale / ratio
    moved = [(x, y + up * line) for up in MOVES]
    inside = [(x, at) for x, at in moved if south + line / 2 <= at <= north - line / 2]
    return [(point, False) for point in [(x, y), *inside]]


def _note(name: Name, point: Point, raised: bool, p: Palette) -> dict[str, Any]:
    ink = p.muted if name.kind in MUTED else p.ink
    color = p.background if name.dark and not raised else ink
    # Plotly draws a rim around letters with a shadow, so that they are read on any shade.
    font = {"size": SMALL, "color": color, "weight": WEIGHTS[name.kind], "shadow": "auto"}
    above = {"yanchor": "bottom"} if raised else {}
    place = {"x": point[0], "y": point[1], "text": safe(name.text), "showarrow": False}
    return place | {"font": font, "name": SPARE} | above
