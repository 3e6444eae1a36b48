"""The user's own borders: which feature is which village, what did
not match, and files that cannot be used.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from kub.places import boundaries
from kub.places.areas import Place
from kub.places.boundaries import Boundaries, Report
from tests.support.grounds import feature, geojson, places, polygon, square

THREE = places([(109.705, -6.995), (109.715, -6.995), (109.725, -6.995)])
FIRST, SECOND, THIRD = (place.code for place in THREE)


def read(folder: Path, villages: tuple[Place, ...] = THREE) -> Boundaries:
    found = boundaries.read(folder, villages)
    assert found is not None
    return found


def report(folder: Path) -> Report:
    return read(folder).report


def test_without_a_file_there_is_nothing_to_report(tmp_path: Path) -> None:
    assert boundaries.read(tmp_path, THREE) is None


def test_features_become_the_areas_of_their_villages(tmp_path: Path) -> None:
    geojson(
        tmp_path / "boundaries",
        [feature(square(109.7 + i / 100), kode_desa=p.code) for i, p in enumerate(THREE)],
    )
    found = read(tmp_path)
    drawn = boundaries.areas(found)
    assert drawn is not None
    assert (drawn.kind, drawn.missing, found.report.complete) == ("official", (), True)
    assert found.report == Report(files=("desa.geojson",), matched=3)
    assert polygon(drawn.areas[SECOND]).bounds == (109.71, -7.0, 109.72, -6.99)
    assert [district.name for district in drawn.districts] == ["Kandeman"]


@pytest.mark.parametrize(
    "properties",
    [
        {"kode_desa": FIRST},
        {"KODE_DESA": FIRST.replace(".", "")},
        {"code": int(FIRST.replace(".", ""))},
        {"KDEPUM": float(FIRST.replace(".", ""))},
        {"id": f" {FIRST} "},
        {"village_code": "33.25.13.9999", "kode": FIRST},
        # The statistics office has codes of its own that look alike.
        {"kode_bps": "3325132001", "kd_desa": FIRST},
    ],
)
def test_a_code_is_found_under_the_usual_names_however_it_is_written(
    tmp_path: Path, properties: Any
) -> None:
    geojson(tmp_path, [feature(square(109.7), **properties)])
    found = read(tmp_path)
    assert [place.code for place in found.shapes] == [FIRST]
    assert found.report.without == (SECOND, THIRD)
    assert not found.report.complete


def test_a_code_may_be_the_id_of_the_feature_itself(tmp_path: Path) -> None:
    geojson(
        tmp_path,
        [
            feature(square(109.7), nama="Desa 1") | {"id": FIRST},
            feature(square(109.8)) | {"properties": None},
        ],
    )
    assert report(tmp_path).matched == 1
    assert report(tmp_path).strangers == ("",)


def test_what_did_not_match_is_reported_by_kind(tmp_path: Path) -> None:
    features = [
        feature(square(109.7), kode=FIRST),
        feature(square(109.8), kode=77, nama="  Tak dikenal "),
        feature(square(109.8), kode="33.25.13.2999", nama="Belum resmi"),
        feature(square(109.8), kode="33.24.01.2001", nama="Kendal"),
        feature({"type": "Point", "coordinates": [109.7, -7]}, kode=SECOND),
        feature(None, kode=THIRD),
        "no feature",
        {"type": "Feature", "properties": ["kode", FIRST], "geometry": square(1)},
    ]
    geojson(tmp_path, features)
    found = report(tmp_path)
    assert found.matched == 1
    assert found.without == (SECOND, THIRD)
    assert found.elsewhere == 1
    assert found.strangers == ("Tak dikenal", "33.25.13.2999", "", "")
    assert found.shapeless == 2


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [1, 1], [2, 1], ["a", "b"]]]},
        {
            "type": "Polygon",
            "coordinates": [[[float("nan"), 0], [1, 1], [2, 1], [float("nan"), 0]]],
        },
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]},
        {"type": "GeometryCollection", "geometries": []},
        "POLYGON ((0 0, 1 1, 1 0, 0 0))",
    ],
)
def test_an_odd_geometry_is_no_area_and_no_fault(tmp_path: Path, geometry: Any) -> None:
    geojson(tmp_path, [feature(geometry, kode=FIRST), feature(square(109.7), kode=SECOND)])
    assert (report(tmp_path).matched, report(tmp_path).shapeless) == (1, 1)


def test_a_village_in_parts_or_two_features_is_one_area(tmp_path: Path) -> None:
    parts = {
        "type": "MultiPolygon",
        "coordinates": [square(109.7)["coordinates"], square(109.8)["coordinates"]],
    }
    twice = [feature(square(109.71), kode=SECOND), feature(square(109.72), kode=SECOND)]
    geojson(tmp_path, [feature(parts, kode=FIRST), *twice])
    drawn = boundaries.areas(read(tmp_path))
    assert drawn is not None
    assert [len(drawn.areas[code].rings) for code in (FIRST, SECOND)] == [2, 1]


def test_a_crossed_outline_and_heights_are_mended(tmp_path: Path) -> None:
    bow = [[109.7, -7, 5], [109.71, -6.99, 5], [109.71, -7, 5], [109.7, -6.99, 5], [109.7, -7, 5]]
    geojson(tmp_path, [feature({"type": "Polygon", "coordinates": [bow]}, kode=FIRST)])
    [mended] = read(tmp_path).shapes.values()
    assert mended.is_valid
    assert mended.area == pytest.approx(5e-5)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b'{"type": "FeatureCollection", "features": [', "broken"),
        (b"", "broken"),
        (b"\xff\xfe\x00PK", "broken"),
        (b"[" * 200_000, "broken"),
        (b'{"type": "Topology", "objects": {}}', "no_features"),
        (b"[1, 2]", "no_features"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, rule: str) -> None:
    (tmp_path / "desa.geojson").write_bytes(content)
    found = read(tmp_path)
    assert found.report.problems == (("desa.geojson", rule, {}),)
    assert boundaries.areas(found) is None


@pytest.mark.parametrize("west", [330_000.0, -7.0])
def test_metres_and_swapped_degrees_are_refused(tmp_path: Path, west: float) -> None:
    geojson(tmp_path, [feature(square(west, south=109.7), kode=FIRST)])
    assert [rule for _, rule, _ in report(tmp_path).problems] == ["not_degrees"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = geojson(tmp_path, [feature(square(109.7), kode=FIRST)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert report(tmp_path).matched == 1


def test_a_file_of_unusual_size_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = geojson(tmp_path, [feature(square(109.7), kode=FIRST)])
    monkeypatch.setattr(boundaries, "MOST_BYTES", 100)
    [(name, rule, values)] = report(tmp_path).problems
    assert (name, rule) == ("desa.geojson", "too_large")
    assert values == {"megabytes": path.stat().st_size / 1e6, "most": 0.0001}


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    geojson(tmp_path, [feature(square(109.7), kode=FIRST)])

    def refuse(self: Path) -> bytes:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [rule for _, rule, _ in report(tmp_path).problems] == ["unreadable"]


def test_one_bad_file_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    geojson(tmp_path / "boundaries", [feature(square(109.7), kode=FIRST)], "a.geojson")
    (tmp_path / "b.geojson").write_text("{")
    found = report(tmp_path)
    assert (found.files, found.matched, len(found.problems)) == (("a.geojson", "b.geojson"), 1, 1)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = geojson(tmp_path, [feature(square(109.7), kode=FIRST)])
    first = read(tmp_path)
    assert read(tmp_path) is first
    geojson(tmp_path, [feature(square(109.7), kode=FIRST), feature(square(109.71), kode=SECOND)])
    os.utime(path, (1, 1))
    assert report(tmp_path).matched == 2


def ragged(west: float, east: float, corners: int) -> dict[str, Any]:
    """An area between two crooked borders; with the same numbers, neighbours share theirs."""

    def border(x: float) -> list[tuple[float, float]]:
        return [
            (x + 0.002 * ((i * 7919 % 101) / 101 - 0.5), -7 + i * 0.1 / corners)
            for i in range(corners + 1)
        ]

    outline = [*border(west), *reversed(border(east))]
    return {"type": "Polygon", "coordinates": [[*outline, outline[0]]]}


def test_many_corners_become_few_and_neighbours_still_touch(tmp_path: Path) -> None:
    geojson(
        tmp_path,
        [
            feature(ragged(109.7 + i / 50, 109.72 + i / 50, 12_000), kode=p.code)
            for i, p in enumerate(THREE)
        ],
    )
    drawn = boundaries.areas(read(tmp_path))
    assert drawn is not None
    shapes = [polygon(area) for area in drawn.areas.values()]
    assert sum(shapely.get_num_coordinates(shapes)) <= boundaries.MOST_VERTICES
    assert shapely.union_all(shapes).geom_type == "Polygon"
    assert len(json.dumps([area.rings for area in drawn.areas.values()])) < 300_000
    # Corners are left out, land is not.
    assert sum(each.area for each in shapes) == pytest.approx(
        shape(ragged(109.7, 109.76, 10)).area, rel=0.05
    )


def test_countless_islets_leave_the_largest_part_of_each_village(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundaries, "MOST_VERTICES", 20)
    islets = [square(109.7 + i / 500, side=0.001)["coordinates"] for i in range(20)]
    parts = {
        "type": "MultiPolygon",
        "coordinates": [square(109.6, side=0.05)["coordinates"], *islets],
    }
    geojson(tmp_path, [feature(parts, kode=FIRST)])
    drawn = boundaries.areas(read(tmp_path))
    assert drawn is not None
    assert [polygon(drawn.areas[FIRST]).bounds] == [(109.6, -7.0, 109.65, -6.95)]
    assert len(drawn.areas[FIRST].rings) == 1


def test_of_a_few_villages_only_what_lies_around_them_is_drawn(tmp_path: Path) -> None:
    far = Place("33.25.01.2001", "Jauh", "33.25.01", "Wonotunggal")
    villages = (*THREE, far)
    features = [feature(square(109.7 + i / 100), kode=p.code) for i, p in enumerate(THREE)]
    geojson(tmp_path, [*features, feature(square(110.5), kode=far.code)])
    found = read(tmp_path, villages)
    near, whole = boundaries.areas(found, (FIRST,)), boundaries.areas(found)
    assert near is not None and whole is not None
    assert set(near.areas) == {FIRST, SECOND, THIRD}
    assert set(whole.areas) == {*near.areas, far.code}
    # A locator shows all of the regency, whatever part of it is drawn.
    assert near.land == whole.land
    # A village without borders is no reason to draw nothing.
    assert boundaries.areas(found, ("33.25.99.2001",)) == whole
