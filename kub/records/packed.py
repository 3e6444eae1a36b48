"""A folder of .csv or .parquet files that was packed as a ZIP, as people send folders."""

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from kub.records.card_format import DESCRIPTOR
from kub.records.limits import MB, Limits
from kub.records.unreadable import Unreadable, damaged

SUFFIX = ".zip"
_TABLES = (".csv", ".parquet")
_CHUNK = 1 << 20
# RuntimeError and NotImplementedError are how zipfile says: encrypted member, unknown compression.
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError)


def is_folder(path: Path) -> bool:
    """Whether a file is a ZIP of tables, and no benchmark card. Raises OSError."""
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_tables(archive)) and DESCRIPTOR not in archive.namelist()
    except _TORN:
        return False


def unpack(path: Path, into: Path, limits: Limits) -> Path:
    """The folder in it, unpacked below `into` under the ZIP's name.

    Only tables are unpacked, and of each the last part of its name alone, so that none leads out of
    the folder. Raises Unreadable, OSError where `into` cannot be written.
    """
    folder = into / path.stem
    folder.mkdir()
    room = limits.inflated
    with zipfile.ZipFile(path) as archive:
        tables = _tables(archive)
        if len(tables) > limits.files:
            raise Unreadable("too_many_files", most=limits.files)
        for member in tables:
            target = folder / PurePosixPath(member.filename.replace("\\", "/")).name
            # Two of the same name would be two folders in one ZIP: which is meant is not known.
            if target.exists():
                raise Unreadable("packed", suffix=SUFFIX)
            try:
                source = archive.open(member)
            except _TORN as error:
                raise damaged(error) from error
            with source, target.open("xb") as file:
                while chunk := _read(source):
                    room -= len(chunk)
                    if room < 0:
                        shutil.rmtree(folder)
                        raise Unreadable("too_large_inside", mb=limits.inflated // MB)
                    file.write(chunk)
    return folder


def _read(source: IO[bytes]) -> bytes:
    try:
        return source.read(_CHUNK)
    except _TORN as error:
        raise damaged(error) from error


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    # macOS packs a second, hidden file beside each.
    return [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(_TABLES)
        and not PurePosixPath(member.filename).name.startswith(".")
        and not member.filename.startswith("__MACOSX/")
    ]
