"""A damaged data folder: the right answers, or a sentence; never
other numbers, samples or a traceback.
"""

import os
import shutil
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.store import database, versions, whole
from kub.store.data import Data
from kub.store.versions import ROOT, Damaged, Version, pointed
from kub.store.whole import LIST, fault
from kub.words import LANGUAGES
from tests.support import workbooks
from tests.support.command import run
from tests.support.office_folder import Break, directory, in_use, link, pipe
from tests.support.versions import members, records


def flip(path: Path, at: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(at * (len(content) - 1))] ^= 1
    path.write_bytes(content)


def zeros(path: Path) -> None:
    """A page that the disk has lost."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(4096)
    content[-100:] = bytes(range(100))
    path.write_bytes(content)


def log(path: Path) -> None:
    """What another program has written into the file and not finished: DuckDB would read it too."""
    other = path.with_name("other.duckdb")
    shutil.copyfile(path, other)
    with duckdb.connect(other) as con:
        con.execute("UPDATE kub_report SET members = 77")
        shutil.copyfile(f"{other}.wal", f"{path}.wal")
    other.unlink()


def replaced(path: Path) -> None:
    """Another version under this name: whole in itself."""
    other = next(each for each in path.parent.glob("kub-*.duckdb") if each != path)
    shutil.copyfile(other, path)


BREAKS: dict[str, Break] = {
    "cut to half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut by a byte": lambda path: os.truncate(path, path.stat().st_size - 1),
    "empty": lambda path: os.truncate(path, 0),
    "flipped in the header": lambda path: flip(path, 0),
    "flipped in the middle": lambda path: flip(path, 0.5),
    "flipped at the end": lambda path: flip(path, 1),
    "a page of zeros": zeros,
    "text": lambda path: path.write_text("not a database"),
    "directory": directory,
    "pipe": pipe,
    "loop": lambda path: link(path, path),
    "gone": Path.unlink,
    "log": log,
    "replaced": replaced,
}
unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")


@unix
@pytest.mark.parametrize("kind", BREAKS)
def test_samples_never_stand_for_records_that_are_damaged(folder: Path, kind: str) -> None:
    broken = in_use(folder)
    BREAKS[kind](broken)
    before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}
    with pytest.raises(Damaged) as damaged:
        database.current(folder)
    for lang in LANGUAGES:
        text = " ".join(damaged.value.message(words.of(lang)))
        assert str(folder) in text and broken.name in text
    assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize(
    "command", [("info",), ("info", "--json"), ("ask", "headline"), ("export", "{out}")]
)
def test_every_command_says_so_and_ends_with_one(
    folder: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for path in (folder / "versions").glob("*.duckdb"):
        os.truncate(path, 5000)
    for lang in LANGUAGES:
        out = tmp_path / f"{lang}.xlsx"
        result = run(*(part.format(out=out) for part in command), "--lang", lang)
        assert (result.exit_code, result.stdout, out.exists()) == (1, "", False)
        text = " ".join(result.stderr.split())
        assert words.of(lang)("error.damaged.title") in text and "python -m kub import" in text


def test_the_screen_says_the_same(folder: Path) -> None:
    os.truncate(in_use(folder), 100)
    for lang in LANGUAGES:
        screen = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)
        screen.query_params["lang"] = lang
        screen.run()
        assert not screen.exception
        assert [each.value for each in screen.subheader] == [words.of(lang)("error.damaged.title")]
        assert "python -m kub import" in screen.markdown[-1].value


def test_a_later_import_works_and_says_what_it_could_not_take_over(
    folder: Path, tmp_path: Path
) -> None:
    for path in (folder / "versions").glob("*.duckdb"):
        flip(path, 0.7)
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good())
    checked = run("check", book, "--lang", "en")
    assert checked.exit_code == 0 and "cannot be read" in checked.stderr
    done = run("import", book, "--lang", "en")
    assert done.exit_code == 0
    assert "holds the imported programmes only" in " ".join(done.stderr.split())
    version = database.current(folder)
    assert version.notice is None and list(Data.open(version).programmes) == ["uji"]


def test_an_import_says_on_which_older_version_it_builds(folder: Path, tmp_path: Path) -> None:
    older = in_use(folder)
    database.build([records("B", 20)], folder)
    flip(in_use(folder), 0.5)
    asked = run("info", "--lang", "en")
    assert asked.exit_code == 0 and "missing or damaged" in asked.stderr
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good())
    done = run("import", book, "--lang", "en")
    assert done.exit_code == 0 and Version(older).label in done.stderr
    assert set(Data.open(database.current(folder)).programmes) == {"A", "uji"}


def test_samples_come_only_where_there_has_been_no_version(
    tmp_path: Path, sample_folder: Path
) -> None:
    for name, text in (
        ("current", ""),
        (f"versions/{LIST}", f"{'0' * 64}  kub-1-a.duckdb\n"),
        ("versions/kub-1-a.duckdb", ""),
    ):
        folder = tmp_path / name.replace("/", "-")
        (folder / "versions").mkdir(parents=True)
        (folder / name).write_text(text)
        with pytest.raises(Damaged):
            database.current(folder)
    left = tmp_path / "killed" / "versions" / ".building-kub-1-a.duckdb"
    left.parent.mkdir(parents=True)
    left.write_text("the first import was killed")
    assert pointed(tmp_path / "killed") is None


def test_a_good_list_is_one_that_other_tools_read(folder: Path) -> None:
    lines = (folder / "versions" / LIST).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(
        path.name for path in (folder / "versions").glob("kub-*")
    )
    assert all(
        whole.sha256(folder / "versions" / name) == digest
        for digest, name in (line.split("  ") for line in lines)
    )


@pytest.mark.parametrize("at", [0.0, 0.01, 0.3, 0.5, 0.7, 1.0])
def test_without_a_list_every_table_is_read(folder: Path, at: float) -> None:
    (folder / "versions" / LIST).unlink()
    assert members(database.current(folder), "A") == 10
    flip(in_use(folder), at)
    try:
        assert members(Version(in_use(folder)), "A") == 10, "what no table holds"
    except duckdb.Error:
        assert fault(in_use(folder))


def test_a_version_without_a_line_that_is_no_version_is_a_fault(folder: Path) -> None:
    other = folder / "versions" / "kub-20300101T000000000000Z-abcdef123456.duckdb"
    with duckdb.connect(other) as con:
        con.execute("CREATE TABLE version AS SELECT 999 AS schema_number")
    newer = fault(other)
    assert newer and newer.reason == "newer"


class Wrong(datetime):
    """A clock that once was seventy years ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(days=25_000)


def test_a_version_stamped_in_the_future_does_not_win_over_the_newest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(versions, "datetime", Wrong)
        future = database.build([records("A", 11)], folder)
    newest = database.build([records("A", 12)], folder)
    assert future.path.name > newest.path.name
    (folder / "current").write_text("nonsense")
    assert database.current(folder) == Version(newest.path, notice="version.fallback")
    assert [version.path for version in versions.versions(folder)][:2] == [newest.path, future.path]
    (folder / "versions" / LIST).unlink()
    assert database.current(folder) == Version(newest.path, notice="version.fallback"), (
        "nor without the list"
    )


@pytest.mark.parametrize("lines", [0, 1, 1.5])
def test_a_list_that_was_cut_brings_no_samples_back(folder: Path, lines: float) -> None:
    newest = in_use(folder)
    path = folder / "versions" / LIST
    os.truncate(path, int(lines * path.stat().st_size / 2))
    (folder / "current").write_text("nonsense")
    assert database.current(folder) == Version(newest, notice="version.fallback")


def test_a_stamp_is_that_of_the_clock(folder: Path) -> None:
    assert in_use(folder).name.startswith(f"kub-{datetime.now(UTC):%Y%m%d}")
