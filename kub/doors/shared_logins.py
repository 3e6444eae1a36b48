"""Hosts who entered the code, known to all replicas: whoever answers next, the host stays the host.

The rules are those of kub/doors/logins.py. The file holds fingerprints alone, so the browser's
cookie is another secret than the session's; both are of the same login.
"""

import secrets

from kub.doors import logins
from kub.doors.logins import HOURS, TICKET_S
from kub.shared import SharedFile, fingerprint


class SharedLogins:
    """For any number of threads and replicas."""

    def __init__(self, file: SharedFile) -> None:
        self._file = file

    def enter(self) -> str:
        """Begin a login; returns its token."""
        token, now = secrets.token_urlsafe(32), self._file.clock()
        ticket = fingerprint(_ticket(token))
        with self._file.changing() as con:
            con.execute("DELETE FROM login WHERE ends <= ?", (now,))
            con.execute(
                "INSERT INTO login SELECT ?, NULL, ?, ?, coalesce(max(place), 0) + 1, ? FROM login",
                (fingerprint(token), ticket, now + TICKET_S, now + HOURS * 3600),
            )
            con.execute(
                "DELETE FROM login WHERE place IN "
                "(SELECT place FROM login ORDER BY place DESC LIMIT -1 OFFSET ?)",
                (logins.MOST_LOGINS,),
            )
        return token

    def holds(self, token: str) -> bool:
        """Whether the login goes on that this token of a session or of a cookie is of."""
        mark = fingerprint(token)
        sql = "SELECT 1 FROM login WHERE (session = ? OR cookie = ?) AND ends > ?"
        return bool(self._file.rows(sql, (mark, mark, self._file.clock())))

    def ticket(self, token: str) -> str:
        """What this login's browser exchanges for its cookie; '' once it has, and when it is too
        late.
        """
        now = self._file.clock()
        sql = "SELECT 1 FROM login WHERE session = ? AND ends > ? AND ticket_ends > ?"
        if self._file.rows(sql, (fingerprint(token), now, now)):
            return _ticket(token)
        return ""

    def redeem(self, ticket: str) -> str:
        """The token of the cookie for a ticket, once; '' for any other text."""
        token, now = secrets.token_urlsafe(32), self._file.clock()
        with self._file.changing() as con:
            # Good once: whoever reads the page later finds nothing to redeem.
            changed = con.execute(
                "UPDATE login SET cookie = ?, ticket_ends = 0 "
                "WHERE ticket = ? AND ends > ? AND ticket_ends > ?",
                (fingerprint(token), fingerprint(ticket), now, now),
            )
            return token if changed.rowcount else ""

    def leave(self, token: str) -> None:
        """The login ends; nothing happens where there is none."""
        mark = fingerprint(token)
        with self._file.changing() as con:
            con.execute("DELETE FROM login WHERE session = ? OR cookie = ?", (mark, mark))


def _ticket(token: str) -> str:
    """Made of the token, which only its session knows: it is kept nowhere."""
    return fingerprint(f"ticket {token}")
