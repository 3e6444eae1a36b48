"""The rows of a question with what they rest on, for machines: no figure, no sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from kub.answers.answer import asked
from kub.answers.source import source_of
from kub.store.data import Data
from kub.store.versions import Version
from queries.filters import Filters


@dataclass(frozen=True)
class Rows:
    """One answer as rows.

    frame: the columns of docs/data.md, shares 0-1. types: gives DuckDB's type of each. programme:
    the programme_id that was asked for. as_of: the date that its figures speak of, None without
    records. sample: whether any record is invented.
    """

    question: str
    frame: pd.DataFrame
    types: Callable[[], Mapping[str, str]]
    programme: str
    as_of: date | None
    version: Version
    sample: bool


def rows_of(data: Data, question: str, filters: Filters) -> Rows:
    """Ask, as `answer` does. Raises KeyError for an unknown question."""
    heeded = asked(data, question, filters)
    return Rows(
        question=question,
        frame=data.ask(question, heeded),
        types=partial(data.types, question),
        programme=data.programme(heeded).programme_id,
        as_of=data.as_of(heeded),
        version=data.version,
        sample=source_of(data, question, heeded).sample,
    )
