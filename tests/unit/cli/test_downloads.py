"""Commands that hand out what readers do not see write it into the audit trail, or do not."""

from pathlib import Path

import pytest

from kub import words
from tests.support import small
from tests.support.command import run
from tests.support.thinned import thinned
from tests.support.trail import downloads, shut

ASK = ("ask", "villages", "--programme", "kub-a", "--districts", "33.25.13", "--until", "2022")
WAYS = {
    "table": ASK,
    "csv": (*ASK, "--format", "csv"),
    "compared": (*ASK, "--format", "json", "--against-districts", "33.25.05"),
    "origin": (*ASK, "--origin", "--format", "csv"),
    "export": ("export", "OUT.xlsx", "--programme", "kub-a", "--districts", "33.25.13"),
}


@pytest.fixture(autouse=True)
def in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.in_use(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("way", thinned(WAYS, 2))
def test_commands_for_analysts_leave_a_line_and_for_readers_none(way: str) -> None:
    assert run(*WAYS[way]).exit_code == 0 and downloads() == []
    done = run(*WAYS[way], "--role", "analyst", *(["--force"] if way == "export" else []))
    assert done.exit_code == 0
    [line] = downloads()
    assert line["by"] == "command" and line["rows"] > 0
    assert line["filters"]["districts"] == ["33.25.13"]
    assert (line.get("question"), line.get("file")) in (("villages", None), (None, "OUT.xlsx"))


@pytest.mark.parametrize("way", thinned(WAYS, 2))
def test_without_a_line_nothing_is_handed_out(way: str) -> None:
    shut()
    done = run(*WAYS[way], "--role", "analyst", "--lang", "en")
    assert done.exit_code == 1 and done.stdout == ""
    assert words.of("en")("error.not_audited.title") in " ".join(done.stderr.split())
    assert not Path("OUT.xlsx").exists()
    assert run(*WAYS[way]).exit_code == 0
