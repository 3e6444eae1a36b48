"""Average yearly growth, as a number and as a sentence."""

from dataclasses import dataclass

import pandas as pd

from kub.findings.phrases import Row, count
from kub.words import Words

WINDOW = 3  # years: docs/definitions.md, growth rate
# Below it a change is written as a number: one KUB less of ten is no "decline of 3.5 % a year".
SMALL = 20
FLAT = 0.0005  # a rate below it is written 0,0 %
FELT = 0.01  # a change of pace below one point a year is no news


@dataclass(frozen=True)
class Pace:
    """An average yearly change between the ends of two years; rate
    is a share, 0.026 is 2.6 % a year.
    """

    rate: float
    since: int
    until: int
    first: int


def cagr(first: float, last: float, years: int) -> float | None:
    """Compound annual growth rate as a share: (last / first) ** (1 /
    years) - 1; None where first is 0.
    """
    return (last / first) ** (1 / years) - 1 if first else None


def pace(frame: pd.DataFrame, column: str = "active", back: int = 0) -> Pace | None:
    """CAGR of the WINDOW years that end `back` years before the last finished year.

    frame: rows of `growth`. None where one of the two years is not listed, or nothing was there
    in the first.
    """
    values = dict(zip(frame["year"].tolist(), frame[column].tolist(), strict=True))
    # A provisional year holds a part of its foundings: with it every programme would seem to slow.
    finished = [
        year
        for year, provisional in zip(values, frame["provisional"], strict=True)
        if not provisional
    ]
    if not finished:
        return None
    until = finished[-1] - back
    since = until - WINDOW
    first = values.get(since, 0)
    rate = cagr(first, values.get(until, 0), WINDOW)
    return None if rate is None else Pace(rate, since, until, first)


def paces(frame: pd.DataFrame, column: str) -> tuple[Pace | None, Pace | None]:
    """The pace now and the one before it, each only where it
    started from enough to speak of percent.
    """
    now, before = pace(frame, column), pace(frame, column, WINDOW)
    if now is None or now.first < SMALL:
        return None, None
    if before is None or before.first < SMALL:
        return now, None
    return now, before


def kind(now: Pace, before: Pace | None) -> str:
    """The key of the sentence under [growth.pace]."""
    # First of all: a rate that is written 0,0 % has no direction to tell.
    if abs(now.rate) < FLAT:
        return "same"
    if now.rate < 0:
        return "turns" if before and before.rate > FELT else "falls"
    if before is None:
        return "grows"
    if before.rate < -FLAT:
        return "recovers"
    change = now.rate - before.rate
    if abs(change) < FELT:
        return "steady"
    if change > 0:
        return "speeds"
    return "slows"


def pace_title(now: Pace, before: Pace | None, counted: str, words: Words) -> str:
    """'207 active KUB; growth has slowed to 2.6% a year (2019–2022)'."""
    return words(
        f"growth.pace.{kind(now, before)}",
        count=counted,
        rate=abs(now.rate),
        since=now.since,
        until=now.until,
    )


def since_title(base: Row, last: int, column: str, measure: str, words: Words) -> str:
    """'203 active KUB, up 32.7% since 2017'. base: the first listed year with KUB."""
    first, since = base[column], base["year"]
    counted = count(words, measure, last)
    if last == first:
        return words("growth.since.same", count=counted, since=since)
    if first < SMALL:
        key = "more" if last > first else "fewer"
        return words(
            f"growth.since.{key}", count=counted, difference=abs(last - first), since=since
        )
    # "Up 1,050 %" is read by nobody; from twofold on the text says how many times.
    if last >= 2 * first:
        return words("growth.since.times", count=counted, times=last / first, since=since)
    key = "up" if last > first else "down"
    return words(f"growth.since.{key}", count=counted, change=abs(last / first - 1), since=since)
