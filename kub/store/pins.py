"""Which visits are pinned to which version, read without understanding the visits.

kub/visits stands above the store. Pruning needs no more of a visit's file than the versions it
names, and a file that a visit page can no longer read still keeps its version.
"""

import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from kub.store.whole import content

FOLDER, ENDING, LOCK = "visits", ".toml", ".kub-lock"
_MENTIONED = re.compile(rb"kub-\w{1,40}-\w{1,40}", re.ASCII)
MOST_BYTES = 10_000_000


def pinned(folder: Path) -> dict[str, tuple[str, ...]]:
    """By name of a version, the visits (names of their files, without ending) that name it.

    A removed visit (`.deleted`) keeps nothing. Raises OSError where a file cannot be read: what it
    names is then not known, and nothing may be removed.
    """
    names: dict[str, list[str]] = defaultdict(list)
    try:
        # Not glob, which passes over a folder that may not be looked into.
        files = sorted((folder / FOLDER).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    for path in files:
        if path.suffix != ENDING:
            continue
        with suppress(FileNotFoundError):  # removed meanwhile
            for name in set(_MENTIONED.findall(content(path, MOST_BYTES))):
                names[name.decode()].append(path.stem)
    return {name: tuple(visits) for name, visits in names.items()}
