"""Single cells, as offices write them; and whole columns, which must read the same."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import cells
from kub.dates import Span
from kub.problems import Breach
from kub.words import of

TODAY = date(2026, 11, 24)
NOVEMBER_3 = date(2017, 11, 3)


def read(kind, value):
    """The value, the last day of a date, or the rule that is broken."""
    cell = cells.read(kind, value, TODAY)
    if isinstance(cell, Breach):
        return cell.rule
    return cell.last if isinstance(cell, Span) else cell


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
    ],
)
def test_one_day_in_many_writings(value):
    assert read("date", value) == NOVEMBER_3


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


@pytest.mark.parametrize(("number", "name"), [(n, name) for n, names in enumerate(MONTHS, 1) for name in names])
def test_names_of_months(number, name):
    assert read("date", f"5 {name} 2018") == date(2018, number, 5)


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
    assert cells.read("date", value, TODAY) == Span(first, last)


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
        ("03/11/17", "not_date"),
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
    assert read("date", value) == rule


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
    assert {read("date", value) for value in written} == {day}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2.305", 2305.0),
        ("1.250.000,50", 1250000.5),
        ("2305", 2305.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0.567", 0.567),
        ("1250000.0", 1250000.0),
        ("1234.567", 1234.567),
        ("1,250,000", 1250000.0),
        ("1,250,000.50", 1250000.5),
        ("Rp 1.000", 1000.0),
        ("Rp. 1.000,-", 1000.0),
        ("Rp1.000", 1000.0),
        ("IDR 1.000", 1000.0),
        ("-5", -5.0),
        ("\N{MINUS SIGN}5", -5.0),
        (" 2 305 ", 2305.0),
        (2305, 2305.0),
        ("2.30.5", "not_number"),
        ("25 orang", "not_number"),
        ("1.5 juta", "not_number"),
        ("9" * 50, "not_number"),
        (True, "not_number"),
        (float("inf"), "not_number"),
        (NOVEMBER_3, "not_number"),
        ("#REF!", "formula_error"),
    ],
)
def test_numbers(value, number):
    assert read("number", value) == number


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_both_writings_give_the_same_number(whole, cents):
    grouped = f"{whole:,}"
    indonesian = f"{grouped.replace(',', '.')},{cents:02}"
    assert read("number", indonesian) == read("number", f"{whole}.{cents:02}") == float(f"{whole}.{cents:02}")
    if whole >= 1000:
        assert read("number", f"{grouped}.{cents:02}") == read("number", indonesian)


@given(st.integers(0, cells.LARGEST_COUNT))
def test_counts_round_trip(number):
    written = [number, float(number), str(number), f"{number:,}".replace(",", "."), f"{number}.0"]
    assert {read("count", value) for value in written} == {number}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("count", -1, "negative"),
        ("count", 2.305, "fractional"),
        ("count", "12,5", "fractional"),
        ("count", 2**31, "too_large"),
        ("count", "dua", "not_number"),
        ("money", "-1", "negative"),
        ("money", "1.000", 1000.0),
        ("coordinate", "-6.906", -6.906),
        ("coordinate", "109,791", 109.791),
        ("coordinate", 109.791, 109.791),
        ("coordinate", -6906, "not_coordinate"),
        ("coordinate", "selatan", "not_coordinate"),
        ("year", 2020.0, 2020),
        ("year", "2020", 2020),
        ("year", "20", "not_year"),
        ("year", 2020.5, "not_year"),
        ("year", True, "not_year"),
        ("flag", "YA", True),
        ("flag", "y", True),
        ("flag", 1.0, True),
        ("flag", "true", True),
        ("flag", "tidak", False),
        ("flag", "t", False),
        ("flag", False, False),
        ("flag", "mungkin", "not_flag"),
        ("level", "mts", "MTs"),
        ("level", " sd ", "SD"),
        ("level", "TK", "unknown_level"),
        ("indicator", "KUB", "kub"),
        ("indicator", "omzet", "unknown_indicator"),
        ("code", 12.0, "12"),
        ("code", "007", "007"),
        ("text", "  Sido\tMakmur\n II ", "Sido Makmur II"),
        ("text", "a\x00b\u202ec\x85d", "abc d"),
        ("text", 12.5, "12.5"),
        ("text", True, "ya"),
        ("text", NOVEMBER_3, "2017-11-03"),
        ("text", datetime(2017, 11, 3), "2017-11-03"),
        ("text", "=1+1", "=1+1"),
        ("village", "3325132010", "33.25.13.2010"),
        ("village", 3325132010.0, "33.25.13.2010"),
        ("village", "33.25.13.2010", "33.25.13.2010"),
        ("village", "33.25.13", "not_village_code"),
        ("regency", 33.25, "33.25"),
        ("regency", 33.2, "33.20"),
        ("regency", "33.2", "33.20"),
        ("regency", "33,25", "33.25"),
        ("regency", 3325.0, "33.25"),
        ("regency", "Kab. Batang", "33.25"),
        ("regency", "99.07", "99.07"),
        ("regency", "88.88", "unknown_regency"),
        ("regency", "Pekalongan", "unknown_regency"),
    ],
)
def test_other_kinds(kind, value, expected):
    assert read(kind, value) == expected


@pytest.mark.parametrize(
    ("written", "sector"),
    [
        ("Makanan", "makanan"),
        ("MAKANAN RINGAN", "makanan"),
        ("Makanan & Minuman", "makanan"),
        ("kuliner", "makanan"),
        ("penatu", "laundry"),
        ("Jasa", "laundry"),
        ("KSP", "koperasi"),
        ("simpan-pinjam", "koperasi"),
        ("konveksi", "lainnya"),
        ("Ternak", "lainnya"),
        ("batik", "kerajinan"),
        ("tambang", "unknown_sector"),
    ],
)
def test_sectors(written, sector):
    assert read("sector", written) == sector


def test_an_unknown_sector_names_what_is_near():
    breach = cells.read("sector", "kulinr", TODAY)
    assert isinstance(breach, Breach) and breach.values["near"] == ["kuliner (makanan)"]


@pytest.mark.parametrize("nothing", [None, "", "  ", "\N{NO-BREAK SPACE}", "-", "\N{EM DASH}", float("nan")])
def test_nothing_written(nothing):
    assert cells.read("text", nothing, TODAY) is None
