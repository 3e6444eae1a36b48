"""What people type into fields: read in the language's writing,
or told what to write, never guessed.
"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.records.typed_values import Expected, ExpectedDay, Rejected, read_day, read_number
from kub.store.versions import ROOT
from kub.words import LANGUAGES

ID, EN = words.of("id"), words.of("en")
COUNT = Expected()
SIZE = Expected(2, 500, whole=False)
YEAR = Expected(2000, 2100, grouped=False)
TODAY = date(2026, 11, 24)
TO_COME = ExpectedDay(date(2000, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("1.094.214", 1_094_214, 1_094_214),
        ("1,094,214", 1_094_214, 1_094_214),
        ("1094214", 1_094_214, 1_094_214),
        ("1.450", 1450, "two_readings"),
        ("1,450", "two_readings", 1450),
        (" 1 094 214 ", 1_094_214, 1_094_214),
        ("1\N{NO-BREAK SPACE}094\N{NARROW NO-BREAK SPACE}214", 1_094_214, 1_094_214),
        ("1. 094. 214", 1_094_214, 1_094_214),
        ("\N{ZERO WIDTH SPACE}1094214\ufeff\t", 1_094_214, 1_094_214),
        ("１．０９４．２１４", 1_094_214, 1_094_214),
        ("１２", 12, 12),
        ("+12", 12, 12),
        ("12,0", 12, 12),
        ("0", 0, 0),
        ("12,5", "fraction", "fraction"),
        ("12.5", "fraction", "fraction"),
        ("-5", "negative", "negative"),
        ("\N{MINUS SIGN}5", "negative", "negative"),
        ("--5", "not_number", "not_number"),
        ("1e3", "not_number", "not_number"),
        ("abc", "not_number", "not_number"),
        ("nan", "not_number", "not_number"),
        ("1_000", "not_number", "not_number"),
        ("12²", "not_number", "not_number"),
        ("12 5", "not_number", "not_number"),
        ("1.09.4214", "not_number", "not_number"),
        ("1.094,214,5", "not_number", "not_number"),
        ("1094 jiwa", "not_number", "not_number"),
        ("1.000.000.000.000", "range", "range"),
        ("9" * 41, "not_number", "not_number"),
        ("", None, None),
        ("\N{NO-BREAK SPACE}", None, None),
        ("-", None, None),
    ],
)
def test_a_count_is_read_as_the_language_writes_it(
    text: str, indonesian: object, english: object
) -> None:
    for said, wanted in ((ID, indonesian), (EN, english)):
        value = read_number(text, COUNT, said)
        assert (value.rule if isinstance(value, Rejected) else value) == wanted
        if isinstance(value, Rejected):
            assert value.message(said)


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("14,4", 14.4, 14.4),
        ("14.4", 14.4, 14.4),
        ("12.500", "two_readings", 12.5),
        ("12,500", 12.5, "two_readings"),
        ("1,9", "range", "range"),
        ("501", "range", "range"),
    ],
)
def test_a_number_with_decimals(text: str, indonesian: object, english: object) -> None:
    for said, wanted in ((ID, indonesian), (EN, english)):
        value = read_number(text, SIZE, said)
        assert (value.rule if isinstance(value, Rejected) else value) == wanted


def test_both_readings_are_named_and_what_to_write() -> None:
    value = read_number("1,450", COUNT, ID)
    assert isinstance(value, Rejected)
    assert (
        value.message(ID)
        == "“1,450” dapat berarti 1,45 atau 1.450. Bila maksudnya 1.450, tulis 1.450."
    )
    value = read_number("1.450", COUNT, EN)
    assert isinstance(value, Rejected)
    assert value.message(EN) == "“1.450” could be 1.45 or 1,450. If 1,450 is meant, write 1,450."


def test_a_number_is_shown_back_with_its_thousands() -> None:
    assert [COUNT.write(1_094_214, said) for said in (ID, EN)] == ["1.094.214", "1,094,214"]
    assert [SIZE.write(14.4, said) for said in (ID, EN)] == ["14,4", "14.4"]
    assert SIZE.write(20.0, ID) == "20" and YEAR.write(2026, ID) == "2026"


@given(st.integers(0, 2**31 - 1), st.sampled_from(LANGUAGES))
def test_what_is_shown_is_read_again(number: int, lang: str) -> None:
    said = words.of(lang)
    assert read_number(COUNT.write(number, said), COUNT, said) == number


@given(
    st.integers(2_000, 500_000).map(lambda thousandths: thousandths / 1000),
    st.sampled_from(LANGUAGES),
)
def test_decimals_that_are_shown_are_read_again(number: float, lang: str) -> None:
    said = words.of(lang)
    assert read_number(SIZE.write(number, said), SIZE, said) == pytest.approx(number)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_a_number_or_a_message(text: str, lang: str) -> None:
    said = words.of(lang)
    value = read_number(text, COUNT, said)
    assert value is None or (
        value.message(said) if isinstance(value, Rejected) else 0 <= value < 2**31
    )
    for expected in (None, TO_COME):
        day = read_day(text, said, TODAY, expected)
        assert not isinstance(day, Rejected) or day.message(said)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("31 Desember 2025", date(2025, 12, 31)),
        (" 2025-12-31 ", date(2025, 12, 31)),
        ("2025", date(2025, 12, 31)),
        ("2026", TODAY),
        ("03/03/2025", date(2025, 3, 3)),
        ("31/12/2030", "future"),
        ("31/02/2025", "not_date"),
        ("12/31/2025", "not_date"),
        ("kemarin", "not_date"),
        ("", None),
    ],
)
def test_a_day_is_read_as_in_workbooks(text: str, wanted: object) -> None:
    for said in (ID, EN):
        value = read_day(text, said, TODAY)
        assert (value.rule if isinstance(value, Rejected) else value) == wanted
        if isinstance(value, Rejected):
            assert value.message(said)


def test_days_that_english_writes_in_two_ways_are_told() -> None:
    assert read_day("03/04/2025", ID, TODAY) == date(2025, 4, 3)
    value = read_day("03/04/2025", EN, TODAY)
    assert isinstance(value, Rejected) and "3 April 2025 or 4 March 2025" in value.message(EN)
    assert read_day("3 April 2025", EN, TODAY) == date(2025, 4, 3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 Desember 2026", date(2026, 12, 1)),
        ("1 December 2026", date(2026, 12, 1)),
        ("31/12/2031", date(2031, 12, 31)),
        ("2000-01-01", date(2000, 1, 1)),
        ("1/1/2032", "day_range"),
        ("31 Desember 1999", "day_range"),
        ("20/02/2062", "day_range"),
        ("Desember 2026", "no_day"),
        ("2027", "no_day"),
        ("2040", "no_day"),
        ("31/02/2027", "not_date"),
        ("12/31/2026", "not_date"),
        ("01/12/26", "not_date"),
        ("besok", "not_date"),
        (" - ", None),
    ],
)
def test_days_to_come_are_whole_and_not_too_far(text: str, wanted: object) -> None:
    for said in (ID, EN):
        value = read_day(text, said, TODAY, TO_COME)
        assert (value.rule if isinstance(value, Rejected) else value) == wanted
        if isinstance(value, Rejected):
            assert value.message(said)


@given(st.dates(TO_COME.earliest, TO_COME.latest), st.sampled_from(LANGUAGES))
def test_a_day_that_is_shown_is_read_again(day: date, lang: str) -> None:
    said = words.of(lang)
    assert read_day(said.date(day), said, TODAY, TO_COME) == day


def test_no_page_has_fields_of_streamlits_for_numbers_and_days() -> None:
    """The one reads `1.094.214` as 1, the other names months in English."""
    files = [path for folder in ("kub", "pages") for path in (ROOT / folder).rglob("*.py")]
    theirs = re.compile(r"\b(number|date|time|datetime)_input\(")
    assert [path.name for path in files if theirs.search(path.read_text("utf-8"))] == []
