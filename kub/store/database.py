"""Checked programmes become a new version file; a version becomes a connection for questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb

import queries
from kub import __version__
from kub.progress import Progress, silent
from kub.records import Programme, read
from kub.shipped import SAMPLES as SAMPLES
from kub.store import audit, cards, money_cells, opening, provenance, small_cells, stored
from kub.store.alone import Waiting, alone
from kub.store.opening import FACT_SINCE, RECORD_TABLES, count_facts, ready
from kub.store.sweeping import sweep
from kub.store.versions import (
    SCHEMA_NUMBER,
    Version,
    coming,
    data_folder,
    keepable,
    pointed,
    publish,
    storing,
    sync,
)

IMPORTER = f"kub {__version__}"
# What DuckDB may hold while it builds; of a country's records the rest goes on in a folder beside
# the file. With what Python holds 2.2 GB were seen on the way through a million KUB; less than this
# was too little for the joins of so many.
BUILD_MEMORY = "1500MB"


def current(
    folder: Path | None = None,
    progress: Progress = silent,
    waiting: Waiting = silent,
    most: float = -1,
) -> Version:
    """The version in use; where there has been none at all, one built from the sample workbooks.

    waiting, most: as in `build`. Raises NotStored, and Damaged where there have been versions
    and none can be used.
    """
    folder = folder or data_folder()
    if version := pointed(folder):
        return version
    # Outside the lock: reading takes most of the time, and others may import meanwhile.
    checked = read(sorted(SAMPLES.glob("*.xlsx")), date.today())
    if not checked.ok:
        raise ValueError(f"the sample workbooks have problems: {checked.problems}")
    with _alone(folder, waiting, most):
        # Another process may have built or imported one meanwhile: samples never come beside real
        # records.
        return pointed(folder) or _build(checked.programmes, folder, True, progress)


def build(
    programmes: Sequence[Programme],
    folder: Path | None = None,
    keep_samples: bool = False,
    progress: Progress = silent,
    waiting: Waiting = silent,
    most: float = -1,
    removed: Sequence[str] = (),
    by: str = audit.COMMAND,
) -> Version:
    """Put checked programmes beside those of the version in use, in a new file; then point to it.
    removed: programme_ids that are left out of it. by: who imports, as the audit trail has it.

    A programme that is already there is replaced whole. The first programme that is real takes
    the sample programmes out, unless keep_samples. All or nothing: whatever fails, even a kill,
    leaves the previous file and pointer as they were. progress is called with a 0-1 share and a
    key of words. Where the previous file is damaged, `versions.pointed` says what can be kept
    instead, or that nothing can; whoever calls says so to the user. waiting is called after two
    seconds who else is writing; after `most` more seconds (< 0: never) it is not waited for any
    longer. Raises NotStored where the data folder cannot be written: read-only, full.
    """
    folder = folder or data_folder()
    with _alone(folder, waiting, most):
        return _build(programmes, folder, keep_samples, progress, removed, by)


@contextmanager
def _alone(folder: Path, waiting: Waiting, most: float) -> Iterator[None]:
    """One process at a time builds in a folder; the next waits, and
    builds on what the first has left.
    """
    with storing(folder):
        (folder / "versions").mkdir(parents=True, exist_ok=True)
        with alone(folder / "versions" / ".lock", waiting, most):
            yield


def _build(
    programmes: Sequence[Programme],
    folder: Path,
    keep_samples: bool,
    progress: Progress,
    removed: Sequence[str] = (),
    by: str = audit.LOCAL,
) -> Version:
    version = coming(folder, source_text(programmes, removed))
    unfinished = folder / "versions" / f".building-{version.path.name}"
    # The lock is held, so whatever is being built here is left from a process that was killed.
    sweep(folder, "")
    try:
        write(unfinished, version, keepable(folder), programmes, keep_samples, progress, removed)
        facts = {"version": version.name, "removed": list(removed), **audit.imported(programmes)}
        with audit.recording(folder, "import", by, **facts):
            publish(folder, unfinished, version)
    finally:
        sweep(folder, version.path.name)
    return version


def source_text(programmes: Sequence[Programme], removed: Sequence[str] = ()) -> str:
    """What a version's fingerprint is of: two imports of the same workbooks are seen to be the
    same.
    """
    digests = [digest for programme in programmes for _, digest in programme.files]
    return "".join(digests) + " ".join(removed)


def write(
    unfinished: Path,
    version: Version,
    previous: Version | None,
    programmes: Sequence[Programme],
    keep_samples: bool,
    progress: Progress,
    removed: Sequence[str] = (),
) -> None:
    """Write the file of a version: programmes beside what is kept of the previous one. It is on the
    disk then, whole.

    Arguments as in `build`. Raises OSError and duckdb.Error where the disk refuses.
    """
    with duckdb.connect(unfinished, config={"memory_limit": BUILD_MEMORY}) as con:
        _fill(con, programmes, previous, keep_samples, datetime.now(UTC), progress, removed)
        beside = sorted(version.path.parent.glob("kub-*-*.duckdb"))
        small_cells.protect(con, version.name, beside)
        # Said aloud: closing writes too, but says nothing where the disk is full, and the file
        # stays empty.
        con.execute("CHECKPOINT")
        many = count_facts(con) >= opening.PACK_FROM_FACTS
    if many:
        opening.pack(unfinished, version.name, BUILD_MEMORY)
    sync(unfinished)


def _fill(
    con: duckdb.DuckDBPyConnection,
    programmes: Sequence[Programme],
    previous: Version | None,
    keep_samples: bool,
    moment: datetime,
    progress: Progress,
    removed: Sequence[str] = (),
) -> None:
    con.execute(queries.model("types"))
    con.execute(queries.model("schema"))
    con.execute(queries.model("sheets"))
    cards.create(con)
    position: dict[str, int] = {}
    if previous:
        only_samples = all(
            programme.tables["programme"]["is_sample"][0].as_py() for programme in programmes
        )
        position = _keep(
            con,
            previous,
            [*(programme.programme_id for programme in programmes), *removed],
            keep_samples or only_samples,
        )
    for number, programme in enumerate(programmes):
        progress(0.6 * number / len(programmes), "progress.store")
        _insert(con, programme, position, moment)
    progress(0.6, "progress.facts")
    con.execute(queries.model("facts"))
    con.execute(queries.model("kub_year_sorted"))
    cards.add_years(con)
    con.execute(queries.model("comments"))
    for fact in FACT_SINCE:
        con.execute(queries.model(fact))
    stored.insert(con, programmes)
    # Of a country's programmes this takes most of the time.
    money_cells.protect(con, lambda share, label: progress(0.65 + 0.3 * share, label))
    con.execute(
        "INSERT INTO version VALUES (?, ?, ?)",
        [SCHEMA_NUMBER, moment.replace(tzinfo=None), IMPORTER],
    )
    progress(1.0, "progress.done")


def _keep(
    con: duckdb.DuckDBPyConnection, previous: Version, replaced: Sequence[str], keep_samples: bool
) -> dict[str, int]:
    """Copy from the previous version what stays; returns at which position each programme stood."""
    con.execute("ATTACH $path AS previous (READ_ONLY)", {"path": str(previous.path)})
    con.execute(
        # Samples that already stand beside real records were put there on purpose, and stay.
        """CREATE TEMP TABLE kept AS SELECT programme_id FROM previous.programme
        WHERE NOT list_contains($replaced, programme_id)
          AND ($keep_samples OR NOT is_sample
            OR EXISTS (FROM previous.programme WHERE NOT is_sample))""",
        {"replaced": list(replaced), "keep_samples": keep_samples},
    )
    rowed = provenance.has_rows(con, "previous")
    for table in [*RECORD_TABLES, "source_file"]:
        kept = provenance.records(con, "previous", table, rowed)
        kept.filter("programme_id IN (FROM kept)").insert_into(table)
    provenance.keep(con)
    cards.keep(con)
    # A replaced programme keeps its position: the first real one is the default everywhere.
    position = dict(con.execute("SELECT programme_id, position FROM previous.programme").fetchall())
    con.execute("DETACH previous")
    return position


def _insert(
    con: duckdb.DuckDBPyConnection, programme: Programme, position: dict[str, int], moment: datetime
) -> None:
    [(last,)] = con.execute("SELECT coalesce(max(position), 0) FROM programme").fetchall()
    for table in RECORD_TABLES:
        # By name: the order of columns in the file need not be that of the schema.
        columns = ", ".join(con.table(table).columns)
        con.from_arrow(programme.batches(table)).project(columns).insert_into(table)
    cards.insert(con, programme.tables)
    con.execute(
        "UPDATE programme SET position = $position WHERE programme_id = $programme",
        {
            "position": position.get(programme.programme_id, last + 1),
            "programme": programme.programme_id,
        },
    )
    provenance.insert(con, programme, moment, IMPORTER)


def build_connection(programmes: Sequence[Programme]) -> duckdb.DuckDBPyConnection:
    """The same tables and facts in memory, ready for questions, with no file at all."""
    # a guest's rows never reach the disk
    con = duckdb.connect(config={"threads": 1, "temp_directory": ""})
    _fill(con, programmes, None, True, datetime.now(UTC), silent)
    small_cells.protect(con, "")
    return ready(con, partial(small_cells.prepare, con))
