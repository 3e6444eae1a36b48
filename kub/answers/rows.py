"""The rows of a question with what they rest on, for machines: no figure, no sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from kub.answers.answer import asked
from kub.answers.joined import joined
from kub.answers.joined import types as types_of
from kub.answers.source import source_of
from kub.store.data import Data
from kub.store.versions import Version
from queries.against import NO_COMPARISON, Against
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


def rows_of(data: Data, question: str, filters: Filters, against: Against = NO_COMPARISON) -> Rows:
    """Ask, as `answer` does. against: the other side, where two are compared.

    Raises KeyError for an unknown question and for one that is not compared, YearlyOnly.
    """
    whole = data.resolved(filters)
    sides = [whole, against.filters(whole)] if against else [whole]
    for side in sides:
        data.refuse(question, side)
    own, *others = heeded = [asked(data, question, side) for side in sides]
    frame, types = data.ask(question, own), partial(data.types, question)
    if others:
        frame = joined(question, frame, data.ask(question, others[0]))
        types = partial(_joined_types, data, question, tuple(frame.columns))
    return Rows(
        question=question,
        frame=frame,
        types=types,
        programme=data.programme(own).programme_id,
        as_of=data.as_of(own),
        version=data.version,
        sample=any(source_of(data, question, side).sample for side in heeded),
    )


def _joined_types(data: Data, question: str, columns: tuple[str, ...]) -> Mapping[str, str]:
    return types_of(data.types(question), columns)
