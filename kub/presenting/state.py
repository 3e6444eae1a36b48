"""The stage: at which step each presented visit is now. First screen and speaker's view meet here,
in this process's memory.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

HOURS = 12
MOST_ON_STAGE = 100  # visits; the one that stood still longest is forgotten first


@dataclass(frozen=True)
class At:
    """A visit on stage. step: from 1; 0 and total + 1 are the slides at the ends.

    revision: another number after each change. started, changed: seconds of the store's clock.
    """

    step: int
    revision: int
    started: float
    changed: float


class Stage(Protocol):
    """Which visits stand where: in this process (StageStore), or in all replicas
    (shared_stage.py).
    """

    def at(self, visit_id: str) -> At | None: ...
    def go(self, visit_id: str, step: int) -> At: ...
    def restart(self, visit_id: str) -> None: ...
    def elapsed(self, visit_id: str) -> int: ...


class StageStore:
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
            started = before.started if before else self._clock()
            return self._set(visit_id, step, started)

    def restart(self, visit_id: str) -> None:
        """Begin the timer anew; nothing happens where the visit is not on stage."""
        with self._lock:
            self._forget()
            if before := self._visits.get(visit_id):
                self._set(visit_id, before.step, self._clock())

    def elapsed(self, visit_id: str) -> int:
        """Whole seconds since the visit came on stage; 0 where it is not."""
        now = self.at(visit_id)
        if now is None:
            return 0
        return int(self._clock() - now.started)

    def _set(self, visit_id: str, step: int, started: float) -> At:
        # Counted over all visits: a visit forgotten and begun again gets no number it had before.
        self._revision += 1
        self._visits[visit_id] = moved = At(step, self._revision, started, self._clock())
        self._visits.move_to_end(visit_id)
        if len(self._visits) > MOST_ON_STAGE:
            self._visits.popitem(last=False)
        return moved

    def _forget(self) -> None:
        too_old = self._clock() - HOURS * 3600
        for visit_id in [
            visit_id for visit_id, at in self._visits.items() if at.changed <= too_old
        ]:
            del self._visits[visit_id]


# All sessions of the process share this one, or replicas theirs (kub/ui/replicas.py).
STAGE: Stage = StageStore()
