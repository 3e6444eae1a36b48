"""A data folder with something else where a file or folder belongs: a sentence, no traceback."""

import os
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.store import database, versions, whole
from kub.store.versions import ROOT, Damaged, NotStored, Version, pointed
from kub.store.whole import LIST
from kub.ui.visits import keep
from kub.visits import FOLDER
from tests.support import workbooks
from tests.support.command import run
from tests.support.office_folder import Break, directory, in_use, link, pipe
from tests.support.versions import members, records

unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")
POINTERS: dict[str, Break] = {
    "folder": directory,
    "empty": lambda path: path.write_text(""),
    "binary": lambda path: path.write_bytes(bytes(range(256))),
    "a gigabyte": lambda path: os.truncate(path, 10**9),
    "pipe": pipe,
    "link to nowhere": lambda path: link(path, Path("/nowhere/at/all")),
    "link to itself": lambda path: link(path, path),
    "device": lambda path: link(path, Path("/dev/zero")),
    "path": lambda path: path.write_text("../../etc/passwd"),
}


# Each needs an import of its own; these differ in what the system does with them.
OFTEN = ("folder", "pipe", "link to itself", "path")


@unix
@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.thorough) for kind in POINTERS],
)
def test_a_pointer_that_is_none_falls_back_and_is_said(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    newest = in_use(folder)
    POINTERS[kind](folder / "current")
    assert database.current(folder) == Version(newest, notice="version.fallback")
    assert "versi" in run("info").stderr
    done = run("import", workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good()))
    if kind == "folder":
        assert done.exit_code == 1 and "adalah folder" in " ".join(done.stderr.split())
        assert len(list((folder / "versions").glob("kub-*"))) == 2, "nothing is left behind"
    else:
        assert done.exit_code == 0 and database.current(folder).notice is None


@pytest.mark.parametrize("write", ["{}\r\n", "\ufeff{}\n", "  {}  "])
def test_a_pointer_written_by_hand_may_have_the_signs_of_an_editor(
    folder: Path, write: str
) -> None:
    newest = in_use(folder)
    (folder / "current").write_bytes(write.format(newest.name).encode())
    assert database.current(folder) == Version(newest)


@pytest.mark.parametrize("name", ["versions", f"versions/{LIST}", "versions/.lock", "."])
def test_what_stands_where_a_file_or_folder_belongs_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "data"
    monkeypatch.setenv("KUB_DATA", str(folder))
    path = folder / name
    if name in ("versions", "."):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    else:
        path.mkdir(parents=True)
    with pytest.raises(NotStored):
        database.build([records("A")], folder)
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good())
    result = run("import", book)
    assert (result.exit_code, str(folder) in result.stderr.replace("\n", "")) == (1, True)


def test_a_folder_that_may_not_be_looked_into_is_no_empty_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    (folder / "current").unlink()
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(Damaged, match="unreadable"):
        pointed(folder)


def test_a_version_that_may_not_be_read_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(whole, "_checked", {})
    monkeypatch.setattr(whole, "sha256", refuse)
    with pytest.raises(Damaged) as damaged:
        database.current(folder)
    assert "ermission denied" in damaged.value.message(words.of("en"))[1]


def test_blanks_around_the_name_of_the_data_folder_make_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for written in (f"{folder} ", f" {folder}\n", os.path.relpath(folder)):
        monkeypatch.setenv("KUB_DATA", written)
        assert members(database.current(), "A") == 10
    monkeypatch.setenv("KUB_DATA", " \n")
    assert versions.data_folder() == ROOT / "data"
    spaced = folder.with_name("data ")
    spaced.mkdir()
    monkeypatch.setenv("KUB_DATA", str(spaced))
    assert versions.data_folder() == spaced


@unix
def test_the_page_of_visits_lists_whatever_lies_there(folder: Path) -> None:
    (folder / FOLDER).mkdir()
    os.mkfifo(folder / FOLDER / "pipe.toml")
    (folder / FOLDER / "loop.toml").symlink_to(folder / FOLDER / "loop.toml")
    Path(os.fsdecode(bytes(folder / FOLDER) + b"/\xff.toml")).write_text("")
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)
    page.switch_page("visits.py").run()
    assert not page.exception
    text = "\n".join(each.value for each in page.markdown).replace("\\", "")
    assert "pipe.toml" in text and "loop.toml" in text and "?.toml" in text
    assert keep.listed(folder) == ()
