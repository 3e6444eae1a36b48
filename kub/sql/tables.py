"""What a role may ask of.

Answers: the rows of questions under no filter, of every programme, as tables named by their
question. They are made by the same SQL as the screen's and for the same role, so what is withheld
there is withheld here: a reader's process holds no other figure. Records: tables of the version,
all of them for analysts; of readers' those without people and money.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

import duckdb
import pyarrow as pa

import queries
from kub.sql.answer import Answer
from kub.store.cards import CARD_TABLES
from kub.store.data import Data
from kub.store.opening import FACT_TABLES, RECORD_TABLES, is_copied
from queries.filters import Filters
from queries.yearly import answers

# Of all programmes at once, or of none.
TOGETHER = queries.COMPARED - {"peers"} | queries.SUMMED | queries.REFERENCE
# Of one village, beside another programme, or by rows and columns that a page chooses.
LEFT_OUT = frozenset({"village_profile", "peers", "pivot"})
PROGRAMME = "programme"
# The columns that readers see of each record: no people, no money.
READER_RECORDS = {
    "programme": "programme_id, name, regency_code, regency, operator, started_on, is_sample",
    "population": "*",
    "village": "*",
    "kub": "programme_id, kub_id, name, village_code, sector, activity, founded_on, closed_on",
    "lkm": "*",
    "library": "*",
    "award": "*",
    "study_visit": "programme_id, visited_on, institution, regency_code",
    "published_figure": "*",
    "target": "*",
}
ANALYST_RECORDS = (*RECORD_TABLES, *CARD_TABLES, *FACT_TABLES, "source_file")
# A process copies a version below this size and lets go of the file; a larger one it reads in
# place, since it has 400 MB.
COPY_MOST_BYTES = 40_000_000
# Of more KUB than this the lists of KUB with their members are left out: they would fill the
# process.
LISTS, MOST_LISTED = frozenset({"village_kub", "kubs"}), 200_000


@cache
def questions() -> tuple[str, ...]:
    """Those that are tables: whatever is asked by filters alone."""
    known = {field.name for field in fields(Filters)} | {"guests"}
    return tuple(
        name
        for name in queries.QUESTIONS
        if name not in LEFT_OUT and known.issuperset(queries.heeded(name))
    )


@dataclass(frozen=True)
class Table:
    """kind: answer, record or fact. columns: name and DuckDB's type. comments: 'Indonesian |
    English' of the table and of its columns, "" where the words have them (an answer's).
    """

    name: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    comment: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """What a process is handed over. streams: Arrow, by table. attach: path of the version whose
    tables `attached` it reads itself, "" for none; copied: and lets go of.
    """

    streams: dict[str, bytes]
    attach: str = ""
    attached: tuple[str, ...] = ()
    copied: bool = True


def contents(data: Data) -> Contents:
    """What the role of `data` may ask of."""
    own = queries.cursor(data.con, data.role)
    streams = {name: Answer(table).stream() for name, table in _answers(data, own)}
    if data.role == queries.ROLES[-1]:
        attached = tuple(table.name for table in _described(data) if table.name not in streams)
        copied = data.version.path.stat().st_size < COPY_MOST_BYTES
        return Contents(streams, str(data.version.path), attached, copied)
    for name, columns in READER_RECORDS.items():
        rows = data.con.cursor().sql(_with_texts(name, columns))
        streams[name] = Answer(rows.to_arrow_table()).stream()
    return Contents(streams)


def _with_texts(name: str, columns: str) -> str:
    """Columns and names are of READER_RECORDS; the enum becomes a text, as answers have it."""
    replaced = " REPLACE (sector::VARCHAR AS sector)" if name == "kub" else ""
    inner = f"(SELECT {columns} FROM main.{name})"  # noqa: S608
    return f"SELECT *{replaced} FROM {inner}"  # noqa: S608


def _answers(data: Data, own: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    large = _many_kub(data)
    for question in questions():
        if question in LISTS and large:
            continue
        if question in TOGETHER:
            yield question, _asked(own, question, data.default.programme_id)
            continue
        parts = [
            _with_programme(_asked(own, question, programme), programme)
            for programme in data.programmes
            if programme not in data.cards or answers(question, Filters(programme=programme))
        ]
        yield question, pa.concat_tables(parts or [_asked(own, question, "").slice(0, 0)])


def _many_kub(data: Data) -> bool:
    [(kub,)] = data.con.cursor().execute("SELECT count(*) FROM main.kub").fetchall()
    return int(kub) > MOST_LISTED


def _asked(own: duckdb.DuckDBPyConnection, question: str, programme: str) -> pa.Table:
    parameters = {**Filters(programme=programme).parameters(), "guests": "[]"}
    values = {name: parameters[name] for name in queries.heeded(question)}
    return own.sql(queries.sql(question), params=values).to_arrow_table()


def _with_programme(table: pa.Table, programme: str) -> pa.Table:
    """With the programme as its first column, where the question has none."""
    if PROGRAMME in table.column_names:
        return table
    column = pa.array([programme] * len(table), pa.string())
    return table.add_column(0, PROGRAMME, column)


def schema(data: Data) -> tuple[Table, ...]:
    """The tables that the role of `data` may ask of: answers first, then records, then facts."""
    hidden = LISTS if _many_kub(data) else frozenset()
    listed = [
        Table(name, "answer", columns)
        for name, columns in ((name, _columns(data, name)) for name in questions())
        if name not in hidden
    ]
    if data.role == queries.ROLES[-1]:
        return (*listed, *_described(data))
    return (*listed, *(_reader_record(table) for table in _described(data) if _is_shown(table)))


def _columns(data: Data, question: str) -> tuple[tuple[str, str], ...]:
    own = tuple(data.types(question).items())
    if question in TOGETHER or PROGRAMME in data.types(question):
        return own
    return ((PROGRAMME, "VARCHAR"), *own)


def _is_shown(table: Table) -> bool:
    return table.name in READER_RECORDS


def _reader_record(table: Table) -> Table:
    columns = READER_RECORDS[table.name]
    if columns == "*":
        return table
    shown = columns.split(", ")
    pairs = zip(table.columns, table.comments, strict=True)
    left = [(column, comment) for column, comment in pairs if column[0] in shown]
    return Table(
        table.name,
        table.kind,
        tuple(column for column, _ in left),
        table.comment,
        tuple(comment for _, comment in left),
    )


@cache
def _order() -> dict[str, int]:
    return {name: place for place, name in enumerate(ANALYST_RECORDS)}


def _described(data: Data) -> list[Table]:
    """Records and facts of the version file, with the comments of the database."""
    database = "memory" if is_copied(data.con.cursor()) else "file"
    rows = data.con.cursor().execute(
        """SELECT table_name, any_value(t.comment),
          list((column_name, c.data_type) ORDER BY column_index),
          list(coalesce(c.comment, '') ORDER BY column_index)
        FROM duckdb_columns() c
        JOIN duckdb_tables() t USING (database_name, schema_name, table_name)
        WHERE database_name = $database AND schema_name = 'main' GROUP BY table_name""",
        {"database": database},
    )
    listed = [row for row in rows.fetchall() if row[0] in _order()]
    listed.sort(key=lambda row: _order()[row[0]])
    # A column is explained once in the database: in the other tables it means the same.
    meanings = {
        column: meaning
        for _, _, columns, comments in reversed(listed)
        for (column, _), meaning in zip(columns, comments, strict=True)
        if meaning
    }
    return [
        Table(
            name,
            "fact" if name in FACT_TABLES else "record",
            tuple((column, kind) for column, kind in columns),
            comment or "",
            tuple(
                meaning or meanings.get(column, "")
                for (column, _), meaning in zip(columns, comments, strict=True)
            ),
        )
        for name, comment, columns, comments in listed
    ]
