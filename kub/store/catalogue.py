"""What versions there are: when each was built, of which files, how much it holds, its note and who
is pinned to it. Read by `python -m kub versions` and the page of records.

    notes/kub-<stamp>-<hash>.txt    what somebody wrote about a version; removed with it
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from kub.records.sheets import BY_TABLE
from kub.store import audit, pins, versions
from kub.store.refused import VersionRefused
from kub.store.versions import Version, storing, sync
from kub.store.whole import NAME, VersionFault, content, fault

NOTES = "notes"
LONGEST_NOTE = 2_000
LEAST_SIGNS = 4  # of a part of a name: fewer would be a slip of the keyboard


@dataclass(frozen=True)
class Listed:
    """One version that can be used.

    built_at: UTC. importer: the program that wrote it. files: (name, SHA-256) of every source file
    whose records it holds. rows: by sheet as records name it ("Laporan"). pinned_by: names of
    visits. by: who imported it, as the audit trail says it (kub/store/audit.py); '' if that does
    not.
    """

    version: Version
    built_at: datetime
    importer: str
    note: str
    files: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    current: bool
    pinned_by: tuple[str, ...]
    by: str = ""


def listed(folder: Path) -> list[Listed]:
    """All versions that can be used, the newest import first; `faults` has the others.

    Raises Damaged where the folder cannot be looked into, NotStored where a visit's file cannot be
    read.
    """
    usable = [version for version in _known(folder) if fault(version.path) is None]
    if not usable:
        return []
    in_use = versions.pointed(folder)
    with storing(folder):
        pinned = pins.pinned(folder)
    importers = _importers(folder)
    entries = []
    for version in usable:
        state = version.path.stat()
        built_at, importer, files, rows = _contents(version.path, state.st_size, state.st_mtime_ns)
        entries.append(
            Listed(
                version,
                built_at,
                importer,
                note(folder, version.name),
                files,
                dict(rows),
                in_use is not None and in_use.path == version.path,
                pinned.get(version.name, ()),
                importers.get(version.name, ""),
            )
        )
    return entries


def _importers(folder: Path) -> dict[object, str]:
    """By name of a version, who imported it; nobody where the audit trail cannot be read."""
    try:
        return {
            line["version"]: str(line["by"])
            for line in audit.lines(folder)
            if line.get("action") == "import" and "version" in line and "by" in line
        }
    except OSError:
        return {}


def faults(folder: Path) -> list[VersionFault]:
    """What is wrong with each version that `listed` leaves out, the newest import first."""
    return [wrong for version in _known(folder) if (wrong := fault(version.path))]


def _known(folder: Path) -> list[Version]:
    """Every version there is or has been, the newest import first; a file of another name that
    somebody has put there is none.
    """
    return [Version(path) for path in versions.paths(folder) if NAME.fullmatch(path.name)]


def find(folder: Path, text: str) -> Version:
    """The version that a person means: its name, or a part of name or label that no other has.

    Raises VersionRefused: unknown, ambiguous, damaged.
    """
    wanted = re.sub(r"\.duckdb$", "", text.strip())
    known = _known(folder)
    matching = [version for version in known if version.name == wanted]
    if not matching and len(wanted) >= LEAST_SIGNS:
        matching = [
            version for version in known if wanted in version.name or wanted in version.label
        ]
    if not matching:
        raise VersionRefused("unknown", text)
    if len(matching) > 1:
        raise VersionRefused("ambiguous", text, count=len(matching))
    return usable(matching[0])


def usable(version: Version) -> Version:
    """The version, if it is whole. Raises VersionRefused: unknown, damaged."""
    wrong = fault(version.path)
    if wrong is None:
        return version
    if wrong.reason == "missing":
        raise VersionRefused("unknown", version.name)
    raise VersionRefused("damaged", version.name, fault=wrong)


@lru_cache(maxsize=1000)
def _contents(
    path: Path, _size: int, _changed: int
) -> tuple[datetime, str, tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]]:
    """(built_at, importer, files, rows) of a version that is whole, which never changes."""
    with duckdb.connect(path, read_only=True) as con:
        [(built_at, importer)] = con.execute("SELECT built_at, importer FROM version").fetchall()
        files = con.execute("SELECT file, sha256 FROM source_file ORDER BY ALL").fetchall()
        stored = {
            name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
        rows = tuple(
            (sheet.heading, len(con.table(table)))
            for table, sheet in BY_TABLE.items()
            if table in stored
        )
    return built_at.replace(tzinfo=UTC), importer, tuple(files), rows


def note(folder: Path, version_name: str) -> str:
    """What is written about a version; '' where nothing is, or nothing that can be read."""
    try:
        return content(folder / NOTES / f"{version_name}.txt", 4 * LONGEST_NOTE).decode(
            "utf-8", "replace"
        )
    except OSError:
        return ""


def set_note(folder: Path, version_name: str, text: str) -> None:
    """Write about a version, in at most LONGEST_NOTE signs; an empty text takes the note away.

    Raises VersionRefused for a version that there is not, NotStored where the disk refuses.
    """
    version = versions.named(folder, version_name)
    if version is None:
        raise VersionRefused("unknown", version_name)
    path = folder / NOTES / f"{version.name}.txt"
    # Control signs would move a terminal's cursor.
    text = "".join(sign for sign in text if sign.isprintable() or sign == "\n").strip()
    with storing(folder):
        if not text:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        unfinished.write_text(text[:LONGEST_NOTE], "utf-8")
        sync(unfinished)
        unfinished.replace(path)
