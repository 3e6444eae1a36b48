"""A version that is built and not yet in use: looked at first, then published or thrown away.

    .candidates/<token>/kub-<stamp>-<hash>.duckdb    under the name that it will have
    .candidates/<token>/.lock                        held by the process that may publish it

In a folder of its own, because whatever lies in `versions` governs what readers of the others are
shown (kub/store/small_cells.py). The kernel lets go of the lock of a process that died: so it is
known what nobody will publish any more.
"""

import secrets
import shutil
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from kub.progress import Progress, silent
from kub.records import Programme
from kub.store import audit, catalogue
from kub.store.alone import Waiting, alone
from kub.store.database import source_text, write
from kub.store.versions import (
    NotStored,
    Version,
    coming,
    data_folder,
    keepable,
    paths,
    storing,
)
from kub.store.versions import (
    publish as published,
)

FOLDER, LOCK = ".candidates", ".lock"
YOUNG = 60  # s in which whoever makes a folder takes its lock


class Superseded(Exception):
    """The version in use is no longer the one that the candidate was built on.

    in_use: the version in use now. Nothing has changed; the candidate is of no more use.
    """

    def __init__(self, in_use: Version | None) -> None:
        super().__init__(in_use and in_use.name)
        self.in_use = in_use


@dataclass(eq=False)
class Candidate:
    """folder: the data folder. version: the file where it lies now. base: the version it was built
    on. beside: names of the versions that there were then. discard(): removes it, as the end of
    the process does, and the last use of this object.
    """

    folder: Path
    version: Version
    base: Version | None
    beside: frozenset[str]
    programmes: tuple[Programme, ...]
    lock: FileLock
    discard: weakref.finalize = field(init=False)  # type: ignore[type-arg]

    def __post_init__(self) -> None:
        self.discard = weakref.finalize(self, _remove, self.version.path.parent, self.lock)

    @property
    def published(self) -> Version:
        """The version that it becomes."""
        return Version(self.folder / "versions" / self.version.path.name)

    @property
    def is_stale(self) -> bool:
        """Whether another version came into use, or beside it, since this one was built."""
        in_use = keepable(self.folder)
        path, built_on = (version.path if version else None for version in (in_use, self.base))
        return path != built_on or bool(_names(self.folder) - self.beside)


def prepare(
    programmes: Sequence[Programme],
    folder: Path | None = None,
    keep_samples: bool = False,
    progress: Progress = silent,
) -> Candidate:
    """Build what `database.build` would, and leave the version in use as it is.

    Without the lock of the folder: others may import meanwhile, which `publish` notices. Raises
    NotStored.
    """
    folder = folder or data_folder()
    sweep(folder)
    with storing(folder):
        (folder / "versions").mkdir(parents=True, exist_ok=True)
        beside, base = _names(folder), keepable(folder)
        version = coming(folder, source_text(programmes))
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        place = folder / FOLDER / secrets.token_hex(8)
        place.mkdir(mode=0o700)
        lock = FileLock(place / LOCK, timeout=0, thread_local=False)
        try:
            lock.acquire()
            write(place / version.path.name, version, base, programmes, keep_samples, progress)
        except BaseException:
            _remove(place, lock)
            raise
    lying = Version(place / version.path.name)
    return Candidate(folder, lying, base, beside, tuple(programmes), lock)


def publish(
    candidate: Candidate, by: str, note: str = "", waiting: Waiting = silent, most: float = -1
) -> Version:
    """Put the candidate into use; it is gone then. by, waiting, most: as in `database.build`.
    note: kept with the version.

    Raises Superseded and NotStored; nothing has changed then.
    """
    folder, version = candidate.folder, candidate.published
    with storing(folder), alone(folder / "versions" / ".lock", waiting, most):
        if candidate.is_stale or not candidate.version.path.exists():
            raise Superseded(keepable(folder))
        facts = {"version": version.name, **audit.imported(candidate.programmes)}
        with audit.recording(folder, "import", by, **facts):
            published(folder, candidate.version.path, version)
    # The version is in use, whatever becomes of a sentence about it.
    with suppress(NotStored):
        if note.strip():
            catalogue.set_note(folder, version.name, note)
    candidate.discard()
    return version


def sweep(folder: Path) -> None:
    """Remove the candidates of processes that have ended."""
    for place in (folder / FOLDER).glob("*"):
        with suppress(OSError):
            if not (place / LOCK).exists() and time.time() - place.stat().st_mtime < YOUNG:
                continue
            lock = FileLock(place / LOCK, timeout=0)
            with suppress(Timeout), lock:
                shutil.rmtree(place, ignore_errors=True)


def _remove(place: Path, lock: FileLock) -> None:
    shutil.rmtree(place, ignore_errors=True)
    lock.release()


def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in paths(folder))
