"""nginx before replicas: who is sent where, what reaches a replica, and that `deploy/up` starts, and
`deploy/down` stops, exactly those processes. The replicas here are small servers; the real ones are in
tests/browser/test_replicas.py.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy import processes, replicas, site
from kub import words
from kub.shared import VARIABLE
from kub.store.versions import ROOT
from tests.support.nginx import MISSING, NGINX, TINY, Replica, ask, before

ID = words.of("id")
Run = Callable[..., tuple[int, str]]
NGINX_FILES = ROOT / "deploy" / "nginx"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="deploy/up is for Linux")
needs_nginx = pytest.mark.skipif(not NGINX, reason=MISSING)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[str, list[Replica]]]:
    """nginx before three replicas, numbered from 1."""
    with ExitStack() as until_done:
        servers = [Replica(number) for number in (1, 2, 3)]
        for server in servers:
            until_done.callback(server.server_close)
        yield until_done.enter_context(before(tmp_path, servers)), servers


def test_the_site_of_the_units_is_what_is_written_for_their_ports() -> None:
    text = (NGINX_FILES / "replicas.conf").read_text("utf-8")
    assert text == site.replicas([8511, 8512, 8513, 8514])
    unit = (ROOT / "deploy" / "kub@.service").read_text("utf-8")
    assert "--server.port 851%i" in unit and "--server.address 127.0.0.1" in unit


@needs_nginx
def test_nginx_accepts_the_site(tmp_path: Path) -> None:
    text = (NGINX_FILES / "kub.conf").read_text("utf-8")
    copied = text.replace("/opt/kub", str(ROOT)).replace("/var/cache/nginx", str(tmp_path))
    copied = copied.replace("listen 80;", "listen 127.0.0.1:18080;")
    (tmp_path / "temp").mkdir()
    main = [f"pid {tmp_path}/pid;", "error_log stderr;", "events {}", "http {"]
    main += [f"{name}_temp_path {tmp_path}/temp/{name};" for name in ("client_body", "proxy")]
    main += [f"{name}_temp_path {tmp_path}/temp/{name};" for name in ("fastcgi", "uwsgi", "scgi")]
    (tmp_path / "nginx.conf").write_text("\n".join([*main, copied, "}"]), "utf-8")
    command = [NGINX or "", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", "stderr"]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr


@needs_nginx
def test_a_visitor_stays_where_the_first_page_came_from(
    three: tuple[str, list[Replica]],
) -> None:
    address, _ = three
    newcomers = {ask(address).replica for _ in range(6)}
    assert newcomers == {1, 2, 3}
    first = ask(address)
    assert first.cookie == f"kub_replica={first.replica}; Path=/; HttpOnly; SameSite=Lax"
    for number in (1, 2, 3):
        again = [ask(address, Cookie=f"a=b; kub_replica={number}") for _ in range(3)]
        assert {(answer.replica, answer.cookie) for answer in again} == {(number, "")}
    # What no replica has is a newcomer's.
    assert {ask(address, Cookie="kub_replica=9").replica for _ in range(6)} == {1, 2, 3}


@needs_nginx
def test_the_next_replica_stands_in_for_a_dead_one_and_its_visitors_stay_there(
    three: tuple[str, list[Replica]],
) -> None:
    address, servers = three
    port = servers[0].server_port
    servers[0].stop()
    moved = [ask(address, Cookie="kub_replica=1") for _ in range(4)]
    assert {answer.replica for answer in moved} == {2}
    assert all(answer.cookie.startswith("kub_replica=2;") for answer in moved)
    posted = ask(address, "/host", "POST", Cookie="kub_replica=1")
    assert (posted.status, posted.replica) == (200, 2)
    # It comes back: whoever moved stays where the open page's connection is.
    servers[0] = Replica(1, port)
    assert ask(address, Cookie="kub_replica=2").replica == 2
    # Two at once: whichever is left.
    servers[0].stop()
    servers[1].stop()
    assert {ask(address, Cookie=f"kub_replica={number}").replica for number in (1, 2, 3)} == {3}
    servers[2].stop()
    assert ask(address).status == 502


@needs_nginx
def test_what_reaches_a_replica_names_the_visitor_and_nothing_that_the_visitor_made_up(
    three: tuple[str, list[Replica]],
) -> None:
    address, _ = three
    lies = {"X_Forwarded_For": "10.9.9.9", "X_Forwarded_Host": "evil", "Forwarded": "for=10.9.9.9"}
    reached = ask(address, **lies, Upgrade="websocket", Connection="Upgrade").reached
    assert reached["X-Forwarded-For"] == "127.0.0.1" and reached["X-Forwarded-Proto"] == "http"
    assert reached["Host"] == address.removeprefix("http://")
    assert "X-Forwarded-Host" not in reached and "Forwarded" not in reached
    assert reached["Upgrade"] == "websocket" and reached["Connection"] == "upgrade"


@needs_nginx
def test_static_files_come_from_the_cache_packed_and_metrics_from_nobody(
    three: tuple[str, list[Replica]],
) -> None:
    address, servers = three
    for _ in range(3):
        answer = ask(address, "/assets/web-1/page.js", Accept_Encoding="gzip")
        assert answer.status == 200 and answer.headers["Content-Encoding"] == "gzip"
    assert sum(server.asked.count("/assets/web-1/page.js") for server in servers) == 1
    assert ask(address, "/metrics").status == ask(address, "/metrics/").status == 403
    assert not any("/metrics" in path for server in servers for path in server.asked)
    # Pages are everybody's own.
    for _ in range(2):
        ask(address, "/growth", Cookie="kub_replica=1")
    assert servers[0].asked.count("/growth") == 2


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for which `up` starts small servers."""
    folder = tmp_path / "data with blanks"
    folder.mkdir()
    monkeypatch.setenv("KUB_DATA", str(folder))
    monkeypatch.setattr(replicas.options, "in_use", lambda _: None)
    monkeypatch.setattr(
        replicas, "_serving", lambda port: [sys.executable, "-S", "-c", TINY, str(port)]
    )
    return folder


@pytest.fixture
def run(data: Path) -> Iterator[Run]:
    """Runs `up` or `down`; whatever a test leaves is stopped."""

    def invoke(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(replicas.app, list(map(str, arguments)), catch_exceptions=False)
        return done.exit_code, " ".join(done.output.split())

    yield invoke
    started, shared = replicas._started(data / replicas.RUN)
    replicas._stop(data / replicas.RUN, started, shared)


def free_ports() -> int:
    """The first of four ports that nobody listens on."""
    first = 18700 + os.getpid() % 500 * 4
    while any(map(replicas._is_taken, range(first, first + 4))):
        first += 4
    return first


@needs_nginx
def test_up_starts_and_down_stops_exactly_that(data: Path, run: Run) -> None:
    port = free_ports()
    other = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    try:
        status, output = run("up", "--replicas", 2, "--port", port)
        assert status == 0 and f"http://127.0.0.1:{port}" in output, output
        started, shared = replicas._started(data / replicas.RUN)
        assert [process.name for process in started] == ["replica-1", "replica-2", "nginx"]
        assert shared and shared.stat().st_mode & 0o777 == 0o700
        environment = Path(f"/proc/{started[0].pid}/environ").read_bytes().split(b"\0")
        assert f"{VARIABLE}={shared}".encode() in environment
        assert run("up", "--port", port) == (1, ID("deploy.twice"))

        os.kill(started[0].pid, signal.SIGKILL)
        assert ask(f"http://127.0.0.1:{port}", "/health", Cookie="kub_replica=1").status == 200
        assert run("down") == (0, ID("deploy.stopped"))
        assert [processes.members(process) for process in started] == [[], [], []]
        assert not shared.exists() and other.poll() is None
        assert run("down") == (0, ID("deploy.nothing", folder=data / replicas.RUN))
    finally:
        other.kill()
        other.wait()


def test_a_pid_that_went_to_another_program_is_left_alone() -> None:
    with subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"]) as other:
        stale = processes.Started("replica-1", other.pid, 1)
        assert not processes.is_alive(stale)
        processes.stop([stale], 0.0)
        assert other.poll() is None
        other.kill()


def test_what_a_killed_process_leaves_behind_is_stopped_too(tmp_path: Path) -> None:
    code = "import subprocess, sys, time; p = [sys.executable, '-S', '-c', 'import time; time.sleep(600)']"
    code += "; subprocess.Popen(p); time.sleep(600)"
    command = [sys.executable, "-S", "-c", code]
    leader = processes.start("replica-1", command, tmp_path, tmp_path / "log", os.environ)
    ends = time.monotonic() + 30
    while len(processes.members(leader)) < 2 and time.monotonic() < ends:
        time.sleep(0.02)
    os.kill(leader.pid, signal.SIGKILL)
    while processes.is_alive(leader):
        time.sleep(0.01)
    assert len(processes.members(leader)) == 1
    processes.stop([leader], 1.0)
    while processes.members(leader) and time.monotonic() < ends:
        time.sleep(0.01)
    assert processes.members(leader) == []


@needs_nginx
def test_where_a_replica_does_not_come_up_all_is_stopped_and_the_reason_is_there(
    data: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_ports()

    def serving(own: int) -> list[str]:
        if own == port + 2:
            return [sys.executable, "-S", "-c", "raise SystemExit('no room for me')"]
        return [sys.executable, "-S", "-c", TINY, str(own)]

    monkeypatch.setattr(replicas, "_serving", serving)
    status, output = run("up", "--replicas", 2, "--port", port, "--lang", "en")
    assert status == 1 and "no room for me" in output and "replica-2" in output
    assert replicas._started(data / replicas.RUN) == ([], None)
    assert not replicas._is_taken(port + 1)


def test_a_taken_port_and_a_missing_nginx_are_plain_answers(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as until_done:
        server = Replica(1)
        until_done.callback(server.stop)
        monkeypatch.setattr(replicas.shutil, "which", lambda *_, **__: "/usr/sbin/nginx")
        taken = run("up", "--port", server.server_port)
        assert taken == (1, ID("deploy.taken", port=server.server_port))
    monkeypatch.setattr(replicas.shutil, "which", lambda *_, **__: None)
    assert run("up", "--lang", "en") == (1, words.of("en")("deploy.no_nginx"))


@pytest.mark.parametrize("text", ["{", "{}", '{"processes": [{"pid": 1}], "shared": "x"}'])
def test_a_damaged_list_of_processes_is_a_plain_answer(data: Path, run: Run, text: str) -> None:
    state = data / replicas.RUN / replicas.STATE
    state.parent.mkdir()
    state.write_text(text)
    answer = (1, ID("deploy.unreadable", file=state))
    assert run("down") == answer
    state.unlink()


@pytest.mark.parametrize("name", ["up", "down"])
def test_the_scripts_are_there_and_say_how_they_are_used(name: str) -> None:
    script = ROOT / "deploy" / name
    assert os.access(script, os.X_OK)
    text = script.read_text("utf-8")
    assert text.startswith("#!/bin/sh\n") and f"-m deploy.replicas {name}" in text
    checked = subprocess.run(["sh", "-n", script], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_replicas_share_in_memory_where_the_system_has_it() -> None:
    if sys.platform == "linux":
        assert replicas.MEMORY.is_dir()
