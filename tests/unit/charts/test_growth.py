"""The figures of Pertumbuhan draw exactly the numbers of their
frame, readable on a screen and on a phone.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.charts import diamonds, panels
from kub.charts import districts as districts_module
from kub.charts import growth as growth_module
from kub.charts import survival as survival_module
from kub.charts.label_layout import LINE, text_width
from kub.look import LIGHT
from queries.filters import Filters
from tests.support import courses
from tests.support.courses import narrow, points, texts
from tests.support.figures import Figures

charts = Figures(growth_module, survival_module, districts_module)

ID, EN = words.of("id"), words.of("en")
counts = st.lists(st.integers(0, 400), min_size=1, max_size=15).filter(any)


def at_year_ends(frame: pd.DataFrame, column: str) -> set[tuple[str, Any]]:
    return set(zip(frame["as_of"].dt.strftime("%Y-%m-%d"), frame[column].tolist(), strict=True))


@given(kub=counts, members=st.data(), provisional=st.booleans())
def test_both_lines_are_the_frame(
    kub: list[int], members: st.DataObject, provisional: bool
) -> None:
    people = members.draw(st.lists(st.integers(0, 9000), min_size=len(kub), max_size=len(kub)))
    frame = courses.growth(2010, kub, people, provisional=provisional)
    figure = charts.growth(frame, ID, "light", both=True)
    assert points(figure, yaxis="y") == at_year_ends(frame, "active")
    assert points(figure, yaxis="y2") == at_year_ends(frame, "members")
    for axis, values in (("yaxis", kub), ("yaxis2", people)):
        low, high = figure["layout"][axis]["range"]
        assert low == 0
        assert high > max(values)


def test_only_the_measure_asked_for_is_drawn() -> None:
    frame = courses.growth(2020, [3, 5], [40, 60])
    assert points(charts.growth(frame, ID, "light")) == at_year_ends(frame, "active")
    assert points(charts.growth(frame, ID, "light", measure="members")) == at_year_ends(
        frame, "members"
    )


def test_the_step_to_an_unfinished_year_is_dashed_and_named_with_its_month() -> None:
    frame = courses.growth(2020, [3, 5, 8], provisional=True)
    figure = charts.growth(frame, ID, "light")
    [dashed] = [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dot"]
    assert (dashed["x"], dashed["y"]) == (["2021-12-31", "2022-06-30"], [5, 8])
    [ending] = texts(figure["layout"]["annotations"])
    assert ending.startswith("<b>8</b>")
    assert "Jun 2022" in ending
    assert figure["layout"]["xaxis"]["ticktext"] == ["2020", "2021"]
    finished = charts.growth(courses.growth(2020, [3, 5, 8]), ID, "light")
    assert not [trace for trace in finished["data"] if "dash" in trace.get("line", {})]
    assert texts(finished["layout"]["annotations"]) == ["<b>8</b>"]


def test_published_figures_are_open_diamonds_on_their_day() -> None:
    frame = courses.growth(2016, [131, 153, 172], [1993, 2305, 2547])
    published = courses.reconcile(
        (date(2017, 11, 30), "kub", 150, 153),
        (date(2017, 11, 30), "anggota", 2305, 2305),
        (date(2017, 11, 30), "desa", 14, 14),
        source="<b>berita</b>",
    )
    figure = charts.growth(frame, ID, "light", published=published)
    [diamond] = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]
    assert (diamond["x"], diamond["y"]) == (["2017-11-30"], [150])
    assert diamond["hovertext"] == [
        "KUB aktif, angka publikasi per 30 November 2017: 150<br>&lt;b&gt;berita&lt;/b&gt;"
    ]
    assert "◇ 150, Nov 2017" in texts(figure["layout"]["annotations"])
    assert "◇ 150" in texts(narrow(figure)["annotations"])
    two = charts.growth(frame, ID, "light", published=published, both=True)
    assert "◇ 2.305, Nov 2017" in texts(two["layout"]["annotations"])


def test_a_published_figure_above_the_records_still_fits() -> None:
    published = courses.reconcile((date(2020, 12, 31), "kub", 90, 3))
    figure = charts.growth(courses.growth(2020, [3, 5]), ID, "light", published=published)
    assert figure["layout"]["yaxis"]["range"][1] > 90


def test_labels_of_diamonds_keep_apart_newest_first() -> None:
    marks = diamonds.rows_of(
        courses.reconcile(*((date(2012 + n // 2, 6 + n % 2, 1), "kub", n, n) for n in range(22))),
        "kub",
    )
    for small, width in ((False, diamonds.WIDE), (True, diamonds.NARROW)):
        labels = diamonds.labels(marks, date(2012, 12, 31), date(2022, 12, 31), ID, LIGHT, small)
        assert labels[0]["y"] == 21
        assert 2 <= len(labels) < len(marks)
        for newer, older in pairwise(labels):
            apart = (
                (date.fromisoformat(newer["x"]) - date.fromisoformat(older["x"])).days
                / 3652
                * width
            )
            assert apart >= text_width(newer["text"])
    early = diamonds.labels(marks[1:2], date(2012, 12, 31), date(2022, 12, 31), ID, LIGHT, False)
    assert [note["xanchor"] for note in early] == ["left"]


@pytest.mark.parametrize(
    "part", [{"districts": ("33.25.13",)}, {"villages": ("x",)}, {"sectors": ("makanan",)}]
)
def test_published_figures_stand_beside_the_whole_programme_only(
    part: dict[str, tuple[str, ...]],
) -> None:
    assert diamonds.fits(Filters(since=2015, until=2020))
    assert not diamonds.fits(Filters(**part))


def test_the_index_begins_with_a_hundred() -> None:
    frame = courses.growth(2019, [0, 10, 20, 15], [0, 150, 270, 225])
    figure = charts.growth(frame, EN, "light", scale="indexed")
    assert points(figure) == {
        ("2020-12-31", 100),
        ("2021-12-31", 200),
        ("2021-12-31", 180),
        ("2022-12-31", 150),
    }
    assert texts(figure["layout"]["annotations"]) == ["Members 150", "<b>KUB 150</b>"]
    # Both end at 150: their labels step aside.
    assert sorted(note["yshift"] for note in figure["layout"]["annotations"]) == [
        -LINE / 2,
        LINE / 2,
    ]
    apart = charts.growth(
        courses.growth(2020, [10, 20], [150, 150]), EN, "light", scale="indexed", measure="members"
    )
    assert texts(apart["layout"]["annotations"]) == ["KUB 200", "<b>Members 100</b>"]
    assert {note["yshift"] for note in apart["layout"]["annotations"]} == {0}


def test_without_members_there_is_no_index() -> None:
    frame = courses.growth(2020, [3, 5], [0, 0])
    assert points(charts.growth(frame, ID, "light", scale="indexed")) == at_year_ends(
        frame, "active"
    )


def test_a_phone_gets_fewer_years() -> None:
    figure = charts.growth(courses.growth(2003, list(range(1, 22))), ID, "light")
    wide, small = figure["layout"]["xaxis"]["ticktext"], narrow(figure)["xaxis"]["ticktext"]
    assert len(small) <= 5 < len(wide) <= 12
    assert wide[-1] == small[-1] == "2023"


def test_few_kub_are_counted_in_whole_steps() -> None:
    assert charts.growth(courses.growth(2020, [1, 2]), ID, "light")["layout"]["yaxis"]["dtick"] == 1
    assert (
        "dtick" not in charts.growth(courses.growth(2020, [1, 9]), ID, "light")["layout"]["yaxis"]
    )


def test_one_year_is_one_point() -> None:
    figure = charts.growth(courses.growth(2020, [203], provisional=True), ID, "light")
    assert points(figure) == {("2020-06-30", 203)}
    assert figure["layout"]["xaxis"]["ticktext"] == ["2020"]


@pytest.mark.parametrize(
    "figure",
    [
        charts.growth(courses.growth(2020, [0, 0]), ID, "light", both=True),
        charts.growth_flow(courses.growth(2020, [0, 0]), ID, "light"),
        charts.district_growth(courses.districts(2020, Tulis=[0, 0]), ID, "light"),
        charts.survival(courses.survival(), ID, "light"),
        charts.survival(courses.survival((4, 1.0)), ID, "light"),
    ],
)
def test_where_there_is_nothing_to_draw_a_sentence_stands(figure: dict[str, Any]) -> None:
    assert figure["data"] == []
    [sentence] = texts(figure["layout"]["annotations"])
    assert sentence.replace("<br>", " ").endswith(("Longgarkan filter.", "satu tahun penuh"))


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=25
    ).filter(lambda r: any(map(sum, r)))
)
def test_the_flow_is_the_frame_up_and_down(rows: list[tuple[int, int]]) -> None:
    founded, closed = zip(*rows, strict=True)
    frame = courses.growth(2000, [9] * len(rows), founded=founded, closed=closed, provisional=True)
    figure = charts.growth_flow(frame, ID, "light")
    up, down = figure["data"]
    assert up["y"] == list(founded)
    assert down["y"] == [-n for n in closed]
    assert up["x"] == down["x"] == [str(year) for year in frame["year"]]
    low, high = figure["layout"]["yaxis"]["range"]
    assert high > max(founded)
    assert low < -max(closed)
    assert up["marker"]["pattern"]["shape"] == [""] * (len(rows) - 1) + ["/"]


def test_the_flow_writes_values_and_differences() -> None:
    frame = courses.growth(2020, [9, 9, 9], founded=[9, 3, 2], closed=[0, 5, 2])
    figure = charts.growth_flow(frame, EN, "light")
    assert [trace["text"] for trace in figure["data"]] == [["9", "3", "2"], ["", "5", "2"]]
    assert figure["layout"]["xaxis"]["ticktext"] == ["2020<br>+9", "2021<br>−2", "2022<br>0"]
    assert narrow(figure)["xaxis"]["ticktext"] == ["’20<br>+9", "’21<br>−2", "’22<br>0"]
    assert figure["data"][0]["hovertext"][1] == "2021: 3 founded, 5 closed, −2 net"
    assert texts(figure["layout"]["annotations"]) == ["<b>Founded</b>", "<b>Closed</b>"]
    assert "uniformtext" not in narrow(figure)


def test_a_phone_hides_the_values_of_many_years_and_shows_the_scale() -> None:
    many = charts.growth_flow(
        courses.growth(2003, [9] * 21, founded=[14] * 21, closed=[5] * 21), ID, "light"
    )
    assert narrow(many)["uniformtext"]["mode"] == "hide"
    assert narrow(many)["yaxis"]["ticktext"] == ["5", "0", "14"]


def test_survival_steps_down_and_greys_where_few_are_observed() -> None:
    frame = courses.survival((272, 1.0), (250, 0.99), (210, 0.93), (180, 0.9), (9, 0.8), (2, 0.6))
    figure = charts.survival(frame, ID, "light")
    assert points(figure) == set(zip(range(6), frame["survival"], strict=True))
    assert all(trace["line"]["shape"] == "hv" for trace in figure["data"])
    assert points(figure, line={"color": LIGHT.accent, "width": 3, "shape": "hv"}) == {
        (0, 1.0),
        (1, 0.99),
        (2, 0.93),
        (3, 0.9),
    }
    assert figure["layout"]["xaxis"]["ticktext"][0] == "0<br>272"
    assert texts(figure["layout"]["annotations"]) == [
        "<b>90\N{NO-BREAK SPACE}% setelah 3 tahun</b>",
        "<b>60\N{NO-BREAK SPACE}%</b>",
        "kurang dari 10 KUB",
    ]
    assert (
        figure["data"][0]["hovertext"][-1]
        == "5 tahun: 60,0\N{NO-BREAK SPACE}% masih berjalan, 2 KUB diamati"
    )


def test_survival_of_few_kub_is_grey_and_of_many_is_not() -> None:
    small = charts.survival(courses.survival((5, 1.0), (4, 0.8)), EN, "light")
    assert [note["font"]["color"] for note in small["layout"]["annotations"]] == [LIGHT.muted]
    large = charts.survival(
        courses.survival(*((10_000 - n, 1 - n / 100) for n in range(20))), EN, "light"
    )
    assert texts(large["layout"]["annotations"]) == ["<b>97% after 3 years</b>", "<b>81%</b>"]
    assert len(narrow(large)["xaxis"]["ticktext"]) <= 4


def test_districts_are_panels_on_one_scale_largest_first() -> None:
    frame = courses.districts(2019, Tulis=[77, 104], Kandeman=[76, 101], **{"<i>Subah</i>": [0, 2]})
    figure = charts.district_growth(frame, ID, "light", provisional=True)
    assert texts(figure["layout"]["annotations"]) == [
        "<b>Tulis 104</b>",
        "<b>Kandeman 101</b>",
        "<b>&lt;i&gt;Subah&lt;/i&gt; 2</b>",
    ]
    own = [t for t in figure["data"] if t["xaxis"] == "x3" and t.get("hovertemplate")]
    assert {(x, y) for t in own for x, y in zip(t["x"], t["y"], strict=True)} == {
        ("2019", 0),
        ("2020", 2),
    }
    [grey] = [
        t
        for t in figure["data"]
        if t["xaxis"] == "x3" and t.get("line", {}).get("color") == LIGHT.line
    ]
    assert sorted(y for y in grey["y"] if y is not None) == [76, 77, 101, 104]
    assert (
        len({tuple(figure["layout"][axis]["range"]) for axis in ("yaxis", "yaxis2", "yaxis3")}) == 1
    )
    assert points(charts.district_growth(frame, ID, "light", measure="members"), xaxis="x") >= {
        ("2020", 1040)
    }


def test_beyond_nine_the_smallest_districts_are_summed() -> None:
    frame = courses.districts(2020, **{f"D{n}": [n, 2 * n] for n in range(1, 13)})
    figure = charts.district_growth(frame, ID, "light")
    names = texts(figure["layout"]["annotations"])
    assert len(names) == panels.MOST == charts.panels_of(frame)
    assert names[0] == "<b>D12 24</b>"
    assert names[-1] == "<b>4 kecamatan lainnya 20</b>"
    # D1 + D2 + D3 + D4 in each year.
    assert {("2020", 10), ("2021", 20)} <= points(figure, xaxis="x9")


@pytest.mark.parametrize("count", range(1, 10))
def test_panels_stand_apart_on_screen_and_phone(count: int) -> None:
    frame = courses.districts(2020, **{f"D{n}": [n, n] for n in range(1, count + 1)})
    figure = charts.district_growth(frame, ID, "light")
    for layout in (figure["layout"], narrow(figure)):
        cells = [
            (*layout[f"xaxis{n or ''}"]["domain"], *layout[f"yaxis{n or ''}"]["domain"])
            for n in [0, *range(2, count + 1)]
        ]
        assert all(
            0 <= low < high <= 1
            for left, right, down, up in cells
            for low, high in ((left, right), (down, up))
        )
        for number, (left, right, down, up) in enumerate(cells):
            for other in cells[number + 1 :]:
                assert right < other[0] or left > other[1] or down > other[3] or up < other[2]
    assert panels.height(count) >= 280
