"""A date as an office wrote it → the days it can mean.

`2017-11-03`, `03/11/2017`, `3 November 2017` are one day. `2017-11` and `2017` are a span whose
last day is the date that is kept; its first day tells the rules that nothing in it came too early.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kub.records.problems import Breach
from kub.records.text import clean, unguarded

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = (
    "januari january jan",
    "februari february pebruari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agt agu ags agst aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_WEEKDAY = re.compile(
    r"^(senin|selasa|rabu|kamis|jum['\N{RIGHT SINGLE QUOTATION MARK}]?at|sabtu|minggu|ahad"
    r"|sen|sel|rab|kam|jum|sab|min|(mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)"
    r"\.?\s*,?\s+",
    re.IGNORECASE,
)
# The time of a stamp. The day is taken as written, without conversion to another zone.
# Hours and minutes with a point are known from a date by the year before them.
_TIME = re.compile(
    r"((?<=\d)(T|\s*,?\s+)\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?"
    r"|(?<=[/. -]\d{4})\s+\d{1,2}\.\d{2}(\.\d{2})?)"
    r"\s*([ap]\.?m\.?)?\s*(wib|wita|wit|z|utc|((utc|gmt)?\s*[+-]\d{1,2}(:?\d{2})?))?(\s*\(.*\))?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r",?\s+(pukul|pkl\.?|jam|at)\s+(?=\d)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_LOOSE = re.compile(r"(?<=\d)\s*([/.-])\s*(?=\d)")
# Each pattern names what it finds; a name of a month is looked up in _MONTH.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})",
        r"(?P<d>\d{1,2})[ -](?P<name>[a-z]+)[.,]?[ -](?P<y>\d{4})",
        r"(?P<name>[a-z]+)\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[/-](?P<y>\d{4})",
        r"(?P<name>[a-z]+)\.?[ -](?P<y>\d{4})",
        r"(?P<y>\d{4})",
    )
)
SHORT_YEAR = re.compile(
    (
        r"\d{1,2}[/.-]\d{1,2}[/.-]'?\d{2}|\d{1,2}[ -][a-z]+\.?[ -]'?\d{2}|[a-z]+\.? \d{1,2}, "
        r"?'?\d{2}|[a-z]+\.?[ -]'?\d{2}"
    ),
    re.IGNORECASE,
)
# How spreadsheets show a date cell that holds 0, or that a formula filled from an empty cell.
_ZERO = re.compile(
    r"0+([.,]0+)?|0{1,2}[/.-]0?1[/.-](1900|00)|0?1[/.-]0{1,2}[/.-](1900|00)"
    r"|1900-0?1-0?[01]|0?1[/.-]0?1[/.-]1900|0[0/. -]{5,}"
    r"|3[01][/.-]12[/.-]1899|1899-12-3[01]"
)
_ZERO_DAYS = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1))
_SERIAL = re.compile(r"\d{5}([.,]\d+)?")
_EXCEL_EPOCH = date(1899, 12, 30)
# A year typed into a cell that is formatted as a date: Excel makes 2017 the 2,017th day, in 1905.
_YEARS_AS_DAYS = (
    _EXCEL_EPOCH + timedelta(days=FIRST_YEAR),
    _EXCEL_EPOCH + timedelta(days=LAST_YEAR),
)


@dataclass(frozen=True)
class DateRange:
    """The days a written date can mean, both ends included; `last` is the one that is kept."""

    first: date
    last: date


def span(value: object, today: date) -> DateRange | Breach:
    """The span of a cell. A month or year that is not over ends today;
    one that has not begun is a future date.
    """
    days = _span(value)
    if isinstance(days, Breach):
        return days
    if days.first > today:
        return Breach("future_date", {"today": today})
    return DateRange(days.first, min(days.last, today))


def tidy(text: str) -> str:
    """A cleaned text without weekday, time of day and quotes that guard it from a spreadsheet."""
    text = _TIME.sub("", _CLOCK.sub(" ", _WEEKDAY.sub("", unguarded(text))))
    return _LOOSE.sub(r"\1", _ORDINAL.sub("", text)).strip()


def _span(value: object) -> DateRange | Breach:
    if isinstance(value, datetime):
        value = value.date()
    if is_zero(value):
        return Breach("zero_date")
    # A year typed into a cell of dates becomes a day of 1905: 2017 is 9 July.
    if isinstance(value, date) and _YEARS_AS_DAYS[0] <= value <= _YEARS_AS_DAYS[1]:
        return Breach("year_as_date", {"meant": (value - _EXCEL_EPOCH).days})
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Breach("not_date")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else str(value)
    text = tidy(str(value))
    # Excel shows 43042 where a cell's date format was lost: never to be taken for anything else.
    if _SERIAL.fullmatch(text):
        return _serial(float(text.replace(",", ".")))
    # Refused: to guess the century. The founding of an old cooperative may be meant.
    if SHORT_YEAR.fullmatch(text):
        return Breach("two_digit_year")
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            if parts.get("name"):
                month = _MONTH.get(parts["name"].lower(), 0)
            else:
                month = int(parts.get("m") or -1)
            return _checked(int(parts["y"]), month, int(parts.get("d") or -1))
    return Breach("not_date")


def is_zero(value: object) -> bool:
    """Whether a cell is the zero of dates: 0, midnight of day 0, `00/00/0000`."""
    if isinstance(value, str):
        return _ZERO.fullmatch(tidy(value)) is not None
    if isinstance(value, bool):
        return False
    return value in _ZERO_DAYS or value == 0 or value == time()


def _checked(year: int, month: int, day: int) -> DateRange | Breach:
    """The span of that day, month (day -1) or year (month -1); a
    Breach if the calendar has no such day.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Breach("not_date")
    if month == -1:
        return DateRange(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        return Breach("not_date")
    length = monthrange(year, month)[1]
    if day == -1:
        return DateRange(date(year, month, 1), date(year, month, length))
    if not 1 <= day <= length:
        return Breach("not_date")
    return DateRange(date(year, month, day), date(year, month, day))


def _serial(value: float) -> Breach:
    return Breach("date_serial", {"meant": _EXCEL_EPOCH + timedelta(days=int(value))})


def year(value: object) -> int | Breach:
    """A year alone: 2017, as a number or as text."""
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = unguarded(clean(str(value)))
    text = re.sub(r"[.,]0+$", "", text)
    if (
        isinstance(value, bool)
        or not re.fullmatch(r"\d{4}", text)
        or not FIRST_YEAR <= int(text) <= LAST_YEAR
    ):
        return Breach("not_year")
    return int(text)
