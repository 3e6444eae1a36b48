"""The screens Ringkasan and Pertumbuhan on the sample: their
numbers, filters, controls and empty states.
"""

import pytest

from kub import words
from tests.support.blocks import choose, drawn, hero, said, strip, titles
from tests.support.courses import texts
from tests.support.pages import diamonds, open_page

pytestmark = pytest.mark.usefixtures("sample_data")
LANGUAGES = ("id", "en")
WONOKERSO, SILURAH = "33.25.13.2009", "33.25.01.2001"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_overview_answers_how_many_how_fast_what_and_where(lang: str) -> None:
    app = open_page("overview", lang=lang)
    say = words.of(lang)
    for number in (207, 2975, 193):
        assert f": {say.number(number)};" in strip(app)
    assert say.percent(14 / 248) in strip(app)
    charts = drawn(app)
    assert list(charts) == ["growth", "sectors", "coverage"]
    assert diamonds(charts["growth"]) == {153, 203, 207}
    noun = say("hero.noun")
    assert hero(app) == "207 " + say("hero.stalls", noun=noun, since=2020)
    assert say("growth_flow.more", founded=13, closed=10, net=3, year=2022) in said(app)
    assert titles(app)[-1] == say("reconcile.all.many", n=13)
    assert all(chart.alt for chart in charts.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_growth_shows_both_measures_comings_and_goings_survival_and_districts(lang: str) -> None:
    app = open_page("growth", lang=lang)
    charts = drawn(app)
    assert list(charts) == ["growth", "targets", "growth_flow", "survival", "district_growth"]
    assert diamonds(charts["growth"]) == {153, 203, 207, 2305, 2900, 2975}
    say = words.of(lang)
    assert say("growth.heading_members") in " ".join(
        texts(charts["growth"].figure["layout"]["annotations"])
    )
    # 2023 is unfinished
    assert charts["district_growth"].figure["data"][-1]["marker"]["symbol"] == "circle-open"


def test_growth_indexed_comes_from_the_link_and_from_the_control() -> None:
    linked = drawn(open_page("growth", scale="indexed", lang="en"))["growth"]
    assert linked.figure["layout"]["shapes"]
    app = open_page("growth", lang="en")
    choose(app, "scale", "indexed")
    assert app.query_params["scale"] == "indexed"
    assert drawn(app)["growth"].figure["layout"]["shapes"]


def test_published_figures_stand_beside_the_whole_programme_only() -> None:
    for page in ("overview", "growth"):
        assert diamonds(drawn(open_page(page, districts="33.25.13"))["growth"]) == set()
    overview = open_page("overview", districts="33.25.13")
    assert titles(overview)[-1] == words.of("id")("reconcile.all.many", n=13)


def test_one_village_in_the_singular_and_without_pictures_that_say_nothing() -> None:
    app = open_page("overview", villages=WONOKERSO, lang="en")
    assert list(drawn(app)) == ["growth", "sectors"]
    assert "1 of 1 village;" in strip(app)
    assert list(drawn(open_page("growth", villages=WONOKERSO))) == [
        "growth",
        "targets",
        "growth_flow",
        "survival",
    ]
    assert list(drawn(open_page("overview", sectors="makanan"))) == [
        "growth",
        "sectors",
        "coverage",
    ]


def test_until_makes_that_year_the_newest_and_the_first_has_no_year_before() -> None:
    assert ": 203;" in strip(open_page("overview", until="2020"))
    first = open_page("overview", until="2012", lang="en")
    assert "since the end of" not in strip(first)
    assert "at the end of 2012" in strip(first)


@pytest.mark.parametrize("page", ["overview", "growth"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_village_without_kub_says_which_filter_to_loosen(page: str, lang: str) -> None:
    app = open_page(page, villages=SILURAH, lang=lang)
    assert drawn(app) == {}
    assert "Silurah" in said(app)


def test_another_programme_without_published_figures_says_so() -> None:
    app = open_page("overview", programme="CONTOH-C", measure="members")
    assert "reconcile" not in drawn(app)
    assert words.of("id")("reconcile.none") in said(app)
    assert "Cakupan kelurahan" in strip(app)
    assert drawn(app)["growth"].figure["data"][1]["hovertemplate"].count("Anggota") == 1
