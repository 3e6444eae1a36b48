"""The import on a real cluster against the import here: same tables, same problems, same names.

Needs `make spark` and Java; without either these tests say so and are left out.
"""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kub import records, sample
from kub.records.limits import NO_LIMITS
from kub.spark import reading
from kub.spark.session import Session, SparkFault, python, session
from kub.store import database
from kub.store.versions import ROOT
from tests.support import parts, sample_books, workbooks
from tests.support.workbooks import TODAY

pytestmark = pytest.mark.thorough
# Some nine reports each: a hundred thousand.
KUB = 11_000


def missing() -> str:
    try:
        python()
    except SparkFault as fault:
        return f"there is no Spark here ({fault.rule}): make spark"
    return ""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master with two workers, started and stopped by deploy/spark."""
    if reason := missing():
        pytest.skip(reason)
    port = 20_000 + os.getpid() % 20_000
    state = tmp_path_factory.mktemp("spark")
    # A machine full of other tests starts Java slowly.
    own = {"SPARK_MASTER_PORT": str(port), "KUB_SPARK_STATE": str(state)}
    environment = os.environ | own | {"KUB_SPARK_PATIENCE": "600"}
    command = ROOT / "deploy" / "spark"
    up = subprocess.run(
        [command, "up"], env=environment, capture_output=True, text=True, check=True
    )
    yield up.stdout.strip()
    subprocess.run([command, "down"], env=environment, check=True)
    status = subprocess.run([command, "status"], env=environment, capture_output=True, text=True)
    assert status.stdout.strip() == "down"


@pytest.fixture(scope="module")
def spark(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session(cluster, tmp_path_factory.mktemp("written")) as running:
        yield running


def on_both(
    path: Path, spark: Session, tmp_path: Path, today: date = TODAY
) -> tuple[records.Checked, records.Checked, list[str]]:
    """What each engine read, and which folders Spark left to this machine."""
    waived: list[str] = []
    here = records.read([path], today, limits=NO_LIMITS)
    own = spark.below(tmp_path.name)
    there = reading.read([path], today, own, waived=waived.append)
    return here, there, waived


def different(here: records.Checked, there: records.Checked, tmp_path: Path) -> list[str]:
    return parts.different_tables(
        database.build(here.programmes, tmp_path / "here"),
        database.build(there.programmes, tmp_path / "there"),
    )


def test_a_hundred_thousand_reports_make_the_same_version(spark: Session, tmp_path: Path) -> None:
    (path,) = sample.write(tmp_path / "records", KUB, parquet=True)
    here, there, waived = on_both(path, spark, tmp_path)
    assert here.programmes[0].rows("kub_report") > 90_000
    assert waived == [] and there.problems == here.problems and there.reading == here.reading
    assert there.programmes[0].rows("kub_report") == here.programmes[0].rows("kub_report")
    assert different(here, there, tmp_path) == []


def batang() -> dict[str, list[dict[str, object]]]:
    book = sample_books.read(ROOT / "data" / "sample" / "batang.xlsx")
    return {
        sheet: [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
        for sheet, rows in book.items()
    }


def test_every_sheet_small_cells_and_the_writing_of_offices(spark: Session, tmp_path: Path) -> None:
    """Dates and numbers as texts, sectors by other names, villages by their names alone."""
    book = batang()
    spelled = {"makanan": "Kuliner", "laundry": "jasa", "koperasi": "KSP"}
    for number, row in enumerate(book["KUB"]):
        row["tanggal_berdiri"] = row["tanggal_berdiri"].strftime("%d/%m/%Y")
        row["sektor"] = spelled.get(str(row["sektor"]), row["sektor"])
        row["kegiatan"] = f"  {row.get('kegiatan', 'usaha')} " if number % 7 else "nihil"
    for number, row in enumerate(book["Laporan"]):
        row["anggota"] = f"{row['anggota']} " if number % 5 else str(row["anggota"])
    here, there, waived = on_both(parts.folder(tmp_path / "uji", book), spark, tmp_path)
    assert waived == [] and there.problems == here.problems and there.reading == here.reading
    assert different(here, there, tmp_path) == []


# rule: sheet, row, column, value. First what Spark itself names, then what the whole reader does.
ROWS = {
    "women_over_members": ("Laporan", 0, "anggota_perempuan", 9_999),
    "unknown_code": ("Laporan", 2, "kode_kub", "XQ-1"),
    "members_jump": ("Laporan", 1, "anggota", 499),
    "village_outside": ("KUB", 0, "kode_desa", "33.26.01.2001"),
}
CELLS = {
    "unknown_sector": ("KUB", 1, "sektor", "antariksa"),
    "negative": ("Laporan", 2, "anggota", -4),
    "future_date": ("KUB", 1, "tanggal_berdiri", date(2030, 1, 1)),
}


@pytest.mark.parametrize(("broken", "waived_to"), [(ROWS, []), (ROWS | CELLS, ["uji"])])
def test_problems_are_named_the_same(
    spark: Session, tmp_path: Path, broken: dict[str, tuple], waived_to: list[str]
) -> None:
    sheets = workbooks.good()
    for sheet, at, column, value in broken.values():
        sheets[sheet][at][column] = value
    here, there, waived = on_both(parts.folder(tmp_path / "uji", sheets, 2), spark, tmp_path)
    assert set(broken) <= {problem.rule for problem in here.problems}
    assert there.problems == here.problems and there.reading == here.reading
    assert (waived, there.programmes) == (waived_to, [])


def test_a_row_that_stands_twice_is_named_in_its_part(spark: Session, tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["Laporan"].append(dict(sheets["Laporan"][0]))
    here, there, waived = on_both(parts.folder(tmp_path / "uji satu", sheets, 3), spark, tmp_path)
    assert waived == []
    told = [(problem.rule, problem.file, problem.row, problem.value) for problem in there.problems]
    assert ("duplicate_report", "uji satu/laporan", 5, "2017-11-30") in told
    assert there.problems == here.problems


def test_totals_below_the_records_are_left_to_the_reader(spark: Session, tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["Laporan"].append({"kode_kub": "Jumlah", "anggota": 999})
    here, there, waived = on_both(parts.folder(tmp_path / "uji", sheets, 1), spark, tmp_path)
    assert waived == ["uji"] and there.problems == here.problems


# The last one here: what is left of the cluster has one worker. A session of its own would wait for
# the cores that this one holds.
def test_a_worker_that_is_killed_does_no_harm(cluster: str, spark: Session, tmp_path: Path) -> None:
    (path,) = sample.write(tmp_path / "records", KUB, seed=3, parquet=True)
    killed: list[int] = []

    def kill() -> None:
        # Once it works: the first table of facts is on its way.
        while not (spark.folder / tmp_path.name / "0" / "record_kub").exists():
            time.sleep(0.05)
        worker = worker_of(cluster)
        for pid in executors(worker):
            os.kill(pid, signal.SIGKILL)
        os.kill(worker, signal.SIGKILL)
        killed.append(worker)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    here, there, waived = on_both(path, spark, tmp_path)
    thread.join(60)
    assert killed and waived == [] and there.problems == here.problems
    assert different(here, there, tmp_path) == []


def worker_of(cluster: str) -> int:
    """The process of one of the cluster's workers."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_text()
        except OSError:
            continue
        if "deploy.worker.Worker" in command and cluster in command:
            return int(entry.parent.name)
    raise AssertionError("no worker")


def executors(worker: int) -> list[int]:
    """The processes that a worker has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            status = entry.read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\t{worker}$", status, re.M):
            found.append(int(entry.parent.name))
    return found
