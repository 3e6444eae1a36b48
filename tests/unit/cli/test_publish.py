"""python -m kub publish: what is written, said and refused."""

import errno
import json
from pathlib import Path

import pytest
from click.testing import Result

from kub.store import database
from tests.support import versions
from tests.support.command import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one small programme."""
    folder = tmp_path / "data"
    database.build([versions.records("satu", 30, sample=True)], folder)
    monkeypatch.setenv("KUB_DATA", str(folder))
    return folder


def message(result: Result) -> str:
    return " ".join(result.stderr.replace("│", " ").split())


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*.*")}


def test_a_site_is_written_and_written_again_the_same(folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = run("publish", site, "--lang", "en")
    assert first.exit_code == 0 and "files" in first.stdout
    before = contents(site)
    about = json.loads(before["publication.json"])
    assert (about["programme"], about["sample"]) == ("satu", True)
    assert before["index.html"].startswith(b"<!DOCTYPE html>")
    assert run("publish", site, "--programme", "satu").exit_code == 0
    assert contents(site) == before


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_folder_with_other_files_is_refused_in_words(
    folder: Path, tmp_path: Path, lang: str
) -> None:
    site = tmp_path / "mine"
    site.mkdir()
    (site / "index.html").write_text("my own page")
    refused = run("publish", site, "--lang", lang)
    assert refused.exit_code == 2
    assert {"id": "Tidak ada yang diubah", "en": "Nothing was changed"}[lang] in message(refused)
    assert (site / "index.html").read_text() == "my own page"


def test_wrong_usage_ends_with_two(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for arguments in (
        (tmp_path / "nowhere" / "site",),
        (tmp_path / "file",),
        (tmp_path / "site", "--programme", "dua"),
        (),
    ):
        assert run("publish", *arguments).exit_code == 2, arguments
    assert not (tmp_path / "site").exists()


def test_a_disk_that_refuses_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    refused = run("publish", tmp_path / "site")
    assert refused.exit_code == 2 and "disk penuh" in message(refused)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
