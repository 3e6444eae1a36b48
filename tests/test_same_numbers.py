"""Screen, sheet and page cannot differ: each number of the pack's files is the one that `ask` gives."""

import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kub import words
from kub.data import Data
from kub.database import current
from kub.exports.html import html
from kub.exports.pack import Pack, pack
from kub.exports.rows import rows
from kub.exports.table import columns, written
from kub.exports.workbook import TOP, workbook
from queries.filters import Filters

LANGUAGES = ("id", "en")


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder))


@pytest.fixture(scope="module", params=LANGUAGES)
def standard(request: pytest.FixtureRequest, data: Data) -> Pack:
    return pack(data, Filters(), words.of(request.param), date(2026, 11, 24))


def test_sheets_have_the_numbers_of_ask(standard: Pack, data: Data) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(standard)))
    for at, part in enumerate(standard.parts, 1):
        answer, page = part.answer, book.get_sheet_by_index(at).to_python(skip_empty_area=False)
        asked = rows(data.ask(answer.question, answer.filters), answer.sample)
        shown = list(columns(answer.frame))
        for number, row in enumerate(asked):
            lone = answer.figure is None and len(asked) == 1
            cells = [line[1] for line in page[TOP:]] if lone else page[TOP + 1 + number]
            for cell, name in zip(cells, shown, strict=False):
                if isinstance(row[name], int | float) and not isinstance(row[name], bool):
                    assert cell == pytest.approx(row[name], rel=1e-12), (answer.chart, name)
                elif row[name] is None:
                    assert cell == "", (answer.chart, name)


class Tables(HTMLParser):
    """Text of the cells of each answer's table, or of its lone row, by the section's id."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, list[list[str]]] = {}
        self.section, self.into = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.section = str(dict(attrs)["id"])
            self.cells[self.section] = []
        elif tag in ("tr", "dl"):
            self.cells.setdefault(self.section, []).append([])
        elif tag in ("td", "dd") and self.cells.get(self.section):
            self.cells[self.section][-1].append("")
            self.into = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "dd"):
            self.into = False

    def handle_data(self, data: str) -> None:
        if self.into:
            self.cells[self.section][-1][-1] += data


def test_pages_have_the_numbers_of_ask(standard: Pack, data: Data) -> None:
    parser = Tables()
    parser.feed(re.sub(r"<script.*?</script>", "", html(standard).decode(), flags=re.DOTALL))
    for number, part in enumerate(standard.parts, 1):
        answer = part.answer
        frame = data.ask(answer.question, answer.filters)
        pd.testing.assert_frame_equal(frame, answer.frame)
        expected = written(frame, standard.words).to_numpy().tolist()
        found = [row for row in parser.cells[f"answer-{number}"] if row]
        assert found == expected, answer.chart
