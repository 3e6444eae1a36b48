"""deploy/up and deploy/down: replicas of the dashboard and nginx before them, on loopback, as the
user who asks. Where they should come back by themselves, systemd runs them (docs/operations.md).
"""

import json
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from deploy import processes, site
from deploy.processes import Started
from kub import words
from kub.cli import console, options
from kub.shared import VARIABLE
from kub.store.versions import data_folder, printable, storing
from kub.words import Words

ROOT = Path(__file__).resolve().parents[1]
RUN, STATE = ".deploy", "started.json"
# Where Linux keeps files in memory: what guests share then never is on a disk.
MEMORY = Path("/dev/shm")
START_S = (
    180.0  # that replicas may take until they answer; on a busy machine a start takes a minute
)
STOP_S = 20.0
MOST = 16
LAST_LINES = 15

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Beberapa proses dasbor di belakang nginx. Replicas of the dashboard behind nginx.",
)


class NotStarted(Exception):
    """Why nothing runs. key: under [deploy] in the words."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@app.command()
def up(
    replicas: Annotated[
        int, typer.Option(min=1, max=MOST, help="Jumlah proses. Number of processes.")
    ] = 2,
    port: Annotated[
        int,
        typer.Option(
            min=1,
            max=65_535 - MOST,
            help="Port nginx; proses memakai port sesudahnya. nginx's; the next ones are theirs.",
        ),
    ] = 8500,
    lang: options.Lang = "id",
) -> None:
    """Jalankan, tunggu sampai siap. Start all, wait until they answer, say where."""
    w = words.of(lang)
    options.in_use(w)  # where there is no data yet, each replica would else build the samples
    folder = data_folder()
    ports = [port + number for number in range(1, replicas + 1)]
    with _faults_shown(w, folder):
        _up(folder / RUN, folder, port, ports)
    console.say(w("deploy.ready", address=f"http://127.0.0.1:{port}", replicas=replicas))


@app.command()
def down(lang: options.Lang = "id") -> None:
    """Hentikan yang dijalankan `up`. Stop what `up` has started, and nothing else."""
    w = words.of(lang)
    run = data_folder() / RUN
    with _faults_shown(w, run):
        started, shared = _started(run)
        if not started:
            console.say(w("deploy.nothing", folder=printable(run)))
            return
        _stop(run, started, shared)
    console.say(w("deploy.stopped"))


@contextmanager
def _faults_shown(w: Words, folder: Path) -> Iterator[None]:
    """Within: what the user can mend ends the command with 1 and a sentence."""
    try:
        with options.storage_faults_shown(w), storing(folder):
            yield
    except NotStarted as fault:
        console.warn(w(f"deploy.{fault.key}", **fault.values))
        raise typer.Exit(1) from fault


def _up(run: Path, data: Path, port: int, ports: Sequence[int]) -> None:
    """Raises NotStarted; then nothing runs."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if not nginx:
        raise NotStarted("no_nginx")
    if not processes.PROC.joinpath("self", "stat").exists():
        raise NotStarted("no_proc")
    if any(map(processes.is_alive, _started(run)[0])):
        raise NotStarted("twice")
    for wanted in (port, *ports):
        if _is_taken(wanted):
            raise NotStarted("taken", port=wanted)
    _prepare(run, port, ports)
    shared = Path(mkdtemp(prefix="kub-", dir=MEMORY if MEMORY.is_dir() else run))
    started: list[Started] = []
    try:
        environment = os.environ | {"KUB_DATA": str(data), VARIABLE: str(shared)}
        for number, own in enumerate(ports, 1):
            log = run / f"replica-{number}.log"
            command = _serving(own)
            started.append(processes.start(f"replica-{number}", command, ROOT, log, environment))
            _write(run, started, shared)
        for process, own in zip(tuple(started), ports, strict=True):
            _wait(own, process, run)
        # `-e`: what it says before it has read where its log is.
        command = [nginx, "-p", str(run), "-c", str(run / "nginx.conf"), "-e", "stderr"]
        started.append(processes.start("nginx", command, run, run / "nginx.log", dict(os.environ)))
        _write(run, started, shared)
        _wait(port, started[-1], run)
    except BaseException:  # Ctrl-C too: half of it must not stay
        _stop(run, started, shared)
        raise


def _serving(port: int) -> list[str]:
    """The command of a replica, as in deploy/kub@.service."""
    settings = {
        "port": str(port),
        "address": "127.0.0.1",
        "headless": "true",
        "fileWatcherType": "none",
    }
    chosen = [part for name, value in settings.items() for part in (f"--server.{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", "dashboard.py", *chosen]


def _prepare(run: Path, port: int, ports: Sequence[int]) -> None:
    (run / "temp").mkdir(mode=0o700, parents=True, exist_ok=True)
    run.chmod(0o700)
    for log in run.glob("*.log"):
        log.unlink()
    (run / "nginx.conf").write_text(site.whole(run, port, ports), "utf-8")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(port: int, process: Started, run: Path) -> None:
    """Until /health says that there is data to show. Raises NotStarted."""
    ends, answer = time.monotonic() + START_S, ""
    while time.monotonic() < ends and processes.is_alive(process):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except urllib.error.HTTPError as refused:
            answer = refused.read(2000).decode("utf-8", "replace")
        except OSError:
            pass
        time.sleep(0.1)
    log = run / f"{process.name}.log"
    last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:])
    raise NotStarted("failed", name=process.name, port=port, why=printable(answer or last))


def _started(run: Path) -> tuple[list[Started], Path | None]:
    """What `up` has written down: processes, and the folder that replicas share. Raises NotStarted
    where that is damaged.
    """
    try:
        state = json.loads((run / STATE).read_text("utf-8"))
        return [Started(**process) for process in state["processes"]], Path(state["shared"])
    except FileNotFoundError:
        return [], None
    except (ValueError, KeyError, TypeError) as fault:
        # No guess at what is to be stopped.
        raise NotStarted("unreadable", file=printable(run / STATE)) from fault


def _write(run: Path, started: Sequence[Started], shared: Path) -> None:
    """After each start, so that a kill of `up` leaves nothing that `down` does not know."""
    state = {"processes": list(map(asdict, started)), "shared": str(shared)}
    unfinished = run / f"{STATE}.new"
    unfinished.write_text(json.dumps(state, indent=1) + "\n", "utf-8")
    unfinished.replace(run / STATE)


def _stop(run: Path, started: Sequence[Started], shared: Path | None) -> None:
    # nginx first: visitors then see one end, not one replica after another.
    processes.stop(started[::-1], STOP_S)
    if shared:
        shutil.rmtree(shared, ignore_errors=True)
    (run / STATE).unlink(missing_ok=True)


if __name__ == "__main__":
    app()
