"""Whole columns: whatever the type they come in, the same cells and the same faults."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from kub.records import columns, typed_columns
from kub.records.grid import Unreadable

TODAY = date(2026, 11, 24)


def arrow(values, kind=None):
    return pa.chunked_array([pa.array(values, kind)])


def faults(found):
    return [(positions.tolist(), value, breach.rule) for positions, value, breach in found.broken]


@pytest.mark.parametrize(
    ("kind", "raw", "values"),
    [
        ("date", arrow([date(2017, 11, 3), None]), [date(2017, 11, 3), None]),
        ("date", arrow([datetime(2017, 11, 3, 5)]), [date(2017, 11, 3)]),
        ("date", arrow(["2017-11-03", "2017"]), [date(2017, 11, 3), date(2017, 12, 31)]),
        ("count", arrow([3, None, 0]), [3, None, 0]),
        ("count", arrow([3.0, None]), [3, None]),
        ("money", arrow([1, 2]), [1.0, 2.0]),
        ("money", arrow([1.5, float("nan")]), [1.5, None]),
        ("number", arrow([-1.5]), [-1.5]),
        ("flag", arrow([True, None]), [True, None]),
        ("flag", arrow(["ya", "tidak"]), [True, False]),
        ("text", arrow(["satu", None]), ["satu", None]),
        ("text", arrow([" satu ", "dua  kali", "-"]), ["satu", "dua kali", None]),
        ("text", arrow(["satu", "é"], pa.large_string()), ["satu", "é"]),
        ("code", arrow([7, 8]), ["7", "8"]),
        ("text", arrow([None, None]).cast(pa.string()), [None, None]),
        ("text", pa.chunked_array([], pa.string()), []),
        ("text", pa.chunked_array([["a"], ["b", "a "]]), ["a", "b", "a"]),
        ("text", ["a", 1.0, True, 1], ["a", "1", "ya", "1"]),
    ],
)
def test_values(kind, raw, values):
    found = columns.read(kind, raw, TODAY)
    assert found.values.to_pylist() == values
    assert found.values.type == columns.type_of(kind)
    assert found.broken == []


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("count", arrow([3, -1, 5, -1]), [([1, 3], "-1", "negative")]),
        ("count", arrow([2**40]), [([0], str(2**40), "too_large")]),
        ("money", arrow([-0.5]), [([0], "-0.5", "negative")]),
        ("number", arrow([float("inf")]), [([0], "inf", "not_number")]),
        ("date", arrow([date(2030, 1, 1)]), [([0], "2030-01-01", "future_date")]),
        ("date", arrow([date(1905, 7, 9)]), [([0], "1905-07-09", "year_as_date")]),
        ("text", arrow(["a", "#N/A"]), [([1], "#N/A", "formula_error")]),
        ("count", ["x", 1.0, "y", "x"], [([0, 3], "x", "not_number"), ([2], "y", "not_number")]),
    ],
)
def test_faults_keep_their_rows(kind, raw, expected):
    found = columns.read(kind, raw, TODAY)
    assert faults(found) == expected
    for positions, _, _ in expected:
        assert all(found.values[position].as_py() is None for position in positions)


def test_only_an_imprecise_date_has_another_first_day():
    precise = columns.read("date", ["2017-11-03", None], TODAY)
    assert precise.firsts is precise.values
    year = columns.read("date", ["2017", "2017-11-03", "x"], TODAY)
    assert year.firsts.to_pylist() == [date(2017, 1, 1), date(2017, 11, 3), None]


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (["a", "b", "a"], pa.dictionary(pa.int8(), pa.string()), ["a", "b", "a"]),
        ([Decimal("1.50")], pa.decimal128(10, 2), [1.5]),
        (["a"], pa.string_view(), ["a"]),
        ([None], pa.null(), [None]),
    ],
)
def test_parquet_types_become_plain_ones(values, kind, expected):
    assert typed_columns.simple(arrow(values, kind), "kolom").to_pylist() == expected


def test_a_parquet_column_of_lists_is_refused():
    with pytest.raises(Unreadable, match="column_type"):
        typed_columns.simple(arrow([["a"]]), "kolom")
