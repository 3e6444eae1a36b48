"""The timeline of awards: days are dots, months and years bars,
and what the records lack is hollow.
"""

from datetime import date

from kub import words
from kub.charts import awards as awards_module
from kub.look import LIGHT
from tests.support.awards import BEFORE, FIRST, FRAME, MONTH, UNKNOWN, YEAR, awards
from tests.support.courses import texts
from tests.support.figures import Figures

charts = Figures(awards_module)

ID, EN = words.of("id"), words.of("en")


def test_each_time_is_drawn_as_what_it_is() -> None:
    figure = charts.awards(FRAME, ID, "light")
    dots, heads, hover = figure["data"]
    assert (dots["x"], dots["y"]) == (["2017-04-07"], [1])
    assert (heads["x"], heads["y"], heads["marker"]["symbol"]) == (
        ["2016-01-01"],
        [0],
        "triangle-left",
    )
    bars = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(bar["x0"], bar["x1"]) for bar in bars] == [
        ("2016-01-01", "2017-12-31"),
        ("2018-01-01", "2018-12-31"),
        ("2019-09-01", "2019-09-30"),
    ]
    assert [bar["fillcolor"] for bar in bars] == [LIGHT.background, LIGHT.accent, LIGHT.accent]
    rules = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert [rule["y0"] for rule in rules] == [3.5]
    assert len(hover["hovertext"]) == 5
    assert "Sumber: c.id" in hover["hovertext"][3]
    assert "3 platinum" in hover["hovertext"][3]
    assert hover["hovertext"][4].endswith("◇ menurut publikasi")


def test_names_and_times_stand_on_the_page() -> None:
    figure = charts.awards(FRAME, ID, "light")
    notes = texts(figure["layout"]["annotations"])
    assert notes[0].startswith("<b>Literacy</b><br>")
    assert notes[1] == "sebelum 2018 · ◇ menurut publikasi"
    assert "pemberi tidak disebut" in notes[2]
    assert notes[3] == "berita 7 Apr 2017"
    assert notes[-1] == "tahun tidak disebut · ◇ menurut publikasi"
    narrow = figure["layout"]["meta"]["narrow"]
    assert texts(narrow["annotations"])[1] == "sebelum 2018 ◇"
    assert narrow["margin"]["l"] < figure["layout"]["margin"]["l"]


def test_a_published_day_is_an_open_diamond() -> None:
    figure = charts.awards(awards((*FIRST[:-1], False)), EN, "light")
    assert figure["data"][0]["marker"]["symbol"] == "diamond-open"
    assert [shape["type"] for shape in figure["layout"]["shapes"]] == []


def test_a_late_time_stands_left_of_its_mark() -> None:
    figure = charts.awards(awards(YEAR, MONTH), EN, "light")
    first, last = figure["layout"]["annotations"][1::2]
    assert (first["x"], first["xanchor"]) == ("2018-01-01", "right")
    assert (last["x"], last["xanchor"]) == ("2019-09-01", "right")
    assert figure["layout"]["xaxis"]["range"] == ["2017-01-01", "2019-12-31"]


def test_long_names_are_cut_and_are_text() -> None:
    figure = charts.awards(awards((*YEAR[:2], "<i>" + "word " * 40, *YEAR[3:])), EN, "light")
    text = figure["layout"]["annotations"][0]["text"]
    assert text.startswith("<b>&lt;i&gt;word")
    assert text.count("<br>") == charts.LINES
    assert " …</b>" in text


def test_without_any_year_there_is_no_axis() -> None:
    figure = charts.awards(awards(UNKNOWN), EN, "light")
    assert figure["layout"]["xaxis"]["visible"] is False
    assert figure["layout"]["shapes"] == []
    alone = charts.awards(awards(BEFORE), EN, "light")
    assert alone["layout"]["xaxis"]["range"][1] == "2017-12-31"


def test_long_lists_show_the_newest_and_count_the_rest() -> None:
    rows = [(date(1990 + n, 5, 5), None, f"Award {n}", "B", None, None, True) for n in range(30)]
    figure = charts.awards(awards(*rows), EN, "light")
    assert figure["layout"]["annotations"][-1]["text"] == "6 older awards are in the table"
    assert (
        figure["layout"]["meta"]["narrow"]["annotations"][-1]["text"]
        == "6 older awards are in the table"
    )
    assert figure["layout"]["annotations"][0]["text"].startswith("<b>Award 6</b>")
    assert figure["layout"]["xaxis"]["ticklabelmode"] == "instant"
    assert (
        charts.height(awards(*rows)) == charts.height(awards(*rows[:24])) > charts.height(FRAME) > 0
    )
    assert charts.awards(FRAME[:0], EN, "light")["data"] == []
