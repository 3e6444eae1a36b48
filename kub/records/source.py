"""Where a workbook's bytes come from: a file of the disk, or memory alone."""

import stat
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Literal

from kub.records.limits import MB
from kub.records.unreadable import Unreadable


@dataclass(frozen=True)
class Upload:
    """A workbook that someone handed in and that must never reach the disk, with what is asked of a Path.

    name: with its suffix, as it was handed in.
    """

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix

    def open(self, _mode: Literal["rb"]) -> BytesIO:
        return BytesIO(self.content)


Source = Path | Upload


def load(path: Path, most: int) -> Upload:
    """The bytes of a file, read once. Raises Unreadable for what is no file, and beyond `most` bytes."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("no_file")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Unreadable("unreadable", reason=str(error)[:200]) from error
    if len(content) > most:
        raise Unreadable("too_large_file", mb=most // MB)
    return Upload(path.name, content)
