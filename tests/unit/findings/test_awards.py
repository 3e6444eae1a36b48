"""What the awards say: as exactly as their sources, with conflicts told."""

from datetime import date

import pytest

from kub import words
from kub.findings import awards as findings
from kub.findings.phrases import records
from tests.support.awards import BEFORE, FIRST, FRAME, MONTH, UNKNOWN, YEAR, Row, awards

ID, EN = words.of("id"), words.of("en")


@pytest.mark.parametrize(
    ("row", "kind", "first", "last", "said"),
    [
        (FIRST, "day", date(2017, 4, 7), date(2017, 4, 7), "berita 7 April 2017"),
        (YEAR, "year", date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (MONTH, "month", date(2019, 9, 1), date(2019, 9, 30), "September 2019"),
        (BEFORE, "before", None, date(2017, 12, 31), "sebelum 2018"),
        (UNKNOWN, "unknown", None, None, "tahun tidak disebut"),
        ((None, "not shown", *UNKNOWN[2:]), "unknown", None, None, "tahun tidak disebut"),
        # The programme knows the day of what was published by its year, by its month, or as before
        # a year.
        ((date(2018, 5, 2), *YEAR[1:]), "day", date(2018, 5, 2), date(2018, 5, 2), "2 Mei 2018"),
        (
            (date(2019, 9, 2), *MONTH[1:]),
            "day",
            date(2019, 9, 2),
            date(2019, 9, 2),
            "2 September 2019",
        ),
        ((date(2017, 5, 2), *BEFORE[1:]), "day", date(2017, 5, 2), date(2017, 5, 2), "2 Mei 2017"),
    ],
)
def test_a_time_is_as_exact_as_its_source(
    row: Row, kind: str, first: object, last: object, said: str
) -> None:
    found = records(awards(row))[0]
    time = findings.when(found)
    assert (time.kind, time.first, time.last) == (kind, first, last)
    assert findings.written_date(found, time, ID) == said


def test_months_are_cut_short_where_there_is_little_room() -> None:
    row = records(awards(MONTH))[0]
    assert findings.written_date(row, findings.when(row), EN, short=True) == "Sep 2019"


def test_the_order_is_that_of_time_with_the_unknown_last() -> None:
    assert [row["award"] for row, _ in findings.ordered(FRAME)] == [
        "Literacy",
        "Top",
        "3G",
        "ISDA",
        "PROPER",
    ]


def test_awards_bodies_ends_and_conflicts_are_told() -> None:
    finding = findings.awards(FRAME, ID)
    assert (
        finding.title
        == "3 penghargaan tercatat dari 2 lembaga, 2017–2019; 2 lagi hanya diketahui dari publikasi"
    )
    assert finding.takeaway == (
        "Pertama: Top (berita 7 April 2017). Terakhir: ISDA (September 2019)."
    )


def test_one_award_and_published_ones_alone() -> None:
    one = findings.awards(awards(YEAR), EN)
    assert (one.title, one.takeaway) == (
        "1 award on record from 1 body, 2018",
        "Award whose date is known: 3G (2018).",
    )
    told = findings.awards(awards(UNKNOWN), EN)
    assert (told.title, told.takeaway) == (
        "1 award as published from 1 body",
        "",
    )


def test_a_body_or_remark_that_is_not_named_is_said_so() -> None:
    row = records(awards((*UNKNOWN[:3], None, None, "something_new", False)))[0]
    assert findings.body(row, EN) == "awarding body not named"
    assert findings.remark(row, EN) == ""
    assert (
        findings.awards(awards((*YEAR[:3], " - ", None, None, True)), EN).title
        == "1 award on record, 2018"
    )


def test_an_empty_scope_says_what_to_loosen() -> None:
    finding = findings.awards(FRAME[:0], ID)
    assert finding.title == "Tidak ada penghargaan pada pilihan ini"
    assert finding.subtitle
    assert finding.takeaway == "Longgarkan filter tahun."
