"""What differs between two versions: rows added, changed and removed, by sheet of the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

import queries
from kub.records.sheets import BY_TABLE

# Where a row came from says nothing of what it records: rows that moved down have not changed. What
# a reference file fills in differs with the program, not with the records.
_ASIDE = frozenset({"source_row", "position", "idm", "idm_class", "regency"})
SHOWN = 50  # rows of a sheet that are named, of each kind


@dataclass(frozen=True)
class SheetChanges:
    """Counts of the rows of one sheet. table: as in kub/records/sheets.py.

    examples: (kind: added, changed or removed; the row's key as text), at most SHOWN of a kind, in
    the order of keys. before, after: rows in all.
    """

    table: str
    before: int
    after: int
    added: int
    changed: int
    removed: int
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """The name of the sheet in a workbook."""
        return BY_TABLE[self.table].heading


@dataclass(frozen=True)
class Changes:
    """sheets: those that hold rows in either version, in the order of the format."""

    sheets: tuple[SheetChanges, ...]

    @property
    def any(self) -> bool:
        """Whether a single row differs."""
        return any(sheet.added or sheet.changed or sheet.removed for sheet in self.sheets)


def between(before: Path | None, after: Path, programme_ids: Sequence[str]) -> Changes:
    """Compare the records of programmes in two version files, row by row.

    A row is the same one where its key is (a sheet without a key: where all of it is). before:
    None where there was no version. Raises duckdb.Error where a file cannot be read.
    """
    with duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1}) as con:
        con.execute(queries.model("types"))
        con.execute("ATTACH $path AS after (READ_ONLY)", {"path": str(after)})
        if before:
            con.execute("ATTACH $path AS before (READ_ONLY)", {"path": str(before)})
        con.execute("SET enable_external_access = false; SET lock_configuration = true")
        con.execute(
            "CREATE TEMP TABLE asked AS SELECT unnest($ids) AS programme_id",
            {"ids": list(programme_ids)},
        )
        compared = (_of_sheet(con, table, before is None) for table in BY_TABLE)
        return Changes(tuple(sheet for sheet in compared if sheet.before or sheet.after))


def _of_sheet(con: duckdb.DuckDBPyConnection, table: str, is_first: bool) -> SheetChanges:
    will = _rows(con, "after", table)
    was = will.filter("false") if is_first else _rows(con, "before", table)
    # What only newer versions have has not changed.
    names = [name for name in will.columns if name in was.columns and name not in _ASIDE]
    # A sheet without a key may hold the same row twice.
    key = [name for name in ("programme_id", *BY_TABLE[table].key) if name in names]
    if not BY_TABLE[table].key:
        key = names
    for view, rows in (("was", was), ("will", will)):
        row = rows.select(_row(key).alias("key"), _row(names).alias("content"), _text(key))
        row.create_view(view)
    counts = con.execute(queries.model("changes"), {"most": SHOWN}).fetchall()
    number = {kind: count for kind, count, _ in counts}
    examples = tuple((kind, text) for kind, _, keys in counts for text in keys or ())
    return SheetChanges(
        table,
        number["before"],
        number["after"],
        number["added"],
        number["changed"],
        number["removed"],
        examples,
    )


def _rows(con: duckdb.DuckDBPyConnection, version: str, table: str) -> duckdb.DuckDBPyRelation:
    """The rows of the programmes that are compared, as the sheet has them."""
    rows = con.table(f"{version}.{table}").filter("programme_id IN (FROM asked)")
    if table == "village" and "source_row" in rows.columns:
        # The villages that the sheet lists; the others come from the official list. A version of
        # before schema 4 does not know: there all count.
        return rows.filter("source_row IS NOT NULL")
    if table == "programme":
        # The sheet has the residents too, which are a table of their own.
        stated = con.table(f"{version}.population").filter("from_workbook")
        residents = stated.aggregate(
            "programme_id, list([year, population] ORDER BY year, population) AS residents"
        )
        return rows.join(residents, "programme_id", "left")
    return rows


def _row(names: Sequence[str]) -> duckdb.Expression:
    return duckdb.FunctionExpression("row", *map(duckdb.ColumnExpression, names))


def _text(names: Sequence[str]) -> duckdb.Expression:
    """A key as people read it: 'KUB-001 · 2023-06-30', without the programme."""
    shown = [duckdb.ColumnExpression(name) for name in names if name != "programme_id"]
    if not shown:
        shown = [duckdb.ColumnExpression("programme_id")]
    joined = duckdb.FunctionExpression("concat_ws", duckdb.ConstantExpression(" · "), *shown)
    return joined.alias("shown")
