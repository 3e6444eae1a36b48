"""What a build of a version leaves behind."""

import shutil
from pathlib import Path


def sweep(folder: Path, name: str) -> None:
    """Remove what an import that was killed left behind."""
    for left in (folder / "versions").glob(f".building-{name}*"):
        # What DuckDB could not hold in memory is a folder beside the file.
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
