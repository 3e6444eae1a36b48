"""What the profile of a village says: its KUB, its members then and now, its four numbers."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.findings import profile as findings
from tests.support import courses
from tests.support.small import WONOKERSO

ID, EN = words.of("id"), words.of("en")
OFFICIAL = "33.25.13.2010"  # Ujungnegoro


def kubs(*rows: tuple[str, int, bool, int | None]) -> pd.DataFrame:
    """Rows of village_kub: (name, year of founding, active, members)."""
    made = [
        {
            "name": name,
            "village_code": OFFICIAL,
            "village": "Ujungnegoro",
            "founded_on": pd.Timestamp(year, 5, 1),
            "active": active,
            "members": members,
        }
        for name, year, active, members in rows
    ]
    return pd.DataFrame(
        made, columns=["name", "village_code", "village", "founded_on", "active", "members"]
    )


@pytest.mark.parametrize(
    ("rows", "title", "takeaway"),
    [
        (
            kubs(("B", 2015, True, 9), ("A", 2012, True, 8), ("C", 2011, False, 8)),
            "2 active KUB in Ujungnegoro, 1 closed",
            "Oldest: A (1 May 2012); newest: B (1 May 2015).",
        ),
        (
            kubs(("B", 2015, True, None)),
            "1 active KUB in Ujungnegoro",
            "B was founded on 1 May 2015. 1 KUB has never reported its members.",
        ),
        (
            kubs(("B", 2015, False, 3), ("C", 2015, False, 3)),
            "0 active KUB in Ujungnegoro, 2 closed",
            "All KUB that were founded here have closed.",
        ),
        (kubs(), "No KUB here yet", "No KUB were founded in this selection."),
    ],
)
def test_the_list_of_kub_says_how_many_and_since_when(
    rows: pd.DataFrame, title: str, takeaway: str
) -> None:
    found = findings.village_kub(rows, EN)
    assert (found.title, found.takeaway) == (title, takeaway)


def test_a_list_of_several_villages_counts_them() -> None:
    two = kubs(("A", 2012, True, 8), ("B", 2015, True, 9)).assign(
        village_code=[OFFICIAL, WONOKERSO]
    )
    assert findings.village_kub(two, ID).title == "2 KUB aktif di 2 desa"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (courses.growth(2018, [2, 3], [20, 41]), "41 members, up from 20 at the end of 2018"),
        (
            courses.growth(2018, [2, 3], [41, 20], unreported=1),
            "20 members, down from 41 at the end of 2018",
        ),
        (courses.growth(2018, [2, 3], [20, 20]), "20 members, the same as at the end of 2018"),
        (courses.growth(2018, [0, 3], [0, 20]), "20 members"),
        (courses.growth(2018, [1, 3], [0, 20]), "20 members"),
        (courses.growth(2018, [2, 0], [20, 0]), "No active KUB"),
        (courses.growth(2018, []), "No active KUB"),
        (courses.growth(2018, [2, 2], [0, 0], unreported=2), "Members were never reported"),
    ],
)
def test_members_then_and_now(rows: pd.DataFrame, title: str) -> None:
    assert findings.profile_years(rows, EN).title == title


def test_members_that_are_partly_unknown_are_said() -> None:
    takeaway = findings.profile_years(
        courses.growth(2018, [2, 3], [41, 20], unreported=1), EN
    ).takeaway
    assert (
        takeaway
        == "20 members in 3 active KUB at the end of 2019. 1 KUB has never reported its members."
    )


NOW = {
    "kub": 2,
    "members": 30,
    "unreported": 0,
    "women_share": 0.5,
    "first_founded_on": date(2012, 1, 1),
    "last_founded_on": date(2012, 9, 9),
}
PLACE = {"idm": 0.6938, "idm_class": "Berkembang", "population": 2350, "population_year": 2020}


@pytest.mark.parametrize(
    ("now", "place", "said"),
    [
        (
            {},
            {},
            [
                ("2", "founded 2012"),
                ("30", "50% women"),
                ("0.6938", "Berkembang"),
                ("2,350", "in 2020"),
            ],
        ),
        (
            {"last_founded_on": date(2020, 1, 1), "women_share": None},
            {"population_year": None},
            [
                ("2", "founded 2012–2020"),
                ("30", "sex not on record"),
                ("0.6938", "Berkembang"),
                ("2,350", ""),
            ],
        ),
        (
            {"unreported": 2, "members": 0},
            {"idm": None, "population": pd.NA},
            [
                ("2", "founded 2012"),
                ("–", "not reported"),
                ("–", "not on record"),
                ("–", "not on record"),
            ],
        ),
        (
            {"kub": 0, "members": 0, "women_share": float("nan")},
            {},
            [("0", "none yet"), ("0", ""), ("0.6938", "Berkembang"), ("2,350", "in 2020")],
        ),
    ],
)
def test_the_four_numbers_of_a_village(
    now: dict[str, Any], place: dict[str, Any], said: list[tuple[str, str]]
) -> None:
    assert [number[1:3] for number in findings.numbers(NOW | now, PLACE | place, EN)] == said


def places(**columns: Any) -> pd.DataFrame:
    known = {
        "village_code": OFFICIAL,
        "district": "Kandeman",
        "lat": -6.9,
        "idm": 0.69,
        "population": None,
    }
    return pd.DataFrame([known | columns, known | {"lat": None, "idm": None}])


def test_the_places_are_counted_and_what_is_known_of_them() -> None:
    found = findings.village_profile(places(district="Tulis"), EN)
    assert found.title == "2 villages in 2 districts"
    assert (
        found.takeaway
        == "The centre point is known of 1, the IDM of 2024 of 1, the residents of 0 of them."
    )
    assert findings.village_profile(places(), ID).title == "2 desa di satu kecamatan"
    assert findings.village_profile(places()[:0], EN).title == "No villages in this selection"
