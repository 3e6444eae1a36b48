"""Staged tables without problems → the tables of
queries/model/schema.sql, columns named and typed as there.
"""

from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

import queries
from kub import places

# What describes files and the version itself does not come from an office's sheets.
_NOT_RECORDS = ("source_file", "version")
SOURCE_ROW = "source_row"


@cache
def schemas(model: str = "schema") -> dict[str, pa.Schema]:
    """Arrow columns of each table of records in `model/schema.sql` (or another file of tables),
    in its order; the sector as text.
    """
    # Asked of the schema itself, so that columns and types are written down once.
    with duckdb.connect() as con:
        con.execute(queries.model("types"))
        con.execute(queries.model(model))
        names = [
            name
            for (name,) in con.execute(
                "SELECT table_name FROM duckdb_tables() ORDER BY table_oid"
            ).fetchall()
        ]
        return {name: _arrow(con, name) for name in names if name not in _NOT_RECORDS}


def _arrow(con: duckdb.DuckDBPyConnection, name: str) -> pa.Schema:
    schema = con.table(name).limit(0).to_arrow_table().schema
    # DuckDB hands an ENUM over as a dictionary, which later tables could not be appended to.
    return pa.schema(
        [
            (field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )


def tables(staged: dict[str, pa.Table], village: pa.Table) -> dict[str, pa.Table]:
    """The tables of a programme.

    village: as kub/records/villages.py builds it, without programme_id.
    """
    programme = staged["programme"].to_pylist()[0]
    whole = staged | {
        "programme": _programme(programme),
        "population": _population(programme),
        "village": village,
        "kub": _kub(staged["kub"]),
    }
    return {
        name: _fitted(whole[name], schema, programme["programme_id"])
        for name, schema in schemas().items()
    }


def _fitted(table: pa.Table, schema: pa.Schema, programme_id: str) -> pa.Table:
    made = {
        "programme_id": pa.repeat(pa.scalar(programme_id, pa.string()), table.num_rows),
        SOURCE_ROW: table["_row"] if "_row" in table.column_names else None,
    }
    columns = [made[name] if name in made else table[name] for name in schema.names]
    return pa.table(columns, names=schema.names).cast(schema)


def _programme(row: dict[str, Any]) -> pa.Table:
    extra = {
        "regency": places.regency_name(row["regency_code"]),
        "is_sample": bool(row["is_sample"]),
        "position": 0,
    }
    return pa.Table.from_pylist([row | extra], schemas()["programme"])


def _population(row: dict[str, Any]) -> pa.Table:
    """What the workbook says of the regency's residents, and what the reference file says."""
    reference = places.population_of(row["regency_code"])
    rows = [(year, count, False, source) for year, count, source in reference]
    # First: of two figures for the same year the workbook's counts (docs/definitions.md).
    if row["population"] is not None:
        rows.insert(0, (row["population_year"], row["population"], True, row["source"]))
    names = ("year", "population", "from_workbook", "source")
    return pa.Table.from_pylist(
        [dict(zip(names, values, strict=True)) for values in rows], schemas()["population"]
    )


def _kub(kub: pa.Table) -> pa.Table:
    """Founded "2017" is kept as 31 December, unless the KUB closed
    before: then it is the day it closed.
    """
    # Founded after its closing it would never be active, and fail the rules of the schema.
    position = kub.schema.get_field_index("founded_on")
    return kub.set_column(
        position, "founded_on", pc.min_element_wise(kub["founded_on"], kub["closed_on"])
    )
