"""A cache of answers. They never go stale, since a version never changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import pandas as pd

MOST_ANSWERS = 256  # answers of a version
MOST_ROWS = 1_000  # rows; longer ones are asked again, so that what is kept stays below some 100 MB


class FrameCache:
    """The newest answers, shared by all sessions of a version.

    Never ask it for guests' figures, which must not be stored.
    """

    def __init__(self) -> None:
        self._frames: OrderedDict[Hashable, pd.DataFrame] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer under `key`, asked only if it is new.

        A frame of one's own: pandas copies on write.
        """
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key].copy(deep=False)
        # Outside the lock: a slow question must not hold up everybody else. Two may ask the same
        # once.
        frame = ask()
        if len(frame) <= MOST_ROWS:
            with self._lock:
                self._frames[key] = frame
                if len(self._frames) > MOST_ANSWERS:
                    self._frames.popitem(last=False)
        return frame.copy(deep=False)
