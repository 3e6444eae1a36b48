"""A step of a visit's file as the story tells it, or what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from kub.answers.catalog import CATALOG
from kub.answers.step import Step
from kub.records.dates import FIRST_YEAR, LAST_YEAR
from queries.filters import DENOMINATORS, MEASURES, Filters


def step_of(row: Mapping[str, Any]) -> Step:
    """Raises TypeError or ValueError, saying what it is about, where a step cannot be told."""
    question, view = row.get("question", ""), dict(row.get("view", {}))
    chart = row.get("chart", "") or question
    spec = CATALOG.get(chart)
    if spec is None or spec.computed or question != spec.question:
        raise ValueError(f"{question} {chart}".strip())
    if not all(isinstance(value, str | bool | int) for value in view.values()):
        raise TypeError("view")
    title, note = row.get("title", ""), row.get("note", "")
    if not (isinstance(title, str) and isinstance(note, str)):
        raise TypeError("title, note")
    return Step(question, chart, _filters(dict(row.get("filters", {}))), view, title, note)


def _filters(said: dict[str, Any]) -> Filters:
    for name, usual in vars(Filters()).items():
        value = said.get(name, usual)
        if name in said and isinstance(usual, tuple):
            if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
                raise TypeError(name)
            said[name] = tuple(value)
        elif name in said and type(value) is not (int if name in ("since", "until") else str):
            raise TypeError(name)
        elif name in said and isinstance(value, int) and not FIRST_YEAR <= value <= LAST_YEAR:
            raise ValueError(f"{name} {value}")
    filters = Filters(**said)
    if filters.denominator not in DENOMINATORS or filters.measure not in MEASURES:
        raise ValueError(f"{filters.denominator} {filters.measure}")
    return filters
