"""versions, rollback, prune, audit, backup and restore as an officer types them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kub import visits, words
from kub.cli import versions as command
from kub.cli.main import app
from kub.store import audit, catalogue, database
from kub.words import LANGUAGES
from tests.support.command import run
from tests.support.office_folder import linked
from tests.support.versions import members, records
from tests.support.visits import VISIT


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two") / "data"
    for count in (10, 12):
        database.build([records("A", count)], folder)
    return folder


@pytest.fixture
def folder(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = linked(two, tmp_path / "data")
    monkeypatch.setenv("KUB_DATA", str(folder))
    return folder


def names(folder: Path) -> list[str]:
    """The newest first."""
    return [entry.version.name for entry in catalogue.listed(folder)]


def test_versions_as_json_has_what_the_contract_names(folder: Path) -> None:
    newest, oldest = names(folder)
    visit = visits.store(folder, replace(VISIT, version=oldest))
    catalogue.set_note(folder, oldest, "before the audit")
    first, second = json.loads(run("versions", "--json").stdout)
    assert (first["version"], first["current"], first["pinned_by"]) == (newest, True, [])
    assert (second["version"], second["current"]) == (oldest, False)
    assert second["pinned_by"] == [visit.visit_id] and second["note"] == "before the audit"
    assert second["files"] == [{"name": "A.xlsx", "sha256": f"{10:064x}"}]
    assert second["rows"]["KUB"] == 1 and second["importer"].startswith("kub ")
    assert first["built_at"] >= second["built_at"] and first["built_at"].endswith("Z")


def test_versions_as_a_table_is_readable_in_both_languages(folder: Path) -> None:
    for lang in LANGUAGES:
        shown = "".join(run("versions", "--lang", lang).stdout.split())
        assert all(name in shown for name in names(folder))
        # Of a narrow terminal each word may stand in a line of its own.
        assert all(word in shown for word in words.of(lang)("keeping.kept.in_use").split())


def test_a_damaged_version_is_said_beside_the_list(folder: Path) -> None:
    newest, oldest = names(folder)
    damaged = folder / "versions" / f"{oldest}.duckdb"
    damaged.unlink()  # a link: the other tests have the same file
    damaged.write_bytes(b"half")
    shown = run("versions", "--json")
    assert [row["version"] for row in json.loads(shown.stdout)] == [newest]
    assert oldest in "".join(shown.stderr.split())


def test_the_way_back_is_one_command(folder: Path) -> None:
    newest, oldest = names(folder)
    # In a pipe nothing is asked.
    assert run("rollback", oldest[-8:]).exit_code == 0
    assert members(database.current(folder), "A") == 10
    assert run("rollback", newest).exit_code == 0
    assert members(database.current(folder), "A") == 12
    *_, line = audit.lines(folder)
    assert (line["action"], line["by"], line["version"]) == ("rollback", "command", newest)


def test_a_version_that_cannot_be_gone_back_to_ends_with_its_status(folder: Path) -> None:
    newest, oldest = names(folder)
    for lang in LANGUAGES:
        for name, status, rule in (
            ("nonsense", 2, "unknown"),
            ("kub-2", 2, "ambiguous"),
            (newest, 1, "in_use"),
        ):
            done = run("rollback", name, "--lang", lang)
            expected = words.of(lang)(f"keeping.refused.{rule}.what", name=name, count=2)
            assert done.exit_code == status and expected in " ".join(done.stderr.split())
    (folder / "versions" / f"{oldest}.duckdb").unlink()
    (folder / "versions" / f"{oldest}.duckdb").write_bytes(b"half")
    assert run("rollback", oldest).exit_code == 1
    assert members(database.current(folder), "A") == 12


@pytest.mark.parametrize(
    ("typed", "gone"), [("y\n", True), ("ya\n", True), ("\n", False), ("n\n", False)]
)
def test_on_a_terminal_it_is_asked_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, gone: bool
) -> None:
    oldest = names(folder)[1]
    monkeypatch.setattr(command, "_is_asked", lambda: True)
    done = CliRunner().invoke(app, ["rollback", oldest], input=typed, catch_exceptions=False)
    assert done.exit_code == (0 if gone else 1)
    assert members(database.current(folder), "A") == (10 if gone else 12)
    if not gone:
        assert run("rollback", oldest, "--yes").exit_code == 0


def test_pruning_says_what_stays_and_why(folder: Path) -> None:
    newest, oldest = names(folder)
    visit = visits.store(folder, replace(VISIT, version=oldest))
    for lang in LANGUAGES:
        w = words.of(lang)
        shown = " ".join(run("prune", "--keep", "1", "--lang", lang).stdout.split())
        assert w("keeping.kept.in_use") in shown and visit.visit_id in shown
    visits.remove(folder, visit)
    shown = run("prune", "--keep", "1", "--lang", "en").stdout
    assert f"removed  {oldest}" in shown and "1 version removed, 1 kept." in shown
    assert names(folder) == [newest]


@pytest.mark.parametrize(
    "arguments", [("prune",), ("prune", "--keep", "0"), ("prune", "--keep", "x")]
)
def test_pruning_without_a_number_is_wrong_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2 and len(names(folder)) == 2


def test_the_audit_trail_is_printed(folder: Path) -> None:
    run("rollback", names(folder)[1])
    lines = json.loads(run("audit", "--json").stdout)
    assert [line["action"] for line in lines] == ["import", "import", "rollback"]
    shown = run("audit", "--lang", "en").stdout
    assert "rollback" in shown and "command" in shown
    # What another program has written there moves no cursor.
    with (folder / audit.FILE).open("a") as file:
        file.write('{"action": "refused", "by": "\\u001b[2J"}\n{"half')
    assert len(json.loads(run("audit", "--json").stdout)) == 4
    assert "\x1b" not in run("audit").stdout


def test_the_data_folder_is_backed_up_and_comes_back(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "office.zip"
    assert run("backup", out).exit_code == 0
    assert run("backup", out).exit_code == 2, "it is there already"
    assert run("backup", out, "--force").exit_code == 0
    assert run("backup", tmp_path / "missing" / "x.zip").exit_code == 2
    refused = run("restore", out, "--lang", "en")
    assert refused.exit_code == 1 and "not empty" in " ".join(refused.stderr.split())
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "new"))
    for lang in LANGUAGES:
        bad = run("restore", tmp_path / "missing.zip", "--lang", lang)
        reason = words.of(lang)("system.missing")
        assert bad.exit_code == 1 and reason in " ".join(bad.stderr.split())
    done = run("restore", out, "--lang", "en")
    assert done.exit_code == 0 and names(folder)[0] in "".join(done.stdout.split())
    assert members(database.current(tmp_path / "new"), "A") == 12


COMMANDS = ("versions", "rollback", "prune", "audit", "backup", "restore", "watch")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_there_in_both_languages(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0 and "--lang" in done.stdout
