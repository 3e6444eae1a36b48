"""The audit trail: appended to, whatever the disk did before, and read whatever stands in it."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kub.store import audit
from kub.store.versions import NotStored


def test_lines_of_many_at_once_do_not_mix(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: audit.append(tmp_path, "login", "x" * 500, n=n), range(100)))
    assert sorted(line["n"] for line in audit.lines(tmp_path)) == list(range(100))  # type: ignore[type-var]
    if sys.platform != "win32":
        assert (tmp_path / audit.FILE).stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path) -> None:
    audit.append(tmp_path, "login", "a")
    with (tmp_path / audit.FILE).open("ab") as file:
        file.write(b'{"action": "import", "by": "b')
    audit.append(tmp_path, "logout", "c")
    assert [line["by"] for line in audit.lines(tmp_path)] == ["a", "c"]


def test_a_disk_that_takes_half_a_line_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, content: real(file, content[: len(content) // 2]))
        with pytest.raises(NotStored):
            audit.append(tmp_path, "login", "a")
    audit.append(tmp_path, "login", "b")
    assert [line["by"] for line in audit.lines(tmp_path)] == ["b"]


@pytest.mark.parametrize("text", ["x\u2028y", "\x1b[2J", "\ud800", "a\nb", "é" * 100])
def test_whatever_a_text_holds_it_is_one_line(tmp_path: Path, text: str) -> None:
    audit.append(tmp_path, "refused", text)
    audit.append(tmp_path, "refused", "next")
    first, second = audit.lines(tmp_path)
    assert first["by"] == text.encode("utf-8", "replace").decode() and second["by"] == "next"


def test_what_is_no_line_is_passed_over(tmp_path: Path) -> None:
    content = b'[]\n{"by": 1}\n\xff\xfe\n' + b"[" * 100_000 + b"\n"
    (tmp_path / audit.FILE).write_bytes(content)
    assert list(audit.lines(tmp_path)) == [{"by": 1}]
