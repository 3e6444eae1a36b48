"""The cells of one sheet's XML, however a program wrote it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from kub.records import cells
from kub.records.limits import LIMITS, Limits
from kub.records.sheet_values import Workbook
from kub.records.sheet_xml import SheetCells, read_sheet
from kub.records.unreadable import Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = Workbook(("satu", "dua"), {"1": "date", "2": "elapsed"})


def read(rows: str, after: str = "", book: Workbook = BOOK, limits: Limits = LIMITS) -> SheetCells:
    xml = f"<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData>{after}</worksheet>"
    return read_sheet(batched(xml.encode()), book, limits)


def batched(xml: bytes) -> list[bytes]:
    return [xml[at : at + 2**18] for at in range(0, len(xml), 2**18)]


def table(rows: str) -> dict[int, list[Any]]:
    return read(rows).rows


@pytest.mark.parametrize(
    "row",
    [
        '<row r="3"><c r="B3"><v>1</v></c><c r="C3" t="s"><v>1</v></c></row>',
        "<row r='3'><c r='B3'><v>1</v></c><c t='s' r='C3'><v>1</v></c></row>",
        "<row r='3'><c r='b3'><v>1</v></c><c r='c3' t='s'><v> 1 </v></c></row>",
        "<row/><row/><row><c/><c><v>1</v></c><c t='s'><v>1</v></c></row>",
        "<row r='3'><c r='B3'><v>1</v></c><c t='s'><v>1</v></c></row>",
        "<row><c r='$C$3' t='s'><v>1</v></c><c r='B3'><v>1</v></c></row>",
        "<row r='3'>\n <c r='B3'>\n  <v>1</v>\n </c>\n <c r='C3' t='s'>\n  <v>1</v>\n </c>\n</row>\n",
        "<row r='3'><c r='B3'><v><![CDATA[1]]></v></c><c r='C3' t='s'><!-- x --><v>1</v></c></row>",
    ],
)
def test_how_the_xml_is_written_does_not_matter(row: str) -> None:
    found = read(row)
    assert found.rows == {3: ["", 1.0, "dua"]}
    assert (found.height, found.width, found.filled) == (3, 3, 2)


@pytest.mark.parametrize("prefix", ["x", "ns0"])
def test_a_prefix_and_the_strict_namespace_do_not_matter(prefix: str) -> None:
    xml = f"""<{prefix}:worksheet xmlns:{prefix}="http://purl.oclc.org/ooxml/spreadsheetml/main"><{prefix}:sheetData>
        <{prefix}:row r="1"><{prefix}:c r="A1"><{prefix}:v>5</{prefix}:v></{prefix}:c></{prefix}:row>
        </{prefix}:sheetData></{prefix}:worksheet>"""
    assert read_sheet([xml.encode()], BOOK, LIMITS).rows == {1: [5.0]}


def test_elements_of_other_namespaces_are_no_cells() -> None:
    found = read(
        "<row><c><v>1</v></c></row>",
        "<extLst><ext xmlns:x='urn:x'><x:c r='Z9'><x:v>7</x:v></x:c><x:f>A1</x:f></ext></extLst>",
    )
    assert found.rows == {1: [1.0]}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>12.5</v></c>", 12.5),
        ("<c t='n'><v>1E3</v></c>", 1000.0),
        ("<c t='str'><v>a &amp; b</v></c>", "a & b"),
        ("<c t='inlineStr'><is><t>a</t></is></c>", "a"),
        (
            "<c t='inlineStr'><is><r><t>a</t></r><r><rPr/><t>b</t></r><rPh><t>c</t></rPh></is></c>",
            "ab",
        ),
        ("<c t='inlineStr'><is><t>a_x000A_b</t></is></c>", "a\nb"),
        ("<c t='b'><v>1</v></c>", True),
        ("<c t='b'><v>0</v></c>", False),
        ("<c s='1'><v>43042</v></c>", date(2017, 11, 3)),
        ("<c s='1'><v>43042.5</v></c>", datetime(2017, 11, 3, 12)),
        ("<c s='1'><v>0.5</v></c>", time(12)),
        ("<c s='2'><v>1.5</v></c>", timedelta(days=1.5)),
        ("<c s='7'><v>43042</v></c>", 43042.0),
        ("<c t='d'><v>2017-11-03T00:00:00Z</v></c>", date(2017, 11, 3)),
        ("<c t='e'><v>#SPILL!</v></c>", f"{cells.ERROR}#SPILL!"),
        ("<c t='e'><f>1/0</f><v>#DIV/0!</v></c>", f"{cells.ERROR}#DIV/0!"),
        ("<c><f>A1+1</f></c>", f"{cells.UNCALCULATED}A1+1"),
        ("<c><f>&quot;0&quot;&quot;1&quot;</f></c>", '0"1'),
        ("<c><f>&quot;a&quot;&amp;&quot;b&quot;</f></c>", f'{cells.UNCALCULATED}"a"&"b"'),
        ("<c><f>A1+1</f><v></v></c>", f"{cells.UNCALCULATED}A1+1"),
        ("<c><f>A1+1</f><v>7</v></c>", 7.0),
        ("<c><f t='shared' si='0'/><v>7</v></c>", 7.0),
        ("<c><v>NaN</v></c>", "NaN"),
        ("<c><v>1_000</v></c>", "1_000"),
        ("<c><v>1e999</v></c>", "1e999"),
    ],
)
def test_each_kind_of_cell(cell: str, value: object) -> None:
    [[found]] = table(f"<row>{cell}</row>").values()
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    "cell",
    [
        "<c s='1'/>",
        "<c><v/></c>",
        "<c t='str'><f>B1</f><v></v></c>",
        "<c><f>&quot;&quot;</f></c>",
        "<c t='inlineStr'/>",
    ],
)
def test_a_cell_that_holds_nothing_is_none(cell: str) -> None:
    found = read(f"<row r='900'>{cell}</row>")
    assert (found.rows, found.height, found.width, found.filled) == ({}, 0, 0, 0)


def test_days_of_1904() -> None:
    book = Workbook(formats={"1": "date"}, is_1904=True)
    assert read("<row><c s='1'><v>41580</v></c></row>", book=book).rows == {1: [date(2017, 11, 3)]}


def test_rows_in_any_order_and_twice() -> None:
    second, first = "<row r='2'><c r='{}2'><v>1</v></c></row>", "<row r='1'><c><v>2</v></c></row>"
    assert table(second.format("A") + first + second.format("B")) == {2: [1.0, 1.0], 1: [2.0]}


def test_merged_ranges() -> None:
    merges = "<mergeCells count='2'><mergeCell ref='A2:B4'/><mergeCell ref='d1:c1'/></mergeCells>"
    assert read("<row/>", merges).merged == [(2, 0, 4, 1), (1, 2, 1, 3)]


@pytest.mark.parametrize(
    "place", ["A0", "1A", "XFE1", "A1048577", "ABCD1", "", "A1:B2", "A" * 9000, "Å1"]
)
def test_a_reference_that_cannot_be_is_told(place: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(f"<row><c r='{place}'><v>1</v></c></row>")
    assert error.value.rule == "cell_reference"


def bomb() -> Iterator[bytes]:
    yield f"<worksheet xmlns='{MAIN}'><sheetData>".encode()
    while True:
        yield b"<row><c><v>1</v></c></row>" * 10_000


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (
            "".join(f"<row><c r='XFD{row}'><v>1</v></c></row>" for row in range(1, 2001)),
            "stray_cells",
        ),
        ("<row><c t='s'><v>99</v></c></row>", "shared_string"),
        ("<row r='99999999999'/>", "cell_reference"),
        ("<x>" * 1_000_001, "too_complex"),
        ("<row><c><v>1", "unreadable"),
        ("<row><c a='" + "x" * 5 * 2**20, "too_complex"),
        ("<row><c><v>" + "1" * 9 * 2**20 + "</v></c></row>", "too_complex"),
    ],
)
def test_what_no_program_writes_is_refused(rows: str, rule: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(rows, limits=LIMITS)
    assert error.value.rule == rule


def test_cells_without_end_are_refused() -> None:
    with pytest.raises(Unreadable) as error:
        read_sheet(bomb(), BOOK, Limits(file=1, inflated=1, cells=50_000, area=10**6, text=1))
    assert error.value.rule == "too_many_cells"


def test_a_document_type_is_refused() -> None:
    xml = b"<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><w>&b;</w>"
    with pytest.raises(Unreadable) as error:
        read_sheet([xml], BOOK, LIMITS)
    assert error.value.rule == "document_type"
