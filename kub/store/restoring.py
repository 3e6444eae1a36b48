"""A backup becomes a data folder again: all of it, or nothing.

A backup comes from outside. It may hold only files of the names that a data folder has, stored
unpacked (so that no small file becomes a large one), each with its checksum. All is unpacked
beside, checked and on the disk before the first part is in its place; a restore that was killed
after that is finished by the next.
"""

import hashlib
import os
import re
import shutil
import stat
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kub.progress import Progress, part_of, silent
from kub.records.unreadable import ZIP_FAULTS
from kub.store import audit, catalogue, pins
from kub.store.alone import Waiting, alone
from kub.store.versions import Version, printable, storing, sync
from kub.store.whole import LIST, NAME, content, digests, fault
from kub.words import Words
from kub.words.system_reasons import system_reason

SUMS = "SHA256SUMS"
CURRENT, VERSIONS = "current", "versions"
# In the order in which they come into their places: without versions all else is nothing.
PARTS = (pins.FOLDER, catalogue.NOTES, audit.FILE, CURRENT, VERSIONS)
STAGED, CHECKED = ".restoring", "checked"
CHUNK = 1 << 20
MOST_SUMS_BYTES = 30_000_000
SPARE_BYTES = 10_000_000  # of the disk that stay free
_ALLOWED = re.compile(
    rf"{CURRENT}|{re.escape(audit.FILE)}|{VERSIONS}/(?:{LIST}|{NAME.pattern})"
    rf"|{pins.FOLDER}/[a-z0-9][a-z0-9-]{{0,80}}\.(?:toml|deleted)"
    rf"|{catalogue.NOTES}/kub-\w{{1,40}}-\w{{1,40}}\.txt",
    re.ASCII,
)
_LINE = re.compile(r"([0-9a-f]{64})  (\S{1,200})", re.ASCII)


class BackupRefused(Exception):
    """A file that is not restored, or a folder that it is not restored into; nothing has changed.

    rule: key under [backup.refused] in the words. value: what it is about.
    """

    def __init__(self, rule: str, value: object = "") -> None:
        super().__init__(f"{rule} {value}")
        self.rule, self.value = rule, str(value)

    def message(self, words: Words) -> tuple[str, str]:
        """(what is the matter, what to do)."""
        value = self.value
        if isinstance(self.__cause__, OSError):
            value = system_reason(self.__cause__, words)
        key = f"backup.refused.{self.rule}"
        return (
            words(f"{key}.what", value=printable(value)),
            words(f"{key}.todo", value=printable(value)),
        )


@dataclass(frozen=True)
class Restored:
    """What has been restored. version: the one in use."""

    version: Version
    versions: int
    visits: int


def allowed(name: str) -> bool:
    """Whether a member of a backup may have this name."""
    return _ALLOWED.fullmatch(name) is not None


def restore(
    file: Path,
    folder: Path,
    progress: Progress = silent,
    by: str = audit.COMMAND,
    waiting: Waiting = silent,
    most: float = -1,
) -> Restored:
    """Put a backup into a data folder that holds nothing yet: all of it, or nothing.

    by, waiting, most: as in `database.build`. Raises BackupRefused, and NotStored where the data
    folder cannot be written.
    """
    with _opened(file) as archive, storing(folder):
        sums, mark = _sums(archive, file)
        (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            held.enter_context(alone(folder / VERSIONS / ".lock", waiting, most))
            if _finished(folder, mark):
                return _restored(folder)
            if part := next((part for part in PARTS if _holds(folder / part)), None):
                raise BackupRefused("not_empty", folder / part)
            needed = sum(archive.getinfo(name).file_size for name in sums)
            if shutil.disk_usage(folder).free < needed + SPARE_BYTES:
                raise BackupRefused("no_room", -(-needed // 1_000_000))
            staged = folder / STAGED
            try:
                _unpack(archive, sums, staged, part_of(progress, 0, 2))
                _check(staged, part_of(progress, 1, 2))
                in_use = content(staged / CURRENT, 1000).decode().strip()
                facts = {"version": Path(in_use).stem, "sha256": mark}
                audit.append(staged, "restore", by, **facts)
                _mark(staged, mark)
            except BaseException:
                shutil.rmtree(staged, ignore_errors=True)
                raise
            if sys.platform == "win32":
                held.close()  # no folder with an open file in it can be moved there
            # From here on a kill leaves parts in place, and the next restore places the others.
            _place(folder, staged)
            return _restored(folder)


def _holds(path: Path) -> bool:
    """Whether there is anything but locks and what a killed import left."""
    if path.is_dir():
        return any(not inside.name.startswith(".") for inside in path.iterdir())
    return os.path.lexists(path)


def _finished(folder: Path, mark: str) -> bool:
    """Whether a restore of this very backup was killed when all was checked, and is now done.

    mark: SHA-256 of its checksums. What was killed before is removed. Raises OSError.
    """
    staged = folder / STAGED
    try:
        checked = content(staged / CHECKED, 100).decode("ascii", "replace")
    except FileNotFoundError:
        shutil.rmtree(staged, ignore_errors=True)
        return False
    waiting = [part for part in PARTS if (staged / part).exists()]
    if any(_holds(folder / part) for part in waiting):
        # Somebody has gone to work in the folder since: that stays.
        shutil.rmtree(staged)
        return False
    _place(folder, staged)
    return checked == mark


def _mark(staged: Path, mark: str) -> None:
    unfinished = staged / f"{CHECKED}.new"
    unfinished.write_text(mark, "ascii")
    sync(unfinished)
    unfinished.replace(staged / CHECKED)


def _place(folder: Path, staged: Path) -> None:
    """Raises OSError."""
    for part in PARTS:
        source, target = staged / part, folder / part
        if not source.exists():
            continue
        if target.is_dir():
            # Holds locks alone. The one that is held moves with it, and whoever waits for it tries
            # again when it is gone.
            aside = staged / f"{part}-before"
            shutil.rmtree(aside, ignore_errors=True)
            target.rename(aside)
        source.rename(target)
    shutil.rmtree(staged, ignore_errors=True)


def _restored(folder: Path) -> Restored:
    current = content(folder / CURRENT, 1000).decode().strip()
    count = sum(1 for _ in (folder / VERSIONS).glob("kub-*.duckdb"))
    visits = sum(1 for _ in (folder / pins.FOLDER).glob(f"*{pins.ENDING}"))
    return Restored(Version(folder / VERSIONS / current), count, visits)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Raises BackupRefused for what is no ZIP or ends in the middle, also while it is read."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise BackupRefused("no_backup", file)
        source = file.open("rb")
    except OSError as error:
        raise BackupRefused("unreadable", file) from error
    with source:
        try:
            archive = zipfile.ZipFile(source)
        except ZIP_FAULTS as error:
            raise BackupRefused("no_backup", file) from error
        with archive:
            yield archive


def _sums(archive: zipfile.ZipFile, file: Path) -> tuple[dict[str, str], str]:
    """(SHA-256 of each member by its name, SHA-256 of the list itself). Raises BackupRefused."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if SUMS not in names:
        raise BackupRefused("no_backup", file)
    for entry in entries:
        if entry.filename != SUMS and not allowed(entry.filename):
            raise BackupRefused("foreign", entry.filename)
        mode = entry.external_attr >> 16
        # Some programs write no mode at all.
        if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
            raise BackupRefused("foreign", entry.filename)
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            raise BackupRefused("packed", entry.filename)
    # Members that lie over each other would unpack to more than the file holds.
    if sum(entry.file_size for entry in entries) > file.stat().st_size:
        raise BackupRefused("packed", file)
    if len(set(names)) < len(names):
        raise BackupRefused("no_backup", file)
    if archive.getinfo(SUMS).file_size > MOST_SUMS_BYTES:
        raise BackupRefused("no_backup", file)
    text = _read(archive, SUMS)
    lines = [_LINE.fullmatch(line) for line in text.decode("ascii", "replace").splitlines()]
    sums = {line[2]: line[1] for line in lines if line}
    if unlisted := set(names) - {SUMS} - set(sums):
        raise BackupRefused("unlisted", min(unlisted))
    if lost := set(sums) - set(names):
        raise BackupRefused("lost", min(lost))
    return sums, hashlib.sha256(text).hexdigest()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (*ZIP_FAULTS, OSError) as error:
        raise BackupRefused("differs", name) from error


def _unpack(
    archive: zipfile.ZipFile, sums: Mapping[str, str], staged: Path, progress: Progress
) -> None:
    """Raises BackupRefused for a member that is not as its checksum says, OSError of the disk."""
    total = sum(archive.getinfo(name).file_size for name in sums) or 1
    done = 0
    for name, expected in sums.items():
        target = staged / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with target.open("xb") as file:
            for chunk in _chunks(archive, name):
                digest.update(chunk)
                file.write(chunk)
                done += len(chunk)
                progress(min(done / total, 1), "backup.progress.unpack")
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != expected:
            raise BackupRefused("differs", name)
    if (staged / audit.FILE).exists():
        (staged / audit.FILE).chmod(0o600)


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Raises BackupRefused where the file ends in the middle, so that a fault of the backup is told
    from one of the data folder.
    """
    try:
        with archive.open(name) as member:
            while chunk := member.read(CHUNK):
                yield chunk
    except (*ZIP_FAULTS, OSError) as error:
        raise BackupRefused("differs", name) from error


def _check(staged: Path, progress: Progress) -> None:
    """Refuse what is no whole data folder, however right its checksums. Raises OSError."""
    names = sorted(path.name for path in (staged / VERSIONS).glob("kub-*"))
    lines = digests(staged / VERSIONS)
    if lost := set(lines) - set(names):
        raise BackupRefused("lost", min(lost))
    for number, name in enumerate(names):
        progress(number / len(names), "backup.progress.check")
        if wrong := fault(staged / VERSIONS / name):
            rule = "newer" if wrong.reason == "newer" else "differs"
            raise BackupRefused(rule, name)
    try:
        in_use = content(staged / CURRENT, 1000).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupRefused("lost", CURRENT) from error
    if in_use not in names:
        raise BackupRefused("lost", in_use)
    progress(1, "progress.done")
