"""CSV in both writings: nothing runs as a formula, numbers stay numbers, and a sample says so."""

import csv as reading
import io
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kub import words
from kub.answers.answer import Answer
from kub.exports.csv import cell, csv
from tests.support.answers import made

ID, EN = words.of("id"), words.of("en")


def answer(
    frame: pd.DataFrame, sample: bool = False, chart: str = "villages", **other: Any
) -> Answer:
    return made(frame, chart, sample, **other)


def read(data: bytes, delimiter: str) -> list[list[str]]:
    return list(
        reading.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )


FRAME = pd.DataFrame(
    {
        "village": ["Ujungnegoro; barat", '=HYPERLINK("x")', None],
        "kub": [12, -3, 0],
        "share": [0.125, float("nan"), 1.0],
        "first_founded_on": pd.to_datetime(["2014-03-01", None, "2020-12-31"]),
        "provisional": [True, False, True],
    }
)


def test_indonesian_writing() -> None:
    data = csv(answer(FRAME), ID)
    assert data.startswith(b"\xef\xbb\xbfvillage;kub;share;first_founded_on;provisional\r\n")
    assert read(data, ";")[1:] == [
        ["Ujungnegoro; barat", "12", "0,125", "2014-03-01", "true"],
        ['\'=HYPERLINK("x")', "-3", "", "", "false"],
        ["", "0", "1", "2020-12-31", "true"],
    ]


def test_international_writing() -> None:
    data = csv(answer(FRAME), EN, "intl")
    assert data.startswith(b"\xef\xbb\xbfvillage,kub,share,")
    assert [row[2] for row in read(data, ",")] == ["share", "0.125", "", "1"]


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert read(csv(answer(pd.DataFrame({"name": [text]})), ID), ";")[1] == [f"'{text}"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a=b", "a=b"),
        ("", ""),
        (-5, "-5"),
        (-0.5, "-0,5"),
        (np.int64(7), "7"),
        (np.float64(2.5), "2,5"),
        (np.bool_(True), "true"),
        (1e16, "1e+16"),
        (date(2020, 1, 2), "2020-01-02"),
        (pd.NA, ""),
        (pd.NaT, ""),
    ],
)
def test_single_values(value: object, written: str) -> None:
    assert cell(value, comma=True) == written


@pytest.mark.parametrize("w", [ID, EN])
def test_each_row_of_a_sample_says_that_it_is_invented(w: words.Words) -> None:
    rows = read(csv(answer(FRAME, sample=True), w), ";")
    assert rows[0][-1] == "note"
    assert {row[-1] for row in rows[1:]} == {w("source.sample")}
    assert "note" not in read(csv(answer(FRAME), w), ";")[0]


def test_no_rows_leave_the_headings() -> None:
    assert read(csv(answer(FRAME.head(0), sample=True), ID), ";") == [[*FRAME.columns, "note"]]
