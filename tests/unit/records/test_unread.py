"""What was read and what was not: sheets and files under other names, every heading, every row."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub.records import headings, read
from kub.records.sheets import BY_TABLE
from kub.words import LANGUAGES, of
from tests.conftest import examples
from tests.support import workbooks
from tests.support.layouts import even, sheets

TODAY = date(2026, 1, 1)


def told(path):
    return [(p.rule, p.sheet or p.file) for p in read([path], TODAY).problems]


def not_read(path):
    return [
        (entry.sheet or entry.file, entry.reason) for entry in read([path], TODAY).reading.not_read
    ]


def folder(tmp_path, **more):
    path = workbooks.laid_out_folder(
        tmp_path / "a", {name: even(rows) for name, rows in sheets().items()}
    )
    for name, content in more.items():
        (path / name.replace("__", ".")).write_text(content, "utf-8")
    return path


def csv_text(rows, separator=";"):
    return (
        "\n".join(separator.join("" if cell is None else str(cell) for cell in row) for row in rows)
        + "\n"
    )


@pytest.mark.parametrize("name", ["Laporan 2020", "Laporan (2)", "2020", "laporan_lama", "Data"])
def test_a_sheet_of_another_name_with_the_headings_of_one_is_a_problem(tmp_path, name):
    laid = sheets()
    laid[name] = laid["Laporan"]
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid)
    assert told(path) == [("sheet_not_read", name)]
    assert not_read(path) == [(name, "like")]
    del laid["Laporan"]
    assert told(workbooks.laid_out(tmp_path / "b.xlsx", laid)) == [("sheet_misnamed", name)]


def test_a_year_a_sheet(tmp_path):
    laid = sheets()
    rows = laid.pop("Laporan")
    laid |= {"2019": rows[:4], "2020": [rows[0], *rows[4:]]}
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid)
    assert told(path) == [("sheet_not_read", "2019"), ("sheet_not_read", "2020")]


def test_sheets_without_rows_or_of_another_kind_are_only_listed(tmp_path):
    laid = sheets()
    laid |= {
        "Laporan 2021": laid["Laporan"][:1],
        "Sheet3": [],
        "Rekap KUB": [["kode_kub", "2019", "2020"], ["A0", 1, 2]],
    }
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid)
    assert told(path) == []
    assert not_read(path) == [
        ("Laporan 2021", "empty"),
        ("Sheet3", "empty"),
        ("Rekap KUB", "other"),
    ]


def test_a_sheet_in_two_spellings(tmp_path):
    laid = sheets()
    laid["LAPORAN "] = laid["Laporan"]
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid)
    assert told(path) == [("sheet_twice", "LAPORAN ")]
    assert not_read(path) == [("LAPORAN ", "twice")]


def test_a_hidden_sheet_is_read_and_said(tmp_path):
    path = workbooks.laid_out(tmp_path / "a.xlsx", sheets(), hidden="Laporan")
    reading = read([path], TODAY).reading
    assert [(sheet.sheet, sheet.rows, sheet.hidden) for sheet in reading.sheets] == [
        ("Program", 1, False),
        ("KUB", 3, False),
        ("Laporan", 6, True),
    ]


def test_files_of_another_name_or_kind(tmp_path):
    rows = csv_text(sheets()["Laporan"])
    path = folder(
        tmp_path,
        laporan_2020__csv=rows,
        lama__txt=rows,
        catatan__csv="a;b\n1;2\n",
        baca__txt="halo",
    )
    workbooks.laid_out(path / "salinan.xlsx", sheets())
    (path / "2019").mkdir()
    (path / "2019" / "laporan.csv").write_text(rows, "utf-8")
    (path / "foto").mkdir()
    (path / "laporan 2018.xls").write_bytes(b"\xd0\xcf")
    for noise in ("~$kub.xlsx", ".DS_Store", "._kub.csv", "Thumbs.db"):
        (path / noise).write_bytes(b"\0")
    assert sorted(told(path)) == [
        ("file_not_read", "a/laporan 2018.xls"),
        ("folder_not_read", "a/2019"),
        ("sheet_not_read", "laporan_2020"),
        ("text_not_read", "a/lama.txt"),
        ("workbook_not_read", "a/salinan.xlsx"),
    ]
    assert dict(not_read(path)) == {
        "catatan": "other",
        "laporan_2020": "like",
        "a/2019": "folder",
        "a/foto": "folder",
        "a/baca.txt": "file",
        "a/lama.txt": "file",
        "a/laporan 2018.xls": "file",
        "a/salinan.xlsx": "file",
    }


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (["a.xlsx", "b.xlsx"], "folder_of_workbooks"),
        (["dalam/kub.csv"], "folder_of_folders"),
        (["a.pdf"], "empty_folder"),
    ],
)
def test_a_folder_that_holds_something_else(tmp_path, names, rule):
    for name in names:
        (tmp_path / "f" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "f" / name).write_bytes(b"x")
    assert told(tmp_path / "f")[0] == (rule, "f")


def test_a_packed_folder(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert told(tmp_path / "a.zip")[0] == ("packed", "a.zip")


@pytest.mark.parametrize("separator", list(",;\t|"))
def test_the_headings_choose_the_separator(tmp_path, separator):
    path = folder(tmp_path)
    rows = sheets()["KUB"]
    title = "DAFTAR KUB, SEMENTARA; PER DESEMBER, KAB. BATANG, JATENG, INDONESIA, DUNIA, 2020, LENGKAP\n\n"
    rows[1][4] = f'"keripik{separator}\n kerupuk"'
    (path / "kub.csv").write_text(title + csv_text(rows, separator), "utf-8")
    found = read([path], TODAY)
    assert found.problems == []
    assert found.programmes[0].tables["kub"]["activity"][
        0
    ].as_py() == f"keripik{separator} kerupuk".replace("\t", " ").replace("  ", " ")


def test_the_line_that_names_the_separator_is_no_row(tmp_path):
    path = folder(tmp_path)
    rows = sheets()["KUB"]
    rows[1][3] = "tambang"
    (path / "kub.csv").write_text("sep=|\r\n" + csv_text(rows, "|"), "utf-8")
    assert [(p.rule, p.row) for p in read([path], TODAY).problems] == [("unknown_sector", 2)]


@pytest.mark.parametrize(
    ("encoding", "rule"), [("utf-16", None), ("utf-8-sig", None), ("utf-16-le", "csv_encoding")]
)
def test_what_excel_calls_unicode_text(tmp_path, encoding, rule):
    path = folder(tmp_path)
    (path / "kub.csv").write_text(csv_text(sheets()["KUB"], "\t"), encoding)
    assert told(path) == ([(rule, "kub")] if rule else [])


def test_rows_that_end_early_are_one_warning(tmp_path):
    path = folder(tmp_path)
    lines = csv_text(sheets()["Laporan"]).splitlines()
    lines[2], lines[5] = lines[2].rpartition(";")[0], lines[5].rpartition(";")[0]
    (path / "laporan.csv").write_text("\n".join(lines), "utf-8")
    [problem] = read([path], TODAY).problems
    assert (problem.rule, problem.row, problem.values["rows"]) == ("csv_short", 3, "3, 6")


def test_the_report_in_words(tmp_path):
    laid = sheets()
    laid["Laporan"] = [
        [*row, cell]
        for row, cell in zip(laid["Laporan"], ["NIK", *["3325130101010001"] * 6], strict=True)
    ]
    laid["Laporan"][0][2] = "Jml Anggota"
    laid["Laporan"].append(["Jumlah", None, 123])
    laid |= {f"Lembar {n}": [["a", "b"], [1, 2]] for n in range(15)}
    reading = read([workbooks.laid_out(tmp_path / "a.xlsx", laid)], TODAY).reading
    lines = reading.lines(of("id"))
    assert lines[2] == (
        "a.xlsx · Laporan: 6 baris dibaca; kolom dibaca: kode_kub, tanggal, Jml Anggota → anggota, anggota_perempuan, "
        "omzet, aset; kolom tidak dibaca: NIK; baris tidak dibaca: jumlah (baris 8)"
    )
    assert lines[3].endswith("a.xlsx · Lembar 11 (bukan lembar format ini), dan 3 lagi")
    assert "3325130101010001" not in str(reading)
    assert all(reading.lines(of(lang)) for lang in LANGUAGES)


OWN = st.sampled_from(
    [
        "No",
        "NIK Ketua",
        "Nama Anggota",
        "Catatan",
        "Modal",
        "Status",
        "Omzet (juta Rp)",
        "HP",
        "Alamat",
    ]
)
CELL = st.sampled_from(
    [None, "", "-", "x", 7, "Jumlah", "A0", date(2020, 1, 1), "Mengetahui,", "Kecamatan Tulis", 123]
)


@st.composite
def laid_out(draw):
    """A sheet of reports with columns of its own, odd rows anywhere and further sheets."""
    known = [column.heading for column in BY_TABLE["kub_report"].columns]
    titles = draw(
        st.permutations(
            [
                *known,
                *draw(st.lists(OWN, max_size=3, unique=True)),
                *draw(st.sampled_from([[], [""]])),
            ]
        )
    )
    rows = []
    for n in range(draw(st.integers(0, 6))):
        good = {"kode_kub": "A0", "tanggal": date(2015 + n, 12, 31), "anggota": 10 + n}
        odd = [draw(CELL) for _ in titles]
        rows.append(
            draw(
                st.sampled_from(
                    [[good.get(title, "") for title in titles], odd, [None] * len(titles)]
                )
            )
        )
    laid = sheets()
    laid["Laporan"] = [titles, *rows]
    for name in draw(
        st.lists(st.sampled_from(["Laporan 2", "Sheet1", "KUB lama"]), max_size=2, unique=True)
    ):
        laid[name] = draw(st.sampled_from([[], [["a"], [1]], laid["Laporan"], laid["KUB"]]))
    return laid


@settings(max_examples=examples(12))
@given(laid=laid_out())
def test_nothing_is_silently_missing(tmp_path_factory, laid):
    path = workbooks.laid_out(tmp_path_factory.mktemp("laid") / "a.xlsx", laid)
    found = read([path], TODAY)
    sheet = next(sheet for sheet in found.reading.sheets if sheet.table == "kub_report")
    titles, *rows = laid["Laporan"]
    assert sorted([*(written for written, _ in sheet.columns), *sheet.unread]) == sorted(
        filter(None, titles)
    )
    # Every row is a record, left out with a reason, or has nothing in the columns that are read.
    read_at = [
        at for at, title in enumerate(titles) if headings.field_of(BY_TABLE["kub_report"], title)
    ]
    blank = [
        n for n, row in enumerate(rows, 2) if all(row[at] in (None, "", "-") for at in read_at)
    ]
    left = [row for entry in sheet.left_out for row in entry.rows]
    # A workbook ends with its last filled row.
    last = max(
        (n for n, row in enumerate(rows, 2) if any(cell not in (None, "") for cell in row)),
        default=1,
    )
    assert len(set(left)) == len(left) and not set(left) & set(blank)
    assert sheet.rows + len(left) == len([n for n in range(2, last + 1) if n not in blank])
    # What is left out is told, and whoever follows the advice loses no record.
    told_at = {problem.row for problem in found.problems if problem.sheet == "Laporan"}
    assert set(left) <= told_at
    assert {entry.sheet for entry in found.reading.not_read} >= laid.keys() - {
        "Program",
        "KUB",
        "Laporan",
    }
    for n, row in enumerate(rows, 2):
        if row[titles.index("kode_kub")] == "A0" and isinstance(row[titles.index("tanggal")], date):
            assert n not in left


@pytest.mark.parametrize("marks", [{5: "x", 6: "x"}, {6: "x"}, {6: "Mengetahui,"}])
def test_marks_below_the_headings_are_no_second_row_of_headings(tmp_path, marks):
    titles = [*(column.heading for column in BY_TABLE["kub_report"].columns), ""]
    laid = sheets()
    laid["Laporan"] = [
        titles,
        [marks.get(at) for at in range(len(titles))],
        ["A0", date(2020, 12, 31), 9],
    ]
    found = read([workbooks.laid_out(tmp_path / "a.xlsx", laid)], TODAY)
    sheet = next(sheet for sheet in found.reading.sheets if sheet.table == "kub_report")
    assert [written for written, _ in sheet.columns] == titles[:-1] and sheet.unread == ()
    assert {(problem.rule, problem.row) for problem in found.problems if problem.sheet == "Laporan"}
