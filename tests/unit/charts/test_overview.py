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
    assert points({"data": [diamonds]}) == {(0.0, place) for place in range(2)}
    # Those that differ alone, by indicator, in each by date.
    assert list(zip(dots["x"], dots["y"], strict=True)) == [(0.1, 0), (-23 / 2305, 1)]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == -high
    assert high > 0.1
    assert figure["layout"]["yaxis"]["ticktext"] == ["KUB, Des 2020", "Anggota, Nov 2017"]
    assert (
        dots["hovertext"][0]
        == "KUB, 31 Desember 2020: tercatat 220, publikasi 200<br>&lt;b&gt;berita&lt;/b&gt;"
    )


def test_both_numbers_and_the_definition_stand_beside() -> None:
    figure = charts.reconcile(FRAME, EN, "light")
    notes = figure["layout"]["annotations"]
    rows = [[note["text"] for note in notes if note["y"] == place] for place in range(2)]
    assert rows == [
        ["<b>(+20) 220</b>", "◇ 200", "partly"],
        ["<b>(−23) 2,282</b>", "◇ 2,305", "partly"],
    ]
    assert {note["font"]["color"] for note in notes if note["text"].startswith("<b>(")} == {
        LIGHT.negative
    }
    heads = {"Recorded", "Published", "Same definition?", "data lower", "data higher"}
    assert {note["text"] for note in notes if note["y"] == -1} == heads


def test_a_phone_has_the_numbers_in_one_column() -> None:
    small = charts.reconcile(FRAME, EN, "light")["layout"]["meta"]["narrow"]
    assert texts(small["annotations"]) == [
        "<b>220 / 200</b>",
        "<b>2,282 / 2,305</b>",
        "recorded / ◇",
    ]
    assert small["margin"]["r"] > 90


def test_where_nothing_differs_there_is_no_picture() -> None:
    equal = courses.reconcile((date(2020, 1, 31), "kub", 0, 0), (date(2020, 1, 31), "desa", 9, 9))
    withheld = courses.reconcile((date(2020, 1, 31), "anggota", 9, float("nan")))
    assert charts.reconcile(equal, ID, "light") is None
    assert charts.reconcile(withheld, ID, "light") is None


def test_zero_published_is_no_fault() -> None:
    figure = charts.reconcile(courses.reconcile((date(2020, 1, 31), "kub", 0, 3)), ID, "light")
    assert figure["layout"]["xaxis"]["range"][1] > 0
    assert points(figure) == {(0.0, 0)}


def test_many_figures_show_the_newest() -> None:
    many = courses.reconcile(*((date(2000 + n, 12, 31), "kub", n, n + 1) for n in range(40)))
    figure = charts.reconcile(many, ID, "light")
    assert figure["layout"]["yaxis"]["ticktext"][0] == "KUB, Des 2024"
    assert len(figure["data"][0]["y"]) == charts.ROWS
    assert charts.height(many) == charts.height(many[-charts.ROWS :]) > charts.height(FRAME) > 0
