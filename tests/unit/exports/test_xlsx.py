"""A card's workbook: numbers to reckon with, text that stays
text, and a sheet that says what it is.
"""

import io
from datetime import date
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import queries
from kub import words
from kub.answers.answer import Answer, answer
from kub.answers.source import source_line
from kub.exports import xlsx
from kub.exports.xlsx import sheet
from kub.store.data import Data
from kub.store.database import current
from kub.words import columns as table
from queries.filters import Filters
from tests.support.answers import made
from tests.support.thinned import thinned

ID, EN = words.of("id"), words.of("en")


def opened(file: bytes) -> tuple[list[list[Any]], list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    rows, notes = (book.get_sheet_by_index(n).to_python(skip_empty_area=False) for n in (0, 1))
    return rows, notes


def said(frame: pd.DataFrame, title: str = "Temuan") -> Answer:
    return made(frame, title=title)


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("question", thinned(queries.QUESTIONS, 4))
def test_every_answer_comes_back_as_it_was(question: str) -> None:
    found = answer(Data.open(current()), question, Filters(), EN)
    rows, notes = opened(sheet(found, EN))
    frame = table.figures_first(found.frame).reset_index(drop=True)
    columns = table.columns(frame, codes=True)
    assert rows[0] == [table.heading(column, frame[column], EN) for column in columns]
    assert len(rows) == len(frame) + 1
    for at, column in enumerate(columns):
        if pd.api.types.is_numeric_dtype(frame[column]) and not pd.api.types.is_bool_dtype(
            frame[column]
        ):
            ours = frame[column].astype("float64")
            theirs = pd.Series(
                [None if row[at] == "" else row[at] for row in rows[1:]], dtype="float64"
            )
            pd.testing.assert_series_equal(theirs, ours, check_names=False, rtol=1e-12)
    assert [note[1] for note in notes[:3]] == [found.title, found.subtitle, found.takeaway]
    assert [note[1] for note in notes[3:]] == [
        found.scope,
        source_line(found.source, EN),
        found.source.version,
    ]


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize(
    "question", ["villages", "village_kub", "library_villages", "microfinance"]
)
def test_places_and_kub_carry_their_codes_and_those_with_figures_come_first(question: str) -> None:
    frame = answer(Data.open(current()), question, Filters(), ID).frame
    rows, _ = opened(sheet(answer(Data.open(current()), question, Filters(), ID), ID))
    codes = [name for name in frame.columns if name in table.CODES]
    found = pd.DataFrame(rows[1:], columns=rows[0])
    for code in codes:
        assert sorted(found[ID(f"column.{code}")]) == sorted(frame[code])
    count = next(name for name in ("active", "libraries", "kub") if name in frame.columns)
    order = found[ID(f"column.{codes[0]}")].map(frame.set_index(codes[0])[count].astype(int).gt(0))
    assert order.tolist() == sorted(order, reverse=True) and (
        question == "microfinance" or not order.all()
    )


def test_text_that_looks_like_a_formula_or_an_address_stays_text() -> None:
    names = ["=1+1", "+2", "http://a.id", "@x", "007"]
    frame = pd.DataFrame({"village": names, "provisional": [True, False, None, True, False]})
    rows, notes = opened(sheet(said(frame, "=cmd()"), ID))
    assert [row[0] for row in rows[1:]] == names
    assert [row[1] for row in rows[1:]] == ["ya", "tidak", "", "ya", "tidak"]
    assert notes[0] == [ID("card.xlsx_title"), "=cmd()"]


def test_numbers_dates_and_codes_are_cells_of_their_kind() -> None:
    frame = pd.DataFrame(
        {
            "kub": [1, 2],
            "share": [0.25, None],
            "as_of": pd.to_datetime(["2023-06-30", None]),
            "sector": ["laundry", None],
            "savings_idr": [1500.5, 2.0],
        }
    )
    rows, _ = opened(sheet(said(frame), ID))
    assert rows[1] == [1, 0.25, date(2023, 6, 30), "Laundry dan jasa", 1500.5]
    assert rows[2] == [2, "", "", "", 2]


def test_no_rows_leave_a_heading_and_the_notes() -> None:
    rows, notes = opened(
        sheet(said(pd.DataFrame({"kub": []})), ID, ["Anggapan satu", "Anggapan dua"])
    )
    assert rows == [["KUB"]]
    assert notes[-2:] == [
        [ID("card.xlsx_assumed"), "Anggapan satu"],
        [ID("card.xlsx_assumed"), "Anggapan dua"],
    ]


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST", 2)
    rows, notes = opened(sheet(said(pd.DataFrame({"kub": [1, 2, 3]})), EN))
    assert [row[0] for row in rows] == ["KUB", 1, 2]
    assert notes[-1][1] == EN("card.xlsx_cut", shown=2, rows=3)
