"""Schematic areas: every village has exactly one, around its point,
beside its neighbours; tiles where points lack.
"""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, union_all

from kub.places import areas
from kub.places.areas import Area, Areas, Place
from tests.support import grounds
from tests.support.grounds import places, polygon

NEAR = 2e-4  # degrees: what rounding to four decimals may move, twice
thousandths = st.integers(0, 300).map(lambda n: n / 1000)  # centre points are rounded so
coordinates = st.tuples(
    thousandths.map(lambda x: round(109.7 + x, 3)), thousandths.map(lambda y: round(y - 7.2, 3))
)


@pytest.fixture(scope="module")
def batang() -> tuple[Place, ...]:
    return grounds.batang()


def test_each_village_of_batang_has_one_area_around_its_point(batang: tuple[Place, ...]) -> None:
    drawn = areas.drawn(batang)
    assert drawn.kind == "schematic"
    assert drawn.missing == ()
    assert set(drawn.areas) == {place.code for place in batang}
    for place in batang:
        assert (
            polygon(drawn.areas[place.code]).distance(
                Point(areas.longitude(place), areas.latitude(place))
            )
            < NEAR
        )
    assert len(drawn.districts) == 15
    assert drawn.ratio == pytest.approx(1 / 0.99253, abs=1e-4)  # cosine of 7 degrees


def test_districts_are_named_inside_themselves_and_bordered_once(batang: tuple[Place, ...]) -> None:
    drawn = areas.drawn(batang)
    for district in drawn.districts:
        own = [
            polygon(area) for code, area in drawn.areas.items() if code.startswith(district.code)
        ]
        assert union_all([shape.buffer(NEAR) for shape in own]).covers(Point(district.point))
    drawn_twice = [
        ring for ring in drawn.borders if (ring[0][::-1], ring[1][::-1]) in drawn.borders
    ]
    assert drawn_twice == []
    assert 15 <= len(drawn.borders) < 100


def test_the_outline_of_the_regency_is_that_of_its_villages(batang: tuple[Place, ...]) -> None:
    drawn = areas.drawn(batang)
    land = union_all([Polygon(list(zip(*ring, strict=True))) for ring in drawn.land])
    villages = union_all([polygon(area) for area in drawn.areas.values()])
    assert land.intersection(villages).area > 0.93 * land.union(villages).area
    # A locator is small: so is what is sent for it.
    assert sum(len(x) for x, _ in drawn.land) < 200


def test_areas_are_made_once(batang: tuple[Place, ...]) -> None:
    assert areas.drawn(batang) is areas.drawn(tuple(batang))


@given(st.lists(coordinates, min_size=1, max_size=25))
def test_cells_hold_their_points_and_do_not_overlap(points: list[tuple[float, float]]) -> None:
    villages = places(points)
    drawn = areas.drawn(villages)
    assert list(drawn.areas) == [place.code for place in villages]
    shapes = [polygon(area) for area in drawn.areas.values()]
    assert all(shape.area > 0 for shape in shapes)
    for shape, (x, y) in zip(shapes, points, strict=True):
        # Where several villages share a point, each stands a little beside it.
        assert shape.distance(Point(x, y)) < areas.APART * 6
    for one, other in combinations(shapes, 2):
        assert one.buffer(-NEAR).intersection(other.buffer(-NEAR)).area == 0


@given(st.lists(coordinates, min_size=3, max_size=25, unique=True))
def test_cells_are_the_land_nearest_to_their_points(points: list[tuple[float, float]]) -> None:
    drawn = areas.drawn(places(points))
    cells = dict(zip(points, drawn.areas.values(), strict=True))
    for own, area in cells.items():
        inside = Point(area.point)
        nearest = min(
            points, key=lambda p: (p[0] - inside.x) ** 2 + ((p[1] - inside.y) * drawn.ratio) ** 2
        )
        assert nearest == own


def test_far_villages_do_not_own_the_sea_between_them() -> None:
    drawn = areas.drawn(places([(109.7, -7.0), (109.71, -7.0), (112.0, -7.0)]))
    assert max(polygon(area).area for area in drawn.areas.values()) < 3


@pytest.mark.parametrize(
    "point", [(None, None), (109.7, None), (None, -7.0), (109.7, 88.0), (500.0, -7.0)]
)
def test_a_village_without_a_point_on_the_map_is_named_as_missing(
    point: tuple[float | None, float | None],
) -> None:
    drawn = areas.drawn(places([(109.7, -7.0), (109.71, -7.0), point]))
    assert drawn.kind == "schematic"
    assert drawn.missing == ("33.25.13.2003",)
    assert list(drawn.areas) == ["33.25.13.2001", "33.25.13.2002"]


def test_with_points_for_half_of_them_or_fewer_villages_are_tiles() -> None:
    drawn = areas.drawn(places([(109.7, -7.0), (None, None)]))
    assert drawn.kind == "tiles"
    assert drawn.missing == ()
    assert len(drawn.areas) == 2


def test_tiles_stand_in_rows_by_district_in_the_order_of_codes() -> None:
    villages = places([(None, None)] * 3, "33.24.02") + places([(None, None)] * 2, "33.24.01")
    drawn = areas.tiles(villages)
    assert [district.code for district in drawn.districts] == ["33.24.01", "33.24.02"]
    assert [district.point[1] for district in drawn.districts] == [0, -1]
    assert [drawn.areas[f"33.24.02.{2001 + i}"].point for i in range(3)] == [
        (0, -1),
        (1, -1),
        (2, -1),
    ]
    assert drawn.ratio == 1


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_tiles_never_share_a_place_and_rows_stay_short(sizes: list[int]) -> None:
    villages = tuple(
        place
        for i, size in enumerate(sizes)
        for place in places([(None, None)] * size, f"33.24.{i + 1:02}")
    )
    drawn = areas.tiles(villages)
    points = [area.point for area in drawn.areas.values()]
    assert len(set(points)) == len(points) == sum(sizes)
    assert max(x for x, _ in points) < areas.TILES_A_ROW
    # A row belongs to one district.
    rows = {
        (y, code[:8]) for code, (_, y) in ((code, area.point) for code, area in drawn.areas.items())
    }
    assert len({y for y, _ in rows}) == len(rows)


def test_no_villages_at_all_are_an_empty_map() -> None:
    assert areas.drawn(()) == Areas("tiles", {}, (), (), 1.0)


def test_places_come_from_the_question_as_plain_values() -> None:
    profile = {
        "village_code": "33.25.13.2001",
        "village": "A",
        "district_code": "33.25.13",
        "district": "B",
    }
    profiles = pd.DataFrame(
        [profile | {"lat": -7.0, "lon": 109.7, "idm": 0.6}, profile | {"lat": None, "lon": None}]
    )
    found = areas.places(profiles)
    assert found[0] == Place("33.25.13.2001", "A", "33.25.13", "B", -7.0, 109.7)
    assert found[1].lat is None
    assert hash(found)


def test_holes_turn_the_other_way_and_the_largest_part_comes_first() -> None:
    hole = Point(0, 0).buffer(3).difference(Point(0, 0).buffer(1))
    island = Point(9, 0).buffer(0.5)
    outer, inner, small = areas.rings(union_all([hole, island]))
    assert signed(outer) * signed(inner) < 0
    assert abs(signed(outer)) > abs(signed(inner)) > abs(signed(small))


def signed(ring: areas.Ring) -> float:
    """Area of a ring, negative where it runs clockwise."""
    x, y = ring
    return sum(x[i] * y[i + 1] - x[i + 1] * y[i] for i in range(len(x) - 1)) / 2


def test_extent_spans_all_rings() -> None:
    area = Area("a", (((0, 1, 1, 0), (0, 0, 2, 0)), ((5, 6, 6, 5), (-3, -3, -1, -3))), (0, 0))
    assert areas.extent([area]) == (0, -3, 6, 2)
