"""The source of a workbook's bytes: a file of the disk, or memory alone."""

import os
import stat
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Literal

from kub.records.limits import MB
from kub.records.unreadable import Unreadable, damaged


@dataclass(frozen=True)
class Upload:
    """A workbook that someone handed in and that must never reach the disk, with what is asked of a
    Path.

    name: with its suffix, as it was handed in.
    """

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix

    def open(self, _mode: Literal["rb"]) -> BytesIO:
        return BytesIO(self.content)


SourceFile = Path | Upload


def load(path: Path, most: int) -> Upload:
    """The bytes of a file, read once.

    Raises Unreadable for what is not a file, and beyond `most` bytes.
    """
    try:
        size = _refuse_other_than_files(path).st_size
        with path.open("rb") as file:
            content = file.read(min(most, size) + 1)  # room for as much is taken at once
    except OSError as error:
        raise damaged(error) from error
    if len(content) > most:
        raise Unreadable("too_large_file", mb=most // MB)
    return Upload(path.name, content)


def state(file: SourceFile, most: int) -> tuple[int, ...]:
    """What changes whenever a file is written or replaced. Raises Unreadable as `load` does."""
    if isinstance(file, Upload):
        return (id(file.content),)
    try:
        status = _refuse_other_than_files(file)
    except OSError as error:
        raise damaged(error) from error
    if status.st_size > most:
        raise Unreadable("too_large_file", mb=most // MB)
    # A save by a spreadsheet replaces the file, which shows in the inode; others write in place,
    # which shows in size or time.
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _refuse_other_than_files(path: Path) -> os.stat_result:
    """A pipe would be waited for, a device never ends."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("no_file")
    return status
