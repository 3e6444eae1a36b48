"""Where a workbook's bytes come from: a file of the disk, or memory alone."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Literal


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
