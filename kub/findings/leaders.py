"""The leaders of a ranking in few names; of those that are level all or none are named."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from babel.dates import format_date

from kub.words import Words

NAMED = 3  # more names than this are counted instead of listed


def leading(names: Sequence[str], values: Sequence[int], words: Words) -> str:
    """'Beji (10), Tulis (7) dan Subah (6)': at most NAMED, most first, and all of those that are
    level; '' if none.

    names, values: sorted, most first.
    """
    # The longest list that ends between two different values: no name is left out while another
    # with the same value is in.
    most = next(
        (n for n in range(NAMED, 0, -1) if len(values) <= n or values[n - 1] > values[n]), 0
    )
    pairs = zip(names[:most], values[:most], strict=False)
    return words.listing([f"{name} ({words.number(value)})" for name, value in pairs])


def on_day(value: Any, words: Words) -> str:
    """'14 Agustus 2017'; the last day of a month may stand for the
    month, so of that only 'November 2017'.
    """
    day: date = pd.Timestamp(value).date()
    # The format stores a month alone as its last day, so that day is written as the month.
    whole = (day + timedelta(days=1)).month != day.month
    if whole:
        return format_date(day, "MMMM y", locale=words.lang)
    return words.date(day)


def level(values: Mapping[str, float]) -> list[str]:
    """The names with the highest value, several where they are level; [] where all are 0."""
    highest = max(values.values(), default=0)
    if highest > 0:
        return [name for name, value in values.items() if value == highest]
    return []


def years_of(rows: Sequence[Mapping[str, Any]], column: str, words: Words) -> str:
    """'2014', '2014 dan 2016', '5 tahun': the years in which a course was at its highest."""
    highest = max(row[column] for row in rows)
    years = [str(row["year"]) for row in rows if row[column] == highest]
    if len(years) <= NAMED:
        return words.listing(years)
    return words("leaders.years", n=len(years))
