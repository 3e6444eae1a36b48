"""Going back, removing what nobody needs, and what the audit trail says of both."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kub import visits, words
from kub.store import audit, catalogue, database, keeping, versions, whole
from kub.store.data import Data
from kub.store.keeping import Kept, VersionRefused, prune, roll_back
from kub.store.versions import Damaged, NotStored, Version, pointed
from kub.store.whole import LIST
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.office_folder import in_use, linked
from tests.support.versions import members, records
from tests.support.visits import VISIT


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four imports of one programme: 10, 11, 12 and 13 members."""
    folder = tmp_path_factory.mktemp("four") / "data"
    for count in (10, 11, 12, 13):
        database.build([records("A", count)], folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, four: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = linked(four, tmp_path / "data")
    monkeypatch.setenv("KUB_DATA", str(copy))
    return copy


def names(folder: Path) -> list[str]:
    """The oldest first."""
    return [entry.version.name for entry in reversed(catalogue.listed(folder))]


def acts(folder: Path) -> list[tuple[object, object]]:
    return [(line["action"], line["by"]) for line in audit.lines(folder)]


def test_the_list_says_what_each_version_is(folder: Path) -> None:
    newest, *older = catalogue.listed(folder)
    assert newest.current and not any(entry.current for entry in older)
    assert newest.files == (("A.xlsx", f"{13:064x}"),)
    assert (newest.rows["KUB"], newest.rows["Laporan"], newest.rows["LKM"]) == (1, 1, 0)
    assert newest.importer.startswith("kub ") and newest.by == audit.COMMAND
    assert [entry.built_at for entry in older] == sorted(
        (entry.built_at for entry in older), reverse=True
    )


def test_an_empty_folder_has_no_versions(tmp_path: Path) -> None:
    assert catalogue.listed(tmp_path) == [] and catalogue.faults(tmp_path) == []
    assert prune(tmp_path, 1, "command") == keeping.Pruned((), ())
    assert list(audit.lines(tmp_path)) == []


def test_a_damaged_version_is_not_listed_but_named(folder: Path) -> None:
    oldest = names(folder)[0]
    path = folder / "versions" / f"{oldest}.duckdb"
    path.unlink()
    path.write_bytes(b"half")
    assert oldest not in names(folder)
    assert [fault.path.stem for fault in catalogue.faults(folder)] == [oldest]


def test_a_note_stays_with_its_version(folder: Path) -> None:
    first, second, *_ = names(folder)
    catalogue.set_note(folder, first, "  before the \x1b[2J audit\nchecked by the office ")
    catalogue.set_note(folder, second, "x" * 5000)
    notes = {entry.version.name: entry.note for entry in catalogue.listed(folder)}
    assert notes[first] == "before the [2J audit\nchecked by the office"
    assert len(notes[second]) == catalogue.LONGEST_NOTE
    catalogue.set_note(folder, first, " ")
    assert catalogue.note(folder, first) == ""
    for name in ("kub-1-a", "../current", "", "x" * 500):
        with pytest.raises(VersionRefused, match="unknown"):
            catalogue.set_note(folder, name, "text")


def test_going_back_is_one_step_that_is_written_down(folder: Path) -> None:
    first, *_, last = names(folder)
    assert roll_back(folder, first, "steward-1").name == first
    assert members(database.current(folder), "A") == 10
    line = list(audit.lines(folder))[-1]
    assert (line["action"], line["by"]) == ("rollback", "steward-1")
    assert (line["version"], line["before"]) == (first, last)
    assert roll_back(folder, last, "command").name == last, "and forward again"


def test_an_import_after_going_back_builds_on_what_is_in_use(folder: Path) -> None:
    roll_back(folder, names(folder)[0], "command")
    version = database.build([records("B", 20)], folder)
    assert (members(version, "A"), members(version, "B")) == (10, 20)


def test_what_cannot_be_gone_back_to_is_said_and_changes_nothing(folder: Path) -> None:
    first, second, _, last = names(folder)
    path = folder / "versions" / f"{first}.duckdb"
    path.unlink()
    path.write_bytes(b"half")
    (folder / "versions" / f"{second}.duckdb").unlink()
    before = (folder / "current").read_bytes()
    for name, rule in (
        (first, "damaged"),
        (second, "unknown"),
        (last, "in_use"),
        ("kub-1-a", "unknown"),
        ("../../etc/passwd", "unknown"),
    ):
        with pytest.raises(VersionRefused) as refused:
            roll_back(folder, name, "command")
        assert refused.value.rule == rule
        for lang in LANGUAGES:
            what, todo = refused.value.message(words.of(lang))
            assert name in what and todo
    assert (folder / "current").read_bytes() == before
    assert "rollback" not in [action for action, _ in acts(folder)]


def test_a_broken_pointer_is_mended_by_naming_the_version_that_stands_in(folder: Path) -> None:
    (folder / "current").write_text("nonsense")
    standing_in = database.current(folder)
    assert standing_in.notice
    roll_back(folder, standing_in.name, "command")
    assert database.current(folder) == Version(standing_in.path)


def test_a_part_of_a_name_is_enough_where_no_other_version_has_it(folder: Path) -> None:
    first, second, *_ = names(folder)
    for part in (first, f"{first}.duckdb", first[-6:], Version(Path(first)).label.split()[1]):
        assert catalogue.find(folder, part).name == first
    for part, rule in ((second[:12], "ambiguous"), ("", "unknown"), ("k", "unknown")):
        with pytest.raises(VersionRefused) as refused:
            catalogue.find(folder, part)
        assert refused.value.rule == rule


def test_pruning_keeps_what_is_in_use_what_visits_use_and_the_newest(folder: Path) -> None:
    first, second, third, last = names(folder)
    visits.store(folder, replace(VISIT, version=first))
    catalogue.set_note(folder, third, "goes with it")
    roll_back(folder, second, "command")
    pruned = prune(folder, 1, "steward-1")
    assert [version.name for version in pruned.removed] == [third]
    [visit] = [entry for entry in visits.visits(folder) if isinstance(entry, visits.Visit)]
    reasons = {entry.version.name: (entry.reasons, entry.visits) for entry in pruned.kept}
    assert reasons[first] == (("pinned",), (visit.visit_id,))
    assert reasons[second] == (("in_use",), ())
    assert reasons[last] == (("newest", "governing"), ())
    assert names(folder) == [first, second, last]
    assert catalogue.listed(folder)[-1].pinned_by == (visit.visit_id,)
    assert not (folder / catalogue.NOTES / f"{third}.txt").exists()
    line = list(audit.lines(folder))[-1]
    assert (line["action"], line["by"], line["keep"]) == ("prune", "steward-1", 1)
    [gone] = line["removed"]  # type: ignore[misc]
    assert gone["version"] == third and len(gone["sha256"]) == 64
    visits.remove(folder, visit)
    assert [version.name for version in prune(folder, 1, "command").removed] == [first]
    assert prune(folder, 1, "command").removed == (), "what is left stays"


def test_pruning_leaves_no_line_of_what_it_removed(folder: Path) -> None:
    prune(folder, 2, "command")
    listed = list(whole.digests(folder / "versions"))
    assert listed == [f"{name}.duckdb" for name in names(folder)] and len(listed) == 2
    # A line without its file would stand for records that were lost.
    (folder / "current").unlink()
    assert members(database.current(folder), "A") == 13


@pytest.mark.parametrize("keep", [0, -1])
def test_at_least_the_newest_version_stays(folder: Path, keep: int) -> None:
    with pytest.raises(ValueError, match="keep"):
        prune(folder, keep, "command")


def test_damaged_files_and_those_of_other_names_are_left_alone(folder: Path) -> None:
    first = names(folder)[0]
    path = folder / "versions" / f"{first}.duckdb"
    path.unlink()
    path.write_bytes(b"half")
    (folder / "versions" / "kub-notes.duckdb").write_text("somebody's own")
    pruned = prune(folder, 1, "command")
    assert Kept(Version(path), ("damaged",)) in pruned.kept
    assert path.exists() and (folder / "versions" / "kub-notes.duckdb").exists()


def test_nothing_is_removed_where_no_version_can_be_used(folder: Path) -> None:
    for path in (folder / "versions").glob("kub-*"):
        path.unlink()
        path.write_bytes(b"half")
    with pytest.raises(Damaged):
        prune(folder, 1, "command")


def test_a_visit_that_cannot_be_read_holds_its_version_and_all_others(folder: Path) -> None:
    first = names(folder)[0]
    (folder / visits.FOLDER).mkdir()
    # No valid file, but it names a version.
    (folder / visits.FOLDER / "broken.toml").write_text(f"version = {first}")
    assert first in {entry.version.name for entry in prune(folder, 1, "command").kept}
    # What this names cannot be known.
    (folder / visits.FOLDER / "folder.toml").mkdir()
    with pytest.raises(NotStored):
        prune(folder, 1, "command")


def test_pruning_leaves_readers_the_same_figures(tmp_path: Path) -> None:
    """Small numbers of the versions that stay are withheld as before, also where the version that
    governs them is neither in use nor among the newest.
    """
    # 3 members are few.
    oldest, *_ = (database.build([records("A", count)], tmp_path) for count in (3, 12))
    assert governing(tmp_path) != oldest.path
    roll_back(tmp_path, oldest.name, "command")
    before = told(oldest)
    pruned = prune(tmp_path, 1, "command")
    assert pruned.removed == () and told(oldest) == before
    # A version that was taken back by hand, or came later by its name only, changes nothing.
    assert {entry.reasons for entry in pruned.kept} == {("in_use",), ("newest", "governing")}


def governing(folder: Path) -> Path | None:
    return keeping.governing_version(versions.versions(folder)[0].path)


def told(version: Version) -> object:
    """What a reader is told of the members."""
    data = Data.open(version).seen_by("reader")
    return data.ask("growth", Filters("A"))["members"].tolist()


def test_a_fault_of_the_disk_leaves_the_act_marked_as_failed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = names(folder)[0]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "point_to", full)
    with pytest.raises(NotStored):
        roll_back(folder, first, "command")
    *_, begun, failed = audit.lines(folder)
    assert "failed" not in begun and failed["failed"] is True
    assert pointed(folder) == Version(in_use(folder))


def test_what_cannot_be_written_down_is_not_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "current").read_bytes()
    (folder / audit.FILE).unlink()
    (folder / audit.FILE).mkdir()
    with pytest.raises(NotStored):
        roll_back(folder, names(folder)[0], "command")
    with pytest.raises(NotStored):
        prune(folder, 1, "command")
    with pytest.raises(NotStored):
        database.build([records("A", 14)], folder)
    assert (folder / "current").read_bytes() == before and len(names(folder)) == 4


def test_a_line_of_an_import_has_files_hashes_and_counts_and_nobody(folder: Path) -> None:
    line = next(audit.lines(folder))
    assert line["action"] == "import" and line["programmes"] == ["A"]
    assert line["files"] == [{"name": "A.xlsx", "sha256": f"{10:064x}"}]
    assert line["rows"] == {"Program": 1, "Desa": 1, "KUB": 1, "Laporan": 1}
    assert (folder / audit.FILE).stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    assert len((folder / "versions" / LIST).read_text().splitlines()) == 4
