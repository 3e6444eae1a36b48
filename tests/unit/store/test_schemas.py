"""A version of every schema number that there has been, as the code of its time wrote it.

`tests/unit/store/schemas/N.duckdb.gz` holds the same small workbook, imported by the last commit of
that number (docs/operations.md, *Upgrades*). Whoever raises SCHEMA_NUMBER adds the file.
"""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from kub.store import database
from kub.store.data import Data
from kub.store.keeping import roll_back
from kub.store.summary import summary
from kub.store.versions import SCHEMA_NUMBER, Version
from queries import QUESTIONS, ROLES
from queries.filters import Filters
from tests.support.versions import records

FILES = Path(__file__).with_name("schemas")
NUMBERS = range(1, SCHEMA_NUMBER + 1)
# The oldest is the farthest from the newest.
OLDEST_FIRST = [
    pytest.param(number, marks=[] if number == 1 else pytest.mark.thorough) for number in NUMBERS
]


def unpacked(number: int, folder: Path) -> Version:
    path = folder / "versions" / f"kub-2026112{number}T000000000000Z-5c4e3a000000.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress((FILES / f"{number}.duckdb.gz").read_bytes()))
    (folder / "current").write_text(path.name)
    return Version(path)


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data.open(unpacked(SCHEMA_NUMBER, tmp_path_factory.mktemp("newest")))


def test_a_file_of_every_schema_number_is_kept() -> None:
    assert sorted(path.name for path in FILES.iterdir()) == [f"{n}.duckdb.gz" for n in NUMBERS]
    assert all(path.stat().st_size < 200_000 for path in FILES.iterdir())


@pytest.mark.parametrize("number", OLDEST_FIRST)
def test_every_question_is_answered_from_it_as_from_the_newest(
    tmp_path: Path, newest: Data, number: int
) -> None:
    version = unpacked(number, tmp_path)
    assert database.current(tmp_path) == version
    assert summary(version)["schema_number"] == number
    data = Data.open(version)
    for role in ROLES:
        for question in QUESTIONS:
            answer, expected = (
                opened.seen_by(role).ask(question, Filters("skema")) for opened in (data, newest)
            )
            pd.testing.assert_frame_equal(answer, expected, obj=f"{question} for {role}")


@pytest.mark.parametrize("number", OLDEST_FIRST)
def test_an_import_takes_its_programmes_over(tmp_path: Path, number: int) -> None:
    older = unpacked(number, tmp_path)
    version = database.build([records("B", 20)], tmp_path)
    assert set(Data.open(version).programmes) == {"skema", "B"}
    assert summary(version)["schema_number"] == SCHEMA_NUMBER
    assert roll_back(tmp_path, older.name, "command") == older
