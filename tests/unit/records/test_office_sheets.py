"""Sheets as offices hand them in: a title above the headings,
formulas that nobody has calculated.
"""

import re
import zipfile
from datetime import date

import openpyxl
import pytest

from kub.records import read
from kub.words import LANGUAGES, of
from tests.support import workbooks

TODAY = date(2026, 1, 1)


def stops(path):
    """The problems that stop an import."""
    return [problem for problem in read([path], TODAY).problems if problem.level == "problem"]


def titled(path):
    """A merged title and a line of its own above the headings of
    KUB; the first row of data is row 5.
    """
    book = openpyxl.load_workbook(workbooks.xlsx(path, workbooks.good()))
    sheet = book["KUB"]
    sheet.insert_rows(1, 3)
    sheet["A1"], sheet["B2"] = "DAFTAR KUB BINAAN", "Tahun 2018"
    sheet.merge_cells("A1:G1")
    sheet["D5"] = "tambang emas"
    book.save(path)
    return path


def test_a_title_above_the_headings_is_no_heading(tmp_path):
    told = [(p.rule, p.sheet, p.row, p.column) for p in stops(titled(tmp_path / "a.xlsx"))]
    assert told == [("unknown_sector", "KUB", 5, "sektor")]


def test_a_title_above_the_headings_of_a_csv(tmp_path):
    folder = workbooks.csv_folder(tmp_path / "a", workbooks.good())
    kub = folder / "kub.csv"
    text = kub.read_text(encoding="utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    kub.write_text(f"DAFTAR KUB{separator * 6}\n{text}", encoding="utf-8")
    assert stops(folder) == []


@pytest.mark.parametrize("heading", ["omzet", "anggota"])
def test_a_formula_without_a_result_is_a_problem_and_no_blank(tmp_path, heading):
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good())
    book = openpyxl.load_workbook(path)
    sheet = book["Laporan"]
    [column] = [cell.column for cell in sheet[1] if cell.value == heading]
    sheet.cell(2, column).value = "=10+IF(1<2,5,6)"
    book.save(path)
    [problem] = stops(path)
    assert (problem.rule, problem.row, problem.column) == ("formula_uncalculated", 2, heading)
    for lang in LANGUAGES:
        assert "=10+IF(1<2,5,6)" in problem.message(of(lang))[0]


def test_a_formula_with_an_empty_text_for_a_result_is_a_blank(tmp_path):
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good())
    book = openpyxl.load_workbook(path)
    book["KUB"]["G2"] = '=""'
    book.save(path)
    # As Excel writes it once calculated: the type of the result stands beside an empty value.
    # openpyxl writes "<v />", with lxml "<v></v>".
    rewritten = with_bytes(
        path, rb'<c r="G2"><f>""</f><v(?: />|></v>)', b'<c r="G2" t="str"><f>""</f><v></v>'
    )
    assert stops(rewritten) == []


def with_bytes(path, old, new):
    """The workbook with bytes of its sheets replaced. old: a pattern."""
    out = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as changed:
        contents = {name: archive.read(name) for name in archive.namelist()}
        assert any(re.search(old, content) for content in contents.values())
        for name, content in contents.items():
            changed.writestr(name, re.sub(old, new, content))
    return out
