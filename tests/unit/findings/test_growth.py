"""What Pertumbuhan says, in both languages, when things grow, fall, stay, begin and end."""

from datetime import date

import pandas as pd
import pytest

from kub import words
from kub.findings import growth as findings
from kub.findings.pace import cagr, pace
from kub.findings.phrases import signed, signed_share
from tests.support import courses

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"
BATANG = [16, 43, 74, 104, 131, 153, 172, 191, 203, 203, 206, 207]


def test_cagr_is_the_yearly_factor_that_leads_from_first_to_last() -> None:
    assert cagr(100, 133.1, 3) == pytest.approx(0.1)
    assert cagr(80, 80, 3) == 0
    assert cagr(80, 0, 3) == -1
    assert cagr(0, 80, 3) is None


def test_pace_ends_with_the_last_finished_year() -> None:
    now = pace(courses.growth(2012, BATANG, provisional=True))
    assert now is not None
    assert (now.since, now.until, now.first) == (2019, 2022, 191)
    assert now.rate == pytest.approx((206 / 191) ** (1 / 3) - 1)
    finished = pace(courses.growth(2012, BATANG))
    assert finished is not None
    assert (finished.since, finished.until) == (2020, 2023)


@pytest.mark.parametrize(
    "frame",
    [
        courses.growth(2020, [5, 6, 7]),  # its first year is not listed
        courses.growth(2020, [0, 6, 7, 9]),  # nothing was there
        courses.growth(2023, [5], provisional=True),  # no finished year
        courses.growth(2023, []),
    ],
)
def test_there_is_no_pace_without_a_start(frame: pd.DataFrame) -> None:
    assert pace(frame) is None


@pytest.mark.parametrize(
    ("kub", "indonesian", "english"),
    [
        (
            [40, 60, 90, 120, 124, 127, 130],
            "130 KUB aktif; pertumbuhan melambat menjadi 2,7_% per tahun (2019–2022)",
            "130 active KUB; growth has slowed to 2.7% a year (2019–2022)",
        ),
        (
            [100, 101, 102, 103, 120, 140, 160],
            "160 KUB aktif; pertumbuhan menguat menjadi 15,8_% per tahun (2019–2022)",
            "160 active KUB; growth has picked up to 15.8% a year (2019–2022)",
        ),
        (
            [100, 110, 121, 133, 146, 161, 177],
            "177 KUB aktif, tetap tumbuh 10,0_% per tahun (2019–2022)",
            "177 active KUB, still growing 10.0% a year (2019–2022)",
        ),
        (
            [25, 30, 40, 50],
            "50 KUB aktif, tumbuh 26,0_% per tahun (2019–2022)",
            "50 active KUB, growing 26.0% a year (2019–2022)",
        ),
        (
            [70, 65, 60, 58, 59, 60, 62],
            "62 KUB aktif; kembali tumbuh 2,2_% per tahun (2019–2022)",
            "62 active KUB; growing again, 2.2% a year (2019–2022)",
        ),
        (
            [70, 66, 63, 60, 58, 56, 54],
            "54 KUB aktif, turun 3,5_% per tahun (2019–2022)",
            "54 active KUB, falling 3.5% a year (2019–2022)",
        ),
        (
            [30, 40, 50, 60, 58, 56, 54],
            "54 KUB aktif; setelah tumbuh, kini turun 3,5_% per tahun (2019–2022)",
            "54 active KUB; growth has turned into a decline of 3.5% a year (2019–2022)",
        ),
        (
            [60, 61, 60, 60, 61, 60, 60],
            "60 KUB aktif, hampir tidak berubah (2019–2022)",
            "60 active KUB, hardly changed (2019–2022)",
        ),
    ],
)
def test_the_title_tells_the_pace(kub: list[int], indonesian: str, english: str) -> None:
    frame = courses.growth(2023 - len(kub), kub)
    assert findings.growth(frame, ID).title == indonesian.replace("_", NBSP)
    assert findings.growth(frame, EN).title == english


@pytest.mark.parametrize(
    ("kub", "indonesian", "english"),
    [
        ([40, 60], "60 KUB aktif, naik 50,0_% sejak 2020", "60 active KUB, up 50.0% since 2020"),
        ([40, 30], "30 KUB aktif, turun 25,0_% sejak 2020", "30 active KUB, down 25.0% since 2020"),
        (
            [40, 90],
            "90 KUB aktif, 2,2 kali lipat dari 2020",
            "90 active KUB, 2.2 times as many as in 2020",
        ),
        ([40, 40], "40 KUB aktif, sama dengan 2020", "40 active KUB, the same as in 2020"),
        ([4, 9], "9 KUB aktif, bertambah 5 sejak 2020", "9 active KUB, 5 more than in 2020"),
        ([4, 1], "1 KUB aktif, berkurang 3 sejak 2020", "1 active KUB, 3 fewer than in 2020"),
        ([0, 3, 5], "5 KUB aktif, bertambah 2 sejak 2021", "5 active KUB, 2 more than in 2021"),
        ([0, 203], "203 KUB aktif pada akhir 2021", "203 active KUB at the end of 2021"),
        (
            [7, 3, 0],
            "Tidak ada lagi KUB aktif; terbanyak 7, pada 2020",
            "No KUB active any more; at most 7, in 2020",
        ),
        ([0, 0], "Tidak ada KUB aktif pada pilihan ini", "No active KUB in this selection"),
        ([], "Tidak ada KUB aktif pada pilihan ini", "No active KUB in this selection"),
    ],
)
def test_where_there_is_no_pace_the_title_tells_the_way_come(
    kub: list[int], indonesian: str, english: str
) -> None:
    frame = courses.growth(2020, kub)
    assert findings.growth(frame, ID).title == indonesian.replace("_", NBSP)
    assert findings.growth(frame, EN).title == english


def test_the_title_may_tell_the_way_come_although_there_is_a_pace() -> None:
    frame = courses.growth(2012, BATANG, provisional=True)
    assert findings.growth(frame, EN, tell="since").title == "207 active KUB, 191 more than in 2012"


def test_members_speak_of_people_and_of_who_reported() -> None:
    frame = courses.growth(2020, [1, 1], [1, 1], reported=[1, 0], unreported=1, provisional=True)
    finding = findings.growth(frame, EN, measure="members")
    assert finding.title == "1 member, the same as in 2020"
    assert finding.subtitle == (
        "Members at year's end, 2020–2021 · 2021 provisional, up to 30 June 2021 · 0 of 1 KUB reported in 2021"
        " · 1 KUB has never reported its members"
    )
    assert finding.takeaway == "Members on 30 June 2021 were as many as at the end of 2020: 1."
    fallen = courses.growth(2020, [1, 1], [9, 0])
    assert (
        findings.growth(fallen, EN, measure="members").title
        == "No members left; at most 9, in 2020"
    )


def test_the_takeaway_tells_course_and_both_paces() -> None:
    assert findings.growth(courses.growth(2012, BATANG, provisional=True), ID).takeaway == (
        "Jumlah KUB aktif naik dari 16 pada akhir 2012 menjadi 207 per 30 Juni 2023."
        f" Rata-rata per tahun 2019–2022: +2,6{NBSP}%; tiga tahun sebelumnya: +13,4{NBSP}%."
    )
    fallen = findings.growth(courses.growth(2019, [70, 66, 60, 54]), EN)
    assert fallen.takeaway == (
        "Active KUB fell from 70 at the end of 2019 to 54 at the end of 2022. Average per year, 2019–2022: −8.3%."
    )


def test_published_figures_are_named_only_where_they_are_drawn() -> None:
    frame = courses.growth(2020, [40, 60])
    published = courses.reconcile((date(2020, 12, 31), "kub", 40, 40))
    assert findings.growth(frame, ID, published=published).subtitle.endswith("· ◇ angka publikasi")
    assert "◇" not in findings.growth(frame, ID, published=published[:0]).subtitle
    assert findings.growth(frame, ID, both=True).subtitle.startswith(
        "KUB aktif dan anggota pada akhir tahun"
    )


@pytest.mark.parametrize(
    ("kub", "members", "title"),
    [
        (
            [10, 20],
            [150, 280],
            "KUB have grown faster than their members: 15.0 members per KUB in 2020, now 14.0",
        ),
        (
            [10, 20],
            [150, 320],
            "Members have grown faster than KUB: 15.0 members per KUB in 2020, now 16.0",
        ),
        ([100, 200], [1500, 3005], "Still 15.0 members per KUB, as in 2020"),
        ([10, 8], [150, 100], "Groups have become smaller: 15.0 members per KUB in 2020, now 12.5"),
        ([10, 8], [150, 140], "Groups have become larger: 15.0 members per KUB in 2020, now 17.5"),
        ([10, 0], [150, 0], "No KUB active any more; at most 10, in 2020"),
        ([10], [150], "10 active KUB at the end of 2020"),
        ([10, 20], [0, 0], "20 active KUB, 10 more than in 2020"),
    ],
)
def test_the_index_tells_the_size_of_groups(kub: list[int], members: list[int], title: str) -> None:
    assert findings.growth(courses.growth(2020, kub, members), EN, scale="indexed").title == title


def test_the_index_says_its_base_and_both_values() -> None:
    frame = courses.growth(2019, [0, 10, 20], [0, 150, 280], provisional=True, reported=[0, 10, 18])
    finding = findings.growth(frame, ID, scale="indexed")
    assert finding.subtitle.startswith("Indeks, akhir 2020 = 100;")
    assert finding.subtitle.endswith("18 dari 20 KUB melapor pada 2021")
    assert finding.takeaway == "Dengan 2020 = 100, KUB aktif kini 200 dan anggotanya 187."


@pytest.mark.parametrize(
    ("founded", "closed", "indonesian", "english"),
    [
        (
            13,
            10,
            "13 KUB berdiri pada 2021 dan 10 tutup: bertambah 3",
            "13 KUB founded in 2021, 10 closed: net gain 3",
        ),
        (
            3,
            5,
            "3 KUB berdiri pada 2021 dan 5 tutup: berkurang 2",
            "3 KUB founded in 2021, 5 closed: net loss 2",
        ),
        (
            3,
            3,
            "3 KUB berdiri pada 2021 dan 3 tutup: jumlahnya tetap",
            "3 KUB founded in 2021, 3 closed: no net change",
        ),
    ],
)
def test_the_flow_tells_the_last_finished_year(
    founded: int, closed: int, indonesian: str, english: str
) -> None:
    frame = courses.growth(
        2020, [9, 9, 9], founded=[9, founded, 1], closed=[0, closed, 0], provisional=True
    )
    assert findings.growth_flow(frame, ID).title == indonesian
    assert findings.growth_flow(frame, EN).title == english


def test_the_flow_sums_the_years_listed() -> None:
    frame = courses.growth(2020, [9, 7], founded=[9, 1], closed=[0, 3])
    assert findings.growth_flow(frame, EN).takeaway == (
        "Over 2020–2021 10 KUB were founded and 3 closed, +7 net. At most 9 were founded in a year, in 2020."
    )
    assert (
        findings.growth_flow(frame[1:], EN).takeaway
        == "In 2021 1 KUB were founded and 3 closed, −2 net."
    )
    still = courses.growth(2020, [9, 9])
    assert (
        findings.growth_flow(still, ID).title
        == "Tidak ada KUB yang berdiri atau tutup pada 2020–2021"
    )
    assert (
        findings.growth_flow(courses.growth(2020, []), ID).title
        == "Tidak ada KUB aktif pada pilihan ini"
    )


@pytest.mark.parametrize(
    ("rows", "indonesian", "english"),
    [
        (
            [(9, 1), (8, 1), (7, 1), (6, 0.896), (2, 0.6)],
            "9 dari 10 KUB masih berjalan",
            "9 in 10 KUB are still running",
        ),
        (
            [(9, 1), (8, 1), (7, 1), (6, 1.0)],
            "semua KUB masih berjalan",
            "all KUB are still running",
        ),
        (
            [(9, 1), (8, 1), (7, 1), (6, 0.97)],
            "hampir semua KUB masih berjalan",
            "nearly all KUB are still running",
        ),
        (
            [(9, 1), (8, 1), (7, 1), (6, 0.03)],
            "hampir tidak ada KUB yang",
            "hardly any KUB are still running",
        ),
        (
            [(9, 1), (8, 1), (7, 1), (1, 0.0)],
            "tidak ada KUB yang masih berjalan",
            "no KUB are still running",
        ),
    ],
)
def test_survival_is_told_at_three_years(
    rows: list[tuple[int, float]], indonesian: str, english: str
) -> None:
    frame = courses.survival(*rows)
    assert findings.survival(frame, ID).title.startswith(f"Setelah 3 tahun, {indonesian}")
    assert findings.survival(frame, EN).title == f"After 3 years, {english}"


def test_survival_of_a_young_programme_is_told_at_its_last_age() -> None:
    two = courses.survival((9, 1), (4, 0.8))
    assert findings.survival(two, EN).title == "After 1 year, 8 in 10 KUB are still running"
    assert findings.survival(two, EN).takeaway == (
        "80.0% of KUB are still running after 1 year (observed up to that age: 4)."
    )
    assert (
        findings.survival(courses.survival((9, 1)), EN).title
        == "No KUB have been observed for a full year yet"
    )
    assert findings.survival(courses.survival(), EN).title == "No KUB in this selection"
    pair = courses.survival((2, 1), (2, 1), (2, 1), (1, 0.5))
    assert (
        findings.survival(pair, EN).title
        == "After 3 years, 50% of KUB are still running; only 2 were observed"
    )
    old = courses.survival((9, 1), (9, 1), (9, 1), (8, 0.9), (1, 0.5))
    assert findings.survival(old, EN).takeaway.endswith("and 50.0% after 4 years.")


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            {"Tulis": [50, 104, 104, 104, 106], "Kandeman": [60, 96, 96, 98, 101]},
            "Kecamatan Tulis memiliki 106 dari 207 KUB aktif; tambahan terbanyak sejak 2020: Kandeman (+5)",
        ),
        (
            {"Tulis": [1, 2], "Subah": [1, 2]},
            (
                "Kecamatan Tulis dan Subah sama-sama memiliki 2 dari 4 KUB aktif; tambahan terbanyak "
                "sejak 2019: Tulis dan Subah (masing-masing +1)"
            ),
        ),
        (
            {"Tulis": [5, 4], "Subah": [1, 1]},
            (
                "Kecamatan Tulis memiliki 4 dari 5 KUB aktif; sejak 2019 tidak ada yang bertambah, 1 "
                "kecamatan berkurang (jumlahnya −1)"
            ),
        ),
        ({"Tulis": [5], "Subah": [1]}, "Kecamatan Tulis memiliki 5 dari 6 KUB aktif"),
        ({"Tulis": [5, 4]}, "Kecamatan Tulis: 4 KUB aktif"),
        ({}, "Tidak ada KUB aktif pada pilihan ini"),
        ({"Tulis": [5, 0], "Subah": [1, 0]}, "Tidak ada KUB aktif pada pilihan ini"),
    ],
)
def test_districts_tell_the_largest_and_where_it_grows(
    counts: dict[str, list[int]], title: str
) -> None:
    assert findings.district_growth(courses.districts(2019, **counts), ID).title == title


def test_districts_name_five_and_count_the_rest() -> None:
    few = courses.districts(2019, A=[1, 4], B=[2, 1])
    assert (
        findings.district_growth(few, EN, measure="members").takeaway
        == "Now, and the change since 2019: A 40 (+30) and B 10 (−10)."
    )
    many = courses.districts(2020, **{name: [number] for number, name in enumerate("ABCDEFG")})
    assert findings.district_growth(many, EN).takeaway == "G 6, F 5, E 4, D 3, C 2, and 2 more."


def test_differences_carry_their_sign() -> None:
    assert [signed(EN, n) for n in (3, -3, 0, 1500)] == ["+3", "−3", "0", "+1,500"]
    assert [signed_share(ID, s) for s in (0.026, -0.004, 0.0)] == [
        f"+2,6{NBSP}%",
        f"−0,4{NBSP}%",
        f"0,0{NBSP}%",
    ]
