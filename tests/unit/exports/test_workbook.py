"""The pack's workbook: every number of every answer, charts made of cells, text that stays text."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kub import words
from kub.answers.answer import Answer
from kub.answers.source import source_line
from kub.answers.step import Step
from kub.exports.pack import Pack, Part, pack
from kub.exports.workbook import TOP, command, sheet_names, workbook
from kub.store.data import Data
from kub.store.database import current
from kub.store.versions import Version
from kub.words import columns as table
from queries.filters import Filters
from tests.support.answers import made

ID, EN = words.of("id"), words.of("en")


@pytest.fixture(scope="module")
def standard(sample_folder: Any) -> Pack:
    version: Version = current(sample_folder)
    return pack(Data.open(version), Filters(), EN, date(2026, 11, 24))


def said(frame: pd.DataFrame, **more: Any) -> Answer:
    return made(frame, **more)


def packed(answer: Answer, lang: str = "id") -> Pack:
    parts = (Part(answer, answer.title, ""),)
    return Pack(
        "=Judul",
        "Batang",
        lang,
        parts,
        "1 a",
        True,
        (("=batang.xlsx", "ab" * 32),),
        date(2026, 11, 24),
    )


def sheets(file: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def test_contents_answers_and_explanations_have_their_sheets(standard: Pack) -> None:
    found = sheets(workbook(standard))
    names = list(found)
    assert names[0] == "Contents"
    assert names[-3:] == ["Definitions", "Sources", "Filters"]
    assert len(names) == len(standard.parts) + 4
    for name, part in zip(names[1:-3], standard.parts, strict=True):
        head = [row[0] for row in found[name][:5]]
        assert head[0] == part.title
        assert head[3] == source_line(part.answer.source, standard.words)
        assert (head[4] == EN("source.sample")) is part.answer.source.sample
    digests = [row[1] for row in found["Sources"]]
    assert {digest for _, digest in standard.files} <= set(digests)
    assert found["Filters"][2][-1] == "python -m kub ask growth --programme BPI-BATANG"


def test_contents_lead_to_every_sheet(standard: Pack) -> None:
    book = load_workbook(io.BytesIO(workbook(standard)))
    page = book["Contents"]
    links = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert [
        cell.hyperlink.target for row in page.iter_rows() for cell in row if cell.hyperlink
    ] == [None] * len(links)


def test_charts_are_made_of_the_cells_of_their_own_sheet(standard: Pack) -> None:
    book, drawn = load_workbook(io.BytesIO(workbook(standard))), 0
    for page, part in zip(book.worksheets[1:], standard.parts, strict=False):
        assert len(page._charts) == len(part.answer.data.cells if part.answer.data else ()), (
            part.answer.chart
        )
        drawn += len(page._charts)
        for chart in page._charts:
            for series in chart.series:
                assert series.val.numRef.f.startswith(f"'{page.title}'!")
                [values] = zip(
                    *page[series.val.numRef.f.split("!")[1].replace("$", "")], strict=True
                )
                assert sum(cell.value is not None for cell in values) > 0
    assert drawn == 18


def test_a_chart_of_rows_in_long_form_has_the_numbers_of_the_rows(standard: Pack) -> None:
    [part] = [part for part in standard.parts if part.answer.chart == "sector_years"]
    rows = sheets(workbook(standard))[f"{standard.parts.index(part) + 1} Sectors"]
    frame, left = part.answer.frame, 5
    names = rows[TOP][left + 1 : left + 6]
    assert names == [EN(f"sector.{code}") for code in frame["sector"].unique()]
    wide = frame.pivot(index="year", columns="sector", values="kub")[list(frame["sector"].unique())]
    assert [
        row[left : left + 6] for row in rows[TOP + 1 : TOP + 1 + len(wide)]
    ] == wide.reset_index().to_numpy().tolist()


def laid_out(page: list[list[Any]], heading: str) -> list[tuple[Any, Any]]:
    """The first series that was laid out for a chart, by its
    categories: beside the rows, or below them.
    """
    top, left = max(
        (down, at)
        for down, line in enumerate(page)
        for at, cell in enumerate(line)
        if cell == heading
    )
    return [
        (line[left], line[left + 1])
        for line in page[top + 1 :]
        if len(line) > left and line[left] != ""
    ]


def test_charts_keep_apart_two_programmes_of_one_regency(standard: Pack) -> None:
    [part] = [part for part in standard.parts if part.answer.chart == "rates"]
    frame = part.answer.frame.assign(regency="Batang")
    twins = replace(standard, parts=(replace(part, answer=replace(part.answer, frame=frame)),))
    page = next(page for name, page in sheets(workbook(twins)).items() if name.startswith("1 "))
    found = laid_out(page, table.heading("regency", frame["regency"], EN))
    assert [value for _, value in found] == pytest.approx(
        frame.query("per == 'residents'")["value"].tolist()
    )
    assert (
        len({line[0] for line in page[TOP + 1 : TOP + 1 + len(frame)]})
        == frame["programme"].nunique()
    )


def test_a_chart_over_time_is_of_the_measure_it_is_titled_by_and_in_order(
    sample_folder: Path,
) -> None:
    data = Data.open(current(sample_folder))
    for view, first, column in (
        ({}, "age", "kub_per_10k"),
        ({"axis": "calendar", "per": "count"}, "year", "kub"),
    ):
        steps = [
            Step("programme_years", view=view),
            Step("library_years", filters=Filters(districts=("33.25.01",))),
        ]
        made = pack(data, Filters(), EN, date(2026, 11, 24), steps)
        page = sheets(workbook(made))["1 Benchmark"]
        frame = made.parts[0].answer.frame
        found = laid_out(page, table.heading(first, frame[first], EN))
        assert [key for key, _ in found] == sorted(set(frame[first]))
        own = (
            frame[frame["programme"] == frame["programme"].iloc[0]]
            .set_index(first)[column]
            .dropna()
        )
        assert {key: value for key, value in found if value != ""} == pytest.approx(own.to_dict())


def test_text_that_looks_like_a_formula_or_an_address_stays_text() -> None:
    names = ["=1+1", "+2", "http://a.id", "@x", "007", "internal:'Isi'!A1"]
    frame = pd.DataFrame({"village": names})
    answer = said(frame, title="=cmd()", subtitle="=2+2", takeaway="http://b.id", programme="=3")
    file = workbook(packed(answer))
    found = sheets(file)
    page = found["1 Desa"]
    assert [row[0] for row in page[TOP + 1 :]] == names
    source = source_line(answer.source, ID)
    assert [row[0] for row in page[:4]] == ["=cmd()", answer.subtitle, "http://b.id", source]
    assert found["Isi"][0][0] == "=Judul"
    cells = [
        cell for one in load_workbook(io.BytesIO(file)) for row in one.iter_rows() for cell in row
    ]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [
        cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target
    ] == []


def test_names_of_sheets_are_short_unique_and_allowed() -> None:
    found = sheet_names(["Desa", "Desa", "A/B: [c]*?\\'", "x" * 60])
    assert found[:2] == ["1 Desa", "2 Desa"]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in found)


def test_a_command_quotes_what_a_shell_would_read() -> None:
    asked = Filters(programme="A; rm -rf /", districts=("33.25.13", "33.25.14"), until=2020)
    assert command(said(pd.DataFrame(), filters=asked)) == (
        "python -m kub ask gaps --programme 'A; rm -rf /' --districts 33.25.13 --districts 33.25.14 --until 2020"
    )


def test_no_rows_leave_headings_and_no_chart() -> None:
    frame = pd.DataFrame({"year": [], "founded": [], "closed": []})
    file = workbook(packed(said(frame, chart="growth_flow", sample=False)))
    page = sheets(file)["1 Pertumbuhan"]
    assert page[TOP][:3] == [table.heading(name, frame[name], ID) for name in frame.columns]
    assert [len(one._charts) for one in load_workbook(io.BytesIO(file)).worksheets] == [0] * 5


def test_the_same_pack_is_the_same_file(standard: Pack) -> None:
    assert workbook(standard) == workbook(standard)
