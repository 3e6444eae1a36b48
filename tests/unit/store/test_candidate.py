"""A version is looked at before it is in use; of two at once the second learns of the first."""

import subprocess
import sys
from pathlib import Path

import pytest

from kub.store import audit, candidate, catalogue, database
from kub.store.candidate import Superseded, prepare, publish
from kub.store.data import Data
from kub.store.versions import pointed, versions
from queries.filters import Filters
from tests.support.versions import members, records


def left(folder: Path) -> list[Path]:
    return list((folder / candidate.FOLDER).glob("*"))


def test_nothing_is_in_use_before_it_is_published(folder: Path) -> None:
    before = pointed(folder)
    prepared = prepare([records("A", 12)], folder)
    assert pointed(folder) == before == prepared.base and len(versions(folder)) == 2
    assert members(prepared.version, "A") == 12
    assert left(folder)[0].stat().st_mode & 0o077 == 0
    version = publish(prepared, by="K-1", note="laporan Juni")
    assert pointed(folder) == version == prepared.published
    assert members(version, "A") == 12
    assert catalogue.note(folder, version.name) == "laporan Juni"
    assert left(folder) == []
    *_, line = audit.lines(folder)
    assert (line["action"], line["by"], line["version"]) == ("import", "K-1", version.name)
    assert len([line for line in audit.lines(folder) if line["version"] == version.name]) == 1


def test_it_opens_like_the_version_that_it_becomes(folder: Path) -> None:
    """Small cells are withheld in it as they will be."""
    prepared = prepare([records("A", 3)], folder)
    before = Data.open(prepared.version).ask("headline", Filters("A"))
    version = publish(prepared, "K-1")
    after = Data.open(version).ask("headline", Filters("A"))
    assert before.equals(after)


def test_the_second_of_two_stewards_is_refused(folder: Path) -> None:
    one, two = prepare([records("A", 12)], folder), prepare([records("B", 20)], folder)
    assert not two.is_stale
    first = publish(one, "K-1")
    assert two.is_stale
    with pytest.raises(Superseded) as refused:
        publish(two, "K-2")
    assert refused.value.in_use == first == pointed(folder)
    # Nothing is lost: the same records are prepared again, beside those of the first.
    again = publish(prepare(two.programmes, folder), "K-2")
    assert (members(again, "A"), members(again, "B")) == (12, 20)


def test_going_back_supersedes_too(folder: Path) -> None:
    prepared = prepare([records("A", 12)], folder)
    database.build([records("B", 20)], folder)
    from kub.store.keeping import roll_back

    assert prepared.base
    roll_back(folder, prepared.base.name, "K-1")
    # The same version is in use again, but what readers of it may see has changed.
    with pytest.raises(Superseded):
        publish(prepared, "K-2")


def test_an_abandoned_candidate_is_removed(folder: Path) -> None:
    prepared = prepare([records("A", 12)], folder)
    candidate.sweep(folder)
    assert len(left(folder)) == 1  # of a process that lives
    del prepared
    assert left(folder) == []


def test_what_a_killed_process_left_is_swept(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from kub.store.candidate import prepare; "
        "from tests.support.versions import records; "
        "kept = prepare([records('A', 12)], Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert killed.returncode == -9 and len(left(folder)) == 1
    candidate.sweep(folder)
    assert left(folder) == []


def test_a_failed_build_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.small_cells, "protect", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        prepare([records("A", 12)], folder)
    assert left(folder) == []


def test_an_empty_folder_gets_its_first_version(tmp_path: Path) -> None:
    prepared = prepare([records("A", 12)], tmp_path / "new")
    assert prepared.base is None
    assert pointed(tmp_path / "new") is None
    assert publish(prepared, "K-1") == pointed(tmp_path / "new")
