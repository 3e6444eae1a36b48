"""The same import by both engines, for one or more numbers of KUB: seconds of the clock and of the
processors, microseconds a record, and whether every table is the same. Starts and stops the cluster
of deploy/spark.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from kub.store.versions import ROOT, pointed
from tests.bench import kub
from tests.support.parts import different_tables

_SPARK = ROOT / "deploy" / "spark"
_TICKS = os.sysconf("SC_CLK_TCK")


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
            before = _processors()
            seconds = kub("import", records, *engine, data_folder=data)
            busy = _processors() - before
            print(
                f"{count:>9,} KUB  {rows:>11,} records  {' '.join(engine[:2]):16} {seconds:8.1f} s"
                f"  {busy:7.1f} s of processors  {1e6 * busy / rows:7.1f} µs a record",
                flush=True,
            )
            version = pointed(data)
            assert version
            versions.append(version)
        if different := different_tables(*versions):
            raise SystemExit(f"these tables differ: {', '.join(different)}")
        print(f"{count:>9,} KUB  every table is the same, row for row", flush=True)


def _processors() -> float:
    """Seconds of processor time of commands that have ended, and of the cluster with its executors
    that have ended: on a machine with other work the clock says little.
    """
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    status = subprocess.run([_SPARK, "status"], capture_output=True, text=True, check=True)
    ticks = 0
    for line in status.stdout.splitlines():
        stat = Path(f"/proc/{line.split()[1]}/stat").read_text()
        # Behind the name, which may hold blanks: own and children's user and system time.
        ticks += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return usage.ru_utime + usage.ru_stime + ticks / _TICKS


if __name__ == "__main__":
    main()
