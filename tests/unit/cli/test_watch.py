"""The inbox: what is right is imported and goes, what is wrong stays with its answer beside it."""

import csv
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import Result

from kub.cli import watch
from kub.records import sandbox
from kub.store import audit, catalogue, database, inbox
from kub.store.inbox import ANSWER
from kub.store.versions import NotStored
from tests.support import workbooks
from tests.support.command import run
from tests.support.versions import records

unix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and signals")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook without problems: programme `uji`, no sample."""
    sheets = workbooks.good()
    sheets["Program"][0]["contoh"] = "tidak"
    return workbooks.xlsx(tmp_path_factory.mktemp("book") / "b.xlsx", sheets).read_bytes()


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inbox of an empty data folder."""
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "data"))
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    return tmp_path / "data" / "inbox"


def once(*options: str) -> Result:
    return run("watch", "--once", "--every", "0.05", "--lang", "en", *options)


def names(box: Path) -> set[str]:
    return {path.name for path in box.iterdir()}


def programmes(box: Path) -> list[list[object]]:
    """Of each import, the oldest first."""
    return [line["programmes"] for line in audit.lines(box.parent) if line["action"] == "import"]  # type: ignore[misc]


def answer(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_right_is_taken_in(box: Path, book: bytes) -> None:
    (box / "kendal.xlsx").write_bytes(book)
    done = once()
    assert done.exit_code == 0 and "kendal.xlsx: imported (uji)" in done.stdout
    assert names(box) == set() and programmes(box) == [["uji"]]
    [entry] = catalogue.listed(box.parent)
    assert entry.by == audit.INBOX and entry.files[0][0] == "kendal.xlsx"
    assert not list(box.parent.glob(f"{watch.PRIVATE}*")), "no copy is kept"


def test_what_is_wrong_stays_with_its_answer_until_it_changes(box: Path, book: bytes) -> None:
    path = box / "kendal.xlsx"
    path.write_text("no workbook")
    done = once()
    assert done.exit_code == 1 and "1 problem" in done.stdout
    assert names(box) == {"kendal.xlsx", f"kendal.xlsx{ANSWER}"} and programmes(box) == []
    [row] = answer(box / f"kendal.xlsx{ANSWER}")
    assert row["file"] == "kendal.xlsx" and row["level"] == "problem"
    assert row["what_id"] and row["what_en"] and row["todo_id"] and row["todo_en"]
    again = once()
    assert again.exit_code == 0 and "problem" not in again.stdout, "it was answered already"
    path.write_bytes(book)
    assert once().exit_code == 0
    assert names(box) == set(), "the answer goes with the file"


def test_an_answer_is_for_the_excel_of_the_office_and_runs_no_formula(
    box: Path, book: bytes
) -> None:
    sheets = workbooks.good()
    sheets["Laporan"][0]["anggota"] = '=HYPERLINK("http://evil")'
    sheets["KUB"][0]["sektor"] = "-1+cmd"
    workbooks.csv_folder(box / "=kendal", sheets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "FOLDER_LOOKS", 2)
        assert run("watch", "--once", "--every", "0.05").exit_code == 1
    text = (box / f"=kendal{ANSWER}").read_bytes()
    assert text.startswith(b"\xef\xbb\xbffile;sheet;row;column;value;rule;level;what_id;")
    with (box / f"=kendal{ANSWER}").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "-", "+", "@"))]


def test_several_files_are_one_import_and_a_wrong_one_holds_nobody_up(
    box: Path, book: bytes
) -> None:
    other = workbooks.good()
    other["Program"][0] |= {"kode_program": "lain", "contoh": "tidak"}
    workbooks.xlsx(box / "lain.xlsx", other)
    (box / "kendal.xlsx").write_bytes(book)
    (box / "torn.xlsx").write_bytes(book[: len(book) // 2])
    assert once().exit_code == 1
    assert names(box) == {"torn.xlsx", f"torn.xlsx{ANSWER}"}
    [both] = programmes(box)
    assert sorted(map(str, both)) == ["lain", "uji"]


def test_of_two_files_of_one_programme_the_newer_is_imported_last(box: Path, book: bytes) -> None:
    for name, age in (("a.xlsx", 10), ("b.xlsx", 500)):
        (box / name).write_bytes(book)
        os.utime(box / name, (time.time() - age,) * 2)
    assert once().exit_code == 0 and names(box) == set()
    files = [line["files"] for line in audit.lines(box.parent)]
    assert [file[0]["name"] for file in files] == ["b.xlsx", "a.xlsx"]  # type: ignore[index]


def test_folders_and_folders_as_zip_are_taken_in(
    box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    sheets = workbooks.good()
    sheets["Program"][0]["contoh"] = "tidak"
    workbooks.csv_folder(box / "kendal", sheets)
    packed = workbooks.csv_folder(tmp_path / "pack" / "zipped", sheets)
    shutil.make_archive(str(box / "zipped"), "zip", packed.parent)
    monkeypatch.setattr(inbox, "FOLDER_LOOKS", 3)
    assert once().exit_code == 0
    assert names(box) == set() and programmes(box) == [["uji"], ["uji"]]


def test_a_file_that_is_being_written_is_left_alone(box: Path, book: bytes) -> None:
    watched = inbox.Inbox(box.parent)
    path = box / "kendal.xlsx"
    for part in (book[:1000], book[:2000], book):
        path.write_bytes(part)
        assert watched.look() == [] and watched.is_waiting()
    [arrival] = watched.look()
    assert arrival.name == "kendal.xlsx"
    path.write_bytes(book + b"more")
    with pytest.raises(inbox.Moved):
        inbox.copy(arrival, box.parent)
    watched.remove(arrival)
    assert path.exists(), "what came under its name stays"


@pytest.mark.parametrize(
    "name",
    [
        "~$kendal.xlsx",
        ".hidden.xlsx",
        f"kendal.xlsx{ANSWER}",
        "kendal.xlsx.part",
        "a.tmp",
        "a.crdownload",
    ],
)
def test_what_programs_leave_beside_a_workbook_is_no_arrival(box: Path, name: str) -> None:
    (box / name).write_text("x")
    done = once()
    assert done.exit_code == 0 and names(box) == {name}


@unix
def test_links_pipes_and_devices_are_never_followed(box: Path, tmp_path: Path, book: bytes) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(book)
    (box / "link.xlsx").symlink_to(secret)
    (box / "loop.xlsx").symlink_to(box / "loop.xlsx")
    (box / "folder").symlink_to(tmp_path)
    (box / "null.xlsx").symlink_to("/dev/zero")
    os.mkfifo(box / "pipe.xlsx")
    before = names(box)
    assert once().exit_code == 0
    assert names(box) == before and secret.exists() and programmes(box) == []


@unix
def test_a_file_that_becomes_a_link_while_it_is_looked_at_is_not_read(
    box: Path, tmp_path: Path, book: bytes
) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(book)
    (box / "kendal.xlsx").write_bytes(book)
    sheets = workbooks.csv_folder(box / "folder", workbooks.good())
    watched = inbox.Inbox(box.parent)
    arrivals = [inbox._arrival(path) for path in (box / "kendal.xlsx", sheets)]
    (box / "kendal.xlsx").unlink()
    (box / "kendal.xlsx").symlink_to(secret)
    (sheets / "kub.csv").unlink()
    (sheets / "kub.csv").symlink_to(secret)
    for number, arrival in enumerate(arrivals):
        assert arrival
        (private := tmp_path / f"private{number}").mkdir()
        with pytest.raises(inbox.Moved):
            inbox.copy(arrival, private)
        assert not [
            path for path in private.rglob("*") if path.is_file() and path.read_bytes() == book
        ]
    assert watched.path == box


@unix
def test_a_file_that_may_not_be_read_is_answered_and_tried_again(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    (box / "kendal.xlsx").write_text("x")
    monkeypatch.setattr(inbox, "copy", refuse)
    done = once()
    assert "cannot be read" in done.stdout
    assert names(box) == {"kendal.xlsx", f"kendal.xlsx{ANSWER}"}
    assert not (box.parent / inbox.ANSWERED).exists(), "not for good"


def test_a_data_folder_that_cannot_be_written_keeps_the_file_and_says_so_once(
    box: Path, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise NotStored(box.parent, "another import")

    (box / "kendal.xlsx").write_bytes(book)
    with monkeypatch.context() as broken:
        broken.setattr(database, "build", held)
        broken.setattr(inbox, "RETRY", 0.0)
        done = once()
    assert done.stdout.count("Nothing can be taken in") == 1
    assert names(box) == {"kendal.xlsx"}
    assert once().exit_code == 0 and names(box) == set()


def test_a_bug_with_a_file_keeps_no_other_out(
    box: Path, book: bytes, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    real = sandbox.read

    def broken(paths: list[Path], *rest: object) -> object:
        if paths[0].name == "bug.xlsx":
            raise sandbox.ReaderFailed("a bug")
        return real(paths, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sandbox, "read", broken)
    (box / "bug.xlsx").write_bytes(book)
    (box / "kendal.xlsx").write_bytes(book)
    done = once()
    assert "error in this program" in done.stdout
    assert names(box) == {"bug.xlsx"} and programmes(box) == [["uji"]]


def test_a_file_that_cannot_be_removed_is_imported_only_once(
    box: Path, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (box / "kendal.xlsx").write_bytes(book)
    monkeypatch.setattr(inbox.Inbox, "remove", refuse)
    assert "cannot be removed" in once().stdout
    once()
    assert programmes(box) == [["uji"]]


def test_nothing_is_imported_where_the_version_in_use_is_damaged(box: Path, book: bytes) -> None:
    """Unattended, an import would give up what only a person may give up."""
    version = database.build([records("A")], box.parent)
    database.build([records("A", 11)], box.parent).path.write_bytes(b"half")
    (box / "kendal.xlsx").write_bytes(book)
    assert "Nothing can be taken in" in once().stdout
    assert names(box) == {"kendal.xlsx"} and database.current(box.parent).path == version.path


def test_a_second_watcher_says_that_there_is_one(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kub.store import alone

    monkeypatch.setattr(alone, "PATIENCE", 0.05)
    with alone.alone(box.parent / watch.LOCK):
        done = once()
    assert done.exit_code == 1 and "watched already" in " ".join(done.stderr.split())


@unix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_calmly(box: Path, number: int) -> None:
    before = signal.getsignal(number)

    def send() -> None:
        while signal.getsignal(number) is before:
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    threading.Thread(target=send, daemon=True).start()
    done = run("watch", "--every", "0.05", "--lang", "en")
    assert done.exit_code == 0 and done.stdout.endswith("Stopped.\n")
    assert signal.getsignal(number) is before
