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

PATIENCE = 120  # s


@pytest.fixture(scope="module")
def running(sample_folder: Path) -> Iterator[str]:
    with serve(sample_folder) as started:
        yield started


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_duckdb_reads_what_curl_fetched(running: str, sample_folder: Path, tmp_path: Path) -> None:
    members = Data.open(current(sample_folder)).ask("growth", Filters())["members"].tolist()
    command = ["curl", "-fsO", f"{running}/data/growth.parquet"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE)
    path = {"path": str(tmp_path / "growth.parquet")}
    with duckdb.connect() as con:
        rows = con.execute("SELECT members FROM read_parquet($path)", path).fetchall()
    assert [count for (count,) in rows] == members
