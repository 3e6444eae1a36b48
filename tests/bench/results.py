"""One table of ratios, written to tests/bench/RESULTS.md: the records as they are beside many.

`make bench` takes minutes, `make bench-full` measures a million KUB in all regencies. Each side is
measured in a process of its own, so that its memory is its own; both take turns with the same
code on the same machine, so only ratios within one table mean anything.
"""

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.browser.server import ROOT

TABLE = Path(__file__).parent / "RESULTS.md"
MANY, ALL = 50_000, 1_000_000
REGENCIES = {MANY: 40}  # of ALL KUB the sample is of every regency
ROUNDS, VIEWS, WARM = 9, 24, 6
PAGES = ("overview", "growth", "sectors", "villages")
PACKAGES = ("duckdb", "streamlit", "pandas", "pyarrow", "plotly")
GOALS = {"questions": 3.0, "views": 1.2}


@dataclass(frozen=True)
class Line:
    """A line of the table: what, at the size of the sample and at the large one."""

    what: str
    small: list[float]
    large: list[float]
    unit: str = "ms"

    def __str__(self) -> str:
        ratio = median(self.large) / median(self.small) if self.small else 0.0
        small = _spread(self.small) if self.small else ""
        shown = f"{ratio:.2f}" if self.small else ""
        return f"| {self.what} | {self.unit} | {small} | {_spread(self.large)} | {shown} |"


def _spread(values: list[float]) -> str:
    return f"{median(values):.1f} ({min(values):.1f}–{max(values):.1f})"


def main(kub: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small", Path(name) / "large"
        lines: list[Line] = []
        _run("info", folder=small)
        records = Path(name) / "records"
        regencies = ["--regencies", str(REGENCIES[kub])] if kub in REGENCIES else []
        _run("sample", "--kub", str(kub), *regencies, "--out", str(records), folder=large)
        seconds, peak = _run("import", "--no-limits", *_files(records), folder=large)
        lines += [
            Line(f"import of {kub:,} KUB", [], [seconds], "s"),
            Line("import, most memory", [], [peak], "MB"),
        ]
        sides = [_measured(small), _measured(large)]
        for key in sides[0]:
            unit = "MB" if key.startswith("memory") else "ms"
            lines.append(Line(key, *(side[key] for side in sides), unit=unit))
    TABLE.write_text(_text(kub, lines), "utf-8")
    print(TABLE.read_text("utf-8"))


def _files(records: Path) -> list[str]:
    return [str(path) for path in sorted(records.iterdir())]


def _run(*arguments: str, folder: Path) -> tuple[float, float]:
    """(seconds, most memory in MB) of a command. Raises where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kub", *arguments],
        cwd=ROOT,
        env=os.environ | {"KUB_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments}: {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def _measured(folder: Path) -> dict[str, list[float]]:
    output = subprocess.run(
        [sys.executable, "-m", "tests.bench.results", "side"],
        cwd=ROOT,
        env=os.environ | {"KUB_DATA": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    values: dict[str, list[float]] = json.loads(output.splitlines()[-1])
    return values


def side() -> dict[str, list[float]]:
    """What one data folder costs, by what it is: questions, pages, memory of this process."""
    from kub.ui import content, view
    from kub.ui.data import data
    from tests.bench.bench_questions import questions

    opened = data()
    content.warm()
    times = {f"`{name}`": spans for name, spans in questions(opened, ROUNDS).items()}
    for page in PAGES:
        asked = _queries(opened, page)

        def made(query: dict[str, list[str]], page: str = page) -> object:
            return content.payload(view.of(query, False), page)

        spans = [_milliseconds(lambda query=query: made(query)) for query in asked]
        times[f"change of a filter, {page}"] = spans[WARM:]
    return {**times, "memory of the server": [_megabytes()]}


def _queries(opened: object, page: str) -> list[dict[str, list[str]]]:
    from tests.bench.bench_view import views

    random.seed(page)
    return views(opened, page)[:VIEWS]  # type: ignore[arg-type]


def _milliseconds(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return (time.process_time() - begun) * 1000


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _text(kub: int, lines: list[Line]) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            "# Measured",
            "",
            f"By `make bench{'-full' if kub == ALL else ''}` on {date.today():%Y-%m-%d}: "
            f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
            f"{packages}.",
            "",
            f"The records that ship with the code beside {kub:,} invented KUB. Median of the "
            "processor time (lowest–highest); only the ratios of one table mean anything.",
            "",
            "| what | unit | sample | large | ratio |",
            "|---|---|---|---|---|",
            *map(str, lines),
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["side"]:
        print(json.dumps(side()))
    else:
        main(ALL if sys.argv[1:] == ["full"] else MANY)
