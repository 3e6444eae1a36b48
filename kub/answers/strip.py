"""The large numbers of a headline: the same on the overview, on the stage and in every file."""

from dataclasses import replace

from kub.answers.answer import Answer
from kub.answers.context import kelurahan, year_before
from kub.findings.numbers import Number, numbers
from kub.store.data import Data
from kub.words import Words
from queries.filters import Filters


def strip(data: Data, answer: Answer, words: Words) -> tuple[Number, ...]:
    """The numbers with their values a year earlier; () for answers to other questions."""
    if answer.chart != "headline" or answer.frame.empty:
        return ()
    before = year_before(data, answer.filters)
    return tuple(numbers(answer.frame, words, before, kelurahan(data, answer.filters)))


def strip_ahead(data: Data, filters: Filters) -> None:
    """Begin to ask what the numbers will be made of: this year's, and those of the year before."""
    data.ahead("headline", filters)
    years = data.programme(filters).years
    if years and (before := min(filters.until or years[-1], years[-1]) - 1) in years:
        data.ahead("headline", replace(filters, until=before))
