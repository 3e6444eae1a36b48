"""The same import by both engines, for one or more numbers of KUB: seconds, microseconds a record,
and whether every table is the same. Starts and stops the cluster of deploy/spark.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from kub.store.versions import ROOT, pointed
from tests.bench import kub
from tests.support.parts import different_tables

_SPARK = ROOT / "deploy" / "spark"


def main() -> None:
    os.environ.setdefault("KUB_SPARK_PATIENCE", "600")
    up = subprocess.run([_SPARK, "up"], stdout=subprocess.PIPE, text=True, check=True)
    try:
        for count in sys.argv[1:] or ["10000"]:
            _compare(int(count), up.stdout.split()[0])
    finally:
        subprocess.run([_SPARK, "down"], check=True)


def _compare(count: int, master: str) -> None:
    """Prints a line for each engine. Raises SystemExit where their versions differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kub(
            "sample",
            "--kub",
            str(count),
            "--parquet",
            "--out",
            folder / "records",
            data_folder=folder,
        )
        [records] = (folder / "records").iterdir()
        with duckdb.connect() as con:
            [(rows,)] = con.execute(
                "SELECT count(*) FROM read_parquet([$kub, $laporan], union_by_name := true)",
                {part: f"{records}/{part}/*.parquet" for part in ("kub", "laporan")},
            ).fetchall()
        versions = []
        for engine in (["--no-limits"], ["--engine", "spark", "--master", master]):
            data = folder / engine[0].strip("-")
            began = time.monotonic()
            kub("import", records, *engine, data_folder=data)
            seconds = time.monotonic() - began
            print(
                f"{count:>9,} KUB  {rows:>11,} records  {' '.join(engine[:2]):16} {seconds:8.1f} s"
                f"  {1e6 * seconds / rows:7.1f} µs a record",
                flush=True,
            )
            version = pointed(data)
            assert version
            versions.append(version)
        if different := different_tables(*versions):
            raise SystemExit(f"these tables differ: {', '.join(different)}")
        print(f"{count:>9,} KUB  every table is the same, row for row", flush=True)


if __name__ == "__main__":
    main()
