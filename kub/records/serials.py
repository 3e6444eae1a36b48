"""Numbers of a spreadsheet that are dates: which formats say so, and what day a number is."""

import re
from datetime import date, datetime, time, timedelta

# Formats without a text of their own in the file (ECMA-376, 18.8.30), East Asian ones included.
_BUILT_IN = frozenset(map(str, [*range(14, 23), *range(27, 37), *range(50, 59), 45, 47]))
_BUILT_IN_ELAPSED = "46"
# What is written as it stands or only steers: "text", \x, _x, *x, [colour], [$-421]; not [h].
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE = re.compile(r"[dmyhs]|am/pm", re.IGNORECASE)
_DAY = timedelta(days=1)
_LAST = 2_958_465  # 31 December 9999


def date_format(number: str, text: str | None) -> str | None:
    """`date`, `elapsed` (hours beyond 24) or None for a number format's id and text.

    Only the part before the first `;` counts, the one for positive numbers.
    """
    if text is None:
        built_in = "date" if number in _BUILT_IN else None
        return "elapsed" if number == _BUILT_IN_ELAPSED else built_in
    bare = _LITERAL.sub("", text).partition(";")[0]
    if _ELAPSED.search(bare):
        return "elapsed"
    # `General` has no letter of a date but `e` and `n`; colours are gone by now.
    return "date" if _DATE.search(bare) else None


def moment(serial: float, is_1904: bool) -> date | datetime | time | float:
    """The day of a serial number, with its time unless that is midnight; below 1 a time alone.

    Numbers that are no day (negative, after the year 9999) stay as they are.
    """
    last = _LAST - 1462 if is_1904 else _LAST
    if not 0 <= serial < last + 1:
        return serial
    # Times are binary fractions of a day: 8:00 is 0.333…, some microseconds off.
    milliseconds = round(serial % 1 * 86_400_000)
    within = timedelta(milliseconds=milliseconds)
    if serial < 1 and not is_1904:
        return time() if within == _DAY else (datetime.min + within).time()
    # Excel counts a 29 February 1900 that never was, as Lotus did.
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    stamp = (datetime(1904, 1, 1) if is_1904 else start) + timedelta(days=int(serial)) + within
    return stamp.date() if stamp.time() == time() else stamp


def elapsed(serial: float) -> timedelta | float:
    """Hours that go on beyond 24, as a length of time."""
    try:
        return timedelta(days=serial)
    except OverflowError:
        return serial
