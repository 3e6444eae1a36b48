"""The Batang sample, read back from the file and counted again by slow loops."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from kub.places import reference
from kub.sample import batang as maker
from kub.sample import writing
from tests.support.sample_books import SECTORS, Book, active, members, newest, read, women_share


@pytest.fixture(scope="module")
def batang(tmp_path_factory) -> Book:
    path = tmp_path_factory.mktemp("sample") / "batang.xlsx"
    return read(writing.workbook(path, maker.tables(2017)))


@pytest.mark.parametrize(
    ("on", "kub", "people"),
    [
        (date(2017, 11, 30), 153, 2305),
        (date(2017, 12, 31), 153, 2305),
        (date(2020, 11, 30), 203, 2900),
        (date(2020, 12, 31), 203, 2900),
        (date(2023, 6, 30), 207, 2975),
    ],
)
def test_batang_meets_published_kub_and_members(batang, on, kub, people):
    assert (len(active(batang, on)), members(batang, on)) == (kub, people)


def test_every_published_figure_is_met_on_its_very_date(batang):
    counts = {
        "kub": lambda on: len(active(batang, on)),
        "anggota": lambda on: members(batang, on),
        "desa": lambda on: len({kub["kode_desa"] for kub in active(batang, on)}),
        "perpustakaan": lambda on: sum(row["dibuka"] <= on for row in batang["Perpustakaan"]),
    }
    figures = batang["Angka Publikasi"]
    assert Counter(row["indikator"] for row in figures) == {
        "kub": 3,
        "anggota": 3,
        "desa": 1,
        "perpustakaan": 6,
    }
    assert [(row, row["nilai"]) for row in figures] == [
        (row, counts[row["indikator"]](row["tanggal"])) for row in figures
    ]
    assert all(row["sumber"] for row in figures)
    libraries = [
        (row["tanggal"], row["nilai"]) for row in figures if row["indikator"] == "perpustakaan"
    ]
    assert libraries[0] == (date(2015, 12, 31), 2)
    assert libraries[-1] == (date(2020, 12, 31), 15)


def test_batang_spreads_over_the_fourteen_villages_of_the_reference(batang):
    chosen = {
        row["code"]: row for row in reference("sample_villages.csv") if row["target"] == "yes"
    }
    on = date(2020, 12, 31)
    assert {kub["kode_desa"] for kub in active(batang, on)} == set(chosen)
    assert len(chosen) == 14
    assert Counter(row["choice"] for row in chosen.values()) == {
        "named in sources": 13,
        "chosen": 1,
    }
    assert {row["district"] for row in chosen.values()} == {"Kandeman", "Tulis", "Subah"}
    assert {row["kode_desa"] for row in batang["Desa"] if row["sasaran"] == "ya"} == set(chosen)
    assert "penduduk" not in batang["Desa"][0]
    count = Counter(kub["desa"] for kub in active(batang, on))
    core = [row["village"] for row in chosen.values() if row["role"] == "core"]
    assert {village for village, _ in count.most_common(3)} == set(core)


def test_batang_ends_on_30_june_2023_and_its_reports_keep_the_rhythm(batang):
    first = {kub["kode_kub"]: kub["tanggal_berdiri"] for kub in batang["KUB"]}
    days = [row["tanggal"] for row in batang["Laporan"] if row["tanggal"] != first[row["kode_kub"]]]
    assert max(days) == date(2023, 6, 30)
    assert {(day.month, day.day) for day in days if day.year < 2023} == {(11, 30)}
    assert {day for day in days if day.year == 2023} == {date(2023, 6, 30)}
    assert min(first.values()).year == 2012


def test_some_kub_do_not_report(batang):
    missing = {}
    for year in range(2013, 2023):
        rows = newest(batang, date(year, 12, 31))
        missing[year] = sum(row["tanggal"].year < year for row in rows)
    assert missing[2017] == 153 - 142
    assert all(0 < count < 30 for count in missing.values())


def test_batang_is_believable(batang):
    on = date(2023, 6, 30)
    mix = Counter(kub["sektor"] for kub in active(batang, on))
    assert [sector for sector, _ in mix.most_common(1)] == ["makanan"]
    assert set(mix) == SECTORS
    assert min(mix, key=mix.__getitem__) == "koperasi"
    assert 0.38 < mix["makanan"] / 207 < 0.52
    assert 0.60 < women_share(newest(batang, on)) < 0.70
    sector = {kub["kode_kub"]: kub["sektor"] for kub in batang["KUB"]}
    of = {
        s: women_share([r for r in newest(batang, on) if sector[r["kode_kub"]] == s])
        for s in SECTORS
    }
    assert of["makanan"] > 0.65 > 0.5 > of["lainnya"]
    closed = [kub for kub in batang["KUB"] if kub["tanggal_tutup"]]
    assert 0.15 < len(closed) / len(batang["KUB"]) < 0.35
    unstated = sum(row["anggota_perempuan"] is None for row in batang["Laporan"])
    assert 0.02 < unstated / len(batang["Laporan"]) < 0.12
    money = [row["omzet"] for row in batang["Laporan"] if row["omzet"] is not None]
    assert all(1_000_000 < value < 2_000_000_000 for value in money)
    assert 0.5 < len(money) / len(batang["Laporan"]) < 0.9


def test_revenue_grows_and_dips_in_2020(batang):
    per_member = defaultdict(list)
    for row in batang["Laporan"]:
        if row["omzet"] and row["tanggal"].month == 11:
            per_member[row["tanggal"].year].append(row["omzet"] / row["anggota"])
    middle = {year: sorted(values)[len(values) // 2] for year, values in per_member.items()}
    assert middle[2019] > middle[2014]
    assert middle[2020] < middle[2019]
    assert middle[2022] > middle[2020]


def test_cooperatives_end_at_their_published_figures(batang):
    assert [row["nama"] for row in batang["LKM"]] == [
        "KSP Makmur Sejahtera",
        "KSP Mitra Karya",
        "KSP Berkah Jaya",
    ]
    assert {row["berdiri"] for row in batang["LKM"]} == {"2013"}
    code = batang["LKM"][2]["kode_lkm"]
    rows = [row for row in batang["Laporan LKM"] if row["kode_lkm"] == code]
    assert (rows[-1]["tanggal"], rows[-1]["nasabah"], rows[-1]["aset"]) == (
        date(2023, 5, 21),
        3242,
        3_866_000_000,
    )
    assert all(before["nasabah"] < after["nasabah"] for before, after in pairwise(rows))
    for row in batang["Laporan LKM"]:
        assert row["tanggal"].year > 2013
        assert 0 < row["pinjaman"] < row["aset"]
        assert row["tunggakan"] is None, "no invented arrears beside a real cooperative's name"


def test_awards_and_study_visits_are_as_published(batang):
    published = reference("published_awards.csv")
    dated = [row for row in published if row["awarded_on"]]
    assert (len(published), len(dated)) == (10, 8)
    written = [row["published_as"] or row["awarded_on"] for row in dated]
    assert [str(row["tanggal"]) for row in batang["Penghargaan"]] == written
    assert [row["penghargaan"] for row in batang["Penghargaan"]] == [row["award"] for row in dated]
    visits = batang["Studi Banding"]
    real = [row for row in visits if "(contoh)" not in row["instansi"]]
    assert [(row["tanggal"], row["kode_wilayah"], row["peserta"]) for row in real] == [
        ("2017-11", "36.72", None)
    ]
    assert visits[0] == real[0], "the published delegation is the first"
    assert all("Contoh" in row["sekolah"] for row in batang["Kunjungan Sekolah"])


def test_libraries_bear_published_names_where_there_are_any(batang):
    names = {row["kode_desa"]: row["nama"] for row in batang["Perpustakaan"]}
    assert len(names) == 15
    for row in reference("sample_villages.csv"):
        assert names[row["code"]] == row["library"]
        assert ("(contoh)" in row["library"]) == (row["library_name"] == "invented")
