"""The source of a workbook's bytes: a file of the disk, or memory alone."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path, PurePath
from typing import Literal, TextIO

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

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem

    def open(self, _mode: Literal["rb"]) -> BytesIO:
        return BytesIO(self.content)

    def is_dir(self) -> bool:
        return False


@dataclass(frozen=True)
class UploadedFolder:
    """A folder in memory, with what is asked of a Path."""

    name: str
    entries: "tuple[Upload | UploadedFolder, ...]"

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem

    def is_dir(self) -> bool:
        return True

    def iterdir(self) -> "Iterator[Upload | UploadedFolder]":
        return iter(self.entries)

    def rglob(self, _pattern: Literal["*"]) -> "Iterator[Upload | UploadedFolder]":
        for entry in self.entries:
            yield entry
            if isinstance(entry, UploadedFolder):
                yield from entry.rglob("*")


SourceFile = Path | Upload
Source = SourceFile | UploadedFolder


def inside(folder: Path | UploadedFolder) -> "list[Source]":
    """What lies in a folder, in the order of names."""
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


def text_of(file: SourceFile, encoding: str) -> TextIO:
    """A file of text to be read, with its line ends as they are."""
    if isinstance(file, Upload):
        return TextIOWrapper(BytesIO(file.content), encoding=encoding, newline="")
    return file.open(encoding=encoding, newline="")


def load(path: SourceFile, most: int) -> Upload:
    """The bytes of a file, read once.

    Raises Unreadable for what is not a file, and beyond `most` bytes.
    """
    if isinstance(path, Upload):
        return path
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
