"""Logs of a service: every line is JSON, whoever writes it; on a terminal they stay as they were."""

import json
import os
import subprocess
import sys

import pytest

from kub.store.versions import ROOT
from kub.ui import logs

# What a server does: our fault, a foreign logger, one of Streamlit's made later, a thread, the end.
LINES = """
import logging, threading, warnings
from kub.ui import logs
logs.install()
from kub.ui import errors
from streamlit.logger import get_logger, init_uvicorn_logs
import uvicorn
try:
    raise ValueError("two\\nlines of 'Wonokerso'")
except ValueError as fault:
    print(errors.logged(fault, "/growth"))
logging.getLogger("elsewhere").warning("%s of %s", 1, 2)
get_logger("streamlit.made_later").warning("later")
init_uvicorn_logs()
uvicorn.Config("x:y", access_log=False)
logging.getLogger("uvicorn.error").error("broken")
logging.getLogger("uvicorn").warning("beside")
logging.getLogger("kub").error("a name \\udcff of bytes")
warnings.warn("old")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start(); thread.join()
raise RuntimeError("the end")
"""


def write(**settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != logs.SETTING}
    return subprocess.run(
        [sys.executable, "-W", "default", "-c", LINES],
        cwd=ROOT,
        env=environment | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_line_of_a_service_is_json() -> None:
    done = write()  # into a pipe, which is no terminal
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    by_message = {line["message"]: line for line in lines}
    [fault] = [line for line in lines if "fault" in line]
    assert fault["fault"] == done.stdout.strip() and fault["fault"] in fault["message"]
    assert fault["level"] == "ERROR" and fault["logger"] == "kub"
    assert fault["traceback"].endswith("ValueError: two\nlines of 'Wonokerso'")
    assert fault["time"].endswith("Z") and len(fault["time"]) == len("2026-11-29T15:27:12.597Z")
    assert by_message["1 of 2"]["logger"] == "elsewhere"
    assert by_message["later"]["logger"] == "streamlit.made_later"
    assert by_message["broken"]["logger"] == "uvicorn.error"
    assert by_message["beside"]["logger"] == "uvicorn"
    assert "ZeroDivisionError" in by_message["a thread ended"]["traceback"]
    assert by_message["the process ends"]["level"] == "CRITICAL"
    assert any(line["logger"] == "py.warnings" and "old" in line["message"] for line in lines)
    # Once each: a line that is written by two handlers is two faults to whoever counts them.
    assert len(by_message) == len(lines)


def test_text_is_as_it_was() -> None:
    done = write(KUB_LOG="text")
    assert f"fault {done.stdout.strip()} at /growth" in done.stderr
    assert "Traceback (most recent call last):" in done.stderr and '{"time"' not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_gets_text_unless_asked_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty

    reading, writing = pty.openpty()
    with os.fdopen(writing, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        for asked, is_json in (("", False), ("json", True), ("yes", False), ("text", False)):
            monkeypatch.setenv(logs.SETTING, asked)
            assert logs.as_json() is is_json
    os.close(reading)
