"""The rows of an analyst's statement as an answer: a step of a visit.

A visit is shown to guests, so the statement always runs over a reader's tables, in the same process
and within the same bounds as in Jelajah (kub/sql/), whoever asks. One that needs the analyst's
tables has no answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from kub.answers.answer import Answer
from kub.answers.catalog import SQL
from kub.answers.sizes import Sizes, close
from kub.answers.source import Source
from kub.charts.sql_result import Column, SqlChart, chart, kind_of, unit_of
from kub.findings import Finding
from kub.findings.numbers import Number
from kub.findings.options import SqlOptions
from kub.findings.sql_result import sql as say
from kub.sql import sandbox
from kub.sql.answer import distinct
from kub.sql.faults import SqlFault
from kub.sql.tables import schema
from kub.store.data import Data
from kub.words import Words
from kub.words import columns as tables
from queries import ROLES
from queries.filters import Filters

READER, ANALYST = ROLES[0], ROLES[-1]
# Of texts: what names a place, a trade or a programme; any other may name a group or a person.
PLACES = frozenset(
    {"programme", "programme_id", "regency", "regency_code", "district", "district_code"}
    | {"village", "village_code", "sector", "main_sector", "activity", "indicator", "definition"}
)
ALONE = 6  # numbers of a single row that are shown large
PASSING = frozenset({"slow", "memory", "busy", "crashed", "cancelled", "fault"})


@dataclass(frozen=True)
class _Shown:
    """A column as people read it. values: as they are; write: how a text is written."""

    label: str
    column: Column
    write: Callable[[Any], str]

    @property
    def cells(self) -> Sequence[Any]:
        if self.column.kind != "text":
            return self.column.values
        return [None if value is None else self.write(value) for value in self.column.values]


def sql_answer(data: Data, sql: str, options: SqlOptions, words: Words) -> Answer:
    """The answer to a statement. Raises SqlFault, with the rule "analyst_only" where the analyst's
    tables alone would answer.
    """
    reader = data.seen_by(READER)
    try:
        answered = sandbox.run(reader, sql)
    except SqlFault as fault:
        if _needs_analyst(data, fault):
            raise SqlFault("analyst_only", fault.detail, **fault.values) from fault
        raise
    shown = _columns(answered.table, data, words)
    drawn = _chart(shown, options, words) if options.show == "chart" else None
    frame = _frame(shown)
    caveats = [words(f"sql.cut_{answered.cut}", rows=len(frame))] if answered.cut else []
    caveats += [words("sql.chart_cut", shown=drawn.shown)] if drawn and drawn.shown else []
    caveats += [words("sql_step.reader")] if reader.withholds else []
    finding = _finding(frame, drawn, words, *caveats)
    programmes = data.programmes.values()
    return Answer(
        chart=SQL.question,
        filters=Filters(),
        frame=frame,
        finding=finding,
        scope=words("sql_step.scope"),
        source=Source(
            data.version.label,
            compared=len(programmes),
            sample=any(programme.is_sample for programme in programmes),
        ),
        data=_with_cells(drawn, shown) if drawn else None,
        figure=drawn.figure if drawn else None,
        options=options,
        room=_room(drawn),
    )


def step_title(table: pa.Table, data: Data, words: Words) -> str:
    """What a step with these rows is called where its host types no title."""
    shown = _columns(table, data, words)
    return _finding(_frame(shown), _chart(shown, SqlOptions(), words), words).title


def lone(answer: Answer, words: Words) -> tuple[Number, ...]:
    """A single row of a few numbers as large ones; () of any other answer."""
    frame = answer.frame
    if answer.chart != SQL.question or len(frame) != 1 or not 0 < len(frame.columns) <= ALONE:
        return ()
    if not all(pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns):
        return ()
    return tuple(
        Number(tables.own_heading(name), tables.writers(frame, name, words)[0](frame[name].iloc[0]))
        for name in frame.columns
    )


def fault_words(fault: SqlFault, words: Words) -> tuple[str, str]:
    """What is wrong with a statement, and what to do."""
    values = {"name": "…", "limit": "", **fault.values}
    return words(f"sql.problem.{fault.rule}", **values), words(f"sql.todo.{fault.rule}", **values)


def _needs_analyst(data: Data, fault: SqlFault) -> bool:
    """Whether a name that readers' tables lack is one of the analyst's."""
    name = str(fault.values.get("name", "")).casefold()
    if fault.rule not in ("table", "column", "alias") or not name:
        return False
    seen, every = (
        {
            table.name: {column for column, _ in table.columns}
            for table in schema(data.seen_by(role))
        }
        for role in (READER, ANALYST)
    )
    hidden = set(every) - set(seen)
    hidden |= {column for table in set(every) & set(seen) for column in every[table] - seen[table]}
    return name.rpartition(".")[2] in hidden


def _finding(frame: pd.DataFrame, drawn: SqlChart | None, words: Words, *caveats: str) -> Finding:
    if drawn is None:
        return say(frame, words, caveats=caveats)
    by = [name for name in (drawn.names, drawn.by) if name]
    return say(frame, words, drawn.values, by, caveats)


def _frame(shown: Sequence[_Shown]) -> pd.DataFrame:
    columns = {
        column.label: pd.Series(column.cells, dtype=_dtype(column.column)) for column in shown
    }
    return pd.DataFrame(columns, columns=[column.label for column in shown])


def _columns(table: pa.Table, data: Data, words: Words) -> list[_Shown]:
    headings = distinct(
        [
            words(f"column.{name}") if words.has(f"column.{name}") else name
            for name in table.column_names
        ]
    )
    shown = []
    for name, heading, values in zip(table.column_names, headings, table.columns, strict=True):
        listed = values.to_pylist()
        column = Column(heading, kind_of(name, listed), listed)
        shown.append(
            _Shown(tables.own(heading, _spec(name, column)), column, _write(name, data, words))
        )
    return shown


def _spec(name: str, column: Column) -> str:
    known = [value for value in column.values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "yes"
    if column.kind == "number":
        return unit_of([column])
    if column.kind == "time":
        is_day = all(isinstance(value, date) and not isinstance(value, datetime) for value in known)
        return "d" if is_day else ""
    return "" if name.casefold() in PLACES else tables.NAMING


def _write(name: str, data: Data, words: Words) -> Callable[[Any], str]:
    """How the texts of a column are written: codes that the words know by their names."""
    if name in ("programme", "programme_id"):
        regencies = {key: words.regency(known.regency) for key, known in data.programmes.items()}
        if len(set(regencies.values())) == len(regencies):
            return lambda value: regencies.get(str(value), str(value))
    spec = tables.kind(name, pd.Series([], dtype=object))
    return tables.writer(spec, words) if spec in tables.CODED else str


def _dtype(column: Column) -> Any:
    """Numbers that may be missing as such; anything else as it is."""
    known = [value for value in column.values if value is not None]
    if column.kind != "number" and not all(isinstance(value, int) for value in known):
        return object
    if any(isinstance(value, bool) for value in known) or not known:
        return object
    return "Int64" if all(isinstance(value, int) for value in known) else "float64"


def _chart(shown: Sequence[_Shown], options: SqlOptions, words: Words) -> SqlChart | None:
    names = [column for column in shown if column.column.kind == "text"]
    written = names[0].write if names else str
    return chart(
        [column.column for column in shown], words, options.most, partial(_text_of, written)
    )


def _text_of(write: Callable[[Any], str], value: Any) -> str:
    return str(write(value))


def _with_cells(drawn: SqlChart, shown: Sequence[_Shown]) -> Any:
    """Its data, with the columns of a sheet's chart under the names of the frame."""
    labels = {column.column.name: column.label for column in shown}
    cells = tuple(
        replace(
            cell,
            category=labels[cell.category],
            columns=tuple(labels[name] for name in cell.columns),
            by=labels.get(cell.by, ""),
        )
        for cell in drawn.data.cells
    )
    return replace(drawn.data, cells=cells)


def _room(drawn: SqlChart | None) -> Sizes | None:
    if drawn is None:
        return None
    rows = SQL.sizes.rows if drawn.data.kind == "bar" else None
    return Sizes(drawn.height, drawn.height, None, close(drawn.height), rows)
