"""data/inbox/: what has been put there, is whole, and has not been answered yet.

Network shares tell nobody that a file has come, so the folder is looked at again and again. What
has the same size and time at two looks is whole; a folder, which is copied file by file, at ten.
What was answered is not looked into again until it changes, also by another process later
(`.inbox.json` in the data folder). Links are never followed: what is read is a private copy.
"""

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kub.store.whole import content

FOLDER, ANSWERED, ANSWER = "inbox", ".inbox.json", ".problems.csv"
FILE_LOOKS, FOLDER_LOOKS = 2, 10
# Seconds until something is tried again that failed for a reason not its own; that took too much
# time or memory, which a busy machine may have been the reason for.
RETRY, RETRY_LARGE = 60.0, 3600.0
# What programs call a file that they are writing, or have open.
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".new", ".lock")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_CHUNK = 1 << 20


class Moved(Exception):
    """It is no more what it was when it was looked at: the next look decides."""


@dataclass(frozen=True)
class Arrival:
    """A file or folder that is whole. state: its size and times. size: bytes in all."""

    path: Path
    is_folder: bool
    state: str
    size: int
    changed: int

    @property
    def name(self) -> str:
        return self.path.name


class Inbox:
    """The inbox of a data folder, as one process has seen it so far."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER
        self._memory = folder / ANSWERED
        self._looks: dict[str, tuple[str, int]] = {}
        self._not_before: dict[str, float] = {}
        self._answered = self._remembered()

    def _remembered(self) -> dict[str, str]:
        try:
            answered = json.loads(content(self._memory, 10_000_000))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(answered, dict):
            return {}
        return {str(name): str(state) for name, state in answered.items()}

    def look(self) -> list[Arrival]:
        """What is whole and has not been answered, the oldest first. Raises OSError where the
        folder cannot be looked into.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        seen = {arrival.name: arrival for arrival in self._entries()}
        looks = {name: self._looks.get(name, ("", 0)) for name in seen}
        self._looks = {
            name: (arrival.state, looks[name][1] + 1 if looks[name][0] == arrival.state else 1)
            for name, arrival in seen.items()
        }
        if gone := self._answered.keys() - seen.keys():
            for name in gone:
                del self._answered[name]
            self._remember()
        ready = [arrival for arrival in seen.values() if self._is_ready(arrival)]
        return sorted(ready, key=lambda arrival: (arrival.changed, arrival.name))

    def is_waiting(self) -> bool:
        """Whether something of the last look may still turn out to be whole."""
        return any(
            self._answered.get(name) != state and count < FOLDER_LOOKS
            for name, (state, count) in self._looks.items()
        )

    def _is_ready(self, arrival: Arrival) -> bool:
        needed = FOLDER_LOOKS if arrival.is_folder else FILE_LOOKS
        return (
            self._looks[arrival.name][1] >= needed
            and self._answered.get(arrival.name) != arrival.state
            and time.monotonic() >= self._not_before.get(arrival.name, 0)
        )

    def _entries(self) -> Iterator[Arrival]:
        with os.scandir(self.path) as entries:
            for entry in entries:
                hidden = entry.name.startswith((".", "~"))
                if hidden or entry.name.lower().endswith((ANSWER, *_UNFINISHED)):
                    continue
                with suppress(FileNotFoundError, NotADirectoryError):  # gone meanwhile
                    if arrival := _arrival(Path(entry.path)):
                        yield arrival

    def answered(self, arrival: Arrival) -> None:
        """Do not look into it again until it changes."""
        self._answered[arrival.name] = arrival.state
        self._remember()

    def later(self, arrival: Arrival, seconds: float = RETRY) -> None:
        """Try it again after some time."""
        self._not_before[arrival.name] = time.monotonic() + seconds

    def _remember(self) -> None:
        # Forgotten, it is answered once more: nothing is lost.
        with suppress(OSError):
            unfinished = self._memory.with_suffix(".new")
            unfinished.write_text(json.dumps(self._answered), "utf-8")
            unfinished.replace(self._memory)

    def answer(self, arrival: Arrival, text: bytes | None) -> None:
        """Write the answer beside it, or take an older one away. Raises OSError."""
        path = arrival.path.with_name(arrival.name + ANSWER)
        if text is None:
            path.unlink(missing_ok=True)
            return
        unfinished = path.with_name(f".kub-{os.getpid()}.new")
        try:
            # Never into what somebody else has put there under that name.
            unfinished.unlink(missing_ok=True)
            with unfinished.open("xb") as file:
                file.write(text)
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise

    def remove(self, arrival: Arrival) -> None:
        """Take away what was taken in, unless something else is there by now. Raises OSError."""
        now = _arrival(arrival.path)
        if now is None or now.state != arrival.state:
            return
        if not arrival.is_folder:
            arrival.path.unlink()
            return
        for inside in arrival.path.iterdir():
            if inside.is_symlink() or not inside.is_dir():
                inside.unlink()
        arrival.path.rmdir()


def _arrival(path: Path) -> Arrival | None:
    """What stands there; None for links, pipes and devices. Raises OSError."""
    status = path.lstat()
    if stat.S_ISREG(status.st_mode):
        changed = status.st_mtime_ns
        return Arrival(path, False, f"{status.st_size} {changed}", status.st_size, changed)
    if not stat.S_ISDIR(status.st_mode):
        return None
    parts, size, changed = [], 0, status.st_mtime_ns
    for inside in sorted(path.iterdir()):
        own = inside.lstat()
        parts.append(f"{inside.name} {own.st_size} {own.st_mtime_ns}")
        size += own.st_size
        changed = max(changed, own.st_mtime_ns)
    return Arrival(path, True, "\n".join(parts), size, changed)


def copy(arrival: Arrival, into: Path) -> Path:
    """A private copy of it, which nobody can change while it is read; links in a folder are left
    out. Raises Moved, OSError.
    """
    target = into / arrival.name
    if arrival.is_folder:
        _copy_folder(arrival.path, target)
    elif not _copy_file(arrival.path, target):
        raise Moved(arrival.name)
    now = _arrival(arrival.path)
    if now is None or now.state != arrival.state:
        raise Moved(arrival.name)
    return target


def _copy_folder(path: Path, target: Path) -> None:
    target.mkdir()
    if os.open not in os.supports_dir_fd:  # Windows
        for inside in filter(Path.is_file, path.iterdir()):
            _copy_file(inside, target / inside.name)
        return
    # By its handle: a link that took its place meanwhile would lead elsewhere.
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    _copy_file(Path(entry.name), target / entry.name, folder)
    finally:
        os.close(folder)


def _copy_file(path: Path, target: Path, folder: int | None = None) -> bool:
    """False for what is no file by now. folder: handle of the one that it is in. Raises OSError."""
    try:
        # A pipe must not be waited for.
        handle = os.open(path, os.O_RDONLY | _NO_LINK | _NO_WAIT, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            return False
        raise
    with os.fdopen(handle, "rb") as source:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return False
        with target.open("xb") as file:
            shutil.copyfileobj(source, file, _CHUNK)
    return True
