"""Folders of Parquet in parts, and versions compared table by table."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kub.store.versions import Version
from tests.support import workbooks

# What says when and by whom a version was made, and no more.
_OF_THE_IMPORT = {
    "main.source_file": "* EXCLUDE (imported_at)",
    "main.version": "schema_number, importer",
    "small.records": "* EXCLUDE (name)",
}


def folder(path: Path, sheets: workbooks.Sheets, parts: int = 3) -> Path:
    """Each sheet as a sub-folder of so many files, its rows in their order over all of them."""
    whole = workbooks.parquet_folder(path.parent / f"{path.name}-whole", sheets)
    return split(whole, path, parts)


def split(whole: Path, path: Path, parts: int = 3) -> Path:
    """A folder of single files as a folder of parts."""
    for file in sorted(whole.glob("*.parquet")):
        table = pq.read_table(file)
        size = max(1, -(-table.num_rows // parts))
        inside = path / file.stem
        inside.mkdir(parents=True, exist_ok=True)
        for number, start in enumerate(range(0, table.num_rows, size)):
            write(inside / f"part-{number:05d}.parquet", table.slice(start, size))
        # As Spark and Hadoop leave it beside the parts.
        (inside / "_SUCCESS").touch()
    return path


def write(file: Path, table: pa.Table) -> None:
    pq.write_table(table, file)


def different_tables(one: Version, other: Version) -> list[str]:
    """The names of the tables whose columns, or rows and how often each stands there, differ."""
    with duckdb.connect() as con:
        for name, version in (("one", one), ("other", other)):
            con.execute(f"ATTACH '{version.path}' AS {name} (READ_ONLY)")
        listed = """SELECT schema_name || '.' || table_name AS name,
          list(column_name || ' ' || data_type ORDER BY column_index) AS columns
        FROM duckdb_columns() WHERE database_name = $name GROUP BY ALL"""
        first, second = (
            dict(con.execute(listed, {"name": name}).fetchall()) for name in ("one", "other")
        )
        shared = sorted(name for name in first if first[name] == second.get(name))
        different = sorted((first.keys() | second.keys()) - set(shared))
        for name in shared:
            columns = _OF_THE_IMPORT.get(name, "*")
            rows = [f"SELECT {columns} FROM {side}.{name}" for side in ("one", "other")]  # noqa: S608
            # Both ways: EXCEPT ALL counts how often a row stands there.
            for left, right in (rows, rows[::-1]):
                if con.execute(f"{left} EXCEPT ALL {right} LIMIT 1").fetchall():
                    different.append(name)
                    break
    return different
