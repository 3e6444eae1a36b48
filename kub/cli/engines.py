"""Which engine reads an import: this process and DuckDB, or a cluster of Spark."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from kub import records
from kub.cli import console
from kub.progress import Progress
from kub.records import Checked, Keep, sandbox
from kub.records.limits import NO_LIMITS
from kub.spark import reading
from kub.spark.session import Session, SparkFault, session
from kub.store.versions import data_folder
from kub.words import Words

Name = Literal["duckdb", "spark"]
Engine = Annotated[
    Name,
    typer.Option(
        help=(
            "Mesin pembaca; spark: folder Parquet, di klaster. What reads; spark: folders of "
            "Parquet, on a cluster."
        )
    ),
]
Master = Annotated[
    str | None,
    typer.Option(metavar="spark://HOST:PORT", help="Klaster Spark. The cluster of Spark."),
]
Read = Callable[[Sequence[Path], date, Progress], Checked]


@contextmanager
def reader(
    engine: Name, master: str | None, no_limits: bool, keep: Keep, w: Words
) -> Iterator[Read]:
    """How the files of an import are read. What Spark wrote is there until the context ends. keep:
    what is done with tables that are read here.

    Raises typer.BadParameter where Spark cannot be had, typer.Exit where it gives up.
    """
    if engine == "duckdb":
        if master:
            raise typer.BadParameter(w("spark.master_alone"), param_hint="--master")
        yield here(no_limits, keep)
        return
    if not master or not master.startswith("spark://"):
        raise typer.BadParameter(w("spark.no_master"), param_hint="--master")
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    # In the data folder: workers write here, and it is on the disk where the version will be.
    written = Path(tempfile.mkdtemp(prefix=".spark-", dir=folder))
    try:
        with session(master, written) as running:
            yield partial(_on_cluster, running, w)
    except SparkFault as fault:
        raise _shown(fault, w) from fault
    finally:
        shutil.rmtree(written, ignore_errors=True)


def here(no_limits: bool, keep: Keep) -> Read:
    """Reading on this machine: in a sandbox, or in this process without any limit."""
    if no_limits:
        return partial(_without_limits, keep)
    return partial(_in_sandbox, keep)


def _without_limits(keep: Keep, files: Sequence[Path], today: date, progress: Progress) -> Checked:
    return records.read(files, today, progress, NO_LIMITS, keep=keep)


def _in_sandbox(keep: Keep, files: Sequence[Path], today: date, progress: Progress) -> Checked:
    # The sandbox is a process with 800 MB and 30 s; the records of a province may need more.
    return sandbox.read(files, today, sandbox.bounds(), progress, keep)


def _on_cluster(
    running: Session, w: Words, files: Sequence[Path], today: date, progress: Progress
) -> Checked:
    waived: list[str] = []
    checked = reading.read(files, today, running, progress, waived.append)
    for name in waived:
        console.warn(w("spark.waived", file=console.harmless(name)))
    return checked


def _shown(fault: SparkFault, w: Words) -> Exception:
    if fault.rule == "failed":
        console.warn(fault.message(w))
        console.say(w("cli.nothing_imported"))
        return typer.Exit(1)
    return typer.BadParameter(fault.message(w), param_hint="--engine spark")
