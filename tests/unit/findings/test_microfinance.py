"""What is said of microfinance: units and KUB members, courses, the
profile of one unit, and what is not recorded.
"""

from datetime import date

import pytest

from kub import words
from kub.findings import microfinance as findings
from tests.support import supporting
from tests.support.supporting import PUBLISHED

ID, EN = words.of("id"), words.of("en")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_customers_stand_beside_the_members_of_their_villages_each_village_once() -> None:
    frame = supporting.units(
        {"customers": 3242, "members": 446}, {"lkm_id": "LKM-2", "customers": 100, "members": 446}
    )
    found = findings.microfinance(frame, ID)
    assert found.title == "2 unit keuangan mikro melayani 3.342 nasabah; terbesar KSP Satu (3.242)"
    assert found.takeaway.startswith(
        "3.342 nasabah di 1 desa dengan 446 anggota KUB. Jumlah nasabah 7,5 kali"
    )
    assert found.takeaway.endswith("Tunggakan belum dicatat.")
    assert "sampai 30 Juni 2023" in found.subtitle and "◇" not in found.subtitle
    assert "◇" in findings.microfinance(supporting.units(PUBLISHED), ID).subtitle
    assert findings.microfinance(frame[:1], EN).title == "KSP Satu serves 3,242 customers"


def test_fewer_customers_than_members_go_beyond_nothing() -> None:
    found = findings.microfinance(supporting.units({"customers": 9}), ID)
    assert "kali" not in found.takeaway
    assert (
        "anggota KUB yang tercatat di sana: 0"
        in findings.microfinance(supporting.units({"members": 0}), ID).takeaway
    )


def test_the_overdue_share_is_of_units_that_state_both() -> None:
    both = {"overdue_idr": 1e8, "loans_idr": 4e9}
    assert (
        findings.overdue(supporting.units(both), ID)
        == "Tunggakan 2,5\N{NO-BREAK SPACE}% dari pinjaman."
    )
    mixed = findings.overdue(supporting.units(both, {"loans_idr": 9e9}), EN)
    assert mixed == "Arrears are 2.5% of loans, as recorded by 1 of 2 units."
    assert (
        findings.overdue(supporting.units({"overdue_idr": 0.0, "loans_idr": 0.0}), ID)
        == "Tunggakan belum dicatat."
    )


def test_units_without_reports_are_said() -> None:
    found = findings.microfinance(supporting.units({}, {"lkm_id": "LKM-2", "customers": None}), ID)
    assert "1 unit belum melapor dan tidak terhitung." in found.takeaway
    assert findings.microfinance(supporting.units({"customers": None}), EN).title.endswith(
        "no report of it yet"
    )
    assert findings.microfinance(supporting.units(), ID).title.startswith("Tidak ada")
    many = supporting.units(*({"lkm_id": f"L{n}"} for n in range(17)))
    assert "Gambar memuat 16 unit" in findings.microfinance(many, ID).takeaway


@pytest.mark.parametrize(
    ("assets", "title"),
    [
        ((1e9, 3.5e9), "Aset Rp 3,5 miliar, 3,5 kali lipat dari 2014"),
        ((1e9, 71e9), "Aset Rp 71 miliar, 71 kali lipat dari 2014"),
        ((1e9, 1.5e9), "Aset naik dari Rp 1 miliar (2014) menjadi Rp 1,5 miliar"),
        ((2e9, 1e9), "Aset turun dari Rp 2 miliar (2014) menjadi Rp 1 miliar"),
        ((2e9, 2e9), "Aset Rp 2 miliar, sama dengan 2014"),
        ((None, 2e9), "Aset Rp 2 miliar pada akhir 2015"),
        ((None, None), "Aset belum dicatat"),
        ((), "Aset belum dicatat"),
    ],
)
def test_a_course_is_told_from_its_first_known_year(
    assets: tuple[float | None, ...], title: str
) -> None:
    assert plain(findings.microfinance_years(supporting.unit_years(*assets), ID).title) == title


def test_the_course_says_what_its_last_year_leaves_open() -> None:
    frame = supporting.unit_years(None, 1e9, 3e9, provisional=True, reported=2)
    found = findings.microfinance_years(frame, ID, amount="customers")
    assert found.title == "Nasabah 300.000, 3,0 kali lipat dari 2015"
    assert found.subtitle.endswith(
        "2016 sementara, sampai 30 Juni 2016 · 2 dari 3 unit melapor pada 2016"
    )
    assert (
        found.takeaway == "Pada 3 unit: 300.000 nasabah per 30 Juni 2016. Belum dilaporkan: 2014."
    )
    share = findings.microfinance_years(frame, EN, amount="overdue_share")
    assert share.title == "Arrears rose from 1.0% (2015) to 3.0%"


REPORTS = supporting.unit_reports(
    ("LKM-1", date(2014, 12, 31), 100, 1e9),
    ("LKM-1", date(2023, 6, 30), 300, 5e9),
    ("LKM-2", date(2023, 6, 30), 9, None),
)


def test_the_profile_says_founding_village_course_and_what_was_published() -> None:
    found = findings.microfinance_reports(
        REPORTS, ID, amount="customers", published=supporting.units(PUBLISHED)
    )
    assert plain(found.title) == "KSP LKM-1: 300 nasabah dan aset Rp 5 miliar per 30 Juni 2023"
    assert found.subtitle == "Nasabah menurut laporan unit · ◇ angka publikasi"
    assert plain(found.takeaway) == (
        "Berdiri 2013 menurut publikasi. Di Ponowareng ada 4 KUB aktif dengan 60 anggota."
        " Nasabah 300, 3,0 kali lipat dari 2014. Tunggakan belum dicatat."
        " Angka publikasi per 21 Mei 2023: 290 nasabah dan aset Rp 4,9 miliar."
    )


def test_founding_is_told_by_whoever_tells_it() -> None:
    def told(**row: object) -> str:
        return findings.microfinance_reports(REPORTS, EN, published=supporting.units(row)).takeaway

    assert told().startswith("Founded in 2013. In Ponowareng")
    differing = told(published_founded=2012)
    assert differing.startswith("Founded in 2013 by the records, in 2012 as published.")
    assert told(founded_on=None, kub=0).startswith("There is no active KUB in Ponowareng yet.")
    silent = told(published_on=date(2023, 5, 21))
    assert "Published" not in silent


def test_a_profile_without_more_than_reports() -> None:
    found = findings.microfinance_reports(REPORTS, ID, unit="LKM-2")
    assert found.title == "KSP LKM-2: 9 nasabah per 30 Juni 2023"
    assert (
        found.takeaway
        == "Unit ini berada di Ponowareng. Aset belum dicatat. Tunggakan belum dicatat."
    )
    single = findings.microfinance_reports(REPORTS, ID, unit="LKM-2", amount="customers")
    assert "Nasabah 9 per 30 Juni 2023." in single.takeaway


def test_a_unit_that_never_reported_is_still_known() -> None:
    published = supporting.units({"lkm_id": "LKM-9", "name": "KSP Diam"})
    assert (
        findings.microfinance_reports(REPORTS, ID, unit="LKM-9", published=published).title
        == "KSP Diam: belum ada laporan"
    )
    assert findings.microfinance_reports(REPORTS, ID, unit="tidak ada").title.startswith(
        "KSP LKM-1"
    )
    assert findings.microfinance_reports(REPORTS[:0], ID).title.startswith("Belum ada laporan")
