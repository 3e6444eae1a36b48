"""What Ringkasan opens with: whether growth has almost stopped, else its pace, else a plain count."""

import pandas as pd
import pytest

from kub import words
from kub.findings.hero import hero, lull
from kub.findings.narrowing import Narrowing
from tests.support import courses

ID, EN = words.of("id"), words.of("en")
BRISK = [100, 112, 125, 140]  # 2017 to 2020, 11.9 % a year


def now(kub: int, **changed: object) -> pd.DataFrame:
    row = {
        "as_of": pd.Timestamp("2023-06-30"),
        "provisional": True,
        "kub": kub,
        "members": 10 * kub,
        "villages": 248,
        "villages_covered": 14,
    }
    return pd.DataFrame([row | changed])


def course(*kub: int) -> pd.DataFrame:
    """From 2017 on, the last year unfinished where there are seven."""
    return courses.growth(2017, kub, provisional=len(kub) == 7)


@pytest.mark.parametrize(
    ("later", "since"),
    [
        ((140, 141), 2020),
        ((141, 142, 142), 2020),
        ((140, 140, 140), 2020),
        # 1 % a year over two years is 142.8: below it, and not at it.
        ((141, 142, 143), None),
        # It fell in between, or went up and came back.
        ((139, 141, 141), None),
        ((150, 141, 141), None),
        ((139, 139), None),
        # The unfinished year alone grows as it used to.
        ((140, 141, 150), None),
        # A single finished year since then is no lull.
        ((140,), None),
    ],
)
def test_growth_has_almost_stopped(later: tuple[int, ...], since: int | None) -> None:
    assert lull(course(*BRISK, *later)) == since


@pytest.mark.parametrize(
    "kub",
    [
        [100, 102, 104, 106, 106, 106],  # 2 % a year was never brisk
        [19, 25, 30, 40, 40, 40],  # too few for percent
        [140, 140, 141],  # too few years
        [0, 0, 0, 140, 140, 140],
        [],
    ],
)
def test_nothing_stops_that_did_not_grow(kub: list[int]) -> None:
    assert lull(courses.growth(2017, kub)) is None


@pytest.mark.parametrize(
    ("kub", "indonesian", "english"),
    [
        (
            (*BRISK, 141, 142, 142),
            "KUB aktif, hampir berhenti tumbuh sejak akhir 2020",
            "active KUB, with almost no growth since the end of 2020",
        ),
        (
            (*BRISK, 141, 140, 140),
            "KUB aktif, tidak bertambah sejak akhir 2020",
            "active KUB, no more than at the end of 2020",
        ),
        (
            (100, 120, 140, 160),
            "KUB aktif, tumbuh 17,0\N{NO-BREAK SPACE}% per tahun (2017–2020)",
            "active KUB, growing 17.0% a year (2017–2020)",
        ),
        (
            (100, 95, 90, 85),
            "KUB aktif, turun 5,3\N{NO-BREAK SPACE}% per tahun (2017–2020)",
            "active KUB, falling 5.3% a year (2017–2020)",
        ),
        (
            (3, 8, 8, 0),
            "KUB aktif; terbanyak 8, pada 2018 dan 2019",
            "active KUB; at most 8, in 2018 and 2019",
        ),
        ((0, 0, 0, 0), "KUB aktif", "active KUB"),
        # Too few KUB, or too few years, for percent.
        (
            (3, 8, 8, 9),
            "KUB aktif dengan 90 anggota di 14 dari 248 desa",
            "active KUB with 90 members in 14 of 248 villages",
        ),
        (
            (200,),
            "KUB aktif dengan 2.000 anggota di 14 dari 248 desa",
            "active KUB with 2,000 members in 14 of 248 villages",
        ),
    ],
)
def test_the_sentence_goes_on_behind_the_number(
    kub: tuple[int, ...], indonesian: str, english: str
) -> None:
    frame = course(*kub)
    assert hero(now(kub[-1]), frame, ID, False) == indonesian
    assert hero(now(kub[-1]), frame, EN, False) == english


def test_without_a_course_it_counts() -> None:
    # Of a comparison, and where the rows are of another moment than the number.
    for growth in (None, course(*BRISK), course().head(0)):
        assert hero(now(207), growth, EN, True) == (
            "active KUB with 2,070 members in 14 of 248 kelurahan"
        )


def test_one_village_is_not_counted_and_withheld_members_are_not_told() -> None:
    alone = now(2, villages=1, villages_covered=1)
    assert hero(alone, None, EN, False) == "active KUB with 20 members"
    hidden = hero(alone.assign(members=float("nan")), None, ID, False)
    assert hidden == f"KUB aktif dengan {ID('withheld.members')}"


def test_it_names_the_trades_that_are_chosen() -> None:
    crafts = Narrowing(nouns={"groups": "KUB kerajinan"}).words(ID)
    assert hero(now(142), course(*BRISK, 141, 142, 142), crafts, False) == (
        "KUB kerajinan aktif, hampir berhenti tumbuh sejak akhir 2020"
    )
