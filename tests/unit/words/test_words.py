"""Both languages say the same things with the same values, and write numbers as their people do."""

import string
from datetime import date

import numpy as np
import pandas as pd
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kub import words

ID, EN = words.of("id"), words.of("en")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(ID.texts) == set(EN.texts)


def test_both_languages_use_the_same_placeholders() -> None:
    differing = [
        key for key in ID.texts if placeholders(ID.texts[key]) != placeholders(EN.texts[key])
    ]
    assert differing == []


def test_no_text_is_empty() -> None:
    assert [key for w in (ID, EN) for key, text in w.texts.items() if not text.strip()] == []


@pytest.mark.parametrize(
    ("value", "spec", "indonesian", "english"),
    [
        (2305, "n", "2.305", "2,305"),
        (1, "c row|rows", "1 row", "1 row"),
        (2305, "c row|rows", "2.305 rows", "2,305 rows"),
        (14.371, "n1", "14,4", "14.4"),
        (0.571, "p", "57,1\N{NO-BREAK SPACE}%", "57.1%"),
        (0.571, "p0", "57\N{NO-BREAK SPACE}%", "57%"),
        (0.05, "s", "+5,0\N{NO-BREAK SPACE}%", "+5.0%"),
        (-0.05, "s0", "\N{MINUS SIGN}5\N{NO-BREAK SPACE}%", "\N{MINUS SIGN}5%"),
        (
            3_866_000_000,
            "rp",
            "Rp\N{NO-BREAK SPACE}3,87 miliar",
            "Rp\N{NO-BREAK SPACE}3.87 billion",
        ),
        (date(2023, 6, 30), "d", "30 Juni 2023", "30 June 2023"),
        (2023, "", "2023", "2023"),
        (None, "n", "–", "–"),
        (float("nan"), "p", "–", "–"),
        (pd.NaT, "d", "–", "–"),
        (pd.NA, "", "–", "–"),
    ],
)
def test_values_are_written_as_each_language_writes_them(
    value: object, spec: str, indonesian: str, english: str
) -> None:
    assert (ID.write(value, spec), EN.write(value, spec)) == (indonesian, english)


numbers = st.one_of(
    st.integers(-(10**24), 10**24),
    st.floats(allow_nan=False),
    # Halves, where rounding decides, and the scalars that frames hold.
    st.integers(-(10**7), 10**7).map(lambda n: n / 8),
    st.integers(-(10**9), 10**9).map(np.int64),
    st.floats(-1e6, 1e6).map(np.float64),
)


@given(numbers, st.integers(0, 3), st.sampled_from([ID, EN]))
def test_a_number_is_written_as_babel_writes_it(
    value: float, decimals: int, language: words.Words
) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    try:
        expected = format_decimal(value, pattern, locale=language.lang)
    except ArithmeticError:  # more digits than it keeps
        return
    assert language.number(value, decimals) == expected.replace("-", words.MINUS)


@given(st.dates())
def test_a_date_is_written_as_babel_writes_it(on: date) -> None:
    for language in (ID, EN):
        written = format_date(on, "d MMMM y", locale=language.lang)
        assert language.date(on) == language.date(pd.Timestamp(on)) == written


def test_a_text_asks_for_its_values() -> None:
    with pytest.raises(KeyError, match="sector"):
        ID("sectors.part", share=0.1)
    assert EN("sectors.part", sector="crafts", share=0.13) == "crafts 13%"


def test_an_unknown_way_of_writing_is_an_error() -> None:
    with pytest.raises(ValueError, match="zz"):
        ID.write(1, "zz")


def test_an_unknown_language_or_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.of("nl")
    with pytest.raises(KeyError):
        ID("no.such.key")


def test_lists_are_joined_with_a_word() -> None:
    assert ID.listing(["a"]) == "a"
    assert ID.listing(["a", "b", "c"]) == "a, b dan c"
    assert EN.listing(["a", "b", "c"]) == "a, b and c"


def test_the_unit_of_a_range_of_money_is_written_once() -> None:
    write = words.of("id").rupiah_range
    nbsp = "\N{NO-BREAK SPACE}"
    assert write(0, 20_000_000) == f"Rp{nbsp}0–20 juta"
    assert write(20_000_000, 40_000_000) == f"Rp{nbsp}20–40 juta"
    assert write(800_000, 1_200_000) == f"Rp{nbsp}800 ribu–1,2 juta"
    assert words.of("en").rupiah_range(0, 300) == f"Rp{nbsp}0–300"
