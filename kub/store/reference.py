"""Loads the reference lists of the code beside a version: published figures, official names."""

import duckdb
import pyarrow as pa

import queries
from kub import places

# Table of queries/model/reference.sql -> its file in data/reference/. Codes are text: 33.20 is no
# number.
FILES = {
    "published_elsewhere": "published_elsewhere.csv",
    "regencies": "regencies.csv",
    "published_cooperative": "published_cooperatives.csv",
    "published_award": "published_awards.csv",
    "core_village": "core_villages.csv",
}


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Create and fill the tables of queries/model/reference.sql."""
    con.execute(queries.model("reference"))
    for table, file in FILES.items():
        rows, columns = places.reference(file), con.table(table).columns
        # An empty cell of a CSV is a missing value, no empty text.
        texts = {
            name: pa.array([row[name] or None for row in rows], pa.string()) for name in columns
        }
        con.from_arrow(pa.table(texts)).insert_into(table)
    codes, names, provinces = zip(*places.official(), strict=True)
    con.execute(
        "INSERT INTO official_regency SELECT unnest(?), unnest(?), unnest(?)",
        [codes, names, provinces],
    )
