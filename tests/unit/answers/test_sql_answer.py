"""A statement as a step: always with a reader's tables, in words and native charts, or a fault that
says what to do.
"""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from kub import words
from kub.answers.sql_answer import fault_words, lone
from kub.answers.step import Step, tell, tellable
from kub.exports.csv import csv
from kub.exports.html import html
from kub.exports.pack import UnanswerableStep, pack
from kub.exports.pptx import pptx
from kub.exports.workbook import workbook
from kub.findings.options import BadOption
from kub.sql.faults import SqlFault
from kub.store import database
from kub.store.data import Data
from kub.words import LANGUAGES
from kub.words.columns import own_heading
from queries.filters import Filters

ID, EN = words.of("id"), words.of("en")
YEARS = """SELECT year, sector, kub FROM sector_years WHERE programme = 'BPI-BATANG'
ORDER BY year, sector"""
TRADES = """SELECT activity, count(*) AS kub FROM kub GROUP BY activity
ORDER BY kub DESC, activity LIMIT 25"""
NAMES = "SELECT name, sector FROM kub ORDER BY name LIMIT 3"


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(database.current(sample_folder))


def step(sql: str, **view: str | int) -> Step:
    return Step("sql", "sql", view=view, sql=sql)


def test_lines_and_bars_are_drawn_under_headings_of_the_language(data: Data) -> None:
    lines = tell(data, step(YEARS), EN)
    assert lines.title == "KUB by year and sector"
    assert lines.figure and len(lines.figure["data"]) == 5
    assert {trace["name"] for trace in lines.figure["data"]} >= {"Food", "Crafts"}
    bars = tell(data, step(TRADES), ID)
    assert bars.title == "KUB menurut usaha"
    assert bars.data and bars.data.kind == "bar" and len(bars.data.categories) == 20
    # What the chart leaves out is said, and on the stage it leaves out more.
    assert ID("sql.chart_cut", shown=20) in bars.takeaway
    assert bars.sizes.left_out(bars.frame) == 25 - 12
    assert tell(data, step(TRADES, show="table"), ID).figure is None
    assert tellable(bars)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_of_all_programmes_and_says_that_a_reader_sees_it(data: Data, lang: str) -> None:
    answer = tell(data, step(YEARS), words.of(lang))
    assert answer.source.compared == len(data.programmes) and answer.source.sample
    assert words.of(lang)("sql_step.reader") in answer.takeaway
    assert words.of(lang)("sql_step.scope") in answer.subtitle


def test_an_analyst_too_is_answered_from_a_readers_tables(data: Data) -> None:
    analyst = data.seen_by("analyst")
    members = "SELECT sum(members) AS jumlah, count(members) AS stated FROM villages"
    assert tell(analyst, step(members), ID).frame.equals(tell(data, step(members), ID).frame)
    for sql, name in (
        ("SELECT * FROM kub_report", "kub_report"),
        ("SELECT participants FROM study_visit", "participants"),
    ):
        for role in (data, analyst):
            with pytest.raises(SqlFault) as fault:
                tell(role, step(sql), ID)
            assert fault.value.rule == "analyst_only" and fault.value.values["name"] == name
            problem, todo = fault_words(fault.value, ID)
            assert name in problem and todo
    # A slip is no matter of roles.
    with pytest.raises(SqlFault) as fault:
        tell(data, step("SELECT anggota FROM kubb"), ID)
    assert fault.value.rule == "table"


def test_a_row_of_numbers_is_seen_as_large_numbers(data: Data) -> None:
    answer = tell(data, step("SELECT count(*) AS kub, 2.5 AS rata FROM kub"), ID)
    assert [(number.label, number.value) for number in lone(answer, ID)][1] == ("rata", "2,50")
    assert lone(tell(data, step(NAMES + " OFFSET 1"), ID), ID) == ()
    assert lone(tell(data, step("SELECT name FROM kub LIMIT 1"), ID), ID) == ()
    assert lone(tell(data, step(YEARS), ID), ID) == ()


def test_columns_of_one_name_of_none_and_empty_ones_are_all_there(data: Data) -> None:
    sql = "SELECT 1 AS kub, 2 AS kub, 'a' AS \"KUB\", NULL AS x, true AS b, DATE '2020-01-02' AS d"
    answer = tell(data, step(sql), ID)
    headings = [own_heading(name) for name in answer.frame.columns]
    assert len(set(headings)) == 6 and headings[0] == "KUB"
    empty = tell(data, step("SELECT year, kub FROM sector_years WHERE false"), ID)
    assert empty.frame.empty and empty.figure is None
    missing = tell(data, step("SELECT * FROM (VALUES (1, 'a'), (NULL, 'b')) t(n, s)"), ID)
    assert pd.isna(missing.frame.iloc[1, 0])


def test_every_file_of_a_pack_holds_it(data: Data) -> None:
    steps = [step(YEARS), step(TRADES), step(NAMES), step("SELECT count(*) AS kub FROM kub")]
    made = pack(data, Filters(), ID, date(2026, 11, 29), steps)
    slides = Presentation(io.BytesIO(pptx(made))).slides
    charts = [any(shape.has_chart for shape in slide.shapes) for slide in slides]
    assert charts[1:4] == [True, True, False]
    assert any(shape.has_table for shape in slides[3].shapes)
    book = openpyxl.load_workbook(io.BytesIO(workbook(made)))
    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[8]][:3] == ["Tahun", "Sektor", "KUB"]
    assert [len(page._charts) for page in book.worksheets[1:5]] == [1, 1, 0, 0]
    asked = [row[-1] for row in book.worksheets[-1].iter_rows(values_only=True)]
    assert YEARS in asked
    page = html(made).decode()
    assert "KUB menurut tahun dan sektor" in page
    rows = csv(made.parts[0].answer, ID, "intl").decode("utf-8-sig").splitlines()
    assert rows[0] == "Tahun,Sektor,KUB,note" and len(rows) == 61


def test_a_fault_or_a_misspelt_option_is_no_step_of_a_pack(data: Data) -> None:
    with pytest.raises(UnanswerableStep):
        pack(data, Filters(), ID, date(2026, 11, 29), [step("SELECT * FROM kub_report")])
    with pytest.raises(BadOption):
        tell(data, step(YEARS, show="pie"), ID)
