"""The large numbers of a headline: the same on the overview, on the stage and in every file."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import pandas as pd

from kub.answers.answer import Answer
from kub.answers.context import kelurahan, year_before
from kub.answers.scope import narrowing
from kub.answers.sql_answer import lone
from kub.answers.strip_against import strip_against
from kub.findings import hero as findings
from kub.findings.economy_numbers import per_kub
from kub.findings.numbers import MEMBERS_PER_KUB, NO_GOALS, Number, numbers
from kub.findings.phrases import records
from kub.findings.targets import goal, of_year
from kub.store.data import Data, YearlyOnly
from kub.words import Words
from queries.filters import Filters


def strip(data: Data, answer: Answer, words: Words) -> tuple[Number, ...]:
    """The numbers with their values a year earlier, and where they stand against the targets of the
    year; () for answers to other questions, but for a statement's single row of numbers. Of a
    comparison with the values of the other side.
    """
    if numbers_alone := lone(answer, words):
        return numbers_alone
    if answer.chart != "headline" or answer.frame.empty:
        return ()
    if answer.against:
        return strip_against(data, answer, words)
    before = year_before(data, answer.filters)
    as_of = answer.frame["as_of"].iloc[0]
    goals = NO_GOALS if pd.isna(as_of) else _goals(data, answer.filters, as_of.year, words)
    listed = numbers(answer.frame, words, before, kelurahan(data, answer.filters), goals)
    # Seven numbers are too many to read at once. Where revenue is stated, it takes the place of
    # what anyone can work out from the two before it.
    if money := per_kub(data.ask("revenue", answer.filters), words):
        listed[MEMBERS_PER_KUB] = money
    return tuple(listed)


def hero(data: Data, answer: Answer, filters: Filters, words: Words) -> str:
    """The sentence that goes on behind the first of these numbers.

    answer: to `headline`; filters: of the page, since a headline heeds no first year.
    """
    growth = None
    # Two courses need more than a sentence, and the charts below compare them.
    if not answer.against:
        with suppress(YearlyOnly):
            growth = data.ask("growth", filters)
    narrowed = narrowing(data, data.resolved(filters), words).words(words)
    now = data.ask("headline", answer.filters)  # of a comparison too, whose rows have both sides
    return findings.hero(now, growth, narrowed, kelurahan(data, answer.filters))


def strip_ahead(data: Data, filters: Filters) -> None:
    """Begin to ask what the numbers will be made of: this year's, and those of the year before."""
    data.ahead("headline", filters)
    data.ahead("revenue", filters)
    years = data.programme(filters).years
    if years and (before := min(filters.until or years[-1], years[-1]) - 1) in years:
        data.ahead("headline", replace(filters, until=before))


def _goals(data: Data, filters: Filters, year: int, words: Words) -> Mapping[str, str]:
    """Indicator -> where it stands against its target of a year."""
    # A target is one of the whole programme: beside a part of it, it would mislead.
    is_part = filters.districts or filters.villages or filters.sectors
    if is_part or filters.programme not in data.with_targets:
        return NO_GOALS
    rows = of_year(records(data.ask("targets", Filters(programme=filters.programme))), year)
    goals = {row["indicator"]: goal(row, words) for row in rows}
    if filters.denominator == "target":
        goals.pop("desa", None)
    return goals
