"""What a click on a chart chooses: the figure of an answer as a page shows it, each point with the
code of a filter, and grey what that filter leaves out.

Rows, table and sentences stay those of the answer. What is grey is the answer to the same question
without the filter, which whoever reads the page may ask as well.
"""

from dataclasses import replace

import pandas as pd

from kub.answers.answer import Answer
from kub.answers.answer_cache import kept_answer
from kub.answers.catalog import CATALOG
from kub.charts.cross_filter import YEAR, in_years, within
from kub.look import Figure
from kub.store.data import Data
from kub.words import Words
from queries.filters import Filters

NOTHING = Filters()
LOOSE = frozenset({"districts", "villages", "sectors", YEAR})  # a programme is always chosen


def pointed(data: Data, answer: Answer, words: Words) -> tuple[Figure | None, pd.DataFrame]:
    """The figure of an answer with its codes, among the marks that may be chosen instead of those
    that are, and the rows that it needs room for. None where the answer is a table.
    """
    figure, selects = answer.figure, CATALOG[answer.chart].selects
    if figure is None or not selects:
        return figure, answer.frame
    own = _with_years(data, answer, figure) if YEAR in selects else figure
    loose = _loosened(answer.filters, selects)
    if loose == answer.filters:
        return own, answer.frame
    wide = kept_answer(data, answer.chart, loose, words, answer.options)
    # Drawn of another measure, or too much to be drawn at all, it would not be the same chart.
    if wide.figure is None or wide.instead != answer.instead or answer.data is None:
        return own, answer.frame
    around = _with_years(data, wide, wide.figure) if YEAR in selects else wide.figure
    among = within(own, around, answer.data, lambda code: _chosen(code, answer.filters, selects))
    return among, answer.frame if among is own else wide.frame


def stands_among_others(chart: str, filters: Filters) -> bool:
    """Whether the chart shows marks beside those that the filters leave."""
    return _loosened(filters, CATALOG[chart].selects) != filters


def _with_years(data: Data, answer: Answer, figure: Figure) -> Figure:
    known = {str(year) for year in data.programme(answer.filters).years}
    return in_years(figure, known.__contains__)


def _loosened(filters: Filters, selects: tuple[str, ...]) -> Filters:
    """The filters without those that the chart's own points choose."""
    # A district beside villages narrows them: it is no choice of its own.
    free = [
        name for name in selects if name in LOOSE and not (name == "districts" and filters.villages)
    ]
    return replace(filters, **{name: getattr(NOTHING, name) for name in free})


def _chosen(code: str, filters: Filters, selects: tuple[str, ...]) -> bool:
    """Whether a mark of that code is among those that the filters leave."""
    if YEAR in selects:
        return filters.until is None or int(code) <= filters.until
    values = code.split(" ") if len(selects) > 1 else [code]
    wanted = [getattr(filters, name, ()) for name in selects]
    return all(not listed or value in listed for value, listed in zip(values, wanted, strict=False))
