"""Files and sheets: what is read of them, and what cannot be read told in one clear problem."""

import hashlib
import io
import zipfile
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kub import words
from kub.records import cells
from kub.records.problems import Problems
from kub.records.sheets import BY_TABLE
from kub.records.workbook import open_book
from tests.support import workbooks


def opened(path):
    problems = Problems()
    return open_book(path, problems), [
        (p.rule, p.sheet, p.row, p.column) for p in problems.listed()
    ]


def text_csv(folder, **files):
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def zipped(parts):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return whole.getvalue()


PROGRAM = "kode_program,nama_program,kode_wilayah,pelaksana\nuji,Uji,33.25,Kantor\n"
KUB = "kode_kub,nama_kub,kode_desa,sektor,tanggal_berdiri\nK1,Satu,33.25.13.2010,makanan,2014\n"
LAPORAN = "kode_kub,tanggal,anggota\nK1,2017-11-30,20\n"


def test_every_file_is_noted_with_its_hash(tmp_path):
    path = workbooks.xlsx(tmp_path / "uji.xlsx", workbooks.good())
    book, problems = opened(path)
    assert problems == []
    assert book.files == [("uji.xlsx", hashlib.sha256(path.read_bytes()).hexdigest())]
    folder = text_csv(
        tmp_path / "uji", program=PROGRAM, kub=KUB, laporan=LAPORAN, catatan="a,b\n1,2\n"
    )
    book, problems = opened(folder)
    assert problems == []
    assert [name for name, _ in book.files] == ["uji/kub.csv", "uji/laporan.csv", "uji/program.csv"]


def odd(path):
    """Headings and sheets as offices really write them, above and below
    blank rows, beside columns of their own.
    """
    book = openpyxl.Workbook()
    program = book.active
    program.title = "PROGRAM "
    program.append([])
    program.append(["Kode Program", "NAMA_PROGRAM", " kode\nwilayah ", "pelaksana", "contoh"])
    program.append(["uji", "Uji", 33.25, "Kantor", True])
    kub = book.create_sheet("kub")
    kub["B3"], kub["C3"], kub["D3"], kub["E3"], kub["F3"], kub["G3"] = (
        "KodeKUB",
        "NIK Ketua",
        "Nama KUB",
        "Kode Desa",
        "Sektor",
        "Tanggal Berdiri",
    )
    for column, value in zip(
        "BCDEFG", [12, "3325130101010001", "Satu", 3325132010, "KSP", 2014], strict=True
    ):
        kub[f"{column}5"] = value
    kub["B900"].font = openpyxl.styles.Font(bold=True)
    laporan = book.create_sheet("LAPORAN")
    laporan.append(["kode kub", "tanggal", "anggota"])
    laporan.append([12, date(2017, 11, 30), 20])
    book.create_sheet("Laporan LKM")
    book.create_sheet("Sheet1")["A1"] = "lain"
    book.save(path)
    return path


def test_odd_workbooks_are_read(tmp_path):
    book, problems = opened(odd(tmp_path / "uji.xlsx"))
    assert problems == []
    assert set(book.sheets) == {"programme", "kub", "kub_report"}
    kub = book.sheets["kub"]
    assert (kub.name, kub.headings["founded_on"]) == ("kub", "Tanggal Berdiri")
    assert kub.rows.to_pylist()[:2] == [4, 5]
    assert kub.columns["kub_id"][:2] == ["", 12.0]


def test_columns_that_are_not_in_the_format_are_not_kept(tmp_path):
    book, _ = opened(odd(tmp_path / "uji.xlsx"))
    assert set(book.sheets["kub"].columns) == {
        "kub_id",
        "name",
        "village_code",
        "sector",
        "founded_on",
    }
    kub = KUB.replace("\n", ",NIK\n", 1).replace("2014\n", "2014,3325130101010001\n")
    folder = text_csv(tmp_path / "a", program=PROGRAM, kub=kub, laporan=LAPORAN)
    book, _ = opened(folder)
    assert "3325130101010001" not in str(book)


def test_a_csv_row_is_a_row_of_excel(tmp_path):
    kub = "\n" + KUB.replace("Satu", '"Sa\ntu"') + "\nK2,Dua,33.25.13.2010,makanan\n"
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=kub, laporan=LAPORAN))
    assert problems == [("csv_short", "kub", 5, None)]
    assert book.sheets["kub"].rows.to_pylist() == [3, 4, 5]
    assert book.sheets["kub"].columns["name"].to_pylist() == ["Sa\ntu", "", "Dua"]
    assert book.sheets["kub"].columns["founded_on"].to_pylist() == ["2014", "", ""]


def test_a_quoted_heading_with_a_line_break(tmp_path):
    laporan = '"kode\nkub";tanggal;anggota\nK1;2017-11-30;"1,5"\n'
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=KUB, laporan=laporan))
    assert problems == []
    assert book.sheets["kub_report"].columns["members"].to_pylist() == ["1,5"]


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("tiada.xlsx", None, "no_such_file"),
        ("kosong.xlsx", b"", "empty_file"),
        ("surat.docx", b"PK", "wrong_type"),
        ("lama.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "wrong_type"),
        (
            "sandi.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("kub.csv", b"kode_kub\n", "folder_expected"),
        ("kub.parquet", b"PAR1", "folder_expected"),
        ("rusak.xlsx", b"PK\x03\x04 bukan zip", "unreadable"),
        ("teks.xlsx", b"kode_kub;nama\n", "unreadable"),
    ],
)
def test_one_clear_problem_for_a_file_that_cannot_be_read(tmp_path, name, content, rule):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    book, problems = opened(path)
    assert problems == [(rule, None, None, None)]
    assert book.sheets == {} and book.broken == set(BY_TABLE)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"kode_kub;nama\n", "bukan arsip"), (zipped({"halo.txt": "halo"}), "bagian buku kerja")],
)
def test_why_a_file_is_damaged_is_said_in_the_readers_language(tmp_path, content, reason):
    (tmp_path / "a.xlsx").write_bytes(content)
    problems = Problems()
    open_book(tmp_path / "a.xlsx", problems)
    what, _ = problems.listed()[0].message(words.of("id"))
    assert reason in what and "zip" not in what and "xl/" not in what


def test_an_empty_folder(tmp_path):
    assert opened(tmp_path)[1] == [("empty_folder", None, None, None)]


def test_a_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("halo.txt", "halo")
    assert opened(tmp_path / "a.xlsx")[1] == [("unreadable", None, None, None)]


def test_a_stray_cell_far_away_does_not_end_the_process(tmp_path):
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good())
    book = openpyxl.load_workbook(path)
    book["KUB"]["XFD1048576"] = "x"
    book.save(path)
    book, problems = opened(path)
    assert problems == [("stray_cells", "KUB", None, None)]
    assert "kub" in book.broken and "kub_report" in book.sheets


def test_formula_errors_are_not_blanks(tmp_path):
    """openpyxl writes an error only where it is told so."""
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good())
    book = openpyxl.load_workbook(path)
    book["Laporan"]["E2"] = "#REF!"
    book["Laporan"]["E2"].data_type = "e"
    book.save(path)
    book, _ = opened(path)
    assert book.sheets["kub_report"].columns["revenue_idr"] == [
        f"{cells.ERROR}#REF!",
        12_500_000.0,
        12_500_000.0,
    ]


@pytest.mark.parametrize(
    ("content", "rule", "row"),
    [
        ("kode_kub,tanggal,anggota\nK1,2017-11-30,1.250,50\n", "csv_too_wide", 2),
        ("kode_kub;tanggal;anggota\n\nK1,2017-11-30,20\nK2,2017-11-30,20\n", "csv_separators", 3),
        ("kode_kub,tanggal,anggota\nK1;2017-11-30;20\n", "csv_separators", 2),
        ("kode_kub,tanggal,anggota\nKé,2017,1\n".encode("latin-1"), "csv_encoding", None),
        ("kode_kub,tanggal,anggota\n" + "x" * 200_000 + ",2017,1\n", "unreadable", None),
    ],
)
def test_csv_files_that_cannot_be_read(tmp_path, content, rule, row):
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=KUB, laporan=content))
    assert problems == [(rule, "laporan", row, None)]
    assert book.broken == {"kub_report"}


def test_parquet_files_that_cannot_be_read(tmp_path):
    folder = workbooks.parquet_folder(tmp_path / "a", workbooks.good())
    (folder / "laporan.parquet").write_bytes(b"PAR1 bukan parquet PAR1")
    pq.write_table(pa.table({"kode_kub": [["K1"]]}), folder / "kub.parquet")
    (folder / "target.parquet").write_bytes(
        (folder / "desa.parquet").read_bytes()[:-200] + b"\x00" * 192 + b"PAR1    "
    )
    rules = {(rule, sheet) for rule, sheet, _, _ in opened(folder)[1]}
    assert rules >= {("unreadable", "laporan"), ("column_type", "kub"), ("unreadable", "target")}


def test_a_parquet_file_cut_in_its_data(tmp_path):
    folder = workbooks.parquet_folder(tmp_path / "a", workbooks.good())
    data = bytearray((folder / "desa.parquet").read_bytes())
    data[4:60] = b"\xff" * 56
    (folder / "desa.parquet").write_bytes(data)
    assert opened(folder)[1] == [("unreadable", "desa", None, None)]


def test_missing_sheets_are_named(tmp_path):
    problems = Problems()
    open_book(text_csv(tmp_path / "a", program=PROGRAM, lain="a,b\n"), problems)
    assert [(p.rule, dict(p.values)) for p in problems.listed()] == [
        ("missing_sheet", {"expected": "KUB", "found": ["lain", "program"]}),
        ("missing_sheet", {"expected": "Laporan", "found": ["lain", "program"]}),
    ]


def test_reports_need_the_sheet_they_report_on(tmp_path):
    sheets = workbooks.good()
    del sheets["LKM"]
    assert opened(workbooks.xlsx(tmp_path / "a.xlsx", sheets))[1] == [
        ("missing_sheet", None, None, None)
    ]
    sheets["Laporan LKM"] = []
    assert opened(workbooks.xlsx(tmp_path / "b.xlsx", sheets))[1] == []


def test_the_same_sheet_twice(tmp_path):
    folder = workbooks.csv_folder(tmp_path / "a", workbooks.good())
    workbooks.parquet_folder(folder, {"Target": workbooks.good()["Target"]})
    assert opened(folder)[1] == [("sheet_twice", "target", None, None)]


def test_missing_headings_are_named_one_by_one(tmp_path):
    kub = "nama_kub,tanggal_berdiri\nSatu,2014\n"
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=kub, laporan=LAPORAN))
    assert problems == [
        ("missing_heading", "kub", None, heading) for heading in ("kode_kub", "sektor", "kode_desa")
    ]
    assert "kub" in book.broken


def test_a_required_sheet_without_any_heading(tmp_path):
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=KUB, laporan="\n"))
    assert {rule for rule, *_ in problems} == {"missing_heading"}
    assert len(book.sheets["kub_report"].rows) == 0


def test_a_sheet_with_headings_of_its_own_only(tmp_path):
    laporan = "a,b\n1,2\n"
    assert len(opened(text_csv(tmp_path / "a", program=PROGRAM, kub=KUB, laporan=laporan))[1]) == 3
    sheets = workbooks.good() | {"Laporan": [{"a": 1}]}
    assert len(opened(workbooks.xlsx(tmp_path / "b.xlsx", sheets))[1]) == 3


def test_a_heading_twice_counts_for_neither(tmp_path):
    laporan = "kode_kub,tanggal,anggota,ANGGOTA,catatan,catatan\nK1,2017-11-30,20,21,a,b\n"
    book, problems = opened(text_csv(tmp_path / "a", program=PROGRAM, kub=KUB, laporan=laporan))
    assert problems == [("heading_twice", "laporan", None, "anggota")]
    assert "members" not in book.sheets["kub_report"].columns
