"""Rooms: figures that guests share with a projector by a code, in the memory of this process alone,
for hours. Several replicas share them by kub/guests/shared_rooms.py.

The code admits whoever reads it on the projector; only the session that opened the room holds the
key to end it. On the screen a room is called a visit, as its guests know it.
"""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from kub.doors.tries import Tries
from kub.doors.tries import TryCounter as TryCounter
from kub.guests import Declared
from queries.filters import Filters

# No 0 O 1 I L, 2 Z, 5 S, 8 B, U V: read aloud and from five metres each of these is one sign only.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 5
HOURS = 8
MOST_ROOMS, MOST_SENDERS = 100, 20


class Refused(Exception):
    """A room that cannot be entered, shared with or opened.

    rule: key under [share.refused] in the words.
    """

    rule = ""
    seconds = 0.0  # to wait before another try is looked at


class NoRoom(Refused):
    """No room has this code, or it has ended."""

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


class TooManyRooms(Refused):
    """As many rooms are open already as this process keeps."""

    rule = "too_many_visits"


@dataclass(frozen=True)
class Room:
    """What the opener of a room gets. key: ends the room; a secret."""

    code: str
    key: str


class Rooms(Protocol):
    """The open rooms: of this process (RoomStore), or of all replicas (shared_rooms.py)."""

    def open(self) -> Room: ...
    def enter(self, code: str, who: str, address: str = "") -> str: ...
    def share(self, code: str, sender: str, guest: Declared) -> None: ...
    def withdraw(self, code: str, sender: str) -> None: ...
    def guests(self, code: str) -> tuple[Declared, ...]: ...
    def until(self, code: str) -> datetime: ...
    def revision(self, code: str) -> int: ...
    def end(self, code: str, key: str) -> bool: ...


@dataclass
class _OpenRoom:
    key: str
    ends: float
    until: datetime
    revision: int
    guests: dict[str, Declared] = field(default_factory=dict)


def tidy(code: str) -> str:
    """A code as it is compared: capitals, without the spaces and hyphens of typing."""
    return "".join(sign for sign in code.upper() if not sign.isspace() and sign != "-")


class RoomStore:
    """The open rooms of a process, for any number of threads.

    clock: seconds; it never goes back.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, tries: TryCounter | None = None
    ) -> None:
        # time.monotonic: a laptop whose clock is set must not end every room.
        self._clock = clock
        self.tries = tries or Tries(clock)
        # Re-entrant: `share` and `guests` look a room up under the lock they hold.
        self._lock = threading.RLock()
        self._rooms: dict[str, _OpenRoom] = {}
        self._revision = 0

    def open(self) -> Room:
        """Open a room. Raises TooManyRooms."""
        with self._lock:
            self._forget()
            # Refused, not replaced: dropping the oldest would end a visit in front of its guests.
            if len(self._rooms) >= MOST_ROOMS:
                raise TooManyRooms
            code = draw()
            # 23**5 codes are 6.4 million; two rooms with one code would still mix two regencies'
            # figures.
            while code in self._rooms:
                code = draw()
            key, until = secrets.token_urlsafe(), datetime.now(UTC) + timedelta(hours=HOURS)
            self._rooms[code] = _OpenRoom(key, self._clock() + HOURS * 3600, until, self._next())
            return Room(code, key)

    def enter(self, code: str, who: str, address: str = "") -> str:
        """The code, tidy, if there is such a room. who: the session that tries; address: where it
        comes from.

        The only door where a code may be guessed: misses are counted here and nowhere else.
        Raises NoRoom, or Wait where this session missed often; others' misses never shut
        anybody out.
        """
        if seconds := self.tries.wait(who):
            raise Wait(seconds)
        # Outside the lock: whoever waits for a turn must not stop those who share.
        self.tries.pause(address)
        with self._lock:
            self._forget()
            if tidy(code) in self._rooms:
                self.tries.right(who)
                return tidy(code)
        self.tries.missed(who, address)
        raise NoRoom

    def share(self, code: str, sender: str, guest: Declared) -> None:
        """Put a guest on the screen, in the place of what the same sender shared before.

        Raises NoRoom, Full.
        """
        with self._lock:
            room = self._room(code)
            # A sender who changes figures takes no new place.
            if sender not in room.guests and len(room.guests) >= MOST_SENDERS:
                raise Full
            room.guests[sender] = guest
            room.revision = self._next()

    def withdraw(self, code: str, sender: str) -> None:
        """Take a sender's guest off the screen. Nothing happens where there is none."""
        with self._lock:
            self._forget()
            room = self._rooms.get(tidy(code))
            if room and room.guests.pop(sender, None):
                room.revision = self._next()

    def guests(self, code: str) -> tuple[Declared, ...]:
        """Everyone on the screen, in order of arrival. Raises NoRoom."""
        with self._lock:
            return tuple(self._room(code).guests.values())

    def until(self, code: str) -> datetime:
        """When the room ends by itself, in UTC. Raises NoRoom."""
        with self._lock:
            return self._room(code).until

    def revision(self, code: str) -> int:
        """Another number after each change of the screen; 0 where there is no such room (any more).

        Every screen asks about once a second, so it counts no wrong try.
        """
        with self._lock:
            self._forget()
            room = self._rooms.get(tidy(code))
            if room is None:
                return 0
            return room.revision

    def end(self, code: str, key: str) -> bool:
        """Forget the room and all its figures. False: not the key of this room, or no room."""
        with self._lock:
            self._forget()
            room = self._rooms.get(tidy(code))
            # In constant time, since whoever shares the code could else guess the key.
            if not room or not secrets.compare_digest(room.key, key):
                return False
            del self._rooms[tidy(code)]
            return True

    def _room(self, code: str) -> _OpenRoom:
        self._forget()
        if room := self._rooms.get(tidy(code)):
            return room
        raise NoRoom

    def _next(self) -> int:
        self._revision += 1
        return self._revision

    def _forget(self) -> None:
        """Drop what is too old. At each call: a timer would outlive the server."""
        now = self._clock()
        for code in [code for code, room in self._rooms.items() if room.ends <= now]:
            del self._rooms[code]


def draw() -> str:
    """A code at random."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


# All sessions of the process share this one, or replicas theirs (kub/ui/replicas.py).
ROOMS: Rooms = RoomStore()


def rows(
    own: Declared | None, shared: Sequence[Declared], filters: Filters
) -> list[dict[str, Any]]:
    """Rows of the macro guest_figures: own figures first, then those shared, each once.

    The second guest of a regency is "Kota Cilegon (2)". Names follow the order of arrival,
    so that a guest is called the same on the phone and on the projector.
    """
    guests = list(shared)
    if own and all(guest is not own for guest in shared):
        guests.append(own)
    guest_rows = [guest.row(number, filters) for number, guest in enumerate(guests, 1)]
    # Counted by name: regencies come from a list, so equal names are the same regency.
    count: Counter[str] = Counter()
    for row in guest_rows:
        name = row["regency"]
        count[name] += 1
        if count[name] > 1:
            row["regency"] = f"{name} ({count[name]})"
    # Numbered before they are moved: the number is the order of arrival.
    first = [row for row, guest in zip(guest_rows, guests, strict=True) if guest is own]
    return first + [row for row in guest_rows if row not in first]


def figures(guest_rows: Sequence[dict[str, Any]]) -> str:
    """The rows as JSON for queries.ask."""
    return json.dumps(guest_rows, default=date.isoformat)
