"""A running dashboard on a free loopback port: what browser tests,
benchmarks and screenshots look at.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    data_folder: Path,
    script: str = "dashboard.py",
    folder: Path = ROOT,
    listen: str = "127.0.0.1",
    port: int = 0,
    **settings: str,
) -> Iterator[str]:
    """Run `streamlit run script` in folder on data_folder; yields the address once it answers, ends
    it afterwards.

    listen: the address it listens on. port: a free one unless said. settings: of the environment.

    Raises RuntimeError with the server's own output where it does not come up.
    """
    port = port or free_port()
    options = {"port": str(port), "address": listen, "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
    environment = os.environ | {"KUB_DATA": str(data_folder)} | settings
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            if not _answers(f"http://127.0.0.1:{port}/_stcore/health", process):
                log.seek(0)
                raise RuntimeError(f"{script} did not start:\n{log.read()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False
