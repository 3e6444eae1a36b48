"""Version, list of changes and the checks before a commit: each stated once, and in agreement."""

import re
from pathlib import Path

import pytest
from packaging.version import Version
from pre_commit.clientlib import load_config

import kub
from kub.store import database
from kub.store.versions import ROOT

CHANGES = (ROOT / "CHANGELOG.md").read_text("utf-8")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_version_stands_in_one_place() -> None:
    names = ("*.py", "*.toml", "Makefile")
    files = [path for name in names for path in ROOT.glob(name)] + sorted(
        (ROOT / "kub").rglob("*.py")
    )
    holding = [path for path in files if kub.__version__ in path.read_text("utf-8")]
    assert holding == [Path(kub.__file__)]


def test_records_name_the_version_that_imported_them() -> None:
    assert f"kub {kub.__version__}" == database.IMPORTER


def test_the_newest_release_of_the_changelog_is_this_version() -> None:
    headings = re.findall(r"^## (.+)$", CHANGES, re.M)
    releases = [re.fullmatch(r"\[(.+)\] - \d{4}-\d{2}-\d{2}", heading) for heading in headings[1:]]
    assert headings[0] == "[Unreleased]"
    assert all(releases)
    versions = [Version(release[1]) for release in releases if release]
    assert versions == sorted(versions, reverse=True)
    assert versions[0] == Version(kub.__version__)


def test_the_changelog_uses_the_usual_kinds_of_change() -> None:
    kinds = re.findall(r"^### (.+)$", CHANGES, re.M)
    assert kinds and set(kinds) <= KINDS


@pytest.mark.parametrize("file", [".ci/run", ".github/workflows/thorough.yml"])
def test_what_runs_by_itself_calls_targets_that_exist(file: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    called = re.findall(r"^[^#\n]*\bmake ([a-z-]+)", (ROOT / file).read_text("utf-8"), re.M)
    assert called
    assert [target for target in called if target not in targets] == []


def test_the_thorough_tests_run_by_a_schedule() -> None:
    workflow = (ROOT / ".github/workflows/thorough.yml").read_text("utf-8")
    assert re.search(r'^  schedule:\n    - cron: "\d+ \d+ \* \* \d"$', workflow, re.M)
    assert "run: make thorough " in workflow


def core(command: str) -> str:
    """A command without what differs between looking at all files and at those of a commit."""
    return " ".join(word for word in command.split() if word not in ("--check", "--quiet", "."))


def test_hooks_before_a_commit_run_what_make_check_runs() -> None:
    """With the tools of .venv: nothing is fetched, so they work off line."""
    hooks = [
        hook
        for repo in load_config(str(ROOT / ".pre-commit-config.yaml"))["repos"]
        for hook in repo["hooks"]
    ]
    assert {hook["language"] for hook in hooks} <= {
        "system",
        "unsupported",
    }  # its older and its newer name
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ncheck:")[1].split("\n\n")[0]
    checks = re.findall(r"(?:\$\(PY\) -m|\.venv/bin/)\s*([^&\\>]+)", recipe)
    assert checks
    assert {core(re.sub(r"^\.venv/bin/(python -m )?", "", hook["entry"])) for hook in hooks} == set(
        map(core, checks)
    )
