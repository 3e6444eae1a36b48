"""Names on a map never touch, on a screen as on a slide, and the most important ones stay."""

from itertools import combinations
from math import hypot
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from kub import words
from kub.charts import labels
from kub.charts.ground import NARROW, WIDE
from kub.charts.map import villages as draw_villages
from kub.exports.pictures import FONTS, SLIDE
from kub.look import SMALL
from kub.places import areas
from kub.places.areas import Areas
from tests.conftest import examples
from tests.support.figures import figure_of
from tests.support.grounds import batang, counted, places, whole_regency

villages = figure_of(draw_villages)

ID = words.of("id")
Figure = dict[str, Any]
Box = tuple[float, float, float, float]
POINTS = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(
    lambda at: (109.6 + at[0] / 1000, -7.2 + at[1] / 1000)
)
SIZES = st.tuples(st.integers(280, 1200), st.integers(260, 900))


def boxes(figure: Figure, wide: float, high: float) -> list[Box]:
    """(left, bottom, right, top) in px of the letters of each name,
    on a map of that size in its middle.
    """
    layout = figure["layout"]
    (west, east), (south, north) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    ratio = layout["yaxis"]["scaleratio"]
    scale = min(wide / (east - west), high / (north - south) / ratio)
    return [
        _box(note, wide / 2, high / 2, (west + east) / 2, (south + north) / 2, scale, ratio)
        for note in layout["annotations"]
    ]


def _box(
    note: Figure, x: float, y: float, west: float, south: float, scale: float, ratio: float
) -> Box:
    name = "bold" if note["font"]["weight"] >= 600 else "regular"
    font = ImageFont.truetype(FONTS / f"plus-jakarta-sans-{name}.ttf", SMALL)
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = pen.textbbox((0, 0), note["text"], font=font, anchor="ls")
    across, up = x + (note["x"] - west) * scale, y + (note["y"] - south) * scale * ratio
    middle = up + (9 if note.get("yanchor") == "bottom" else 0)
    half, tall = (right - left) / 2, (bottom - top) / 2
    return across - half, middle - tall, across + half, middle + tall


def apart(one: Box, other: Box) -> float:
    """px between two boxes; 0 where they touch."""
    across = max(one[0] - other[2], other[0] - one[2], 0)
    return hypot(across, max(one[1] - other[3], other[1] - one[3], 0))


def drawn(where: Areas, values: list[int]) -> Figure:
    return villages(counted(*values), ID, "light", areas=where)


def locator(layout: Figure, wide: float, high: float) -> list[Box]:
    """(left, bottom, right, top) in px of the locator of a cropped map."""
    if "xaxis2" not in layout:
        return []
    (left, right), (low, top) = (layout[name]["domain"] for name in ("xaxis2", "yaxis2"))
    return [(left * wide, low * high, right * wide, top * high)]


@pytest.mark.parametrize("size", [SLIDE, (700, 540), (700, 300), (350, 410), (280, 260)])
def test_names_of_a_whole_regency_stand_apart_at_any_size(size: tuple[int, int]) -> None:
    rows = whole_regency()
    rows.loc[100, "kub"] = 50
    figure = labels.fitted(villages(rows, ID, "light", areas=areas.drawn(batang())), *size)
    found = boxes(figure, size[0], size[1] - 75)  # beside its legends
    assert all(apart(one, other) > 2 for one, other in combinations(found, 2))
    assert figure["layout"]["annotations"][0]["text"] == rows.loc[100, "village"]


def test_a_slide_names_as_many_districts_as_it_has_room_for() -> None:
    figure = villages(whole_regency(), ID, "light", areas=areas.drawn(batang()))
    named = labels.fitted(figure, *SLIDE)["layout"]["annotations"]
    assert 10 <= len(named) < len(figure["layout"]["annotations"])


@pytest.mark.parametrize("columns", [6, 8, 10])
def test_names_of_a_cropped_map_keep_clear_of_its_locator(columns: int) -> None:
    crowd = [(109.6 + i % columns / 70, -7.2 + i // columns / 200) for i in range(4 * columns)]
    where = areas.drawn(places([*crowd, *((110.2, -7.2 + i / 50) for i in range(12))]))
    layout = drawn(where, [*range(4 * columns, 0, -1), *[0] * 12])["layout"]
    for drawing, size in ((layout, WIDE), (layout | layout["meta"]["narrow"], NARROW)):
        found = boxes({"layout": drawing}, *size)
        assert len(found) > 4
        found += locator(drawing, *size)
        assert all(apart(one, other) > 5 for one, other in combinations(found, 2))


@settings(max_examples=examples(25), deadline=None)
@given(
    st.lists(st.tuples(POINTS, st.one_of(st.just(0), st.integers(0, 40))), min_size=2, max_size=40),
    SIZES,
)
def test_names_stand_apart_wherever_villages_are(
    found: list[tuple[tuple[float, float], int]], size: tuple[int, int]
) -> None:
    points, values = zip(*found, strict=True)
    where = areas.drawn(places(list(points)))
    assume(where.kind == "schematic")
    figure = drawn(where, list(values))
    phone = figure | {"layout": figure["layout"] | figure["layout"]["meta"]["narrow"]}
    for shown, (wide, high) in ((figure, WIDE), (phone, NARROW)):
        found_boxes = boxes(shown, wide, high) + locator(shown["layout"], wide, high)
        assert all(apart(one, other) > 2 for one, other in combinations(found_boxes, 2))
    fitted = labels.fitted(figure, *size)
    assert all(apart(one, other) > 2 for one, other in combinations(boxes(fitted, *size), 2))
    # What has most KUB is named before anything else, if the picture has room for it at all.
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    first = labels.fitted(figure, 2000, 1500)["layout"]["annotations"]
    assert [note["text"] for note in first][:1] == texts[:1]


def test_a_name_that_the_picture_would_cut_is_left_out() -> None:
    row = areas.drawn(places([(109.7 + i / 50, -7.0) for i in range(4)]))
    figure = drawn(row, [1, 2, 3, 4])
    edge = figure["layout"]["xaxis"]["range"][1]
    for note in figure["layout"]["annotations"]:
        note["x"] = edge if note["text"] == "Desa 4" else note["x"]
    assert {note["text"] for note in labels.fitted(figure, 300, 400)["layout"]["annotations"]} == {
        "Desa 1",
        "Desa 2",
        "Desa 3",
    }


def test_what_is_no_map_is_left_as_it_is() -> None:
    for layout in (
        {},
        {"annotations": [{"text": "a", "x": "2020", "y": 1}], "yaxis": {"range": [0, 1]}},
    ):
        figure: Figure = {"data": [], "layout": layout}
        assert labels.fitted(figure, 10, 10) is figure
