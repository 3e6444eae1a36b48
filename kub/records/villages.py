"""The villages of one programme: the official list with what the sheet Desa adds, and where each KUB is."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from kub import places
from kub.places import Gazetteer, NoVillage, Village

_TABLE = pa.schema(
    {
        "village_code": pa.string(),
        "village": pa.string(),
        "district_code": pa.string(),
        "district": pa.string(),
        "is_target": pa.bool_(),
        "population": pa.int64(),
        "population_year": pa.int32(),
        "lat": pa.float64(),
        "lon": pa.float64(),
        "idm": pa.float64(),
        "idm_class": pa.string(),
    }
)


def listed(regency_code: str, desa: pa.Table) -> list[Village]:
    """The villages of the regency: the official ones, or for an invented regency those of the sheet Desa."""
    if not places.is_invented(regency_code):
        return places.villages_of(regency_code)
    found: dict[str, Village] = {}
    for row in desa.select(["village_code", "village", "district"]).to_pylist():
        code = row["village_code"]
        if code and code.startswith(f"{regency_code}."):
            district_code = code[:8]
            name, district = row["village"] or f"Desa {code}", row["district"] or f"Kecamatan {district_code}"
            found.setdefault(code, Village(code, name, district_code, district))
    return sorted(found.values(), key=lambda village: village.code)


def table(villages: list[Village], desa: pa.Table) -> pa.Table:
    """One row per village, without programme_id; columns typed as in queries/_schema.sql."""
    told = {row["village_code"]: row for row in reversed(desa.to_pylist())}
    return pa.Table.from_pylist([_row(village, told.get(village.code, {})) for village in villages], _TABLE)


def _row(village: Village, told: dict[str, Any]) -> dict[str, Any]:
    def either(name: str, official: float | None) -> float | None:
        return official if told.get(name) is None else told[name]

    return {
        "village_code": village.code,
        "village": village.village,
        "district_code": village.district_code,
        "district": village.district,
        "is_target": bool(told.get("is_target")),
        "population": told.get("population"),
        "population_year": told.get("population_year"),
        "lat": either("lat", village.lat),
        "lon": either("lon", village.lon),
        "idm": village.idm,
        "idm_class": village.idm_class,
    }


_NAMED = pa.schema(
    {
        "village_code": pa.string(),
        "village": pa.string(),
        "district": pa.string(),
        "found": pa.string(),
        "rule": pa.string(),
        "options": pa.list_(pa.string()),
    }
)


def locate(con: DuckDBPyConnection, gazetteer: Gazetteer) -> tuple[pa.Table, list[dict[str, Any]]]:
    """The staged KUB with village_code filled from the names where only those are written, and
    (_row, rule, options) of each name that is no village, or not the one of the code beside it.
    """
    names = con.execute("SELECT DISTINCT village_code, village, district FROM kub WHERE village IS NOT NULL").fetchall()
    con.register("named", pa.Table.from_pylist([_named(gazetteer, *name) for name in names], _NAMED))
    located = con.sql(
        """SELECT kub.* REPLACE (coalesce(kub.village_code, named.found) AS village_code), named.rule, named.options
        FROM kub LEFT JOIN named
          ON kub.village = named.village AND kub.village_code IS NOT DISTINCT FROM named.village_code
          AND kub.district IS NOT DISTINCT FROM named.district
        ORDER BY _row"""
    ).to_arrow_table()
    told = located.filter(pc.is_valid(located["rule"])).select(["_row", "rule", "options"]).to_pylist()
    return located.drop_columns(["rule", "options"]), told


def _named(gazetteer: Gazetteer, code: str | None, village: str, district: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {"village_code": code, "village": village, "district": district}
    if code is None:
        found = gazetteer.find(village, district)
        if isinstance(found, NoVillage):
            return row | {"rule": found.rule, "options": found.options}
        return row | {"found": found.code}
    if code in gazetteer.by_code and not gazetteer.same_name(code, village):
        return row | {"rule": "village_name_differs", "options": [gazetteer.by_code[code].village]}
    return row
