"""The chart of a statement's result, chosen by its columns."""

from datetime import date
from typing import Any

import pytest

from kub.charts.sql_result import BARS, Column, SqlChart, chart, kind_of, number
from kub.look import LIGHT, SECTORS
from kub.words import of

WORDS = of("id")


def drawn(**columns: list[Any]) -> SqlChart | None:
    listed = [Column(name, kind_of(name, values), values) for name, values in columns.items()]
    return chart(listed, WORDS)


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("year", [2020, None, 2021], "time"),
        ("tahun_berdiri", [2020], "time"),
        ("kub", [2020], "number"),
        ("year", [1, 2], "number"),
        ("on", [date(2020, 1, 1)], "time"),
        ("name", ["a"], "text"),
        ("active", [True, False], "text"),
        ("share", [0.5, 1], "number"),
        ("nothing", [None], "text"),
    ],
)
def test_years_are_a_time_and_codes_a_text(name: str, values: list[Any], kind: str) -> None:
    assert kind_of(name, values) == kind


def test_names_and_numbers_are_bars() -> None:
    result = drawn(sector=["makanan", "<b>"], kub=[7, 1.25])
    assert result and (result.names, result.values, result.shown) == ("sector", "kub", 0)
    [trace] = result.figure["data"]
    assert trace["type"] == "bar" and trace["x"] == [7, 1.25]
    assert trace["marker"]["color"] == [SECTORS["makanan"], LIGHT.accent]
    assert result.figure["layout"]["yaxis"]["ticktext"] == ["makanan", "&lt;b&gt;"]
    assert [text.strip() for text in trace["text"]] == ["7", "1,25"]


def test_of_many_names_the_first_are_bars() -> None:
    result = drawn(name=[str(n) for n in range(99)], kub=list(range(99)))
    assert result and result.shown == BARS == len(result.figure["data"][0]["x"])


def test_years_are_lines_for_each_name_or_each_number() -> None:
    result = drawn(
        year=[2021, 2020, 2020, 2021], sector=["makanan", "makanan", "b", "b"], kub=[4, 3, 2, 1]
    )
    assert result and [trace["y"] for trace in result.figure["data"]] == [[3, 4], [2, 1]]
    assert result.figure["data"][0]["line"]["color"] == SECTORS["makanan"]
    shifts = [mark["yshift"] for mark in result.figure["layout"]["annotations"]]
    assert len(set(shifts)) == 1  # far apart enough
    result = drawn(as_of=[date(2020, 1, 1), date(2021, 1, 1)], kub=[1, 2], members=[1, None])
    assert result and result.values == "kub, members"
    assert result.figure["data"][0]["x"] == ["2020-01-01", "2021-01-01"]


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    result = drawn(year=[2020, 2021], a=[1, 100], b=[1, 100], c=[1, 99])
    assert result
    shifts = sorted(mark["yshift"] for mark in result.figure["layout"]["annotations"])
    assert shifts[0] == 0 and shifts[1] > 10 and shifts[2] > 25


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"kub": [1, 2]},
        {"name": ["a", "b"]},
        {"name": ["a"], "kub": [1]},
        {"name": ["a", "b"], "kub": [1, -1]},
        {"name": ["a", "b"], "kub": [1, None]},
        {"year": [2020, 2020], "kub": [1, 2]},
        {"year": [2020, None], "kub": [1, 2]},
    ],
)
def test_what_is_neither_has_no_chart(columns: dict[str, list[Any]]) -> None:
    assert drawn(**columns) is None


def test_numbers_keep_the_digits_that_matter() -> None:
    assert [number(value, WORDS) for value in (1234, 5.0, 0.12346, 12.3, 1e20)] == [
        *("1.234", "5", "0,1235", "12,3"),
        WORDS.number(1e20),
    ]
