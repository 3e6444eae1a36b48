"""The data folder: immutable version files and one small pointer that names the one in use.

    versions/kub-<UTC stamp>-<hash>.duckdb    never changed, never reused
    current                                   the name of one of them, replaced atomically

A path is never reused because DuckDB hands a process the OLD data when it connects again to a
replaced file while a handle is open. Nothing here deletes a version: older ones stay readable.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
SCHEMA_NUMBER = 1
# Whatever else `current` may hold (a path, a page of text) is never looked up on the disk.
_NAME = re.compile(r"kub-\w{1,40}-\w{1,40}\.duckdb", re.ASCII)


@dataclass(frozen=True)
class Version:
    """One immutable database file. notice: key of words to say when it is not what `current` named."""

    path: Path
    notice: str | None = None

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def label(self) -> str:
        """'2026-11-24 a1b2c3': day of import (UTC) and fingerprint of the source files."""
        _, stamp, fingerprint = self.path.stem.split("-")
        return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {fingerprint[:6]}"


class NotStored(Exception):
    """The data folder cannot be written: read-only, full, gone. What was there before is as it was."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Faults of the disk, as NotStored: DuckDB has a name of its own for most of them."""
    try:
        yield
    except (OSError, duckdb.OperationalError, duckdb.FatalException) as error:
        raise NotStored(folder, str(error)) from error


def data_folder() -> Path:
    """KUB_DATA, or data/ beside the code."""
    return Path(os.environ.get("KUB_DATA") or ROOT / "data")


def readable(path: Path) -> bool:
    """Whether the file opens, is whole, and is a version this code can read."""
    try:
        return _schema_number(path) <= SCHEMA_NUMBER
    except duckdb.Error:
        return False


@cache
def _schema_number(path: Path) -> int:
    """Cached, for a version never changes; a file that fails to open (too many are open, say) is tried again."""
    with duckdb.connect(path, read_only=True) as con:
        [(blocks, size)] = con.execute("SELECT total_blocks, block_size FROM pragma_database_size()").fetchall()
        if path.stat().st_size < blocks * size:
            raise duckdb.IOException(f"{path.name} is cut short")
        [(number,)] = con.execute("SELECT schema_number FROM version").fetchall()
    return int(number)


def versions(folder: Path) -> list[Version]:
    """All readable versions, newest first."""
    found = sorted((folder / "versions").glob("kub-*-*.duckdb"), reverse=True)
    return [Version(path) for path in found if readable(path)]


def named(folder: Path, name: str) -> Version | None:
    """The version of that name ('kub-<stamp>-<hash>'), as a pinned visit says it; None where it is gone or no name."""
    path = folder / "versions" / f"{name}.duckdb"
    return Version(path) if _NAME.fullmatch(path.name) and path.is_file() and readable(path) else None


def pointed(folder: Path) -> Version | None:
    """The version that `current` names; where that is missing or broken the newest readable one, with a notice."""
    try:
        said = (folder / "current").read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        said = ""
    path = folder / "versions" / said
    if _NAME.fullmatch(said) and path.is_file() and readable(path):
        return Version(path)
    remaining = versions(folder)
    return Version(remaining[0].path, notice="version.fallback") if remaining else None


def point_to(folder: Path, version: Version) -> None:
    """Make `current` name this version, in one step that readers see whole."""
    unfinished = folder / ".kub-current"
    unfinished.write_text(version.path.name + "\n", "utf-8")
    sync(unfinished)
    unfinished.replace(folder / "current")


def sync(path: Path) -> None:
    """Wait until the file is on the disk, so that a rename never precedes its content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
