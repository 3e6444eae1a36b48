"""Opening a version: what questions read of its file, copied into memory where it is small."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import duckdb

import queries
from kub.store import cards, money_cells, provenance, reference, small_cells
from kub.store.cards import CARD_TABLES, CARDS_SINCE
from kub.store.versions import Version
from queries import statistics

# Above this size a file is read in place: copying 10 million reports into memory takes 1 s and
# 1 GB, opening read-only 38 ms.
COPY_BELOW_BYTES = 200_000_000
# From so many facts on what questions read is not copied into memory, where a million take 200 MB,
# but made ready in the file at its import (queries/model/fact_packed.sql).
PACK_FROM_FACTS = 1_000_000
PACKED_AT_ONCE = 1_000_000  # years that KUB lived: about what fits into the memory of an import
# The schema numbers with which facts came; versions of before get them when they are opened.
FACT_SINCE = {"day_fact": 2, "kub_money": 3}
RECORD_TABLES = (
    *(
        "programme",
        "population",
        "village",
        "kub",
        "kub_report",
        "lkm",
        "lkm_report",
        "library",
        "library_report",
    ),
    *("school_visit", "award", "study_visit", "published_figure", "target"),
)
FACT_TABLES = (
    *("programme_year", "kub_year", "village_fact", "district_fact", "programme_fact"),
    *FACT_SINCE,
)


def connect(version: Version) -> duckdb.DuckDBPyConnection:
    """A connection that queries.ask understands; share it and take `.cursor()` per query.

    A copy in memory, so that the file stays free for an importer; views on the read-only file
    where it is large.
    """
    # An extension that is missing must fail: DuckDB would ask the internet for it.
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    con.execute("ATTACH $path AS file (READ_ONLY)", {"path": str(version.path)})
    [(schema_number,)] = con.execute("SELECT schema_number FROM file.version").fetchall()
    missing = [fact for fact, since in FACT_SINCE.items() if schema_number < since]
    has_cards = schema_number >= CARDS_SINCE
    rowed = provenance.has_rows(con, "file")
    packed = _is_packed(con)
    small = not packed and version.path.stat().st_size < COPY_BELOW_BYTES
    # Marks of a version that is older than another are worked out anew.
    packed = packed and small_cells.governing_version(version.path) == version.path
    # One thread is faster on small data: a query costs 1-2 ms whatever it does.
    con.execute("SET threads = 1" if small else "SET threads = 2")
    if small:
        con.execute("COPY FROM DATABASE file TO memory; DETACH file")
    else:
        known = [fact for fact in FACT_TABLES if fact not in missing]
        _show_file(con, [*known, *(CARD_TABLES if has_cards else ())], rowed)
    if not rowed:
        con.execute(queries.model("sheets"))
        if small:
            con.execute(queries.model("rowless"))
    if not has_cards:
        cards.create(con)
    for fact in missing:
        con.execute(queries.model(fact))
    if "kub_money" in missing:
        money_cells.protect(con)
    elif not small:
        con.execute("CREATE SCHEMA money")
        if packed:
            con.execute("CREATE VIEW money.mark AS FROM file.money.mark")
        else:
            con.execute("CREATE TABLE money.mark AS FROM file.money.mark")
    withhold = partial(small_cells.prepare, con, version.name, version.path, facts=not packed)
    return ready(con, withhold, packed)


def is_copied(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a connection holds its records in memory."""
    rows = con.execute("FROM duckdb_databases() WHERE database_name = 'file'").fetchall()
    return not rows


def _is_packed(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the attached file holds what questions read."""
    schemas = con.execute(
        "FROM duckdb_schemas() WHERE database_name = 'file' AND schema_name = 'packed'"
    )
    return bool(schemas.fetchall())


def _show_file(con: duckdb.DuckDBPyConnection, tables: Sequence[str], rowed: bool) -> None:
    """Views on the records of the attached file, and on these of its other tables."""
    con.execute(queries.model("types"))
    for table in [*RECORD_TABLES, "source_file", "version"]:
        provenance.records(con, "file", table, rowed).create_view(table)
    for table in [*tables, *([provenance.SHEETS] if rowed else ())]:
        con.table(f"file.{table}").create_view(table)


def _make_ready(con: duckdb.DuckDBPyConnection, withhold: Callable[[], None]) -> None:
    con.execute(queries.model("access"))
    withhold()
    con.execute(queries.model("ready"))


def ready(
    con: duckdb.DuckDBPyConnection, withhold: Callable[[], None], packed: bool = False
) -> duckdb.DuckDBPyConnection:
    """Everything that questions stand on.

    withhold: takes small cells into account. packed: whether the attached file holds what
    questions read.
    """
    _make_ready(con, withhold)
    con.execute("".join(f"CREATE SCHEMA {role};" for role in queries.ROLES))
    if packed:
        con.execute(queries.model("fact_in_file"))
    else:
        many = count_facts(con) >= PACK_FROM_FACTS
        con.execute(queries.model("fact_in_place" if many else "fact_copied"))
    con.execute(queries.model("roles"))
    # Macros are checked when they are made, and look tables up where their caller looks.
    con.execute("SET search_path = 'main,reader'")
    con.execute(queries.model("scope"))
    statistics.register(con)
    con.execute(queries.model("statistics"))
    con.execute(queries.model("figures"))
    reference.load(con)
    con.execute(queries.model("supporting"))
    con.execute(queries.model("targets"))
    con.execute(queries.model("rows"))
    con.execute("RESET search_path")
    # Last: from here on no statement can read a file, or lift the lock again.
    con.execute("SET enable_external_access = false; SET lock_configuration = true")
    return con


def count_facts(con: duckdb.DuckDBPyConnection) -> int:
    """How many rows of facts of villages and KUB there are."""
    [(facts,)] = con.execute(
        "SELECT (SELECT count(*) FROM village_fact) + (SELECT count(*) FROM kub_money)"
    ).fetchall()
    return int(facts)


def pack(path: Path, name: str, memory: str) -> None:
    """Put in the file of a version, which is otherwise whole, what questions read of it.

    name: of the version. memory: what DuckDB may hold; the rest goes on in a folder beside it.
    """
    with duckdb.connect(config={"memory_limit": memory, "temp_directory": f"{path}.tmp"}) as con:
        con.execute("ATTACH $path AS file", {"path": str(path)})
        _show_file(con, [*FACT_TABLES, *CARD_TABLES], rowed=True)
        con.execute("CREATE SCHEMA money; CREATE VIEW money.mark AS FROM file.money.mark")
        _make_ready(con, partial(small_cells.prepare, con, name, attached="file"))
        con.execute(queries.model("fact_packed"))
        parts = con.execute(queries.model("fact_parts"), {"most": PACKED_AT_ONCE}).fetchall()
        for part in parts:
            bound = dict(zip(("first", "last", "since", "until"), part, strict=True))
            for statement in duckdb.extract_statements(queries.model("fact_packed_some")):
                con.execute(statement, bound)
        con.execute("CHECKPOINT file")
