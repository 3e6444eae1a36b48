"""One question = one file in questions/ = one name in QUESTIONS. Filters reach SQL only as bound
values.

model/ holds what questions stand on: schema, facts, what a reader may see, scopes and figures as
macros. rows/ holds the rows of records behind the answers, one file a kind.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
import pandas as pd

from queries.filters import Filters

HERE = Path(__file__).parent
# Whose eyes an answer is for: readers do not see figures about 1-4 people, analysts do. Each has a
# schema of its own (queries/model/access.sql).
Role = Literal["reader", "analyst"]
ROLES: tuple[str, ...] = get_args(Role)
# A file in questions/ is all it takes to be asked.
QUESTIONS = tuple(sorted(path.stem for path in (HERE / "questions").glob("*.sql")))
# Kinds of rows behind an answer (kub/answers/origins.py).
ROWS = tuple(sorted(path.stem for path in (HERE / "rows").glob("*.sql")))
# Rests on no records, but on the project's own reference files.
REFERENCE = frozenset({"elsewhere", "regencies"})
# These compare whole programmes: filters of place do not apply to them, and guests may stand
# beside.
COMPARED = frozenset({"benchmark", "rates", "programme_years", "programme_sectors", "peers"})
# All whole programmes as well, but summed: nobody stands beside them.
SUMMED = frozenset({"provinces"})


@cache
def sql(question: str) -> str:
    """The text of a question. Read once: a query costs 1-2 ms, reading it again a third of that."""
    return (HERE / "questions" / f"{question}.sql").read_text("utf-8")


@cache
def model(name: str) -> str:
    """The text of model/<name>.sql."""
    return (HERE / "model" / f"{name}.sql").read_text("utf-8")


@cache
def rows_sql(kind: str) -> str:
    """The text of rows/<kind>.sql."""
    return (HERE / "rows" / f"{kind}.sql").read_text("utf-8")


@cache
def statement(question: str) -> duckdb.Statement:
    """A question, parsed once: every execution plans a copy of it."""
    [parsed] = duckdb.extract_statements(sql(question))
    return parsed


@cache
def heeded(name: str) -> tuple[str, ...]:
    """The filters that a question heeds: the names that its text binds."""
    # DuckDB's own parser: a pattern over the text would also find $names in comments.
    return tuple(statement(name).named_parameters)


def cursor(con: duckdb.DuckDBPyConnection, role: str = "reader") -> duckdb.DuckDBPyConnection:
    """A new cursor that sees what a role may see.

    Raises KeyError for an unknown role.
    """
    if role not in ROLES:
        raise KeyError(role)
    own = con.cursor()
    own.execute(f"SET schema = '{role}'")  # a setting takes no bound value
    return own


def ask(
    con: duckdb.DuckDBPyConnection,
    question: str,
    filters: Filters,
    guests: str = "[]",
    role: str = "reader",
) -> pd.DataFrame:
    """The answer to one of QUESTIONS under filters, with the columns of docs/data.md.

    filters.programme must be set (kub/store/data.py knows the default). guests: self-declared
    figures that COMPARED questions take in, a JSON list of what the macro guest_figures names.
    role: one of ROLES; what a reader may not see is missing. Shares are 0-1; types are pandas'
    own: dates datetime64, missing NaN, NaT or None. Raises KeyError for an unknown question or
    role.
    """
    return ask_on(cursor(con, role), question, filters, guests)


def ask_on(
    own: duckdb.DuckDBPyConnection, question: str, filters: Filters, guests: str = "[]"
) -> pd.DataFrame:
    """The same on a cursor that has its role (`cursor`), one question at a time."""
    if question not in QUESTIONS:
        raise KeyError(question)
    values = bound(heeded(question), filters, guests)
    return own.execute(statement(question), values).df()


def rows(
    own: duckdb.DuckDBPyConnection, kind: str, filters: Filters, most: int | None = None
) -> tuple[pd.DataFrame, int]:
    """The first rows behind an answer under its filters, all of them without `most`; and how many
    there are. own: a cursor that has its role. Raises KeyError for a kind that is none of ROWS.
    """
    if kind not in ROWS:
        raise KeyError(kind)
    text, values = _within(kind, filters)
    if most is None:
        frame = own.execute(text, values).df()
        return frame, len(frame)
    # Our own text with a limit: the values stay bound.
    frame = own.execute(f"{text}\nLIMIT $most", {**values, "most": most}).df()
    if len(frame) < most:
        return frame, len(frame)
    counted = f"SELECT count(*) FROM ({text})"  # noqa: S608 a file of ours, no value in it
    [(count,)] = own.execute(counted, values).fetchall()
    return frame, int(count)


def members_of_rows(own: duckdb.DuckDBPyConnection, kind: str, filters: Filters) -> int | None:
    """The members of all rows of a kind that has any; None where some are withheld."""
    text, values = _within(kind, filters)
    summed = f"SELECT coalesce(sum(members), 0), bool_or(withheld) FROM ({text})"  # noqa: S608 ours
    [(members, withheld)] = own.execute(summed, values).fetchall()
    return None if withheld else int(members)


def _within(kind: str, filters: Filters) -> tuple[str, dict[str, Any]]:
    """The text of rows/<kind>.sql as a part of another, and the values that it binds."""
    [parsed] = duckdb.extract_statements(rows_sql(kind))
    values = bound(tuple(parsed.named_parameters), filters)
    return rows_sql(kind).rstrip().removesuffix(";"), values


def bound(names: Sequence[str], filters: Filters, guests: str = "[]") -> dict[str, Any]:
    """The values that a text binds under these names, in the order of the filters."""
    parameters = {**filters.parameters(), "guests": guests}
    return {name: value for name, value in parameters.items() if name in names}


def types(con: duckdb.DuckDBPyConnection, question: str) -> dict[str, str]:
    """The columns of a question in their order, each with DuckDB's name of its type."""
    values = bound(heeded(question), Filters(programme=""))
    described = cursor(con).execute(f"DESCRIBE {sql(question)}", values).fetchall()
    return {name: kind for name, kind, *_ in described}
