"""Faults that really happen: a process killed in the middle of an act, several acts at once, a disk
that is full.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kub.store import audit, backup, catalogue, database, restoring, whole
from kub.store.versions import ROOT, Damaged, Version, pointed
from tests.conftest import examples
from tests.support import acts
from tests.support.office_folder import in_use, linked
from tests.support.versions import members, records

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, signals and mounts")
# Of each act in `make test`; in `make faults` as many as it searches, at most 100.
MOMENTS = min(examples(3), 100)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions: 10, 12 and 13 members; their backup lies beside."""
    folder = tmp_path_factory.mktemp("three") / "data"
    for count in (10, 12, 13):
        database.build([records("A", count)], folder)
    backup.backup(folder, folder.with_name("office.zip"))
    return folder


@pytest.fixture
def folder(three: Path, tmp_path: Path) -> Path:
    folder = linked(three, tmp_path / "data")
    shutil.copy(three.with_name("office.zip"), tmp_path)
    return folder


def is_whole(folder: Path) -> Version:
    """The version in use of a folder in which nothing is lost, half or in the way."""
    version = database.current(folder)
    assert version.notice is None and whole.fault(version.path) is None
    there = {path.name for path in (folder / "versions").glob("kub-*")}
    assert set(whole.digests(folder / "versions")) <= there, "no line stands for a lost version"
    assert catalogue.faults(folder) == []
    for line in (folder / audit.FILE).read_text().splitlines():
        json.loads(line)
    return version


# An import is killed in every run too (test_faults_search.py); of the others a roll-back stands for all.
OTHERS = [pytest.param(act, marks=pytest.mark.thorough) for act in ("import", "prune", "backup")]


@linux
@pytest.mark.faults
@pytest.mark.parametrize("act", ["rollback", *OTHERS])
def test_an_act_killed_at_any_moment_leaves_what_was_or_what_comes(folder: Path, act: str) -> None:
    after = {"import": 14, "rollback": 10, "prune": 13, "backup": 13}[act]
    for copy in map(Path, acts.killed(act, folder, MOMENTS)):
        assert members(is_whole(copy), "A") in {13, after}, copy
        # Whatever was left behind is in nobody's way.
        acts.acts()[act](copy) if act != "rollback" else database.build([records("A", 14)], copy)
        is_whole(copy)
        assert not list((copy / "versions").glob(".building*")), copy
        shutil.rmtree(copy)


@linux
@pytest.mark.faults
@pytest.mark.thorough
def test_a_restore_killed_at_any_moment_leaves_nothing_or_is_finished_by_the_next(
    three: Path, tmp_path: Path
) -> None:
    shutil.copy(three.with_name("office.zip"), tmp_path)
    empty = tmp_path / "data"
    empty.mkdir()
    for copy in map(Path, acts.killed("restore", empty, MOMENTS)):
        # A half-restored folder is never shown: nothing is there, or all of it.
        assert not (copy / "versions").exists() or members_or_none(copy) in (None, 13)
        try:
            backup.restore(tmp_path / "office.zip", copy)
        except backup.BackupRefused as refused:
            assert refused.rule == "not_empty", "it was done when it was killed"
        assert members(is_whole(copy), "A") == 13 and len(catalogue.listed(copy)) == 3
        assert not (copy / restoring.STAGED).exists()
        shutil.rmtree(copy)


def members_or_none(folder: Path) -> int | None:
    try:
        version = pointed(folder)
    except (
        Damaged
    ):  # `current` is in its place and the versions are not: nobody builds samples there
        return None
    return members(version, "A") if version else None


@linux
def test_two_imports_and_a_roll_back_at_once(folder: Path) -> None:
    assert acts.together(folder, "import", "rollback", "other") == [0, 0, 0]
    is_whole(folder)
    assert len(catalogue.listed(folder)) == 5, "both imports are there"
    # One after the other, in the order of the audit trail: the last has the word.
    last = list(audit.lines(folder))[-1]
    assert in_use(folder).stem == last["version"]
    newest = catalogue.listed(folder)[0].version
    answer = {name: members(newest, name) for name in ("A", "B") if name in programmes(newest)}
    assert answer in ({"A": 14}, {"A": 14, "B": 20}, {"A": 10, "B": 20}, {"A": 13, "B": 20})


def programmes(version: Version) -> set[str]:
    from kub.store.data import Data

    return set(Data.open(version).programmes)


@linux
@pytest.mark.thorough
def test_an_import_and_a_pruning_at_once(folder: Path) -> None:
    assert acts.together(folder, "prune", "import", "prune") == [0, 0, 0]
    assert members(is_whole(folder), "A") == 14


FULL = """
import sys
from pathlib import Path
from kub.store import audit, backup, catalogue, database, keeping, whole
from kub.store.versions import NotStored
from tests.support.versions import members, records
folder = Path(sys.argv[1]) / "data"
for count in range(10, 40):
    try:
        database.build([records("A", count)], folder)
    except NotStored:
        break
else:
    raise SystemExit("the disk never was full")
last = count - 1
assert members(database.current(folder), "A") == last
assert catalogue.faults(folder) == [] and not list((folder / "versions").glob(".building*"))
oldest = catalogue.listed(folder)[-1].version
# Not one byte more.
with (folder.parent / "filler").open("wb", buffering=0) as filler:
    for size in (1 << 20, 1 << 12, 1):
        try:
            while True:
                filler.write(bytes(size))
        except OSError:
            pass
for act in (
    lambda: keeping.roll_back(folder, oldest.name, "command"),
    lambda: keeping.prune(folder, 1, "command"),
    lambda: backup.backup(folder, folder.parent / "office.zip"),
    lambda: database.build([records("A", 50)], folder),
):
    try:
        act()
    except (NotStored, OSError) as fault:
        pass
    else:
        raise SystemExit("an act was done that nobody wrote down")
assert members(database.current(folder), "A") == last
assert not (folder.parent / "office.zip").exists()
(folder.parent / "filler").unlink()
kept = keeping.prune(folder, 1, "command")
assert len(kept.kept) == 1 and kept.removed
assert members(database.build([records("A", 60)], folder), "A") == 60
print("whole")
"""


@linux
def test_a_full_disk_leaves_what_was_and_is_said(tmp_path: Path) -> None:
    """On a real one: a file system of 16 MB in memory, mounted for this process alone."""
    mount = f"mount -t tmpfs -o size=16m tmpfs {tmp_path} && exec"
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c", f'{mount} "$@"', "sh"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True).returncode
    ):
        pytest.skip("no file system can be mounted here: neither root nor user namespaces")
    done = subprocess.run(
        [*alone, sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "whole\n", done.stderr
