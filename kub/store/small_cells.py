"""Which figures about people would let a reader work out those of very few.

What a reader may know: which KUB live where and when, when each reported, and every figure that
is released, in every version that can be opened. Not known is how many members each report states.
A KUB counts with its newest report at each year's end, so the same number stands in the figures of
several years and versions, and the difference of two totals can be the members of a single KUB.

Cells (a village and sector) that hold a KUB of 1-4 members are joined with others into blocks
(blocks.py) until the sums of the whole block, over all its years, give nobody away
(disclosure.py). Then single villages and cells of a block are released, year by year, as long as
they give nobody away either (block_sums.py). Blocks are stored in the version and taken over by
the next one, where they only grow; sums of an older version that would give somebody away beside
the newest are withheld there.

Refused: to blank small numbers where they are shown, since a total less the other parts gives
them back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

import queries
from kub.store import whole
from kub.store.block_sums import small_tables
from kub.store.marks import marked, part_table
from kub.store.unknown import gathered


@dataclass(frozen=True)
class _VersionRecords:
    """A version's records. path: None where they are the connection's own."""

    name: str
    path: Path | None


def protect(
    con: duckdb.DuckDBPyConnection, name: str, beside: Sequence[Path] = (), own: Path | None = None
) -> None:
    """Work out the tables of queries/model/small_tables.sql for the facts of this connection, and
    put them there.

    name: of the version. beside: the files of all other versions that can be opened; one that is
    damaged is left out, for it cannot be opened either. own: the file of this version, None
    while it is built: then it is the newest.
    """
    con.execute(queries.model("small_tables"))
    files = list(beside)
    if own:
        files.append(own)
    # The version that took over most: its blocks hold all others', and blocks only grow.
    governing = max((file for file in files if _generation(file)), key=_generation, default=None)
    covered: frozenset[str] = frozenset()
    number = 1
    if governing:
        covered = _covers(governing)
        number += _generation(governing)
    files.sort(key=lambda file: (file.stem in covered, _generation(file), file.stem), reverse=True)
    sources = [_VersionRecords(file.stem, None if file == own else file) for file in files]
    if not own:
        sources.insert(0, _VersionRecords(name, None))
    con.execute("INSERT INTO small.generation VALUES ($number)", {"number": number})
    _protect(con, sources, governing, covered)


def _generation(path: Path) -> int:
    """How many versions had taken over their blocks; 0 for one of
    before, and for a file that is not whole.
    """
    if whole.fault(path):
        return 0
    try:
        return _stored_generation(path)
    except duckdb.Error:
        return 0


@cache
def _stored_generation(path: Path) -> int:
    """Cached, for a version never changes; a file that fails to open is tried again."""
    with duckdb.connect(path, read_only=True) as con:
        try:
            [(number,)] = con.execute("FROM small.generation").fetchall()
        except duckdb.CatalogException:
            return 0
    return int(number)


@cache
def _covers(governing: Path) -> frozenset[str]:
    """The names of the versions whose figures the blocks of this one take into account."""
    with duckdb.connect(governing, read_only=True) as con:
        return frozenset(
            name for (name,) in con.execute("SELECT DISTINCT name FROM small.records").fetchall()
        )


def _protect(
    con: duckdb.DuckDBPyConnection,
    sources: Sequence[_VersionRecords],
    governing: Path | None,
    covered: frozenset[str],
) -> None:
    # Blocks start as they were: to divide one anew would let two versions be subtracted.
    con.execute("CREATE TEMP TABLE before AS FROM small.guarded")
    if governing:
        with _attached(con, _VersionRecords("", governing)) as schema:
            con.table(f"{schema}small.guarded").insert_into("before")
    con.execute(
        """CREATE TEMP TABLE unknown (records INTEGER, programme_id VARCHAR, kub_id VARCHAR,
        report_year INTEGER, members INTEGER, village_code VARCHAR, district_code VARCHAR,
        sector VARCHAR, stated BOOLEAN, first INTEGER, last INTEGER)"""
    )
    con.execute(
        "CREATE TEMP TABLE day (records INTEGER, programme_id VARCHAR, date DATE, code INTEGER)"
    )
    _read(con, sources)
    # Programmes without a report of 1-4 members have nothing to hide, and cost no work.
    rows = con.execute(
        """SELECT programme_id, list(DISTINCT records ORDER BY records),
          list(DISTINCT records ORDER BY records DESC)
            FILTER (WHERE NOT list_contains($covered, name))
        FROM small.records
        WHERE programme_id IN (SELECT programme_id FROM unknown WHERE members < 5)
        GROUP BY programme_id ORDER BY programme_id""",
        {"covered": list(covered)},
    ).fetchall()
    for programme, newest_first, unseen in rows:
        _store(con, programme, newest_first, unseen or [])
    con.execute("DROP TABLE unknown; DROP TABLE day; DROP TABLE before")


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, source: _VersionRecords) -> Iterator[str]:
    """What stands before the names of its tables."""
    if source.path is None:
        yield ""
        return
    con.execute("ATTACH $path AS beside (READ_ONLY)", {"path": str(source.path)})
    try:
        yield "beside."
    finally:
        con.execute("DETACH beside")


def _read(con: duckdb.DuckDBPyConnection, sources: Sequence[_VersionRecords]) -> None:
    """Fill small.records, and unknown and day for the programmes that have a report of few members
    anywhere.

    Records that are the same in several versions have the number of the newest.
    """
    numbers: dict[tuple[str, str], int] = {}
    new: dict[int, list[str]] = {}
    few: set[str] = set()
    for position, source in enumerate(sources):
        try:
            with _attached(con, source) as schema:
                fingerprints = con.execute(_of(schema, "small_fingerprint")).fetchall()
        except duckdb.Error:
            # A damaged version cannot be opened by readers either, so its figures give nothing
            # away.
            if source.path is None:
                raise
            continue
        new[position] = [
            programme for programme, text, _ in fingerprints if (programme, text) not in numbers
        ]
        few |= {programme for programme, _, any_few in fingerprints if any_few}
        rows = [
            [position, source.name, programme, numbers.setdefault((programme, text), position)]
            for programme, text, _ in fingerprints
        ]
        # Without any programme it is known all the same.
        con.executemany(
            "INSERT INTO small.records VALUES (?, ?, ?, ?)",
            rows or [[position, source.name, None, None]],
        )
    for position, programmes in new.items():
        if wanted := [programme for programme in programmes if programme in few]:
            with _attached(con, sources[position]) as schema:
                for statement in duckdb.extract_statements(_of(schema, "small_people")):
                    bound = {"records": position, "programmes": wanted}
                    con.execute(
                        statement, {name: bound[name] for name in statement.named_parameters}
                    )


def _of(schema: str, query: str) -> str:
    return queries.model(query).replace("source.", schema)


def _store(
    con: duckdb.DuckDBPyConnection, programme: str, order: Sequence[int], unseen: Sequence[int]
) -> None:
    unknown = gathered(con, programme)
    stored = con.execute(
        "SELECT village_code, sector, block FROM before WHERE programme_id = $programme",
        {"programme": programme},
    ).fetchall()
    block_of = {(village, sector): block for village, sector, block in stored}
    cells = list(zip(unknown.village.tolist(), unknown.sector.tolist(), strict=True))
    # A cell that is new in this version belongs to no block yet.
    before = np.array([block_of.get(cell, -1) for cell in cells], np.int64)
    tables = small_tables(unknown, order, unseen, before)
    con.from_arrow(part_table(programme, unknown, tables.parts)).insert_into("small.part")
    labels = [(label, cell) for label, members in tables.guarded for cell in members]
    at = np.array([cell for _, cell in labels], np.int64)
    con.from_arrow(
        pa.table(
            {
                "programme_id": pa.array([programme] * len(at), pa.string()),
                "village_code": unknown.village[at].tolist(),
                "sector": unknown.sector[at].tolist(),
                "block": pa.array([label for label, _ in labels], pa.int32()),
            }
        )
    ).insert_into("small.guarded")
    con.execute("CREATE TEMP TABLE withheld (records INTEGER, code INTEGER)")
    for day in tables.days:
        con.execute("INSERT INTO withheld VALUES (?, ?)", day)
    con.execute(
        """INSERT INTO small.day SELECT DISTINCT programme_id, records, date
        FROM day SEMI JOIN withheld USING (records, code)
        WHERE programme_id = $programme AND date IS NOT NULL""",
        {"programme": programme},
    )
    con.execute(
        """INSERT INTO small.earning SELECT DISTINCT programme_id, records, -code
        FROM day ANTI JOIN withheld USING (records, code)
        WHERE programme_id = $programme AND date IS NULL""",
        {"programme": programme},
    )
    con.execute("DROP TABLE withheld")


def prepare(
    con: duckdb.DuckDBPyConnection,
    name: str = "",
    path: Path | None = None,
    attached: str = "",
    facts: bool = True,
) -> None:
    """Withhold from readers what the records of this connection call for; nothing is done where
    nobody is few.

    name: of the version. path: its file, beside which the other versions stand; None where
    protect has been asked on this connection, or on the file that is attached under the name
    `attached`. What the newest version worked out holds for all beside it; where it does not know
    this one (which is older than such tables, or was brought back) all is worked out again. facts:
    whether facts need their marks here; not where they are packed with them.
    """
    if attached:
        _take(con, f"{attached}.")
    elif path:
        _take_over(con, name, path)
    asked = {"name": name}
    con.execute(
        """CREATE TEMP TABLE own AS SELECT g.programme_id, village_code, sector FROM small.guarded g
        JOIN small.records USING (programme_id) WHERE name = $name""",
        asked,
    )
    con.execute(
        """CREATE TEMP TABLE own_day AS SELECT d.programme_id, date FROM small.day d
        JOIN small.records USING (programme_id, records) WHERE name = $name""",
        asked,
    )
    [(anything,)] = con.execute(
        "SELECT (SELECT count(*) FROM own) + (SELECT count(*) FROM own_day)"
    ).fetchall()
    if anything:
        con.execute("CREATE SCHEMA access")
        con.execute(queries.model("small_cells"))
        con.execute(queries.model("access_small"))
        if facts:
            _mark_facts(con, asked)
    con.execute("DROP TABLE own; DROP TABLE own_day; DROP SCHEMA small CASCADE")


def _mark_facts(con: duckdb.DuckDBPyConnection, asked: dict[str, str]) -> None:
    """asked: the name of the version, as the statements bind it."""
    # Ordered, since marks come of a seed: the same rows must have the same marks each time.
    parts = con.sql(
        """SELECT programme_id, year, village_code, district_code, sector, part, women_part
        FROM small.part JOIN small.records USING (programme_id, records) WHERE name = $name
        ORDER BY programme_id, year, village_code, sector""",
        params=asked,
    ).to_arrow_table()
    con.execute(
        """CREATE TABLE access.village_mark (programme_id VARCHAR, year INTEGER,
        village_code VARCHAR, district_code VARCHAR, sector sector, mark BIGINT,
        women_mark BIGINT)"""
    )
    con.from_arrow(marked(parts)).insert_into("access.village_mark")
    # Revenue per member would give away members: of guarded cells only all together are told.
    earning = con.sql(queries.model("small_earning"), params=asked).to_arrow_table()
    con.execute("CREATE TABLE access.earning_mark AS FROM access.village_mark WHERE false")
    con.from_arrow(marked(earning)).insert_into("access.earning_mark")
    con.execute(queries.model("small_facts"))
    con.execute(queries.model("access_facts"))


def governing_version(path: Path) -> Path | None:
    """The file beside a version whose blocks hold for it: the newest import.

    None: there are only older ones.
    """
    files = sorted(
        path.parent.glob("kub-*-*.duckdb"), key=lambda file: (_generation(file), file.stem)
    )
    return files[-1] if files and _generation(files[-1]) else None


def _take_over(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    con.execute("DROP SCHEMA IF EXISTS small CASCADE")
    governing = governing_version(path)
    if not governing or name not in _covers(governing):
        protect(
            con, name, [file for file in path.parent.glob("kub-*-*.duckdb") if file != path], path
        )
        return
    with _attached(con, _VersionRecords("", governing)) as schema:
        _take(con, schema)


def _take(con: duckdb.DuckDBPyConnection, schema: str) -> None:
    """What a file worked out. schema: what stands before the names of its tables."""
    con.execute(queries.model("small_tables"))
    for table in ("records", "part", "guarded", "day"):
        con.table(f"{schema}small.{table}").insert_into(f"small.{table}")
    # A version of before schema 3 released none.
    with suppress(duckdb.CatalogException):
        con.table(f"{schema}small.earning").insert_into("small.earning")
