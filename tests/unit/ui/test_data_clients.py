"""Data by address read by the programs that docs/data.md names, as it says."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.browser.server import serve
from tests.support import office

PATIENCE = 120  # s


@pytest.fixture(scope="module")
def running(sample_folder: Path) -> Iterator[str]:
    with serve(sample_folder) as started:
        yield started


@pytest.fixture(scope="module")
def members(sample_folder: Path) -> list[int]:
    rows = Data.open(current(sample_folder)).ask("growth", Filters())
    return [int(value) for value in rows["members"]]


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, timeout=PATIENCE, capture_output=True)


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_duckdb_reads_what_curl_fetched(running: str, members: list[int], tmp_path: Path) -> None:
    run(tmp_path, "curl", "-fsO", f"{running}/data/growth.parquet")
    path = {"path": str(tmp_path / "growth.parquet")}
    with duckdb.connect() as con:
        rows = con.execute("SELECT members FROM read_parquet($path)", path).fetchall()
    assert [count for (count,) in rows] == members


@pytest.mark.thorough
@pytest.mark.skipif(not office.executable(), reason="needs LibreOffice")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_office_opens_the_address(
    running: str, members: list[int], tmp_path: Path, ending: str
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    table = f"{running}/data/growth.{ending}"
    (tmp_path / "out").mkdir()
    run(
        tmp_path,
        *(str(office.executable()), "--headless", profile, "--convert-to", "csv", "--outdir"),
        *(str(tmp_path / "out"), table),
    )
    [file] = (tmp_path / "out").iterdir()
    head, *rows = [line.split(",") for line in file.read_text("utf-8-sig").splitlines()]
    column = head.index("members")
    assert [int(row[column]) for row in rows] == members
