"""Versions: built whole or not at all, pointed to in one step, never reused, never lost."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kub.records import Checked
from kub.records.problems import Problem
from kub.store import database, opening, versions
from kub.store.data import Data
from kub.store.summary import summary
from kub.store.versions import Version, pointed
from kub.store.whole import fault
from queries.filters import Filters
from tests.support.older import without_rows
from tests.support.thinned import thinned
from tests.support.versions import members, records


def programmes(version: Version) -> list[str]:
    return list(Data.open(version).programmes)


def test_a_new_version_never_reuses_a_path_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    first = database.build([records("A", 10)], tmp_path)
    second = database.build([records("A", 12)], tmp_path)
    assert first.path != second.path
    assert pointed(tmp_path) == second
    assert (members(first, "A"), members(second, "A")) == (10, 12)
    assert [v.path for v in versions.versions(tmp_path)] == [second.path, first.path]


def test_a_programme_imported_again_replaces_its_own_records_only(tmp_path: Path) -> None:
    database.build([records("A", 10), records("B", 20)], tmp_path)
    version = database.build([records("B", 21)], tmp_path)
    assert programmes(version) == ["A", "B"]
    assert (members(version, "A"), members(version, "B")) == (10, 21)


def test_the_first_real_programme_takes_the_samples_out(tmp_path: Path) -> None:
    database.build([records("S", sample=True)], tmp_path)
    assert programmes(database.build([records("A")], tmp_path)) == ["A"]


def test_samples_stay_where_they_are_wanted(tmp_path: Path) -> None:
    database.build([records("S", sample=True)], tmp_path)
    kept = database.build([records("A")], tmp_path, keep_samples=True)
    assert programmes(kept) == ["A", "S"], "the default programme is the first real one"
    later = database.build([records("B")], tmp_path)
    assert programmes(later) == ["A", "B", "S"], "only the first real one takes them out"


@pytest.mark.parametrize("broken_at", ["facts", "comments"])
def test_a_failed_build_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken_at: str
) -> None:
    before = database.build([records("A", 10)], tmp_path)
    files = sorted(tmp_path.rglob("*.duckdb"))
    real = database.queries.model
    monkeypatch.setattr(
        database.queries,
        "model",
        lambda name: "SELECT nonsense" if name == broken_at else real(name),
    )
    with pytest.raises(duckdb.BinderException):
        database.build([records("A", 12)], tmp_path)
    assert pointed(tmp_path) == before
    assert sorted(tmp_path.rglob("*.duckdb")) == files


def test_a_killed_build_is_swept_away_by_the_next(tmp_path: Path) -> None:
    database.build([records("A")], tmp_path)
    left = tmp_path / "versions" / ".building-kub-20200101T000000000000Z-abc.duckdb"
    left.write_bytes(b"half")
    # What DuckDB could not hold in memory stands in a folder beside the file.
    spilled = left.with_name(f"{left.name}.tmp")
    spilled.mkdir()
    (spilled / "duckdb_temp_block-1.block").write_bytes(b"half")
    database.build([records("A", 11)], tmp_path)
    assert not left.exists() and not spilled.exists()


@pytest.mark.parametrize(
    "content", [b"", b"gone.duckdb\n", b"../../etc/passwd\n", b"\xff\xfe", b"x" * 5000, None]
)
def test_a_broken_pointer_falls_back_to_the_newest_version_and_says_so(
    tmp_path: Path, content: bytes | None
) -> None:
    database.build([records("A", 10)], tmp_path)
    newest = database.build([records("A", 12)], tmp_path)
    if content is None:
        (tmp_path / "current").unlink()
    else:
        (tmp_path / "current").write_bytes(content)
    assert database.current(tmp_path) == Version(newest.path, notice="version.fallback")


def test_a_broken_version_is_passed_over(tmp_path: Path) -> None:
    good = database.build([records("A", 10)], tmp_path)
    bad = tmp_path / "versions" / "kub-29990101T000000000000Z-abcdef123456.duckdb"
    bad.write_bytes(b"not a database")
    (tmp_path / "current").write_text(bad.name)
    assert database.current(tmp_path) == Version(good.path, notice="version.fallback")


def test_a_version_that_is_cut_short_is_passed_over(tmp_path: Path) -> None:
    good = database.build([records("A", 10)], tmp_path)
    whole = database.build([records("A", 12)], tmp_path).path.read_bytes()
    short = tmp_path / "versions" / "kub-29990101T000000000000Z-abcdef123456.duckdb"
    short.write_bytes(whole[: -len(whole) // 3])
    assert short not in {version.path for version in versions.versions(tmp_path)}
    assert good.path in {version.path for version in versions.versions(tmp_path)}


def test_a_file_that_failed_to_open_is_tried_again(tmp_path: Path) -> None:
    good = database.build([records("A")], tmp_path)
    late = tmp_path / "versions" / "kub-29990101T000000000000Z-abcdef123456.duckdb"
    late.write_bytes(b"still being copied")
    assert fault(late)
    late.write_bytes(good.path.read_bytes())
    assert fault(late) is None


def test_a_folder_that_cannot_be_written_has_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "versions").write_text("a file where the folder should be")
    with pytest.raises(versions.NotStored, match="versions") as failed:
        database.build([records("A")], tmp_path)
    assert failed.value.folder == tmp_path


FULL = """
import resource, sys
from pathlib import Path
from kub.store import database
from kub.store.versions import NotStored
from tests.support.versions import records
most = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    database.build([records("A", 12)], Path(sys.argv[1]))
except NotStored:
    print("not stored")
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="no limit of file size to stand for a full disk"
)
def test_a_full_disk_is_a_failure_and_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = database.build([records("A", 10)], tmp_path)
    files = sorted(tmp_path.rglob("*"))
    # Room for the log, but not for what closing writes: DuckDB is silent about that.
    room = str(before.path.stat().st_size // 2)
    done = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path, room],
        cwd=versions.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "not stored\n", done.stderr
    assert pointed(tmp_path) == before
    assert sorted(tmp_path.rglob("*")) == files
    assert members(before, "A") == 10


def test_samples_never_come_beside_what_was_imported_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*_: object) -> Checked:
        # another process, while this one reads the sample workbooks
        database.build([records("A")], tmp_path)
        return Checked([records("S", sample=True)], [])

    monkeypatch.setattr(database, "read", slowly)
    assert programmes(database.current(tmp_path)) == ["A"]


def test_damaged_sample_workbooks_are_no_empty_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(
        "batang.xlsx", None, None, None, None, "unreadable", "problem", {"reason": "torn"}
    )
    monkeypatch.setattr(database, "read", lambda *_: Checked([], [problem]))
    with pytest.raises(ValueError, match="torn"):
        database.current(tmp_path)
    assert not (tmp_path / "current").exists()


def test_a_version_of_a_newer_schema_is_passed_over(tmp_path: Path) -> None:
    good = database.build([records("A", 10)], tmp_path)
    newer = tmp_path / "versions" / "kub-29990101T000000000000Z-abcdef123456.duckdb"
    with duckdb.connect(newer) as con:
        con.execute("CREATE TABLE version AS SELECT 999 AS schema_number")
    assert [v.path for v in versions.versions(tmp_path)] == [good.path]


def test_without_any_version_one_is_built_from_the_samples(sample_folder: Path) -> None:
    version = database.current(sample_folder)
    facts = summary(version)
    assert facts["default_programme"] == "BPI-BATANG"
    assert all(programme["is_sample"] for programme in facts["programmes"])
    assert facts["rows"]["kub"] > 200
    assert {len(file["sha256"]) for file in facts["source_files"]} == {64}


def _same_answers(opened: Data, expected: Data) -> None:
    for question in database.queries.QUESTIONS:
        for role in database.queries.ROLES:
            filters = Filters("BPI-BATANG", districts=("33.25.13",), until=2020)
            asked, wanted = (
                data.seen_by(role).ask(question, filters) for data in (opened, expected)
            )
            pd.testing.assert_frame_equal(asked, wanted, obj=question)
    assert opened.dictionary().equals(expected.dictionary())


def test_a_large_version_is_read_in_place_with_the_same_answers(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = database.current(sample_folder)
    copied = Data.open(version)
    monkeypatch.setattr(opening, "COPY_BELOW_BYTES", 0)
    monkeypatch.setattr(opening, "PACK_FROM_FACTS", 0)
    _same_answers(Data.open(version), copied)


@pytest.mark.parametrize("at_once", thinned([100_000, 10], 2))
def test_a_country_is_packed_at_its_import_with_the_same_answers(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(opening, "PACKED_AT_ONCE", at_once)
    expected = Data.open(database.current(sample_folder))
    monkeypatch.setattr(opening, "PACK_FROM_FACTS", 0)
    first = database.current(tmp_path)
    packed = Data.open(first)
    assert not opening.is_copied(packed.con)
    assert "packed" in _storage(packed, "shown_fact")
    _same_answers(packed, expected)
    # Beside a newer version its own marks no longer hold.
    database.build([records("lain")], tmp_path, keep_samples=True)
    older = Data.open(first)
    assert "packed" not in _storage(older, "shown_fact")
    _same_answers(older, expected)


def _storage(data: Data, name: str) -> str:
    """Where what a reader sees under a name is read from."""
    rows = data.con.execute(
        "SELECT sql FROM duckdb_views() WHERE schema_name = 'reader' AND view_name = $name",
        {"name": name},
    ).fetchall()
    return " ".join(sql for (sql,) in rows)


@pytest.mark.parametrize("copied", [True, False])
def test_a_version_of_the_schema_before_is_read_as_ever(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copied: bool
) -> None:
    """Schema 1 had no facts of the days of published figures, 2 none of money, 3 no rows."""
    version = database.current(sample_folder)
    older = Version(tmp_path / version.path.name)
    older.path.write_bytes(version.path.read_bytes())
    with duckdb.connect(older.path) as con:
        without_rows(con)
        con.execute("DROP TABLE day_fact; DROP TABLE kub_money; DROP SCHEMA money CASCADE")
        con.execute("UPDATE version SET schema_number = 1")
    expected = Data.open(version)
    if not copied:
        monkeypatch.setattr(opening, "COPY_BELOW_BYTES", 0)
    found = Data.open(older)
    for question in database.queries.QUESTIONS:
        asked, wanted = (data.ask(question, Filters("BPI-BATANG")) for data in (found, expected))
        # Sums of fractions differ in their last bit by the order of rows.
        pd.testing.assert_frame_equal(asked, wanted, obj=question)
    assert found.ask("reconcile", Filters("BPI-BATANG"))["recorded"].notna().any()
    assert set(found.dictionary()["table"]) == set(expected.dictionary()["table"])


def test_every_table_and_column_is_explained_in_two_languages(sample_folder: Path) -> None:
    rows = Data.open(database.current(sample_folder)).dictionary()
    assert set(rows["table"]) >= {*opening.RECORD_TABLES, *opening.FACT_TABLES}
    assert rows["table_comment"].str.count(r" \| ").eq(1).all()
    records_only = rows[
        rows["table"].isin(opening.RECORD_TABLES) & (rows["column"] != "programme_id")
    ]
    assert records_only["comment"].str.count(r" \| ").eq(1).all()


def test_questions_cannot_reach_the_disk(sample_folder: Path) -> None:
    con = Data.open(database.current(sample_folder)).con
    with pytest.raises(duckdb.PermissionException):
        con.execute("SELECT * FROM read_text('/etc/hostname')")


def test_the_label_names_day_and_fingerprint() -> None:
    path = Path("versions/kub-20261124T101112000000Z-a1b2c3d4e5f6.duckdb")
    assert Version(path).label == "2026-11-24 a1b2c3"
