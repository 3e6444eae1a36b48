"""The editor of SQL as a block of the page, and a statement's rows as a table, which draw_sql.js
draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import pyarrow as pa

from kub.charts.sql_result import Column, kind_of, number
from kub.web import blocks
from kub.web.twin import ROWS
from kub.words import MISSING, Words

LONGEST_CELL = 300  # characters that are shown of a text


@dataclass(frozen=True)
class TableOffer:
    """A table that may be asked of. columns: name, type and meaning of each."""

    name: str
    kind: str
    meaning: str
    columns: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Sql(blocks.Block):
    """text: the statement of the link. kinds: headings of the tables' kinds. examples: (what it
    asks, statement). longest: characters of a statement; of its writing in a link. address: where
    it is run. files: (ending, writing, label, help).
    """

    kind: ClassVar[str] = "sql"
    key: str
    text: str
    title: str
    note: str
    address: str
    kinds: Mapping[str, str]
    tables: Sequence[TableOffer]
    examples: Sequence[tuple[str, str]]
    files: Sequence[tuple[str, str, str, str]]
    longest: int
    longest_link: int
    texts: Mapping[str, str]


def columns_of(table: pa.Table) -> list[Column]:
    """The columns as charts and tables take them; of two of one name both."""
    columns = []
    for name, values in zip(table.column_names, table.columns, strict=True):
        listed = values.to_pylist()
        columns.append(Column(name, kind_of(name, listed), listed))
    return columns


def table_of(columns: Sequence[Column], words: Words) -> blocks.Table:
    """The first rows, under the statement's own names."""
    rows = len(columns[0].values) if columns else 0
    shown = [column.values[:ROWS] for column in columns]
    texts = [
        [_written(value, column, words) for value in values]
        for column, values in zip(columns, shown, strict=True)
    ]
    numeric = [at for at, column in enumerate(columns) if column.kind == "number"]
    order: dict[int, Sequence[Any]] = {
        at: [_sortable(value) for value in shown[at]]
        for at, column in enumerate(columns)
        if at in numeric or column.kind == "time"
    }
    return blocks.Table(
        [column.name for column in columns],
        [list(row) for row in zip(*texts, strict=True)],
        numeric,
        order,
        words("card.cut", shown=ROWS, rows=rows) if rows > ROWS else "",
    )


def _sortable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _written(value: Any, column: Column, words: Words) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return words("sql.yes" if value else "sql.no")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return words.date(value)
    if isinstance(value, int | float) and column.kind == "number":
        return number(value, words)
    text = str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
