"""What the school visits say: totals, the leading stage, the newest
year, core villages, schools that came again.
"""

from datetime import date

from kub import words
from kub.findings import schools as findings
from tests.support.school_visits import CORE, YEARS, schools, villages, visits

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"


def test_levels_belong_to_stages() -> None:
    stages = [
        findings.stage(level) for level in ("SD", "MI", "SMP", "MTs", "SMA", "SMK", "MA", "TK")
    ]
    assert stages == ["primary"] * 2 + ["junior"] * 2 + ["senior"] * 3 + ["other"]


def test_school_visits_are_told_in_all_and_newest_with_silent_years() -> None:
    finding = findings.school_visits(YEARS, ID, as_of=date(2023, 6, 30))
    assert finding.title == "7 kunjungan sekolah dengan 160 siswa; SD/MI terbanyak (5 kunjungan)"
    assert finding.takeaway == (
        "2023 (sampai 30 Juni 2023): 1 kunjungan, 30 siswa; 2022: 3 kunjungan, 20 siswa."
        " Terbanyak pada 2019 dan 2022 (3 kunjungan), tidak ada pada 2020 dan 2021."
    )


def test_students_lead_where_they_are_chosen() -> None:
    finding = findings.school_visits(YEARS, EN, school_measure="students", as_of=date(2023, 12, 31))
    assert (
        finding.title
        == "160 students in 7 visits by schools; most of SD/MI (primary) (70 students)"
    )
    assert finding.takeaway.startswith("2023: 1 visit, 30 students; 2022: 3 visits, 20 students.")


def test_level_years_and_stages_name_no_leader() -> None:
    level = visits(*((year, name, 1, 5) for year in (2020, 2021, 2022) for name in ("SD", "SMP")))
    finding = findings.school_visits(level, EN)
    assert finding.title == "6 school visits with 30 students"
    assert finding.takeaway.endswith("Equal in every year: 2 visits.")
    uneven = findings.school_visits(
        visits((2020, "SD", 1, 1), (2021, "SD", 2, 2), (2022, "SD", 3, 3)), EN
    )
    assert uneven.takeaway.endswith("Most in 2022 (3 visits), fewest in 2020 (1 visit).")
    one = findings.school_visits(visits((2022, "SD", 1, 1)), EN)
    assert (one.title, one.takeaway) == (
        "1 school visit with 1 student",
        "2022: 1 visit, 1 student.",
    )


def test_the_core_villages_are_named_with_their_part() -> None:
    finding = findings.school_villages(CORE, ID)
    assert finding.title == "4 dari 10 kunjungan datang dari desa inti Inti dan Sama (B)"
    assert finding.subtitle.endswith("; berwarna: desa inti")
    assert finding.takeaway == (
        f"Itu 40{NBSP}% dari semuanya. Terbanyak dari Beji (5) dan Inti (3). Seluruhnya 10 kunjungan dari 4 desa."
    )
    students = findings.school_villages(CORE[:2], EN, school_measure="students")
    assert students.title == "10 of 100 students came from the core village Inti"


def test_without_core_villages_the_leading_ones_are_told() -> None:
    finding = findings.school_villages(CORE[CORE["village"] != "Inti"][:2], EN)
    assert (finding.title, finding.takeaway) == (
        "Most from Beji (5) and Sama (1)",
        "6 visits in all, from 2 villages.",
    )
    level = villages(*((name, "T", False, 1, 3) for name in "ABCD"))
    assert (
        findings.school_villages(level, EN).title == "At most 1 visit per village, from 4 villages"
    )
    assert (
        findings.school_villages(CORE[1:2], EN).title
        == "All 3 visits came from the core village Inti"
    )


def test_schools_that_came_again() -> None:
    finding = findings.schools(schools(1, 3, 1), ID)
    assert finding.title == "1 dari 3 sekolah datang lebih dari sekali; terbanyak SD 1 (3 kali)"
    assert finding.takeaway == "3 sekolah dari 2 desa, seluruhnya 5 kunjungan."
    assert (
        findings.schools(schools(2, 2, 2, 2, 1), EN).title
        == "4 of 5 schools came more than once, at most 2 times"
    )
    assert findings.schools(schools(1), EN).title == "1 school came once"


def test_an_empty_scope_says_what_to_loosen() -> None:
    for finding in (
        findings.school_visits(YEARS[:0], ID),
        findings.school_villages(CORE[:0], ID),
        findings.schools(schools(), ID),
    ):
        assert finding.title == "Tidak ada kunjungan sekolah pada pilihan ini"
        assert finding.subtitle
        assert "Longgarkan" in finding.takeaway
