"""The pack on paper: what its pages say, its tags for screen readers, and that names stay text."""

import io
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
import typst
from PIL import Image

from kub import words
from kub.answers.source import source_line
from kub.answers.step import Step
from kub.exports import pdf as module
from kub.exports.pack import Pack, Part, pack
from kub.exports.pictures import Pictures
from kub.findings import Finding
from kub.look import LIGHT
from kub.store import database
from kub.store.data import Data
from kub.words.columns import written
from queries.filters import Filters
from tests.browser import chromium
from tests.support.paper import OneBar, flat

DAY = date(2026, 11, 24)
NAME = '#import "x" *tebal* $x$ `k` <a> @b \\ // _c_ [d]'


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(database.current(sample_folder))


@pytest.fixture(scope="module")
def whole(data: Data) -> Pack:
    return pack(data, Filters(), words.of("id"), DAY)


@pytest.fixture(scope="module")
def document(whole: Pack) -> Iterator[dict[str, Any]]:
    """The whole sample pack with its charts as the browser draws them."""
    found = chromium.executable()
    if found is None and "CI" not in os.environ:
        pytest.skip("no Chromium here")
    assert found, "CI draws charts: it needs Chromium"
    with pytest.MonkeyPatch.context() as patch, Pictures() as pictures:
        patch.setenv("BROWSER_PATH", found)
        yield module.document(whole, pictures)


@pytest.fixture(scope="module")
def paper(whole: Pack) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(module.pdf(whole, OneBar())))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pages(paper: pypdf.PdfReader) -> list[str]:
    return [flat(page.extract_text()) for page in paper.pages]


def few(whole: Pack, *parts: Part, **changes: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(module.pdf(replace(whole, parts=parts, **changes), OneBar())))  # type: ignore[arg-type]


def places(whole: Pack, pages: list[str]) -> list[int]:
    """The page of each part, from 0: those after the cover, in their order."""
    found, at = [], 1
    for part in whole.parts:
        at = next(number for number in range(at, len(pages)) if flat(part.title) in pages[number])
        found.append(at)
    return found


def test_every_part_is_told_whole_on_one_page(whole: Pack, pages: list[str]) -> None:
    for part, number in zip(whole.parts, places(whole, pages), strict=True):
        said = pages[number]
        # not twice what the title says
        told = part.answer.takeaway.removeprefix(part.title).lstrip(". ")
        for text in (part.answer.subtitle, told, source_line(part.answer.source, whole.words)):
            assert flat(text) in said
        for n in part.numbers:
            assert flat(n.label) + flat(n.value) + flat(n.below) in said
        if notes := part.answer.finding.notes:
            assert all(flat(line) in said for line in (notes.heading, *notes.lines))
    assert any(part.answer.finding.notes for part in whole.parts)


def test_two_answers_share_a_page_where_they_fit(whole: Pack, pages: list[str]) -> None:
    at = places(whole, pages)
    sharing = Counter(at).values()
    assert set(sharing) == {1, 2} and list(sharing).count(2) >= 3
    assert sorted(set(at)) == list(range(1, at[-1] + 1))  # nothing runs over to a page of its own


def test_contents_name_every_page(whole: Pack, pages: list[str]) -> None:
    for part, number in zip(whole.parts, places(whole, pages), strict=True):
        title = flat(part.title)
        after = pages[0][pages[0].index(title) + len(title) :]
        assert after.lstrip(".").startswith(str(number + 1))


def test_each_page_says_whose_it_is(whole: Pack, pages: list[str]) -> None:
    for number, said in enumerate(pages, start=1):
        assert flat(whole.title) in said and flat(whole.version) in said
        assert flat(words.of("id")("source.sample")) in said
        assert f"Halaman{number}dari{len(pages)}" in said


def test_every_definition_source_and_file_is_there(whole: Pack, pages: list[str]) -> None:
    end = "".join(pages[places(whole, pages)[-1] + 1 :])
    for name, says, _ in whole.definitions():
        assert flat(name) in end and flat(says)[:40] in end
    for text in whole.sources():
        assert flat(text)[:40] in end
    for file, sha256 in whole.files:
        assert flat(file) + sha256 in end


def elements(paper: pypdf.PdfReader) -> Iterator[pypdf.generic.DictionaryObject]:
    waiting: list[Any] = [paper.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if "/S" in one:
                yield one
            waiting += [one[name] for name in ("/K",) if name in one]


def test_a_screen_reader_knows_its_way(whole: Pack, paper: pypdf.PdfReader) -> None:
    root = paper.trailer["/Root"]
    assert root["/Lang"] == "id" and root["/MarkInfo"]["/Marked"]
    assert paper.metadata is not None and paper.metadata.title == whole.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = [str(one["/S"]) for one in elements(paper)]
    assert {"/H1", "/Table", "/TH", "/TD", "/L", "/TOC"} <= set(kinds)
    said = {flat(str(one["/Alt"])) for one in elements(paper) if one["/S"] == "/Figure"}
    assert said == {flat(part.answer.takeaway) for part in whole.parts if part.answer.figure}
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_picture_without_alt_text_is_refused(whole: Pack) -> None:
    spoken = module.document(replace(whole, parts=whole.parts[3:4]), OneBar())  # type: ignore[arg-type]
    spoken["parts"][0]["alt"] = None
    with pytest.raises(typst.TypstError, match="(?i)alt"):
        module.typeset("pdf.typ", spoken)


def test_names_stay_text(whole: Pack) -> None:
    [sectors] = [part for part in whole.parts if part.answer.chart == "sectors"]
    headline = whole.parts[0]
    frame = sectors.answer.frame.assign(sector=NAME)
    source = replace(sectors.answer.source, programme=NAME)
    named = replace(sectors.answer, frame=frame, finding=Finding(NAME, NAME, NAME), source=source)
    parts = [
        Part(replace(named, figure=None), NAME, NAME),
        Part(named, NAME, NAME),
        Part(
            replace(headline.answer, frame=headline.answer.frame.assign(programme=NAME)), NAME, NAME
        ),
    ]
    paper = few(whole, *parts, title=NAME, scope=NAME, files=((NAME, "00"),))
    pages = [flat(page.extract_text()) for page in paper.pages]
    assert all(flat(NAME) in page for page in pages)
    assert "".join(pages[1:]).count(flat(NAME)) >= 2 * (4 + len(frame))
    assert paper.metadata is not None and paper.metadata.title == NAME


def test_a_sign_that_the_typeface_lacks_costs_the_seal_and_no_page(whole: Pack) -> None:
    foreign = replace(whole, title="JICA 日本 ✨", files=(("contoh ✨日.xlsx", "ab"),))
    assert len(few(foreign, *whole.parts[:2]).pages) >= 4


def test_long_tables_say_where_the_rest_is(data: Data, whole: Pack) -> None:
    told = pack(
        data, Filters(), words.of("en"), DAY, [Step("gaps"), Step("villages"), Step("elsewhere")]
    )
    paper = few(told, *told.parts)
    said = [flat(page.extract_text()) for page in paper.pages]
    assert paper.trailer["/Root"]["/Lang"] == "en"
    for page, part in zip(said[1:4], told.parts, strict=True):
        rows = len(part.answer.frame)
        assert (
            flat(f"All {words.of('en').number(rows)} rows, with every column, are in") in page
        ) is (rows > module.LISTED)
    assert len(told.parts[0].answer.frame) > module.LISTED  # else this shows nothing


def test_few_rows_of_many_columns_are_turned(data: Data) -> None:
    told = pack(data, Filters(), words.of("id"), DAY, [Step("peers")])
    frame = written(told.parts[0].answer.frame, told.words)
    assert len(frame.columns) > module.TWIN_COLUMNS and len(frame) <= module.TURNED
    said = flat(few(told, *told.parts).pages[1].extract_text())
    for heading in frame.columns[1:]:
        assert flat("".join([heading, *frame[heading]])) in said


def test_the_same_pack_is_the_same_file(whole: Pack) -> None:
    one = replace(whole, parts=whole.parts[:4])
    assert module.pdf(one, OneBar()) == module.pdf(one, OneBar())  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("region", "name"), [("36.72", "Kota Cilegon"), ("", "")])
def test_the_guide_is_one_page_that_starts_with_the_blank_workbook(
    lang: str, region: str, name: str
) -> None:
    w = words.of(lang)
    sheet = pypdf.PdfReader(io.BytesIO(module.guide(w, region, "kub-kosong_kota-cilegon.xlsx")))
    assert len(sheet.pages) == 1 and sheet.trailer["/Root"]["/Lang"] == lang
    said = flat(sheet.pages[0].extract_text())
    steps = [said.index(flat(w(f"start.{step}.name"))) for step in module.STEPS]
    assert steps == sorted(steps) and flat(name or w("start.regency")) in said
    commands = [
        said.find(flat(f"python -m kub {command}")) for command in ("check", "import", "template")
    ]
    if region:
        assert steps[0] < said.index("kub-kosong_kota-cilegon.xlsx") < steps[1]
        assert min(commands) > steps[-1]
    else:
        assert commands == [-1, -1, -1]


# --- as it looks: by Typst's own pixels everywhere, and those of the PDF where pdftoppm is
# installed -----


def by_typst(document: dict[str, Any], _: Path) -> list[Image.Image]:
    pages = module.typeset("pdf.typ", document, format="png", ppi=60, pdf_standards=[])
    return [Image.open(io.BytesIO(page)) for page in pages]


def by_poppler(document: dict[str, Any], folder: Path) -> list[Image.Image]:
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm here: the pages were seen as Typst draws them")
    (folder / "pack.pdf").write_bytes(module.typeset("pdf.typ", document))
    subprocess.run(["pdftoppm", "-r", "60", "-png", "pack.pdf", "page"], cwd=folder, check=True)
    return [Image.open(path) for path in sorted(folder.glob("page-*.png"))]


@cache
def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


@pytest.mark.parametrize("draw", [by_typst, by_poppler])
def test_no_page_is_empty_and_no_chart_blank(
    draw: Any, whole: Pack, document: dict[str, Any], tmp_path: Path
) -> None:
    pages = [np.asarray(page.convert("RGB")).astype(int) for page in draw(document, tmp_path)]
    assert [
        number for number, page in enumerate(pages, 1) if (page.min(axis=2) < 128).mean() < 0.004
    ] == []
    charts = [chart for page in pages for chart in boxes(page)]
    assert len(charts) == sum(part.answer.figure is not None for part in whole.parts)
    for chart in charts:
        assert chart.shape[0] > 100 and chart.shape[1] > 350
        assert (np.abs(chart - rgb(LIGHT.background)).max(axis=2) > 40).mean() > 0.01


def boxes(page: np.ndarray) -> Iterator[np.ndarray]:
    """The parts of a page that have the ground of a chart, from above."""
    ground = np.abs(page - rgb(LIGHT.background)).max(axis=2) <= 1
    columns = np.nonzero(ground.mean(axis=0) > 0.05)[0]
    rows = np.nonzero(ground[:, columns[0] : columns[0] + 6].all(axis=1))[0] if len(columns) else []
    for run in np.split(rows, np.nonzero(np.diff(rows) > 1)[0] + 1):
        if len(run) > 40:
            yield page[run[0] : run[-1], columns[0] : columns[-1]]
