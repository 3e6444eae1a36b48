"""What is counted as added, changed and removed between two versions."""

from datetime import date
from pathlib import Path

import pytest

from kub.records import read
from kub.store import changes, database
from kub.store.changes import SheetChanges
from kub.store.versions import Version
from tests.support.workbooks import good, kub, report, xlsx

CODE = good()["Program"][0]["kode_program"]


def version(tmp_path: Path, name: str, sheets: dict) -> Version:
    checked = read([xlsx(tmp_path / f"{name}.xlsx", sheets)], date(2026, 11, 24))
    assert checked.ok, checked.problems
    return database.build(checked.programmes, tmp_path / name)


def of(table: str, before: Version | None, after: Version) -> SheetChanges:
    found = changes.between(before.path if before else None, after.path, [CODE])
    [sheet] = [sheet for sheet in found.sheets if sheet.table == table]
    return sheet


@pytest.fixture
def first(tmp_path: Path) -> Version:
    return version(tmp_path, "first", good())


def test_everything_of_a_first_import_is_added(first: Version) -> None:
    for sheet in changes.between(None, first.path, [CODE]).sheets:
        assert (sheet.before, sheet.added, sheet.changed, sheet.removed) == (0, sheet.after, 0, 0)
    assert of("kub", None, first).added == len(good()["KUB"])
    # 248 villages of the official list are no rows of the sheet.
    assert of("village", None, first).added == len(good()["Desa"])


def test_the_same_rows_in_another_order_are_no_change(tmp_path: Path, first: Version) -> None:
    sheets = good()
    sheets["Laporan"].reverse()
    sheets["KUB"].reverse()
    after = version(tmp_path, "second", sheets)
    assert not changes.between(first.path, after.path, [CODE]).any


def test_rows_are_told_by_their_keys(tmp_path: Path, first: Version) -> None:
    sheets = good()
    gone, other, *rest = sheets["KUB"]
    sheets["KUB"] = [
        {**other, "nama_kub": "Nama baru"},
        *rest,
        kub("KUB-900", tanggal_berdiri=date(2019, 1, 1)),
    ]
    lost = [row for row in sheets["Laporan"] if row["kode_kub"] == gone["kode_kub"]]
    sheets["Laporan"] = [row for row in sheets["Laporan"] if row not in lost]
    sheets["Laporan"].append(report("KUB-900", date(2020, 12, 31)))
    after = version(tmp_path, "second", sheets)
    kubs = of("kub", first, after)
    assert (kubs.added, kubs.changed, kubs.removed) == (1, 1, 1)
    assert dict(kubs.examples) == {
        "added": "KUB-900",
        "changed": other["kode_kub"],
        "removed": gone["kode_kub"],
    }
    reports = of("kub_report", first, after)
    assert (reports.added, reports.changed, reports.removed) == (1, 0, len(lost))
    assert ("added", "KUB-900 · 2020-12-31") in reports.examples


def test_a_row_without_a_key_may_stand_twice(tmp_path: Path, first: Version) -> None:
    sheets = good()
    sheets["Kunjungan Sekolah"] += [sheets["Kunjungan Sekolah"][0]] * 2
    after = version(tmp_path, "second", sheets)
    visits = of("school_visit", first, after)
    assert (visits.added, visits.changed, visits.removed) == (2, 0, 0)
    back = of("school_visit", after, first)
    assert (back.added, back.changed, back.removed) == (0, 0, 2)


def test_residents_of_the_sheet_program_count(tmp_path: Path, first: Version) -> None:
    sheets = good()
    sheets["Program"][0]["penduduk"] = 123_456
    sheets["Program"][0]["tahun_penduduk"] = 2021
    after = version(tmp_path, "second", sheets)
    assert of("programme", first, after).changed == 1


def test_other_programmes_are_none_of_its_business(first: Version) -> None:
    assert changes.between(first.path, first.path, ["another"]).sheets == ()
