"""The audit trail's file: whole lines, or none."""

import os
from pathlib import Path

import pytest

from kub.store import audit
from kub.store.versions import NotStored


def test_a_line_that_the_disk_takes_in_part_is_a_fault_and_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit.append(tmp_path, "import", audit.COMMAND)
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, content: write(file, content[:10]))
        with pytest.raises(NotStored):
            audit.append(tmp_path, "download", audit.LOCAL)
    audit.append(tmp_path, "prune", audit.COMMAND)
    assert [line["action"] for line in audit.lines(tmp_path)] == ["import", "prune"]
    assert (tmp_path / audit.FILE).stat().st_mode & 0o777 == 0o600
