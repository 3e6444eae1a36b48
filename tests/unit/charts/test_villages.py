"""Ranking, coverage and the members of one village draw exactly their frames."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.charts import villages as villages_module
from kub.findings.villages import SHOWN
from kub.look import LIGHT
from tests.support import courses
from tests.support.figures import Figures
from tests.support.grounds import counted, districts, frame, years

charts = Figures(villages_module)

ID, EN = words.of("id"), words.of("en")


def bar(figure: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = figure["data"][-1]
    return found


def names(figure: dict[str, Any]) -> list[str]:
    found: list[str] = figure["layout"]["yaxis"]["ticktext"]
    return found


def notes(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"].get("annotations", [])]


def test_the_ranking_is_sorted_numbered_and_clickable() -> None:
    rows = counted(7, 0, 9, 7, 4)
    figure = charts.villages_ranking(rows, ID, "light")
    assert bar(figure)["x"] == [9, 7, 7, 4]
    # Equal counts share a place; four KUB are too few for one.
    assert names(figure) == ["1. Desa 3", "2. Desa 1", "2. Desa 4", "Desa 5"]
    assert bar(figure)["customdata"] == [rows["village_code"][i] for i in (2, 0, 3, 4)]
    assert [text.strip() for text in bar(figure)["text"]] == ["9", "7", "7", "4"]
    assert bar(figure)["hoverinfo"] == "none"  # "skip" would take the click with it


def test_the_ranking_sets_the_village_chosen_apart() -> None:
    rows = counted(7, 9)
    figure = charts.villages_ranking(rows, ID, "light", selected=rows["village_code"][0])
    assert bar(figure)["marker"]["color"] == [LIGHT.context, LIGHT.accent]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40).filter(any))
def test_the_ranking_draws_the_largest_and_no_more_than_can_be_read(kub: list[int]) -> None:
    drawn = bar(charts.villages_ranking(counted(*kub), ID, "light"))["x"]
    assert drawn == sorted((n for n in kub if n), reverse=True)[:SHOWN]


def test_names_from_records_are_text() -> None:
    twin = {"kub": 1, "village": "A", "district": "Tulis"}
    rows = frame({"kub": 5, "village": "<b>Maju</b>"}, {"kub": 5, "village": "A"}, twin)
    assert names(charts.villages_ranking(rows, ID, "light")) == [
        "1. &lt;b&gt;Maju&lt;/b&gt;",
        "1. A (Kandeman)",
        "A (Tulis)",
    ]


def test_rates_and_members_have_their_own_order() -> None:
    rows = frame(
        {"kub": 5, "members": 90, "population": 1000, "kub_per_10k": 50.0},
        {"kub": 6, "members": 20, "population": 9000, "kub_per_10k": 6.666},
    )
    assert names(charts.villages_ranking(rows, ID, "light", measure="members")) == [
        "1. Desa 1",
        "2. Desa 2",
    ]
    figure = charts.villages_ranking(rows, EN, "light", per="residents")
    assert [text.strip() for text in bar(figure)["text"]] == ["50.0", "6.7"]


@pytest.mark.parametrize("rows", [counted(), counted(0, 0), frame({"kub": 2, "unreported": 2})])
def test_nothing_to_rank_says_what_to_loosen(rows: pd.DataFrame) -> None:
    figure = charts.villages_ranking(rows, ID, "light", measure="members")
    assert figure["data"] == []
    assert [note.replace("<br>", " ") for note in notes(figure)] == [ID("villages.todo")]


def test_coverage_is_sorted_by_share_and_written_out() -> None:
    figure = charts.coverage(
        districts(Tulis=(1, 4), Subah=(0, 9), Kandeman=(2, 4), Batang=(0, 21)), ID, "light"
    )
    assert bar(figure)["x"] == [0.5, 0.25, 0, 0]
    assert names(figure) == ["Kandeman", "Tulis", "Batang", "Subah"]
    nbsp = "\N{NO-BREAK SPACE}"
    assert notes(figure) == [
        f"2 dari 4 · 50{nbsp}%",
        f"1 dari 4 · 25{nbsp}%",
        f"0 dari 21 · 0{nbsp}%",
        f"0 dari 9 · 0{nbsp}%",
    ]
    assert figure["layout"]["annotations"][-1]["font"]["color"] == LIGHT.muted
    assert figure["data"][0]["x"] == [1, 1, 1, 1]


def test_many_districts_without_kub_are_one_row() -> None:
    rows = districts(Tulis=(1, 4), Subah=(0, 9), Kandeman=(2, 4), Batang=(0, 21), Bandar=(0, 17))
    chart = villages_module.coverage(rows, ID, "light")
    assert names(chart.figure) == ["Kandeman", "Tulis", "3 kecamatan lain"]
    nbsp = "\N{NO-BREAK SPACE}"
    assert notes(chart.figure)[-1] == f"0 dari 47 · 0{nbsp}%"
    # It is no district that a click could choose; a slide has it too.
    assert bar(chart.figure)["customdata"][-1] is None
    assert chart.data.labels[-1] == "3 kecamatan lain"
    nobody = charts.coverage(districts(Subah=(0, 9), Batang=(0, 21), Bandar=(0, 17)), EN, "light")
    assert names(nobody) == ["3 districts"]
    assert notes(nobody) == ["0 of 47 · 0%"]


def test_more_districts_than_can_be_read_are_counted() -> None:
    many = {f"Kec {i}": (5, 10) for i in range(charts.DISTRICTS + 3)}
    empty = {f"Sisa {i}": (0, 10) for i in range(3)}
    rows = districts(**many, **empty)
    figure = charts.coverage(rows, ID, "light")
    assert len(bar(figure)["x"]) == charts.DISTRICTS + 1
    assert names(figure)[-1] == "3 kecamatan lain"
    assert notes(figure)[-1] == "dan 3 kecamatan lain yang memiliki KUB"
    assert figure["layout"]["margin"]["b"] > 0
    few = districts(**dict(list(many.items())[:9]), **empty)
    assert charts.coverage_height(few) < charts.coverage_height(rows)
    assert charts.coverage_height(districts(Tulis=(1, 4))) == charts.LOWEST


def published(*rows: tuple[str, str, float]) -> pd.DataFrame:
    made = [
        {"date": pd.Timestamp(on), "indicator": what, "published": n, "source": "koran <b>"}
        for on, what, n in rows
    ]
    return pd.DataFrame(made, columns=["date", "indicator", "published", "source"])


def test_coverage_over_time_is_a_step_with_published_diamonds() -> None:
    told = published(("2020-12-31", "desa", 14), ("2020-12-31", "kub", 203))
    figure = charts.coverage_years(
        years((2019, 12, 248), (2020, 14, 248)), ID, "light", published=told
    )
    [line] = [
        t
        for t in figure["data"]
        if t.get("mode") == "lines" and t["line"].get("shape") == "hv" and t["line"]["width"]
    ]
    assert dict(zip(line["x"], line["y"], strict=True)) == {"2019-12-30": 12, "2020-12-30": 14}
    [diamonds] = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]
    assert (diamonds["x"], diamonds["y"]) == (["2020-12-31"], [14])
    assert diamonds["hovertext"] == ["Dipublikasikan 31 Desember 2020: 14<br>koran &lt;b&gt;"]
    [hover] = [t for t in figure["data"] if t.get("marker", {}).get("opacity") == 0]
    assert hover["hovertext"][1] == "pada akhir 2020: 14 dari 248 desa"
    assert "◇ 14" in " ".join(notes(figure))
    assert figure["layout"]["yaxis"]["range"][1] > 14


def test_an_unfinished_year_is_dashed_and_kelurahan_are_called_so() -> None:
    figure = charts.coverage_years(
        years((2019, 1, 9), (2020, 2, 9), provisional=True), ID, "light", kelurahan=True
    )
    assert [t["line"].get("dash") for t in figure["data"] if t.get("mode") == "lines"].count(
        "dot"
    ) == 1
    [hover] = [t for t in figure["data"] if t.get("marker", {}).get("opacity") == 0]
    assert hover["hovertext"][0] == "pada akhir 2019: 1 dari 9 kelurahan"


@pytest.mark.parametrize("rows", [years(), years((2019, 0, 9)), years((2019, 0, 0))])
def test_no_village_reached_says_what_to_loosen(rows: pd.DataFrame) -> None:
    assert charts.coverage_years(rows, EN, "light")["data"] == []


def test_members_of_a_village_are_a_line_from_zero() -> None:
    figure = charts.profile_years(
        courses.growth(2018, [2, 3, 3], [20, 41, 38], provisional=True), ID, "light"
    )
    drawn = {x: y for t in figure["data"] for x, y in zip(t["x"], t["y"], strict=True)}
    assert drawn == {"2018-12-31": 20, "2019-12-31": 41, "2020-06-30": 38}
    assert figure["layout"]["yaxis"]["range"][0] == 0
    assert charts.profile_years(courses.growth(2018, [0, 1], [0, 0]), ID, "light")["data"] == []


def test_height_grows_with_the_rows_up_to_the_most() -> None:
    assert (
        charts.height(0, 15)
        == charts.height(1, 15)
        < charts.height(15, 15)
        == charts.height(80, 15)
    )
