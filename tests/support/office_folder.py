"""A data folder as it is when an office has imported, and ways to
put something else in a file's place.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kub.cli.main import app
from kub.store import database
from tests.unit.store.test_database import records

Break = Callable[[Path], object]


def run(*arguments: object) -> Result:
    """Whatever a command did not foresee is raised here."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


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
