"""The figures of village libraries draw the numbers of their frames;
each tile of the matrix answers with its code.
"""

from datetime import date

import pytest

from kub import words
from kub.charts import libraries as libraries_module
from kub.charts import library_villages as library_villages_module
from kub.look import LIGHT
from tests.support import courses, supporting
from tests.support.courses import narrow, points, texts
from tests.support.figures import Figures

charts = Figures(libraries_module, library_villages_module)

ID, EN = words.of("id"), words.of("en")
TWO = supporting.libraries(
    {"population": 1000, "population_year": 2022, "visits_per_1k": 200.0},
    {"library_id": "PD-2", "name": "Rumah <b>", "village": "Beji", "visits": 500, "books": None},
)


def test_libraries_stand_by_value_with_those_unknown_last() -> None:
    [visits] = charts.libraries(TWO, ID, "light")["data"]
    assert (visits["x"], visits["customdata"]) == ([500, 200], ["PD-2", "PD-1"])
    figure = charts.libraries(TWO, ID, "light", amount="books")
    [books] = figure["data"]
    assert books["x"] == [1000, 0]
    assert [text.strip() for text in books["text"]] == ["1.000", "belum melapor"]
    assert figure["layout"]["yaxis"]["ticktext"] == [
        "Perpusdes Satu · Ponowareng",
        "Rumah &lt;b&gt; · Beji",
    ]
    assert narrow(figure)["yaxis"]["ticktext"] == ["Ponowareng", "Beji"]
    assert books["hovertext"][0].endswith(
        "200 kunjungan<br>1.000 buku<br>200,0 kunjungan per 1.000 penduduk"
    )
    [rate] = charts.libraries(TWO, EN, "light", amount="visits_per_1k")["data"]
    assert rate["x"] == [200, 0]


def test_two_libraries_of_a_village_keep_their_names_on_a_phone() -> None:
    frame = supporting.libraries({"name": "A Ponowareng"}, {"name": "B", "visits": 100})
    figure = charts.libraries(frame, ID, "light")
    assert narrow(figure)["yaxis"]["ticktext"] == ["A Ponowareng", "B"]
    assert figure["layout"]["yaxis"]["ticktext"] == ["A Ponowareng", "B · Ponowareng"]


def test_without_residents_the_picture_says_what_to_do() -> None:
    figure = charts.libraries(supporting.libraries({}), ID, "light", amount="visits_per_1k")
    assert figure["data"] == []
    assert "Isi" in figure["layout"]["annotations"][0]["text"]
    assert (
        "Longgarkan"
        in charts.libraries(supporting.libraries(), ID, "light")["layout"]["annotations"][0]["text"]
    )


def test_at_most_twenty_bars() -> None:
    many = supporting.libraries(*({"library_id": f"P{n}", "visits": n} for n in range(30)))
    assert len(charts.libraries(many, ID, "light")["data"][0]["x"]) == 20
    assert charts.height(many) == 20 * charts.ROW + charts.HEAD


def test_steps_rise_on_the_days_of_opening_where_those_are_given() -> None:
    frame = supporting.library_years(2015, [1, 1], [None, None], provisional=True)
    marks = courses.reconcile(
        (date(2016, 3, 1), "perpustakaan", 3, 2), (date(2016, 3, 1), "kub", 9, 9)
    )
    figure = charts.library_years(frame, ID, "light", published=marks)
    assert points(figure, mode="lines") == {("2015-12-31", 1), ("2016-06-30", 2)}
    assert [t["line"]["shape"] for t in figure["data"] if t["mode"] == "lines"] == ["hv"] * 2
    assert not any("fill" in trace for trace in figure["data"])
    [mark] = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]
    assert (mark["x"], mark["y"]) == (["2016-03-01"], [3])
    assert mark["hovertext"] == ["Angka publikasi per 1 Maret 2016: 3 perpustakaan<br>berita"]
    opened = supporting.libraries({}, {"opened_on": date(2016, 2, 1)})
    exact = charts.library_years(frame, ID, "light", libraries=opened)
    assert points(exact, mode="lines") == {("2015-12-31", 1), ("2016-02-01", 2), ("2016-06-30", 2)}
    assert "◇ 3, Mar 2016" in texts(figure["layout"]["annotations"])
    assert (
        charts.library_years(supporting.library_years(2015, [0], [None]), ID, "light")["data"] == []
    )


@pytest.mark.parametrize(
    ("base", "expected"),
    [("library", [5, 20, 8]), ("residents", [10, 40, 16]), ("count", [10, 40, 16])],
)
def test_visits_are_those_of_the_base(base: str, expected: list[float]) -> None:
    frame = supporting.library_years(2020, [2, 0, 0], [10, 40, 16], provisional=True)
    figure = charts.library_years_visits(frame, ID, "light", base=base)
    dots = next(t for t in figure["data"] if t.get("hoverinfo") == "text")
    assert dots["y"] == expected
    assert dots["hovertext"][-1].startswith("Sampai 30 Juni 2022: ")
    [dashed] = [t for t in figure["data"] if t.get("line", {}).get("dash") == "dot"]
    assert dashed["y"] == expected[1:]
    assert not any("fill" in trace for trace in figure["data"])  # as growth: a line, no area


def test_visits_that_cannot_be_told_say_what_to_do() -> None:
    frame = supporting.library_years(2020, [2], [None])
    assert (
        "Isi" in charts.library_years_visits(frame, ID, "light")["layout"]["annotations"][0]["text"]
    )
    alone = supporting.library_years(2020, [2], [10], population=None)
    figure = charts.library_years_visits(alone, ID, "light", base="residents")
    assert "lepaskan" in figure["layout"]["annotations"][0]["text"]
    gap = supporting.library_years(2020, [0, 2], [None, 10])
    assert points(charts.library_years_visits(gap, ID, "light")) == {("2021-12-31", 5)}


def test_each_tile_answers_with_its_code_and_the_chosen_one_is_outlined() -> None:
    frame = supporting.villages(both=14, kub=3, neither=2)
    figure = charts.library_villages(frame, ID, "light", has="kub")
    squares = [t for t in figure["data"] if t.get("fill")]
    assert {t["meta"] for t in squares} == {"both", "kub", "library", "neither"}
    assert [t["customdata"][0] for t in figure["data"] if "customdata" in t] == [
        t["meta"] for t in squares
    ]
    assert [t["meta"] for t in squares if t["line"]["color"] == LIGHT.ink] == ["kub"]
    said = texts(figure["layout"]["annotations"])
    assert {"<b>14</b>", "<b>3</b>", "<b>0</b>", "<b>2</b>", "KUB dan perpustakaan"} <= set(said)
    assert "KUB, tanpa<br>perpustakaan" in texts(narrow(figure)["annotations"])
    assert {t["text"] for t in squares} >= {"3 desa: KUB, tanpa perpustakaan"}
    plain = [t for t in charts.library_villages(frame, ID, "light")["data"] if t.get("fill")]
    assert {t["line"]["color"] for t in plain} == {LIGHT.line}
