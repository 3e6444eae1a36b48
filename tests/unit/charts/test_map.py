"""The map draws exactly its frame: each village in one class or state,
readable, clickable, light enough to send.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from kub import words
from kub.charts import ground
from kub.charts.classes import MOST, classes
from kub.charts.map import villages as draw_villages
from kub.look import DARK, LIGHT, area, swap
from kub.places import areas, boundaries
from kub.places.areas import Areas
from tests.support.figures import figure_of
from tests.support.grounds import (
    HERE,
    batang,
    counted,
    feature,
    frame,
    geojson,
    places,
    polygon,
    square,
    whole_regency,
)

villages = figure_of(draw_villages)

ID, EN = words.of("id"), words.of("en")
FOUR = places([(109.70, -7.0), (109.72, -7.0), (109.74, -7.0), (109.76, -7.0)])
Figure = dict[str, Any]


def drawn(rows: pd.DataFrame, **view: Any) -> Figure:
    return villages(rows, ID, "light", **({"areas": areas.drawn(FOUR)} | view))


def fills(figure: Figure) -> list[dict[str, Any]]:
    return [t for t in figure["data"] if t.get("fill") == "toself" and not t["showlegend"]]


def legend(figure: Figure) -> dict[str, str]:
    return {t["name"]: t["fillcolor"] for t in figure["data"] if t["showlegend"]}


def points(figure: Figure) -> dict[str, str]:
    """village code -> what the pointer says there."""
    [found] = [t for t in figure["data"] if t["mode"] == "markers"]
    return dict(zip(found["customdata"], found["hovertext"], strict=True))


def fill_of(figure: Figure, where: Areas, code: str) -> dict[str, Any]:
    """The one trace that fills a village."""
    ring = list(zip(*where.areas[code].rings[0], strict=True))
    [found] = [
        t
        for t in fills(figure)
        if all(corner in zip(t["x"], t["y"], strict=True) for corner in ring)
    ]
    return found


def test_each_village_is_filled_once_by_its_class() -> None:
    rows, where = counted(1, 4, 4, 0), areas.drawn(FOUR)
    figure = drawn(rows)
    colors = [fill_of(figure, where, code)["fillcolor"] for code in rows["village_code"]]
    assert colors == [LIGHT.steps[1], LIGHT.steps[3], LIGHT.steps[3], LIGHT.background]
    assert legend(figure) == {
        "1 (1)": LIGHT.steps[1],
        "4 (2)": LIGHT.steps[3],
        "tidak ada KUB: 1 desa": LIGHT.background,
    }
    assert sum(len(t["x"]) - t["x"].count(None) for t in fills(figure)) == sum(
        len(ring[0]) for each in where.areas.values() for ring in each.rings
    )


def test_states_without_a_value_look_different() -> None:
    rows = frame(
        {"kub": 2, "members": 9},
        {"kub": 3, "unreported": 3},
        {"kub": 0},
        {"kub": 2, "members": None},
    )
    figure, where = drawn(rows, measure="members"), areas.drawn(FOUR)
    patterns = [
        fill_of(figure, where, code).get("fillpattern", {}).get("shape")
        for code in rows["village_code"]
    ]
    assert patterns == [
        None,
        *(area(s, LIGHT)["fillpattern"]["shape"] for s in ("not_reported", "none", "suppressed")),
    ]
    hidden = "disembunyikan (melindungi kurang dari 5 orang)"
    assert list(legend(figure)) == [
        "9 (1)",
        "tidak ada KUB: 1 desa",
        "anggota belum dilaporkan: 1 desa",
        f"{hidden}: 1 desa",
    ]


def test_the_pointer_says_name_district_and_state() -> None:
    rows = frame(
        {"kub": 2, "members": 9, "unreported": 1},
        {"kub": 3, "unreported": 3, "village": "<b>Maju</b> & Jaya"},
        {"district": "<i>"},
    )
    said = points(drawn(rows, measure="members"))
    assert said[f"{HERE}2001"].split("<br>")[:2] == ["<b>Desa 1</b>", "Kec. Kandeman"]
    assert said[f"{HERE}2001"].endswith(
        "2 KUB aktif<br>9 anggota<br>1 KUB belum pernah melaporkan anggotanya."
    )
    assert said[f"{HERE}2002"].startswith("<b>&lt;b&gt;Maju&lt;/b&gt; &amp; Jaya</b>")
    assert said[f"{HERE}2002"].endswith("3 KUB aktif<br>anggota belum dilaporkan")
    assert said[f"{HERE}2003"] == "<b>Desa 3</b><br>Kec. &lt;i&gt;<br>tidak ada KUB"
    assert points(villages(rows, EN, "light", areas=areas.drawn(FOUR)))[f"{HERE}2003"].endswith(
        "<br>no KUB"
    )


def test_per_residents_villages_of_unknown_population_stand_apart() -> None:
    rows = frame(
        {"kub": 2, "population": 4000, "kub_per_10k": 5.0},
        {"kub": 3},
        {"population": 900, "kub_per_10k": 0.0},
    )
    figure = drawn(rows, per="residents")
    assert list(legend(figure)) == [
        "5 (1)",
        "tidak ada KUB: 1 desa",
        "penduduk tidak tercatat: 1 desa",
        "di luar pilihan",
    ]
    assert points(figure)[f"{HERE}2001"].endswith("2 KUB aktif<br>5,0 KUB per 10.000 penduduk")
    assert figure["layout"]["legend"]["title"]["text"] == "KUB per 10.000 penduduk (jumlah desa)"


def test_villages_out_of_scope_are_empty_land_that_says_nothing() -> None:
    figure, where = drawn(counted(3)), areas.drawn(FOUR)
    assert fill_of(figure, where, f"{HERE}2004")["fillcolor"] == LIGHT.surface
    assert list(points(figure)) == [f"{HERE}2001"]
    assert legend(figure)["di luar pilihan"] == LIGHT.surface
    west, east = figure["layout"]["xaxis"]["range"]
    assert west < 109.70 < east < 109.79


def test_the_village_chosen_is_outlined_and_named() -> None:
    figure, where = drawn(counted(1, 2, 3, 4), selected=f"{HERE}2003"), areas.drawn(FOUR)
    [outline] = [t for t in figure["data"] if t.get("line", {}).get("color") == LIGHT.ink]
    [ring] = where.areas[f"{HERE}2003"].rings
    assert (outline["x"], outline["y"]) == (list(ring[0]), list(ring[1]))
    [name] = [a for a in figure["layout"]["annotations"] if a["font"]["weight"] == 700]
    assert name["text"] == "Desa 3"
    unknown = drawn(counted(1), selected="33.25.99.2001")
    assert not [t for t in unknown["data"] if t.get("line", {}).get("color") == LIGHT.ink]


def test_few_villages_are_named_light_upon_dark() -> None:
    notes = {
        a["text"]: a["font"]["color"] for a in drawn(counted(1, 2, 3, 4))["layout"]["annotations"]
    }
    assert notes == {
        "Desa 1": LIGHT.ink,
        "Desa 2": LIGHT.ink,
        "Desa 3": LIGHT.background,
        "Desa 4": LIGHT.ink,  # above its land, which is too small for it
    }


def test_names_never_stand_on_one_another() -> None:
    crowd = places([(109.70 + i / 5000, -7.0) for i in range(12)])
    figure = villages(counted(*range(1, 13)), ID, "light", areas=areas.drawn(crowd))
    for annotations in (
        figure["layout"]["annotations"],
        figure["layout"]["meta"]["narrow"]["annotations"],
    ):
        assert 0 < len(annotations) < 12
    assert len(figure["layout"]["meta"]["narrow"]["annotations"]) <= len(
        figure["layout"]["annotations"]
    )


def test_a_whole_regency_is_few_traces_and_names_its_districts() -> None:
    figure = villages(whole_regency(), ID, "light", areas=areas.drawn(batang()))
    assert len(figure["data"]) < 20
    assert len(json.dumps(figure)) < 120_000
    assert len(points(figure)) == 248
    names = {a["text"] for a in figure["layout"]["annotations"]}
    assert {"Kandeman", "Tulis", "Bawang"} <= names <= {p.district for p in batang()}


def test_the_village_that_leads_is_named_on_a_whole_regency() -> None:
    rows = whole_regency()
    rows.loc[100, "kub"] = 50
    figure = villages(rows, ID, "light", areas=areas.drawn(batang()))
    assert figure["layout"]["annotations"][0]["text"] == rows.loc[100, "village"]


def test_coloured_villages_are_named_before_empty_ones() -> None:
    few = places([(109.7 + i / 5000, -7.0) for i in range(12)])
    figure = villages(counted(*[0] * 11, 3), ID, "light", areas=areas.drawn(few))
    first = figure["layout"]["annotations"][0]["text"]
    assert first == counted(*[0] * 11, 3)["village"].iloc[-1]


def test_own_borders_answer_for_themselves(tmp_path: Path) -> None:
    geojson(
        tmp_path,
        [
            feature(square(109.7 + i / 50, side=0.02), kode=place.code)
            for i, place in enumerate(FOUR)
        ],
    )
    own = boundaries.read(tmp_path, FOUR)
    assert own is not None
    figure = villages(counted(1, 0, 2, 2), ID, "light", areas=boundaries.areas(own))
    touched = {t["meta"]: t["text"] for t in fills(figure) if "meta" in t}
    assert touched == points(figure)
    assert all(t["hoveron"] == "fills" for t in fills(figure))
    assert figure["layout"]["hoverdistance"] == 1


def test_without_areas_the_frame_alone_makes_tiles() -> None:
    figure = villages(counted(1, 0, 2), ID, "light")
    assert set(points(figure)) == {f"{HERE}2001", f"{HERE}2002", f"{HERE}2003"}
    assert figure["layout"]["yaxis"]["ticktext"] == ["Kandeman"]
    assert figure["layout"]["meta"]["narrow"]["yaxis"]["scaleanchor"] is None


def test_tiles_of_districts_out_of_scope_are_not_headed() -> None:
    both = FOUR + places([(None, None)], "33.25.14")
    figure = villages(counted(2), ID, "light", areas=areas.tiles(both))
    assert figure["layout"]["yaxis"]["tickvals"] == [0.0]


def test_a_map_without_any_of_the_villages_still_draws() -> None:
    other = areas.drawn(places([(109.7, -7.0)], "33.25.99"))
    figure = villages(counted(2), ID, "light", areas=other)
    assert points(figure) == {}
    assert figure["layout"]["annotations"] == []


def test_a_map_of_nothing_is_all_hatched() -> None:
    figure = drawn(counted(0, 0, 0, 0))
    assert list(legend(figure)) == ["tidak ada KUB: 4 desa"]
    assert all(t["fillpattern"]["shape"] == "/" for t in fills(figure))


def test_dark_is_the_light_map_turned() -> None:
    light, dark = (json.dumps(villages(counted(1, 0, 3), EN, mode)) for mode in ("light", "dark"))
    for before, after in swap().items():
        light = light.replace(before, after)
    assert light == dark
    assert DARK.background in dark


def test_tiles_get_the_height_of_their_rows() -> None:
    assert ground.height(areas.drawn(FOUR)) == ground.HIGH
    one, many = (
        areas.tiles(tuple(p for i in range(n) for p in places([(None, None)], f"33.24.{i:02}")))
        for n in (1, 30)
    )
    assert ground.height(one) < ground.height(many) <= 1200


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_every_count_is_in_a_class_that_says_so(values: list[int]) -> None:
    found = classes(values)
    assert 1 <= len(found.bounds) <= MOST
    assert len(set(found.colors(LIGHT))) == len(found.bounds) == len(found.labels(ID))
    for value in values:
        low, high = found.bounds[found.of(value)]
        assert low <= value <= high
    assert {found.of(value) for value in values} == set(range(len(found.bounds)))
    lows, highs = zip(*found.bounds, strict=True)
    assert all(low > high for low, high in zip(lows[1:], highs, strict=False))


@given(st.lists(st.floats(0, 900).map(lambda x: x + 0.01), min_size=1, max_size=60))
def test_every_rate_is_in_a_class_that_reaches_it(values: list[float]) -> None:
    found = classes(values)
    assert 1 <= len(found.bounds) <= MOST
    for value in values:
        low, high = found.bounds[found.of(value)]
        assert low <= value <= high


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([3], ["3"]),
        ([1, 3, 2, 9, 4, 7], ["1–2", "3–4", "7–8", "9–10"]),
        ([7, 9, 12, 14, 15, 16, 31], ["1–10", "11–20", "31–40"]),
        ([0, 6, 12, 18, 24, 30, 1250], ["0–1", "2–10", "11–20", "21–25", "26–1.500"]),
        ([0.5, 1.2, 3.3, 9.9], ["0,0–2,0", "2,0–4,0", "8,0–10,0"]),
        ([0.01, 0.02], ["0,0–0,1"]),
    ],
)
def test_limits_are_round_numbers(values: list[float], labels: list[str]) -> None:
    assert classes(values).labels(ID) == labels


def test_money_is_in_round_classes_written_as_money() -> None:
    drawn_classes = classes([84_230_000, 20_000_000, 61_000_000], money=True)
    labels = drawn_classes.labels(ID, "rp")
    assert labels[0] == "Rp\N{NO-BREAK SPACE}0–20 juta"
    assert labels[-1] == "Rp\N{NO-BREAK SPACE}80–100 juta"


def test_the_map_is_the_land_with_kub_and_a_locator_says_where_that_is() -> None:
    row = areas.drawn(places([(109.70 + i / 50, -7.0) for i in range(12)]))
    figure = villages(counted(*[0] * 7, 2, 9, *[0] * 3), ID, "light", areas=row)
    west, east = figure["layout"]["xaxis"]["range"]
    shown = [row.areas[f"{HERE}{code}"] for code in (2008, 2009)]
    assert west < areas.extent(shown)[0] < areas.extent(shown)[2] < east
    assert east - west < 0.7 * (
        areas.extent(list(row.areas.values()))[2] - areas.extent(list(row.areas.values()))[0]
    )
    [land] = [trace for trace in figure["data"] if trace.get("xaxis") == "x2"]
    assert land["x"][: len(row.land[0][0])] == list(row.land[0][0])
    [window, _] = figure["layout"]["shapes"]
    assert (window["x0"], window["x1"]) == (west, east)
    # The most KUB first, which its title names; then the other; empty land last, and quietly.
    notes = figure["layout"]["annotations"]
    assert [(note["text"], note["font"]["weight"]) for note in notes[:2]] == [
        ("Desa 9", 700),
        ("Desa 8", 400),
    ]
    quiet = {note["font"]["color"] for note in notes[2:]}
    assert quiet == {LIGHT.muted}


def test_land_that_no_window_shows_is_not_sent() -> None:
    rows = whole_regency().assign(kub=0, members=0)
    rows.loc[100:102, "kub"] = [4, 9, 2]
    cropped = villages(rows, ID, "light", areas=areas.drawn(batang()))
    whole = villages(whole_regency(), ID, "light", areas=areas.drawn(batang()))
    assert 3 < len(points(cropped)) < len(points(whole)) / 2
    assert list(points(cropped))[0] == rows.loc[101, "village_code"]  # the arrows begin there
    assert len(json.dumps(cropped)) < len(json.dumps(whole)) / 2


@pytest.mark.parametrize("rows", [counted(1, 2, 3, 4), counted(0, 0, 0, 0)])
def test_where_a_crop_would_save_nothing_the_map_is_whole(rows: pd.DataFrame) -> None:
    where = areas.drawn(FOUR)
    figure = drawn(rows)
    west, east = figure["layout"]["xaxis"]["range"]
    first, _, last, _ = areas.extent(list(where.areas.values()))
    assert west < first < last < east and "xaxis2" not in figure["layout"]


def test_a_village_whose_value_is_not_told_has_its_name_and_no_other_on_its_land() -> None:
    rows = whole_regency().assign(kub=0, members=0.0)
    some = [
        code in ("33.25.13.2009", "33.25.13.2010", "33.25.13.2011") for code in rows["village_code"]
    ]
    rows.loc[some, "kub"], rows.loc[some, "members"] = 3, [20.0, 9.0, float("nan")]
    where = areas.drawn(batang())
    figure = villages(rows, ID, "light", areas=where, measure="members")
    notes = {note["text"]: note for note in figure["layout"]["annotations"]}
    [hidden] = rows[some]["village"].tail(1)
    assert notes[hidden]["font"]["color"] == LIGHT.ink
    districts = [note for text, note in notes.items() if text.startswith("Kec. ")]
    taken = [polygon(where.areas[code]) for code in rows[some]["village_code"]]
    assert districts and not any(
        land.covers(Point(note["x"], note["y"])) for land in taken for note in districts
    )


def test_of_places_chosen_all_are_shown() -> None:
    row = areas.drawn(places([(109.70 + i / 50, -7.0) for i in range(12)]))
    figure = villages(counted(0, 0, 5), ID, "light", areas=row)
    west, east = figure["layout"]["xaxis"]["range"]
    first, _, last, _ = areas.extent([row.areas[f"{HERE}{2001 + i}"] for i in range(3)])
    assert west < first < last < east and "xaxis2" in figure["layout"]


def test_maps_of_two_years_show_the_same_land_in_the_same_classes() -> None:
    row = areas.drawn(places([(109.70 + i / 50, -7.0) for i in range(12)]))
    newest = counted(*[0] * 3, 4, 12, 41, 18, 7, 2, *[0] * 3)
    before = counted(*[0] * 3, 4, *[0] * 8)
    now, then = (villages(rows, ID, "light", areas=row, newest=newest) for rows in (newest, before))
    assert now["layout"]["xaxis"] == then["layout"]["xaxis"]
    assert now["layout"]["shapes"] == then["layout"]["shapes"]
    assert list(legend(now)) == ["1–10 (3)", "11–20 (2)", "41–50 (1)", "tidak ada KUB: 6 desa"]
    assert list(legend(then)) == ["1–10 (1)", "tidak ada KUB: 11 desa"]
    assert legend(now)["1–10 (3)"] == legend(then)["1–10 (1)"]
    # What was more then than now is in a class, too.
    [(low, high)] = classes([80], scale=[2, 4, 7, 12, 18, 41]).bounds
    assert low <= 80 <= high


def test_cells_are_where_the_points_are() -> None:
    where = areas.drawn(FOUR)
    assert all(polygon(each).covers(polygon(each).centroid) for each in where.areas.values())
