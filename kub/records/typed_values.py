"""What people type into a field → a number or a day, or what to write instead.

Typed text is read as workbooks are (kub/records/cells.py), in the writing of the page's language:
`1.094.214` and `12,5` in Indonesian, `1,094,214` and `12.5` in English. Writing that only the other
language explains is read as that one. Where the reading of the page's language cannot be meant and
the other one can (`1,450` people on an Indonesian page), both are named and neither is chosen.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kub.records import dates
from kub.records.cells import LARGEST_COUNT, clean, is_empty
from kub.records.problems import Breach
from kub.words import Words

SEPARATORS = {"id": (".", ","), "en": (",", ".")}  # (between thousands, before decimals)
LONGEST = 40  # characters of a number; as long a text is repeated in a message
DECIMALS = 3
_SIGNS = {"，": ",", "．": ".", "－": "-", "＋": "+", "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"}
_SPACED = re.compile(r"(\d{1,3}(?: \d{3})+)(?=[.,]|$)")
_AROUND_SEPARATORS = re.compile(r"(?<=[.,]) | (?=[.,])")
_TWO_NUMBERS_AND_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class Rejected:
    """Text that is not a value for its field.

    rule: key under [typed] in the words. values: already written.
    """

    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def message(self, words: Words) -> str:
        """What to write instead."""
        return words(f"typed.{self.rule}", **self.values)


@dataclass(frozen=True)
class Expected:
    """Which numbers a field takes: from low to high; grouped:
    shown with thousands (years are not).
    """

    low: float = 0
    high: float = LARGEST_COUNT
    whole: bool = True
    grouped: bool = True

    def write(self, number: float, words: Words) -> str:
        """The number as its field shows it: `1.094.214`, `14,4`, `2026`."""
        if not self.grouped:
            return str(int(number))
        decimals = 0 if float(number).is_integer() else DECIMALS
        digits = words.number(number, decimals)
        mark = SEPARATORS[words.lang][1]
        return digits.rstrip("0").rstrip(mark) if mark in digits else digits

    def example(self, words: Words) -> str:
        """A number to write here, for messages."""
        if not self.whole:
            return self.write(12.5, words)
        return self.write(1250 if self.high >= 10_000 else self.high, words)


@dataclass(frozen=True)
class ExpectedDay:
    """Which days a field takes, both ends included; days still to come among them.

    Months and years are no days.
    """

    earliest: date
    latest: date


def read_number(text: str, expected: Expected, words: Words) -> float | Rejected | None:
    """The number in a field (an int where whole ones are
    expected), None where nothing is written.
    """
    written = _digits(text)
    if is_empty(written):
        return None
    shown = {"text": clean(text)[:LONGEST], "example": expected.example(words)}
    sign, digits = written[0], re.sub(r"^[+-] ?", "", written)
    own, other = (
        _reading(digits, *SEPARATORS[lang])
        for lang in sorted(SEPARATORS, key=lambda lang: lang != words.lang)
    )
    # Only the other language explains it: 12.5 on an Indonesian page is 12,5.
    if own is None:
        own, other = other, None
    if own is None or len(digits) > LONGEST:
        return Rejected("not_number", shown)
    if sign == "-" and own:
        return Rejected("negative", shown)
    rule = _broken(own, expected)
    if not rule:
        return int(own) if expected.whole else own
    # Refused: to choose the reading that fits. A room full of guests would see a wrong number.
    if other is not None and other != own and not _broken(other, expected):
        first, second = (_exact(number, words) for number in (own, other))
        meant = expected.write(other, words)
        return Rejected("two_readings", shown | {"first": first, "second": second, "meant": meant})
    ends = {
        "low": expected.write(expected.low, words),
        "high": expected.write(expected.high, words),
    }
    return Rejected(rule, shown | ends)


def read_day(
    text: str,
    words: Words,
    today: date,
    expected: ExpectedDay | None = None,
) -> date | Rejected | None:
    """The day in a field, None where nothing is written.

    Unless other days are expected: today at most, and a month or year alone is its last day.
    """
    written = _digits(text)
    if is_empty(written):
        return None
    example = today if expected else date(today.year - 1, 12, 31)
    shown = {"text": written[:LONGEST], "example": words.date(example), "today": today}
    span = dates.span(written, date.max if expected else today)
    if isinstance(span, Breach):
        rule = "future" if span.rule == "future_date" else "not_date"
        return Rejected(rule, shown)
    # 03/04/2025 is the third of April to an Indonesian; readers of English disagree among
    # themselves.
    numbers = _TWO_NUMBERS_AND_YEAR.fullmatch(written)
    if words.lang == "en" and numbers:
        day, month, year = map(int, numbers.groups())
        if day != month and day <= 12:
            both = {"first": date(year, month, day), "second": date(year, day, month)}
            return Rejected("two_days", shown | both)
    # "November 2026" is no day on which a delegation can come.
    if expected and span.first != span.last:
        return Rejected("no_day", shown)
    if expected and not expected.earliest <= span.last <= expected.latest:
        return Rejected("day_range", shown | vars(expected))
    return span.last


def _digits(text: str) -> str:
    """Decimal digits and signs of any script as ours (full-width ones
    too), without blanks between thousands.
    """
    signs = (_SIGNS.get(sign, "") or str(unicodedata.decimal(sign, sign)) for sign in text)
    joined = _AROUND_SEPARATORS.sub("", clean("".join(signs)))
    return _SPACED.sub(lambda match: match[1].replace(" ", ""), joined)


def _reading(digits: str, group: str, mark: str) -> float | None:
    """The number that a language's writing makes of digits, if it makes any."""
    pattern = rf"(\d+|[1-9]\d{{0,2}}(?:\{group}\d{{3}})+)(?:\{mark}\d+)?"
    if not re.fullmatch(pattern, digits, re.ASCII):
        return None
    return float(digits.replace(group, "").replace(mark, "."))


def _broken(number: float, expected: Expected) -> str:
    """The rule that a number breaks, or ""."""
    if expected.whole and not number.is_integer():
        return "fraction"
    return "" if expected.low <= number <= expected.high else "range"


def _exact(number: float, words: Words) -> str:
    return Expected().write(number, words)
