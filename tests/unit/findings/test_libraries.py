"""What is said of village libraries: how many and since when, how they
are used, and which villages lack what.
"""

from datetime import date

import pytest

from kub import words
from kub.findings import libraries as findings
from tests.support import courses, supporting

ID, EN = words.of("id"), words.of("en")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_most_visited_library_is_named_with_the_months_counted() -> None:
    frame = supporting.libraries(
        {}, {"name": "Perpusdes Dua", "village_code": "33.25.10.2006", "visits": 500}
    )
    found = findings.libraries(frame, ID)
    assert (
        found.title
        == "2 perpustakaan desa di 2 desa; paling sering dikunjungi: Perpusdes Dua (500 kunjungan)"
    )
    assert found.subtitle == "Kunjungan tiap perpustakaan, Januari sampai 30 Juni 2023"
    assert found.takeaway == "Seluruhnya 2.000 buku dan 700 kunjungan."
    whole = findings.libraries(
        frame.assign(reported_on=frame["reported_on"].replace("2023-06-30", "2022-12-31")), EN
    )
    assert whole.subtitle == "Visits to each library, 2022"


def test_no_library_is_named_where_two_share_the_top_or_only_one_is_known() -> None:
    assert (
        findings.libraries(supporting.libraries({}, {}), EN).title
        == "2 village libraries in 1 village"
    )
    one = findings.libraries(supporting.libraries({}, {"visits": None}), ID)
    assert one.title == "2 perpustakaan desa di 1 desa"
    assert one.takeaway.endswith("1 perpustakaan belum melaporkan kunjungan tahun ini.")


def test_visits_per_resident_need_residents_and_name_their_year() -> None:
    none = findings.libraries(supporting.libraries({}), ID, amount="visits_per_1k")
    assert none.title.endswith("belum dapat dihitung")
    assert "lembar Desa" in none.takeaway
    known = {"population": 1000, "population_year": 2022, "visits_per_1k": 200.0}
    frame = supporting.libraries(
        known, known | {"name": "B", "visits_per_1k": 300.0, "population_year": 2020}, {}
    )
    found = findings.libraries(frame, ID, amount="visits_per_1k")
    assert found.title.endswith("tertinggi: B (300,0)")
    assert "1 perpustakaan" in found.takeaway and found.takeaway.endswith(
        "Jumlah penduduk: 2020–2022."
    )


def test_no_library_and_many_libraries() -> None:
    assert (
        findings.libraries(supporting.libraries(), ID).title
        == "Tidak ada perpustakaan desa pada pilihan ini"
    )
    many = supporting.libraries(*({"visits": n} for n in range(30)))
    assert "Gambar memuat 20" in findings.libraries(many, ID, amount="visits").takeaway


def test_the_number_stands_since_the_year_of_the_last_opening() -> None:
    frame = supporting.library_years(2014, [0, 2, 8, 5, 0], [None] * 5)
    marks = courses.reconcile(
        (date(2015, 12, 31), "perpustakaan", 2, 2), (date(2017, 8, 22), "perpustakaan", 15, 15)
    )
    found = findings.library_years(frame, ID, published=marks, libraries=supporting.libraries({}))
    assert found.title == "15 perpustakaan desa sejak 2017; yang pertama dibuka pada Desember 2015"
    assert found.subtitle.endswith("◇ angka publikasi")
    assert found.takeaway == (
        "Dibuka: 2 pada 2015, 8 pada 2016 dan 5 pada 2017. Koleksi seluruhnya 1.500 buku pada akhir 2018."
        " Angka publikasi: 2 (Desember 2015) dan 15 (Agustus 2017). Catatan sama dengan angka itu."
    )
    sample = findings.library_years(frame, ID, published=marks, sample=True)
    assert "Catatan" not in sample.takeaway
    off = findings.library_years(
        frame, EN, published=courses.reconcile((date(2015, 12, 31), "perpustakaan", 3, 2))
    )
    assert off.title.endswith("the first opened in 2015")
    assert off.takeaway.endswith("The records differ from 1 of these 1 figures.")


def test_what_opened_before_the_years_listed_is_not_dated() -> None:
    frame = supporting.library_years(2014, [3, 0, 0], [None] * 3, provisional=True)[1:]
    found = findings.library_years(frame, ID)
    assert found.title == "3 perpustakaan desa per 30 Juni 2016"
    assert "2016 sementara" in found.subtitle
    new = findings.library_years(supporting.library_years(2014, [1, 2], [None] * 2), ID)
    assert new.title == "3 perpustakaan desa pada akhir 2015; yang pertama dibuka pada 2014"
    assert findings.library_years(frame[:0], ID).title.startswith("Tidak ada")
    bare = frame.assign(books=None)
    assert findings.library_years(bare, ID).takeaway == "3 perpustakaan desa per 30 Juni 2016."


@pytest.mark.parametrize(
    ("visits", "title"),
    [
        ([10, 25], "25 kunjungan pada 2021, naik 150 % dari 2020"),
        ([200, 195], "195 kunjungan pada 2021, turun 2,5 % dari 2020"),
        ([20, 20], "20 kunjungan pada 2021, sama dengan 2020"),
        ([0, 20], "20 kunjungan pada 2021"),
        ([None, 20], "20 kunjungan pada 2021"),
    ],
)
def test_the_latest_finished_year_is_told_with_its_change(
    visits: list[int | None], title: str
) -> None:
    found = findings.library_years_visits(
        supporting.library_years(2020, [2, 0], visits), ID, base="count"
    )
    assert plain(found.title) == title


def test_an_unfinished_year_is_told_apart() -> None:
    frame = supporting.library_years(2020, [2, 0, 0], [40, 10, 9], provisional=True)
    found = findings.library_years_visits(frame, ID, base="residents")
    assert plain(found.title) == "10,0 kunjungan per 1.000 penduduk pada 2021, turun 75 % dari 2020"
    assert "penduduk 2022" in found.subtitle
    assert found.takeaway == (
        "Tertinggi dalam tahun penuh: 40,0 kunjungan per 1.000 penduduk, pada 2020. Angka "
        "sementara 2022 sampai 30 Juni 2022: 9,0 kunjungan per 1.000 penduduk, belum "
        "sebanding dengan tahun penuh."
    )
    alone = findings.library_years_visits(frame[2:], EN)
    assert alone.title == "4 visits per library up to 30 June 2022"
    one = findings.library_years_visits(frame[:1], EN)
    assert one.takeaway == "20 visits per library in 2020."
    without = findings.library_years_visits(
        supporting.library_years(2020, [2], [9], population=None), ID, base="residents"
    )
    assert "lepaskan filter" in without.takeaway


@pytest.mark.parametrize(
    ("has", "title"),
    [
        (
            {"both": 14, "kub": 2},
            "14 desa memiliki KUB dan perpustakaan; 2 desa memiliki KUB tanpa perpustakaan: Kub0 dan Kub1",
        ),
        (
            {"both": 1, "kub": 9},
            "1 desa memiliki KUB dan perpustakaan; 9 desa memiliki KUB tanpa perpustakaan",
        ),
        (
            {"neither": 3},
            "Belum ada desa yang memiliki KUB dan perpustakaan; tidak ada desa yang memiliki KUB tanpa perpustakaan",
        ),
    ],
)
def test_the_matrix_names_the_few_that_lack_a_library(has: dict[str, int], title: str) -> None:
    assert findings.library_villages(supporting.villages(**has), ID).title == title


def test_the_matrix_names_the_chosen_and_counts_the_targets() -> None:
    frame = supporting.villages(both=2, kub=8, neither=1)
    found = findings.library_villages(frame, ID, has="kub")
    assert found.takeaway == (
        "Tidak ada desa yang memiliki perpustakaan tanpa KUB, dan 1 desa belum memiliki keduanya. "
        "KUB, tanpa perpustakaan: Kub0, Kub1, Kub2, Kub3, Kub4, Kub5, Kub6 dan Kub7. "
        "Dari 10 desa sasaran, 8 belum memiliki perpustakaan."
    )
    assert findings.library_villages(supporting.villages(both=2, neither=1), EN).takeaway.endswith(
        "All 2 target villages have a library."
    )
    assert (
        "Kub0" not in findings.library_villages(supporting.villages(kub=9), ID, has="kub").takeaway
    )
    assert findings.library_villages(frame[:0], ID).title == "Tidak ada desa pada pilihan ini"
