"""The part of a regency that a map shows: the land where the KUB are fills it, and a small locator,
in a corner where it covers none of them, says where in the regency that is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kub.charts.labels import EDGE, WINDOW
from kub.look import Palette
from kub.places.areas import Area, Areas, Ring, extent

Box = tuple[float, float, float, float]  # west, south, east, north, in degrees
Room = tuple[float, float]  # px: width and height of a map

MARGIN = 0.1  # land around what a map is about, as a part of its extent: names need room too
LEAST = 0.06  # degrees, so that a single village keeps its neighbours
WORTH = 0.7  # of the regency's width or height: a crop that leaves out less than this is none
# The locator: of the map's height and at most of its width; px to its edges.
TALL, BROAD, APART = 0.27, 0.3, 6
AROUND = 0.07  # of the regency's extent, from its outline to the locator's frame
# Where every corner is taken, more land is shown until one is free.
WIDER, TIMES = 1.12, 8
# Windows are wider or higher than the map was planned for: Plotly then shows more land, at most so
# many times as much either way.
SPARE = 1.7
CORNERS = (("right", "top"), ("left", "top"), ("right", "bottom"), ("left", "bottom"))


@dataclass(frozen=True)
class Frame:
    """What a map shows in a room of one size. inset: where the locator stands, as parts of the
    map's width and height; corner: which one that is.
    """

    box: Box
    room: Room
    inset: Box
    corner: tuple[str, str]

    @property
    def taken(self) -> Box:
        """The locator's place, px from the lower left."""
        left, low, right, high = self.inset
        return left * self.room[0], low * self.room[1], right * self.room[0], high * self.room[1]


def frames(where: Areas, about: Sequence[Area], rooms: Sequence[Room]) -> list[Frame] | None:
    """The frame around the areas that a map is about, in rooms of several sizes; None where in the
    first of them the whole map says as much.
    """
    if not where.land or not about:
        return None
    first, low, last, top = _extent(where.land)
    west, south, east, north = filling(_close(about), where.ratio, rooms[0])
    if east - west > WORTH * (last - first) and north - south > WORTH * (top - low):
        return None
    return [_frame(where, about, room) for room in rooms]


def _close(about: Sequence[Area]) -> Box:
    west, south, east, north = extent(about)
    part = 1 + 2 * MARGIN
    wide, high = max(east - west, LEAST) * part, max(north - south, LEAST) * part
    return _around(((west + east) / 2, (south + north) / 2), wide, high)


def _frame(where: Areas, about: Sequence[Area], room: Room) -> Frame:
    first, low, last, top = _extent(where.land)
    shape = (last - first) / (top - low) / where.ratio
    box, corner = filling(_close(about), where.ratio, room), CORNERS[0]
    for _ in range(TIMES):
        if free := _free(box, where, about, shape, room):
            corner = free
            break
        box = _grown(box, WIDER)
    return Frame(box, room, _inset(shape, room, corner), corner)


def filling(box: Box, ratio: float, room: Room) -> Box:
    """The box with as much land around it as a room of that size shows."""
    west, south, east, north = box
    scale = min(room[0] / (east - west), room[1] / (north - south) / ratio)
    middle = (west + east) / 2, (south + north) / 2
    return _around(middle, room[0] / scale, room[1] / scale / ratio)


def near(box: Box, lines: Iterable[Ring]) -> bool:
    """Whether some window may show a part of the lines."""
    window = _grown(box, SPARE)
    return any(_touches((min(x), min(y), max(x), max(y)), window) for x, y in lines)


def axes(shown: Frame, where: Areas, p: Palette) -> dict[str, Any]:
    """The axes of map and locator, and the lines of the locator: what the map shows of the regency,
    and its own edge.
    """
    # The window is drawn whole, also where it reaches over sea.
    first, low, last, top = _union(_extent(where.land), shown.box)
    around = max(last - first, (top - low) * where.ratio) * AROUND
    left, below, right, above = shown.inset
    fixed: dict[str, Any] = {"visible": False, "showgrid": False, "constrain": "domain"}
    box = dict(zip(("x0", "y0", "x1", "y1"), shown.box, strict=True))
    window: dict[str, Any] = {
        "xref": "x2",
        "yref": "y2",
        "line": {"color": p.accent, "width": 2},
    } | box
    edge: dict[str, Any] = {
        "xref": "x2 domain",
        "yref": "y2 domain",
        "x0": 0,
        "y0": 0,
        "x1": 1,
        "y1": 1,
    }
    edge["line"] = {"color": p.line, "width": 1}
    return {
        "xaxis": {"visible": False, "showgrid": False, "range": [shown.box[0], shown.box[2]]},
        "yaxis": {
            "visible": False,
            "showgrid": False,
            "range": [shown.box[1], shown.box[3]],
            "scaleanchor": "x",
            "scaleratio": where.ratio,
        },
        "xaxis2": fixed
        | {"domain": [left, right], "range": [first - around, last + around]}
        | {"anchor": "y2", "constraintoward": shown.corner[0]},
        "yaxis2": fixed
        | {"domain": [below, above]}
        | {"range": [low - around / where.ratio, top + around / where.ratio]}
        | {"anchor": "x2", "scaleanchor": "x2", "scaleratio": where.ratio}
        | {"constraintoward": shown.corner[1]},
        "shapes": [
            {"type": "rect", "name": name} | line
            for name, line in zip((WINDOW, EDGE), (window, edge), strict=True)
        ],
    }


def _free(
    box: Box, where: Areas, about: Sequence[Area], shape: float, room: Room
) -> tuple[str, str] | None:
    """The corner in which the locator covers least land, and none that the map is about."""
    west, south, east, north = box
    free = []
    for corner in CORNERS:
        left, below, right, above = _inset(shape, room, corner)
        x = [west + part * (east - west) for part in (left, right)]
        y = [south + part * (north - south) for part in (below, above)]
        if any(_touches(extent([area]), (x[0], y[0], x[1], y[1])) for area in about):
            continue
        covered = sum(
            x[0] <= area.point[0] <= x[1] and y[0] <= area.point[1] <= y[1]
            for area in where.areas.values()
        )
        free.append((covered, CORNERS.index(corner)))
    return CORNERS[min(free)[1]] if free else None


def _inset(shape: float, room: Room, corner: tuple[str, str]) -> Box:
    """The locator's place in a corner, as parts of the room. shape: its width by its height."""
    high = min(TALL * room[1], BROAD * room[0] / shape)
    wide, high = high * shape / room[0], high / room[1]
    x, y = APART / room[0], APART / room[1]
    left = x if corner[0] == "left" else 1 - x - wide
    low = y if corner[1] == "bottom" else 1 - y - high
    return left, low, left + wide, low + high


def _around(middle: tuple[float, float], across: float, up: float) -> Box:
    x, y = middle
    return x - across / 2, y - up / 2, x + across / 2, y + up / 2


def _grown(box: Box, times: float) -> Box:
    west, south, east, north = box
    middle = (west + east) / 2, (south + north) / 2
    return _around(middle, (east - west) * times, (north - south) * times)


def _union(box: Box, other: Box) -> Box:
    west, south = (min(box[at], other[at]) for at in (0, 1))
    east, north = (max(box[at], other[at]) for at in (2, 3))
    return west, south, east, north


def _touches(box: Box, other: Box) -> bool:
    return all(box[at] < other[at + 2] and other[at] < box[at + 2] for at in (0, 1))


def _extent(lines: Iterable[Ring]) -> Box:
    """West, south, east, north of some lines."""
    xs, ys = zip(*lines, strict=True)
    return min(map(min, xs)), min(map(min, ys)), max(map(max, xs)), max(map(max, ys))
