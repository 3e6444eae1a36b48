"""From an office's workbook to tables: every format the same, all
problems at once, nothing silently changed.
"""

from datetime import date

import pytest

from kub.records import assembly, folder, problems, read
from kub.words import LANGUAGES, of
from tests.support import workbooks
from tests.support.workbooks import TODAY, kub, report, rules_of, tables


def test_a_good_workbook_becomes_tables_typed_as_the_schema(tmp_path):
    found = tables(tmp_path, workbooks.good())
    assert {name: table.schema for name, table in found.items()} == assembly.schemas()
    assert found["programme"].to_pylist() == [
        {
            "programme_id": "uji",
            "name": "Program Uji",
            "regency_code": "33.25",
            "regency": "Kabupaten Batang",
            "operator": "Kantor Uji",
            "started_on": date(2012, 1, 1),
            "source": "sensus",
            "is_sample": True,
            "position": 0,
        }
    ]
    assert found["kub"].num_rows == 2 and found["kub_report"].num_rows == 3
    assert found["kub_report"].to_pylist()[1] == {
        "programme_id": "uji",
        "kub_id": "K1",
        "reported_on": date(2018, 11, 30),
        "members": 25,
        "women": 11,
        "revenue_idr": 12_500_000.0,
        "assets_idr": 30_000_000.5,
        "source_row": 3,
    }


@pytest.mark.parametrize(
    "write",
    [
        lambda path, sheets: workbooks.csv_folder(path, sheets),
        lambda path, sheets: workbooks.csv_folder(path, sheets, ";", "utf-8-sig"),
        lambda path, sheets: workbooks.parquet_folder(path, sheets),
    ],
    ids=["comma", "semicolon", "parquet"],
)
def test_every_format_gives_the_same_tables(tmp_path, write):
    sheets = workbooks.good()
    sheets["KUB"] += [
        kub(
            "K3",
            kode_desa=None,
            desa="Karang Geneng",
            kecamatan="Kandeman",
            sektor="Penatu",
            tanggal_berdiri="2012",
        ),
        kub(
            "K4",
            kode_desa=None,
            desa="Tulis",
            tanggal_berdiri="3 Nopember 2017",
            nama_kub="Sumber  Rejeki ",
        ),
    ]
    expected = tables(tmp_path, sheets)
    checked = read([write(tmp_path / "uji", sheets)], TODAY)
    assert checked.problems == []
    assert {name: table.to_pylist() for name, table in checked.programmes[0].tables.items()} == {
        name: table.to_pylist() for name, table in expected.items()
    }
    assert {
        name: table.schema for name, table in checked.programmes[0].tables.items()
    } == assembly.schemas()


def test_population_of_workbook_and_reference(tmp_path):
    rows = tables(tmp_path, workbooks.good())["population"].to_pylist()
    assert rows[0] == {
        "programme_id": "uji",
        "year": 2020,
        "population": 801_718,
        "from_workbook": True,
        "source": "sensus",
    }
    assert [(row["year"], row["from_workbook"]) for row in rows[1:]] == [
        (year, False) for year in (2010, 2013, 2019, 2020, 2022, 2024)
    ]
    sheets = workbooks.good()
    sheets["Program"][0].update(penduduk=None, tahun_penduduk=None)
    assert all(
        not row["from_workbook"] for row in tables(tmp_path, sheets)["population"].to_pylist()
    )


@pytest.mark.parametrize(
    ("founded", "closed", "kept"),
    [
        ("2017", None, date(2017, 12, 31)),
        (2017, None, date(2017, 12, 31)),
        ("2017-03", None, date(2017, 3, 31)),
        ("2017", date(2017, 11, 30), date(2017, 11, 30)),
        ("2017", "2017", date(2017, 12, 31)),
        ("2017", "2018", date(2017, 12, 31)),
    ],
)
def test_founded_in_a_year_makes_no_report_of_it_early(tmp_path, founded, closed, kept):
    sheets = workbooks.good()
    sheets["KUB"][0].update(tanggal_berdiri=founded, tanggal_tutup=closed)
    sheets["Laporan"] = [report("K1", date(2017, 3, 31))]
    assert tables(tmp_path, sheets)["kub"]["founded_on"][0].as_py() == kept
    sheets["Laporan"] = [report("K1", date(2016, 12, 31))]
    assert rules_of(tmp_path, sheets) == ["before_founding"]


def test_a_report_of_a_year_is_not_after_a_closing_in_it(tmp_path):
    sheets = workbooks.good()
    sheets["KUB"][0].update(tanggal_tutup=date(2017, 6, 30))
    sheets["Laporan"] = [report("K1", "2017")]
    assert rules_of(tmp_path, sheets) == []
    sheets["Laporan"] = [report("K1", "2018")]
    assert rules_of(tmp_path, sheets) == ["after_closing"]


def test_text_is_kept_as_written_but_for_control_characters(tmp_path):
    sheets = workbooks.good()
    sheets["KUB"][0].update(nama_kub="=HYPERLINK(1)", kegiatan="<b>kerupuk</b>\u202e x")
    row = tables(tmp_path, sheets)["kub"].to_pylist()[0]
    assert (row["name"], row["activity"]) == ("=HYPERLINK(1)", "<b>kerupuk</b> x")


def test_all_problems_of_all_files_at_once(tmp_path):
    bad = workbooks.good()
    bad["Program"][0]["kode_wilayah"] = "88.88"
    bad["KUB"][0].update(sektor="tambang", kode_desa="x")
    bad["Laporan"][0]["kode_kub"] = "K9"
    paths = [
        workbooks.xlsx(tmp_path / "a.xlsx", bad),
        tmp_path / "tiada.xlsx",
        workbooks.xlsx(tmp_path / "c.xlsx", workbooks.good()),
    ]
    checked = read(paths, TODAY)
    assert [(p.file, p.sheet, p.rule) for p in checked.problems] == [
        ("a.xlsx", "KUB", "not_village_code"),
        ("a.xlsx", "KUB", "unknown_sector"),
        ("a.xlsx", "Laporan", "unknown_code"),
        ("a.xlsx", "Program", "unknown_regency"),
        ("tiada.xlsx", None, "no_such_file"),
        ("c.xlsx", "Program", "programme_twice"),
    ]
    assert checked.programmes == [] and not checked.ok


def test_warnings_do_not_stop(tmp_path):
    sheets = workbooks.good()
    sheets["Laporan"][0]["anggota"] = 600
    checked = read([workbooks.xlsx(tmp_path / "a.xlsx", sheets)], TODAY)
    assert {p.rule for p in checked.problems} == {"members_range", "members_jump"}
    assert checked.ok and [p.programme_id for p in checked.programmes] == ["uji"]


@pytest.mark.parametrize(
    ("rows", "row"), [([{"kode_program": None}], None), (workbooks.good()["Program"] * 2, 3)]
)
def test_program_has_exactly_one_row(tmp_path, rows, row):
    sheets = workbooks.good()
    sheets["Program"] = [dict.fromkeys(sheets["Program"][0]) | dict(r) for r in rows]
    checked = read([workbooks.xlsx(tmp_path / "a.xlsx", sheets)], TODAY)
    assert [(p.rule, p.row) for p in checked.problems] == [("one_programme", row)]


def test_where_a_sheet_cannot_be_read_nobody_knows_its_codes(tmp_path):
    folder = workbooks.csv_folder(tmp_path / "a", workbooks.good())
    text = (folder / "kub.csv").read_text("utf-8")
    (folder / "kub.csv").write_text(text.replace("kode_kub", "kode", 1), "utf-8")
    assert [p.rule for p in read([folder], TODAY).problems] == ["missing_heading"]


def test_a_thousand_faults_are_counted_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(problems, "CAP", 10)
    sheets = workbooks.good()
    sheets["Laporan"] = [report("K9", date(2017, 11, 30), anggota="x") for _ in range(40)]
    sheets["Laporan"] += [report("K1", None) for _ in range(15)]
    listed = read([workbooks.xlsx(tmp_path / "a.xlsx", sheets)], TODAY).problems
    more = {p.values["like"]: p.values["count"] for p in listed if p.rule == "and_more"}
    assert more == {
        "not_number": 30,
        "unknown_code": 30,
        "duplicate_report": 29,
        "missing_value": 5,
    }
    assert len([p for p in listed if p.rule != "and_more"]) == 40
    [reports_twice] = [p for p in listed if p.values.get("like") == "duplicate_report"]
    for lang in LANGUAGES:
        what, _ = reports_twice.message(of(lang))
        assert "29" in what and of(lang)("problem.duplicate_report.title") in what


def test_progress_goes_from_0_to_1(tmp_path):
    told = []
    paths = [workbooks.xlsx(tmp_path / name, workbooks.good()) for name in ("a.xlsx", "b.xlsx")]
    read(paths, TODAY, lambda share, label: told.append((share, label)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[0][0] == 0.0 and told[-1][0] == 1.0
    assert all(of(lang).has(label) for lang in LANGUAGES for _, label in told)


def test_member_names_are_nowhere(tmp_path):
    sheets = workbooks.good()
    sheets["KUB"][0]["nik_ketua"] = "3325130101010001"
    for name, path in (
        ("xlsx", workbooks.xlsx(tmp_path / "a.xlsx", sheets)),
        ("csv", workbooks.csv_folder(tmp_path / "c", sheets)),
        ("parquet", workbooks.parquet_folder(tmp_path / "p", sheets)),
    ):
        found = read([path], TODAY).programmes[0].tables
        assert all("3325130101010001" not in str(table.to_pylist()) for table in found.values()), (
            name
        )


def test_a_csv_longer_than_one_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "_BATCH", 100)
    path = workbooks.csv_folder(
        tmp_path / "a", workbooks.good() | {"KUB": [kub("K1", tanggal_berdiri="2014")]}
    )
    days = [date.fromordinal(date(2015, 1, 1).toordinal() + n) for n in range(250)]
    lines = ["kode_kub;tanggal;anggota", *(f"K1;{day:%d/%m/%Y};20" for day in days)]
    (path / "laporan.csv").write_text("\n".join(lines), "utf-8")
    checked = read([path], TODAY)
    assert checked.problems == []
    assert checked.programmes[0].tables["kub_report"]["reported_on"].to_pylist() == days
