"""The large numbers of a headline: the same on the overview, on the stage and in every file."""

from dataclasses import replace

from kub.answers.answer import Answer
from kub.answers.scope import is_kelurahan
from kub.data import Data
from kub.findings.numbers import Number, numbers
from kub.words import Words


def strip(data: Data, answer: Answer, words: Words) -> tuple[Number, ...]:
    """Each number beside what it was a year earlier; none of an answer that is no headline."""
    if answer.chart != "headline" or answer.frame.empty:
        return ()
    chosen, programme = answer.filters, data.programme(answer.filters)
    year = answer.frame["as_of"].iloc[0].year - 1
    before = data.ask("headline", replace(chosen, until=year)) if year in programme.years else None
    towns = all(
        is_kelurahan(code) for code in chosen.villages or data.villages[programme.programme_id]
    )
    return tuple(numbers(answer.frame, words, before, towns))
