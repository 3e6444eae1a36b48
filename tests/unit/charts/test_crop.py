"""A cropped map shows what it is about, and its locator covers none of that."""

from math import dist

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kub.charts import crop
from kub.charts.ground import NARROW, WIDE
from kub.look import LIGHT
from kub.places import areas
from tests.conftest import examples
from tests.support.grounds import batang, places

POINTS = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(
    lambda at: (109.6 + at[0] / 1000, -7.2 + at[1] / 1000)
)
ROOMS = (WIDE, NARROW)


def degrees(frame: crop.Frame) -> crop.Box:
    """The locator's place on the map."""
    west, south, east, north = frame.box
    left, low, right, high = frame.inset
    return (
        west + left * (east - west),
        south + low * (north - south),
        west + right * (east - west),
        south + high * (north - south),
    )


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(POINTS, min_size=20, max_size=40, unique=True), st.integers(1, 6))
def test_all_that_a_map_is_about_is_seen_and_free(
    points: list[tuple[float, float]], count: int
) -> None:
    where = areas.drawn(places(points))
    (x, y) = points[0]
    # Villages near each other: all over the regency they would be no part of it.
    by_distance = sorted(where.areas.values(), key=lambda area: dist(area.point, (x, y)))
    about = by_distance[:count]
    frames = crop.frames(where, about, ROOMS)
    assume(frames)
    assert frames is not None
    for frame in frames:
        west, south, east, north = frame.box
        shown = areas.extent(about)
        assert west < shown[0] and south < shown[1] and shown[2] < east and shown[3] < north
        # As the room is, or Plotly would show more than the locator says.
        assert (
            abs((east - west) / (north - south) / where.ratio - frame.room[0] / frame.room[1])
            < 1e-6
        )
        assert all(0 < part < 1 for part in frame.inset)
        inset = degrees(frame)
        for area in about:
            one = areas.extent([area])
            assert (
                one[2] <= inset[0] or one[0] >= inset[2] or one[3] <= inset[1] or one[1] >= inset[3]
            )


def test_the_locator_stands_over_the_sea_where_it_can() -> None:
    where = areas.drawn(batang())
    coast = [where.areas[f"33.25.13.{code}"] for code in (2009, 2010, 2011)]
    frames = crop.frames(where, coast, ROOMS)
    assert frames
    for frame in frames:
        west, south, east, north = degrees(frame)
        covered = [
            code
            for code, area in where.areas.items()
            if west < area.point[0] < east and south < area.point[1] < north
        ]
        assert covered == []


def test_the_window_is_drawn_whole() -> None:
    where = areas.drawn(batang())
    coast = [area for code, area in where.areas.items() if code.startswith("33.25.13")]
    frames = crop.frames(where, coast, ROOMS)
    assert frames
    for frame in frames:
        layout = crop.axes(frame, where, LIGHT)
        [window] = [shape for shape in layout["shapes"] if shape["name"] == "window"]
        (first, last), (low, high) = (layout[name]["range"] for name in ("xaxis2", "yaxis2"))
        assert first < window["x0"] < window["x1"] < last
        assert low < window["y0"] < window["y1"] < high


def test_a_map_of_most_of_the_regency_or_of_nothing_is_whole() -> None:
    where = areas.drawn(batang())
    assert crop.frames(where, list(where.areas.values())[::9], ROOMS) is None
    assert crop.frames(where, [], ROOMS) is None
    tiles = areas.tiles(batang())
    assert crop.frames(tiles, list(tiles.areas.values())[:3], ROOMS) is None
