"""What replicas on one data folder must all know while they run: guests' rooms, steps on stage,
hosts' log-ins and wrong codes, in one SQLite file.

KUB_SHARED names its folder; where it is not set, one process serves and keeps all of it in its own
memory. The folder had best be one in memory itself (/run, /dev/shm): what is deleted then never
was on a disk. It must be of one machine, since SQLite's journal is memory that processes share.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

VARIABLE = "KUB_SHARED"
# With the number of its tables' form: replicas of two releases, one after the other, never share.
FILE = "shared-1.sqlite"
PATIENCE_S = 10.0  # that one process waits for another's change; each takes a millisecond
SWEEP_S = 30.0
TABLES = """
CREATE TABLE IF NOT EXISTS counter (revision INTEGER NOT NULL);
INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter);
CREATE TABLE IF NOT EXISTS room (
  code TEXT PRIMARY KEY, key TEXT NOT NULL, ends REAL NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS guest (
  place INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, sender TEXT NOT NULL,
  revision INTEGER NOT NULL, figures BLOB NOT NULL, ends REAL NOT NULL, UNIQUE (code, sender));
CREATE TABLE IF NOT EXISTS stage (
  visit TEXT PRIMARY KEY, step INTEGER NOT NULL, revision INTEGER NOT NULL,
  started REAL NOT NULL, changed REAL NOT NULL, ends REAL NOT NULL);
CREATE TABLE IF NOT EXISTS login (
  session TEXT PRIMARY KEY, cookie TEXT, ticket TEXT NOT NULL, ticket_ends REAL NOT NULL,
  place INTEGER NOT NULL, ends REAL NOT NULL);
CREATE TABLE IF NOT EXISTS missed (
  door TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, last REAL NOT NULL,
  free_at REAL NOT NULL, ends REAL NOT NULL, PRIMARY KEY (door, name));
"""
EXPIRING = ("room", "guest", "stage", "login", "missed")


def fingerprint(secret: str) -> str:
    """What stands in the file for a secret, so that a copy of it opens nothing."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class SharedFile:
    """For any number of threads and processes of one machine. clock: seconds since 1970, for
    processes that began at different times.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Raises OSError and sqlite3.Error where the folder cannot be used."""
        self.clock = clock
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / FILE
        # Made here, not by SQLite: its journal takes over the mode of the file.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        self._lock = Lock()
        self._con = sqlite3.connect(
            file, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        # Readers wait for nobody; what is deleted is overwritten; a power cut may take it all.
        for setting in ("journal_mode = WAL", "synchronous = OFF", "secure_delete = ON"):
            self._con.execute(f"PRAGMA {setting}")
        with self.changing() as con:
            for statement in filter(str.strip, TABLES.split(";")):
                con.execute(statement)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question. values: bound in their order."""
        with self._lock:
            return self._con.execute(sql, values).fetchall()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and one process at a time."""
        with self._lock:
            self._con.execute("BEGIN IMMEDIATE")
            try:
                yield self._con
                self._con.execute("COMMIT")
            except BaseException:
                self._con.execute("ROLLBACK")
                raise

    def sweep(self) -> None:
        """Delete what has expired, also from the journal. What is asked for is never older than it
        should be: this is for what nobody asks for any more.
        """
        with self.changing() as con:
            for table in EXPIRING:
                statement = f"DELETE FROM {table} WHERE ends <= ?"  # noqa: S608 names from above
                con.execute(statement, (self.clock(),))
        self.shred()

    def shred(self) -> None:
        """Empty the journal, which holds what was there before the last changes. Where another
        process reads just now, the next sweep does it.
        """
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        with self._lock:
            self._con.close()


def next_revision(con: sqlite3.Connection) -> int:
    """Another number for each change of anything here."""
    [(revision,)] = con.execute(
        "UPDATE counter SET revision = revision + 1 RETURNING revision"
    ).fetchall()
    return int(revision)
