"""A lock for a folder: one process writes at a time, and others learn whom they wait for."""

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kub.store.whole import content

PATIENCE = 2.0  # seconds until `waiting` is called
LONGEST_SIGNATURE = 60  # signs of what a holder says of itself


@dataclass(frozen=True)
class Holder:
    """The process that has the lock, as it signed itself. since: UTC, to the minute."""

    pid: int
    host: str
    command: str
    since: str


Waiting = Callable[[Holder | None], None]


class LockHeld(Exception):
    """Another process has the lock still; holder: None where it did not sign."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(f"held by {holder}")
        self.holder = holder


def _silent(_holder: Holder | None) -> None:
    """For callers who do not show who holds the lock."""


@contextmanager
def alone(lock: Path, waiting: Waiting = _silent, most: float = -1) -> Iterator[None]:
    """Hold the lock file. After two seconds `waiting` is called with its holder; after `most` more
    seconds raises LockHeld.

    The kernel lets go of the lock of a process that died; what it signed is then signed over.
    most < 0: waits on.
    """
    # Beside the lock and not in it: Windows lets nobody read a locked file.
    signed = lock.with_name(f"{lock.name}-holder")
    held = FileLock(lock)
    try:
        held.acquire(timeout=PATIENCE)
    except Timeout:
        waiting(_holder(signed))
        try:
            held.acquire(timeout=most)
        except Timeout as late:
            raise LockHeld(_holder(signed)) from late
    try:
        with suppress(OSError):  # a full disk shows when the version itself is written
            signed.write_text(json.dumps(asdict(_own())), "utf-8")
        yield
    finally:
        with suppress(OSError):
            signed.unlink()
        held.release()


def _own() -> Holder:
    # `python -m kub` shows as kub/__main__.py: the name of its folder is the command.
    program, *arguments = sys.argv or ["python"]
    if Path(program).name == "__main__.py":
        called = Path(program).parent.name
    else:
        called = Path(program).name
    command = " ".join([called, *arguments[:1]])[:LONGEST_SIGNATURE]
    return Holder(
        os.getpid(),
        socket.gethostname()[:LONGEST_SIGNATURE],
        command,
        f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
    )


def _holder(signed: Path) -> Holder | None:
    """Who signed the file; None where it is missing or holds something else."""
    try:
        row = json.loads(content(signed, 1000))
        # Another process wrote this: cut, and without signs that would move a terminal's cursor.
        texts = (str(row[name])[:LONGEST_SIGNATURE] for name in ("host", "command", "since"))
        return Holder(int(row["pid"]), *("".join(filter(str.isprintable, text)) for text in texts))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
