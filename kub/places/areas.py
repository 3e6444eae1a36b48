"""Areas of villages for a map without tiles or internet: plain outlines that any chart can fill.

Where centre points are known, each village gets the land nearest to its point (Voronoi cells,
clipped close around the points): schematic, no official border. Where they are not, villages are
tiles in rows by district. Official borders come from the user's own file
(kub/places/boundaries.py).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
import shapely
from shapely import Geometry

Ring = tuple[tuple[float, ...], tuple[float, ...]]  # x and y of a closed outline, or of a line
Point = tuple[float, float]
AreaKind = Literal["schematic", "official", "tiles"]

DECIMALS = 4  # of a degree: 11 m, far below what a screen shows
TILES_A_ROW = 24  # at most
# Land farther than this from every point, in mean distances between villages, is not drawn; the
# outline then runs back to EDGE of it. Of the values tried, these came nearest to Batang's real
# shape (91 % of the area of both together is common to both).
REACH, EDGE = 4.0, 0.7
# Two villages on one point (centre points are rounded) are drawn this far apart, in degrees.
APART = 0.0015
SPECK = 0.002  # of a district's area: islets and slivers get no border of the district
COARSE = 0.004  # of a degree: a locator shows the outline of a regency no finer
ISLANDS = 30  # parts of it at most, the largest


@dataclass(frozen=True)
class Place:
    """A village and where it lies; lat, lon in degrees or None."""

    code: str
    village: str
    district_code: str
    district: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Area:
    """One village. rings: its closed outlines, holes running the other way.

    point: inside it, for clicks.
    """

    code: str
    rings: tuple[Ring, ...]
    point: Point


@dataclass(frozen=True)
class District:
    """Where the name of a district stands: inside it, or left of the first row of its tiles."""

    code: str
    name: str
    point: Point


@dataclass(frozen=True)
class Areas:
    """Everything a map needs, x to the east and y to the north, in degrees or tiles.

    borders: lines between and around districts. ratio: how much longer a unit of y is on the ground
    than one of x. missing: codes of villages that have no area. land:
    the outline of the whole regency, for a locator.
    """

    kind: AreaKind
    areas: Mapping[str, Area]
    districts: tuple[District, ...]
    borders: tuple[Ring, ...]
    ratio: float
    missing: tuple[str, ...] = ()
    land: tuple[Ring, ...] = ()


def places(profiles: pd.DataFrame) -> tuple[Place, ...]:
    """The places of the question village_profile, hashable, so that their areas are made once."""
    columns = profiles[["village_code", "village", "district_code", "district", "lat", "lon"]]
    # NaN differs from itself, so a place with one would never be found in the cache.
    known = columns.astype(object).where(columns.notna(), None)
    return tuple(Place(*row) for row in known.itertuples(index=False, name=None))


@lru_cache(maxsize=16)
def drawn(villages: tuple[Place, ...]) -> Areas:
    """Schematic areas if most villages have a centre point, otherwise tiles."""
    located = tuple(place for place in villages if is_located(place))
    if 2 * len(located) <= len(villages):
        return tiles(villages)
    missing = tuple(place.code for place in villages if not is_located(place))
    squeeze = math.cos(math.radians(sum(latitude(place) for place in located) / len(located)))
    points = [(longitude(place) * squeeze, latitude(place)) for place in located]
    cells = _cells(np.array(_apart(points)))
    # Back to degrees: the chart stretches them again (ratio), so that hover and axes speak degrees.
    degrees = [shapely.transform(cell, lambda xy: xy / [squeeze, 1]) for cell in cells]
    return assembled("schematic", dict(zip(located, degrees, strict=True)), 1 / squeeze, missing)


def is_located(place: Place) -> bool:
    """Has it a point on this earth? Poles are no villages, and cannot be drawn on this map."""
    return (
        place.lat is not None
        and place.lon is not None
        and abs(place.lat) <= 85
        and abs(place.lon) <= 180
    )


def latitude(place: Place) -> float:
    """Degrees; 0 where unknown, which `is_located` rules out."""
    return place.lat or 0.0


def longitude(place: Place) -> float:
    """Degrees; 0 where unknown, which `is_located` rules out."""
    return place.lon or 0.0


def _apart(points: Iterable[Point]) -> list[Point]:
    """The points, those that stand on another moved a little, in a
    spiral, so that each has a cell.
    """
    taken: dict[Point, int] = {}
    moved = []
    for x, y in points:
        times = taken.get((x, y), 0)
        taken[x, y] = times + 1
        angle, far = 2.4 * times, APART * math.sqrt(times)
        moved.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    return moved


def _cells(points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> list[Geometry]:
    """The land nearest to each point, as far as it is near to any;
    cells neither overlap nor leave gaps.
    """
    cloud = shapely.multipoints(points)
    spacing = max(math.sqrt(cloud.convex_hull.area / len(points)), APART)
    # Growing and shrinking back closes the gaps between points and keeps bays: closer to a real
    # outline than a hull. One disc each and their union: buffering all points at once takes thirty
    # times as long.
    near = shapely.union_all(shapely.buffer(shapely.points(points), REACH * spacing, quad_segs=6))
    outline = shapely.simplify(
        shapely.buffer(near, (EDGE - REACH) * spacing, quad_segs=4), spacing / 40
    )
    if len(points) == 1:
        return [outline]
    cells = shapely.voronoi_polygons(cloud, extend_to=near, ordered=True).geoms
    return [shapely.intersection(cell, outline) for cell in cells]


def assembled(
    kind: AreaKind,
    shapes: Mapping[Place, Geometry],
    ratio: float,
    missing: tuple[str, ...],
    regency: Sequence[Geometry] = (),
) -> Areas:
    """Areas from polygons in degrees: outlines, borders of districts, and a point inside each.

    regency: all of its land, where the shapes are not.
    """
    areas = {}
    by_district: dict[tuple[str, str], list[Geometry]] = {}
    for place, shape in shapes.items():
        own = kind == "schematic" and shapely.Point(longitude(place), latitude(place))
        inside = own if own and shape.covers(own) else shape.representative_point()
        areas[place.code] = Area(
            place.code, rings(shape), (round(inside.x, DECIMALS), round(inside.y, DECIMALS))
        )
        by_district.setdefault((place.district_code, place.district), []).append(shape)
    # Districts as unions: borders drawn from villages would show each border of a village too.
    united = {
        district: shapely.union_all(by_district[district]) for district in sorted(by_district)
    }
    return Areas(
        kind,
        areas,
        tuple(District(code, name, _middle(shape)) for (code, name), shape in united.items()),
        _lines(united.values()),
        ratio,
        missing,
        _silhouette(regency or list(united.values())),
    )


def _silhouette(shapes: Sequence[Geometry]) -> tuple[Ring, ...]:
    """The outline of all of them together, without what a locator is too small for."""
    # Each is made coarse by itself, which is quick but parts neighbours: buffers close the gaps.
    coarse = shapely.simplify(np.array(shapes), COARSE)
    whole = shapely.union_all(shapely.buffer(coarse, COARSE, quad_segs=1))
    parts = sorted(shapely.get_parts(shapely.simplify(whole, COARSE)), key=lambda part: -part.area)
    return tuple(_ring(part.exterior) for part in parts[:ISLANDS] if part.area)


def rings(shape: Geometry) -> tuple[Ring, ...]:
    """The outlines, largest part first; holes turn the other way,
    so that a fill leaves them out.
    """
    parts = [
        part
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    return tuple(
        _ring(line)
        for part in sorted(parts, key=lambda part: -part.area)
        for line in (
            shapely.orient_polygons(part).exterior,
            *shapely.orient_polygons(part).interiors,
        )
    )


def _ring(line: Geometry) -> Ring:
    # Fewer digits make the figure smaller, which every visitor loads.
    xy = np.round(shapely.get_coordinates(line), DECIMALS)
    return tuple(xy[:, 0].tolist()), tuple(xy[:, 1].tolist())


def _middle(shape: Geometry) -> Point:
    # The centroid of a bent district may lie in its neighbour.
    point = shape.centroid if shape.covers(shape.centroid) else shape.representative_point()
    return round(point.x, DECIMALS), round(point.y, DECIMALS)


def _lines(shapes: Iterable[Geometry]) -> tuple[Ring, ...]:
    """Each border once, though two districts share it; without the specks
    between borders that were drawn apart.
    """
    edges = [
        part.exterior
        for shape in shapes
        for part in shapely.get_parts(shape)
        if part.area > SPECK * shape.area
    ]
    merged = shapely.line_merge(shapely.union_all(edges))
    return tuple(_ring(line) for line in shapely.get_parts(merged))


@lru_cache(maxsize=16)
def tiles(villages: tuple[Place, ...]) -> Areas:
    """One square per village, in rows by district, in the order of codes:
    position says nothing about where it lies.
    """
    by_district: dict[tuple[str, str], list[Place]] = {}
    for place in sorted(villages, key=lambda place: place.code):
        by_district.setdefault((place.district_code, place.district), []).append(place)
    largest = max(map(len, by_district.values()), default=1)
    across = math.ceil(largest / math.ceil(largest / TILES_A_ROW))  # no row of one leftover tile
    areas: dict[str, Area] = {}
    districts = []
    row = 0
    for (code, name), members in by_district.items():
        districts.append(District(code, name, (-0.5, -float(row))))
        for number, place in enumerate(members):
            x, y = float(number % across), -float(row + number // across)
            areas[place.code] = Area(place.code, (_square(x, y),), (x, y))
        row += math.ceil(len(members) / across)
    return Areas("tiles", areas, tuple(districts), (), 1.0)


def _square(x: float, y: float, half: float = 0.44) -> Ring:
    west, east, south, north = x - half, x + half, y - half, y + half
    return (west, east, east, west, west), (south, south, north, north, south)


def extent(areas: Sequence[Area]) -> tuple[float, float, float, float]:
    """West, south, east, north of some areas."""
    xs = [x for area in areas for ring in area.rings for x in ring[0]]
    ys = [y for area in areas for ring in area.rings for y in ring[1]]
    return min(xs), min(ys), max(xs), max(ys)
