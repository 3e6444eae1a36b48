"""The data folder: immutable version files and one small pointer that names the one in use.

    versions/kub-<UTC stamp>-<hash>.duckdb    never changed, never reused
    versions/SHA256SUMS                       what each was when it was made, in the order of import
    current                                   the name of one of them, replaced atomically

A path is never reused because DuckDB hands a process the OLD data when it connects again to a
replaced file while a handle is open. Older versions stay readable until somebody prunes them
(kub/store/keeping.py).
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from kub.shipped import data_folder as data_folder
from kub.store.alone import Holder, LockHeld
from kub.store.whole import LIST, NAME, VersionFault, content, digests, fault, listed, only_samples
from kub.store.whole import SCHEMA_NUMBER as SCHEMA_NUMBER
from kub.words import Words
from kub.words.system_reasons import system_reason

ROOT = Path(__file__).parents[2]
MOST_FAULTS = 5  # faults that a sentence names


@dataclass(frozen=True)
class Version:
    """One immutable database file.

    notice: key of words to say when it is not what `current` named.
    """

    path: Path
    notice: str | None = None

    @property
    def name(self) -> str:
        """'kub-<stamp>-<hash>', as links and visits pin it."""
        return self.path.stem

    @property
    def label(self) -> str:
        """'2026-11-24 a1b2c3': day of import (UTC) and fingerprint of the source files."""
        _, stamp, fingerprint = self.path.stem.split("-")
        return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {fingerprint[:6]}"

    @property
    def built_at(self) -> datetime:
        """The second of the import, as its name has it (UTC)."""
        _, stamp, _ = self.path.stem.split("-")
        return datetime.strptime(stamp[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


class NotStored(Exception):
    """The data folder cannot be written: read-only, full, gone, held.

    What was there before is as it was.
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason

    def why(self, words: Words) -> str:
        """The reason, in words where the system or a lock is it; what DuckDB says as it says it."""
        cause = self.__cause__
        if isinstance(cause, LockHeld):
            return held_by(cause.holder, words)
        if isinstance(cause, IsADirectoryError) and cause.filename:
            return words("version.is_folder", file=cause.filename)
        if isinstance(cause, OSError):
            return system_reason(cause, words)
        return self.reason


class Damaged(Exception):
    """There have been versions, and none can be used: never a
    reason to show the samples instead.
    """

    def __init__(self, folder: Path, faults: Sequence[VersionFault]) -> None:
        super().__init__(
            f"{folder}: {', '.join(f'{fault.path.name} {fault.reason}' for fault in faults)}"
        )
        self.folder = folder
        self.faults = faults

    def message(self, words: Words, shown: Callable[[str], str] = str) -> tuple[str, str]:
        """(what is the matter, what to do). shown: how names reach the screen as they are."""
        text = [
            words(f"version.reason.{fault.reason}", file=fault.path.name, detail=fault.detail)
            for fault in self.faults[:MOST_FAULTS]
        ]
        if len(self.faults) > MOST_FAULTS:
            text.append(words("version.reason.more", count=len(self.faults) - MOST_FAULTS))
        values = {
            "folder": shown(printable(self.folder)),
            "faults": shown(printable("; ".join(text))),
        }
        return words("error.damaged.title"), words("error.damaged.todo", **values)


def held_by(holder: Holder | None, words: Words) -> str:
    """'the process 4711 (kub import) on meja-1 has been writing there since …'."""
    if holder:
        return words("version.holder", **vars(holder))
    return words("version.holder_unknown")


def printable(name: object) -> str:
    """A file's name as valid text: bytes outside UTF-8 would break a terminal and a page."""
    return str(name).encode("utf-8", "replace").decode()


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Turns faults of the disk into NotStored; DuckDB has its own exceptions for most of them."""
    try:
        yield
    except LockHeld as held:
        raise NotStored(folder, str(held)) from held
    except (OSError, duckdb.OperationalError, duckdb.FatalException) as error:
        raise NotStored(folder, str(error)) from error


def readable(path: Path) -> bool:
    """Whether a version's file is whole, and one that this code can read."""
    return fault(path) is None


def versions(folder: Path) -> list[Version]:
    """All versions that can be used, the newest import first."""
    return [Version(path) for path in paths(folder) if readable(path)]


def named(folder: Path, name: str) -> Version | None:
    """The version of that name ('kub-<stamp>-<hash>'), as a pinned visit
    says it; None where it is gone or no name.
    """
    # A link may hold any text: only a name of that shape is looked up.
    path = folder / "versions" / f"{name}.duckdb"
    if NAME.fullmatch(path.name) and readable(path):
        return Version(path)
    return None


def pointed(folder: Path) -> Version | None:
    """The version that `current` names; where that cannot be used the newest import that can, with
    a notice.

    None where there has been no version at all. Raises Damaged where there has been one, and
    none can be used; also where only samples are left, for what is lost may have been real
    records.
    """
    name = _pointer(folder)
    path = folder / "versions" / (name or "")
    faults = []
    if name:
        if (wrong := fault(path)) is None:
            return Version(path)
        faults.append(wrong)
    elif name is not None:
        faults.append(VersionFault(folder / "current", "pointer"))
    lost, spare = bool(name), None
    for other in paths(folder):
        if other == path:
            continue
        if wrong := fault(other):
            faults.append(wrong)
            lost = True
        elif not only_samples(other):
            return Version(other, notice="version.fallback")
        elif not spare:
            spare = Version(other, notice="version.fallback")
    if spare and not lost:
        return spare
    if faults:
        raise Damaged(folder, faults)
    return None


def keepable(folder: Path) -> Version | None:
    """What an import builds on; None where there is nothing, or nothing that can be kept."""
    try:
        return pointed(folder)
    except Damaged:
        return None


def _pointer(folder: Path) -> str | None:
    """The name in `current`; '' where its text is not a name, None where the file is missing."""
    try:
        text = content(folder / "current", 1000).decode("utf-8-sig").strip()
    except (FileNotFoundError, NotADirectoryError):
        return "" if os.path.lexists(folder / "current") else None
    except (OSError, UnicodeDecodeError):
        return ""
    return text if NAME.fullmatch(text) else ""


def paths(folder: Path) -> list[Path]:
    """Every version there is or has been, the newest import first.

    The list knows the order; a stamp alone may come from a clock that was wrong. Those without a
    line (the list may have been cut) stand where their stamp says; of them those stamped later
    than now come last. Raises Damaged where the folder cannot be looked into.
    """
    inside = folder / "versions"
    try:
        files = {
            path.name
            for path in inside.iterdir()
            if path.name.startswith("kub-") and path.suffix == ".duckdb"
        }
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise Damaged(folder, [VersionFault(inside, "unreadable", error.strerror or "")]) from error
    # Stamps from the future come from a clock that was wrong, and prove nothing about order.
    now = f"kub-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z"
    latest, order = "", {}
    for place, name in enumerate(digests(inside)):
        if name <= now:
            latest = max(latest, name)
        order[name] = (latest, place)
    for name in files - set(order):
        order[name] = (name if name <= now else "", -1)
    names = sorted(order, key=lambda name: (*order[name], name), reverse=True)
    return [inside / name for name in names]


def coming(folder: Path, source: str) -> Version:
    """The name and place of a version that is built now. source: the fingerprint is of this."""
    fingerprint = hashlib.sha256(source.encode()).hexdigest()[:12]
    name = f"kub-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{fingerprint}.duckdb"
    return Version(folder / "versions" / name)


def publish(folder: Path, unfinished: Path, version: Version) -> None:
    """Give a finished file its name and its line in the list, then make `current` name it.

    Raises OSError.
    """
    inside = folder / "versions"
    for path in (folder / "current", inside / LIST):
        if path.is_dir():  # before the version has its name, not after
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    entry = _unfinished(inside / LIST, listed(inside, version.path.name, unfinished))
    try:
        # The name before the line: a version without a line is read whole and used, a line without
        # its version would stand for one that was lost.
        unfinished.rename(version.path)
        entry.replace(inside / LIST)
    finally:
        with suppress(OSError):
            entry.unlink()
    point_to(folder, version)


def replace_list(folder: Path, text: bytes) -> None:
    """Give the list of versions another text, in one step. Raises OSError."""
    path = folder / "versions" / LIST
    _unfinished(path, text).replace(path)


def point_to(folder: Path, version: Version) -> None:
    """Make `current` name this version, in one step that readers see whole."""
    _unfinished(folder / "current", f"{version.path.name}\n".encode()).replace(folder / "current")


def _unfinished(path: Path, text: bytes) -> Path:
    """A file with this text, on the disk, that can take the place of
    another; none where the disk is full.
    """
    # In the same folder, so that it can be renamed: across file systems a rename is a copy.
    new = path.with_name(f".kub-{path.name}")
    try:
        new.write_bytes(text)
        sync(new)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    return new


def sync(path: Path) -> None:
    """Wait until the file is on the disk, so that a rename never precedes its content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
