"""Who guesses codes is slowed down; whoever knows the code is never locked out by the guesses of
others.

A session that missed often waits before its next try is looked at, twice as long each time. An
address from which many codes were wrong, whatever the session, has its tries answered one after
another: right ones too, but they are answered. So 200 wrong codes cost the host behind the same
address seconds, and anybody else nothing.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

FREE = 5  # misses of a session that cost nothing
LONGEST_S = 60.0  # a session never waits longer
FREE_OF_ADDRESS = 20  # misses of an address in WINDOW_S that cost nothing
PACE_S = 1.0  # between two answers to such an address
LONGEST_QUEUE_S = 20.0  # a try is never answered later
WINDOW_S = 600.0
# sessions, and addresses, that are remembered; the one longest quiet is forgotten first
MOST_REMEMBERED = 10_000


class TryCounter(Protocol):
    """The misses at one door: of this process (Tries), or of all replicas (shared_tries.py)."""

    def wait(self, session: str) -> float: ...
    def pause(self, address: str) -> None: ...
    def missed(self, session: str, address: str) -> None: ...
    def right(self, session: str) -> None: ...


def delay(count: int) -> float:
    """Seconds that a session waits after so many misses."""
    if count <= FREE:
        return 0.0
    # The exponent is bounded, or 2.0 ** 1100 would overflow after many misses.
    return min(LONGEST_S, 2.0 ** min(count - FREE, 16))


@dataclass
class _Missed:
    count: int
    last: float
    free_at: float = 0.0


class Tries:
    """The misses at one door, for any number of threads.

    clock: seconds, never going back; sleep: waits so many.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, _Missed] = OrderedDict()
        self._addresses: OrderedDict[str, _Missed] = OrderedDict()

    def wait(self, session: str) -> float:
        """Seconds until this session may try again; 0: now."""
        with self._lock:
            missed = self._of(self._sessions, session)
            if missed is None:
                return 0.0
            return max(0.0, missed.free_at - self._clock())

    def pause(self, address: str) -> None:
        """Wait for the turn of a try from this address; at once where few codes were wrong.

        '': of no address.
        """
        with self._lock:
            missed = self._of(self._addresses, address)
            if missed is None or missed.count < FREE_OF_ADDRESS:
                return
            now = self._clock()
            # A queue: each try takes its place under the lock and waits outside of it.
            turn = min(max(now, missed.free_at), now + LONGEST_QUEUE_S)
            missed.free_at = turn + PACE_S
        if turn > now:
            self._sleep(turn - now)

    def missed(self, session: str, address: str) -> None:
        """Count a wrong code. address: '' for none."""
        with self._lock:
            missed = self._add(self._sessions, session)
            missed.free_at = self._clock() + delay(missed.count)
            if address:
                self._add(self._addresses, address)

    def right(self, session: str) -> None:
        """Forget the session's misses after a right code, not those of its address.

        Whoever knows a code could else wipe out the traces of guesses behind the same address.
        """
        with self._lock:
            self._sessions.pop(session, None)

    def _of(self, table: OrderedDict[str, _Missed], name: str) -> _Missed | None:
        missed = table.get(name)
        if missed and missed.last <= self._clock() - WINDOW_S:
            del table[name]
            return None
        return missed

    def _add(self, table: OrderedDict[str, _Missed], name: str) -> _Missed:
        missed = self._of(table, name) or _Missed(0, 0.0)
        missed.count, missed.last = missed.count + 1, self._clock()
        table[name] = missed
        table.move_to_end(name)
        while len(table) > MOST_REMEMBERED:
            table.popitem(last=False)
        return missed
