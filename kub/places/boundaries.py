"""Official borders from the user's own GeoJSON, if one lies in the data folder; with a report of
what did not match.

Looked for in `<data folder>/boundaries/*.geojson`, then `<data folder>/*.geojson`. A feature says
which village it is by its official code, with or without dots, in any of the usual properties. A
file that cannot be used is named with its reason, and the schematic areas are drawn instead.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely import Geometry
from shapely.geometry import shape as geometry

from kub.places.areas import Areas, Place, assembled

# Offices, BIG and OpenStreetMap exports call the code by one of these, in any case.
# fmt: off
CODE_PROPERTIES = (
    "village_code", "kode_desa", "kode_kelurahan", "kd_desa", "kddesa", "kodedesa", "kode_kel",
    "kel_desa", "kdepum", "kode_kemendagri", "kemendagri", "kode_wilayah", "kode", "code",
    "desa_id", "id_desa", "iddesa", "id_kel", "village_id", "id", "ref",
)
# fmt: on
CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})(?:\.0)?")
MOST_BYTES = 80_000_000  # json.loads takes about ten times this in memory
# About 90 kB of the figure: finer borders cannot be seen on a screen, and every visitor would wait
# for them.
MOST_VERTICES = 5000
FINEST, COARSEST = 0.0001, 0.02  # of a degree: 11 m to 2 km
GRID = 0.00001  # of a degree: 1 m
AROUND = 0.08  # of a degree: land drawn around a few villages at least

Shapes = dict[str, list[Geometry]]


@dataclass(frozen=True)
class Report:
    """What a page says of the files. problems: (file, rule, values) of those that could not be
    used.

    matched: villages with borders. without: codes of villages that no feature names. elsewhere:
    features of villages of other regencies. strangers: what features without a known code call
    themselves. shapeless: features that name a village but hold no area.
    """

    files: tuple[str, ...] = ()
    problems: tuple[tuple[str, str, Mapping[str, object]], ...] = ()
    matched: int = 0
    without: tuple[str, ...] = ()
    elsewhere: int = 0
    strangers: tuple[str, ...] = ()
    shapeless: int = 0

    @property
    def complete(self) -> bool:
        """Whether every village has borders and every feature its village."""
        return not (self.problems or self.without or self.strangers or self.shapeless)


@dataclass(frozen=True, eq=False)
class Boundaries:
    """The borders read, in full detail, by village; and the report on them."""

    shapes: Mapping[Place, Geometry]
    report: Report


class Unusable(Exception):
    """A file that holds no borders we can draw. rule: under [boundaries.problem] in the words."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


def files(folder: Path) -> list[Path]:
    """The GeoJSON files of a data folder, those in boundaries/ first."""
    return [*sorted((folder / "boundaries").glob("*.geojson")), *sorted(folder.glob("*.geojson"))]


def read(folder: Path, villages: tuple[Place, ...]) -> Boundaries | None:
    """The borders of these villages; None where the folder holds no GeoJSON.

    Read again when a file changes.
    """
    # The key of the cache: a file that was changed has another time or size.
    stats = []
    for path in files(folder):
        stat = path.stat()
        stats.append((path, stat.st_mtime_ns, stat.st_size))
    return _read(tuple(stats), villages) if stats else None


@lru_cache(maxsize=8)
def _read(stats: tuple[tuple[Path, int, int], ...], villages: tuple[Place, ...]) -> Boundaries:
    known = {place.code: place for place in villages}
    shapes: Shapes = {}
    problems, strangers, elsewhere = [], [], 0
    for path, _, size in stats:
        try:
            mine, others = _sorted_out(_features(path, size), known)
        except Unusable as problem:
            problems.append((path.name, problem.rule, problem.values))
            continue
        for code, parts in mine.items():
            shapes.setdefault(code, []).extend(parts)
        strangers += [name for name in others if name is not None]
        elsewhere += sum(name is None for name in others)
    drawable = {
        known[code]: united
        for code, parts in shapes.items()
        if (united := _united(parts)) is not None
    }
    shapeless = len(shapes) - len(drawable)
    without = tuple(place.code for place in villages if place not in drawable)
    names = tuple(path.name for path, _, _ in stats)
    report = Report(
        names, tuple(problems), len(drawable), without, elsewhere, tuple(strangers), shapeless
    )
    return Boundaries(drawable, report)


@lru_cache(maxsize=16)
def areas(boundaries: Boundaries, focus: tuple[str, ...] = ()) -> Areas | None:
    """The borders as a map draws them, as fine as its size allows; None where no feature matched.

    focus: codes of the villages looked at, all if empty. Only they and what lies around them is
    drawn: a few villages are shown in more detail than a whole regency.
    """
    shapes = _near(boundaries.shapes, frozenset(focus))
    if not shapes:
        return None
    middle = math.radians(sum(shape.centroid.y for shape in shapes.values()) / len(shapes))
    simple = dict(zip(shapes, _simplified(list(shapes.values())), strict=True))
    every = list(boundaries.shapes.values())
    return assembled("official", simple, 1 / math.cos(middle), boundaries.report.without, every)


def _near(shapes: Mapping[Place, Geometry], focus: frozenset[str]) -> dict[Place, Geometry]:
    """The villages in focus and those within half their extent around
    them; all villages where none in focus has borders.
    """
    chosen = [shape for place, shape in shapes.items() if place.code in focus]
    if not chosen:
        return dict(shapes)
    west, south, east, north = shapely.total_bounds(chosen)
    x, y = max((east - west) / 2, AROUND), max((north - south) / 2, AROUND)
    around = shapely.box(west - x, south - y, east + x, north + y)
    return {place: shape for place, shape in shapes.items() if shape.intersects(around)}


def _features(path: Path, size: int) -> list[Any]:
    """The features of a file. Raises Unusable."""
    if size > MOST_BYTES:
        raise Unusable("too_large", megabytes=size / 1e6, most=MOST_BYTES / 1e6)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unusable("broken") from error
    except OSError as error:
        raise Unusable("unreadable") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise Unusable("no_features")
    return features


def _sorted_out(features: list[Any], known: Mapping[str, Place]) -> tuple[Shapes, list[str | None]]:
    """Polygons by village code, and the features of other places:
    their name, or None if of another regency.
    """
    mine: Shapes = {}
    others: list[str | None] = []
    regencies = {code[:5] for code in known}
    for feature in features:
        properties = _properties(feature)
        # A file may hold the codes of ministry and statistics office side by side: any that is
        # known will do.
        codes = list(_codes(properties))
        code = next((code for code in codes if code in known), None)
        if code is None:
            foreign = bool(codes) and regencies.isdisjoint(code[:5] for code in codes)
            others.append(None if foreign else _called(properties))
            continue
        mine.setdefault(code, []).extend(_polygons(feature.get("geometry")))
    return mine, others


def _properties(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return {}
    stated = {str(name).lower(): value for name, value in (feature.get("properties") or {}).items()}
    if "id" in stated:
        return stated
    return stated | {"id": feature.get("id")}


def _codes(properties: Mapping[str, Any]) -> Iterator[str]:
    """Every official village code a feature states, dotted."""
    for name in CODE_PROPERTIES:
        if match := CODE.fullmatch(str(properties.get(name, "")).strip()):
            yield ".".join(match.groups())


def _called(properties: Mapping[str, Any]) -> str:
    """A name for a feature without a code: its first text, else ''."""
    texts = (value.strip() for value in properties.values() if isinstance(value, str))
    return next((text[:60] for text in texts if text), "")


def _polygons(stated: Any) -> list[Geometry]:
    """The polygons of a GeoJSON geometry; none if it is a point, a line or no geometry.

    Raises Unusable.
    """
    if not isinstance(stated, dict) or stated.get("type") not in ("Polygon", "MultiPolygon"):
        return []
    try:
        shape = shapely.force_2d(geometry(stated))
    except (
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        AttributeError,
        shapely.errors.ShapelyError,
    ):
        return []
    bounds = shape.bounds
    if not all(math.isfinite(edge) for edge in bounds):
        return []
    if max(abs(bounds[0]), abs(bounds[2])) > 180 or max(abs(bounds[1]), abs(bounds[3])) > 85:
        # Metres (UTM) or latitude first: drawing it would be a wrong map, not a rough one.
        raise Unusable("not_degrees")
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    return [
        part
        for part in shapely.get_parts(valid, return_index=False)
        if part.geom_type == "Polygon" and part.area
    ]


def _united(parts: list[Geometry]) -> Geometry | None:
    """One shape of a village's parts, or None if it has none."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _simplified(before: list[Geometry]) -> list[Geometry]:
    """At most MOST_VERTICES; neighbours keep one common border, so no gaps open between them."""
    # As fine as the size allows: tolerance doubles until the whole map is small enough.
    after, tolerance = before, FINEST
    # Borders that differ in the last decimals are one border only once they are rounded alike.
    if _vertices(before) > MOST_VERTICES:
        rounded = [shapely.set_precision(shape, GRID) for shape in before]
    else:
        rounded = before
    exact = [alike if alike.area else shape for alike, shape in zip(rounded, before, strict=True)]
    while _vertices(after) > MOST_VERTICES and tolerance <= COARSEST:
        after = list(shapely.coverage_simplify(exact, tolerance))
        tolerance *= 2
    if _vertices(after) <= MOST_VERTICES:
        return after
    # Countless islets: the largest part of each village stands for it.
    return [max(shapely.get_parts(shape), key=lambda part: part.area) for shape in after]


def _vertices(shapes: list[Geometry]) -> int:
    return int(shapely.get_num_coordinates(shapes).sum())
