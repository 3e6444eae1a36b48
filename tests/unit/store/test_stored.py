"""Records and facts that another engine has written, in place of those that this one builds."""

from dataclasses import replace
from pathlib import Path

import duckdb

from kub.records import Programme, read
from kub.records.programme import Stored
from kub.store import database, replaced
from kub.store.stored import _ORDERS
from tests.support import parts, workbooks
from tests.support.versions import records
from tests.support.workbooks import TODAY


def checked(tmp_path: Path) -> Programme:
    [programme] = read([workbooks.csv_folder(tmp_path / "uji", workbooks.good())], TODAY).programmes
    return programme


def stored(programme: Programme, tmp_path: Path) -> Programme:
    """The same, its large tables and facts as another engine would leave them."""
    built = database.build([programme], tmp_path / "first")
    kept = {}
    with duckdb.connect(built.path, read_only=True) as con:
        for table in _ORDERS:
            folder = tmp_path / "written" / table
            folder.mkdir(parents=True)
            rows = con.table(table)
            rows.write_parquet(str(folder / "part-0.parquet"))
            kept[table] = Stored(folder, len(rows))
    empty = {table: programme.tables[table].slice(0, 0) for table in ("kub", "kub_report")}
    return replace(programme, tables=programme.tables | empty, stored=kept)


def test_a_version_of_stored_tables_is_the_version_of_the_records(tmp_path: Path) -> None:
    programme = checked(tmp_path)
    other = stored(programme, tmp_path)
    built = database.build([other], tmp_path / "second")
    assert parts.different_tables(database.build([programme], tmp_path / "third"), built) == []


def test_it_stands_beside_other_programmes_and_replaces_itself(tmp_path: Path) -> None:
    programme = checked(tmp_path)
    other = stored(programme, tmp_path)
    for folder, own in (("plain", programme), ("stored", other)):
        database.build([records("A", 10)], tmp_path / folder)
        database.build([own], tmp_path / folder, keep_samples=True)
        database.build([own], tmp_path / folder, keep_samples=True)
    plain, again = (database.current(tmp_path / folder) for folder in ("plain", "stored"))
    assert parts.different_tables(plain, again) == []


def test_its_rows_are_counted_as_if_they_were_here(tmp_path: Path) -> None:
    programme = checked(tmp_path)
    assert replaced.coming(stored(programme, tmp_path)) == replaced.coming(programme)
