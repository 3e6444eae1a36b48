"""What tests of the middleware stand on."""

from typing import Any

import pytest

from kub.ui import doors


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Streamlit's options as these tests set them."""
    chosen: dict[str, Any] = {"server.address": "127.0.0.1", "server.allowedHosts": []}
    monkeypatch.setattr(doors.config, "get_option", chosen.get)
    for name in (doors.ALLOWED, doors.SERVER):
        monkeypatch.delenv(name, raising=False)
    return chosen
