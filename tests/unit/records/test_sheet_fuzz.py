"""Random sheets: healthy ones as a slow reader has them, damaged ones refused and never worse."""

import io
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kub import records, words
from kub.records.limits import LIMITS
from kub.records.sheet_values import Workbook
from kub.records.sheet_xml import read_sheet
from kub.records.source import Upload
from kub.records.unreadable import Unreadable
from tests.conftest import examples
from tests.support import workbooks
from tests.support.zips import MAIN

STRINGS = ("satu", "dua & tiga", "")
PIECES = st.sampled_from(
    [
        "<c>",
        "</c>",
        "<row>",
        "</row>",
        "<v>",
        "</v>",
        "<f>",
        "</f>",
        "<is>",
        "<t>",
        "</t>",
        "1",
        "9" * 400,
        "#REF!",
    ]
    + [
        "<c r='A1'>",
        "<c r='xfd1048576'/>",
        "<row r='0'>",
        "<mergeCell ref='A1:B2'/>",
        "<c t='s'>",
        "&amp;",
        "&x;",
        "<![CDATA[",
    ]
)


@st.composite
def cell(draw: st.DrawFn, row: int, column: int) -> tuple[str, Any]:
    """(XML as some program may write it, value)."""
    letters = column_letters(column)
    quote = draw(st.sampled_from("'\""))
    text = draw(st.sampled_from(["a", "b c", "Batang"]))
    kind, inner, value = draw(
        st.sampled_from(
            [
                ("n", "<v>12.5</v>", 12.5),
                ("n", "<v>3</v>", 3.0),
                ("s", "<v>1</v>", STRINGS[1]),
                ("str", f"<v>{text}</v>", text),
                ("inlineStr", f"<is><t>{text}</t></is>", text),
                ("b", "<v>1</v>", True),
                ("e", "<v>#N/A</v>", "\x01#N/A"),
            ]
        )
    )
    place = draw(st.sampled_from([letters, letters.lower(), f"${letters}$"])) + str(row)
    attributes = [f"r={quote}{place}{quote}"]
    if kind != "n" or draw(st.booleans()):
        attributes.append(f"t={quote}{kind}{quote}")
    attributes += draw(st.sampled_from([[], ["s='9'"], ["cm='1'", "x='&lt;'"]]))
    return f"<c {' '.join(draw(st.permutations(attributes)))}>{inner}</c>", value


def column_letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters


@st.composite
def healthy(draw: st.DrawFn) -> tuple[str, dict[tuple[int, int], Any]]:
    places = draw(st.sets(st.tuples(st.integers(1, 60), st.integers(0, 40)), max_size=30))
    rows: dict[int, list[str]] = {}
    values = {}
    for row, column in sorted(places):
        xml, value = draw(cell(row, column))
        rows.setdefault(row, []).append(xml)
        values[row, column] = value
    gap = draw(st.sampled_from(["", "\n  ", "<!-- x -->"]))
    numbered = draw(st.booleans())
    lines = [
        f"<row{f' r={chr(39)}{row}{chr(39)}' if numbered else ''}>{gap}{gap.join(cells)}{gap}</row>"
        for row, cells in rows.items()
    ]
    body = gap.join(lines)
    return f"<worksheet xmlns='{MAIN}'>{gap}<sheetData>{gap}{body}</sheetData></worksheet>", values


def twin(xml: str) -> dict[tuple[int, int], Any]:
    """Slow and obvious: a tree of the whole sheet."""
    found = {}
    for element in ElementTree.fromstring(xml).iter(f"{{{MAIN}}}c"):
        place = element.attrib["r"].replace("$", "").upper()
        letters = place.rstrip("0123456789")
        column = (
            sum((ord(sign) - 64) * 26**power for power, sign in enumerate(reversed(letters))) - 1
        )
        written = "".join(
            part.text or ""
            for part in element.iter()
            if part.tag in (f"{{{MAIN}}}v", f"{{{MAIN}}}t")
        )
        kinds = {
            "s": lambda w: STRINGS[int(w)],
            "b": lambda w: w == "1",
            "n": float,
            "e": lambda w: "\x01" + w,
        }
        found[int(place[len(letters) :]), column] = kinds.get(element.get("t", "n"), str)(written)
    return found


@pytest.mark.faults
@settings(max_examples=examples(40))
@given(healthy())
def test_a_healthy_sheet_is_read_as_by_the_twin(
    sheet: tuple[str, dict[tuple[int, int], Any]],
) -> None:
    xml, values = sheet
    read = read_sheet([xml.encode()], Workbook(STRINGS), LIMITS)
    cells = {
        (row, at): cell
        for row, line in read.rows.items()
        for at, cell in enumerate(line)
        if cell != ""
    }
    assert cells == values == twin(xml)
    assert read.filled == len(values)
    assert (read.height, read.width) == (
        max((row for row, _ in values), default=0),
        max((column + 1 for _, column in values), default=0),
    )


@pytest.mark.faults
@settings(max_examples=examples(60))
@given(st.lists(PIECES, max_size=40), st.integers(1, 30))
@example(["<row>", "<f>", "<c>"], 1)
def test_any_xml_is_read_or_refused(pieces: list[str], size: int) -> None:
    xml = f"<worksheet xmlns='{MAIN}'><sheetData>{''.join(pieces)}".encode()
    for whole in (xml, xml + b"</sheetData></worksheet>"):
        try:
            read = read_sheet(
                [whole[at : at + size] for at in range(0, len(whole), size)],
                Workbook(STRINGS),
                LIMITS,
            )
        except Unreadable as error:
            assert all(
                words.of(lang)(f"problem.{error.rule}.what", **error.values)
                for lang in ("id", "en")
            )
        else:
            assert read.height * read.width <= LIMITS.area * 20_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    sheets = {name: workbooks.good()[name] for name in ("Program", "KUB", "Laporan")}
    return workbooks.xlsx(tmp_path_factory.mktemp("book") / "a.xlsx", sheets).read_bytes()


@pytest.mark.faults
@settings(max_examples=examples(15))
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(book: bytes, data: st.DataObject) -> None:
    """Bits flipped in the zip, or in a member of it before it was packed; or cut anywhere."""
    content = bytearray(book)
    if inside := data.draw(st.booleans()):
        content, archive = bytearray(), zipfile.ZipFile(io.BytesIO(book))
        victim = data.draw(st.sampled_from(archive.namelist()))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as new:
            for name in archive.namelist():
                part = bytearray(archive.read(name))
                new.writestr(name, _flipped(part, data) if name == victim else part)
        content = bytearray(packed.getvalue())
    else:
        content = _flipped(content, data)
    if not inside and data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    checked = records.read([Upload("a.xlsx", bytes(content))], date(2026, 11, 24))
    assert all(
        text
        for lang in ("id", "en")
        for p in checked.problems
        for text in p.message(words.of(lang))
    )
    assert checked.ok or not checked.programmes


def _flipped(content: bytearray, data: st.DataObject) -> bytearray:
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    return content
