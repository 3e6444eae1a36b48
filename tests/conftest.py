"""What every test stands on: none touches the records in data/, or
depends on the machine's zone or language.
"""

import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.support.clock import Clock

# What tests share says as much of a failure as they do.
pytest.register_assert_rewrite("tests.support")

# The same examples on every run in CI, and half as many as elsewhere, for time; locally each run
# looks elsewhere.
hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, max_examples=50
)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def examples(few: int) -> int:
    """How many examples a search marked `faults` tries: few in `make
    test`, KUB_SEARCH in `make faults`.
    """
    return int(os.environ.get("KUB_SEARCH") or few)


def pytest_configure(config: pytest.Config) -> None:
    """A zone seven hours from UTC, so that a confusion of the two shows; a plain locale."""
    if not config.option.markexpr:  # nothing is left out: tests/support/thinned.py
        os.environ["KUB_THOROUGH"] = "yes"
    os.environ.update(TZ="Asia/Jakarta", LC_ALL="C.UTF-8", LANG="C.UTF-8", KUB_LOG="text")
    # Read as modules are imported: the look of a developer's own data folder is nothing to test.
    os.environ["KUB_DATA"] = str(Path(__file__).parent / "no-data")
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> None:
    """AppTest looks through every installed package for components at
    each run of a page: 0.4 s of 0.6 s.
    """
    from streamlit.components.v2 import manifest_scanner

    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def _reading_is_not_hurried() -> Iterator[None]:
    """On a busy machine a healthy workbook may take longer than a guest would wait."""
    from kub.records import sandbox

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "GUEST_SECONDS", 120)
        patch.setenv("KUB_CHECK_S", "120")
        yield


@pytest.fixture(scope="session", autouse=True)
def _reading_starts_once() -> Iterator[None]:
    """A process for every workbook would be a fifth of the work of all tests."""
    from kub.records import sandbox
    from tests.support.reading import LastingProcess

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_Process", LastingProcess)
        yield
        sandbox.cool()


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An empty data folder: whoever forgets to choose one never writes into the checkout."""
    os.environ["KUB_DATA"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def _at_the_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page run without a browser has no connection, and would be an
    outsider's: here it is the local user's.
    """
    from kub.ui import doors

    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(True, ""))


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose current version was built from data/sample.

    Shared by all workers: read it, never import into it.
    """
    from kub.store import database

    # Every worker may build; the first rename wins and the others throw their own away. No lock can
    # be left behind.
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample"
    if not shared.exists():
        mine = tmp_path_factory.mktemp("building")
        database.current(mine)
        try:
            mine.rename(shared)
        except OSError:
            if not shared.exists():
                raise
    return shared


@pytest.fixture
def sample_data(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """sample_folder as the data folder in use (KUB_DATA) during one test."""
    monkeypatch.setenv("KUB_DATA", str(sample_folder))
    return sample_folder


@pytest.fixture
def clock() -> "Clock":
    from tests.support.clock import Clock

    return Clock()
