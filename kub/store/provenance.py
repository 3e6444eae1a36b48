"""Where records came from: the sheet of each table, and the row of each record (docs/records.md).

A table of a programme is read from exactly one sheet, so a row needs no more than its number; the
sheet is kept once (source_sheet). Refused: the file and sheet beside every row, which at a million
reports would be as large as the reports.
"""

from datetime import datetime

import duckdb
import pandas as pd

from kub.records import Programme

# The schema number with which rows are kept; a version of before opens with none.
ROWS_SINCE = 4
SHEETS = "source_sheet"
# What no sheet has a row of each for.
ROWLESS = frozenset({"programme", "population", "source_file", "version"})


def insert(
    con: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime, importer: str
) -> None:
    """Put in the files of a programme and the sheets that it was read from; a card has none."""
    code, stamp = programme.programme_id, moment.replace(tzinfo=None)
    con.executemany(
        "INSERT INTO source_file VALUES (?, ?, ?, ?, ?)",
        [[code, file, digest, stamp, importer] for file, digest in programme.files],
    )
    if programme.sheets:
        con.executemany(
            "INSERT INTO source_sheet VALUES (?, ?, ?, ?)",
            [[code, *sheet] for sheet in programme.sheets],
        )


def has_rows(con: duckdb.DuckDBPyConnection, attached: str) -> bool:
    """Whether an attached version knows rows and sheets."""
    [(number,)] = con.table(f"{attached}.version").select("schema_number").fetchall()
    return int(number) >= ROWS_SINCE


def records(
    con: duckdb.DuckDBPyConnection, attached: str, table: str, rowed: bool
) -> duckdb.DuckDBPyRelation:
    """A table of an attached version as this schema has it. rowed: as `has_rows` says."""
    stored = con.table(f"{attached}.{table}")
    if rowed or table in ROWLESS:
        return stored
    return stored.project("*, NULL::INTEGER AS source_row")


def keep(con: duckdb.DuckDBPyConnection) -> None:
    """Copy from the attached version `previous` the sheets of the programmes in `kept`."""
    if has_rows(con, "previous"):
        con.table(f"previous.{SHEETS}").filter("programme_id IN (FROM kept)").insert_into(SHEETS)


def files(con: duckdb.DuckDBPyConnection, programme_id: str) -> pd.DataFrame:
    """The files of a programme: file, sha256, imported_at (UTC)."""
    rows = con.cursor().table("source_file").filter(_of(programme_id))
    frame: pd.DataFrame = rows.select("file, sha256, imported_at").order("file").df()
    return frame


def knows_rows(con: duckdb.DuckDBPyConnection, programme_id: str) -> bool:
    """Whether the rows of a programme are known: not where it was imported before schema 4."""
    rows = con.cursor().table(SHEETS).filter(_of(programme_id)).limit(1).fetchall()
    return bool(rows)


def _of(programme_id: str) -> duckdb.Expression:
    return duckdb.ColumnExpression("programme_id") == duckdb.ConstantExpression(programme_id)
