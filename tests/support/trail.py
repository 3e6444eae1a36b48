"""The audit trail of the data folder in use, as tests read it."""

from typing import Any

from kub.store import audit
from kub.store.versions import data_folder


def downloads() -> list[dict[str, Any]]:
    """The lines of downloads, the oldest first."""
    return [line for line in audit.lines(data_folder()) if line["action"] == "download"]


def shut() -> None:
    """From now on no line can be written: a folder stands in its place, which stops root too."""
    file = data_folder() / audit.FILE
    file.unlink(missing_ok=True)
    file.mkdir()
