"""Figures of the study visits: a square per delegation, and regencies under their provinces."""

from datetime import date

import pandas as pd

from kub import words
from kub.charts import study as study_module
from kub.look import LIGHT
from tests.support.courses import texts
from tests.support.figures import Figures
from tests.support.study_visits import CILEGON, KENDAL, regencies, visits

charts = Figures(study_module)

ID, EN = words.of("id"), words.of("en")
OTHER = (date(2017, 3, 2), "Dinas <b>", "99.01", 4)


def test_each_delegation_is_a_square_and_no_year_is_left_out() -> None:
    figure = charts.study_visits(visits(KENDAL, CILEGON, OTHER), ID, "light")
    bar = figure["data"][0]
    assert (bar["x"], bar["base"]) == (["2017", "2017", "2023"], [0, 1, 0])
    assert figure["layout"]["xaxis"]["categoryarray"] == [str(year) for year in range(2017, 2024)]
    assert bar["hovertext"] == [
        "Dinas &lt;b&gt;<br>99.01<br>2 Maret 2017 · 4 orang",
        "Pemerintah Kota Cilegon<br>Kota Cilegon, Banten<br>November 2017",
        "Bappeda Kendal<br>Kabupaten Kendal, Jawa Tengah<br>17 Maret 2023 · 33 orang",
    ]
    notes = figure["layout"]["annotations"]
    assert [(note["x"], note["text"]) for note in notes] == [(0, "<b>2</b>"), (6, "<b>1</b>")]
    assert len(figure["layout"]["meta"]["narrow"]["xaxis"]["tickvals"]) <= charts.YEARS_NARROW


def test_regencies_stand_under_their_province_those_without_a_name_last() -> None:
    figure = charts.study_regencies(regencies(c24=2, c72=3, c01=9), ID, "light", home="Jawa Tengah")
    ticks = figure["layout"]["yaxis"]["ticktext"]
    assert ticks == [
        "<b>Banten</b>",
        "Kota Cilegon",
        "<b>Jawa Tengah</b>",
        "Kabupaten Kendal",
        "<b>Provinsi tidak diketahui</b>",
        "99.01",
    ]
    bar = figure["data"][0]
    assert (bar["y"], bar["x"]) == ([1, 3, 5], [3, 2, 9])
    assert bar["marker"]["color"] == [LIGHT.accent, LIGHT.context, LIGHT.accent]
    assert bar["hovertext"][0] == "Kota Cilegon: 3 delegasi<br>4 Juli 2015 – Maret 2023"
    assert texts(figure["layout"]["annotations"])[0] == "3 · terakhir Mar 2023"
    assert texts(figure["layout"]["meta"]["narrow"]["annotations"]) == ["3", "2", "9"]


def test_many_regencies_are_cut_and_counted() -> None:
    one = regencies(c24=1)
    many = pd.concat(
        [one.assign(regency_code=f"33.{n}", regency=f"R{n}") for n in range(10, 35)],
        ignore_index=True,
    )
    figure = charts.study_regencies(many, EN, "light")
    assert len(figure["data"][0]["x"]) == charts.SHOWN
    for notes in (
        figure["layout"]["annotations"],
        figure["layout"]["meta"]["narrow"]["annotations"],
    ):
        assert notes[-1]["text"] == "5 more regencies and cities are in the table"
    assert charts.height(many) > charts.height(one) > charts.height(one[:0]) > 0


def test_nothing_to_draw_says_so() -> None:
    assert charts.study_visits(visits(), ID, "light")["data"] == []
    assert charts.study_regencies(regencies(), ID, "light")["data"] == []
