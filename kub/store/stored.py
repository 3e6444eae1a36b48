"""Takes over the records and facts that another engine has written as Parquet (kub/spark)."""

from collections.abc import Sequence

import duckdb

from kub.records import Programme

# Each in the order in which this engine's own SQL leaves it, so that questions read as little.
_ORDERS = {
    "kub": "source_row",
    "kub_report": "source_row",
    "programme_year": "year",
    "kub_year": "year, kub_id",
    "village_fact": "year, village_code, sector",
    "district_fact": "year, district_code, sector",
    "programme_fact": "year, sector",
    "day_fact": "date",
    "kub_money": "year, village_code, kub_id",
}


def insert(con: duckdb.DuckDBPyConnection, programmes: Sequence[Programme]) -> None:
    """Put the stored tables of the programmes beside those that are there. The facts are those of
    all other programmes by then: the records of these come only here.
    """
    for programme in programmes:
        if programme.stored:
            # Its published days were seen, its KUB were not.
            con.execute(
                "DELETE FROM day_fact WHERE programme_id = $programme",
                {"programme": programme.programme_id},
            )
        for table, rows in programme.stored.items():
            if rows.rows:
                written = con.read_parquet(f"{rows.folder}/*.parquet")
                columns = written.order(_ORDERS[table]).select(*con.table(table).columns)
                columns.insert_into(table)
