"""What stands under the line of Pertumbuhan: true of the rows, and only where it has room."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.charts import growth as growth_module
from kub.charts.label_layout import text_width
from kub.charts.phases import PANEL
from kub.look import LIGHT
from tests.support import courses
from tests.support.courses import narrow, texts
from tests.support.figures import Figures

charts = Figures(growth_module)

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"
# From 2012 to the middle of 2023: fast until 2019, slow after it, and in 2021 as many closed as
# were founded.
KUB = [40, 60, 80, 110, 131, 153, 172, 190, 203, 203, 206, 207]
FOUNDED = [40, 22, 22, 32, 25, 25, 22, 20, 15, 4, 7, 2]
CLOSED = [0, 2, 2, 2, 4, 3, 3, 2, 2, 4, 4, 1]
FRAME = courses.growth(2012, KUB, founded=FOUNDED, closed=CLOSED, provisional=True)


def bands(layout: dict[str, Any]) -> list[tuple[str, str]]:
    return [(s["x0"], s["x1"]) for s in layout["shapes"] if s["type"] == "rect"]


def rules(layout: dict[str, Any]) -> list[tuple[str, str]]:
    return [(s["x0"][:4], s["x1"][:4]) for s in layout["shapes"] if s["type"] == "line"]


def test_there_is_no_ground_under_the_line() -> None:
    figure = charts.growth(FRAME, ID, "light", both=True)
    assert not [trace for trace in figure["data"] if trace.get("fill")]


def test_years_of_closings_are_a_band_that_says_what_it_is() -> None:
    for both in (False, True):
        figure = charts.growth(FRAME, ID, "light", both=both)
        for layout in (figure["layout"], narrow(figure)):
            assert bands(layout) == [("2020-12-31", "2021-12-31")]
            [band] = [s for s in layout["shapes"] if s["type"] == "rect"]
            assert (band["yref"], band["layer"], band["fillcolor"]) == (
                "y domain",
                "below",
                LIGHT.tint,
            )
            assert "tutup ≥ berdiri 2021" in texts(layout["annotations"])
    # How many members there are says nothing about foundings.
    assert not bands(charts.growth(FRAME, ID, "light", measure="members")["layout"])


def test_years_that_follow_each_other_are_one_band_and_an_unfinished_one_is_none() -> None:
    closed = [0, 2, 30, 2, 4, 3, 3, 2, 2, 4, 9, 5]
    frame = courses.growth(2012, KUB, founded=FOUNDED, closed=closed, provisional=True)
    layout = charts.growth(frame, EN, "light")["layout"]
    assert bands(layout) == [("2020-12-31", "2022-12-31"), ("2013-12-31", "2014-12-31")]
    labels = texts(layout["annotations"])
    # The first says what all of them mean.
    assert "closed ≥ founded 2021–2022" in labels and "2014" in labels


def test_a_year_without_any_closing_is_no_band() -> None:
    still = courses.growth(2012, [30, 30, 30], founded=[30, 0, 0], closed=[0, 0, 0])
    assert charts.growth(still, ID, "light")["layout"]["shapes"] == []


def test_two_paces_are_ruled_off_where_growth_has_slowed() -> None:
    layout = charts.growth(FRAME, ID, "light")["layout"]
    assert rules(layout) == [("2017", "2019"), ("2020", "2022")]
    labels = texts(layout["annotations"])
    assert f"+13,2{NBSP}% per tahun" in labels and f"+2,7{NBSP}% per tahun" in labels
    assert rules(narrow(charts.growth(FRAME, ID, "light"))) == []
    # Of two panels that alone which the title speaks of.
    two = charts.growth(FRAME, ID, "light", both=True)["layout"]
    assert {s["yref"] for s in two["shapes"] if s["type"] == "line"} == {"y"}


def test_a_steady_pace_is_not_marked() -> None:
    steady = courses.growth(2012, [round(100 * 1.1**n) for n in range(9)])
    assert charts.growth(steady, ID, "light")["layout"]["shapes"] == []


def test_what_has_no_room_under_the_line_is_left_out() -> None:
    # The line runs along the axis in the end.
    gone = [100, 180, 200, 190, 150, 80, 9, 6, 3]
    frame = courses.growth(2012, gone, founded=[0] * 9, closed=[0, 0, 0, 0, 0, 0, 0, 3, 3])
    layout = charts.growth(frame, ID, "light")["layout"]
    assert layout["shapes"] == []
    assert [text for text in texts(layout["annotations"]) if "≥" in text] == []


def test_a_published_figure_below_the_line_keeps_its_room() -> None:
    low = courses.reconcile((date(2021, 6, 30), "kub", 5, 203))
    layout = charts.growth(FRAME, ID, "light", published=low)["layout"]
    assert layout["shapes"] == []


@given(
    rows=st.lists(
        st.tuples(st.integers(1, 300), st.integers(0, 9), st.integers(0, 9)),
        min_size=2,
        max_size=15,
    ),
    provisional=st.booleans(),
)
@pytest.mark.parametrize("small", [False, True])
def test_marks_lie_on_neither_line_nor_each_other(
    small: bool, rows: list[tuple[int, int, int]], provisional: bool
) -> None:
    kub, founded, closed = zip(*rows, strict=True)
    frame = courses.growth(2009, kub, founded=founded, closed=closed, provisional=provisional)
    figure = charts.growth(frame, ID, "light")
    layout = narrow(figure) if small else figure["layout"]
    high = figure["layout"]["yaxis"]["range"][1]
    finished = frame[~frame["provisional"] & (frame["closed"] > 0)]
    true = set(finished.loc[finished["closed"] >= finished["founded"], "year"])
    for first, last in bands(layout):
        assert set(range(int(first[:4]) + 1, int(last[:4]) + 1)) <= true
    width, whole = (240, "narrow") if small else (560, "wide")
    days = (frame["as_of"].iloc[-1] - frame["as_of"].iloc[0]).days
    taken: list[tuple[float, float]] = []
    for note in layout["annotations"]:
        if note["y"] != 0 or "%" in note["text"]:
            continue
        at = (date.fromisoformat(note["x"]) - frame["as_of"].iloc[0].date()).days / days * width
        long = text_width(note["text"])
        left = at - {"left": 0, "center": long / 2, "right": long}[note["xanchor"]]
        assert all(left + long < other[0] or left > other[1] for other in taken), whole
        taken.append((left, left + long))
        for on, value in zip(frame["as_of"], kub, strict=True):
            x = (on - frame["as_of"].iloc[0]).days / days * width
            assert not left <= x <= left + long or PANEL * value / high > 20
