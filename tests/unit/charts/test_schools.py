"""Figures of the school visits: no year left out, stages in order, core villages in the accent."""

from kub import words
from kub.charts import schools as schools_module
from kub.look import DARK, LIGHT
from tests.support.courses import texts
from tests.support.figures import Figures
from tests.support.school_visits import CORE, YEARS, villages, visits

charts = Figures(schools_module)

ID, EN = words.of("id"), words.of("en")


def test_stages_are_stacked_with_silent_years_as_gaps() -> None:
    figure = charts.school_visits(YEARS, ID, "light")
    assert [trace["y"] for trace in figure["data"]] == [
        [2, 0, 0, 3, 0],
        [0, 0, 0, 0, 1],
        [1, 0, 0, 0, 0],
    ]
    assert figure["data"][0]["x"] == ["2019", "2020", "2021", "2022", "2023"]
    assert [trace["marker"]["color"] for trace in figure["data"]] == [
        LIGHT.steps[1],
        LIGHT.steps[2],
        LIGHT.steps[4],
    ]
    assert (
        figure["data"][0]["hovertext"][0]
        == "2019, SD/MI: 2 kunjungan, 50 siswa<br>SD: 2 kunjungan, 50 siswa"
    )
    notes = figure["layout"]["annotations"]
    assert texts(notes[:3]) == ["<b>3</b>", "<b>3</b>", "<b>1</b>"]
    assert [note["text"].split("> ")[1] for note in notes[3:]] == ["SD/MI", "SMP/MTs", "SMA/SMK/MA"]
    heights = [note["y"] for note in notes[3:]]
    top = figure["layout"]["yaxis"]["range"][1]
    assert (
        min(b - a for a, b in zip(heights, heights[1:], strict=False))
        >= 0.99 * charts.LINE / charts.PLOT * top
    )


def test_students_and_other_levels() -> None:
    figure = charts.school_visits(
        visits((2022, "TK", 1, 9), (2022, "SD", 1, 30)), EN, "dark", school_measure="students"
    )
    assert [trace["y"] for trace in figure["data"]] == [[30], [9]]
    assert figure["data"][1]["marker"]["color"] == DARK.context


def test_a_phone_names_stages_above_and_drops_totals_where_years_are_many() -> None:
    few = charts.school_visits(YEARS, EN, "light")["layout"]["meta"]["narrow"]
    assert few["annotations"][-1]["text"].count("■") == 3
    assert "primary" not in few["annotations"][-1]["text"]
    assert len(few["annotations"]) == 4
    long = visits(*((year, "SD", 1, 1) for year in range(2000, 2024)))
    many = charts.school_visits(long, EN, "light")["layout"]["meta"]["narrow"]
    assert len(many["annotations"]) == 1
    assert len(many["xaxis"]["tickvals"]) <= charts.YEARS_NARROW


def test_core_villages_stand_out() -> None:
    figure = charts.school_villages(CORE, ID, "light")
    bar = figure["data"][0]
    assert bar["marker"]["color"] == [LIGHT.context, LIGHT.accent, LIGHT.context, LIGHT.accent]
    names = figure["layout"]["yaxis"]["ticktext"]
    assert names[0] == "Beji"
    assert names[3] == f'<b style="color: {LIGHT.accent}">Sama (B)</b>'
    assert bar["hovertext"][0] == "Beji, Kecamatan Tulis: 5 kunjungan, 90 siswa, 1 sekolah"
    by_students = charts.school_villages(CORE, ID, "light", school_measure="students")
    assert by_students["data"][0]["x"] == [90, 10, 5, 5]


def test_names_are_text_and_without_core_all_are_in_colour() -> None:
    figure = charts.school_villages(villages(("<b>A", "T", False, 1, 1)), ID, "light")
    assert figure["layout"]["yaxis"]["ticktext"] == ["&lt;b&gt;A"]
    assert figure["data"][0]["marker"]["color"] == [LIGHT.accent]


def test_more_villages_than_fit_are_counted_below() -> None:
    many = villages(*((f"V{n}", "T", False, 1, 1) for n in range(20)))
    figure = charts.school_villages(many, ID, "light")
    assert len(figure["data"][0]["x"]) == charts.SHOWN
    assert texts(figure["layout"]["annotations"]) == ["4 desa lain ada dalam tabel"]
    assert charts.height(many) == charts.height(many[: charts.SHOWN]) > charts.height(CORE) > 0


def test_nothing_to_draw_says_so() -> None:
    for figure in (
        charts.school_visits(YEARS[:0], ID, "light"),
        charts.school_villages(CORE[:0], ID, "light"),
    ):
        assert figure["data"] == []
