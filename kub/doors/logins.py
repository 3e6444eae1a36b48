"""Hosts who entered the code: a random token for each login, known to this process alone, until
they leave or for twelve hours.

The browser gets its token in a cookie that no script reads, so a response has to set it. The
session that took the code hands the browser a ticket; the ticket, good once and for a
minute, is exchanged for the cookie. Neither the code nor the token stands in an address or in a
page.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

HOURS = 12
TICKET_S = 60  # the browser exchanges it at once; it stands in a page for a moment
MOST_LOGINS = 500  # logins at a time; the oldest ends first


class LoginStore(Protocol):
    """Who came in: known to this process (Logins), or to all replicas (shared_logins.py)."""

    def enter(self) -> str: ...
    def holds(self, token: str) -> bool: ...
    def ticket(self, token: str) -> str: ...
    def redeem(self, ticket: str) -> str: ...
    def leave(self, token: str) -> None: ...


@dataclass
class _Login:
    ends: float
    ticket: str
    ticket_ends: float


class Logins:
    """For any number of threads. clock: seconds, never going back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Scripts of sessions and the route of the cookie run in different threads.
        self._lock = threading.Lock()
        self._logins: OrderedDict[str, _Login] = OrderedDict()

    def enter(self) -> str:
        """Begin a login; returns its token."""
        # Two secrets: the ticket stands in a page for a moment, the token never.
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._forget()
            self._logins[token] = _Login(
                now + HOURS * 3600, secrets.token_urlsafe(32), now + TICKET_S
            )
            while len(self._logins) > MOST_LOGINS:
                self._logins.popitem(last=False)
        return token

    def holds(self, token: str) -> bool:
        """Whether this login goes on."""
        with self._lock:
            self._forget()
            return token in self._logins

    def ticket(self, token: str) -> str:
        """What this login's browser exchanges for its cookie; '' once it has, and when it is too
        late.
        """
        with self._lock:
            self._forget()
            login = self._logins.get(token)
            if login is None or login.ticket_ends <= self._clock():
                return ""
            return login.ticket

    def redeem(self, ticket: str) -> str:
        """The token for a ticket, once; '' for any other text."""
        with self._lock:
            self._forget()
            for token, login in self._logins.items():
                # In constant time, so that answers do not say how many signs were right.
                same = secrets.compare_digest(
                    login.ticket.encode(), ticket.encode("utf-8", "replace")
                )
                if login.ticket and same and login.ticket_ends > self._clock():
                    # Good once: whoever reads the page later finds nothing to redeem.
                    login.ticket = ""
                    return token
        return ""

    def leave(self, token: str) -> None:
        """The login ends; nothing happens where there is none."""
        with self._lock:
            self._logins.pop(token, None)

    def _forget(self) -> None:
        now = self._clock()
        for token in [token for token, login in self._logins.items() if login.ends <= now]:
            del self._logins[token]


# All sessions of the process, and the route that sets the cookie, share this one; where replicas
# share (kub/ui/replicas.py) another stands in its place.
LOGINS: LoginStore = Logins()
