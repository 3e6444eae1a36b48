"""Whole workbooks in which one cell says what another means: codes
and names, near codes, words for nothing.
"""

from datetime import date

import pytest

from kub import places
from kub.records import cells, read
from kub.words import LANGUAGES, of
from tests.support import workbooks
from tests.support.workbooks import kub, report, tables

TODAY = date(2026, 11, 24)
BOTH = pytest.mark.parametrize("write", [workbooks.xlsx, workbooks.csv_folder], ids=["xlsx", "csv"])


def told(path):
    """(rule, row, column) of every problem."""
    return [(p.rule, p.row, p.column) for p in read([path], TODAY).problems]


def temanggung(*kubs):
    """A programme where the statistics office's codes of one
    district are the ministry's of another.
    """
    return {
        "Program": [workbooks.good()["Program"][0] | {"kode_wilayah": "33.23"}],
        "KUB": list(kubs),
        "Laporan": [report(row["kode_kub"], date(2017, 11, 30)) for row in kubs],
    }


def named(code, kode_desa, desa, kecamatan):
    return kub(code, kode_desa=kode_desa, desa=desa, kecamatan=kecamatan)


@BOTH
def test_codes_that_contradict_the_names_beside_them(tmp_path, write):
    sheets = temanggung(
        named("A1", "3323012001", "Tlogowero", "Bansari"),
        named("A2", "3323012007", "Bansari", None),
        named("A3", "3323012010", "Purborejoo", "Kec. Bansari"),
        named("A4", "3323012002", None, None),
    )
    checked = read([write(tmp_path / "uji.xlsx", sheets)], TODAY)
    assert [(p.rule, p.row) for p in checked.problems] == [
        ("bps_codes", 2),
        ("village_contradicts", 2),
        ("village_contradicts", 3),
        ("village_contradicts", 4),
    ]
    assert not checked.ok
    for lang in LANGUAGES:
        for problem in checked.problems[:2]:
            what, _ = problem.message(of(lang))
            assert (
                "Bulu (Bulu, 33.23.01.2001)" in what
                and "Tlogowero (Bansari, 33.23.16.2007)" in what
            )


def test_one_wrong_code_among_right_ones_does_not_make_a_column_of_bps_codes(tmp_path):
    sheets = temanggung(
        named("A1", "33.23.16.2007", "Tlogowero", "Bansari"),
        named("A2", "33.23.16.2001", "Bansari", "Bansari"),
        named("A3", "33.23.01.2010", "Purborejo", "Bansari"),
    )
    assert told(workbooks.xlsx(tmp_path / "a.xlsx", sheets)) == [("village_contradicts", 4, "desa")]


@BOTH
def test_codes_in_the_shape_of_the_statistics_office(tmp_path, write):
    sheets = workbooks.good()
    sheets["LKM"] = [sheets["LKM"][0] | {"kode_desa": "3325130010"}]
    assert told(write(tmp_path / "a.xlsx", sheets)) == [
        ("bps_codes", 2, "kode_desa"),
        ("unknown_village_code", 2, "kode_desa"),
    ]


def test_a_code_outside_the_regency_beside_a_name_inside(tmp_path):
    sheets = workbooks.good()
    sheets["KUB"] = [named("K1", "33.24.01.2001", "Ujungnegoro", "Kandeman"), kub("K2")]
    rules = [rule for rule, _, _ in told(workbooks.xlsx(tmp_path / "a.xlsx", sheets))]
    assert rules == ["bps_codes", "village_outside"]


# (village, district, the rule) beside the code of Ujungnegoro in Kandeman.
NAMES = [
    ("Ds. Ujung Negoro", "Kec. Kandeman", None),
    ("Ujungnegoro", None, None),
    # A slip of the pen in the name, or a hamlet that is no village: the code counts, with a
    # warning.
    ("Ujungnegroo", "Kandeman", "village_name_differs"),
    ("Dukuh Xyzzy", "Kandeman", "village_name_differs"),
    ("Ujungnegoro", "Subah", "village_district_differs"),
    ("Ujungnegoro", "Xyzzy", "village_district_differs"),
    # Another village's name, in the district that is written or elsewhere.
    ("Karanggeneng", "Kandeman", "village_contradicts"),
    ("Ponowareng", None, "village_contradicts"),
    ("Ponowareng", "Kandeman", "village_contradicts"),
    ("Wonokerso", None, "village_contradicts"),
]


def test_names_beside_a_code(tmp_path):
    sheets = workbooks.good()
    sheets["KUB"] = [
        named(f"K{row}", "33.25.13.2010", village, district)
        for row, (village, district, _) in enumerate(NAMES, 2)
    ]
    sheets["Laporan"] = [report("K2", date(2017, 11, 30))]
    checked = read([workbooks.xlsx(tmp_path / "a.xlsx", sheets)], TODAY)
    rules = {p.row: p.rule for p in checked.problems if p.rule != "bps_codes"}
    assert rules == {row: rule for row, (_, _, rule) in enumerate(NAMES, 2) if rule}
    assert {p.rule for p in checked.problems if p.level == "problem"} == {
        "village_contradicts",
        "bps_codes",
    }


def test_the_sheet_of_villages_is_compared_with_its_names_too(tmp_path):
    sheets = workbooks.good()
    sheets["Desa"] = [
        {"kode_desa": "33.25.13.2010", "desa": "Ponowareng", "kecamatan": "Tulis", "sasaran": "ya"}
    ]
    assert ("village_contradicts", 2, "desa") in told(workbooks.xlsx(tmp_path / "a.xlsx", sheets))


@pytest.mark.parametrize(
    ("village", "district", "problem", "shown"),
    [
        (
            "Ujungnegoro",
            "Subah",
            ("village_elsewhere", "kecamatan", "Subah"),
            "Ujungnegoro (Kandeman, 33.25.13.2010)",
        ),
        ("Ujungnegoro", "Kandemann", ("unknown_district", "kecamatan", "Kandemann"), "Kandeman"),
        (
            "Ujungnegro",
            "Kandeman",
            ("unknown_village", "desa", "Ujungnegro"),
            "Ujungnegoro (Kandeman, 33.25.13.2010)",
        ),
    ],
)
def test_the_wrong_part_of_a_place_is_shown(tmp_path, village, district, problem, shown):
    sheets = workbooks.good()
    sheets["KUB"] = [named("K1", None, village, district), kub("K2")]
    [found] = read([workbooks.xlsx(tmp_path / "a.xlsx", sheets)], TODAY).problems
    assert (found.rule, found.column, found.value) == problem
    for lang in LANGUAGES:
        what, _ = found.message(of(lang))
        assert shown in what and district in what and village in what


# (in the sheet KUB, in the sheet Laporan)
NEAR = [
    ("1", "001"),
    ("A2", "a2"),
    ("K-03", "k 3"),
    ("4.0", "4"),
    ("KUB/7", "KUB 07"),
    ("K8", "K8."),
    ("Z0I", "ZOl"),
]
OTHER = [("10", "100"), ("K2", "K20"), ("A11", "B11")]


@BOTH
def test_a_code_in_another_writing_is_named(tmp_path, write):
    sheets = workbooks.good()
    sheets["KUB"] = [kub(listed) for listed, _ in NEAR + OTHER]
    sheets["Laporan"] = [report(reported, date(2017, 11, 30)) for _, reported in NEAR + OTHER]
    problems = read([write(tmp_path / "a.xlsx", sheets)], TODAY).problems
    near = {p.value: p.values["near"] for p in problems if p.rule == "near_code"}
    assert near == {reported: listed for listed, reported in NEAR}
    assert [p.value for p in problems if p.rule == "unknown_code"] == [
        reported for _, reported in OTHER
    ]
    for lang in LANGUAGES:
        assert "'1'" in problems[0].message(of(lang))[0]


@BOTH
def test_guarded_codes_are_the_codes(tmp_path, write):
    sheets = workbooks.good()
    codes = [
        "'3325132010",
        '="3325132010"',
        "3325132010.0",
        "33 25 13 2010",
        "33.25.13.2010\u200b",
        "33.25.13.2O10",
    ]
    sheets["KUB"] = [kub(f"K{number}", kode_desa=code) for number, code in enumerate(codes)]
    sheets["Laporan"] = [report("'K1", date(2017, 11, 30)), report('="K2"', date(2017, 11, 30))]
    checked = read([write(tmp_path / "a.xlsx", sheets)], TODAY)
    assert checked.problems == []
    assert set(checked.programmes[0].tables["kub"]["village_code"].to_pylist()) == {"33.25.13.2010"}


def test_a_code_that_lost_its_digits_is_told_so(tmp_path):
    sheets = workbooks.good()
    sheets["LKM"] = [sheets["LKM"][0] | {"kode_desa": "3,32513E+09"}]
    assert told(workbooks.xlsx(tmp_path / "a.xlsx", sheets)) == [("digits_lost", 2, "kode_desa")]


WORDS = [
    "n/a",
    "N/A",
    "nihil",
    "Belum ada",
    "TIDAK ADA",
    "-",
    "\N{EN DASH}",
    "kosong",
    "null",
    ".",
    "?",
    "xx",
    "tdk ada",
]


@BOTH
def test_words_for_nothing_are_nothing_where_nothing_is_needed(tmp_path, write):
    sheets = workbooks.good()
    sheets["KUB"] = [
        kub(f"K{n}", tanggal_tutup=word, kegiatan=word) for n, word in enumerate(WORDS)
    ]
    sheets["Laporan"] = [
        report(f"K{n}", date(2017, 11, 30), anggota_perempuan=word, omzet=word)
        for n, word in enumerate(WORDS)
    ]
    checked = read([write(tmp_path / "a.xlsx", sheets)], TODAY)
    assert checked.problems == []
    kubs, reports = (checked.programmes[0].tables[name] for name in ("kub", "kub_report"))
    nothing = {*kubs["closed_on"].to_pylist(), *kubs["activity"].to_pylist()}
    assert nothing | {*reports["women"].to_pylist(), *reports["revenue_idr"].to_pylist()} == {None}


@BOTH
def test_words_for_nothing_are_shown_where_something_is_needed(tmp_path, write):
    sheets = workbooks.good()
    sheets["Laporan"][0].update(anggota="n/a")
    [found] = read([write(tmp_path / "a.xlsx", sheets)], TODAY).problems
    assert (found.rule, found.row, found.column, found.value) == (
        "missing_value",
        2,
        "anggota",
        "n/a",
    )


STATES = [
    ("Aktif", "state_running"),
    ("masih aktif", "state_running"),
    ("s/d sekarang", "state_running"),
    ("tutup", "state_closed"),
    ("Bubar", "state_closed"),
    ("tidak aktif", "state_closed"),
]


@BOTH
def test_a_word_for_a_date_of_closing(tmp_path, write):
    sheets = workbooks.good()
    sheets["KUB"] = [kub(f"K{n}", tanggal_tutup=word) for n, (word, _) in enumerate(STATES, 1)]
    sheets["KUB"].append(kub("K9", tanggal_berdiri="Aktif"))
    assert told(write(tmp_path / "a.xlsx", sheets)) == [
        *((rule, row, "tanggal_tutup") for row, (_, rule) in enumerate(STATES, 2)),
        ("not_date", 8, "tanggal_berdiri"),
    ]


def test_no_village_is_called_like_nothing():
    codes = [code for code, _ in places.regencies()][::25]
    names = [village.village for code in codes for village in places.villages_of(code)]
    assert len(names) > 1000 and not [name for name in names if cells.is_nothing("text", name)]


def test_the_words_are_spelled_as_they_are_compared():
    rows = places.reference("empty_words.csv")
    assert {row["means"] for row in rows} == {"nothing", "running", "closed"}
    assert [row["written"] for row in rows] == [cells.spelled(row["written"]) for row in rows]
    assert len({row["written"] for row in rows}) == len(rows) and all(row["reason"] for row in rows)


@BOTH
def test_time_stamps_of_survey_tools_are_their_day(tmp_path, write):
    sheets = workbooks.good()
    sheets["Laporan"] = [
        report("K1", "2019-12-31T23:30:12.000+07:00"),
        report("K1", "31/12/2020 10:22:33"),
    ]
    found = tables(tmp_path, sheets)["kub_report"]["reported_on"].to_pylist()
    assert found == [date(2019, 12, 31), date(2020, 12, 31)]


def test_comma_thousands_through_a_whole_file(tmp_path):
    sheets = workbooks.good()
    sheets["Laporan"] = [
        report("K1", date(2017, 11, 30), omzet="950,000"),
        report("K1", date(2018, 11, 30), omzet="1,250,000"),
    ]
    assert tables(tmp_path, sheets)["kub_report"]["revenue_idr"].to_pylist() == [950_000, 1_250_000]
    sheets["Laporan"][1]["omzet"] = "12,5"
    assert told(workbooks.xlsx(tmp_path / "a.xlsx", sheets)) == [("number_mixed", 2, "omzet")]


# Rows that hold no record: a total is computed, a signature belongs below no table.
NO_RECORDS = ("problem.total_row.", "problem.total_differs.", "problem.signature_row.")


def test_advice_never_invites_to_delete_records_or_to_invent_a_date():
    for lang, forbidden in (
        ("id", ("hapus baris", "hapus yang", "hapus kolom")),
        ("en", ("delete the row", "delete the o")),
    ):
        texts = {
            key: text.casefold()
            for key, text in of(lang).texts.items()
            if key.startswith("problem.") and not key.startswith(NO_RECORDS)
        }
        assert [
            key for key, text in texts.items() if any(phrase in text for phrase in forbidden)
        ] == []
