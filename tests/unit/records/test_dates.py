"""Dates as offices write them: one day, or a month or year of which only the last day is kept."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub.records import cells
from kub.records.dates import DateRange
from kub.records.problems import Breach
from kub.words import of
from tests.support.cells import read_cell
from tests.support.workbooks import TODAY

NOVEMBER_3 = date(2017, 11, 3)


@pytest.mark.parametrize(
    "value",
    [
        NOVEMBER_3,
        datetime(2017, 11, 3, 8, 30),
        "2017-11-03",
        " 2017-11-03\N{NO-BREAK SPACE}",
        "2017-11-03 00:00:00",
        "2017-11-03T00:00:00",
        "2017/11/03",
        "03/11/2017",
        "3/11/2017",
        "03-11-2017",
        "3.11.2017",
        "3 November 2017",
        "3  NOPEMBER 2017",
        "3 Nov 2017",
        "3-Nop-2017",
        "3 nov. 2017",
        "Jumat, 3 November 2017",
        "Jum'at 3 November 2017",
        "Friday, 3 November 2017",
        "November 3, 2017",
        "3 November, 2017",
        "3rd November 2017",
        "Fri, 3 Nov 2017",
        "03 / 11 / 2017",
        "'03/11/2017",
        '="2017-11-03"',
        # The day as written, whatever the zone.
        "2017-11-03T10:22:33.000+07:00",
        "2017-11-03T23:59:59Z",
        "2017-11-03 10:22:33.123456+07",
        "03/11/2017 10:22:33",
        "03.11.2017 10.22",
        "3 November 2017 10:22 WIB",
        "Jumat, 3 November 2017 pukul 10.22 WIB",
        "Nov 3, 2017 10:22 AM",
        "Fri Nov 03 2017 10:22:33 GMT+0700 (Waktu Indonesia Barat)",
    ],
)
def test_one_day_in_many_writings(value):
    assert read_cell("date", value) == NOVEMBER_3


MONTHS = [
    ("Januari", "January", "Jan"),
    ("Februari", "Pebruari", "Feb", "Peb"),
    ("Maret", "March", "Mar"),
    ("April", "Apr"),
    ("Mei", "May"),
    ("Juni", "June", "Jun"),
    ("Juli", "July", "Jul"),
    ("Agustus", "August", "Agt", "Agu", "Ags", "Aug"),
    ("September", "Sept", "Sep"),
    ("Oktober", "October", "Okt", "Oct"),
    ("November", "Nopember", "Nov", "Nop"),
    ("Desember", "December", "Des", "Dec"),
]


@pytest.mark.parametrize(
    ("number", "name"), [(n, name) for n, names in enumerate(MONTHS, 1) for name in names]
)
def test_names_of_months(number, name):
    assert read_cell("date", f"5 {name} 2018") == date(2018, number, 5)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2017-11", date(2017, 11, 1), date(2017, 11, 30)),
        ("11/2017", date(2017, 11, 1), date(2017, 11, 30)),
        ("November 2017", date(2017, 11, 1), date(2017, 11, 30)),
        ("Feb-2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        (2012, date(2012, 1, 1), date(2012, 12, 31)),
        (2012.0, date(2012, 1, 1), date(2012, 12, 31)),
        ("2026", date(2026, 1, 1), TODAY),
        ("2026-11", date(2026, 11, 1), TODAY),
    ],
)
def test_a_month_or_year_is_its_last_day_but_not_after_today(value, first, last):
    assert cells.read("date", value, TODAY) == DateRange(first, last)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("2026-11-25", "future_date"),
        ("2027", "future_date"),
        (date(2027, 1, 1), "future_date"),
        ("11/30/2017", "not_date"),
        ("31/02/2017", "not_date"),
        ("0/11/2017", "not_date"),
        ("2017-13", "not_date"),
        ("3 Novembre 2017", "not_date"),
        ("03/11/17", "two_digit_year"),
        ("3-Nov-17", "two_digit_year"),
        ("17/11/03", "two_digit_year"),
        (0, "zero_date"),
        (0.0, "zero_date"),
        ("0", "zero_date"),
        ("00/01/1900", "zero_date"),
        ("1/0/1900", "zero_date"),
        ("1900-01-00", "zero_date"),
        ("30/12/1899", "zero_date"),
        ("00/00/0000", "zero_date"),
        ("0000-00-00", "zero_date"),
        (datetime(1899, 12, 30), "zero_date"),
        (date(1900, 1, 1), "zero_date"),
        (time(0, 0), "zero_date"),
        ("2017 11.03", "not_date"),
        ("20171103", "not_date"),
        ("kemarin", "not_date"),
        ("1789", "not_date"),
        (True, "not_date"),
        (time(3, 4), "not_date"),
        (2012.5, "not_date"),
        (date(1905, 7, 9), "year_as_date"),
        (43042.0, "date_serial"),
        (43042.25, "date_serial"),
        ("43042", "date_serial"),
    ],
)
def test_what_is_no_date(value, rule):
    assert read_cell("date", value) == rule


def test_a_lost_date_format_is_named_with_the_day_it_was():
    serial = cells.read("date", 43042.0, TODAY)
    typed_year = cells.read("date", date(1905, 7, 9), TODAY)
    assert isinstance(serial, Breach) and serial.values == {"meant": NOVEMBER_3}
    assert isinstance(typed_year, Breach) and typed_year.values == {"meant": 2017}


@given(st.dates(date(1906, 1, 1), TODAY))
def test_every_day_is_read_back_from_every_writing(day):
    written = [
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        of("id").date(day),
        of("en").date(day),
        datetime.combine(day, time()),
    ]
    assert {read_cell("date", value) for value in written} == {day}
