"""How many hostile files are refused with a sentence, and the most memory and time that any of them
takes.

`python -m kub check` as an office runs it; memory is that of the process of the two that takes
more. Linux.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.server import ROOT
from tests.support.hostile import CORPUS, HEAVY, built


def check(path: Path, output: Path) -> tuple[int, float, float]:
    """(exit status, MB, seconds) of `check`."""
    started = time.perf_counter()
    with output.open("wb") as file:
        command = [sys.executable, "-m", "kub", "check", "--json", str(path)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024, time.perf_counter() - started


def main() -> None:
    handled, memory, seconds = 0, (0.0, ""), (0.0, "")
    corpus = CORPUS | HEAVY
    with tempfile.TemporaryDirectory() as folder:
        for name, path in built(Path(folder), corpus).items():
            output = Path(folder) / "told.json"
            status, megabytes, took = check(path, output)
            rules = {problem["rule"] for problem in json.loads(output.read_bytes() or b"[]")}
            handled += status in (0, 1) and (status == 0 or bool(rules))
            memory, seconds = max(memory, (megabytes, name)), max(seconds, (took, name))
            print(
                f"{name:40} {megabytes:6.0f} MB {took:6.1f} s  {', '.join(sorted(rules)[:3])}",
                flush=True,
            )
    print(f"tried {len(corpus)}, handled {handled}")
    print(
        f"most memory {memory[0]:.0f} MB ({memory[1]}), longest {seconds[0]:.1f} s ({seconds[1]})"
    )


if __name__ == "__main__":
    main()
