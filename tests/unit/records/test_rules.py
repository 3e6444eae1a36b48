"""A good row and a bad row for every rule, and that each bad one is told where it stands."""

from datetime import date

import pytest

from kub.records import read, rules
from kub.records.problems import WARNINGS
from kub.words import LANGUAGES, of
from tests.support import workbooks
from tests.support.workbooks import kub, report

TODAY = date(2026, 11, 24)
D17, D18, D19, D20 = (date(year, 11, 30) for year in (2017, 2018, 2019, 2020))


def check(tmp_path, sheets, **replaced):
    """The problems of the good workbook with some of its sheets
    replaced (names with _ for blanks).
    """
    changed = sheets | {name.replace("_", " "): rows for name, rows in replaced.items()}
    return read([workbooks.csv_folder(tmp_path / "uji", changed)], TODAY)


def in_sheet(sheet, **changed):
    """One changed cell in the first row of a sheet of the good workbook."""
    return {sheet.replace(" ", "_"): [workbooks.good()[sheet][0] | changed]}


def kubs(*rows, **changed):
    return {"KUB": [kub("K1"), kub("K2"), *rows] if rows else [kub("K1", **changed), kub("K2")]}


def reports(*rows, **changed):
    return {"Laporan": [report("K1", D17), *rows] if rows else [report("K1", D17, **changed)]}


# rule: (the bad sheets, row, column, value as written), (the nearest good ones)
CASES = {
    "missing_value": ((kubs(nama_kub=" "), 2, "nama_kub", None), kubs(kegiatan=" ")),
    "formula_error": ((reports(omzet="#REF!"), 2, "omzet", "#REF!"), reports(omzet="0")),
    "not_date": (
        (reports(tanggal="31/11/2017"), 2, "tanggal", "31/11/2017"),
        reports(tanggal="30/11/2017"),
    ),
    "date_serial": ((reports(tanggal="43042"), 2, "tanggal", "43042"), reports(tanggal="2017")),
    "future_date": (
        (reports(tanggal="25/11/2026"), 2, "tanggal", "25/11/2026"),
        reports(tanggal="24/11/2026"),
    ),
    "not_year": (
        (in_sheet("Target", tahun="25"), 2, "tahun", "25"),
        in_sheet("Target", tahun="2030"),
    ),
    "not_number": ((reports(omzet="banyak"), 2, "omzet", "banyak"), reports(omzet="Rp 1.000")),
    "negative": (
        (reports(anggota="-3", anggota_perempuan=None), 2, "anggota", "-3"),
        reports(anggota_perempuan=0),
    ),
    "fractional": ((reports(anggota="20,5"), 2, "anggota", "20,5"), reports(anggota="20,0")),
    "too_large": ((in_sheet("LKM"), None, None, None), {}),
    "not_coordinate": (
        (in_sheet("Desa", lintang="-6906"), 2, "lintang", "-6906"),
        in_sheet("Desa", lintang="-6,906"),
    ),
    "not_flag": (
        (in_sheet("Desa", sasaran="mungkin"), 2, "sasaran", "mungkin"),
        in_sheet("Desa", sasaran="Y"),
    ),
    "unknown_regency": (
        (in_sheet("Studi Banding", kode_wilayah="88.88"), 2, "kode_wilayah", "88.88"),
        in_sheet("Studi Banding", kode_wilayah="Kota Cilegon"),
    ),
    "not_village_code": (
        (in_sheet("LKM", kode_desa="33.25.13"), 2, "kode_desa", "33.25.13"),
        in_sheet("LKM", kode_desa="3325132010"),
    ),
    "unknown_sector": (
        (kubs(sektor="tambang"), 2, "sektor", "tambang"),
        kubs(sektor="Simpan Pinjam"),
    ),
    "unknown_level": (
        (in_sheet("Kunjungan Sekolah", jenjang="TK"), 2, "jenjang", "TK"),
        in_sheet("Kunjungan Sekolah", jenjang="mts"),
    ),
    "unknown_indicator": (
        (in_sheet("Angka Publikasi", indikator="omzet"), 2, "indikator", "omzet"),
        in_sheet("Target", indikator="Omzet"),
    ),
    "ambiguous_village": (
        (kubs(kode_desa=None, desa="Wonokerso"), 2, "desa", "Wonokerso"),
        kubs(kode_desa=None, desa="Wonokerso", kecamatan="Kandeman"),
    ),
    "unknown_village": (
        (kubs(kode_desa=None, desa="Ujungnegro"), 2, "desa", "Ujungnegro"),
        kubs(kode_desa=None, desa="Ujung Negoro"),
    ),
    "village_name_differs": (
        (kubs(desa="Ujungnegroo"), 2, "desa", "Ujungnegroo"),
        kubs(desa="Ds. Ujungnegoro"),
    ),
    "village_outside": (
        (kubs(kode_desa="33.24.01.2001"), 2, "kode_desa", "33.24.01.2001"),
        kubs(kode_desa="33.25.01.2001"),
    ),
    "unknown_village_code": (
        (kubs(kode_desa="33.25.13.2999"), 2, "kode_desa", "33.25.13.2999"),
        kubs(kode_desa="33.25.13.2001"),
    ),
    "near_code": ((reports(report("k1", D18)), 3, "kode_kub", "k1"), reports(report("K2", D18))),
    "unknown_code": ((reports(report("K9", D18)), 3, "kode_kub", "K9"), reports(report("K2", D18))),
    "duplicate_id": ((kubs(kub("K1")), 4, "kode_kub", "K1"), kubs(kub("K3"))),
    "duplicate_near": ((kubs(kub("k01")), 4, "kode_kub", "k01"), kubs(kub("K-1"))),
    "duplicate_report": (
        (reports(report("K1", "30 Nov 2017")), 3, "tanggal", "30 Nov 2017"),
        reports(report("K2", D17)),
    ),
    "duplicate_figure": (
        (
            {"Target": [{"indikator": i, "tahun": 2025, "nilai": 1} for i in ("kub", "KUB")]},
            3,
            "indikator",
            "KUB",
        ),
        {"Target": [{"indikator": "kub", "tahun": year, "nilai": 1} for year in (2025, 2026)]},
    ),
    "before_founding": (
        (kubs(tanggal_berdiri="1 Desember 2017") | reports(), 2, "tanggal", "2017-11-30"),
        kubs(tanggal_berdiri="30 November 2017") | reports(),
    ),
    "after_closing": (
        (kubs(tanggal_tutup="29/11/2017") | reports(), 2, "tanggal", "2017-11-30"),
        kubs(tanggal_tutup="30/11/2017") | reports(),
    ),
    "after_last_report": (
        (
            kubs(kub("K3", tanggal_berdiri="1 Desember 2017")) | reports(),
            4,
            "tanggal_berdiri",
            "1 Desember 2017",
        ),
        kubs(kub("K3", tanggal_berdiri="30 November 2017")) | reports(),
    ),
    "closed_before_founded": (
        (
            kubs(tanggal_tutup="19/05/2014") | {"Laporan": [report("K2", D18)]},
            2,
            "tanggal_tutup",
            "19/05/2014",
        ),
        {"KUB": [kub("K1"), kub("K2", tanggal_tutup="20/05/2014")]} | reports(),
    ),
    "women_over_members": (
        (reports(anggota_perempuan=21), 2, "anggota_perempuan", "21"),
        reports(anggota_perempuan=20),
    ),
    "members_range": ((reports(anggota=501), 2, "anggota", "501"), reports(anggota=500)),
    "members_jump": (
        (reports(report("K1", D18, anggota=101)), 3, "anggota", "101"),
        reports(report("K1", D18, anggota=100)),
    ),
    "overdue_over_loans": (
        (in_sheet("Laporan LKM", tunggakan=80_000_001), 2, "tunggakan", "80000001"),
        in_sheet("Laporan LKM", tunggakan=80_000_000),
    ),
    "target_percent": (
        (in_sheet("Target", nilai="60 %"), 2, "nilai", "60 %"),
        in_sheet("Target", indikator="perempuan", nilai="60 %"),
    ),
    "target_over": (
        (in_sheet("Target", indikator="perempuan", nilai=101), 2, "nilai", "101"),
        in_sheet("Target", indikator="perempuan", nilai=100),
    ),
    "target_share": (
        (in_sheet("Target", indikator="perempuan", nilai=0.6), 2, "nilai", "0.6"),
        in_sheet("Target", indikator="perempuan", nilai=1.5),
    ),
    "population_without_year": (
        (in_sheet("Desa", tahun_penduduk=None), 2, "penduduk", "6000"),
        in_sheet("Desa", penduduk=None, tahun_penduduk=None),
    ),
}
CASES["too_large"] = (
    (in_sheet("Laporan LKM", nasabah="3.000.000.000"), 2, "nasabah", "3.000.000.000"),
    in_sheet("Laporan LKM", nasabah="2.000.000.000"),
)


@pytest.mark.parametrize("rule", CASES)
def test_a_bad_row_is_told_where_it_stands(tmp_path, rule):
    sheets, row, column, value = CASES[rule][0]
    checked = check(tmp_path, workbooks.good(), **sheets)
    told = [problem for problem in checked.problems if problem.rule == rule]
    assert [(p.row, p.column, p.value) for p in told] == [(row, column, value)]
    [problem] = told
    assert problem.level == ("warning" if rule in WARNINGS else "problem")
    assert problem.file == f"uji/{problem.sheet}.csv"
    for lang in LANGUAGES:
        what, todo = problem.message(of(lang))
        assert (
            what.endswith(".")
            and todo.endswith(".")
            and "{" not in what + todo
            and problem.title(of(lang))
        )
    # Nothing else is made of the same fault, but for the warning that a wild number of members also
    # is.
    assert {p.rule for p in checked.problems} <= {rule, "members_range"}
    assert checked.ok == bool(checked.programmes) == (rule in WARNINGS)


@pytest.mark.parametrize("rule", CASES)
def test_the_nearest_good_row_is_not_told(tmp_path, rule):
    checked = check(tmp_path, workbooks.good(), **CASES[rule][1])
    assert [problem for problem in checked.problems if problem.rule == rule] == []
    assert checked.ok


def test_every_rule_that_looks_across_rows_has_a_case():
    assert set(rules.names()) - set(CASES) == {"no_kub", "no_reports"}


@pytest.mark.parametrize(
    ("sheets", "rule", "rows"),
    [
        (
            {"LKM": [{"kode_lkm": "L1", "nama": "A", "kode_desa": "33.25.13.2010"}] * 2},
            "duplicate_id",
            [3],
        ),
        (
            {"Desa": [{"kode_desa": "33.25.13.2010"}, {"kode_desa": "3325132010"}]},
            "duplicate_id",
            [3],
        ),
        (in_sheet("Laporan LKM", kode_lkm="L9"), "unknown_code", [2]),
        (in_sheet("Laporan Perpustakaan", kode_perpustakaan="P9"), "unknown_code", [2]),
        (in_sheet("Laporan LKM", tanggal="2013-04-30"), "before_founding", [2]),
        (in_sheet("Laporan Perpustakaan", tanggal="2015-11-30"), "before_founding", [2]),
        ({"Laporan_LKM": workbooks.good()["Laporan LKM"] * 2}, "duplicate_report", [3]),
        (
            {"Laporan_Perpustakaan": workbooks.good()["Laporan Perpustakaan"] * 3},
            "duplicate_report",
            [3, 4],
        ),
        ({"Angka_Publikasi": workbooks.good()["Angka Publikasi"] * 2}, "duplicate_figure", [3]),
        (in_sheet("Perpustakaan", kode_desa="33.24.01.2001"), "village_outside", [2]),
        (in_sheet("Kunjungan Sekolah", kode_desa="33.25.13.2999"), "unknown_village_code", [2]),
        (in_sheet("Desa", kode_desa="33.25.13.2999"), "unknown_village_code", [2]),
        (in_sheet("Program", tahun_penduduk=None), "population_without_year", [2]),
        (kubs(tanggal_berdiri="2018") | {"Laporan": [report("K2", D17)]}, "after_last_report", [2]),
        (reports(report("K1", D18, anggota=3, anggota_perempuan=1)), "members_jump", [3]),
        (reports(anggota=1, anggota_perempuan=1), "members_range", [2]),
        (
            reports(report("K1", D19), report("K1", D18, anggota=200), report("K1", D20)),
            "members_jump",
            [4, 3],
        ),
    ],
)
def test_the_same_rule_in_other_sheets(tmp_path, sheets, rule, rows):
    checked = check(tmp_path, workbooks.good(), **sheets)
    assert sorted(p.row for p in checked.problems if p.rule == rule) == sorted(rows)


def test_no_kub_and_no_reports_are_warnings(tmp_path):
    laporan = {"Laporan": [{"kode_kub": None, "tanggal": None, "anggota": None}]}
    checked = check(tmp_path, workbooks.good(), **laporan)
    assert [(p.rule, p.row, p.sheet) for p in checked.problems] == [("no_reports", None, "laporan")]
    none = {"KUB": [dict.fromkeys(kub("K1"))]} | laporan
    checked = check(tmp_path, workbooks.good(), **none)
    assert [(p.rule, p.row, p.sheet) for p in checked.problems] == [("no_kub", None, "kub")]
    assert checked.ok
