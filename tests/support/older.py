"""Version files as earlier code wrote them: what later schemas added is taken out again."""

import duckdb

from kub.store.opening import RECORD_TABLES
from kub.store.provenance import ROWLESS, SHEETS


def without_rows(con: duckdb.DuckDBPyConnection) -> None:
    """A version of before schema 4, which kept no rows of sheets."""
    con.execute(f"DROP TABLE {SHEETS}")
    for table in RECORD_TABLES:
        if table not in ROWLESS:
            con.execute(f"ALTER TABLE {table} DROP COLUMN source_row")
    con.execute("UPDATE version SET schema_number = 3")
