"""A step of a story: a chart, its filters and options, title and note; its
answer is built from any version, at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from kub.answers.answer import NO_GUESTS, Answer, answer
from kub.answers.catalog import CATALOG, spec_of
from kub.answers.compare import compared
from kub.answers.sql_answer import sql_answer
from kub.findings.options import OptionValue, SqlOptions, parse
from kub.sql.faults import SqlFault
from kub.store.data import Data, YearlyOnly
from kub.words import Words
from queries.against import NO_COMPARISON, Against
from queries.filters import Filters

# What `tell` raises for unknown codes, since a visit's file may be written by hand, for what a
# programme of yearly figures does not answer, and for a statement that has no answer.
UNTOLD = (KeyError, TypeError, ValueError, AttributeError, duckdb.Error, YearlyOnly, SqlFault)


@dataclass(frozen=True)
class Step:
    """One Answer of a story.

    view: options of its chart, as the visit's file has them. title, note: the host's own, or empty.
    against: the other side, where it compares two. sql: an analyst's statement, of the question
    "sql" alone (kub/answers/sql_answer.py). minutes: planned to be spoken to it.
    """

    question: str
    chart: str = ""
    filters: Filters = field(default_factory=Filters)
    view: Mapping[str, OptionValue] = field(default_factory=dict)
    title: str = ""
    note: str = ""
    against: Against = NO_COMPARISON
    sql: str = ""
    minutes: int = 1  # the ready stories have about as many steps as minutes

    @classmethod
    def of(cls, answer: Answer) -> "Step":
        """The step that builds this answer again."""
        view = answer.options.codes()
        return cls(answer.question, answer.chart, answer.filters, view, against=answer.against)

    def unknown(self, data: Data) -> list[tuple[str, str]]:
        """(field, value) of each code of either side that this version does not have."""
        own = list(data.unknown(self.filters))
        if own or not self.against:
            return own
        return list(data.unknown(self.against.filters(data.resolved(self.filters))))

    @property
    def named(self) -> str:
        """The name of its chart."""
        return self.chart or self.question


def tellable(answer: Answer) -> bool:
    """Whether a step of a visit can show this answer again.

    Not what was computed on the page, whose assumptions no step holds; nor a guest's own figures,
    which must never reach a file.
    """
    return not (spec_of(answer.chart).computed or answer.source.guests)


def tell(
    data: Data, step: Step, words: Words, mode: str = "light", guests: str = NO_GUESTS
) -> Answer:
    """The step's answer. Codes must be known to this version (`Step.unknown`).

    Raises UNTOLD, BadOption among them.
    """
    # Parsed each time: the file may have been edited since it was written.
    if step.sql:
        return sql_answer(data, step.sql, parse(SqlOptions, step.view), words)
    options = parse(CATALOG[step.named].options, step.view)
    if step.against:
        return compared(data, step.named, step.filters, step.against, words, mode, options)
    return answer(data, step.named, step.filters, words, mode, options, guests)
