"""Folders of Parquet → checked programmes, their large sheets read, checked and added up by Spark.

What it finds is what `kub.records.read` finds: the same rules from the same SQL, the same problems
under the same names, and the same tables. A folder that calls for a look at every cell is read by
`kub.records.read` itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

import queries
from kub import records
from kub.progress import Progress, part_of, silent
from kub.records import Checked, Programme, assembly, rules, villages
from kub.records.limits import NO_LIMITS
from kub.records.problems import CAP, Problems
from kub.records.programme import Stored
from kub.records.reading import Reading
from kub.records.staging import stage
from kub.records.tabular import counted
from kub.records.unreadable import Unreadable
from kub.records.workbook import Book, open_book
from kub.spark import cells, dialect, folder
from kub.spark.cells import NotPlain
from kub.spark.folder import LARGE, Sheet
from kub.spark.session import Session

# In the order in which one stands on the other.
_MODELS = ("facts", "day_fact", "kub_money")
# Small tables of records that the facts read.
_BESIDE = ("village", "library", "published_figure")
Waived = Callable[[str], None]


def read(
    paths: Sequence[Path],
    today: date,
    session: Session,
    progress: Progress = silent,
    waived: Waived = silent,
) -> Checked:
    """As kub.records.read, without limits, on the cluster of the session.

    The tables of large sheets and the facts lie below the session's folder: it must be there until
    they are stored. waived is called with the name of each folder that this machine reads itself.
    Raises SparkFault where Spark gives up.
    """
    checked = Checked([], [])
    seen: dict[str, str] = {}
    for number, path in enumerate(paths):
        step = part_of(progress, number, len(paths))
        own = session.below(str(number))
        try:
            part = _read(Path(path), today, own, seen, step)
        except (NotPlain, Unreadable):
            waived(path.name)
            part = records.read([path], today, step, NO_LIMITS, seen)
        checked = Checked(
            checked.programmes + part.programmes,
            checked.problems + part.problems,
            checked.reading.plus(part.reading),
        )
    progress(1.0, "records.progress.done")
    return checked


def _read(
    path: Path, today: date, session: Session, seen: dict[str, str], step: Progress
) -> Checked:
    """Raises NotPlain wherever the whole reader has to look."""
    if not path.is_dir():
        raise NotPlain(path.name)
    problems = Problems()
    step(0.0, "records.progress.reading")
    book = open_book(path, problems, NO_LIMITS, frozenset(LARGE))
    if problems.stops or not set(LARGE) <= book.sheets.keys():
        raise NotPlain(path.name)
    staged = stage(book, today, problems)
    names = dict(seen)
    records.tell_programme(book, staged["programme"], names, problems)
    if problems.stops:
        raise NotPlain(path.name)
    large = [folder.sheet(path, book.sheets[table]) for table in LARGE]
    session.divide(sum(sheet.rows for sheet in large))
    for number, sheet in enumerate(large):
        step(0.1 + 0.15 * number, "records.progress.cells")
        folder.stage(session, sheet, today)
    step(0.4, "records.progress.rules")
    code = staged["programme"]["regency_code"][0].as_py()
    listed = villages.listed(code, staged["village"])
    folder.locate(session, code, listed)
    records.cross_rows(book, staged, problems, partial(_breaches, session, book, large))
    rows = {sheet.raw.sheet.table: sheet.rows for sheet in large}
    reading = Reading(
        tuple(
            replace(raw.read, rows=rows[table])
            if table in rows
            else counted(raw, staged[table].num_rows)
            for table, raw in book.sheets.items()
        ),
        tuple(book.not_read),
    )
    seen.update(names)
    if problems.stops:
        return Checked([], problems.listed(), reading)
    step(0.6, "records.progress.tables")
    tables = assembly.tables(staged, villages.table(listed, staged["village"]))
    programme_id = staged["programme"]["programme_id"][0].as_py()
    origins = tuple((table, raw.file, raw.name) for table, raw in book.sheets.items())
    stored = _stored(session, tables, programme_id, step)
    programme = Programme(programme_id, tables, book.files, origins, stored)
    return Checked([programme], problems.listed(), reading)


def _breaches(
    session: Session, book: Book, large: Sequence[Sheet], con: DuckDBPyConnection
) -> Iterator[tuple[str, pa.Table]]:
    """As kub.records.rules.breaches. A rule runs where its rows are: here, if it reads no large
    sheet.
    """
    views = {name: sql for text in rules.views() for name, sql in dialect.tables(text).items()}
    there = set(LARGE) | views.keys()
    texts = [*rules.views(), *map(rules.text, rules.names())]
    read = {table for text in texts for table in dialect.sources(text)}
    for table in sorted(read - there):
        session.put(table, con.table(table).to_arrow_table())
    for name, sql in views.items():
        session.view(name, sql)
    large_rules = {
        rule: dialect.query(rules.text(rule))
        for rule in rules.names()
        if dialect.sources(rules.text(rule)) & there
    }
    broken = _broken(session, large_rules)
    for rule in rules.names():
        if rule not in large_rules:
            yield rule, con.sql(rules.text(rule)).to_arrow_table()
        elif rule in broken:
            rows = session.rows(large_rules[rule])
            for raw in folder.with_rows(large, rows, CAP):
                book.sheets[raw.sheet.table] = raw
            yield rule, rows


def _broken(session: Session, queries_of: dict[str, str]) -> set[str]:
    """The rules that any row breaks. Asked at once: most records break none, and each question of
    its own costs Spark a second or two, however few the rows.
    """
    counts = [
        f"SELECT {dialect.literal(rule)} AS rule, count(*) AS breaches FROM ({sql})"
        for rule, sql in queries_of.items()
    ]
    rows = session.rows(" UNION ALL ".join(counts)).to_pylist()
    return {row["rule"] for row in rows if row["breaches"]}


def _stored(
    session: Session, tables: dict[str, pa.Table], programme_id: str, step: Progress
) -> dict[str, Stored]:
    """The records of the large sheets and all facts, written by the workers."""
    schemas = assembly.schemas()
    stored = {}
    for table in LARGE:
        path = session.write(f"record_{table}", _record(table, schemas[table], programme_id))
        stored[table] = _counted(path)
    for table in LARGE:
        session.files(table, [stored[table].folder])
    for table in _BESIDE:
        session.put(table, tables[table])
    for number, model in enumerate(_MODELS):
        step(0.7 + 0.1 * number, "progress.facts")
        for table, sql in dialect.tables(queries.model(model)).items():
            stored[table] = _counted(session.write(table, sql))
    return stored


def _counted(path: Path) -> Stored:
    return Stored(path, sum(pq.read_metadata(part).num_rows for part in path.glob("*.parquet")))


def _record(table: str, schema: pa.Schema, programme_id: str) -> str:
    """Staged rows as queries/model/schema.sql has them: what kub/records/assembly.py does."""
    made: dict[str, Any] = {
        "programme_id": dialect.literal(programme_id),
        assembly.SOURCE_ROW: "_row",
    }
    if table == "kub":
        # Founded "2017" and closed before its end: then it is the day it closed.
        made["founded_on"] = "least(founded_on, closed_on)"
    columns = [
        f"CAST({made.get(field.name, f'`{field.name}`')} AS {cells.sql_type(field.type)}) "
        f"AS `{field.name}`"
        for field in schema
    ]
    return f"SELECT {', '.join(columns)} FROM {table}"
