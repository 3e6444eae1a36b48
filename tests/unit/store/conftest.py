"""Data folders that tests of the store damage."""

import shutil
from pathlib import Path

import pytest

from kub.store import database
from tests.support.versions import records


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as it is when an office has imported: samples first, then its records."""
    folder = tmp_path_factory.mktemp("office") / "data"
    database.build([records("S", 99, sample=True)], folder)
    database.build([records("A", 10)], folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: Path) -> Path:
    """A copy of it, in use."""
    folder = tmp_path / "data"
    monkeypatch.setenv("KUB_DATA", str(folder))
    shutil.copytree(office, folder)
    return folder
