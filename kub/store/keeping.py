"""Going back to a version, and removing those that nobody needs any more.

What pruning means for small numbers (docs/decisions/0018-pruning-and-backup.md): a version that is
gone can be opened by nobody, so the next import no longer weighs its figures against the new ones.
Its blocks stay, since each version takes over those of the one before; the version whose blocks
govern all others (kub/store/small_cells.py) is never removed.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kub.progress import silent
from kub.store import audit, pins, versions
from kub.store.alone import Waiting, alone
from kub.store.catalogue import NOTES, usable
from kub.store.refused import VersionRefused as VersionRefused
from kub.store.small_cells import governing_version
from kub.store.versions import Version, point_to, pointed, storing
from kub.store.whole import NAME, digests, fault, without


@dataclass(frozen=True)
class Kept:
    """A version that pruning left.

    reasons: of in_use, pinned, newest, governing, damaged; keys under [keeping.kept] in the words.
    visits: those that are pinned to it.
    """

    version: Version
    reasons: tuple[str, ...]
    visits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pruned:
    """The newest import first in both."""

    removed: tuple[Version, ...]
    kept: tuple[Kept, ...]


def roll_back(
    folder: Path, version_name: str, by: str, waiting: Waiting = silent, most: float = -1
) -> Version:
    """Make `current` name another version, older or newer. by: as in kub/store/audit.py.

    waiting, most: as in `database.build`. Raises VersionRefused (unknown, damaged, in_use) and
    NotStored; nothing has changed then.
    """
    version = _version(folder, version_name)
    with _alone(folder, waiting, most):
        # Again, now that nobody can remove it any more.
        usable(version)
        in_use = pointed(folder)
        # One that only stands in for a damaged one may be named: that mends the pointer.
        if in_use and in_use.path == version.path and not in_use.notice:
            raise VersionRefused("in_use", version.name)
        before = in_use.name if in_use else None
        facts = {"version": version.name, "before": before}
        with storing(folder), audit.recording(folder, "rollback", by, **facts):
            point_to(folder, version)
    return version


def _version(folder: Path, name: str) -> Version:
    path = folder / "versions" / f"{name}.duckdb"
    # A link may hold any text: only a name of that shape is looked up.
    if not NAME.fullmatch(path.name):
        raise VersionRefused("unknown", name)
    return usable(Version(path))


@contextmanager
def _alone(folder: Path, waiting: Waiting, most: float) -> Iterator[None]:
    """Nobody imports, goes back or removes versions meanwhile."""
    with storing(folder), alone(folder / "versions" / ".lock", waiting, most):
        yield


def prune(folder: Path, keep: int, by: str, waiting: Waiting = silent, most: float = -1) -> Pruned:
    """Remove all versions but the `keep` newest imports (at least 1), the one in use, those that a
    visit is pinned to, and the one whose small numbers govern the others.

    What is damaged is left as it is: a copy may mend it, and only a person knows. Raises NotStored,
    Damaged where no version can be used, ValueError for keep < 1.
    """
    if not (folder / "versions").is_dir():
        return Pruned((), ())
    with ExitStack() as locks:
        locks.enter_context(_alone(folder, waiting, most))
        if (folder / pins.FOLDER).is_dir():
            # No visit is pinned while it is decided what nobody is pinned to.
            locks.enter_context(storing(folder))
            locks.enter_context(alone(folder / pins.FOLDER / pins.LOCK, waiting, most))
        plan = planned(folder, keep)
        if plan.removed:
            _remove(folder, plan.removed, by, keep)
    return plan


def planned(folder: Path, keep: int) -> Pruned:
    """What `prune` would remove and keep now. Changes nothing.

    Raises NotStored, Damaged, ValueError for keep < 1, as it does.
    """
    if keep < 1:
        raise ValueError(f"keep {keep} versions")
    kept = _kept(folder, keep)
    stay = {entry.version.path for entry in kept}
    removed = [Version(path) for path in _files(folder) if path not in stay]
    return Pruned(tuple(removed), tuple(kept))


def size(versions: Sequence[Version]) -> int:
    """Bytes of their files; of one that is gone meanwhile none."""
    return sum(version.path.stat().st_size for version in versions if version.path.exists())


def _files(folder: Path) -> list[Path]:
    """The versions that are there, the newest import first.

    Neither a line of the list without its file nor a file that somebody has put there under
    another name is one to remove.
    """
    return [path for path in versions.paths(folder) if NAME.fullmatch(path.name) and path.exists()]


def _kept(folder: Path, keep: int) -> list[Kept]:
    in_use = pointed(folder)
    with storing(folder):
        pinned = pins.pinned(folder)
    usable_paths = [path for path in _files(folder) if fault(path) is None]
    governing = governing_version(usable_paths[0]) if usable_paths else None
    kept = []
    for path in _files(folder):
        visits = pinned.get(path.stem, ())
        holds = {
            "in_use": in_use is not None and path == in_use.path,
            "pinned": bool(visits),
            "newest": path in usable_paths[:keep],
            "governing": path == governing,
            "damaged": fault(path) is not None,
        }
        if reasons := tuple(reason for reason, holding in holds.items() if holding):
            kept.append(Kept(Version(path), reasons, visits))
    return kept


def _remove(folder: Path, removed: Sequence[Version], by: str, keep: int) -> None:
    hashes = digests(folder / "versions")
    facts = {
        "keep": keep,
        "removed": [
            {"version": version.name, "sha256": hashes.get(version.path.name)}
            for version in removed
        ],
    }
    with audit.recording(folder, "prune", by, **facts):
        # The lines before the files: a file without a line is a version still, a line without a
        # file would stand for records that were lost.
        versions.replace_list(folder, without(folder / "versions", {v.path.name for v in removed}))
        for version in reversed(removed):
            version.path.unlink(missing_ok=True)
            (folder / NOTES / f"{version.name}.txt").unlink(missing_ok=True)
