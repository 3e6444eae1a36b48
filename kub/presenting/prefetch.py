"""Prefetching: a presentation's next step is ready when the clicker is pressed.

Bounded, and for any number of threads; what is being made already is waited for, not made twice.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

MOST_ANSWERS = 64  # answers; a visit has about twenty steps, a figure about 20 kB


class Prefetch:
    """A cache of made values by key; the least recently used leaves first. most: how many stay."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        # A single thread: preparing must not take the processor from the page that is drawn now.
        self._worker = ThreadPoolExecutor(1, "ahead")
        # What waits for another process takes no processor, and may take long.
        self._aside = ThreadPoolExecutor(2, "aside")

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of key, made now if it is not there.

        Raises what `make` raises; the next call then tries again.
        """
        with self._lock:
            future = self._made.get(key)
            mine = future is None or not (future.done() or future.running())
            if future is None or mine:  # not begun yet: quicker made here than waited for
                if future:
                    future.cancel()
                future = self._keep(key, Future())
            self._made.move_to_end(key)
        if mine:
            _fill(future, make)
        try:
            return future.result()
        except BaseException:  # also Ctrl-C and Streamlit's own stop: a fault is no value to keep
            self._drop(key, future)
            raise

    def prepare(self, key: Hashable, make: Callable[[], Any]) -> None:
        """Make the value in the background, unless it is there or on its way."""
        with self._lock:
            if key not in self._made:
                self._keep(key, self._worker.submit(make))

    def soon(self, key: Hashable, make: Callable[[], Any], seconds: float) -> Any:
        """The value of key if it is there within so many seconds, else None, and it is made on in
        the background. For what waits for another process. Raises what `make` raises.
        """
        with self._lock:
            future = self._made.get(key)
            if future is None:
                future = self._keep(key, self._aside.submit(make))
            self._made.move_to_end(key)
        try:
            return future.result(seconds)
        except TimeoutError:
            if not future.done():
                return None
            self._drop(key, future)
            raise
        except BaseException:
            self._drop(key, future)
            raise

    def is_ready(self, key: Hashable) -> bool:
        """Whether a value is there, or nobody makes it any more."""
        with self._lock:
            future = self._made.get(key)
        return future is None or future.done()

    def forget(self, stale: Callable[[Any], bool]) -> None:
        """Drop every value whose key is stale. One in the making reaches only who waits for it."""
        with self._lock:
            for key in [key for key in self._made if stale(key)]:
                del self._made[key]

    def _keep(self, key: Hashable, future: "Future[Any]") -> "Future[Any]":
        self._made[key] = future
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        return future

    def _drop(self, key: Hashable, future: "Future[Any]") -> None:
        with self._lock:
            if self._made.get(key) is future:
                del self._made[key]


def _fill(future: "Future[Any]", make: Callable[[], Any]) -> None:
    future.set_running_or_notify_cancel()
    try:
        future.set_result(make())
    except Exception as fault:  # noqa: BLE001 raised again by `get`, for everyone who waits
        future.set_exception(fault)


# All sessions of the process share this one.
ANSWERS = Prefetch()
