"""Who writes in a folder is alone there; who has to wait is told for whom."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kub import visits, words
from kub.cli.main import app
from kub.store import alone, database
from kub.store.alone import Holder, LockHeld
from kub.store.versions import ROOT, NotStored
from kub.ui import data
from kub.words import LANGUAGES
from tests.support import workbooks
from tests.support.versions import records
from tests.support.visits import VISIT

HOLD = """
import sys
from pathlib import Path
from kub.store.alone import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
FOREIGN = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.05)


@contextmanager
def held(lock: Path, program: str = HOLD) -> Iterator[subprocess.Popen[str]]:
    """Another process has the lock meanwhile."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", program, str(lock), "import"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def release(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_who_waits_is_told_for_whom_and_goes_on_by_itself(tmp_path: Path) -> None:
    holders = []
    lock = tmp_path / "versions" / ".lock"
    with held(lock) as process:

        def waiting(holder: Holder | None) -> None:
            holders.append(holder)
            release(process)

        database.build([records("A")], tmp_path, waiting=waiting)
        [holder] = holders
        assert holder and holder.pid == process.pid and holder.since.startswith("20")
    assert not (tmp_path / "versions" / ".lock-holder").exists()


def test_a_lock_of_a_process_that_died_holds_nobody_up(tmp_path: Path) -> None:
    lock = tmp_path / "versions" / ".lock"
    with held(lock) as process:
        process.kill()
        process.wait()
    assert lock.with_name(".lock-holder").exists()
    database.build([records("A")], tmp_path, waiting=lambda holder: pytest.fail(str(holder)))


@pytest.mark.parametrize(
    "signed", [None, b"", b"\xff", b"[" * 900, b"{}", b'{"pid": []}', b"x" * 5000]
)
def test_a_holder_that_did_not_sign_is_waited_for_too(tmp_path: Path, signed: bytes | None) -> None:
    if signed is not None:
        (tmp_path / ".lock-holder").write_bytes(signed)
    assert alone._holder(tmp_path / ".lock-holder") is None


def test_the_terminal_says_who_waits_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good())
    for program, who in ((HOLD, "process {pid} "), (FOREIGN, "not known")):
        with held(tmp_path / "versions" / ".lock", program) as process:
            warn = Release(process)
            monkeypatch.setattr("kub.cli.console.warn", warn)
            result = CliRunner().invoke(
                app, ["import", str(book), "--lang", "en"], catch_exceptions=False
            )
            assert result.exit_code == 0
            [text] = warn.texts
            assert who.format(pid=process.pid) in text and str(tmp_path) in text


class Release:
    """In place of console.warn: keeps what is said, and lets the other process go on."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.texts: list[str] = []
        self.process = process

    def __call__(self, text: str) -> None:
        self.texts.append(text)
        release(self.process)


def test_a_page_that_waits_too_long_says_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    monkeypatch.setattr(data, "MOST_SECONDS", 0.1)
    with held(tmp_path / "versions" / ".lock") as process:
        for lang in LANGUAGES:
            screen = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)
            screen.query_params["lang"] = lang
            screen.run()
            assert not screen.exception
            assert screen.subheader[0].value == words.of(lang)("error.not_stored.title")
            assert str(process.pid) in screen.markdown[-1].value
            assert str(process.pid) in screen.info[0].value


def test_a_visit_is_not_waited_for_at_all(tmp_path: Path) -> None:
    one = visits.store(tmp_path, VISIT)
    with held(tmp_path / visits.FOLDER / visits.LOCK) as process:
        with pytest.raises(NotStored) as fault:
            visits.store(tmp_path, replace(one, notes="x"))
        for lang in LANGUAGES:
            assert str(process.pid) in fault.value.why(words.of(lang))


def test_most_is_how_long_it_is_waited(tmp_path: Path) -> None:
    with held(tmp_path / ".lock"), pytest.raises(LockHeld), alone.alone(tmp_path / ".lock", most=0):
        pytest.fail("not alone")
