"""The rooms of all replicas: a guest's phone and the projector are two browsers, and two replicas
may answer them. The rules are those of kub/guests/rooms.py.

A guest's figures stand in the file that replicas share until they are withdrawn, replaced, or the
room ends, half a minute longer at most, and never in a version, a backup or a log. Keys and
senders stand there as fingerprints. Of a guest's workbook no name of a group goes along.
"""

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import BytesIO
from threading import Lock
from typing import Any

import pyarrow as pa

from kub.guests import Declared, Guest, rooms
from kub.guests.rooms import (
    HOURS,
    MOST_ROOMS,
    MOST_SENDERS,
    Full,
    NoRoom,
    Room,
    TooManyRooms,
    TryCounter,
    Wait,
    tidy,
)
from kub.guests.workbook import GuestFile, opened
from kub.records import Checked
from kub.records.programme import Programme
from kub.records.sandbox_messages import packed, receive, send, unpacked
from kub.shared import SharedFile, fingerprint, next_revision

NAMES = ("name", "activity")  # no figure needs them


class SharedRooms:
    """The open rooms, for any number of threads and replicas."""

    def __init__(self, file: SharedFile, tries: TryCounter) -> None:
        self._file, self.tries = file, tries
        self._lock = Lock()
        # By revision, which says what the figures are: a workbook takes 0.3 s to open. Also the
        # very guest that a session of this replica has shared, so that it knows its own again.
        self._opened: dict[int, Declared] = {}

    def open(self) -> Room:
        """Open a room. Raises TooManyRooms."""
        now, key = self._file.clock(), secrets.token_urlsafe()
        with self._file.changing() as con:
            con.execute("DELETE FROM room WHERE ends <= ?", (now,))
            taken = {code for (code,) in con.execute("SELECT code FROM room").fetchall()}
            if len(taken) >= MOST_ROOMS:
                raise TooManyRooms
            code = rooms.draw()
            while code in taken:
                code = rooms.draw()
            ends = now + HOURS * 3600
            values = (code, fingerprint(key), ends, next_revision(con))
            con.execute("INSERT INTO room VALUES (?, ?, ?, ?)", values)
        return Room(code, key)

    def enter(self, code: str, who: str, address: str = "") -> str:
        """The code, tidy, if there is such a room; counts misses. Raises NoRoom, Wait."""
        if seconds := self.tries.wait(who):
            raise Wait(seconds)
        self.tries.pause(address)
        if self.revision(code):
            self.tries.right(who)
            return tidy(code)
        self.tries.missed(who, address)
        raise NoRoom

    def share(self, code: str, sender: str, guest: Declared) -> None:
        """Put a guest on the screen, in the place of what the same sender shared before.

        Raises NoRoom, Full.
        """
        code, mark, figures = tidy(code), fingerprint(sender), pack(guest)
        with self._file.changing() as con:
            ends = self._ends(con, code)
            others = con.execute(
                "SELECT count(*) FROM guest WHERE code = ? AND sender <> ?", (code, mark)
            ).fetchone()
            if others[0] >= MOST_SENDERS:
                raise Full
            revision = self._changed(con, code)
            con.execute(
                "INSERT INTO guest (code, sender, revision, figures, ends) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (code, sender) DO UPDATE "
                "SET revision = excluded.revision, figures = excluded.figures",
                (code, mark, revision, figures, ends),
            )
        with self._lock:
            self._opened[revision] = guest

    def withdraw(self, code: str, sender: str) -> None:
        """Take a sender's guest off the screen. Nothing happens where there is none."""
        code = tidy(code)
        with self._file.changing() as con:
            gone = con.execute(
                "DELETE FROM guest WHERE code = ? AND sender = ?", (code, fingerprint(sender))
            )
            if gone.rowcount:
                self._changed(con, code)
        self._forget()

    def guests(self, code: str) -> tuple[Declared, ...]:
        """Everyone on the screen, in order of arrival. Raises NoRoom."""
        code = tidy(code)
        if not self.revision(code):
            self._forget()
            raise NoRoom
        listed = self._file.rows(
            "SELECT revision FROM guest WHERE code = ? AND ends > ? ORDER BY place",
            (code, self._file.clock()),
        )
        guests = [self._guest(revision) for (revision,) in listed]
        return tuple(guest for guest in guests if guest)

    def until(self, code: str) -> datetime:
        """When the room ends by itself, in UTC. Raises NoRoom."""
        [ends] = self._room(code, "ends") or [None]
        if ends is None:
            raise NoRoom
        return datetime.fromtimestamp(ends, UTC)

    def revision(self, code: str) -> int:
        """Another number after each change of the screen; 0 where there is no such room (any
        more).
        """
        [revision] = self._room(code, "revision") or [0]
        return int(revision)

    def end(self, code: str, key: str) -> bool:
        """Forget the room and all its figures. False: not the key of this room, or no room."""
        code = tidy(code)
        with self._file.changing() as con:
            gone = con.execute(
                "DELETE FROM room WHERE code = ? AND key = ? AND ends > ?",
                (code, fingerprint(key), self._file.clock()),
            )
            if not gone.rowcount:
                return False
            con.execute("DELETE FROM guest WHERE code = ?", (code,))
        self._forget()
        return True

    def _room(self, code: str, column: str) -> Sequence[Any] | None:
        rows = self._file.rows(
            f"SELECT {column} FROM room WHERE code = ? AND ends > ?",  # noqa: S608 a name from here
            (tidy(code), self._file.clock()),
        )
        return next(iter(rows), None)

    def _ends(self, con: sqlite3.Connection, code: str) -> float:
        """Raises NoRoom."""
        row = con.execute(
            "SELECT ends FROM room WHERE code = ? AND ends > ?", (code, self._file.clock())
        ).fetchone()
        if row is None:
            raise NoRoom
        return float(row[0])

    def _changed(self, con: sqlite3.Connection, code: str) -> int:
        revision = next_revision(con)
        con.execute("UPDATE room SET revision = ? WHERE code = ?", (revision, code))
        return revision

    def _guest(self, revision: int) -> Declared | None:
        """None where it has just been withdrawn or replaced: the screen's next look sees that."""
        with self._lock:
            if guest := self._opened.get(revision):
                return guest
        rows = self._file.rows("SELECT figures FROM guest WHERE revision = ?", (revision,))
        for (figures,) in rows:
            guest = unpack(figures)
            with self._lock:
                return self._opened.setdefault(revision, guest)
        return None

    def _forget(self) -> None:
        """What has gone leaves this process's memory and the file's journal."""
        self._file.shred()
        self.tidy_memory()

    def tidy_memory(self) -> None:
        """Drop what other replicas' guests have withdrawn; to be called now and then."""
        with self._lock:
            known = set(self._opened)
        # Asked afterwards: what is shared in between is not known yet, and stays.
        listed = self._file.rows("SELECT revision FROM guest WHERE ends > ?", (self._file.clock(),))
        with self._lock:
            for revision in known.difference(revision for (revision,) in listed):
                self._opened.pop(revision, None)


def pack(guest: Declared) -> bytes:
    """The bytes of a guest's figures: plain data alone, never code."""
    content = BytesIO()
    if isinstance(guest, GuestFile):
        send(content, ("file", packed(Checked([_nameless(guest.programme)], []))))
    elif isinstance(guest, Guest):
        send(content, ("form", asdict(guest)))
    else:
        raise TypeError(type(guest))
    return content.getvalue()


def unpack(content: bytes) -> Declared:
    """The guest again. Raises UnpicklingError for anything but plain data."""
    kind, what = receive(BytesIO(content))
    if kind == "file":
        return opened(unpacked(what).programmes[0])
    return Guest(**what)


def _nameless(programme: Programme) -> Programme:
    tables = {name: _without_names(table) for name, table in programme.tables.items()}
    # Files and sheets may be named after people too; a programme has a file at least.
    return replace(programme, tables=tables, files=[("-", "")], sheets=())


def _without_names(table: pa.Table) -> pa.Table:
    for position, column in enumerate(table.schema):
        if column.name in NAMES:
            empty = pa.array([""] * table.num_rows, column.type)
            table = table.set_column(position, column, empty)
    return table
