"""What several tests of the screens' parts stand on."""

from pathlib import Path
from typing import Any

import pytest

from kub.ui import doors
from tests.support import small


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Streamlit's options as these tests set them."""
    chosen: dict[str, Any] = {"server.address": "127.0.0.1", "server.allowedHosts": []}
    monkeypatch.setattr(doors.config, "get_option", chosen.get)
    for name in (doors.ALLOWED, doors.SERVER):
        monkeypatch.delenv(name, raising=False)
    return chosen


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in use that holds the small version."""
    return small.in_use(tmp_path, monkeypatch)
