"""The workbook that comes back: the bad cells marked, all else as it was."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kub.records import Upload, marked, read, sandbox
from kub.records.marks import Listing, Mark
from kub.records.problems import Problem
from tests.support.workbooks import good, xlsx

LISTING = Listing(
    ("Masalah", "Problems"),
    ("Yang perlu diperbaiki", "To be mended"),
    "catatan",
    ("a", "b"),
    (10, 20),
)


def marks(problems: list[Problem]) -> list[Mark]:
    return [
        Mark(
            p.sheet,
            p.row,
            p.column,
            p.level,
            f"salah {p.rule}",
            "perbaiki",
            (p.sheet or "", p.value or ""),
        )
        for p in problems
    ]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workbook with an office's own formats and three bad cells."""
    sheets = good()
    sheets["KUB"][0]["sektor"] = "=1+1"
    sheets["Laporan"][1]["anggota"] = -3
    sheets["Laporan"][2]["anggota_perempuan"] = 99
    path = xlsx(tmp_path / "kantor.xlsx", sheets)
    book = openpyxl.load_workbook(path)
    kub = book["KUB"]
    kub["B2"].font = Font(name="Arial", bold=True, color="FF0000FF")
    kub["A2"].fill = PatternFill("solid", fgColor="FF00FF00")
    kub["D3"].comment = Comment("catatan kami", "Bu Sri")
    kub.column_dimensions["B"].width = 41
    choices = DataValidation("list", formula1='"makanan,kerajinan"')
    choices.add("E2:E50")
    kub.add_data_validation(choices)
    kub.freeze_panes = "B2"
    book.save(path)
    return path


def values(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows()]


def styles(book: Any, sheet: str) -> dict[str, Any]:
    return {
        cell.coordinate: (cell.fill.fgColor.rgb, cell.font.b, cell.font.name, cell.number_format)
        for row in book[sheet].iter_rows()
        for cell in row
    }


def reopened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def test_the_bad_cells_are_marked_and_nothing_else_changes(office: Path) -> None:
    problems = read([office], date(2026, 11, 24)).problems
    before = openpyxl.load_workbook(office)
    after = reopened(marked.marked(office.read_bytes(), marks(problems), LISTING))
    assert after.sheetnames == ["Masalah", *before.sheetnames]
    filled, commented = set(), set()
    for sheet in before.sheetnames:
        assert values(after, sheet) == values(before, sheet)
        old, new = styles(before, sheet), styles(after, sheet)
        filled |= {(sheet, at) for at in new if new[at] != old[at]}
        commented |= {
            (sheet, cell.coordinate)
            for row in after[sheet].iter_rows()
            for cell in row
            if cell.comment and cell.comment.author == marked.AUTHOR
        }
    assert {(p.sheet, p.row, p.column) for p in problems} == {
        ("KUB", 2, "sektor"),
        ("Laporan", 3, "anggota"),
        ("Laporan", 4, "anggota_perempuan"),
    }
    headings = {cell.value: cell.column_letter for cell in before["KUB"][1]}
    reports = {cell.value: cell.column_letter for cell in before["Laporan"][1]}
    wanted = {
        ("KUB", f"{headings['sektor']}2"),
        ("Laporan", f"{reports['anggota']}3"),
        ("Laporan", f"{reports['anggota_perempuan']}4"),
    }
    assert filled == commented == wanted
    assert after["KUB"]["D3"].comment.text == "catatan kami"
    assert after["KUB"].column_dimensions["B"].width == 41
    assert after["KUB"].freeze_panes == "B2"
    assert [str(v.sqref) for v in after["KUB"].data_validations.dataValidation] == ["E2:E50"]


def test_the_list_is_first_and_leads_to_the_cells(office: Path) -> None:
    problems = read([office], date(2026, 11, 24)).problems
    listed = reopened(marked.marked(office.read_bytes(), marks(problems), LISTING))["Masalah"]
    assert listed["A1"].value == "Yang perlu diperbaiki"
    assert [listed.cell(row, 1).hyperlink.location for row in (5, 6, 7)] == [
        "'KUB'!D2",
        "'Laporan'!C3",
        "'Laporan'!D4",
    ]
    # A text that begins with = stays one.
    assert (listed["B5"].value, listed["B5"].data_type) == ("=1+1", "s")


def test_marking_again_takes_the_older_marks_out(office: Path) -> None:
    problems = read([office], date(2026, 11, 24)).problems
    once = marked.marked(office.read_bytes(), marks(problems), LISTING)
    again = read([Upload("kantor.xlsx", once)], date(2026, 11, 24)).problems
    assert again == problems  # our own sheet is read by nobody
    english = Listing(LISTING.names[::-1], LISTING.titles[::-1], "", ("a", "b"), (10, 20))
    twice = reopened(marked.marked(once, marks(again[:1]), english))
    assert twice.sheetnames[:2] == ["Problems", "Program"]
    cells = [cell for row in twice["Laporan"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.comment or cell.fill.fill_type]


@pytest.mark.parametrize(
    ("row", "column", "at"),
    [(3, None, "A3"), (None, "tanggal", "B1"), (None, None, None), (2, "tidak ada", "A2")],
)
def test_problems_of_rows_and_headings_have_a_place(
    office: Path, row: int | None, column: str | None, at: str | None
) -> None:
    mark = Mark("Laporan", row, column, "warning", "apa", "cara", ("", ""))
    sheet = reopened(marked.marked(office.read_bytes(), [mark], LISTING))["Laporan"]
    commented = [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment]
    assert commented == ([at] if at else [])


def test_merged_cells_are_marked_where_they_begin(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "KUB"
    book.active.append(["kode_kub", "kecamatan"])
    book.active["B2"] = "Subah"
    book.active.merge_cells("B2:B5")
    book.save(tmp_path / "gabung.xlsx")
    mark = Mark("KUB", 4, "Kecamatan", "problem", "apa", "cara", ("", ""))
    content = marked.marked((tmp_path / "gabung.xlsx").read_bytes(), [mark], LISTING)
    assert reopened(content)["KUB"]["B2"].comment.text == "apa\n→ cara"


def test_it_is_made_in_the_reading_process(office: Path) -> None:
    """Which writes no file, and ends with what it has read."""
    problems = read([office], date(2026, 11, 24)).problems
    upload = Upload("kantor.xlsx", office.read_bytes())
    content = sandbox.mark(upload, marks(problems), LISTING, sandbox.Bounds(seconds=120))
    assert content and reopened(content).sheetnames[0] == "Masalah"


def test_what_cannot_be_marked_is_none() -> None:
    mark = Mark("KUB", 2, None, "problem", "apa", "cara", ("", ""))
    bound = sandbox.Bounds(seconds=120)
    assert sandbox.mark(Upload("x.xlsx", b"no workbook"), [mark], LISTING, bound) is None
    listed = reopened(marked.listed([mark], LISTING))
    assert listed.sheetnames == ["Masalah"]
