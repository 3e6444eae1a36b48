"""What Ringkasan says: the strip, what changed, the three findings,
the records against published figures.
"""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.findings import overview as findings
from kub.findings.numbers import Number, numbers
from kub.findings.three import three
from queries.filters import SECTORS
from tests.support import courses, economy

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"
NOW: dict[str, Any] = {
    "programme": "P",
    "as_of": "2023-06-30",
    "provisional": True,
    "kub": 207,
    "members": 2975,
    "members_per_kub": 14.37,
    "women_share": 0.65,
    "women_known_share": 0.91,
    "villages": 248,
    "villages_covered": 14,
    "coverage": 14 / 248,
    "sectors": 5,
    "reported": 193,
    "unreported": 0,
}
THEN = NOW | {
    "as_of": "2022-12-31",
    "provisional": False,
    "kub": 206,
    "members": 2990,
    "members_per_kub": 14.51,
    "women_share": 0.653,
    "villages_covered": 14,
    "coverage": 14 / 248,
}


def headline(**changed: object) -> pd.DataFrame:
    frame = pd.DataFrame([NOW | changed])
    return frame.assign(as_of=pd.to_datetime(frame["as_of"]))


BEFORE = headline(**THEN)


def test_the_headline_says_how_many_at_which_moment() -> None:
    finding = findings.headline(headline(), ID)
    assert finding.title == "207 KUB aktif dengan 2.975 anggota di 14 dari 248 desa"
    assert finding.subtitle == "Keadaan per 30 Juni 2023 (sementara)"


def test_the_headline_says_means() -> None:
    finding = findings.headline(headline(as_of="2023-12-31", provisional=False), EN)
    assert finding.subtitle == "As things stood at the end of 2023"
    assert finding.takeaway.endswith("On average 14.4 members per KUB; women 65.0%.")


def test_one_village_is_not_told_as_one_of_one() -> None:
    frame = headline(kub=1, members=1, villages=1, villages_covered=1)
    assert findings.headline(frame, EN).title == "1 active KUB with 1 member"
    assert findings.headline(headline(kub=0), EN).title == "No active KUB in this selection"
    assert findings.headline(headline(), ID, kelurahan=True).title.endswith("14 dari 248 kelurahan")


def test_the_strip_compares_with_the_end_of_the_year_before() -> None:
    assert numbers(headline(), ID, BEFORE) == [
        Number("KUB aktif", "207", "+1 sejak akhir 2022", "up"),
        Number("Anggota", "2.975", "−15 sejak akhir 2022", "down"),
        Number("Anggota per KUB", "14,4", "14,5 akhir 2022"),
        Number("Cakupan desa", f"5,6{NBSP}%", "14 dari 248 desa; tetap"),
        Number("Perempuan", f"65,0{NBSP}%", f"65,3{NBSP}% akhir 2022; 9{NBSP}% belum diketahui"),
        Number("KUB melapor", "193", "dari 207 KUB pada 2023"),
    ]
    same = numbers(headline(), EN, headline(**THEN | {"kub": 207}))[0]
    assert (same.note, same.tone) == ("unchanged since the end of 2022", "")


def test_the_strip_without_an_earlier_year_says_its_date() -> None:
    kub, _, per, coverage, women, _ = numbers(headline(), EN, kelurahan=True)
    assert kub == Number("Active KUB", "207", "on 30 June 2023")
    assert per.note == ""
    assert (coverage.label, coverage.note) == ("Kelurahan coverage", "14 of 248 kelurahan")
    assert women.note == "9% unknown"


@pytest.mark.parametrize("known", [0.0, float("nan")])
def test_unknown_women_are_said_to_be_unknown(known: float) -> None:
    women = numbers(headline(women_share=float("nan"), women_known_share=known), EN, BEFORE)[4]
    assert (women.value, women.note) == ("–", "unknown")


def test_whole_shares_and_missing_reports() -> None:
    frame = headline(
        women_known_share=1.0,
        women_share=1.0,
        coverage=1.0,
        villages=1,
        villages_covered=1,
        unreported=4,
    )
    _, _, _, coverage, women, reported = numbers(frame, EN, headline(**THEN | {"kub": 0}))
    assert (coverage.value, coverage.note) == ("100%", "1 of 1 village; −13")
    assert (women.value, women.note) == ("100%", "")
    assert reported.note == "of 207 KUB in 2023; 4 never reported"


def test_the_card_takes_these_numbers() -> None:
    assert numbers(headline(), ID)[0].label == "KUB aktif"


def mix(first: int, *years: tuple[int, ...]) -> pd.DataFrame:
    rows = [
        (first + number, sector, n, 10 * n)
        for number, counts in enumerate(years)
        for sector, n in zip(SECTORS, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "sector", "kub", "members"])


def coverage(**districts: tuple[int, int]) -> pd.DataFrame:
    rows = [(name, covered, villages) for name, (covered, villages) in districts.items()]
    return pd.DataFrame(rows, columns=["district", "covered", "villages"])


GROWTH = courses.growth(2019, [100, 120, 140, 160], founded=[30, 25, 25, 24], closed=[0, 5, 5, 4])
MIX = mix(2019, (50, 30, 20, 0, 0), (50, 30, 40, 0, 0), (60, 40, 40, 0, 0), (70, 50, 40, 0, 0))
REACH = coverage(Tulis=(8, 17), Subah=(1, 17), Batang=(0, 21))


def test_three_findings_flow_trade_reach() -> None:
    flow, trade, reach = three(GROWTH, MIX, REACH, EN)
    assert flow.title == "24 KUB founded in 2022, 4 closed: net gain 20"
    assert flow.takeaway == ("In 2019: 30 founded, 0 closed. Average of 2019–2022: +17.0% a year.")
    assert trade.title == "Food is the largest sector: 70 of 160 active KUB (44%)"
    assert trade.takeaway == "Down from 50% in 2019. Next: Crafts (31%)."
    assert reach.title == "Active KUB in 9 of 55 villages"
    assert reach.takeaway == (
        "There are KUB in 2 of 3 districts. In the districts already reached, most of those "
        "without are in Subah: 16 villages."
    )


def test_what_kub_earn_takes_the_place_of_reach() -> None:
    rows = economy.revenue(
        economy.year(2022, 9, 8, 800, change=-0.05, matched=7),
        economy.year(2023, 9, 8, 100, provisional=True),
    )
    findings = three(GROWTH, MIX, REACH, EN, revenue=rows)
    assert len(findings) == 3
    assert findings[2].title == "Revenue of the same KUB fell 5.0% in 2022"
    assert findings[2].takeaway == (
        "Over 7 KUB that state their revenue two years running, in nominal rupiah."
        " Mean in 2022: Rp\N{NO-BREAK SPACE}100\N{NO-BREAK SPACE}million per KUB."
    )
    level = economy.revenue(economy.year(2022, 9, 8, 800))
    assert three(GROWTH, MIX, REACH, EN, revenue=level)[2].title == (
        "Mean revenue of KUB: Rp\N{NO-BREAK SPACE}100\N{NO-BREAK SPACE}million in 2022"
    )
    # Nothing stated, or all of it withheld: no finding.
    for rows in (economy.revenue(), economy.revenue(economy.year(2022, 9, 2, None))):
        assert three(GROWTH, MIX, REACH, EN, revenue=rows)[2].title.startswith("Active KUB in")


def test_where_there_is_no_pace_the_flow_is_told() -> None:
    few = courses.growth(2019, [1, 2, 3, 4], founded=[1, 1, 1, 1], closed=[0, 0, 0, 0])
    assert three(few, MIX, REACH, EN)[0].title == "1 KUB founded in 2022, 0 closed: net gain 1"


@pytest.mark.parametrize(
    ("frame", "title", "takeaway"),
    [
        (mix(2022, (2, 0, 0, 0, 0)), "Semua KUB aktif di sektor Makanan", ""),
        (
            mix(2022, (2, 2, 1, 0, 0)),
            "Makanan dan Kerajinan sama besar: masing-masing 2 dari 5 KUB aktif",
            "",
        ),
        (
            mix(2021, (10, 6, 4, 0, 0), (12, 6, 2, 0, 0)),
            f"Makanan terbesar: 12 dari 20 KUB aktif (60{NBSP}%)",
            f"Naik dari 50{NBSP}% pada 2021. Disusul sektor Kerajinan (30{NBSP}%).",
        ),
        (
            mix(2021, (10, 6, 4, 0, 0), (20, 12, 8, 0, 0)),
            f"Makanan terbesar: 20 dari 40 KUB aktif (50{NBSP}%)",
            f"Sama seperti pada 2021. Disusul sektor Kerajinan (30{NBSP}%).",
        ),
        # Too few to compare shares.
        (
            mix(2021, (1, 0, 0, 0, 0), (12, 6, 2, 0, 0)),
            f"Makanan terbesar: 12 dari 20 KUB aktif (60{NBSP}%)",
            f"Disusul sektor Kerajinan (30{NBSP}%).",
        ),
    ],
)
def test_the_leading_trade(frame: pd.DataFrame, title: str, takeaway: str) -> None:
    trade = three(GROWTH, frame, REACH, ID)[1]
    assert (trade.title, trade.takeaway) == (title, takeaway)


def test_without_active_kub_there_is_no_leading_trade() -> None:
    assert len(three(GROWTH, mix(2021, (3, 0, 0, 0, 0), (0, 0, 0, 0, 0)), REACH, ID)) == 2
    assert len(three(GROWTH, mix(2021, (0, 0, 0, 0, 0)), REACH, ID)) == 2
    members = three(GROWTH, MIX, REACH, ID, measure="members")[1]
    assert members.title == f"Makanan terbesar: 700 dari 1.600 anggota (44{NBSP}%)"


@pytest.mark.parametrize(
    ("frame", "title", "takeaway"),
    [
        (coverage(Tulis=(1, 1)), "There are KUB in the only village of this selection", ""),
        (coverage(Tulis=(8, 8), Subah=(1, 1)), "Active KUB in all 9 villages", ""),
        (
            coverage(Tulis=(8, 17), Subah=(1, 2)),
            "Active KUB in 9 of 19 villages",
            "There are KUB in all 2 districts. Most of those without are in Tulis: 9 villages.",
        ),
        (
            coverage(Tulis=(8, 17)),
            "Active KUB in 8 of 17 villages",
            "Without any so far: 9 villages.",
        ),
        (
            coverage(Tulis=(3, 3), Subah=(0, 4)),
            "Active KUB in 3 of 7 villages",
            "There are KUB in 1 of 2 districts.",
        ),
        (
            coverage(Tulis=(0, 17)),
            "Active KUB in 0 of 17 villages",
            "The active KUB there are lie outside the villages counted.",
        ),
    ],
)
def test_the_reach(frame: pd.DataFrame, title: str, takeaway: str) -> None:
    reach = three(GROWTH, MIX, frame, EN)[2]
    assert (reach.title, reach.takeaway) == (title, takeaway)


def test_without_villages_to_count_there_is_no_reach() -> None:
    assert len(three(GROWTH, MIX, coverage(), EN)) == 2


KUB = (date(2017, 11, 30), "kub", 153.0, 153.0)
LIBRARIES = (date(2018, 8, 31), "perpustakaan", 15.0, 15.0)


@pytest.mark.parametrize(
    ("rows", "indonesian", "english"),
    [
        (
            (KUB,),
            "Data program sesuai dengan angka yang dipublikasikan",
            "The programme's data agree with the published figure",
        ),
        (
            (KUB, LIBRARIES),
            "Data program sesuai dengan ke-2 angka yang dipublikasikan",
            "The programme's data agree with all 2 published figures",
        ),
        (
            (
                KUB,
                (date(2020, 12, 31), "anggota", 2900.0, 2890.0),
                (date(2020, 12, 31), "desa", 14.0, 15.0),
            ),
            "1 dari 3 angka publikasi sesuai; selisih relatif terbesar +1: Desa terjangkau, 31 Desember 2020",
            "1 of 3 published figures agree; the largest relative difference is +1: Villages covered, 31 December 2020",
        ),
        (
            ((date(2020, 12, 31), "kub", 0.0, 3.0),),
            "Tidak satu pun dari 1 angka publikasi sesuai; selisih relatif terbesar +3: KUB, 31 Desember 2020",
            "None of 1 published figures agrees; the largest relative difference is +3: KUB, 31 December 2020",
        ),
        (
            (),
            "Belum ada angka publikasi untuk dibandingkan",
            "No published figures to compare with yet",
        ),
    ],
)
def test_reconcile_says_whether_records_meet_what_was_published(
    rows: Any, indonesian: str, english: str
) -> None:
    frame = courses.reconcile(*rows)
    assert findings.reconcile(frame, ID).title == indonesian
    assert findings.reconcile(frame, EN).title == english


def test_those_that_agree_are_counted_beside_those_that_are_drawn() -> None:
    apart = (date(2020, 12, 31), "anggota", 2900.0, 2890.0)
    some = findings.reconcile(courses.reconcile(KUB, LIBRARIES, apart), EN)
    assert some.takeaway == (
        "Only those that differ are drawn; the other 2 agree and are in the table."
    )
    assert findings.reconcile(courses.reconcile(KUB, apart), EN).takeaway.startswith("Only those")
    assert findings.reconcile(courses.reconcile(apart), EN).takeaway == ""
    assert findings.reconcile(courses.reconcile(KUB), EN).takeaway == ""


def test_reconcile_says_in_words_whether_both_count_the_same() -> None:
    partly = "partly, because the source counts KUB formed and does not say whether closed ones are left out."
    both = findings.reconcile(courses.reconcile(LIBRARIES, (KUB[0], "anggota", 9.0, 9.0), KUB), EN)
    assert both.caveat == f"Same definition? Village libraries: yes. KUB and Members: {partly}"
    assert (
        findings.reconcile(courses.reconcile(KUB), EN).caveat == f"Same definition? KUB: {partly}"
    )
    assert (
        findings.reconcile(courses.reconcile(LIBRARIES), EN).caveat
        == "Same definition? Village libraries: yes."
    )
