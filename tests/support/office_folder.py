"""A data folder as it is when an office has imported, and ways to
put something else in a file's place.
"""

import os
from collections.abc import Callable
from pathlib import Path

Break = Callable[[Path], object]


def in_use(folder: Path) -> Path:
    return folder / "versions" / (folder / "current").read_text().strip()


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link(path: Path, to: Path) -> None:
    path.unlink()
    path.symlink_to(to)
