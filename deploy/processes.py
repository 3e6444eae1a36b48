"""Processes that outlive the command that started them, known again by pid and time of start: a pid
alone may by now be another program's. Reads /proc, so it is for Linux.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
# Nobody waits for them: they outlive this command. `stop` takes leave of those that have ended.
_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Started:
    """A process that leads a group of its own. started: in ticks since the machine's start."""

    name: str
    pid: int
    started: int


@dataclass(frozen=True)
class _Stat:
    state: str
    group: int
    started: int


def start(
    name: str, command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str]
) -> Started:
    """Start a program in a session of its own. folder: it runs in; log: takes what it prints.

    Raises OSError.
    """
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    _children.append(process)
    stat = _stat(process.pid)
    return Started(name, process.pid, stat.started if stat else 0)


def is_alive(process: Started) -> bool:
    """Whether it runs still; what has ended and only waits to be counted does not."""
    stat = _stat(process.pid)
    if stat is None:
        return False
    return stat.started == process.started and stat.state not in "ZX"


def stop(processes: Sequence[Started], patience_s: float) -> None:
    """Ask all to end, wait, then end what is left of them and of what they have started."""
    asked = [process for process in processes if is_alive(process)]
    for process in asked:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
    ends = time.monotonic() + patience_s
    while any(map(is_alive, asked)) and time.monotonic() < ends:
        time.sleep(0.05)
    for process in processes:
        for pid in members(process):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    _children[:] = [child for child in _children if child.poll() is None]


def members(process: Started) -> list[int]:
    """The pids of its group: itself, and children that one killed by force has left behind."""
    leader = _stat(process.pid)
    if leader and leader.started != process.started:
        return []  # the number has gone to another program
    stats = {int(path.name): _stat(int(path.name)) for path in PROC.glob("[0-9]*")}
    return [
        pid
        for pid, stat in stats.items()
        if stat
        and stat.group == process.pid
        and stat.started >= process.started
        and stat.state not in "ZX"
    ]


def _stat(pid: int) -> _Stat | None:
    try:
        # The program's name stands in brackets and may hold any sign.
        fields = (PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return _Stat(fields[0], int(fields[2]), int(fields[19]))
