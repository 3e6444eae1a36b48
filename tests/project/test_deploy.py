"""What an office's IT installs: services that systemd accepts, and that may do little."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kub.store.versions import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))
HARDENED = (
    *("NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/var/lib/kub"),
    *("ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=", "RestrictSUIDSGID=yes"),
)


def test_there_are_services() -> None:
    assert {"kub.service", "kub-watch.service"} <= {path.name for path in UNITS}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_is_one_that_systemd_accepts(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    # It looks for the program, which is not installed here.
    text = unit.read_text("utf-8").replace("/opt/kub/.venv/bin/python", sys.executable)
    copy = tmp_path / unit.name
    copy.write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_may_write_its_data_folder_and_nothing_else(unit: Path) -> None:
    lines = set(unit.read_text("utf-8").splitlines())
    assert set(HARDENED) <= lines
    assert "User=kub" in lines and "Environment=KUB_DATA=/var/lib/kub" in lines
