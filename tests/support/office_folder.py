"""A data folder as it is when an office has imported, and ways to
put something else in a file's place.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

Break = Callable[[Path], object]


def linked(folder: Path, copy: Path) -> Path:
    """A copy with hard links for versions, which never change and are megabytes each."""

    def copied(source: str, target: str) -> object:
        return (os.link if source.endswith(".duckdb") else shutil.copy2)(source, target)

    return Path(shutil.copytree(folder, copy, copy_function=copied))


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
