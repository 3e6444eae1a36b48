"""What the coverage charts of Desa say, in both languages: by district,
over the years, beside published numbers.
"""

import pandas as pd
import pytest

from kub import words
from kub.findings import coverage as findings
from tests.support.grounds import districts, years

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("rows", "title", "takeaway"),
    [
        (
            districts(Tulis=(8, 17), Kandeman=(5, 13), Subah=(0, 17)),
            "27.7% of the villages have active KUB: 13 of 47; highest in Tulis (47%)",
            "Without active KUB: Subah.",
        ),
        (
            districts(A=(1, 9), B=(0, 9), C=(0, 9), D=(0, 9), E=(0, 9)),
            "2.2% of the villages have active KUB: 1 of 45; highest in A (11%)",
            "4 of 5 districts have no active KUB yet.",
        ),
        # A district of four villages has no rank; nor have districts of which four share the top.
        (
            districts(A=(4, 4), B=(2, 9)),
            "46.2% of the villages have active KUB: 6 of 13; highest in B (22%)",
            "Every district has active KUB; coverage is lowest in B (22%).",
        ),
        (
            districts(A=(4, 4), B=(0, 3)),
            "57.1% of the villages have active KUB: 4 of 7",
            "Without active KUB: B.",
        ),
        (
            districts(A=(3, 6), B=(3, 6), C=(3, 6), D=(3, 6)),
            "50.0% of the villages have active KUB: 12 of 24",
            "Every district has active KUB.",
        ),
        (
            districts(A=(6, 6), B=(1, 1)),
            "Active KUB in all 7 villages",
            "Every district has active KUB.",
        ),
        (
            districts(A=(0, 6), B=(0, 1)),
            "Active KUB in none of 7 villages yet",
            "None of the 2 districts has active KUB yet.",
        ),
        (
            districts(Tulis=(8, 17)),
            "Tulis District: active KUB in 8 of 17 villages (47%)",
            "There are 8 active KUB here.",
        ),
        (districts(Tulis=(0, 17)), "Active KUB in none of 17 villages yet", ""),
        (
            districts(),
            "No villages in this selection",
            "Loosen the filter of years, sectors or places.",
        ),
    ],
)
def test_coverage_says_how_much_and_where(rows: pd.DataFrame, title: str, takeaway: str) -> None:
    found = findings.coverage(rows, EN)
    assert (found.title, found.takeaway) == (title, takeaway)
    assert (
        findings.coverage(rows, ID, kelurahan=True).subtitle
        == "Persentase kelurahan yang memiliki KUB aktif, per kecamatan"
    )


@pytest.mark.parametrize(
    ("rows", "title", "takeaway"),
    [
        (
            districts(Tulis=(8, 17), Kandeman=(5, 13), Subah=(0, 17)),
            "Coverage by KUB is highest in Tulis (47%); 1 of 3 districts has none yet",
            "27.7% of the villages have active KUB: 13 of 47.",
        ),
        (
            districts(A=(4, 4), B=(2, 9)),
            "Coverage by KUB is highest in B (22%)",
            (
                "46.2% of the villages have active KUB: 6 of 13. Every district has active KUB; "
                "coverage is lowest in B (22%)."
            ),
        ),
        (
            districts(A=(4, 4), B=(0, 3)),
            "57.1% of the villages have active KUB: 4 of 7",
            "Without active KUB: B.",
        ),
    ],
)
def test_where_the_total_is_said_already_districts_come_first(
    rows: pd.DataFrame, title: str, takeaway: str
) -> None:
    found = findings.coverage(rows, EN, tell="districts")
    assert (found.title, found.takeaway) == (title, takeaway)


@pytest.mark.parametrize(
    ("rows", "indonesian", "english"),
    [
        (
            years((2012, 1, 9), (2018, 4, 9), (2020, 4, 9)),
            "Naik dari 1 desa (2012) menjadi 4 (2020); tidak berubah sejak 2018",
            "Up from 1 village (2012) to 4 (2020); unchanged since 2018",
        ),
        (
            years((2012, 0, 9), (2013, 2, 9), (2014, 4, 9)),
            "Naik dari 2 desa (2013) menjadi 4 (2014)",
            "Up from 2 villages (2013) to 4 (2014)",
        ),
        (
            years((2012, 4, 9), (2013, 2, 9)),
            "Turun dari 4 desa (2012) menjadi 2 (2013)",
            "Down from 4 villages (2012) to 2 (2013)",
        ),
        (
            years((2012, 4, 9), (2013, 5, 9), (2014, 4, 9)),
            "4 desa pada 2014, sama dengan 2012; turun dari 5 pada 2013",
            "4 villages in 2014, as in 2012; down from 5 in 2013",
        ),
        (
            years((2012, 0, 9), (2013, 1, 9)),
            "1 desa memiliki KUB aktif pada 2013",
            "1 village with active KUB in 2013",
        ),
        (
            years((2012, 0, 9)),
            "Belum ada cakupan KUB yang tercatat",
            "No coverage by KUB on record yet",
        ),
        (years(), "Belum ada cakupan KUB yang tercatat", "No coverage by KUB on record yet"),
    ],
)
def test_coverage_over_time_says_from_what_to_what(
    rows: pd.DataFrame, indonesian: str, english: str
) -> None:
    assert tuple(findings.coverage_years(rows, say).title for say in (ID, EN)) == (
        indonesian,
        english,
    )


def test_published_numbers_of_villages_are_told_beside_the_records() -> None:
    told = pd.DataFrame(
        {
            "date": pd.to_datetime(["2020-12-31"] * 2),
            "indicator": ["desa", "kub"],
            "published": [14.0, 203.0],
            "source": ["x", "y"],
        }
    )
    found = findings.coverage_years(years((2019, 12, 248), (2020, 14, 248)), ID, published=told)
    assert (
        found.takeaway
        == f"14 dari 248 desa memiliki KUB aktif pada akhir 2020 (5,6{NBSP}%). Angka publikasi: 14 (31 Desember 2020)."
    )
    assert found.subtitle.endswith("; ◇ angka publikasi")
    assert findings.named_desa(None) == []
    assert "◇" not in findings.coverage_years(years((2019, 12, 248)), ID).subtitle
