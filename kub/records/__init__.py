"""An office's workbook → typed rows or problems.

sheets.py has the format, which docs/records.md tells to people.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kub import places
from kub.places import Gazetteer, Village
from kub.progress import Progress, part_of, silent
from kub.records import assembly, benchmark_card, rules, villages, zipped
from kub.records.limits import LIMITS, NO_LIMITS, Limits
from kub.records.problems import Problem, Problems
from kub.records.programme import Programme as Programme
from kub.records.reading import NotRead, Reading
from kub.records.sheets import BY_TABLE
from kub.records.source import Source, SourceFile, Upload, load
from kub.records.staging import stage, written
from kub.records.tabular import counted
from kub.records.unreadable import Unreadable
from kub.records.workbook import Book, open_book

# What DuckDB may hold while rows are checked, and the rows of a sheet from which it may need more.
RULES_MEMORY, MANY_ROWS = "600MB", 500_000
Keep: TypeAlias = Callable[[Mapping[str, pa.Table]], Mapping[str, pa.Table]]


def in_memory(tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
    """The tables as they are."""
    return tables


@dataclass(frozen=True)
class Checked:
    """What was read: programmes of the files without problems, and all problems and warnings of all
    files.

    reading: sheets, columns and rows that were read, and what was not.
    """

    programmes: list[Programme]
    problems: list[Problem]
    reading: Reading = Reading()

    @property
    def ok(self) -> bool:
        """May everything be imported? Warnings do not stop it."""
        return all(problem.level == "warning" for problem in self.problems)


def read(
    paths: Sequence[SourceFile],
    today: date,
    progress: Progress = silent,
    limits: Limits = LIMITS,
    known: dict[str, str] | None = None,
    keep: Keep = in_memory,
) -> Checked:
    """Reads workbooks (.xlsx), folders (.csv, .parquet), also as a ZIP, or benchmark cards (.zip),
    one programme each; an Upload never reaches the disk.

    today: the day of the import; later dates are problems. progress(fraction 0-1, key of a word)
    is called between the steps. limits: how much of a file is read. keep: what is done with the
    tables of each programme, such as spool.py's. Never raises for what is in the files.
    """
    problems = Problems()
    programmes: list[Programme] = []
    seen = {} if known is None else known
    reading = Reading()
    for number, path in enumerate(paths):
        source = path if isinstance(path, Upload) else Path(path)
        step = part_of(progress, number, len(paths))
        programme, what = _read_programme(source, today, problems, seen, step, limits)
        if programme:
            programmes.append(replace(programme, tables=keep(programme.tables)))
        reading = reading.plus(what)
    progress(1.0, "records.progress.done")
    return Checked(programmes, problems.listed(), reading)


def _read_programme(
    path: SourceFile,
    today: date,
    problems: Problems,
    seen: dict[str, str],
    step: Progress,
    limits: Limits,
) -> tuple[Programme | None, Reading]:
    """The programme of a file, None where anything stops it.

    seen: file of each programme_id so far.
    """
    # Warnings of this file do not stop it, and problems of others are none of its business.
    before = problems.stops
    step(0.0, "records.progress.reading")
    source: Source = path
    try:
        if path.suffix.lower() == zipped.SUFFIX:
            packed = load(path, limits.file) if isinstance(path, Upload) or path.is_file() else None
            if not packed or not zipped.is_folder(packed):
                return benchmark_card.read(path, today, problems, seen)
            source = zipped.unpack(packed, limits)
    except Unreadable as error:
        problems.add(error.rule, path.name, **error.values)
        return None, Reading(not_read=(NotRead(path.name, None, "broken"),))
    book = open_book(source, problems, limits)
    step(0.35, "records.progress.cells")
    staged = stage(book, today, problems)
    sheets = tuple(counted(raw, staged[table].num_rows) for table, raw in book.sheets.items())
    reading = Reading(sheets, tuple(book.not_read))
    step(0.6, "records.progress.rules")
    tell_programme(book, staged["programme"], seen, problems)
    # The sandbox may write no file.
    on_disk = limits == NO_LIMITS and not book.in_memory
    listed = cross_rows(book, staged, problems, on_disk=on_disk)
    if problems.stops > before:
        return None, reading
    step(0.9, "records.progress.tables")
    tables = assembly.tables(staged, villages.table(listed, staged["village"]))
    code = staged["programme"]["programme_id"][0].as_py()
    origins = tuple((table, raw.file, raw.name) for table, raw in book.sheets.items())
    return Programme(code, tables, book.files, origins), reading


def tell_programme(book: Book, table: pa.Table, seen: dict[str, str], problems: Problems) -> None:
    """Exactly one row in the sheet Program, and no other file of the same programme."""
    if "programme" not in book.sheets:
        return
    raw = book.sheets["programme"]
    rows = table.select(["_row", "programme_id"]).to_pylist()
    if len(rows) != 1:
        second = rows[1]["_row"] if rows else None
        problems.add("one_programme", raw.file, raw.name, second, count=len(rows))
    elif code := rows[0]["programme_id"]:
        if code in seen:
            heading = raw.headings["programme_id"]
            problems.add(
                "programme_twice",
                raw.file,
                raw.name,
                rows[0]["_row"],
                heading,
                code,
                other=seen[code],
            )
        seen.setdefault(code, book.name)


Breaches = Callable[[duckdb.DuckDBPyConnection], Iterator[tuple[str, pa.Table]]]


def cross_rows(
    book: Book,
    staged: dict[str, pa.Table],
    problems: Problems,
    breaches: Breaches = rules.breaches,
    on_disk: bool = False,
) -> list[Village]:
    """Checks what no single cell shows; fills the villages of KUB in `staged`.

    breaches: (rule, the rows that break it), given a connection with the staged tables. on_disk:
    whether DuckDB may go on there. Returns the regency's villages.
    """
    code = _regency_code(book, staged, problems)
    listed: list[Village] = []
    known: list[dict[str, str | None]] = []
    if code:
        listed = villages.listed(code, staged["village"])
        known = [{"regency_code": code, "regency": places.regency_name(code)}]
    with ExitStack() as stack:
        # Where memory runs short DuckDB would go on in a folder on the disk.
        config: dict[str, Any] = {"temp_directory": ""} if book.in_memory else {}
        if on_disk and max(table.num_rows for table in staged.values()) > MANY_ROWS:
            folder = stack.enter_context(TemporaryDirectory(prefix="kub-"))
            config = {"temp_directory": folder, "memory_limit": RULES_MEMORY}
        con = stack.enter_context(duckdb.connect(config=config))
        for name, table in staged.items():
            con.register(name, table)
        # Rows that refer to a sheet which could not be read would each be a problem of their own.
        con.register("broken_table", pa.table({"name": pa.array(sorted(book.broken), pa.string())}))
        con.register(
            "listed_village",
            pa.table({"village_code": pa.array([village.code for village in listed], pa.string())}),
        )
        con.register("regency", pa.Table.from_pylist(known, _REGENCY))
        if code:
            _locate(con, book, staged, Gazetteer(code, listed), problems)
        for rule, rows in breaches(con):
            _tell_rule(book, rule, rows, problems)
    return listed


def _locate(
    con: duckdb.DuckDBPyConnection,
    book: Book,
    staged: dict[str, pa.Table],
    gazetteer: Gazetteer,
    problems: Problems,
) -> None:
    """Compares codes of villages with the names beside them; fills the
    codes that only names tell, in `staged`.
    """
    for table in villages.CODED_SHEETS:
        rows = staged[table]
        if rows.num_rows == 0:
            continue
        # Before codes are filled from names, which would agree with them.
        if suspects := villages.suspects(con, gazetteer, villages.places_of(table, rows)):
            at = pc.index(rows["village_code"], suspects.code).as_py()
            shown = {"_row": rows["_row"][at].as_py(), "examples": suspects.examples}
            _tell(book, table, "village_code", "bps_codes", shown, problems)
        # The sheet Desa of an invented regency is the list itself.
        named = table in villages.NAMED_SHEETS and not (
            table == "village" and places.is_invented(gazetteer.regency_code)
        )
        if named and rows["village"].null_count < rows.num_rows:
            located = villages.locate(con, gazetteer, rows)
            staged[table] = located.table
            con.register(table, located.table)
            _tell_names(book, table, located.findings, problems)


def _tell_names(
    book: Book,
    table: str,
    findings: list[tuple[list[int], villages.NameProblem]],
    problems: Problems,
) -> None:
    for rows, finding in findings:
        room = problems.room(finding.rule)
        for row in rows[:room]:
            _tell(
                book, table, finding.field, finding.rule, {"_row": row} | finding.values, problems
            )
        problems.add_rest(finding.rule, book.sheets[table].file, None, len(rows) - room)


_REGENCY = pa.schema({"regency_code": pa.string(), "regency": pa.string()})


def _regency_code(book: Book, staged: dict[str, pa.Table], problems: Problems) -> str | None:
    """The programme's regency, None where it is not known, or is
    invented and its villages are not listed.
    """
    codes = staged["programme"]["regency_code"].drop_null().to_pylist()
    if len(codes) != 1:
        return None
    if (
        places.is_invented(codes[0])
        and staged["village"]["village_code"].null_count == staged["village"].num_rows
    ):
        if "village" not in book.sheets:
            problems.add("missing_sheet", book.name, expected=BY_TABLE["village"].heading, found=[])
        else:
            problems.add("no_villages", book.sheets["village"].file, book.sheets["village"].name)
        return None
    return str(codes[0])


def _tell_rule(book: Book, rule: str, rows: pa.Table, problems: Problems) -> None:
    room = problems.room(rule)
    for row in (
        rows.sort_by([("table", "ascending"), ("_row", "ascending")]).slice(0, room).to_pylist()
    ):
        _tell(book, row.pop("table"), row.pop("field"), rule, row, problems)
    problems.add_rest(rule, book.name, None, rows.num_rows - room)


def _tell(
    book: Book, table: str, field: str | None, rule: str, row: dict[str, Any], problems: Problems
) -> None:
    """row: `_row` and what fills the placeholders of the rule's words."""
    raw, number = book.sheets[table], row.pop("_row")
    if field is None:
        problems.add(rule, raw.file, raw.name, number, **row)
        return
    heading = raw.headings[field]
    problems.add(rule, raw.file, raw.name, number, heading, written(raw, field, number), **row)
