"""Blocks as JSON: what is empty is left out, values are plain, text stays text."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from kub.web.blocks import Action, Card, Chart, Columns, Head, Note, Notice, Table, encode


def test_a_block_has_its_kind_and_only_what_it_says() -> None:
    head = Head("Desa", "Di mana?", "Batang", chips=[Action("Tulis", {"districts": []})])
    assert json.loads(encode(head)) == {
        "kind": "head",
        "name": "Desa",
        "question": "Di mana?",
        "scope": "Batang",
        "chips": [{"label": "Tulis", "changes": {"districts": []}}],
    }


def test_blocks_stand_inside_blocks() -> None:
    [column] = json.loads(encode(Columns([1], [[Note(["a"])]])))["items"]
    assert column == [{"kind": "note", "items": ["a"]}]


def test_no_is_told_and_what_is_taken_out_of_the_link_is_null() -> None:
    card = json.loads(encode(Card("k", "k", "T", "S", "M", "Q", tellable=False)))
    assert card["tellable"] is False and "chart" not in card
    notice = Notice("?", mend=Action("m", {"since": None}))
    assert json.loads(encode(notice))["mend"]["changes"] == {"since": None}


def test_figures_have_plain_values() -> None:
    y = [np.int64(3), float("nan"), pd.NA, pd.NaT, date(2023, 6, 30), np.array([1.5, np.inf])]
    chart = Chart({"data": [{"y": y}], "layout": {}}, "a", 300, "f", "q")
    assert json.loads(encode(chart))["figure"]["data"][0]["y"] == [
        3,
        None,
        None,
        None,
        "2023-06-30",
        [1.5, None],
    ]


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (np.float64("nan"), None),
        (pd.Series([1, 2]), [1, 2]),
        (pd.Timestamp(2020, 1, 2), "2020-01-02T00:00:00"),
        ((1, float("nan")), [1, None]),
        ({"a": float("-inf")}, {"a": None}),
    ],
)
def test_values_become_json(value: object, sent: object) -> None:
    assert json.loads(encode({"data": [value]}))["data"] == [sent]


def test_what_is_no_value_is_told_to_the_programmer() -> None:
    with pytest.raises(TypeError, match="no place"):
        encode(Table(["a"], [[object()]]))  # type: ignore[list-item]


def test_markup_in_records_stays_what_it_is() -> None:
    hostile = '</script><img src=x onerror="alert(1)">'
    assert json.loads(encode(Note([hostile])))["items"] == [hostile]
