"""What the study visits say: who came first and last, how many people, from where."""

from datetime import date

from kub import words
from kub.findings import study as findings
from kub.findings.leaders import leading, on_day
from tests.support.study_visits import CILEGON, KENDAL, regencies, visits

ID, EN = words.of("id"), words.of("en")


def test_delegations_and_the_first_with_its_month() -> None:
    finding = findings.study_visits(visits(CILEGON, KENDAL), ID)
    assert finding.title == (
        "2 delegasi dari 2 kabupaten/kota; yang pertama tercatat Pemerintah Kota Cilegon, November 2017"
    )
    assert finding.takeaway == (
        "Yang terbaru Bappeda Kendal, 17 Maret 2023. Peserta: 33 orang, pada 1 dari 2 kunjungan yang mencatatnya."
    )


def test_participants_are_told_as_far_as_they_are_stated() -> None:
    assert findings.study_visits(visits(KENDAL), EN).takeaway == "33 participants in all."
    alone = findings.study_visits(visits(CILEGON), EN)
    assert (
        alone.title
        == "1 delegation from 1 regency or city; the first on record is Pemerintah Kota Cilegon, November 2017"
    )
    assert alone.takeaway == "The number of participants is not on record."


def test_the_most_frequent_and_those_from_outside() -> None:
    frame = regencies(c24=5, c72=1, c01=1)
    finding = findings.study_regencies(frame, ID, home="Jawa Tengah")
    assert (
        finding.title
        == "Kabupaten Kendal paling sering datang: 5 dari 7 delegasi; 1 dari luar Jawa Tengah"
    )
    assert finding.subtitle.endswith("; berwarna: dari luar Jawa Tengah")
    assert finding.takeaway == (
        "Terbanyak: Kabupaten Kendal (5), Kota Cilegon (1) dan 99.01 (1). Mereka datang dari 2 provinsi."
        " 1 kode wilayah tidak ada dalam daftar resmi dan ditulis sebagai kode."
    )
    assert (
        findings.study_regencies(frame, EN).title
        == "Kabupaten Kendal came most often: 5 of 7 delegations"
    )


def test_level_and_single_regencies() -> None:
    level = findings.study_regencies(regencies(c24=2, c72=2), EN)
    assert level.title == "4 delegations from 2 regencies and cities; no single one leads"
    alone = findings.study_regencies(regencies(c24=1), EN, home="Jawa Tengah")
    assert alone.title == "All 1 delegation came from Kabupaten Kendal; all from Jawa Tengah"
    unknown = findings.study_regencies(regencies(c01=1), EN, home="Jawa Tengah")
    assert unknown.takeaway.endswith("1 code is not in the official list and stands as a code.")


def test_an_empty_scope_says_what_to_loosen() -> None:
    for finding in (findings.study_visits(visits(), ID), findings.study_regencies(regencies(), ID)):
        assert finding.title == "Tidak ada studi banding pada pilihan ini"
        assert finding.subtitle
        assert "Longgarkan" in finding.takeaway


def test_leaders_never_split_those_that_are_level() -> None:
    assert leading(["A", "B", "C", "D"], [4, 3, 2, 2], ID) == "A (4) dan B (3)"
    assert leading(["A", "B", "C"], [4, 2, 2], EN) == "A (4), B (2) and C (2)"
    assert leading(["A", "B", "C", "D"], [1, 1, 1, 1], EN) == ""


def test_the_last_day_of_a_month_may_stand_for_the_month() -> None:
    assert on_day(date(2017, 8, 14), ID) == "14 Agustus 2017"
    assert on_day(date(2024, 2, 29), EN) == "February 2024"
