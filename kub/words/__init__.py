"""Every word the product says, in two languages, and how numbers and dates are written in each.

The words themselves are data: `id/*.toml` and `en/*.toml`, one file per area, the same keys and
placeholders in both (tests/unit/words/test_words.py). A template says how a value is written:
`{active:n}` number, `{rate:n1}` one decimal, `{share:p}` percent (of a 0-1 share), `{share:p0}`,
`{change:s}` signed percent, `{rows:c row|rows}` number with its noun, the first for 1, `{money:rp}`
rupiah, `{money:rp3}` in three digits, `{on:d}` date; `{name}` as it is. Missing values are written
"–".
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

Language = Literal["id", "en"]
LANGUAGES: tuple[str, ...] = get_args(Language)
MISSING = "–"
NOUNS = {"groups": "KUB", "of_groups": "", "aimed": ""}
MINUS = "\N{MINUS SIGN}"
# Python's signs in those of each language; the minus because Babel too writes a hyphen, at which
# lines break and which is too short beside digits.
SIGNS = {
    "id": str.maketrans({",": ".", ".": ",", "-": MINUS}),
    "en": str.maketrans({"-": MINUS}),
}
DIGITS = 20  # before the comma; Babel keeps 28 in all, which only longer numbers exceed


@cache
def _parsed(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as (text, name of the placeholder after it, how that is written).

    str.format would hand every value to Python's own formats, with a point before decimals.
    """
    fields = string.Formatter().parse(text)
    return tuple((literal, name, spec or "") for literal, name, spec, _ in fields)


@dataclass(frozen=True)
class Words:
    """One language. Call it with a dotted key and values: words("growth.title", active=203).

    nouns: placeholders that every text may use without being handed them; filters narrow them to
    'KUB kerajinan', ' KUB kerajinan' (as in "312 anggota KUB kerajinan") and ' sasaran'
    (kub/findings/narrowing.py).
    """

    lang: str
    texts: Mapping[str, str]
    nouns: Mapping[str, str] = field(default_factory=lambda: dict(NOUNS))

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises KeyError for an unknown key."""
        written = []
        for literal, name, spec in _parsed(self.texts[key]):
            written.append(literal)
            if name is not None:
                value = values[name] if name in values else self.nouns[name]
                written.append(self.write(value, spec))
        return "".join(written)

    def has(self, key: str) -> bool:
        """Whether there is a text under `key`."""
        return key in self.texts

    def write(self, value: Any, spec: str = "") -> str:
        """One value as this language writes it; specs as in the module's docstring."""
        # pandas has several kinds of missing values; NaN is the one that differs from itself.
        if (
            value is None
            or value is pd.NA
            or value is pd.NaT
            or (isinstance(value, float) and value != value)
        ):
            return MISSING
        if spec == "":
            return str(value)
        if spec == "d":
            return self.date(value)
        if spec == "rp":
            return self.rupiah(value)
        if spec == "rp3":
            # For titles and labels, in which an amount must not break.
            return self.rupiah(float(f"{value:.3g}")).replace(" ", "\N{NO-BREAK SPACE}")
        if spec.startswith("c "):
            singular, _, plural = spec[2:].partition("|")
            noun = singular if value == 1 else plural
            return f"{self.number(value)} {noun}"
        kind = spec[0]
        usual = "0" if kind == "n" else "1"
        decimals = spec[1:] or usual
        if kind == "n" and decimals.isdigit():
            return self.number(value, int(decimals))
        if kind in "ps" and decimals.isdigit():
            sign = "+" if kind == "s" and value > 0 else ""
            return sign + self.percent(value, int(decimals))
        raise ValueError(f"unknown way of writing: {spec!r}")

    def number(self, value: float, decimals: int = 0) -> str:
        """'1.234,5' in Indonesian, '1,234.5' in English."""
        exact = Decimal(str(value))
        if not exact.is_finite() or exact.adjusted() > DIGITS:
            return self._by_babel(value, decimals)
        # As Babel rounds and groups, fifty times as fast: a page writes three hundred numbers.
        return f"{exact:,.{decimals}f}".translate(SIGNS[self.lang])

    def _by_babel(self, value: float, decimals: int) -> str:
        pattern = "#,##0"
        if decimals:
            pattern += "." + "0" * decimals
        return format_decimal(value, pattern, locale=self.lang).replace("-", MINUS)

    def percent(self, share: float, decimals: int = 1) -> str:
        """'12,3 %' of the share 0.123."""
        # Indonesian sets a blank before the sign; a line must not break there.
        sign = "\N{NO-BREAK SPACE}%" if self.lang == "id" else "%"
        return self.number(share * 100, decimals) + sign

    def rupiah(self, value: float) -> str:
        """'Rp 3,87 miliar'. value: rupiah."""
        compact = format_compact_decimal(
            value, format_type="long", locale=self.lang, fraction_digits=2
        )
        return f"Rp\N{NO-BREAK SPACE}{compact}"

    def rupiah_range(self, low: float, high: float) -> str:
        """'Rp 20–40 juta', 'Rp 800 ribu–1,2 juta'."""
        start, end = (
            self.rupiah(value).partition("\N{NO-BREAK SPACE}")[2] for value in (low, high)
        )
        # The word for millions is written once where both ends have it, and of nothing not at all.
        number, _, word = start.partition(" ")
        return f"Rp\N{NO-BREAK SPACE}{number if end.endswith(word) else start}–{end}"

    def date(self, on: date) -> str:
        """'30 Juni 2023'."""
        return _date(date(on.year, on.month, on.day), self.lang)

    def regency(self, name: str) -> str:
        """'Kabupaten Batang' as 'Batang Regency' in English, 'Kota
        Cilegon (2)' as 'Cilegon City (2)'.
        """
        # Programmes of the same regency differ by a number in brackets, which stays behind.
        official, bracket, more = name.partition(" (")
        kind, _, place = official.partition(" ")
        key = f"regency.{kind.casefold()}"
        if place and key in self.texts:
            return self(key, place=place) + bracket + more
        return name

    def listing(self, items: list[str]) -> str:
        """'a, b dan c' / 'a, b and c'."""
        # A plain "and" also before a name that holds one: what reads lists back relies on it.
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.texts['words.and']} {items[-1]}"


@lru_cache(maxsize=4096)
def _date(on: date, lang: str) -> str:
    return format_date(on, "d MMMM y", locale=lang)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


@cache
def of(lang: str) -> Words:
    """The words of "id" or "en".

    Raises KeyError for another language, ValueError for a key that two files define.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    texts: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / lang).glob("*.toml")):
        new = _flatten(tomllib.loads(path.read_text("utf-8")))
        # Which of two texts wins would depend on the names of the files.
        if twice := texts.keys() & new.keys():
            raise ValueError(f"{path.name} says again: {sorted(twice)}")
        texts |= new
    return Words(lang, texts)
