"""What holds for each of the five sample workbooks, read back from the files."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kub import records, sample, words
from kub.records.sheets import SHEETS
from kub.sample import batang, writing
from tests.support.sample_books import (
    HEADINGS,
    NAMES,
    SECTORS,
    Book,
    active,
    members,
    newest,
    read,
    women_share,
)

COMMITTED = Path(__file__).parents[3] / "data" / "sample"
# The widest and narrowest group of each programme: what its character allows.
BOUNDS = {
    "batang": (8, 25),
    "contoh-a": (5, 22),
    "contoh-b": (6, 38),
    "contoh-c": (4, 20),
    "contoh-d": (3, 22),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> list[Path]:
    return sample.write(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def books(written) -> dict[str, Book]:
    return {path.stem: read(path) for path in written}


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_is_of_the_record_format(books, name):
    for sheet, rows in books[name].items():
        assert rows, sheet
        assert set(rows[0]) <= HEADINGS[sheet]
        required = {
            c.heading for s in SHEETS if s.heading == sheet for c in s.columns if c.required
        }
        assert required <= set(rows[0])
    assert {"Program", "Desa", "KUB", "Laporan"} <= set(books[name])


def test_every_workbook_says_that_it_is_a_sample(books):
    assert list(books) == NAMES
    programmes = [book["Program"] for book in books.values()]
    assert all(len(rows) == 1 and rows[0]["contoh"] == "ya" for rows in programmes)
    assert [rows[0]["kode_wilayah"] for rows in programmes] == [
        "33.25",
        "99.01",
        "99.02",
        "99.03",
        "99.04",
    ]
    assert all("Data contoh" in rows[0]["sumber"] for rows in programmes)


@pytest.mark.parametrize("name", NAMES)
def test_reports_lie_within_the_life_of_their_kub(books, name):
    book, (low, high) = books[name], BOUNDS[name]
    life = {kub["kode_kub"]: (kub["tanggal_berdiri"], kub["tanggal_tutup"]) for kub in book["KUB"]}
    assert len(life) == len(book["KUB"])
    by_kub = defaultdict(list)
    for row in book["Laporan"]:
        by_kub[row["kode_kub"]].append(row)
        founded, closed = life[row["kode_kub"]]
        assert founded <= row["tanggal"] and (closed is None or row["tanggal"] <= closed)
        assert low <= row["anggota"] <= high
        assert row["anggota_perempuan"] is None or 0 <= row["anggota_perempuan"] <= row["anggota"]
    assert by_kub.keys() == life.keys()
    for kub, rows in by_kub.items():
        days = [row["tanggal"] for row in rows]
        assert days == sorted(set(days))
        assert days[0] == life[kub][0]
        assert all(abs(a["anggota"] - b["anggota"]) <= 6 for a, b in pairwise(rows))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_founded_or_closed_near_the_years_end_or_the_last_report(books, name):
    book = books[name]
    last = max(row["tanggal"] for row in book["Laporan"])
    for kub in book["KUB"]:
        for day in (kub["tanggal_berdiri"], kub["tanggal_tutup"]):
            assert day is None or (day.month <= 10 and (last - day).days >= 30)
        assert kub["sektor"] in SECTORS
        assert kub["kegiatan"]


@pytest.mark.parametrize("name", NAMES[1:])
def test_fictional_villages_are_their_own_list(books, name):
    book = books[name]
    code = book["Program"][0]["kode_wilayah"]
    villages = {row["kode_desa"]: row for row in book["Desa"]}
    assert len(villages) == len(book["Desa"]) == len({row["desa"] for row in book["Desa"]})
    for row in villages.values():
        assert row["kode_desa"].startswith(code + ".") and len(row["kode_desa"]) == 13
        assert row["desa"].startswith("Contoh") and row["kecamatan"].startswith("Contoh")
        assert -7.9 < row["lintang"] < -6.8 and 110 < row["bujur"] < 111.6
        assert row["penduduk"] > 1000 and row["tahun_penduduk"] == 2020
    assert book["Program"][0]["penduduk"] == sum(row["penduduk"] for row in villages.values())
    served = {kub["kode_desa"] for kub in book["KUB"]}
    assert (
        served
        <= {code for code, row in villages.items() if row["sasaran"] == "ya"}
        < villages.keys()
    )
    for sheet in ("Perpustakaan", "LKM", "Kunjungan Sekolah"):
        assert all(row["kode_desa"] in villages for row in book.get(sheet, []))
    assert 40 <= len(active(book, date(2023, 12, 31))) <= 160


def test_fictional_programmes_differ_in_character(books):
    at = {name: len(active(books[name], date(2022, 12, 31))) for name in NAMES}
    growth = {name: at[name] / len(active(books[name], date(2019, 12, 31))) for name in NAMES}
    closed = {
        n: sum(k["tanggal_tutup"] is not None for k in books[n]["KUB"]) / len(books[n]["KUB"])
        for n in NAMES
    }
    women = {name: women_share(newest(books[name], date(2022, 12, 31))) for name in NAMES}
    starts = {
        name: min(kub["tanggal_berdiri"] for kub in books[name]["KUB"]).year for name in NAMES
    }
    assert max(growth, key=growth.__getitem__) == "contoh-a"
    assert 0.9 < growth["contoh-b"] < 1.0
    assert max(closed, key=closed.__getitem__) == "contoh-d"
    assert max(women, key=women.__getitem__) == "contoh-a"
    assert min(women, key=women.__getitem__) == "contoh-b"
    assert starts["contoh-b"] < starts["batang"] < starts["contoh-a"]
    mix = Counter(kub["sektor"] for kub in active(books["contoh-c"], date(2022, 12, 31)))
    assert mix.most_common(1)[0][0] == "laundry"
    assert "LKM" not in books["contoh-d"]


def test_no_group_bears_a_published_name_or_one_twice(books):
    for book in books.values():
        names = [kub["nama_kub"] for kub in book["KUB"]]
        assert len(set(names)) == len(names)
        assert not {"KUB Maju Jaya", "KUB Makmur Jaya", "KUB Harum Wangi"} & set(names)


def test_same_seed_same_bytes_other_seed_other_records(written, tmp_path):
    told: list[tuple[float, str]] = []
    again = sample.write(tmp_path / "again", progress=lambda share, key: told.append((share, key)))
    assert [share for share, _ in told] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert all(words.of(lang).has(key) for lang in words.LANGUAGES for _, key in told)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]
    other = read(writing.workbook(tmp_path / "other.xlsx", batang.tables(seed=7)))
    assert other["KUB"] != read(written[0])["KUB"]
    assert (len(active(other, date(2017, 11, 30))), members(other, date(2017, 11, 30))) == (
        153,
        2305,
    )
    assert (len(active(other, date(2023, 6, 30))), members(other, date(2023, 6, 30))) == (207, 2975)


@pytest.mark.parametrize("name", NAMES)
def test_committed_workbooks_are_what_the_generator_writes(books, name):
    assert read(COMMITTED / f"{name}.xlsx") == books[name]
    assert (COMMITTED / f"{name}.xlsx").stat().st_size < 400_000


def test_the_importer_has_nothing_to_say_about_them(written):
    checked = records.read(written, date(2026, 11, 1))
    assert checked.problems == []
    assert [p.programme_id for p in checked.programmes] == [
        "BPI-BATANG",
        "CONTOH-A",
        "CONTOH-B",
        "CONTOH-C",
        "CONTOH-D",
    ]
    awards = checked.programmes[0].tables["award"].to_pylist()
    assert date(2018, 12, 31) in [row["awarded_on"] for row in awards]
