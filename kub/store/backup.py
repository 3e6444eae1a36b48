"""The whole data folder as one file: versions, `current`, visits, notes, audit trail.

A ZIP whose members are stored as they are (DuckDB has packed the versions already), with
`SHA256SUMS` as its last member: a line for every other one, as `sha256sum -c` reads it. The inbox
is no part of it. kub/store/restoring.py reads it again.
"""

import hashlib
import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from kub.progress import Progress, silent
from kub.store import audit, catalogue, pins, versions
from kub.store.alone import Waiting, alone
from kub.store.restoring import CHUNK, CURRENT, SUMS, VERSIONS, allowed
from kub.store.restoring import BackupRefused as BackupRefused
from kub.store.restoring import Restored as Restored
from kub.store.restoring import restore as restore
from kub.store.versions import Damaged, Version, storing, sync
from kub.store.whole import LIST, VersionFault, content, digests, without


@dataclass(frozen=True)
class Backup:
    """What a backup holds. size: of the file, in bytes. left_out: versions that are damaged."""

    versions: tuple[Version, ...]
    visits: int
    size: int
    left_out: tuple[VersionFault, ...] = ()


def backup(
    folder: Path,
    file: Path,
    progress: Progress = silent,
    by: str = audit.COMMAND,
    waiting: Waiting = silent,
    most: float = -1,
) -> Backup:
    """Write all of a data folder into one file, whole or not at all; an older file of that name is
    replaced.

    Nobody imports or removes a version meanwhile. A damaged version is left out and named. by,
    waiting, most: as in `database.build`. Raises Damaged where the version in use is damaged or
    there is none, NotStored where the data folder cannot be read, OSError where the file cannot be
    written.
    """
    # Beside it, so on the same disk: only there a rename is one step.
    unfinished = file.with_name(f".kub-{os.getpid()}.new")
    with ExitStack() as until_done:
        with storing(folder):
            until_done.enter_context(alone(folder / VERSIONS / ".lock", waiting, most))
            in_use, left_out = versions.pointed(folder), tuple(catalogue.faults(folder))
            if in_use is None or in_use.notice:
                raise Damaged(folder, left_out or [VersionFault(folder / CURRENT, "pointer")])
            # A backup is a download of everything: its line is in it too.
            audit.append(folder, "backup", by, version=in_use.name)
            texts, files = _members(folder, {wrong.path.name for wrong in left_out})
        try:
            _write(unfinished, folder, texts, files, progress)
            sync(unfinished)
            unfinished.replace(file)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
    packed = [Version(path) for path in files if path.parent.name == VERSIONS]
    visits = sum(path.suffix == pins.ENDING for path in files)
    return Backup(tuple(packed), visits, file.stat().st_size, left_out)


def _members(folder: Path, damaged: set[str]) -> tuple[dict[str, bytes], list[Path]]:
    """(small ones with their bytes, files that are read as they are packed). Raises OSError."""
    texts = {
        CURRENT: content(folder / CURRENT, 1000),
        f"{VERSIONS}/{LIST}": without(folder / VERSIONS, damaged),
    }
    files = [path for path in versions.paths(folder) if path.name not in damaged]
    for name in (pins.FOLDER, catalogue.NOTES):
        with suppress(FileNotFoundError, NotADirectoryError):
            files += sorted((folder / name).iterdir())
    if (folder / audit.FILE).exists():
        files.append(folder / audit.FILE)
    # What else lies there (locks, what an editor left) belongs to no data folder.
    return texts, [path for path in files if allowed(_name(folder, path)) and path.is_file()]


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _write(
    unfinished: Path,
    folder: Path,
    texts: dict[str, bytes],
    files: list[Path],
    progress: Progress,
) -> None:
    """Raises OSError, NotStored, Damaged."""
    total = sum(path.stat().st_size for path in files) or 1
    known = digests(folder / VERSIONS)
    sums: list[str] = []
    done = 0
    # Records of groups: nobody else on the machine reads them.
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target, zipfile.ZipFile(target, "w") as archive:
        for name, text in texts.items():
            archive.writestr(_entry(name), text)
            sums.append(f"{hashlib.sha256(text).hexdigest()}  {name}\n")
        for path in files:
            digest = hashlib.sha256()
            with archive.open(_entry(_name(folder, path)), "w", force_zip64=True) as member:
                for chunk in _chunks(folder, path):
                    digest.update(chunk)
                    member.write(chunk)
                    done += len(chunk)
                    progress(min(done / total, 1), "backup.progress.pack")
            # Of the bytes that went into the file, not of those that were looked at before.
            if known.get(path.name, digest.hexdigest()) != digest.hexdigest():
                raise Damaged(folder, [VersionFault(path, "differs")])
            sums.append(f"{digest.hexdigest()}  {_name(folder, path)}\n")
        archive.writestr(_entry(SUMS), "".join(sums))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time.localtime()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _chunks(folder: Path, path: Path) -> Iterator[bytes]:
    """What a file of the data folder holds. Raises NotStored, so that a fault of the target is
    told from one of the source.
    """
    with ExitStack() as until_read:
        with storing(folder):
            file = until_read.enter_context(path.open("rb"))
        while True:
            with storing(folder):
                chunk = file.read(CHUNK)
            if not chunk:
                return
            yield chunk
