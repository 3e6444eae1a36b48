"""Every record knows the sheet and the row that it came from, whatever became of its version."""

from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from kub.records import read
from kub.shipped import SAMPLES
from kub.store import database, opening
from kub.store.provenance import ROWLESS
from kub.store.versions import Version
from tests.support import versions
from tests.support.older import without_rows
from tests.support.workbooks import TODAY, csv_folder, good, xlsx

SHEETS = {
    "kub": ("KUB", "kode_kub", "kub_id"),
    "lkm": ("LKM", "kode_lkm", "lkm_id"),
    "library": ("Perpustakaan", "kode_perpustakaan", "library_id"),
    "award": ("Penghargaan", "penghargaan", "award"),
    "study_visit": ("Studi Banding", "instansi", "institution"),
    "target": ("Target", "indikator", "indicator"),
    "village": ("Desa", "kode_desa", "village_code"),
}


def rows_of(version: Version, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(version.path, read_only=True) as con:
        return con.table(table).fetchall()


def test_the_number_of_each_row_is_that_of_excel(sample_folder: Path) -> None:
    version = database.current(sample_folder)
    book = CalamineWorkbook.from_path(SAMPLES / "batang.xlsx")
    with duckdb.connect(version.path, read_only=True) as con:
        for table, (sheet, heading, column) in SHEETS.items():
            cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            top = next(at for at, row in enumerate(cells) if heading in row)
            at = cells[top].index(heading)
            stored = con.table(table).filter("programme_id = 'BPI-BATANG' AND source_row > 0")
            pairs = stored.select(f"source_row, {column}").fetchall()
            expected = [
                (number, str(row[at])) for number, row in enumerate(cells, 1) if number > top + 1
            ]
            assert [(row, str(value)) for row, value in sorted(pairs)] == expected, table
        sheets = con.table("source_sheet").filter("programme_id = 'BPI-BATANG'").fetchall()
    assert ("BPI-BATANG", "kub_report", "batang.xlsx", "Laporan") in sheets


def test_blank_rows_and_a_letterhead_move_nothing(tmp_path: Path) -> None:
    """A folder has a file for each sheet."""
    folder = csv_folder(tmp_path / "uji", good())
    text = (folder / "kub.csv").read_text("utf-8").splitlines()
    (folder / "kub.csv").write_text("\n".join(["Daftar KUB", "", *text[:2], "", text[2]]))
    checked = read([folder], TODAY)
    assert checked.ok, checked.problems
    version = database.build(checked.programmes, tmp_path / "data")
    assert {row[1]: row[-1] for row in rows_of(version, "kub")} == {"K1": 4, "K2": 6}
    files = {row[1]: row[2:] for row in rows_of(version, "source_sheet")}
    assert files["kub"] == ("uji/kub.csv", "kub")


@pytest.mark.parametrize("rowed", [True, False])
def test_programmes_carried_over_keep_theirs(tmp_path: Path, rowed: bool) -> None:
    path = xlsx(tmp_path / "uji.xlsx", good())
    version = database.build(read([path], TODAY).programmes, tmp_path / "data")
    if not rowed:
        with duckdb.connect(version.path) as con:
            without_rows(con)
        (version.path.parent / "SHA256SUMS").unlink()
    newer = database.build([versions.records("lain")], tmp_path / "data", keep_samples=True)
    with duckdb.connect(newer.path, read_only=True) as con:
        for table in set(opening.RECORD_TABLES) - ROWLESS - {"village"}:
            numbers = con.table(table).filter("programme_id = 'uji'").select("source_row")
            assert numbers.fetchall(), table
            assert all((row is not None) == rowed for (row,) in numbers.fetchall()), table
    assert bool(rows_of(newer, "source_sheet")) == rowed
