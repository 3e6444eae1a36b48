"""The records against published figures: every figure stands in
the picture with both its numbers.
"""

from datetime import date

from kub import words
from kub.charts import overview as overview_module
from kub.look import LIGHT
from tests.support import courses
from tests.support.courses import points, texts
from tests.support.figures import Figures

charts = Figures(overview_module)

ID, EN = words.of("id"), words.of("en")
FRAME = courses.reconcile(
    (date(2015, 12, 31), "perpustakaan", 2, 2),
    (date(2017, 11, 30), "anggota", 2305, 2282),
    (date(2017, 11, 30), "kub", 153, 153),
    (date(2020, 12, 31), "kub", 200, 220),
    source="<b>berita</b>",
)


def test_dots_stand_as_far_from_their_diamond_as_records_from_publication() -> None:
    figure = charts.reconcile(FRAME, ID, "light")
    diamonds, dots = figure["data"]
    assert diamonds["marker"]["symbol"] == "diamond-open"
    assert points({"data": [diamonds]}) == {(0.0, place) for place in range(4)}
    # By indicator, in each by date: KUB 2017, KUB 2020, members 2017, libraries 2015.
    assert list(zip(dots["x"], dots["y"], strict=True)) == [
        (0.0, 0),
        (0.1, 1),
        (-23 / 2305, 2),
        (0.0, 3),
    ]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == -high
    assert high > 0.1
    assert figure["layout"]["yaxis"]["ticktext"] == [
        "KUB, Nov 2017",
        "KUB, Des 2020",
        "Anggota, Nov 2017",
        "Perpustakaan, Des 2015",
    ]
    assert (
        dots["hovertext"][1]
        == "KUB, 31 Desember 2020: tercatat 220, publikasi 200<br>&lt;b&gt;berita&lt;/b&gt;"
    )


def test_both_numbers_and_the_definition_stand_beside() -> None:
    figure = charts.reconcile(FRAME, EN, "light")
    notes = figure["layout"]["annotations"]
    rows = [[note["text"] for note in notes if note["y"] == place] for place in range(4)]
    assert rows == [
        ["153", "◇ 153", "partly"],
        ["<b>(+20) 220</b>", "◇ 200", "partly"],
        ["<b>(−23) 2,282</b>", "◇ 2,305", "partly"],
        ["2", "◇ 2", "yes"],
    ]
    assert {note["font"]["color"] for note in notes if note["text"].startswith("<b>(")} == {
        LIGHT.negative
    }
    heads = {"Recorded", "Published", "Same definition?", "data lower", "data higher"}
    assert {note["text"] for note in notes if note["y"] == -1} == heads


def test_a_phone_has_the_numbers_in_one_column() -> None:
    small = charts.reconcile(FRAME, EN, "light")["layout"]["meta"]["narrow"]
    assert texts(small["annotations"]) == [
        "153 / 153",
        "<b>220 / 200</b>",
        "<b>2,282 / 2,305</b>",
        "2 / 2",
        "recorded / ◇",
    ]
    assert small["margin"]["r"] > 90


def test_all_equal_still_has_an_axis_and_zero_published_no_fault() -> None:
    equal = charts.reconcile(courses.reconcile((date(2020, 1, 31), "kub", 0, 0)), ID, "light")
    assert equal["layout"]["xaxis"]["range"][1] > 0
    assert points(equal) == {(0.0, 0)}


def test_many_figures_show_the_newest() -> None:
    many = courses.reconcile(*((date(2000 + n, 12, 31), "kub", n, n) for n in range(40)))
    figure = charts.reconcile(many, ID, "light")
    assert figure["layout"]["yaxis"]["ticktext"][0] == "KUB, Des 2024"
    assert len(figure["data"][0]["y"]) == charts.ROWS
    assert charts.height(many) == charts.height(many[-charts.ROWS :]) > charts.height(FRAME) > 0
