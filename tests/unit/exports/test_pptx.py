"""Slides are read back: titles, notes, labels, and the numbers inside every native chart."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE

from kub import words
from kub.answers.answer import answer
from kub.answers.catalog import TELLABLE
from kub.answers.source import source_line
from kub.charts.chart_data import numbered
from kub.exports.pack import Pack, Part, pack
from kub.exports.pptx import pptx
from kub.exports.pptx.text import fitting, height
from kub.look import FAMILY, LIGHT, SECTORS
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.support.thinned import thinned

pytestmark = pytest.mark.usefixtures("sample_data")
BAD = ("=1+1", "<b>tebal</b>", "https://contoh.id", "@SUM(A1)", "A & B")


@pytest.fixture
def data() -> Data:
    return Data.open(current())


def standard(data: Data, lang: str = "id") -> Pack:
    return pack(data, Filters(), words.of(lang), date(2026, 11, 24))


def opened(given: Pack, **more: Any) -> Any:
    return Presentation(io.BytesIO(pptx(given, **more)))


def slide_of(deck: Any, given: Pack, chart: str) -> Any:
    return deck.slides[1 + [part.answer.chart for part in given.parts].index(chart)]


def charts_of(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def numbers(chart: Any) -> list[list[float | None]]:
    return [list(series.values) for series in chart.plots[0].series]


def across(chart: Any, number: int) -> list[float]:
    return [
        float(v.text) for v in chart.plots[0].series[number]._element.xpath("./c:xVal//c:pt/c:v")
    ]


def joined(series: Any) -> bool:
    return not series._element.xpath("./c:spPr/a:ln/a:noFill")


@pytest.mark.parametrize("lang", thinned(words.LANGUAGES, 2))
def test_each_part_is_a_slide_with_title_notes_source_and_number(data: Data, lang: str) -> None:
    given = standard(data, lang)
    deck, w = opened(given), words.of(lang)
    assert round(deck.slide_width / deck.slide_height, 2) == 1.78
    assert deck.core_properties.title == given.title
    assert deck.slides[0].shapes.title.text == given.title and given.scope in texts(deck.slides[0])
    for part, slide in zip(given.parts, list(deck.slides)[1:], strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        assert slide.shapes.title.is_placeholder and slide.shapes.title.text == part.title
        source = source_line(part.answer.source, w)
        assert part.note in notes and source in notes
        assert part.answer.subtitle in texts(slide) and source in texts(slide)
        if listed := part.answer.finding.notes:
            assert f"{listed.heading}: {listed.brief}" in texts(slide)
            assert all(line in notes for line in listed.lines)
    for slide in deck.slides:
        assert w("source.sample") in texts(slide)
        assert len(slide._element.xpath(".//a:fld[@type='slidenum']")) == 1
        assert {run.get("lang") for run in slide._element.iter("{*}rPr")} == {
            "id-ID" if lang == "id" else "en-GB"
        }
    assert deck.slides[len(deck.slides) - 1].shapes.title.text == w("pack.deck.sources")


def test_everything_drawn_has_an_alternative_text(data: Data) -> None:
    given = standard(data)
    for slide in opened(given).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
    slide = slide_of(opened(given), given, "sectors")
    told = next(part.answer.takeaway for part in given.parts if part.answer.chart == "sectors")
    assert [
        shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in slide.shapes if shape.has_chart
    ] == [told]


def test_the_cover_has_our_colour_and_stripes_that_say_nothing(data: Data) -> None:
    given = standard(data)
    cover = opened(given).slides[0]
    assert str(cover.shapes.title.fill.fore_color.rgb) == LIGHT.accent[1:].upper()
    assert all(f"{name}  {value}" in texts(cover) for name, value in given.settings())
    stripes = [
        shape
        for shape in cover.shapes
        if shape._element.xpath(".//*[local-name()='decorative'][@val='1']")
    ]
    assert [str(stripe.fill.fore_color.rgb) for stripe in stripes] == [
        color[1:].upper() for color in SECTORS.values()
    ]


def test_a_headline_has_the_numbers_of_the_screen(data: Data) -> None:
    given = standard(data)
    numbers = given.parts[0].numbers
    said = texts(opened(given).slides[1])
    assert len(numbers) == 6
    assert all(
        "\n".join(part for part in (n.value, n.label, n.below) if part) in said for n in numbers
    )


def test_the_typeface_is_the_themes_with_its_kin_where_it_is_missing(data: Data) -> None:
    deck = opened(standard(data))
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    assert (
        theme.count(f'<a:latin typeface="{FAMILY}" panose="020B0604020202020204" pitchFamily="34"')
        == 2
    )
    for slide in deck.slides:
        elements = [slide._element, *(chart._chartSpace for chart in charts_of(slide))]
        named = {
            latin.get("typeface") for element in elements for latin in element.iter("{*}latin")
        }
        assert named == {"+mn-lt"}


def test_native_charts_hold_the_numbers_of_the_rows(data: Data) -> None:
    given = standard(data)
    deck = opened(given)
    frames = {part.answer.chart: part.answer.frame for part in given.parts}
    seen = {chart: charts_of(slide_of(deck, given, chart)) for chart in frames}

    kub, members = (numbers(chart) for chart in seen["growth"])
    assert [v for v in kub[0] if v is not None] == frames["growth"]["active"].tolist()
    assert [v for v in members[0] if v is not None] == frames["growth"]["members"].tolist()
    assert [v for v in kub[1] if v is not None] == [153, 203, 207]  # published
    founded, closed = numbers(seen["growth_flow"][0])
    assert founded == frames["growth_flow"]["founded"].tolist()
    assert [-v for v in closed if v is not None] == frames["growth_flow"]["closed"].tolist()
    plot = seen["sectors"][0].plots[0]
    kub_of = {
        given.words(f"sector.{row.sector}"): row.kub for row in frames["sectors"].itertuples()
    }
    assert dict(zip(plot.categories, plot.series[0].values, strict=True)) == kub_of
    share = frames["sector_years"].assign(
        share=lambda f: f["kub"] / f.groupby("year")["kub"].transform("sum")
    )
    drawn = {series.name: list(series.values) for series in seen["sector_years"][0].plots[0].series}
    for sector, rows in share.groupby("sector"):
        assert drawn[given.words(f"sector.{sector}")] == pytest.approx(
            rows.sort_values("year")["share"].tolist()
        )
    plot = seen["coverage"][0].plots[0]
    share_of = dict(zip(frames["coverage"]["district"], frames["coverage"]["share"], strict=True))
    # Those without any KUB are one row together.
    reached = {name: share for name, share in share_of.items() if share}
    rest = {f"{len(share_of) - len(reached)} kecamatan lain": 0}
    assert dict(zip(plot.categories, plot.series[0].values, strict=True)) == reached | rest
    covered = [v for v in numbers(seen["coverage_years"][0])[0] if v is not None]
    assert covered == frames["coverage_years"]["covered"].tolist()
    assert numbers(seen["survival"][0]) == [frames["survival"]["survival"].tolist()]
    rates = frames["rates"].query("per == 'residents'")
    dots = [at for at, series in enumerate(seen["rates"][0].plots[0].series) if not joined(series)]
    assert sorted(value for at in dots for value in across(seen["rates"][0], at)) == sorted(
        rates["value"]
    )
    mix = [value for series in numbers(seen["programme_sectors"][0]) for value in series]
    assert sorted(map(float, mix)) == sorted(frames["programme_sectors"]["share"])


def test_each_chart_is_of_its_kind(data: Data) -> None:
    given = standard(data)
    deck = opened(given)
    kinds = {
        "growth": TYPE.LINE_MARKERS,
        "growth_flow": TYPE.COLUMN_CLUSTERED,
        "sectors": TYPE.BAR_CLUSTERED,
        "sector_years": TYPE.COLUMN_STACKED,
        "coverage": TYPE.BAR_CLUSTERED,
        "survival": TYPE.COLUMN_CLUSTERED,
        "benchmark": TYPE.XY_SCATTER,
        "rates": TYPE.XY_SCATTER,
        "programme_sectors": TYPE.BAR_STACKED,
    }
    for chart, kind in kinds.items():
        assert charts_of(slide_of(deck, given, chart))[0].chart_type == kind, chart
    growth = charts_of(slide_of(deck, given, "growth"))[0]._chartSpace
    assert growth.xpath(".//c:ser[2]/c:marker/c:symbol/@val") == ["diamond"]
    # the year not over yet
    assert growth.xpath(".//c:ser[1]/c:dPt//a:prstDash/@val")[0] == "sysDot"


def test_the_workbook_in_a_chart_equals_it_and_holds_intervals(data: Data) -> None:
    given = standard(data)
    chart = charts_of(slide_of(opened(given), given, "rates"))[0]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = [
        row for row in book.active.iter_rows(values_only=True) if isinstance(row[0], int | float)
    ]
    rates = next(part.answer.frame for part in given.parts if part.answer.chart == "rates").query(
        "per == 'residents'"
    )
    lines = [at for at, series in enumerate(chart.plots[0].series) if joined(series)]
    drawn = [value for at in lines for value in across(chart, at)]
    # Each interval is from its lower to its upper end; a row without a height parts it from the
    # next.
    assert {round(value, 9) for value in drawn} == {
        round(value, 9) for value in (*rates["low"], *rates["high"])
    }
    assert sorted(row[0] for row in rows) == pytest.approx(sorted([*drawn, *rates["value"]]))
    heights = [chart.plots[0].series[at]._element.xpath("./c:yVal//c:pt/@idx") for at in lines]
    assert heights == [["0", "1", "3", "4", "6", "7", "9", "10"], ["0", "1"]]
    assert chart._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["gap"]
    assert len(chart._chartSpace.xpath(".//c:legendEntry/c:delete")) == len(lines)


@pytest.mark.parametrize(
    ("lang", "said"), [("id", ("Rp 8,01 miliar", ".")), ("en", ("Rp 8.01 billion", ","))]
)
def test_numbers_are_written_as_the_language_does_on_every_machine(
    data: Data, lang: str, said: Any
) -> None:
    given = standard(data, lang)
    assets = answer(data, "microfinance_years", Filters(), given.words)
    deck = opened(replace(given, parts=(*given.parts, Part(assets, assets.title, assets.takeaway))))
    members = charts_of(slide_of(deck, given, "growth"))[1]
    thousands = f'[>=1000000]0"{said[1]}"000"{said[1]}"000;[>=1000]0"{said[1]}"000;0'
    assert members.value_axis.tick_labels.number_format == thousands
    rupiah = charts_of(deck.slides[1 + len(given.parts)])[0]
    unit = said[0].split(" ")[2]
    assert rupiah.value_axis.tick_labels.number_format == f'[=0]"Rp 0";"Rp "0,,," {unit}"'
    assert rupiah.value_axis.major_unit == 2e9
    assert any(
        f'"Rp "0.00,,," {unit}"' in code
        for code in rupiah._chartSpace.xpath(".//c:dLbl/c:numFmt/@formatCode")
    )


def test_a_figure_of_cells_is_a_table_in_its_colours(data: Data) -> None:
    given = standard(data)
    one = answer(data, "village_sectors", Filters(), given.words)
    deck = opened(replace(given, parts=(Part(one, one.title, one.takeaway),)))
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    cells = one.frame.set_index(["village_code", "sector"])["kub"]
    names = [[cell.text for cell in row.cells] for row in table.rows]
    assert sum(int(text) for row in names[1:] for text in row[1:] if text.strip()) == cells.sum()
    best = max(
        ((row, column) for row in range(1, len(names)) for column in range(1, 6)),
        key=lambda at: _of(names, at),
    )
    assert _of(names, best) == cells.max()
    fills = {table.cell(*at).fill.fore_color.rgb for at in (best, (1, 0))}
    assert len(fills) == 2


def _of(rows: list[list[str]], at: tuple[int, int]) -> int:
    return int(rows[at[0]][at[1]].strip() or 0)


def test_text_of_records_stays_text(data: Data) -> None:
    given = standard(data)
    part = next(part for part in given.parts if part.answer.chart == "sectors")
    named = replace(part.answer.data, categories=numbered(BAD[: len(part.answer.data.categories)]))
    points = tuple(replace(p, key=row) for row, p in enumerate(named.series[0].points))
    shown = replace(named, series=(replace(named.series[0], points=points),))
    drawn = replace(part, title=BAD[0], note=BAD[1], answer=replace(part.answer, data=shown))
    frame = pd.DataFrame({"district": BAD, "village": [*BAD[1:], "x\x0b"]})
    rows = replace(part, answer=replace(part.answer, data=None, figure=None, frame=frame))
    deck = opened(replace(given, title=BAD[1], parts=(drawn, rows)))
    assert deck.slides[1].shapes.title.text == "=1+1"
    chart = charts_of(deck.slides[1])[0]
    assert tuple(chart.plots[0].categories) == BAD
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet["A"][1:]] == [
        (t, "s", None) for t in BAD
    ]
    table = next(shape.table for shape in deck.slides[2].shapes if shape.has_table)
    assert [table.cell(row, 0).text for row in range(1, 6)] == list(BAD) and table.cell(
        5, 1
    ).text == "x "
    for slide in deck.slides:
        assert not slide._element.xpath(".//a:hlinkClick")


def test_a_map_is_a_picture_beside_the_fullest_villages(data: Data) -> None:
    given = standard(data)
    image = io.BytesIO()
    Image.new("RGB", (900, 300)).save(image, "PNG")
    asked: list[str] = []

    def picture(one: Any) -> bytes:
        asked.append(one.chart)
        return image.getvalue()

    w = given.words
    with_picture, without = (
        slide_of(opened(given, **more), given, "villages") for more in ({"picture": picture}, {})
    )
    assert asked == ["villages"]
    pictures = [shape for shape in with_picture.shapes if shape.shape_type == 13]
    assert len(pictures) == 1 and pictures[0]._element.xpath(".//p:cNvPr/@descr")[0]
    assert w("pack.deck.no_picture") in texts(without) and w("pack.deck.no_picture") not in texts(
        with_picture
    )
    frame = next(part.answer.frame for part in given.parts if part.answer.chart == "villages")
    most = frame.sort_values("kub", ascending=False, kind="stable")["village"].head(10).tolist()
    for slide in (with_picture, without):
        table = next(shape.table for shape in slide.shapes if shape.has_table)
        assert [table.cell(row, 0).text for row in range(1, len(table.rows))] == most
        assert w("pack.deck.more_rows", n=len(frame) - 10) in texts(slide)


@pytest.mark.thorough
def test_every_chart_that_there_is_becomes_a_slide(data: Data) -> None:
    parts = []
    for chart in sorted(TELLABLE):
        for filters in (Filters(), Filters(until=1999)):
            one = answer(data, chart, filters, words.of("en"))
            parts.append(Part(one, one.title, one.takeaway))
    deck = opened(
        replace(standard(data, "en"), parts=tuple(parts), files=(("a.xlsx", "0" * 64),) * 9)
    )
    for part, slide in zip(parts, list(deck.slides)[1:], strict=False):
        assert slide.shapes.title.text == part.title
        for chart in charts_of(slide):
            assert all(series.name for series in chart.plots[0].series), part.answer.chart
            assert not re.search(
                r"<[a-z]|&lt;|%\{", " ".join(s.name for s in chart.plots[0].series)
            )


def test_text_shrinks_until_it_fits() -> None:
    long = "Judul yang sangat panjang " * 12
    size = fitting(long, 12, 0.95, 28)
    assert size < fitting("Pendek", 12, 0.95, 28) == 28
    assert height(long, 12, size) <= 0.95 < height(long, 12, size + 1)
