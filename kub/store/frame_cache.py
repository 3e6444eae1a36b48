"""A cache of answers. They never go stale, since a version never changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

import pandas as pd

# Answers of a version. Streamlit collects garbage after every run of the script, and walks through
# each kept frame then: 190 of them made that 8 ms longer.
MOST_ANSWERS = 64
MOST_ROWS = 1_000  # rows; longer ones are asked again, so that what is kept stays below some 100 MB
Ask = Callable[[], pd.DataFrame]
# Two for the process: a page that draws while its next questions are asked needs a second
# processor, not a third.
_AHEAD = ThreadPoolExecutor(2, "ask-ahead")


class FrameCache:
    """The newest answers, shared by all sessions of a version.

    Never ask it for guests' figures, which must not be stored.
    """

    def __init__(self) -> None:
        self._frames: OrderedDict[Hashable, pd.DataFrame] = OrderedDict()
        self._asking: dict[Hashable, Future[pd.DataFrame]] = {}
        self._lock = Lock()

    def get(self, key: Hashable, ask: Ask) -> pd.DataFrame:
        """The answer under `key`, asked only if it is new, or waited for where it is asked already.

        A frame of one's own: pandas copies on write.
        """
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key].copy(deep=False)
            asking = self._asking.get(key)
        # One that still waits for its turn is asked here instead.
        if asking is not None and not asking.cancel():
            return asking.result().copy(deep=False)
        return self._asked(key, ask).copy(deep=False)

    def ahead(self, key: Hashable, ask: Ask) -> None:
        """Begin to ask what `get` will be asked for: DuckDB needs no turn of the interpreter."""
        with self._lock:
            if key in self._frames or key in self._asking:
                return
            asking = self._asking[key] = _AHEAD.submit(self._asked, key, ask)
        asking.add_done_callback(lambda _: self._asking.pop(key, None))

    def _asked(self, key: Hashable, ask: Ask) -> pd.DataFrame:
        # Outside the lock: a slow question must not hold up everybody else. Two may ask the same
        # once.
        frame = ask()
        if len(frame) <= MOST_ROWS:
            with self._lock:
                self._frames[key] = frame
                if len(self._frames) > MOST_ANSWERS:
                    self._frames.popitem(last=False)
        return frame
