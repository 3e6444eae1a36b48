"""Where each presented visit stands now: first screen and speaker
view meet here, in this process's memory.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

HOURS = 12
MOST = 100  # visits; the one that stood still longest is forgotten first


@dataclass(frozen=True)
class At:
    """A visit on stage. revision: another number after each change.

    started, changed: seconds of the store's clock.
    """

    step: int
    revision: int
    started: float
    changed: float


class Store:
    """The visits on stage, for any number of threads. clock: seconds; it never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._visits: OrderedDict[str, At] = OrderedDict()
        self._revision = 0

    def at(self, visit_id: str) -> At | None:
        """Where the visit stands; None if nobody presents it."""
        with self._lock:
            self._forget()
            return self._visits.get(visit_id)

    def go(self, visit_id: str, step: int) -> At:
        """Move the visit to a step, counted from 1. The first move starts its timer."""
        with self._lock:
            self._forget()
            before = self._visits.get(visit_id)
            return self._set(visit_id, step, before.started if before else self._clock())

    def restart(self, visit_id: str) -> None:
        """Begin the timer anew; nothing happens where the visit is not on stage."""
        with self._lock:
            self._forget()
            if before := self._visits.get(visit_id):
                self._set(visit_id, before.step, self._clock())

    def elapsed(self, visit_id: str) -> int:
        """Whole seconds since the visit came on stage; 0 where it is not."""
        now = self.at(visit_id)
        return int(self._clock() - now.started) if now else 0

    def _set(self, visit_id: str, step: int, started: float) -> At:
        self._revision += 1
        self._visits[visit_id] = found = At(step, self._revision, started, self._clock())
        self._visits.move_to_end(visit_id)
        if len(self._visits) > MOST:
            self._visits.popitem(last=False)
        return found

    def _forget(self) -> None:
        too_old = self._clock() - HOURS * 3600
        for visit_id in [one for one, at in self._visits.items() if at.changed <= too_old]:
            del self._visits[visit_id]


# All sessions of the process share this one.
STORE = Store()
