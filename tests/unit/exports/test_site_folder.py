"""A publication takes the place of a former one whole, and of nothing else."""

import os
from pathlib import Path

import pytest

from kub.exports.site.folder import MARK, Refused, former, store

FIRST = {"index.html": b"one", "id/growth.html": b"growth", "assets/a-1.js": b"same"}
SECOND = {"index.html": b"two", "assets/a-1.js": b"same"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARK
    }


@pytest.mark.parametrize("there", [False, True])
def test_a_new_or_empty_folder_is_filled(tmp_path: Path, there: bool) -> None:
    out = tmp_path / "site"
    if there:
        out.mkdir()
    store(out, FIRST, {})
    assert contents(out) == FIRST
    assert list(tmp_path.iterdir()) == [out]


def test_a_later_publication_leaves_nothing_of_the_former(tmp_path: Path) -> None:
    out = tmp_path / "site"
    store(out, FIRST, {})
    os.utime(out / "assets/a-1.js", (1, 1))
    store(out, SECOND, {})
    assert contents(out) == SECOND
    assert not (out / "id").exists()
    # What is as before has its time, by which servers and browsers know it again.
    assert (out / "assets/a-1.js").stat().st_mtime == 1
    assert (out / "index.html").stat().st_mtime > 1
    assert list(tmp_path.iterdir()) == [out]


def foreign(out: Path) -> None:
    (out / "CNAME").write_text("kub.example")


def changed(out: Path) -> None:
    (out / "index.html").write_text("an afternoon of work")


def linked(out: Path) -> None:
    (out / "more").symlink_to(out.parent)


def unmarked(out: Path) -> None:
    (out / MARK).write_text('{"kub_publication": 99, "files": {}}')


def mark_lost(out: Path) -> None:
    (out / MARK).write_text("not even JSON")


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        (foreign, "foreign"),
        (changed, "changed"),
        (linked, "foreign"),
        (unmarked, "foreign"),
        (mark_lost, "foreign"),
    ],
)
def test_what_is_not_ours_stays(tmp_path: Path, act: object, rule: str) -> None:
    out = tmp_path / "site"
    store(out, FIRST, {})
    act(out)  # type: ignore[operator]
    before = contents(out)
    with pytest.raises(Refused) as refused:
        store(out, SECOND, {})
    assert refused.value.rule == rule
    assert contents(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.write_text("mine")
    with pytest.raises(Refused, match="file"):
        former(out)
    assert out.read_text() == "mine"


def test_a_link_to_the_folder_stays_one(tmp_path: Path) -> None:
    out, link = tmp_path / "site", tmp_path / "current"
    store(out, FIRST, {})
    link.symlink_to(out)
    store(link, SECOND, {})
    assert link.is_symlink() and contents(out) == SECOND


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_rename_that_fails_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    out, calls = tmp_path / "site", []
    store(out, FIRST, {})
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == fails_at:
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="busy"):
        store(out, SECOND, {})
    assert contents(out) == FIRST
    assert list(tmp_path.iterdir()) == [out]
