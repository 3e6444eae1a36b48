"""The screen Desa: the map and what a click on it opens, the profile
of a village, notes on the map's ground.
"""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from kub import words
from kub.ui import village
from tests.support import small
from tests.support.blocks import (
    actions,
    blocks,
    choice,
    choose,
    controls,
    drawn,
    labels,
    press,
    said,
    strip,
    table,
    titles,
)
from tests.support.grounds import feature, geojson, square
from tests.support.pages import open_page
from tests.support.small import KANDEMAN, TWIN, UJUNGNEGORO, WONOKERSO

ID, EN = words.of("id"), words.of("en")
OFFICIAL = "33.25.13.2010"  # Ujungnegoro


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five villages without centre points."""
    return small.in_use(tmp_path, monkeypatch)


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_shows_map_ranking_coverage_and_gaps(lang: str) -> None:
    app = open_page("villages", lang=lang)
    charts = drawn(app)
    assert list(charts) == ["villages", "villages_ranking", "coverage", "coverage_years"]
    cards = {block["key"]: block["chart"] for block in blocks(app, "card") if "chart" in block}
    assert [key for key, chart in cards.items() if chart.get("opens") == "profile"] == [
        "villages",
        "villages_ranking",
    ]
    assert "14" in titles(app)[0] and "248" in titles(app)[0]
    say = words.of(lang)
    assert say("villages.map.schematic", noun=say("villages.noun.village.many")) in said(app)
    assert len(table(app, "gaps")) == 234


@pytest.mark.usefixtures("sample_data")
def test_a_link_opens_a_profile_and_a_button_closes_it() -> None:
    app = open_page("villages", profile=OFFICIAL)
    assert "Ujungnegoro" in titles(app)
    assert list(drawn(app)) == [
        "villages",
        "profile_years",
        "profile_sectors",
        "coverage",
        "coverage_years",
    ]
    [name] = [
        a
        for a in drawn(app)["villages"].figure["layout"]["annotations"]
        if a["font"]["weight"] == 700
    ]
    assert name["text"] == "Ujungnegoro"
    press(app, ID("profile.close"))
    assert "profile" not in app.query_params
    assert "villages_ranking" in drawn(app)


@pytest.mark.usefixtures("sample_data")
def test_the_measure_colours_the_map_and_orders_the_ranking() -> None:
    charts = drawn(open_page("villages", measure="members"))
    assert charts["villages"].figure["layout"]["legend"]["title"]["text"] == "Anggota (jumlah desa)"
    assert max(charts["villages_ranking"].figure["data"][0]["x"]) > 100


@pytest.mark.usefixtures("sample_data")
def test_the_year_is_a_control_of_the_page_and_the_filter_of_years() -> None:
    [now] = blocks(open_page("villages"), "year")
    assert now["value"] == now["years"][-1]
    app = open_page("villages", until=2018, lang="en")
    [then] = blocks(app, "year")
    assert (then["value"], then["years"], then["label"]) == (2018, now["years"], "Year")
    assert "2018" in titles(app)[0]
    before, after = (
        drawn(open_page("villages", until=year))["villages"].figure["layout"]
        for year in (2015, 2018)
    )
    assert before["xaxis"] == after["xaxis"] and before["shapes"] == after["shapes"]


def test_a_programme_of_a_single_year_has_no_choice_of_years(folder: Path) -> None:
    change(folder, "DELETE FROM programme_year WHERE year < 2023")
    assert not blocks(open_page("villages"), "year")


def test_a_village_can_be_looked_up_from_a_list(folder: Path) -> None:
    app = open_page("villages")
    choose(app, "profile", WONOKERSO)
    assert app.query_params["profile"] == WONOKERSO
    assert "Wonokerso" in titles(app)


def test_the_only_village_filtered_is_close_up_without_a_button_to_close(folder: Path) -> None:
    app = open_page("villages", villages=UJUNGNEGORO)
    assert "Ujungnegoro" in titles(app)
    assert ID("profile.close") not in actions(app)
    # Of one village, shares of villages say nothing.
    assert list(drawn(app)) == ["villages", "profile_years", "profile_sectors"]


def test_a_profile_outside_the_filtered_districts_keeps_its_numbers(folder: Path) -> None:
    app = open_page("villages", districts=KANDEMAN, denominator="target", profile=TWIN)
    assert ": 1;" in strip(app) and ": 10;" in strip(app)


def test_a_village_without_kub_says_so(folder: Path) -> None:
    app = open_page("villages", profile=small.TOWN)
    assert any(title.endswith(ID("village_kub.none")) for title in titles(app))
    assert "profile_years" not in drawn(app)


def test_a_scope_without_villages_says_which_filter_to_loosen(folder: Path) -> None:
    app = open_page("villages", programme=small.B, denominator="target")
    assert drawn(app) == {}


def change(folder: Path, statement: str, *values: str) -> None:
    """Change the one version of the folder before anyone opens it."""
    [version] = (folder / "data" / "versions").glob("kub-*.duckdb")
    with duckdb.connect(version) as con:
        con.execute(statement, values)


def test_per_residents_is_offered_where_residents_are_known(folder: Path) -> None:
    change(
        folder,
        "UPDATE village SET population = 2000, population_year = 2020 WHERE village_code = ?",
        WONOKERSO,
    )
    assert choice(open_page("villages", per="residents"), "per")["value"] == "residents"
    assert "terpadat" not in titles(open_page("villages"))[0]
    figure = drawn(open_page("villages", per="residents"))["villages_ranking"].figure
    assert [text.strip() for text in figure["data"][0]["text"]] == ["10,0"]
    # Members have a number of their own.
    assert "per" not in controls(open_page("villages", measure="members"))


def test_a_village_that_never_reported_has_no_chart_of_members(folder: Path) -> None:
    change(
        folder,
        "DELETE FROM kub_report WHERE kub_id = 'K3'; UPDATE village_fact SET unreported = kub, members = 0",
    )
    app = open_page("villages", profile=UJUNGNEGORO, measure="members")
    assert "profile_years" not in drawn(app)
    assert ID("profile.members_not_reported") in strip(app)
    # Its trades are then told in KUB.
    assert sum(drawn(app)["profile_sectors"].figure["data"][0]["x"]) == 1


def test_without_centre_points_villages_are_tiles_and_the_note_says_what_to_do(
    folder: Path,
) -> None:
    app = open_page("villages", lang="en")
    assert EN("boundaries.tiles") in said(app)
    assert drawn(app)["villages"].figure["layout"]["yaxis"]["ticktext"] == ["Limpung", "Kandeman"]


def test_villages_without_a_point_are_named_under_the_map(folder: Path) -> None:
    change(
        folder,
        "UPDATE village SET lat = -7.0, lon = 109.7 + random() / 100 WHERE village_code <> ?",
        TWIN,
    )
    assert "Wonokerso (Limpung)" in said(open_page("villages"))


def test_too_many_villages_for_a_list_are_cut_and_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(village, "MOST_OPTIONS", 2)
    app = open_page("villages", profile=small.TOWN)
    assert set(labels(app, "profile")) == {
        "Wonokerso (Kandeman)",
        "Wonokerso (Limpung)",
        "Kauman",
    }
    assert ID("profile.shortened", n=2) in said(app)


def test_own_borders_are_drawn_and_what_did_not_match_is_said(folder: Path) -> None:
    features = [feature(square(109.7), kode=WONOKERSO), feature(square(109.71), kode=UJUNGNEGORO)]
    strangers = [feature(square(109.8), nama=f"Bidang *{i}*") for i in range(10)]
    others = [feature(square(109.8), kode="33.24.01.2001"), feature(None, kode=TWIN)]
    geojson(folder / "data" / "boundaries", [*features, *strangers, *others])
    app = open_page("villages")
    touched = {t["meta"] for t in drawn(app)["villages"].figure["data"] if "meta" in t}
    assert touched == {WONOKERSO, UJUNGNEGORO}
    text = said(app)
    assert ID("boundaries.matched", matched=2, villages=4, files="desa.geojson") in text
    assert "Wonokerso (Limpung)" in text
    assert "Bidang *7*" in text and "Bidang *8*" not in text
    assert "dan 2 lainnya" in text
    assert ID("boundaries.elsewhere", n=1) in text and ID("boundaries.shapeless", n=1) in text
    # Of one district only what lies around it is drawn.
    assert (
        drawn(open_page("villages", districts=KANDEMAN))["villages"].figure["layout"][
            "hoverdistance"
        ]
        == 1
    )


def test_borders_of_every_village_leave_nothing_else_to_say(folder: Path) -> None:
    codes = (WONOKERSO, UJUNGNEGORO, TWIN, small.TOWN)
    geojson(
        folder / "data",
        [feature(square(109.7 + i / 100), kode=code) for i, code in enumerate(codes)],
    )
    assert said(open_page("villages")).count("desa.geojson") == 1
    assert ID("boundaries.matched", matched=4, villages=4, files="desa.geojson") in said(
        open_page("villages")
    )


@pytest.mark.parametrize(
    ("features", "rule"),
    [
        ([feature(square(109.8), kode="33.24.01.2001")], "other"),
        ([feature(square(109.8), kode=7)], "nothing"),
        ([], "nothing"),
    ],
)
def test_borders_of_another_place_are_left_aside(
    folder: Path, features: list[Any], rule: str
) -> None:
    geojson(folder / "data", features)
    assert ID(f"boundaries.{rule}", files="desa.geojson") in said(open_page("villages"))


def test_nameless_strangers_and_broken_files_are_said(folder: Path) -> None:
    geojson(folder / "data", [feature(square(109.7), kode=WONOKERSO), feature(square(109.8))])
    (folder / "data" / "rusak.geojson").write_text("{")
    text = said(open_page("villages"))
    assert ID("boundaries.strangers_unnamed", n=1) in text
    assert (
        ID(
            "boundaries.unusable",
            file="rusak.geojson",
            problem=ID("boundaries.problem.broken"),
        )
        in text
    )
    (folder / "data" / "desa.geojson").unlink()
    assert drawn(open_page("villages"))["villages"].figure["layout"]["yaxis"]["ticktext"] == [
        "Limpung",
        "Kandeman",
    ]
