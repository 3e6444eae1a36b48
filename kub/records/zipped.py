"""A ZIP that is a folder of .csv or .parquet files → that folder, in memory.

Nothing is unpacked to the disk, and what the archive says of sizes is never believed.
"""

import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from kub.records.card_archive import leaves
from kub.records.card_format import DESCRIPTOR
from kub.records.limits import MB, Limits
from kub.records.source import Upload, UploadedFolder
from kub.records.unreadable import ZIP_FAULTS, Unreadable, damaged

SUFFIX = ".zip"
_TABLES = (".csv", ".parquet")
_CHUNK = 2**20
_NOISE = "__MACOSX"  # what macOS puts beside everything that it packs


def is_folder(file: Upload) -> bool:
    """Whether a ZIP holds tables and is no benchmark card."""
    try:
        with zipfile.ZipFile(file.open("rb")) as archive:
            names = archive.namelist()
    except (*ZIP_FAULTS, OSError):
        return False
    has_tables = any(PurePosixPath(name).suffix.lower() in _TABLES for name in names)
    return has_tables and DESCRIPTOR not in names


def unpack(file: Upload, limits: Limits) -> UploadedFolder:
    """The folder that was packed. One folder that holds all the rest is opened.

    Raises Unreadable for paths that leave it, and beyond the limits.
    """
    try:
        with zipfile.ZipFile(file.open("rb")) as archive:
            entries = _entries(archive, limits)
    except (*ZIP_FAULTS, OSError) as error:
        raise damaged(error) from error
    folder = _folder(file.name, entries)
    while len(folder.entries) == 1 and isinstance(folder.entries[0], UploadedFolder):
        folder = UploadedFolder(file.name, folder.entries[0].entries)
    return folder


def _entries(archive: zipfile.ZipFile, limits: Limits) -> list[tuple[tuple[str, ...], bytes]]:
    """(parts of the path, content) of each file."""
    if len(archive.infolist()) > limits.files:
        raise Unreadable("too_many_files", most=limits.files)
    entries, room = [], limits.inflated
    for info in archive.infolist():
        # The name of a folder ends with "/".
        if leaves(info, info.orig_filename.rstrip("/")):
            raise Unreadable("zip_path", name=info.filename[:200])
        parts = PurePosixPath(info.filename).parts
        if info.is_dir() or not parts or parts[0] == _NOISE:
            continue
        chunks = []
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise Unreadable("too_large_inside", mb=limits.inflated // MB)
                chunks.append(chunk)
        entries.append((parts, b"".join(chunks)))
    return entries


def _folder(name: str, entries: Sequence[tuple[tuple[str, ...], bytes]]) -> UploadedFolder:
    files = [Upload(parts[0], content) for parts, content in entries if len(parts) == 1]
    inner: dict[str, list[tuple[tuple[str, ...], bytes]]] = {}
    for parts, content in entries:
        if len(parts) > 1:
            inner.setdefault(parts[0], []).append((parts[1:], content))
    folders = [_folder(part, inside) for part, inside in inner.items()]
    return UploadedFolder(name, (*files, *folders))
