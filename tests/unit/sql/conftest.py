"""The sample version for both roles. Warm processes are shared by the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kub.sql import sandbox
from kub.store import database
from kub.store.data import Data


@pytest.fixture(scope="package")
def reader(sample_folder: Path) -> Iterator[Data]:
    yield Data.open(database.current(sample_folder))
    sandbox.cool()


@pytest.fixture(scope="package")
def analyst(reader: Data) -> Data:
    return reader.seen_by("analyst")
