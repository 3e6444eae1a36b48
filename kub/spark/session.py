"""A session on a cluster of Spark, held by a process in Spark's own environment (`make spark`).

It stays apart because Spark is not at ease with the pandas of the product, and because whoever
never asks for it need not have Java.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from kub.words import Words

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-spark"
_JAVA_SINCE = 17
# Each part costs a task, however few its rows; half a million reports take some 50 MB.
_FEWEST_PARTS, _ROWS_OF_A_PART = 2, 500_000
_LOOPBACK = ("127.0.0.1", "localhost")


class SparkFault(Exception):
    """Spark cannot be had, or gave up. rule: key under [spark] of the words."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule, values)
        self.rule = rule
        self.values = values

    def message(self, words: Words) -> str:
        """What is wrong and what to do, in the language of `words`."""
        return words(f"spark.{self.rule}", **self.values)


def python() -> Path:
    """The Python of Spark's environment. Raises SparkFault where there is none, or no Java."""
    environment = ENVIRONMENT
    there = environment / "bin" / "python"
    packages = environment.glob("lib/python3*/site-packages/pyspark/version.py")
    if not there.exists() or not any(packages):
        raise SparkFault("no_environment")
    if (version := java_version()) < _JAVA_SINCE:
        raise SparkFault("no_java", found=version or "-", since=_JAVA_SINCE)
    return there


def java_version() -> int:
    """The major version of the Java that Spark would start; 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    if not java:
        return 0
    with suppress(OSError, IndexError, ValueError):
        done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        # `openjdk version "17.0.15" 2025-04-15`
        return int(done.stderr.split('"')[1].split(".")[0])
    return 0


class Session:
    """Steps of a running session; each raises SparkFault where Spark gives up on it.

    folder: where the workers write; every worker sees it under this path.
    """

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self.folder = folder
        self._written = 0

    def below(self, name: str) -> "Session":
        """The same session, writing into a folder of its own."""
        (self.folder / name).mkdir()
        return Session(self._process, self.folder / name)

    def divide(self, rows: int) -> None:
        """Says into how many parts work on so many rows is cut: a part fits into a worker."""
        parts = max(_FEWEST_PARTS, rows // _ROWS_OF_A_PART)
        self._ask({"name": "divided", "sql": f"SET spark.sql.shuffle.partitions={parts}"})

    def files(self, name: str, files: Sequence[Path], numbered: bool = False) -> None:
        """A view of Parquet files. numbered: with `_file` and `_index`, the row in it from 0."""
        paths = list(map(_address, files))
        self._ask({"name": name, "files": paths, "numbered": numbered})

    def view(self, name: str, sql: str) -> None:
        """A view of a query in Spark's dialect."""
        self._ask({"name": name, "sql": sql})

    def put(self, name: str, table: pa.Table) -> None:
        """A view of rows from here."""
        folder = self.folder / f"from-{name}"
        folder.mkdir(exist_ok=True)
        pq.write_table(table, folder / "part.parquet")
        self.files(name, [folder])

    def write(self, name: str, sql: str) -> Path:
        """Has the workers write the rows of a query, which become a view. Returns the folder."""
        folder = self.folder / name
        self._ask({"sql": sql, "write": _address(folder)})
        self.files(name, [folder])
        return folder

    def rows(self, sql: str) -> pa.Table:
        """The rows of a query, here."""
        self._written += 1
        folder = self.folder / f"answer-{self._written}"
        self._ask({"sql": sql, "write": _address(folder)})
        table = pq.read_table(folder)
        shutil.rmtree(folder)
        return table

    def _ask(self, step: Mapping[str, Any]) -> None:
        answer = exchange(self._process, step)
        if "fault" in answer:
            raise SparkFault("failed", reason=answer["fault"])


def _address(path: Path) -> str:
    """A path as Hadoop reads one: it would take the `%20` of a URI for three signs of a name."""
    return f"file://{path.absolute()}"


def exchange(process: "subprocess.Popen[str]", message: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one message; a fault where the process has ended."""
    assert process.stdin and process.stdout
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        if line := process.stdout.readline():
            answer: dict[str, Any] = json.loads(line)
            return answer
    return {"fault": f"exit {process.wait()}", "unreachable": True}


@contextmanager
def session(master: str, folder: Path) -> Iterator[Session]:
    """A session on the cluster at `master` (`spark://HOST:PORT`) that writes below `folder`.

    Raises SparkFault where there is no environment, or nobody answers there.
    """
    interpreter = python()
    _knock(master)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "driver.log").open("w") as log:
        process = subprocess.Popen(
            [interpreter, Path(__file__).with_name("driver.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=folder,
            env=_environment(master),
        )
        try:
            answer = exchange(process, _settings(master, folder))
            if "fault" in answer:
                raise SparkFault("unreachable", master=master, reason=answer["fault"])
            yield Session(process, folder)
        finally:
            _end(process)


def _knock(master: str) -> None:
    """Spark itself would knock for a minute, and give up with a page of Java."""
    address = urlsplit(master)
    try:
        with socket.create_connection((address.hostname, address.port), timeout=10):
            return
    except (OSError, TypeError, ValueError) as error:
        raise SparkFault("unreachable", master=master, reason=error) from error


def _end(process: "subprocess.Popen[str]") -> None:
    """Its input ends, so it stops the session; a driver that hangs is not waited for."""
    with suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _environment(master: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if urlsplit(master).hostname in _LOOPBACK:
        kept["SPARK_LOCAL_IP"] = "127.0.0.1"
    return kept


def _settings(master: str, folder: Path) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "kub import",
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.warehouse.dir": _address(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # A master that is not there is given up after this long, not never.
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "30s",
    }
    # The cluster of deploy/spark: an executor of 1.5 GB and its overhead fit into a worker of 2 GB.
    # What another cluster gives an application, its own spark-defaults.conf says.
    if urlsplit(master).hostname in _LOOPBACK:
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.executor.memory": "1500m",
            "spark.executor.cores": "1",
        }
    return settings
