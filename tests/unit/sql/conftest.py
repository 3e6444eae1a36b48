"""The sample version for both roles. A warm process of each is shared by all tests."""

from pathlib import Path

import pytest

from kub.store import database
from kub.store.data import Data


@pytest.fixture(scope="package")
def reader(sample_folder: Path) -> Data:
    return Data.open(database.current(sample_folder))


@pytest.fixture(scope="package")
def analyst(reader: Data) -> Data:
    return reader.seen_by("analyst")
