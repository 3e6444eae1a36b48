"""The log-ins that have ended before their time: whoever logs out is out, copies of the cookie too.

One file in the data folder, so that all processes know and a restart forgets nothing: a line is
the id of a log-in, which is a fingerprint, and the second until which it would have lasted.
Expired lines go out at the next log-out.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

FILE, LOCK = "logins-ended", ".kub-logins-ended.lock"
PATIENCE_S = 5.0


class Ended:
    """For any number of threads and processes. clock: seconds since 1970."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._file, self._lock_file = folder / FILE, folder / LOCK
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._ended: dict[str, float] = {}
        # What could not be written, for this process at least.
        self._own: dict[str, float] = {}

    def holds(self, login_id: str) -> bool:
        """Whether the log-in has ended. Raises OSError where the list is there and cannot be
        read: then nobody can be known to be logged in.
        """
        with self._lock:
            return login_id in self._own or login_id in self._now()

    def add(self, login_id: str, until: float) -> bool:
        """End a log-in; until: when it would have ended by itself. Returns whether it had not.

        Raises OSError where the list cannot be written; this process knows it all the same.
        """
        with self._lock:
            if login_id in self._own:
                return False
            self._own[login_id] = until
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with FileLock(self._lock_file, timeout=PATIENCE_S):
                    return self._write(login_id, until)
            except Timeout as held:
                raise OSError(f"{self._lock_file} is held") from held

    def _write(self, login_id: str, until: float) -> bool:
        listed, now = self._now(), self._clock()
        kept = {name: ends for name, ends in listed.items() if ends > now}
        text = "".join(f"{name} {ends:.0f}\n" for name, ends in {**kept, login_id: until}.items())
        unfinished = self._file.with_name(f".kub-{FILE}")
        try:
            with unfinished.open("w", encoding="ascii") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._file)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
        self._own = {name: ends for name, ends in self._own.items() if ends > now}
        return login_id not in listed

    def _now(self) -> dict[str, float]:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            self._seen, self._ended = None, {}
            return self._ended
        # A replaced file is another inode, so that two changes within one tick of the clock differ.
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            lines = (line.split() for line in self._file.read_text("ascii", "replace").splitlines())
            self._ended = {line[0]: _until(line[1:]) for line in lines if line}
            self._seen = seen
        return self._ended


def _until(parts: list[str]) -> float:
    """A line that was damaged counts as ended for good."""
    try:
        [text] = parts
        return float(text)
    except ValueError:
        return float("inf")
