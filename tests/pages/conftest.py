"""What several page tests stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kub.presenting import state
from kub.presenting.state import StageStore
from kub.store.versions import point_to, versions
from kub.ui import host
from tests.support.clock import Clock


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, with the version of the sample: visits are written here."""
    (tmp_path / "versions").mkdir()
    for path in (sample_folder / "versions").iterdir():
        (tmp_path / "versions" / path.name).hardlink_to(path)
    point_to(tmp_path, versions(tmp_path)[0])
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    monkeypatch.delenv(host.CODE, raising=False)
    return tmp_path


@pytest.fixture
def store(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StageStore]:
    """Where presented visits stand, of this test alone, by its clock."""
    mine = StageStore(clock)
    monkeypatch.setattr(state, "STAGE", mine)
    yield mine
