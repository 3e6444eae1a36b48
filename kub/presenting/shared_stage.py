"""The stage of all replicas: the speaker's device and the first screen are two browsers, so two
replicas may answer them. The rules are those of kub/presenting/state.py.
"""

import sqlite3

from kub.presenting.state import HOURS, MOST_ON_STAGE, At
from kub.shared import SharedFile, next_revision


class SharedStage:
    """The visits on stage, for any number of threads and replicas."""

    def __init__(self, file: SharedFile) -> None:
        self._file = file

    def at(self, visit_id: str) -> At | None:
        """Where the visit stands; None if nobody presents it."""
        rows = self._file.rows(
            "SELECT step, revision, started, changed FROM stage WHERE visit = ? AND ends > ?",
            (visit_id, self._file.clock()),
        )
        return next((At(*row) for row in rows), None)

    def go(self, visit_id: str, step: int) -> At:
        """Move the visit to a step, counted from 1. The first move starts its timer."""
        now = self._file.clock()
        with self._file.changing() as con:
            started = self._started(con, visit_id, now)
            moved = At(step, next_revision(con), now if started is None else started, now)
            con.execute(
                "INSERT OR REPLACE INTO stage VALUES (?, ?, ?, ?, ?, ?)",
                (visit_id, step, moved.revision, moved.started, now, now + HOURS * 3600),
            )
            con.execute(
                "DELETE FROM stage WHERE visit IN "
                "(SELECT visit FROM stage ORDER BY revision DESC LIMIT -1 OFFSET ?)",
                (MOST_ON_STAGE,),
            )
        return moved

    def restart(self, visit_id: str) -> None:
        """Begin the timer anew; nothing happens where the visit is not on stage."""
        now = self._file.clock()
        with self._file.changing() as con:
            if self._started(con, visit_id, now) is not None:
                con.execute(
                    "UPDATE stage SET revision = ?, started = ?, changed = ?, ends = ? "
                    "WHERE visit = ?",
                    (next_revision(con), now, now, now + HOURS * 3600, visit_id),
                )

    def elapsed(self, visit_id: str) -> int:
        """Whole seconds since the visit came on stage; 0 where it is not."""
        now = self.at(visit_id)
        if now is None:
            return 0
        # Not below 0, whatever has been done to the machine's clock.
        return max(0, int(self._file.clock() - now.started))

    def _started(self, con: sqlite3.Connection, visit_id: str, now: float) -> float | None:
        """When its timer began; None where nobody presents it."""
        con.execute("DELETE FROM stage WHERE ends <= ?", (now,))
        rows = con.execute("SELECT started FROM stage WHERE visit = ?", (visit_id,)).fetchall()
        return next((float(started) for (started,) in rows), None)
