"""Small parts of sentences that findings share."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kub.words import Words

Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, each as column -> value; a missing number is None or NaN.

    As frame.to_dict("records") gives them, in a tenth of its time: a page asks for a hundred.
    """
    names = frame.columns.tolist()  # an Index is walked through ten times as slowly, at every row
    # The whole frame at once: taken column by column, each is first made a Series.
    rows = frame.to_numpy(dtype=object).tolist()
    return [
        {name: None if value is pd.NA else value for name, value in zip(names, row, strict=True)}
        for row in rows
    ]


def plural(words: Words, key: str, n: float, **values: object) -> str:
    """The text of `<key>.one` or `<key>.many`: English has a
    singular, Indonesian says the same twice.
    """
    form = "one" if n == 1 else "many"
    return words(f"{key}.{form}", n=n, **values)


def village_noun(words: Words, kelurahan: bool, n: float = 2) -> str:
    """What the villages are called here: 'desa' or 'kelurahan'. n: for the English singular."""
    kind = "kelurahan" if kelurahan else "village"
    return plural(words, f"villages.noun.{kind}", n)


def count(words: Words, measure: str, n: float) -> str:
    """'207 active KUB', '1 member'. measure: kub | members."""
    return plural(words, f"growth.count.{measure}", n)


def at(row: Row, words: Words) -> str:
    """'at the end of 2020', or 'on 30 June 2023' for an unfinished year.

    row: year, as_of, provisional.
    """
    state = "provisional" if row["provisional"] else "finished"
    return words(f"growth.at.{state}", year=row["year"], on=row["as_of"])


def period(rows: Sequence[Row]) -> str:
    """'2012–2023', or '2020' alone. rows: at least one, with `year`, in order."""
    return span(rows[0]["year"], rows[-1]["year"])


def span(first: int, last: int) -> str:
    """'2012–2023', or '2020' where both years are the same."""
    if first == last:
        return str(first)
    return f"{first}–{last}"


def with_period(text: str, rows: Sequence[Row]) -> str:
    """A subtitle, then the period of its rows where there are any."""
    if not rows:
        return text
    return f"{text}, {period(rows)}"


def direction(before: float, now: float, up: str = "up", down: str = "down") -> str:
    """The part of a key that says how a value moved: 'same', or `up` or `down`."""
    if now == before:
        return "same"
    return up if now > before else down


def signed(words: Words, n: float, decimals: int = 0) -> str:
    """A difference: '+3', '−3', '0'."""
    written = words.number(abs(n), decimals)
    # A difference that is written 0,0 has no direction: a sign would claim a fall that nobody can
    # read.
    if written == words.number(0, decimals):
        return written
    sign = "+" if n > 0 else "−"
    return f"{sign}{written}"


def signed_share(words: Words, share: float) -> str:
    """A change in percent with its sign: '+2,6 %', '−0,4 %', '0,0 %'."""
    percent = words.percent(abs(share))
    # The sign comes of the rounded number, so that it never contradicts the digits.
    sign = signed(words, 100 * share, 1)[0]
    if sign not in "+−":
        return percent
    return f"{sign}{percent}"
