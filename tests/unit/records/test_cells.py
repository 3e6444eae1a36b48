"""Single cells, as offices write them; and whole columns, which must read the same."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub.records import cells
from kub.records.problems import Breach
from tests.support.cells import read_cell
from tests.support.workbooks import TODAY

NOVEMBER_3 = date(2017, 11, 3)


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
        ("25 orang", "number_unit"),
        ("1.5 juta", "number_unit"),
        ("9" * 50, "not_number"),
        (True, "not_number"),
        (float("inf"), "not_number"),
        (NOVEMBER_3, "date_in_number"),
        ("#REF!", "formula_error"),
    ],
)
def test_numbers(value, number):
    assert read_cell("number", value) == number


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_both_writings_give_the_same_number(whole, cents):
    grouped = f"{whole:,}"
    indonesian = f"{grouped.replace(',', '.')},{cents:02}"
    assert (
        read_cell("number", indonesian)
        == read_cell("number", f"{whole}.{cents:02}")
        == float(f"{whole}.{cents:02}")
    )
    if whole >= 1000:
        assert read_cell("number", f"{grouped}.{cents:02}") == read_cell("number", indonesian)


@given(st.integers(0, cells.LARGEST_COUNT))
def test_counts_round_trip(number):
    written = [number, float(number), str(number), f"{number:,}".replace(",", "."), f"{number}.0"]
    assert {read_cell("count", value) for value in written} == {number}


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
        ("target_indicator", "Omzet", "omzet"),
        ("target_indicator", "siswa", "unknown_indicator"),
        ("target_value", 60, 60),
        ("target_value", "60 %", 60),
        ("target_value", "60 orang", "number_unit"),
        ("target_value", -1, "negative"),
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
    assert read_cell(kind, value) == expected


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
    assert read_cell("sector", written) == sector


def test_an_unknown_sector_names_what_is_near():
    breach = cells.read("sector", "kulinr", TODAY)
    assert isinstance(breach, Breach) and breach.values["near"] == ["kuliner (makanan)"]


@pytest.mark.parametrize(
    "nothing", [None, "", "  ", "\N{NO-BREAK SPACE}", "-", "\N{EM DASH}", float("nan")]
)
def test_nothing_written(nothing):
    assert cells.read("text", nothing, TODAY) is None
