"""One line for each part that stands beside the KUB."""

from datetime import date

import pandas as pd

from kub import words
from kub.findings import supporting as findings

ID, EN = words.of("id"), words.of("en")


def parts(*rows: tuple[str, int, int | None, date | None, date | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["part", "n", "people", "first_on", "last_on"])
    days = {name: pd.to_datetime(frame[name]) for name in ("first_on", "last_on")}
    return frame.assign(people=frame["people"].astype("Int64"), **days)


ALL = parts(
    ("microfinance", 3, 6468, None, None),
    ("libraries", 15, 7434, date(2015, 12, 7), date(2017, 8, 14)),
    ("school_visits", 75, 3209, date(2016, 5, 8), date(2023, 5, 11)),
    ("awards", 8, None, date(2017, 4, 7), date(2023, 9, 26)),
    ("study_visits", 17, 483, date(2014, 12, 25), date(2023, 3, 31)),
)


def test_the_title_counts_every_part() -> None:
    finding = findings.supporting(ALL, ID)
    assert finding.title == (
        "Program pendukung: 3 LKM, 15 perpustakaan, 75 kunjungan sekolah, 8 penghargaan, 17 studi banding"
    )
    assert finding.takeaway.startswith(
        "3 lembaga keuangan mikro, 6.468 nasabah. 15 perpustakaan desa"
    )


def test_each_part_has_a_line_with_what_it_reached() -> None:
    assert findings.lines(ALL, ID, year=2023) == [
        ("microfinance", "3 lembaga keuangan mikro, 6.468 nasabah"),
        ("libraries", "15 perpustakaan desa, 7.434 kunjungan pada 2023"),
        ("school_visits", "75 kunjungan sekolah, 3.209 siswa, sejak 2016"),
        ("awards", "8 penghargaan, terakhir 2023"),
        ("study_visits", "17 studi banding daerah lain, 483 peserta tercatat, terakhir Maret 2023"),
    ]


def test_english_has_a_singular_and_what_is_not_known_is_left_out() -> None:
    few = parts(
        ("microfinance", 1, None, None, None),
        ("libraries", 1, 1, date(2015, 1, 1), date(2015, 1, 1)),
    )
    assert findings.lines(few, EN) == [
        ("microfinance", "1 microfinance unit"),
        ("libraries", "1 village library, 1 visit in the last year"),
    ]
    assert (
        findings.supporting(few, EN).title
        == "Supporting programmes: 1 microfinance unit, 1 library"
    )


def test_nothing_beside_the_kub() -> None:
    finding = findings.supporting(ALL[:0], EN)
    assert finding.title == "No records of supporting programmes in this selection"
    assert finding.subtitle
    assert findings.lines(ALL[:0], EN) == []
