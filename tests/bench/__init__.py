"""Measurements, never asserted.

`make bench` runs them all; KUB=1000000 make bench measures that many KUB.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.browser.server import ROOT

KUB = int(os.environ.get("KUB", "10000"))


def kub(*arguments: str | Path, data_folder: Path) -> float:
    """Seconds that `python -m kub …` takes, the start of Python included. Raises where it fails."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kub", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"KUB_DATA": str(data_folder)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


def spread(values: list[float]) -> str:
    """'median (lowest to highest)', for values in milliseconds."""
    return f"{median(values):7.1f} ms  ({min(values):.1f} to {max(values):.1f})"
