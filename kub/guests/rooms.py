"""Figures that guests share with a projector by a visit code: in the memory of this process alone,
for hours.

The code admits whoever reads it on the projector; only the session that opened the visit holds
the key to end it.
"""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kub.doors.tries import Tries
from kub.guests import Declared
from queries.filters import Filters

# No 0 O 1 I L, 2 Z, 5 S, 8 B, U V: read aloud and from five metres each of these is one sign only.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 5
HOURS = 8
MOST_VISITS, MOST_SENDERS = 100, 20


class Refused(Exception):
    """A visit that cannot be entered, shared with or opened.

    rule: key under [share.refused] in the words.
    """

    rule = ""
    seconds = 0.0  # to wait before another try is looked at


class NoVisit(Refused):
    """No visit has this code, or it is over."""

    rule = "no_visit"


class Wait(Refused):
    """Too many wrong codes from this session lately."""

    rule = "wait"

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Full(Refused):
    """As many guests share already as a screen can hold."""

    rule = "full"


class TooManyVisits(Refused):
    """As many visits are open already as this process keeps."""

    rule = "too_many_visits"


@dataclass(frozen=True)
class Visit:
    """What its opener gets. key: ends the visit; a secret."""

    code: str
    key: str


@dataclass
class _Open:
    key: str
    ends: float
    until: datetime
    revision: int
    guests: dict[str, Declared] = field(default_factory=dict)


def tidy(code: str) -> str:
    """A code as it is kept: however it was typed, in small letters, with spaces or hyphens."""
    return "".join(sign for sign in code.upper() if not sign.isspace() and sign != "-")


class Store:
    """The open visits of a process, for any number of threads.

    clock: seconds; it never goes back.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, tries: Tries | None = None
    ) -> None:
        self._clock = clock
        self.tries = tries or Tries(clock)
        self._lock = threading.RLock()
        self._visits: dict[str, _Open] = {}
        self._revision = 0

    def open(self) -> Visit:
        """A new visit. Raises TooManyVisits."""
        with self._lock:
            self._forget()
            if len(self._visits) >= MOST_VISITS:
                raise TooManyVisits
            code = _draw()
            while code in self._visits:
                code = _draw()
            key, until = secrets.token_urlsafe(), datetime.now(UTC) + timedelta(hours=HOURS)
            self._visits[code] = _Open(key, self._clock() + HOURS * 3600, until, self._next())
            return Visit(code, key)

    def enter(self, code: str, who: str, address: str = "") -> str:
        """The code, tidy, if there is such a visit. who: the session that tries, address: where it
        comes from.

        The one door where a code may be guessed: misses are counted here and nowhere else.
        Raises NoVisit, or Wait where this session missed often; others' misses never shut
        anybody out.
        """
        if seconds := self.tries.wait(who):
            raise Wait(seconds)
        self.tries.pause(address)
        with self._lock:
            self._forget()
            if tidy(code) in self._visits:
                self.tries.right(who)
                return tidy(code)
        self.tries.missed(who, address)
        raise NoVisit

    def share(self, code: str, sender: str, guest: Declared) -> None:
        """Put a guest on the screen, in the place of what the same sender shared before.

        Raises NoVisit, Full.
        """
        with self._lock:
            visit = self._visit(code)
            if sender not in visit.guests and len(visit.guests) >= MOST_SENDERS:
                raise Full
            visit.guests[sender] = guest
            visit.revision = self._next()

    def withdraw(self, code: str, sender: str) -> None:
        """Take a sender's guest off the screen. Nothing happens where there is none."""
        with self._lock:
            self._forget()
            visit = self._visits.get(tidy(code))
            if visit and visit.guests.pop(sender, None):
                visit.revision = self._next()

    def guests(self, code: str) -> tuple[Declared, ...]:
        """Everyone on the screen, in order of arrival. Raises NoVisit."""
        with self._lock:
            return tuple(self._visit(code).guests.values())

    def until(self, code: str) -> datetime:
        """When the visit ends by itself, in UTC. Raises NoVisit."""
        with self._lock:
            return self._visit(code).until

    def revision(self, code: str) -> int:
        """Another number after each change of the screen; 0 when
        there is no such visit (any more).
        """
        with self._lock:
            self._forget()
            visit = self._visits.get(tidy(code))
            return visit.revision if visit else 0

    def end(self, code: str, key: str) -> bool:
        """Forget the visit and all its figures. False: not the key of this visit, or no visit."""
        with self._lock:
            self._forget()
            visit = self._visits.get(tidy(code))
            if not visit or not secrets.compare_digest(visit.key, key):
                return False
            del self._visits[tidy(code)]
            return True

    def _visit(self, code: str) -> _Open:
        self._forget()
        if visit := self._visits.get(tidy(code)):
            return visit
        raise NoVisit

    def _next(self) -> int:
        self._revision += 1
        return self._revision

    def _forget(self) -> None:
        """Whatever is too old."""
        now = self._clock()
        for code in [code for code, visit in self._visits.items() if visit.ends <= now]:
            del self._visits[code]


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


# All sessions of the process share this one.
STORE = Store()


def rows(
    own: Declared | None, shared: Sequence[Declared], filters: Filters
) -> list[dict[str, Any]]:
    """Own figures first, then those shared, each once; the second guest of a regency is "Kota
    Cilegon (2)".

    Names follow the order of arrival, so that a guest is called the same on the phone and on the
    projector.
    """
    guests = [*shared, *([own] if own and all(each is not own for each in shared) else [])]
    found = [guest.row(number, filters) for number, guest in enumerate(guests, 1)]
    count: Counter[str] = Counter()
    for row in found:
        name = row["regency"]
        count[name] += 1
        if count[name] > 1:
            row["regency"] = f"{name} ({count[name]})"
    first = [row for row, guest in zip(found, guests, strict=True) if guest is own]
    return first + [row for row in found if row not in first]


def figures(found: Sequence[dict[str, Any]]) -> str:
    """The rows as JSON for queries.ask."""
    return json.dumps(found, default=date.isoformat)
