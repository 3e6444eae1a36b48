"""Read a step from a visit's file, or say what is wrong with it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kub.answers.catalog import CATALOG
from kub.answers.step import Step
from kub.records.dates import FIRST_YEAR, LAST_YEAR
from kub.sql.limits import LONGEST
from queries.against import NO_COMPARISON, Against
from queries.filters import DENOMINATORS, DIMENSIONS, MEASURES, Filters

MOST_MINUTES = 120  # of a step


class _SqlRow(BaseModel):
    """A step with an analyst's statement, as the file has it. Filters it has none: whatever narrows
    its rows stands in the statement.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Literal["sql"]
    sql: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    chart: Literal["", "sql"] = "sql"
    title: str = ""
    note: str = ""
    view: dict[str, str | bool | int] = {}
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] = 1


def _sql_step(row: Mapping[str, Any]) -> Step:
    """Raises ValueError, whose text names the field and what is wrong with it."""
    try:
        parsed = _SqlRow.model_validate(dict(row))
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"{first['loc'][0]} ({first['msg']})") from fault
    if not parsed.sql.strip():
        raise ValueError("sql")
    texts = {name: getattr(parsed, name) for name in ("title", "note", "sql")}
    return Step("sql", "sql", view=parsed.view, minutes=parsed.minutes, **texts)


def step_of(row: Mapping[str, Any]) -> Step:
    """The step in a table [[steps]]. row: as TOML has it.

    Raises TypeError for a value of the wrong type, ValueError for one that means nothing; their
    text names the field. Options of the chart are checked when its answer is built.
    """
    if "sql" in row or row.get("question") == "sql":
        return _sql_step(row)
    question, view = row.get("question", ""), dict(row.get("view", {}))
    # A step may leave out the chart that is named like its question.
    chart = row.get("chart", "") or question
    spec = CATALOG.get(chart)
    # Charts computed on the page have no rows that could be read again.
    if spec is None or spec.computed or question != spec.question:
        raise ValueError(f"{question} {chart}".strip())
    if not all(isinstance(value, str | bool | int) for value in view.values()):
        raise TypeError("view")
    title, note = row.get("title", ""), row.get("note", "")
    if not (isinstance(title, str) and isinstance(note, str)):
        raise TypeError("title, note")
    # `type`, not isinstance: TOML's true is an int in Python.
    minutes = row.get("minutes", 1)
    if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
        raise ValueError(f"minutes {minutes}")
    filters, against = dict(row.get("filters", {})), dict(row.get("against", {}))
    sides = _filters(filters), _against(against)
    return Step(question, chart, sides[0], view, title, note, sides[1], minutes=minutes)


def _against(codes: dict[str, Any]) -> Against:
    _checked(codes, NO_COMPARISON)
    return Against(**codes)


def _checked(codes: dict[str, Any], empty: Filters | Against) -> None:
    """Make lists tuples. Raises TypeError, ValueError."""
    for name, default in vars(empty).items():
        value = codes.get(name, default)
        if name in codes and isinstance(default, tuple):
            if not (isinstance(value, list) and all(isinstance(code, str) for code in value)):
                raise TypeError(name)
            codes[name] = tuple(value)
        # `type`, not isinstance: TOML's true is an int in Python.
        elif name in codes and type(value) is not (int if name in ("since", "until") else str):
            raise TypeError(name)
        elif name in codes and isinstance(value, int) and not FIRST_YEAR <= value <= LAST_YEAR:
            raise ValueError(f"{name} {value}")


def _filters(codes: dict[str, Any]) -> Filters:
    _checked(codes, Filters())
    filters = Filters(**codes)
    if filters.denominator not in DENOMINATORS or filters.measure not in MEASURES:
        raise ValueError(f"{filters.denominator} {filters.measure}")
    if filters.rows not in DIMENSIONS or filters.columns not in DIMENSIONS:
        raise ValueError(f"{filters.rows} {filters.columns}")
    return filters
