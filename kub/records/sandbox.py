"""Files are read in a process of their own, which may take so much memory and so much time and no
more.

What a library does with a hostile file (ends the process, asks for all memory, never comes back)
then happens to that process alone. The limit is on private writable memory (RLIMIT_DATA): on all
address space it would have to be several times as high, since libraries reserve what they never
touch. Where the system knows no such limit (Windows, macOS) time and the counts of
kub/records/limits.py hold.

Only plain data come back: Arrow streams, and dataclasses of kub.records in a pickle that may name
nothing else.
"""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event, Lock, Timer

from kub.progress import Progress, part_of, silent
from kub.records import Checked, Keep, in_memory
from kub.records.limits import GUEST_LIMITS, LIMITS, MB, Limits
from kub.records.marks import Listing, Mark
from kub.records.problems import Problem, level_of
from kub.records.sandbox_messages import MARK, Message, receive, send, unpacked
from kub.records.source import SourceFile, Upload

ROOT = Path(__file__).parents[2]
# Above this a process is not used for a second file: what one file left in it could count against
# the next.
_REUSED_BELOW_MB = 300
SECONDS, GUEST_SECONDS = 30, 10
UPLOAD_MB, GUEST_UPLOAD_MB = 50, 10


@dataclass(frozen=True)
class Bounds:
    """memory_mb: private memory of the reading process. seconds: of the clock, for a file."""

    limits: Limits = LIMITS
    memory_mb: int = 800
    seconds: float = 30


def bounds() -> Bounds:
    """Of a file that an office reads itself. KUB_CHECK_S says another number of seconds."""
    return Bounds(seconds=_environment("KUB_CHECK_S", SECONDS))


def guest_bounds() -> Bounds:
    """Of a file that a guest hands in."""
    return Bounds(GUEST_LIMITS, seconds=min(GUEST_SECONDS, bounds().seconds))


def upload_mb() -> int:
    """The largest upload of an office, MB: 50, or what KUB_UPLOAD_MB says, from 1 to what a file
    may have at all.
    """
    most = LIMITS.file // MB
    return max(1, int(min(most, _environment("KUB_UPLOAD_MB", UPLOAD_MB))))


def guest_upload_mb() -> int:
    """The largest upload of a guest, MB: 10, or less where KUB_UPLOAD_MB is less."""
    return min(GUEST_UPLOAD_MB, upload_mb())


def _environment(name: str, usual: float) -> float:
    """A number above 0, else `usual`, so that a misspelt value does not lift a limit."""
    with suppress(ValueError):
        if 0 < (value := float(os.environ.get(name, ""))) < float("inf"):
            return value
    return usual


class ReaderFailed(Exception):
    """A bug while reading, with the traceback of the other process."""


class _Process:
    """One reading process. It starts when this is made; its imports take half a second."""

    def __init__(self) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            cwd=ROOT,
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Nobody reads it, and a full pipe would stop the process.
            stderr=subprocess.DEVNULL,
        )

    def ask(self, request: Message, seconds: float, progress: Progress) -> Message:
        """The answer; ("problem", rule) where the process dies or takes too long."""
        late = Event()
        # The clock of this process: the other may be stopped, or too busy to look at its own.
        timer = Timer(max(seconds - _STARTING, seconds / 2), self._stop, [late])
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(request, progress)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            if self._popen.returncode > 0 and not late.is_set():
                # It ended by itself, in Python: a library that is missing, not a hostile file.
                return "bug", f"{_MODULE} ended with exit status {self._popen.returncode}"
            return "problem", "too_slow" if late.is_set() else "too_much_memory"
        finally:
            timer.cancel()

    def _stop(self, late: Event) -> None:
        late.set()
        self._popen.kill()

    def _exchange(self, request: Message, progress: Progress) -> Message:
        requests, answers = self._popen.stdin, self._popen.stdout
        assert requests and answers
        send(requests, request)
        while True:
            kind, *content = receive(answers)
            if kind != "progress":
                return kind, *content
            progress(*content)

    @property
    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def close(self) -> None:
        """Ends it, whatever it does, and leaves neither zombie nor open pipe."""
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


# Of the seconds, what starting, stopping and reporting take.
_STARTING = 2
_MODULE = "kub.records.sandboxed"
# mimalloc takes a gigabyte at once, and every thread of a library asks for memory of its own.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_spare: list[_Process] = []
_lock = Lock()


def warm() -> None:
    """Starts a process ahead, so that the next file need not wait for its imports."""
    with _lock:
        if not _spare:
            _spare.append(_Process())


def cool() -> None:
    """Ends the process that was started ahead."""
    with _lock:
        while _spare:
            _spare.pop().close()


atexit.register(cool)


def _taken() -> _Process:
    with _lock:
        process = _spare.pop() if _spare else None
    if process and process.is_alive:
        return process
    return _Process()


def read(
    paths: Sequence[SourceFile],
    today: date,
    bound: Bounds,
    progress: Progress = silent,
    keep: Keep = in_memory,
) -> Checked:
    """As kub.records.read, but in another process. Raises ReaderFailed for a bug of ours."""
    checked: list[Checked] = []
    seen: dict[str, str] = {}
    process: _Process | None = None
    try:
        for number, path in enumerate(paths):
            if process is None:
                process = _taken()
            source = path if isinstance(path, Upload) else str(path.absolute())
            request = (source, today, seen, bound.limits, bound.memory_mb)
            answer = process.ask(request, bound.seconds, part_of(progress, number, len(paths)))
            match answer:
                case "checked", content, seen, resident_mb if resident_mb < _REUSED_BELOW_MB:
                    checked.append(_kept(content, keep))
                case "checked", content, seen, _:
                    checked.append(_kept(content, keep))
                    process.close()
                    process = None
                case "problem", rule:
                    checked.append(_refused(path.name, rule, bound))
                    process.close()
                    process = None
                case _:
                    raise ReaderFailed(answer[-1])
    finally:
        if process:
            process.close()
    return _joined(checked)


def mark(workbook: Upload, marks: Sequence[Mark], listing: Listing, bound: Bounds) -> bytes | None:
    """The workbook with its bad cells marked, as kub/records/marked.py makes it; None where that
    takes too long or too much memory, or the file is too strange.
    """
    process = _taken()
    try:
        request = (MARK, workbook.content, tuple(marks), listing, bound.memory_mb)
        match process.ask(request, bound.seconds, silent):
            case "marked", bytes(content):
                return content
            case "problem", _:
                return None
            case answer:
                raise ReaderFailed(answer[-1])
    finally:
        process.close()


def _kept(content: Checked, keep: Keep) -> Checked:
    whole = unpacked(content)
    programmes = [replace(own, tables=keep(own.tables)) for own in whole.programmes]
    return replace(whole, programmes=programmes)


def _refused(name: str, rule: str, bound: Bounds) -> Checked:
    values = {"seconds": bound.seconds, "mb": bound.memory_mb}
    problem = Problem(name, None, None, None, None, rule, level_of(rule), values)
    return Checked([], [problem])


def _joined(checked: Sequence[Checked]) -> Checked:
    """One after the other."""
    whole = Checked([], [])
    for part in checked:
        programmes, problems = whole.programmes + part.programmes, whole.problems + part.problems
        whole = Checked(programmes, problems, whole.reading.plus(part.reading))
    return whole
