"""What pruning would do, before anybody confirms it."""

from pathlib import Path

from kub.store import keeping
from kub.store.keeping import Pruned
from kub.store.versions import Version


def planned(folder: Path, keep: int) -> Pruned:
    """What `keeping.prune` would remove and keep now. Changes nothing.

    Raises NotStored, Damaged, ValueError for keep < 1, as it does.
    """
    if keep < 1:
        raise ValueError(f"keep {keep} versions")
    kept = keeping._kept(folder, keep)
    stay = {entry.version.path for entry in kept}
    removed = [Version(path) for path in keeping._files(folder) if path not in stay]
    return Pruned(tuple(removed), tuple(kept))


def size(versions: tuple[Version, ...]) -> int:
    """Bytes of their files; of one that is gone meanwhile none."""
    return sum(version.path.stat().st_size for version in versions if version.path.exists())
