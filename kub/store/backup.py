"""The whole data folder as one file, and back: versions, `current`, visits, notes, audit trail.

A ZIP whose members are stored as they are (versions are packed by DuckDB already), with
`SHA256SUMS` as its last member: a line for every other one, as `sha256sum -c` reads it. The inbox
is no part of it.

A backup that is restored comes from outside. It may hold only files of the names that a data
folder has, unpacked (so that no small file becomes a large one), each with its checksum; all is
unpacked beside and checked before anything is in its place.
"""

import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kub.progress import Progress, silent
from kub.store import audit, catalogue, pins, versions
from kub.store.alone import Waiting, alone
from kub.store.versions import Damaged, Version, printable, storing, sync
from kub.store.whole import LIST, NAME, VersionFault, content, fault, without
from kub.words import Words

SUMS = "SHA256SUMS"
CURRENT, VERSIONS = "current", "versions"
_VISIT = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.(?:toml|deleted)", re.ASCII)
_NOTE = re.compile(r"kub-\w{1,40}-\w{1,40}\.txt", re.ASCII)
_LINE = re.compile(r"([0-9a-f]{64})  ([\w./-]{1,200})", re.ASCII)
# In the order in which a restored folder comes into its place: without `versions` all else is
# nothing, so they come last.
PARTS = (pins.FOLDER, catalogue.NOTES, audit.FILE, CURRENT, VERSIONS)
STAGED, CHECKED = ".restoring", "checked"
CHUNK = 1 << 20
MOST_MEMBERS = 100_000
MOST_SUMS_BYTES = 30_000_000
SPARE_BYTES = 10_000_000  # left free on the disk
# RuntimeError and NotImplementedError are how zipfile says: encrypted member, unknown compression.
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Backup:
    """What a backup holds. size: of the file, in bytes. left_out: damaged versions."""

    versions: tuple[Version, ...]
    visits: int
    size: int
    left_out: tuple[VersionFault, ...] = ()


class BackupRefused(Exception):
    """A file that is not restored, or a folder that it is not restored into; nothing has changed.

    rule: key under [backup.refused] in the words. value: what it is about.
    """

    def __init__(self, rule: str, value: object = "") -> None:
        super().__init__(f"{rule} {value}")
        self.rule, self.value = rule, str(value)

    def message(self, words: Words) -> tuple[str, str]:
        """(what is the matter, what to do)."""
        key, values = f"backup.refused.{self.rule}", {"value": printable(self.value)}
        return words(f"{key}.what", **values), words(f"{key}.todo", **values)


def backup(
    folder: Path,
    file: Path,
    progress: Progress = silent,
    waiting: Waiting = silent,
    most: float = -1,
) -> Backup:
    """Write all of a data folder into one file, whole or not at all; an older one of that name is
    replaced.

    Nobody imports or removes a version meanwhile. A damaged version is left out and named. Raises
    Damaged where the version in use is damaged or there is none, NotStored where the data folder
    cannot be read, OSError where the file cannot be written.
    """
    with storing(folder), alone(folder / VERSIONS / ".lock", waiting, most):
        in_use = versions.pointed(folder)
        if in_use is None or in_use.notice:
            raise Damaged(folder, catalogue.faults(folder))
        left_out = tuple(catalogue.faults(folder))
        texts, files = _members(folder, {wrong.path.name for wrong in left_out})
    # Outside of `storing`: a fault of the target is no fault of the data folder.
    unfinished = file.with_name(f".kub-{os.getpid()}.new")
    raise NotImplementedError


def _members(folder: Path, damaged: set[str]) -> tuple[dict[str, bytes], list[Path]]:
    raise NotImplementedError


@dataclass(frozen=True)
class Restored:
    """What has been restored."""

    version: Version
    versions: int
    visits: int


def restore(file: Path, folder: Path, progress: Progress = silent) -> Restored:
    """Put a backup into an empty data folder: all of it, or nothing.

    Raises BackupRefused, NotStored.
    """
    raise NotImplementedError
