"""Screen, slide, sheet and paper cannot differ: every answer there is, in each reopened file,
against `ask`.

Texts are read back as numbers and compared with the rows; what a native chart holds, with the
rows and with the figure on the screen.
"""

import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pypdf
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from kub import words
from kub.answers.catalog import CATALOG, TELLABLE
from kub.answers.source import source_line
from kub.answers.step import Step
from kub.answers.strip import strip
from kub.exports import pdf as paper
from kub.exports.html import html
from kub.exports.pack import Pack, Part, pack
from kub.exports.pptx import pptx
from kub.exports.pptx.tables import LARGE
from kub.exports.workbook import TOP, workbook
from kub.findings.numbers import Number
from kub.store.data import Data
from kub.store.database import current
from kub.words.columns import columns, figures_first, written
from kub.words.rows import rows
from queries.filters import Filters
from tests.support.paper import OneBar, flat
from tests.support.shown_numbers import read

WALKS = {
    "id": Filters(),
    "en": Filters(districts=("33.25.10",), until=2018, measure="members"),
}
# Their charts count or divide the rows once more, or draw the years between them too; the tests of
# the charts hold those numbers.
DERIVED = {"benchmark", "library_years", "school_visits", "sector_years", "targets"}


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder))


@pytest.fixture(scope="module", params=["id", pytest.param("en", marks=pytest.mark.thorough)])
def walked(request: pytest.FixtureRequest, data: Data) -> Pack:
    """Every answer in one pack."""
    filters = WALKS[request.param]
    steps = [Step(CATALOG[chart].question, chart, filters) for chart in TELLABLE]
    return pack(data, filters, words.of(request.param), date(2026, 11, 24), steps)


def asked(part: Part, data: Data) -> list[dict[str, Any]]:
    """What `ask` gives for the answer: plain values, missing None."""
    return rows(data.ask(part.answer.question, part.answer.filters), part.answer.source.sample)


def texts_of(part: Part, data: Data, given: Pack) -> pd.DataFrame:
    """The rows of `ask` as people read them."""
    return written(data.ask(part.answer.question, part.answer.filters), given.words)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_what_is_written_are_the_numbers_of_ask(walked: Pack, data: Data) -> None:
    numbers = 0
    for part in walked.parts:
        texts = written(part.answer.frame, walked.words).to_numpy().tolist()
        found = asked(part, data)
        assert len(texts) == len(found)
        for line, row in zip(texts, found, strict=True):
            for text, name in zip(line, columns(part.answer.frame), strict=True):
                if is_number(row[name]):
                    value, half = read(text, walked.lang)
                    assert abs(value - row[name]) <= half * (1 + 1e-9), (
                        part.answer.chart,
                        name,
                        text,
                        row[name],
                    )
                    numbers += 1
                elif row[name] is None:
                    assert text == words.MISSING, (part.answer.chart, name)
    assert numbers > 500


def sheets(given: Pack, data: Data) -> int:
    """Compares the workbook; the numbers compared."""
    book, numbers = CalamineWorkbook.from_filelike(io.BytesIO(workbook(given))), 0
    for at, part in enumerate(given.parts, 1):
        answer, page = part.answer, book.get_sheet_by_index(at).to_python(skip_empty_area=False)
        found = rows(figures_first(data.ask(answer.question, answer.filters)), answer.source.sample)
        assert page[0][0] == part.title
        for number, row in enumerate(found):
            lone = answer.figure is None and len(found) == 1
            cells = [line[1] for line in page[TOP:]] if lone else page[TOP + 1 + number]
            for cell, name in zip(cells, columns(answer.frame, codes=True), strict=False):
                if is_number(row[name]):
                    assert cell == pytest.approx(row[name], rel=1e-12), (answer.chart, name)
                    numbers += 1
                elif row[name] is None:
                    assert cell == "", (answer.chart, name)
    return numbers


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


def pages(given: Pack, data: Data) -> int:
    """Compares the page for a browser, tables and charts; the tables compared."""
    text = html(given).decode()
    parser = Tables()
    parser.feed(re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))
    [told] = re.findall(r'<script type="application/json" id="blocks">(.*?)</script>', text)
    cards = {card["key"]: card for card in json.loads(told)["cards"]}
    for number, part in enumerate(given.parts, 1):
        found = [row for row in parser.cells[f"answer-{number}"] if row]
        if part.numbers:
            large = [(n.value, n.note, n.goal) for n in large_of(part, data, given)]
            # A number without a target has no line for it.
            assert found.pop(0) == [
                text for *both, goal in large for text in both + [goal] * bool(goal)
            ]
        assert found == texts_of(part, data, given).to_numpy().tolist(), part.answer.chart
        assert cards[f"answer-{number}"].get("chart", {}).get("figure") == screen(part)
    return len(given.parts)


def large_of(part: Part, data: Data, given: Pack) -> tuple[Number, ...]:
    """The large numbers of a headline, of the row that `ask` gives."""
    frame = data.ask(part.answer.question, part.answer.filters)
    return strip(data, replace(part.answer, frame=frame), given.words)


def screen(part: Part) -> Any:
    """The figure as a browser gets it."""
    return json.loads(json.dumps(plain(part.answer.figure)))


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.isoformat()[:10] if isinstance(value, date) else value


def leaves(value: Any) -> Iterator[float]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif is_number(value):
        yield float(value)


def slides(given: Pack, data: Data) -> int:
    """Compares native charts, tables and large numbers; the charts compared."""
    deck, charts = Presentation(io.BytesIO(pptx(given))), 0
    for part, slide in zip(given.parts, list(deck.slides)[1:], strict=False):
        answer, texts = part.answer, texts_of(part, data, given)
        assert slide.shapes.title.text == part.title
        traces = (screen(part) or {"data": []})["data"]
        shown = {abs(number) for trace in traces for number in (*leaves(trace), *ends(trace))}
        counted = {
            abs(float(each))
            for row in asked(part, data)
            for each in row.values()
            if is_number(each)
        }
        for shape in slide.shapes:
            if shape.has_chart:
                charts += 1
                held = numbers_of(
                    shape.chart, ranked=any(other.has_table for other in slide.shapes)
                )
                assert held, answer.chart
                assert not [n for n in held if not near(n, shown)], answer.chart
                assert answer.chart in DERIVED or not [n for n in held if not near(n, counted)], (
                    answer.chart
                )
            elif shape.has_table and answer.figure is None:
                table = [[cell.text for cell in line.cells] for line in shape.table.rows]
                assert table[1:] == texts[table[0]].head(len(table) - 1).to_numpy().tolist(), (
                    answer.chart
                )
        if part.numbers:
            large = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
            for n in large_of(part, data, given):
                assert "\n".join(text for text in (n.value, n.label, n.below) if text) in large
        elif answer.figure is None and len(texts) == 1:
            large = [
                s.text_frame.paragraphs
                for s in slide.shapes
                if s.has_text_frame and s.name in texts.columns
            ]
            assert large or not any(name in answer.frame for name in LARGE), answer.chart
            for value, heading in large:
                assert value.text == texts[heading.text].iloc[0], answer.chart
    return charts


def ends(trace: Mapping[str, Any]) -> Iterator[float]:
    """Of the intervals, of which a figure has the lengths."""
    error = trace.get("error_x") or {}
    for x, low, high in zip(
        trace["x"], error.get("arrayminus", ()), error.get("array", ()), strict=False
    ):
        yield from (x - low, x + high)


def numbers_of(chart: Any, ranked: bool) -> list[float]:
    """What the series of a native chart hold.

    ranked: rows of dots, whose heights only number them.
    """
    paths = ("c:xVal",) if ranked else ("c:val", "c:xVal", "c:yVal")
    found = chart._chartSpace.xpath("|".join(f".//{path}//c:pt/c:v" for path in paths))
    return [abs(float(each.text)) for each in found]


def near(number: float, known: set[float]) -> bool:
    return number in known or any(math.isclose(number, each, rel_tol=1e-9) for each in known)


def papers(given: Pack, data: Data) -> int:
    """Compares the printed pages; how many of them have all their rows."""
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf(given, OneBar())))  # type: ignore[arg-type]
    said = [flat(page.extract_text()) for page in reader.pages]
    starts = [1]
    for part in given.parts:  # two may share a page; the contents have titles, too
        both = (flat(part.title), flat(source_line(part.answer.source, given.words)))
        starts.append(
            next(
                at for at in range(starts[-1], len(said)) if all(text in said[at] for text in both)
            )
        )
    ends = pairwise([*starts[1:], len(said)])
    return sum(
        on_paper(part, "".join(said[start : max(end, start + 1)]), data, given)
        for part, (start, end) in zip(given.parts, ends, strict=True)
    )


def on_paper(part: Part, said: str, data: Data, given: Pack) -> bool:
    """Whether the rows stand on the page; if not, it must say where they are."""
    answer, w, texts = part.answer, given.words, texts_of(part, data, given)
    assert flat(source_line(answer.source, w)) in said and flat(answer.subtitle) in said
    if part.numbers:
        for n in large_of(part, data, given):
            assert flat(n.label + n.value + n.below) in said
        return True
    if answer.figure is None and len(texts) == 1:
        for text in (part.title, answer.takeaway.removeprefix(part.title).lstrip(". ")):
            said = said.replace(flat(text), "|")  # they say some of the numbers, too
        for head, value in texts.iloc[0].items():
            assert flat(f"{value}{head}") in said or flat(f"{head}{value}") in said, (
                answer.chart,
                head,
            )
        return True
    most = paper.LISTED if answer.figure is None else paper.TWIN
    lines = texts.head(most).to_numpy().tolist()
    if len(texts.columns) > paper.TWIN_COLUMNS and len(texts) <= paper.TURNED:
        lines = texts.T.reset_index().to_numpy().tolist()
    there = [flat("".join(line[: paper.TWIN_COLUMNS])) in said for line in lines]
    elsewhere = flat(w("pack.all_rows", n=len(texts))) in said
    if answer.figure is None:
        assert all(there), answer.chart
        assert elsewhere or (len(lines) >= len(texts) and len(lines[0]) <= paper.TWIN_COLUMNS), (
            answer.chart
        )
    else:
        assert all(there) or elsewhere, answer.chart
    return bool(there) and all(there)


@pytest.mark.parametrize(
    ("compare", "least"), [(sheets, 500), (pages, 40), (slides, 20), (papers, 11)]
)
def test_a_file_has_the_numbers_of_ask(
    compare: Callable[[Pack, Data], int], least: int, walked: Pack, data: Data
) -> None:
    assert compare(walked, data) >= least


@pytest.mark.parametrize("compare", [sheets, pages, slides, papers])
@pytest.mark.parametrize("chart", ["headline", "supporting"])
def test_a_wrong_number_is_found(
    compare: Callable[[Pack, Data], int], chart: str, walked: Pack, data: Data
) -> None:
    """One more in the first row of what is exported, and the comparison fails."""
    [part] = [one for one in walked.parts if one.answer.chart == chart]
    frame = part.answer.frame.copy()
    column = next(name for name in frame if name in ("kub", "n"))
    frame.loc[0, column] += 1
    compare(replace(walked, parts=(part,)), data)
    changed = replace(part.answer, frame=frame)
    numbers = strip(data, changed, walked.words)
    with pytest.raises(AssertionError):
        compare(replace(walked, parts=(replace(part, answer=changed, numbers=numbers),)), data)
