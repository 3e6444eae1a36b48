"""The blank workbook: what is in it, and that it is read again, blank or filled in."""

from datetime import datetime

import openpyxl
import pytest

from kub.places import villages_of
from kub.records import read, template
from kub.records.sheets import BY_TABLE, SHEETS
from kub.words import LANGUAGES, of
from tests.support.workbooks import TODAY


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    out = tmp_path_factory.mktemp("template") / "batang.xlsx"
    template.write("33.25", out)
    return out


@pytest.fixture
def book(path):
    return openpyxl.load_workbook(path)


def validations(sheet):
    """{heading: source of its drop-down}."""
    return {
        sheet.cell(1, min(area.min_col for area in rule.sqref.ranges)).value: rule.formula1.strip(
            '"'
        )
        for rule in sheet.data_validations.dataValidation
    }


def test_every_sheet_and_heading_of_the_format(book):
    assert book.sheetnames == ["Petunjuk", *(sheet.heading for sheet in SHEETS), "Daftar"]
    assert book["Daftar"].sheet_state == "hidden"
    for sheet in SHEETS:
        page = book[sheet.heading]
        assert [cell.value for cell in page[1]] == [column.heading for column in sheet.columns]
        assert page.freeze_panes == "A2"


def test_required_headings_are_marked_and_explained(book):
    members, women = book["Laporan"]["C1"], book["Laporan"]["D1"]
    assert members.font.bold and not women.font.bold
    assert members.fill.start_color.rgb != women.fill.start_color.rgb
    assert members.comment.text == "Wajib. Bilangan bulat, 0 atau lebih."
    assert women.comment.text == "Boleh kosong. Bilangan bulat, 0 atau lebih."
    assert book["KUB"]["C1"].font.bold and "kecamatan" in book["KUB"]["C1"].comment.text


def test_the_regency_and_its_villages_are_filled_in(book):
    assert [cell.value for cell in book["Program"][2]][2] == "33.25"
    filled = [
        tuple(cell.value for cell in row[:3])
        for row in book["Desa"].iter_rows(min_row=2, max_row=249)
    ]
    assert filled == [(v.code, v.village, v.district) for v in villages_of("33.25")]
    assert book["Desa"].max_row == 249


def test_drop_downs(book):
    assert validations(book["KUB"]) == {
        "kode_desa": "Desa!$A$2:$A$249",
        "desa": "Desa!$B$2:$B$249",
        "kecamatan": "Daftar!$A$1:$A$15",
        "sektor": "makanan,kerajinan,laundry,koperasi,lainnya",
    }
    assert validations(book["Laporan"]) == {"kode_kub": "KUB!$A$2:$A$5001"}
    assert validations(book["Desa"]) == {"sasaran": "ya,tidak"}
    assert validations(book["Kunjungan Sekolah"])["jenjang"] == "SD,MI,SMP,MTs,SMA,SMK,MA"
    published = "kub,anggota,desa,perpustakaan"
    assert validations(book["Angka Publikasi"]) == {"indikator": published}
    assert validations(book["Target"]) == {"indikator": f"{published},perempuan,omzet"}
    assert [cell.value for cell in book["Daftar"]["A"]][:2] == ["Bandar", "Banyuputih"]


def test_columns_are_formatted_for_what_goes_in(book):
    formats = {letter: book["KUB"].column_dimensions[letter].number_format for letter in "ABCH"}
    assert formats == {"A": "@", "B": "General", "C": "@", "H": "dd/mm/yyyy"}


def test_the_guide_speaks_both_languages(tmp_path):
    for lang, other in (("id", "en"), ("en", "id")):
        out = tmp_path / f"{lang}.xlsx"
        template.write("33.24", out, lang)
        guide = openpyxl.load_workbook(out)["Petunjuk"]
        said = [cell.value for row in guide.iter_rows() for cell in row if cell.value]
        assert said[0] == of(lang)("template.title", regency="Kabupaten Kendal (33.24)")
        assert said[1] == of(other)("template.title", regency="Kabupaten Kendal (33.24)")
        assert all(column.heading in said for sheet in SHEETS for column in sheet.columns)


def test_an_unfilled_template_lacks_only_required_values(path):
    problems = read([path], TODAY).problems
    assert [(p.rule, p.sheet, p.row, p.column) for p in problems if p.level == "problem"] == [
        ("missing_value", "Program", 2, heading)
        for heading in ("kode_program", "nama_program", "pelaksana")
    ]
    assert [p.rule for p in problems if p.level == "warning"] == ["no_kub"]


def test_a_filled_template_is_read_without_problems(book, tmp_path):
    for cell, value in {"A2": "uji", "B2": "Uji", "D2": "Kantor"}.items():
        book["Program"][cell] = value
    for column, value in enumerate(
        ["K1", "Sumber Rejeki", None, "Ujungnegoro", "Kandeman", "makanan", None], 1
    ):
        book["KUB"].cell(2, column, value)
    book["KUB"].cell(2, 8, datetime(2014, 5, 20))
    for column, value in enumerate(["K1", datetime(2017, 11, 30), 20, 9, 12_500_000], 1):
        book["Laporan"].cell(2, column, value)
    book["Desa"]["D2"] = "ya"
    book.save(tmp_path / "isi.xlsx")
    checked = read([tmp_path / "isi.xlsx"], TODAY)
    assert checked.problems == []
    found = checked.programmes[0].tables
    assert found["kub"]["village_code"].to_pylist() == ["33.25.13.2010"]
    assert found["village"]["is_target"].to_pylist().count(True) == 1


def test_an_invented_regency_has_no_villages_yet(tmp_path):
    template.write("99.01", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "Kabupaten Contoh A" in book["Petunjuk"]["A1"].value
    assert "kecamatan" not in validations(book["KUB"])
    assert validations(book["LKM"]) == {"kode_desa": "Desa!$A$2:$A$5001"}
    assert {p.rule for p in read([tmp_path / "a.xlsx"], TODAY).problems} == {
        "missing_value",
        "no_villages",
        "no_kub",
    }


def test_an_unknown_regency_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(template.UnknownRegency, match="88.88") as refused:
        template.write("88.88", tmp_path / "a.xlsx")
    assert all("88.88" in refused.value.message(of(lang)) for lang in LANGUAGES)
    assert isinstance(refused.value, ValueError)
    assert list(tmp_path.iterdir()) == []


def test_every_kind_and_sheet_is_explained():
    for lang in LANGUAGES:
        assert all(of(lang).has(f"template.sheet.{table}") for table in BY_TABLE)
        assert all(
            of(lang).has(f"template.kind.{column.kind}")
            for sheet in SHEETS
            for column in sheet.columns
        )


def test_the_code_in_a_sheet_of_reports_may_repeat(book):
    assert book["KUB"]["A1"].comment.text == "Wajib. Kode buatan sendiri, tidak boleh ganda."
    for name, about in (
        ("Laporan", "KUB"),
        ("Laporan LKM", "LKM"),
        ("Laporan Perpustakaan", "Perpustakaan"),
    ):
        assert book[name]["A1"].comment.text.startswith(
            f"Wajib. Kode dari lembar {about}; boleh berulang"
        )


def test_no_text_of_the_guide_is_cut_off(book):
    guide = book["Petunjuk"]
    for cell in (
        cell
        for row in guide.iter_rows(min_col=3, max_col=4)
        for cell in row
        if cell.alignment.wrap_text
    ):
        lines = len(cell.value) / template.GUIDE_WIDTH
        # A row of one line has no height of its own in the file.
        height = guide.row_dimensions[cell.row].height or template.ROW_HEIGHT
        assert height >= template.ROW_HEIGHT * lines, cell.value
