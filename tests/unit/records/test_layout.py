"""Sheets as offices lay them out: each peculiarity is one sentence,
and no record is lost or made of it.
"""

from datetime import date

import pytest

from kub.records import read
from kub.words import LANGUAGES, of
from tests.support import workbooks
from tests.support.layouts import DESA, even, sheets
from tests.support.thinned import thinned

TODAY = date(2026, 1, 1)


def checked(path):
    found = read([path], TODAY)
    for problem in found.problems:
        for lang in LANGUAGES:
            assert all(problem.message(of(lang)))
    return found


def told(path):
    """(rule, sheet, row, column) of everything that is told."""
    return [(p.rule, p.sheet, p.row, p.column) for p in checked(path).problems]


@pytest.fixture(params=["xlsx", "csv"])
def write(request, tmp_path):
    """Writes sheets as a workbook or as a folder."""
    if request.param == "xlsx":
        return lambda laid: workbooks.laid_out(tmp_path / "a.xlsx", laid)
    return lambda laid: workbooks.laid_out_folder(
        tmp_path / "a", {name: even(rows) for name, rows in laid.items()}
    )


def sheet_of(path, name):
    [found] = [
        sheet for sheet in checked(path).reading.sheets if sheet.sheet.lower() == name.lower()
    ]
    return found


NUMBERS = {
    "brackets": ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    "plain": [1, 2, 3, 4, 5, 6],
    "excel took them for negative": [-1, -2, -3, -4, -5, -6],
    "letters": list("abcdef"),
    "roman": ["I", "II", "III", "IV", "V", "VI"],
    "between dashes": ["-1-", "-2-", "-3-", "-4-", "-5-", "-6-"],
    "square": ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"],
    "named": ["Kolom 1", "Kolom 2", "Kolom 3", "Kolom 4", "Kolom 5", "Kolom 6"],
    "with a sum": ["1", "2", "3", "4", "5", "6 = 4 + 5"],
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_column_numbers_are_one_warning_and_no_record(write, numbers):
    laid = sheets()
    laid["Laporan"].insert(1, numbers)
    path = write(laid)
    [(rule, _, row, column)] = told(path)
    assert (rule, row, column) == ("column_numbers", 2, None)
    assert checked(path).ok and checked(path).programmes[0].tables["kub_report"].num_rows == 6


def test_headings_over_two_rows_are_one_problem(tmp_path):
    laid = sheets()
    laid["Laporan"] = [
        ["kode_kub", "tanggal", "anggota", None, "omzet"],
        [None, None, "L", "P", None],
    ] + [[*row[:2], 11, 9, 1_000_000] for row in laid["Laporan"][1:]]
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid, {"Laporan": ["C1:D1"]})
    assert told(path) == [("heading_rows", "Laporan", 2, None)]
    [problem] = checked(path).problems
    assert problem.values["seen"] == ["L", "P"] and "hapus" not in problem.message(of("id"))[1]


SECOND_ROWS = {
    "sum too": (
        ["kode_kub", "tanggal", "anggota", "", "", "omzet"],
        ["", "", "L", "P", "Jumlah", ""],
    ),
    "units": (
        ["kode_kub", "tanggal", "anggota", "omzet"],
        ["(kode)", "(dd/mm/yyyy)", "(orang)", "(Rp)"],
    ),
    "units without a key": (["kode_kub", "tanggal", "anggota", "omzet"], ["", "", "orang", "Rp"]),
    "headings below": (["kode_kub", "tanggal", "Data", ""], ["", "", "anggota", "omzet"]),
    "most headings below": (["kode_kub", "Keadaan", "", ""], ["", "tanggal", "anggota", "omzet"]),
}


@pytest.mark.parametrize(("first", "second"), SECOND_ROWS.values(), ids=SECOND_ROWS)
def test_second_heading_rows(write, first, second):
    laid = sheets()
    rows = [["A0", date(2019 + n, 12, 31), 12, 8, 20, 1_000][: len(first)] for n in range(3)]
    laid["Laporan"] = [first, second, *rows]
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [("heading_rows", 2)]


def test_group_titles_above_the_headings_are_no_headings(write):
    laid = sheets()
    laid["Laporan"].insert(0, ["Identitas", None, "Keanggotaan", None, "Keuangan", None])
    assert told(write(laid)) == []


@pytest.mark.parametrize("height", [1, 8, 30])
def test_a_letterhead_of_any_height_is_passed_over(write, height):
    laid = sheets()
    head = [
        ["PEMERINTAH KABUPATEN BATANG", "Tahun", "2020"],
        [],
        ["Telp.", "0285-39"],
        ["DAFTAR KUB", "", "KUB"],
    ] * 8
    laid["KUB"] = head[:height] + laid["KUB"]
    laid["KUB"][height + 2][3] = "tambang"
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [
        ("unknown_sector", height + 3)
    ]


def test_totals_are_told_once_and_compared(write):
    laid = sheets()
    laid["KUB"].append(["Jumlah", None, None, None, None, 3])
    rows = laid["Laporan"]
    rows.insert(4, ["Jumlah 2019", None, 60, 15, 37_500_000, 3_000])
    rows.append(["Jumlah 2020", None, 63, 15, 37_500_000, 3_000])
    rows.append(["TOTAL KESELURUHAN", None, 130, 30, 75_000_000, 6_000])
    found = checked(write(laid)).problems
    assert [(p.rule, p.row) for p in found] == [
        ("total_row", 5),
        ("total_row", 5),
        ("total_row", 9),
        ("total_differs", 10),
    ]
    assert (found[-1].column, found[-1].values["stated"], found[-1].values["summed"]) == (
        "anggota",
        130,
        123,
    )
    assert "130" in found[-1].message(of("id"))[0] and "123" in found[-1].message(of("id"))[0]


@pytest.mark.parametrize("label", ["Rekap", "Σ", "Jumlah KUB : 3"])
def test_other_labels_of_totals(write, label):
    laid = sheets()
    laid["KUB"].append([label])
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [
        ("total_row", len(laid["KUB"]))
    ]


def test_an_indicator_is_no_label_of_a_total(write):
    laid = sheets()
    laid["Target"] = [
        ["indikator", "tahun", "nilai"],
        ["kub", 2026, 10],
        ["Jumlah anggota", 2026, 1000],
    ]
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [("unknown_indicator", 3)]


def test_the_label_of_a_total_may_stand_in_a_column_of_the_offices_own(write):
    laid = sheets()
    laid["Laporan"] = [["No", *laid["Laporan"][0]]] + [
        [n, *row] for n, row in enumerate(laid["Laporan"][1:], 1)
    ]
    laid["Laporan"].append(["JUMLAH", None, None, 123, 30, None, None])
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [("total_row", 8)]


def test_numbers_alone_are_a_total_only_where_they_add_up(write):
    laid = sheets()
    laid["Laporan"].append([None, None, 123, 30, None, None])
    assert [rule for rule, *_ in told(write(laid))] == ["total_row"]
    laid["Laporan"][-1][2] = 122
    assert [rule for rule, *_ in told(write(laid))] == ["missing_value", "missing_value"]


@pytest.mark.parametrize(
    "name", ["Jumlah Berkah", "Jumlah", "Total", "Sumber Rejeki", "Ketua Jaya", "Desa Maju"]
)
def test_a_kub_may_be_called_anything(write, name):
    laid = sheets()
    laid["KUB"][3][1] = name
    assert told(write(laid)) == []
    # Without its code it is a record with a cell missing, not something to take out.
    laid["KUB"][3][0] = None
    laid["Laporan"] = [row for row in laid["Laporan"] if row[0] != "A2"]
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [("missing_value", 4)]


SIGNATURES = {
    "in the key": [
        ["Mengetahui,"],
        ["Kepala Dinas Koperasi"],
        [],
        ["Drs. BUDI SANTOSO, M.Si"],
        ["NIP. 19650312 199003 1 004"],
    ],
    "under money": [
        [None, None, None, None, "Batang, 31 Desember 2020"],
        [None, None, None, None, "Kepala Dinas"],
        [],
        [None, None, None, None, "(.....................)"],
        [None, None, None, None, "SITI AMINAH"],
    ],
    "notes": [
        ["Catatan: data sementara"],
        ["* belum diverifikasi"],
        ["Sumber: Dinas Koperasi, 2020"],
        ["Keterangan :"],
    ],
    "three people from the key on": [
        ["Dibuat oleh", "Diperiksa", "Disetujui"],
        ["Rina", "Dewi", "Bambang"],
    ],
    "with the day": [["Dicetak tanggal", date(2020, 12, 31)], ["Yang membuat,"], ["Rina"]],
    "two people": [["", "Dibuat oleh", "", "Disetujui"], [], ["", "Rina", "", "Bambang"]],
}


@pytest.mark.parametrize("rows", SIGNATURES.values(), ids=SIGNATURES)
@pytest.mark.parametrize("sheet", thinned(["KUB", "Laporan"], 2))
def test_signatures_and_notes_are_a_sentence_a_row(write, sheet, rows):
    laid = sheets()
    below = len(laid[sheet]) + 1
    laid[sheet] += rows
    expected = [("signature_row", below + n) for n, row in enumerate(rows) if any(row)]
    path = write(laid)
    assert [(rule, row) for rule, _, row, _ in told(path)] == expected
    assert "SITI AMINAH" not in str(checked(path)) and not {"BUDI", "199003"} & set(
        str(checked(path).problems).split()
    )


def test_headings_again_and_sub_headings(write):
    laid = sheets()
    laid["Laporan"].insert(4, list(laid["Laporan"][0]))
    laid["KUB"].insert(1, ["Kecamatan Kandeman"])
    assert [(rule, row) for rule, _, row, _ in told(write(laid))] == [
        ("section_row", 2),
        ("headings_row", 5),
    ]


@pytest.mark.parametrize(
    "row", [["A9"], [None, "Anggrek"], [None, None, None, "makanan"], [None, None, DESA[0]]]
)
def test_a_row_that_may_be_a_record_is_never_to_be_taken_out(write, row):
    laid = sheets()
    laid["KUB"].append(row)
    assert {rule for rule, *_ in told(write(laid))} == {"missing_value"}


def by_name(laid):
    laid["KUB"] = [
        ["kode_kub", "nama_kub", "kecamatan", "desa", "sektor", "tanggal_berdiri"],
        ["A0", "Melati", "Kandeman", "Ujungnegoro", "makanan", date(2014, 5, 20)],
        ["A1", "Mawar", None, None, "kerajinan", date(2014, 5, 20)],
        ["A2", "Kenanga", None, "Wonokerso", "laundry", date(2014, 5, 20)],
    ]
    return laid


def test_merged_cells_are_filled_down_and_said(tmp_path):
    path = workbooks.laid_out(tmp_path / "a.xlsx", by_name(sheets()), {"KUB": ["C2:C4", "D2:D3"]})
    assert told(path) == [
        ("merged_filled", "KUB", 3, "desa"),
        ("merged_filled", "KUB", 3, "kecamatan"),
    ]
    kub = checked(path).programmes[0].tables["kub"].to_pylist()
    assert [row["village_code"] for row in kub] == [
        "33.25.13.2010",
        "33.25.13.2010",
        "33.25.13.2009",
    ]


def test_blank_cells_below_are_named_as_merged_where_the_file_does_not_say_so(write):
    path = write(by_name(sheets()))
    assert [(rule, row, column) for rule, _, row, column in told(path)] == [
        ("merged_probably", 3, "desa"),
        ("merged_probably", 3, "kecamatan"),
    ]


def test_a_district_is_left_blank_where_the_village_is_no_other(write):
    laid = by_name(sheets())
    laid["KUB"][2][3], laid["KUB"][3][3] = "Tulis", "Karanggeneng"
    assert told(write(laid)) == []


def test_a_code_merged_over_its_reports_and_a_date_over_its_kub(tmp_path):
    laid = sheets()
    laid["Laporan"][1:] = sorted(laid["Laporan"][1:])
    for row in laid["Laporan"][2::2]:
        row[0] = None
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid, {"Laporan": ["A2:A3", "A4:A5", "A6:A7"]})
    assert told(path) == [("merged_filled", "Laporan", 3, "kode_kub")]
    assert checked(path).programmes[0].tables["kub_report"].num_rows == 6


def test_a_merged_number_is_that_of_nobody(tmp_path):
    laid = sheets()
    laid["Laporan"][2][2] = None
    path = workbooks.laid_out(tmp_path / "a.xlsx", laid, {"Laporan": ["C2:C3"]})
    assert ("merged_number", "Laporan", 3, "anggota") in told(path)


def test_a_merged_range_that_reaches_below_the_table_makes_no_rows(tmp_path):
    path = workbooks.laid_out(tmp_path / "a.xlsx", by_name(sheets()), {"KUB": ["C2:C40", "D2:D3"]})
    assert [rule for rule, *_ in told(path)] == ["merged_filled", "merged_filled"]
    assert sheet_of(path, "KUB").rows == 3


def test_one_cell_that_somebody_forgot_is_a_missing_value(write):
    laid = sheets()
    laid["KUB"] += [
        [f"B{n}", f"Nama {n}", DESA[n % 3], "makanan", "", date(2014, 1, 1)] for n in range(9)
    ]
    laid["KUB"][5][2] = None
    assert ("missing_value", 6) in [(rule, row) for rule, _, row, _ in told(write(laid))]


def test_a_filled_column_without_a_heading_is_named(write):
    laid = sheets()
    laid["Laporan"] = [
        [*row[:3], "" if n == 0 else 9, *row[3:]] for n, row in enumerate(laid["Laporan"])
    ]
    path = write(laid)
    assert [(rule, column) for rule, _, _, column in told(path)] == [("column_unnamed", "D")]
    assert sheet_of(path, "Laporan").unnamed == ("D",)


def test_headings_twice_are_named_as_written(write):
    laid = sheets()
    laid["Laporan"] = [[*row, row[2]] for row in laid["Laporan"]]
    laid["Laporan"][0][-1] = "Jumlah Anggota"
    path = write(laid)
    assert [(rule, column) for rule, _, _, column in told(path)] == [("heading_twice", "anggota")]
    assert checked(path).problems[0].values["written"] == ["anggota", "Jumlah Anggota"]
