"""A server that is killed and started again at one address, as systemd does it; and a small disk."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.server import ROOT, free_port
from tests.support.outside import ask

PATIENCE_S = 300  # a busy machine may take as long


class Service:
    """`streamlit run` on one port and data folder. log: what it wrote to stderr, of all its lives."""

    def __init__(self, data: Path, log: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._environment = os.environ | {"KUB_DATA": str(data)} | settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers."""
        options = {"port": str(self.port), "address": "127.0.0.1", "headless": "true"}
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=log
            )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError):
                if ask(self.address, "/_stcore/health").status == 200:
                    return
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"it did not start:\n{self.log.read_text()}")

    def kill(self, by: int = signal.SIGKILL) -> None:
        """Ends it; SIGKILL leaves it no time for anything."""
        if self._process:
            self._process.send_signal(by)
            self._process.wait(PATIENCE_S)


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """An empty disk of that size. Raises PermissionError where only root may have one."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "kub-test", str(folder)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if mounted.returncode:
        raise PermissionError(mounted.stderr)
    try:
        yield folder
    finally:
        # Lazily: a server that still ends holds files on it.
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(folder: Path) -> Path:
    """A file that takes the last byte of the disk."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 4096):
            pass
    return path


def remount(folder: Path, how: str) -> None:
    """how: 'ro' or 'rw'."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)
