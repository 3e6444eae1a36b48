"""Checks that a version file is, byte for byte, what an import wrote; else says what is wrong.

`versions/SHA256SUMS` has a line for each version in the order of import, as `sha256sum -c` reads
it. A version without a line (it was made before there were any, or the list is gone) is read
whole instead: DuckDB verifies each block that it reads. Refused: to read every version whole,
which takes nine times as long as its digest.
"""

import errno
import hashlib
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

# Of queries/model/schema.sql. A newer file is refused: its numbers could mean something else.
SCHEMA_NUMBER = 4
LIST = "SHA256SUMS"
LOGS = (".wal", ".wal.checkpoint", ".wal.recovery")
MOST_LIST_BYTES = 10_000_000  # a hundred thousand imports
# Whatever else a list or `current` may hold (a path, a page of text) is never looked up on the
# disk.
NAME = re.compile(r"kub-\w{1,40}-\w{1,40}\.duckdb", re.ASCII)
_LINE = re.compile(rf"([0-9a-f]{{64}}) [ *]({NAME.pattern})\r?", re.ASCII)


@dataclass(frozen=True)
class VersionFault:
    """A file of the data folder that cannot be used.

    reason: key under [version.reason] in the words.
    """

    path: Path
    reason: str
    detail: str = ""


class TooLarge(OSError):
    """A file has more bytes than one of its kind may have."""


def content(path: Path, most: int) -> bytes:
    """The bytes of a small file.

    Raises OSError, also for what is not a file (a pipe never ends); TooLarge.
    """
    # Opening a folder says "permission denied" on some systems, which would mislead.
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "a pipe or device", str(path))
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def digests(folder: Path) -> dict[str, str]:
    """Of each version that the list in versions/ names: its SHA-256, in the order of import."""
    try:
        lines = content(folder / LIST, MOST_LIST_BYTES).decode("ascii", "replace").split("\n")
    except OSError:
        return {}
    return {line[2]: line[1] for line in map(_LINE.fullmatch, lines) if line}


def listed(folder: Path, name: str, file: Path) -> bytes:
    """The list with a line for one more version, whose bytes are those
    of `file`; what it holds stays as it is.
    """
    path = folder / LIST
    lines = content(path, MOST_LIST_BYTES) if path.exists() else b""
    if lines and not lines.endswith(b"\n"):
        lines += b"\n"
    return lines + f"{sha256(file)}  {name}\n".encode()


def without(folder: Path, names: Collection[str]) -> bytes:
    """The list without the lines of these versions; whatever else it holds stays as it is.

    Raises OSError.
    """
    path = folder / LIST
    lines = content(path, MOST_LIST_BYTES).split(b"\n") if path.exists() else []
    return b"\n".join(line for line in lines if not _is_of(line, names))


def _is_of(line: bytes, names: Collection[str]) -> bool:
    entry = _LINE.fullmatch(line.decode("ascii", "replace"))
    return entry is not None and entry[2] in names


def sha256(path: Path) -> str:
    """The digest of a file in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Results by file state: the same device, file, size and times mean the same bytes.
_checked: dict[tuple[str, int, int, int, int, int], VersionFault | None] = {}


def fault(path: Path) -> VersionFault | None:
    """What is wrong with a version file; None where it is whole and this code can read it.

    Checked once per process and file: 5 ms for the sample's 7 MB. Faults that may pass by
    themselves (too many files are open, say) are looked at again.
    """
    try:
        if not path.exists():
            return VersionFault(path, "missing")
        if not path.is_file():
            return VersionFault(path, "no_file")
        # DuckDB would add what it holds to the records, also when it only reads
        for ending in LOGS:
            if os.path.lexists(log := path.with_name(path.name + ending)):
                return VersionFault(path, "log", log.name)
        # Not the path alone: a file that was replaced or touched is looked at again.
        state = path.stat()
        key = (
            str(path),
            state.st_dev,
            state.st_ino,
            state.st_size,
            state.st_mtime_ns,
            state.st_ctime_ns,
        )
        if key not in _checked:
            _checked[key] = _fault(path, state.st_size)
        return _checked[key]
    except (OSError, duckdb.Error) as error:
        return VersionFault(
            path, "unreadable", getattr(error, "strerror", None) or str(error).splitlines()[0]
        )


def _fault(path: Path, size: int) -> VersionFault | None:
    """Raises OSError and duckdb.Error."""
    if not size:
        return VersionFault(path, "empty")
    # Before DuckDB opens it: what is not ours byte for byte is not handed to a parser.
    digest = digests(path.parent).get(path.name)
    if digest and digest != sha256(path):
        return VersionFault(path, "differs")
    with duckdb.connect(path, read_only=True) as con:
        [(number,)] = con.execute("SELECT schema_number FROM version").fetchall()
        if int(number) > SCHEMA_NUMBER:
            return VersionFault(path, "newer")
        [(blocks, block)] = con.execute(
            "SELECT total_blocks, block_size FROM pragma_database_size()"
        ).fetchall()
        # A file cut short still opens, since DuckDB looks for a block only when it needs it.
        if size < blocks * block:
            return VersionFault(path, "differs")
        if not digest:
            tables = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()")
            # Reading every value makes DuckDB verify the checksum of every block.
            for (table,) in tables.fetchall():
                con.execute(
                    "SELECT bit_xor(hash(t)) FROM query_table($table) t", {"table": table}
                ).fetchall()
    return None


def only_samples(path: Path) -> bool:
    """Whether a version that is whole holds invented programmes alone."""
    with duckdb.connect(path, read_only=True) as con:
        [(answer,)] = con.execute(
            "SELECT coalesce(bool_and(is_sample), false) FROM programme"
        ).fetchall()
    return bool(answer)
