"""Which of many events is written down: the first of its kind in a minute. The others are counted,
so that nobody fills a disk by being refused.
"""

import threading
import time
from collections.abc import Callable

MINUTE_S = 60.0


class PerMinute:
    """For any number of threads. clock: seconds, never going back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._written: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def happened(self, kind: str) -> int | None:
        """None where this one is only counted; else how many of its kind were left out since the
        last that was written. kind: one of a few, for each is remembered.
        """
        now = self._clock()
        with self._lock:
            if now - self._written.get(kind, -MINUTE_S) < MINUTE_S:
                self._left_out[kind] = self._left_out.get(kind, 0) + 1
                return None
            self._written[kind] = now
            return self._left_out.pop(kind, 0)

    def rest(self) -> dict[str, int]:
        """What was left out and not yet told, by kind; told now."""
        with self._lock:
            rest, self._left_out = self._left_out, {}
        return rest
