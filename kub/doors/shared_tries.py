"""Wrong codes of all replicas together: without it a guesser had as many tries for nothing as there
are replicas. The rules are those of kub/doors/tries.py.
"""

import sqlite3
import time
from collections.abc import Callable

from kub.doors import tries
from kub.doors.tries import FREE_OF_ADDRESS, LONGEST_QUEUE_S, LONGEST_S, PACE_S, WINDOW_S
from kub.shared import SharedFile, fingerprint


class SharedTries:
    """The misses at one door. door: its name; sleep: waits so many seconds."""

    def __init__(
        self, file: SharedFile, door: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._file, self._sleep = file, sleep
        self._sessions, self._addresses = f"{door} session", f"{door} address"

    def wait(self, session: str) -> float:
        """Seconds until this session may try again; 0: now."""
        now = self._file.clock()
        rows = self._file.rows(
            "SELECT free_at FROM missed WHERE door = ? AND name = ? AND ends > ?",
            (self._sessions, fingerprint(session), now),
        )
        # Bounded: the machine's clock may have been set back.
        return max((min(LONGEST_S, free_at - now) for (free_at,) in rows), default=0.0)

    def pause(self, address: str) -> None:
        """Wait for the turn of a try from this address. '': of no address."""
        now, name = self._file.clock(), fingerprint(address)
        # Looked at first: whoever guesses nothing writes nothing.
        sql = "SELECT free_at FROM missed WHERE door = ? AND name = ? AND ends > ? AND count >= ?"
        values = (self._addresses, name, now, FREE_OF_ADDRESS)
        if not address or not self._file.rows(sql, values):
            return
        with self._file.changing() as con:
            rows = con.execute(sql, values).fetchall()
            free_at = max((free_at for (free_at,) in rows), default=now)
            turn = min(max(now, free_at), now + LONGEST_QUEUE_S)
            con.execute(
                "UPDATE missed SET free_at = ? WHERE door = ? AND name = ?",
                (turn + PACE_S, self._addresses, name),
            )
        if turn > now:
            self._sleep(turn - now)

    def missed(self, session: str, address: str) -> None:
        """Count a wrong code. address: '' for none."""
        now = self._file.clock()
        with self._file.changing() as con:
            count = self._add(con, self._sessions, session, now)
            con.execute(
                "UPDATE missed SET free_at = ? WHERE door = ? AND name = ?",
                (now + tries.delay(count), self._sessions, fingerprint(session)),
            )
            if address:
                self._add(con, self._addresses, address, now)

    def right(self, session: str) -> None:
        """Forget the session's misses after a right code, not those of its address."""
        values = (self._sessions, fingerprint(session))
        if self._file.rows("SELECT 1 FROM missed WHERE door = ? AND name = ?", values):
            with self._file.changing() as con:
                con.execute("DELETE FROM missed WHERE door = ? AND name = ?", values)

    def _add(self, con: sqlite3.Connection, door: str, name: str, now: float) -> int:
        """How many it has missed with this one."""
        con.execute("DELETE FROM missed WHERE door = ? AND ends <= ?", (door, now))
        [(count,)] = con.execute(
            "INSERT INTO missed VALUES (?, ?, 1, ?, 0, ?) ON CONFLICT (door, name) DO UPDATE "
            "SET count = count + 1, last = excluded.last, ends = excluded.ends RETURNING count",
            (door, fingerprint(name), now, now + WINDOW_S),
        ).fetchall()
        con.execute(
            "DELETE FROM missed WHERE rowid IN (SELECT rowid FROM missed WHERE door = ? "
            "ORDER BY last DESC, rowid DESC LIMIT -1 OFFSET ?)",
            (door, tries.MOST_REMEMBERED),
        )
        return int(count)
