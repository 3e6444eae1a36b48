"""A data folder becomes one file and comes back whole; whatever else is handed in is refused."""

import hashlib
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kub import visits, words
from kub.store import audit, backup, catalogue, database, keeping, restoring
from kub.store.backup import BackupRefused, restore
from kub.store.versions import Damaged, NotStored
from kub.store.whole import LIST
from kub.words import LANGUAGES
from tests.support.office_folder import in_use
from tests.support.versions import members, records
from tests.support.visits import VISIT

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(a data folder with a visit and a note that has gone back to its first version, its
    backup).
    """
    base = tmp_path_factory.mktemp("packed")
    folder = base / "data"
    first = database.build([records("A", 10)], folder)
    database.build([records("A", 12)], folder)
    visits.store(folder, replace(VISIT, version=first.name))
    catalogue.set_note(folder, first.name, "as published")
    keeping.roll_back(folder, first.name, "command")
    backup.backup(folder, base / "office.zip")
    return folder, base / "office.zip"


def test_what_was_backed_up_comes_back_as_it_was(packed: tuple[Path, Path], tmp_path: Path) -> None:
    folder, file = packed
    target = tmp_path / "new" / "data"
    restored = restore(file, target)
    assert (restored.versions, restored.visits) == (2, 1)
    assert restored.version == database.current(target)
    assert members(restored.version, "A") == 10
    for path in (file for file in folder.rglob("*") if file.is_file()):
        name = path.relative_to(folder).as_posix()
        if not path.name.startswith(".") and name != audit.FILE:
            assert (target / name).read_bytes() == path.read_bytes(), name
    assert [entry.note for entry in catalogue.listed(target)] == ["", "as published"]
    assert not (target / restoring.STAGED).exists()
    actions = [line["action"] for line in audit.lines(target)]
    assert actions == ["import", "import", "rollback", "backup", "restore"]
    assert members(database.build([records("A", 14)], target), "A") == 14, "and it is worked on"


def test_a_backup_is_what_other_tools_check(packed: tuple[Path, Path]) -> None:
    _, file = packed
    with zipfile.ZipFile(file) as archive:
        lines = archive.read("SHA256SUMS").decode().splitlines()
        for line in lines:
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        assert {line.split("  ")[1] for line in lines} == {*archive.namelist()} - {"SHA256SUMS"}
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds records"


def test_progress_goes_up_to_the_end(packed: tuple[Path, Path], tmp_path: Path) -> None:
    folder, file = packed
    for act in (
        lambda call: backup.backup(folder, tmp_path / "other.zip", call),
        lambda call: restore(file, tmp_path / "data", call),
    ):
        steps = []
        act(lambda *step, steps=steps: steps.append(step))
        shares = [share for share, _ in steps]
        assert shares == sorted(shares) and shares[-1] == 1 and shares[0] >= 0
        assert all(words.of("id").has(key) for _, key in steps)


@pytest.mark.parametrize(
    "there",
    ["current", "versions/kub-1-a.duckdb", f"versions/{LIST}", "audit.jsonl", "visits/a.toml"],
)
def test_a_folder_that_holds_something_is_not_written_into(
    packed: tuple[Path, Path], tmp_path: Path, there: str
) -> None:
    path = tmp_path / "data" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    before = sorted(path for path in tmp_path.rglob("*") if not path.name.startswith(".lock"))
    refused(packed[1], tmp_path / "data", "not_empty")
    after = sorted(path for path in tmp_path.rglob("*") if not path.name.startswith(".lock"))
    assert [path for path in after if path.name != "versions"] == [
        path for path in before if path.name != "versions"
    ]


def test_what_the_code_brings_along_is_no_content(
    packed: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "data" / "inbox" / "waiting.xlsx").write_text("x")
    (tmp_path / "data" / "visits").mkdir()
    (tmp_path / "data" / "visits" / visits.LOCK).write_text("")
    assert restore(packed[1], tmp_path / "data").visits == 1


def refused(file: Path, target: Path, rule: str) -> None:
    with pytest.raises(BackupRefused) as fault:
        restore(file, target)
    assert fault.value.rule == rule
    for lang in LANGUAGES:
        what, todo = fault.value.message(words.of(lang))
        assert what and todo


def nothing_in(target: Path) -> bool:
    return not any(
        path.is_file() and not path.name.startswith(".lock") for path in target.rglob("*")
    )


def contents(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(file: Path, members: Members, summed: bool = True) -> Path:
    """A backup of these members. summed: with checksums that are right for them."""
    if summed:
        members = members | {
            "SHA256SUMS": "".join(
                f"{hashlib.sha256(content).hexdigest()}  {name}\n"
                for name, content in members.items()
                if name != "SHA256SUMS"
            ).encode()
        }
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def version_of(members: Members) -> str:
    return next(name for name in members if name.endswith(".duckdb"))


def flipped(content: bytes) -> bytes:
    return content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]


FOREIGN = (
    *("../evil", "/etc/evil", "versions/../../evil", "..\\evil", "C:/evil", "inbox/a.xlsx"),
    *(
        "versions/a.duckdb",
        "visits/x.sh",
        "visits/../current.toml",
        "visits/",
        ".streamlit/secrets.toml",
    ),
)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_name_that_no_data_folder_has_is_refused(
    packed: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    file = write(tmp_path / "bad.zip", contents(packed[1]) | {name: b"evil"})
    refused(file, tmp_path / "data", "foreign")
    assert not (tmp_path / "data").exists() and not list(tmp_path.rglob("*evil*"))


CHANGES: dict[str, tuple[Callable[[Members], Members], bool, str]] = {
    "no checksums": (
        lambda have: {n: c for n, c in have.items() if n != "SHA256SUMS"},
        False,
        "no_backup",
    ),
    "a checksum missing": (
        lambda have: have | {"SHA256SUMS": have["SHA256SUMS"].split(b"\n", 1)[1]},
        False,
        "unlisted",
    ),
    "a wrong checksum": (
        lambda have: have | {"SHA256SUMS": b"0" * 64 + have["SHA256SUMS"][64:]},
        False,
        "differs",
    ),
    "a member missing": (
        lambda have: {n: c for n, c in have.items() if n != "current"},
        False,
        "lost",
    ),
    "a member missing from a list that agrees": (
        lambda have: {n: c for n, c in have.items() if n != version_of(have)},
        True,
        "lost",
    ),
    "no version in use": (lambda have: have | {"current": b"kub-1-a.duckdb\n"}, True, "lost"),
    "current is a path": (lambda have: have | {"current": b"../../etc/passwd"}, True, "lost"),
    "another content under the same name": (
        lambda have: have | {version_of(have): flipped(have[version_of(have)])},
        True,
        "differs",
    ),
    "no database": (
        lambda have: (
            have
            | {version_of(have): b"text"}
            | {f"versions/{LIST}": b"", "current": version_of(have).split("/")[1].encode()}
        ),
        True,
        "differs",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_in_place(
    packed: tuple[Path, Path], tmp_path: Path, change: str
) -> None:
    changed, summed, rule = CHANGES[change]
    file = write(tmp_path / "bad.zip", changed(contents(packed[1])), summed)
    refused(file, tmp_path / "data", rule)
    assert nothing_in(tmp_path / "data")
    assert restore(packed[1], tmp_path / "data").versions == 2, "and the right one still fits"


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.9999])
def test_a_file_that_is_cut_short_is_refused(
    packed: tuple[Path, Path], tmp_path: Path, share: float
) -> None:
    file = tmp_path / "cut.zip"
    content = packed[1].read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    refused(file, tmp_path / "data", "no_backup")
    assert nothing_in(tmp_path / "data")


def test_a_byte_that_the_disk_lost_is_found(packed: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "lost.zip"
    file.write_bytes(flipped(packed[1].read_bytes()))
    refused(file, tmp_path / "data", "differs")
    assert nothing_in(tmp_path / "data")


def test_what_would_unpack_to_more_than_it_is_is_refused(
    packed: tuple[Path, Path], tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (contents(packed[1]) | {audit.FILE: bytes(50_000_000)}).items():
            archive.writestr(name, content)
    refused(bomb, tmp_path / "data", "packed")
    # Two members over the same bytes.
    shutil.copy(packed[1], bomb)
    with zipfile.ZipFile(bomb, "a") as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
        for number in range(3):
            twin = zipfile.ZipInfo(f"versions/kub-2-{number}.duckdb")
            for part in ("header_offset", "file_size", "compress_size", "CRC"):
                setattr(twin, part, getattr(largest, part))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True  # type: ignore[attr-defined]
    refused(bomb, tmp_path / "data", "packed")


def test_a_link_is_refused(packed: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "link.zip"
    have = contents(packed[1])
    write(file, have)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in have.items():
            entry = zipfile.ZipInfo(name)
            if name == "current":
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, content)
    refused(file, tmp_path / "data", "foreign")


def test_a_version_of_a_newer_program_is_said(
    packed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kub.store import whole

    monkeypatch.setattr(whole, "SCHEMA_NUMBER", 3)
    refused(packed[1], tmp_path / "data", "newer")
    assert nothing_in(tmp_path / "data")


def test_a_disk_without_room_is_said_before_the_work(
    packed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**6))
    refused(packed[1], tmp_path / "data", "no_room")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "text"])
def test_what_is_no_backup_is_said(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            if sys.platform == "win32":
                pytest.skip("no pipes")
            os.mkfifo(file)
        case "text":
            file.write_text("not a backup")
    refused(file, tmp_path / "data", "unreadable" if kind == "missing" else "no_backup")
    assert not (tmp_path / "data").exists()


class Killed(BaseException):
    """Stands for a kill: nothing of the program runs after it."""


@pytest.mark.parametrize("renames", range(8))
def test_a_restore_that_stopped_between_two_parts_is_finished_by_the_next(
    packed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    real, count = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal count
        if count == renames:
            raise Killed
        count += 1
        return real(self, target)

    with monkeypatch.context() as dying:
        dying.setattr(Path, "rename", rename)
        try:
            restore(packed[1], tmp_path / "data")
        except Killed:
            pass
        else:
            pytest.skip("all parts were in place before")
    restored = restore(packed[1], tmp_path / "data")
    assert restored.version == database.current(tmp_path / "data")
    assert (restored.versions, restored.visits) == (2, 1)
    assert not (tmp_path / "data" / restoring.STAGED).exists()


def test_damaged_versions_are_left_out_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = database.build([records("A", 10)], folder)
    second = database.build([records("A", 12)], folder)
    first.path.write_bytes(b"half")
    made = backup.backup(folder, tmp_path / "office.zip")
    assert [fault.path for fault in made.left_out] == [first.path]
    assert [version.name for version in made.versions] == [second.name]
    assert restore(tmp_path / "office.zip", tmp_path / "new").versions == 1
    second.path.write_bytes(b"half")
    with pytest.raises(Damaged):
        backup.backup(folder, tmp_path / "other.zip")
    assert not (tmp_path / "other.zip").exists()


def test_a_place_that_cannot_be_written_leaves_nothing(
    packed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "sync", full)
    (tmp_path / "office.zip").write_text("the backup of yesterday")
    with pytest.raises(OSError, match="No space") as fault:
        backup.backup(packed[0], tmp_path / "office.zip")
    assert not isinstance(fault.value, NotStored)
    assert [path.name for path in tmp_path.iterdir()] == ["office.zip"]
    assert (tmp_path / "office.zip").read_text() == "the backup of yesterday"


def test_a_data_folder_without_versions_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises((Damaged, NotStored)):
        backup.backup(tmp_path / "data", tmp_path / "office.zip")
    assert not (tmp_path / "office.zip").exists()


def test_the_version_in_use_is_the_one_that_was(packed: tuple[Path, Path], tmp_path: Path) -> None:
    restore(packed[1], tmp_path / "data")
    assert in_use(tmp_path / "data").name == in_use(packed[0]).name
