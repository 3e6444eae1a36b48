"""Decides for a column whether the day or the month is written first; a cell alone cannot show it.

`05/04/2014` is 5 April here, but beside `08/20/2016` it was most likely meant as 4 May.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kub.records.dates import SHORT_YEAR, is_zero, tidy
from kub.records.problems import Breach
from kub.records.text import clean

_SLASHED = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4}|'?\d{2})")

_YEAR_FIRST = re.compile(r"\d{4}[/.-](?P<second>\d{1,2})[/.-](?P<third>\d{1,2})")


@dataclass(frozen=True)
class Order:
    """What the distinct values of a column show about the order of day and month.

    first_day, first_month: positions of texts that allow one order only. open: of those that allow
    both. real: of the days that a spreadsheet holds as dates. short: of years with two digits.
    """

    first_day: list[int]
    first_month: list[int]
    open: list[int]
    real: list[int]
    short: list[int]


def order(values: Sequence[object]) -> Order:
    """The order of the distinct values of a column."""
    seen = Order([], [], [], [], [])
    for at, value in enumerate(values):
        if isinstance(value, date):
            seen.real.append(at)
        if not isinstance(value, str):
            continue
        text = tidy(clean(value))
        if SHORT_YEAR.fullmatch(text):
            seen.short.append(at)
        if (match := _SLASHED.fullmatch(text)) and not is_zero(text):
            _sort(seen, at, int(match["a"]), int(match["b"]))
    return seen


def _sort(seen: Order, at: int, first: int, second: int) -> None:
    if 1 <= first <= 12 and 1 <= second <= 12:
        # 05/05/2020 is the same day in both orders.
        if first != second:
            seen.open.append(at)
    elif 1 <= first <= 12 < second <= 31:
        seen.first_month.append(at)
    elif 1 <= second <= 12 < first <= 31:
        seen.first_day.append(at)


def decide(values: Sequence[object], month_first: bool = False) -> list[tuple[Breach, list[int]]]:
    """What is wrong with the column as a whole, with the positions that each breach concerns.

    month_first: another column of the same file writes the month first, beyond doubt.
    """
    seen = order(values)
    breaches = []
    # The stronger evidence first: both would be about the same cells.
    if late := _day_before_month(values):
        breaches.append(late)
    elif broken := _disorder(values, seen, month_first):
        breaches.append(broken)
    # One sentence about a cell is enough.
    concerned = set(breaches[0][1]) if breaches else set()
    short = [at for at in seen.short if at not in concerned]
    if short:
        breaches.append(
            (
                Breach(
                    "two_digit_year", {"examples": _examples(values, short), "count": len(short)}
                ),
                short,
            )
        )
    return breaches


def _day_before_month(values: Sequence[object]) -> tuple[Breach, list[int]] | None:
    """2014/20/05 shows that 2015/03/02 beside it may be 3 February."""
    proven, may_be = [], []
    for at, value in enumerate(values):
        match = _YEAR_FIRST.fullmatch(tidy(clean(value))) if isinstance(value, str) else None
        if not match:
            continue
        second, third = int(match["second"]), int(match["third"])
        if 12 < second <= 31 and 1 <= third <= 12:
            proven.append(at)
        elif second != third and max(second, third) <= 12 and min(second, third) >= 1:
            may_be.append(at)
    if not proven:
        return None
    concerned = sorted(proven + may_be)
    shown = {"examples": _examples(values, proven + may_be), "count": len(concerned)}
    return Breach("date_day_before_month", shown), concerned


def _disorder(
    values: Sequence[object], seen: Order, month_first: bool
) -> tuple[Breach, list[int]] | None:
    written = sorted(seen.first_day + seen.first_month + seen.open)
    # Only a day up to 12 can have been read as a month.
    early = [at for at in seen.real if _day(values[at]).day <= 12]
    if seen.first_month and seen.first_day:
        shown = {
            "day": str(values[seen.first_day[0]]),
            "month": str(values[seen.first_month[0]]),
            "count": len(written),
        }
        return Breach("date_order_mixed", shown), written
    if seen.first_month:
        examples = _examples(values, seen.first_month + seen.open)
        shown = {"examples": examples, "count": len(written)}
        if early:
            # Excel made dates of those that it could, with day and month swapped, and left the
            # rest.
            return Breach(
                "date_month_first_real", shown | {"real": _day(values[early[0]])}
            ), sorted(written + early)
        return Breach("date_month_first", shown), written
    if month_first and seen.open and not seen.first_day:
        shown = {"examples": _examples(values, seen.open), "count": len(seen.open)}
        return Breach("date_month_first_elsewhere", shown), seen.open
    # Real dates all within the first twelve days, beside texts that are not, are what a swap
    # leaves. All on one day (the first of each month) they prove nothing.
    swapped = len(early) == len(seen.real) and len({_day(values[at]).day for at in early}) > 1
    if seen.first_day and not seen.open and swapped:
        shown = {"examples": _examples(values, seen.first_day), "real": _day(values[early[0]])}
        return Breach("date_swapped", shown | {"count": len(written)}), sorted(written + early)
    return None


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value.date() if isinstance(value, datetime) else value


def _examples(values: Sequence[object], at: Sequence[int]) -> list[str]:
    return [clean(str(values[position])) for position in at[:2]]
