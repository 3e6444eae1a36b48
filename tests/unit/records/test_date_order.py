"""Columns of dates as text: one cell may show that all were written with the month first."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub.records import columns, read
from kub.words import LANGUAGES, of
from tests.conftest import examples
from tests.support import workbooks
from tests.support.cells import read_column
from tests.support.workbooks import kub, report

TODAY = date(2026, 11, 24)
REAL = [datetime(2014, 5, 4), datetime(2015, 3, 2)]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        (["05/04/2014", "03/02/2015", "08/20/2016"], "date_month_first"),
        (["5-4-2014", "8-20-2016 10:22:33"], "date_month_first"),
        (["2014/20/05", "2015-03-02"], "date_day_before_month"),
        (["05/04/2014", "08/20/2016", "25/12/2019"], "date_order_mixed"),
        ([*REAL, "08/20/2016"], "date_month_first_real"),
        ([*REAL, "20/08/2016"], "date_swapped"),
        (["03/11/17", "3-Nov-17", "Nov-17", "3 Nov '17"], "two_digit_year"),
    ],
)
def test_a_column_in_doubt_has_one_problem(written, rule):
    assert read_column("date", written) == ([rule] * len(written), [rule])


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (["05/04/2014", "20/08/2016"], [date(2014, 4, 5), date(2016, 8, 20)]),
        (["05/04/2014"], [date(2014, 4, 5)]),
        # A day that is the same both ways is no evidence, and not in doubt.
        (["05/05/2014"], [date(2014, 5, 5)]),
        # Days after the twelfth among the real dates show that nothing was swapped.
        (
            [*REAL, datetime(2014, 5, 24), "20/08/2016"],
            [*(d.date() for d in REAL), date(2014, 5, 24), date(2016, 8, 20)],
        ),
        # All reports of one day of the year are no sign of it either.
        (
            [datetime(2014, 1, 1), datetime(2015, 1, 1), "31/12/2016"],
            [date(2014, 1, 1), date(2015, 1, 1), date(2016, 12, 31)],
        ),
        (["2016-08-20", "20 Agustus 2016"], [date(2016, 8, 20)] * 2),
    ],
)
def test_a_column_without_doubt_is_read_day_first(written, days):
    assert read_column("date", written) == (days, [])


def test_an_impossible_date_says_nothing_about_the_others():
    assert read_column("date", ["31/02/2017", "13/13/2017", "05/04/2014"])[0] == [
        "not_date",
        "not_date",
        date(2014, 4, 5),
    ]


def test_the_problem_has_two_examples_and_stands_at_the_first_row():
    [(positions, value, breach)] = columns.read(
        "date", ["2014", "05/04/2014", "08/20/2016"], TODAY
    ).together
    assert (positions.tolist(), value) == ([1, 2], "05/04/2014")
    assert breach.values == {"examples": ["08/20/2016", "05/04/2014"], "count": 2}


@pytest.mark.parametrize("write", [workbooks.xlsx, workbooks.csv_folder])
def test_another_column_of_the_file_is_in_doubt_too(tmp_path, write):
    """Who mends the column that tells, and no other, would have the others stored swapped."""
    sheets = workbooks.good()
    sheets["KUB"] = [
        kub("K1", tanggal_berdiri="08/20/2014", tanggal_tutup="05/04/2019"),
        kub("K2", tanggal_berdiri="05/04/2014", tanggal_tutup=None),
    ]
    sheets["Laporan"] = [report("K1", "31/12/2018"), report("K2", "01/02/2018")]
    checked = read([write(tmp_path / "uji.xlsx", sheets)], TODAY)
    assert [(p.rule, p.row, p.column) for p in checked.problems] == [
        ("date_month_first", 2, "tanggal_berdiri"),
        ("date_month_first_elsewhere", 2, "tanggal_tutup"),
    ]
    for lang in LANGUAGES:
        what, _ = checked.problems[1].message(of(lang))
        assert "05/04/2019" in what


_FORMATS = (
    "{d:02}/{m:02}/{y}",
    "{m:02}/{d:02}/{y}",
    "{d}-{m}-{y}",
    "{m}-{d}-{y}",
    "{m}/{d}/{y} 10:22 AM",
    "{y}-{m:02}-{d:02}",
)


@pytest.mark.faults
@given(
    st.lists(st.dates(date(1950, 1, 1), TODAY), min_size=1, max_size=8), st.sampled_from(_FORMATS)
)
@settings(max_examples=examples(200))
def test_a_column_in_one_order_is_read_truly_or_told(days, pattern):
    """Of month-first columns only those can be told in which some day lies after the twelfth."""
    values, told = read_column(
        "date", [pattern.format(d=day.day, m=day.month, y=day.year) for day in days]
    )
    if not pattern.startswith("{m") or any(day.day > 12 for day in days):
        assert all(value == day or value in told for value, day in zip(values, days, strict=True))
        assert not told or pattern.startswith("{m")
