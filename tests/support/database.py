"""Plain rows put into a database the way an import puts them, for asking the real questions."""

from functools import cache

import duckdb
import pyarrow as pa

from kub.records import Programme
from kub.store.database import build_connection
from kub.store.opening import RECORD_TABLES
from tests.twins.rows import Records


@cache
def _schemas() -> dict[str, pa.Schema]:
    """The Arrow type of each table; sectors travel as text, as the reader hands them over."""
    con = build_connection([])
    found = {table: con.table(table).to_arrow_table().schema for table in RECORD_TABLES}
    kub = found["kub"]
    found["kub"] = kub.set(kub.get_field_index("sector"), pa.field("sector", pa.string()))
    return found


def programme(records: Records) -> Programme:
    """What kub.records.read would give for a workbook with these rows."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in RECORD_TABLES}
    rows["programme"] = [
        {
            "name": records.programme_id,
            "regency_code": records.regency_code,
            "regency": records.regency,
            "operator": "Pelaksana",
            "is_sample": records.is_sample,
            "position": 0,
        }
    ]
    rows["village"] = [
        {
            "village_code": v.code,
            "village": v.name,
            "district_code": v.district_code,
            "district": v.district,
            "is_target": v.is_target,
            "population": v.population,
            "population_year": v.population_year,
            "lat": v.lat,
            "lon": v.lon,
            "idm": v.idm,
            "idm_class": v.idm_class,
        }
        for v in records.villages
    ]
    rows["population"] = [
        {"year": year, "population": population, "from_workbook": from_workbook}
        for year, population, from_workbook in records.population
    ]
    rows["kub"] = [vars(k) for k in records.kubs]
    rows["kub_report"] = [vars(r) for r in records.reports]
    rows["library"] = [
        vars(library) | {"name": library.library_id} for library in records.libraries
    ]
    rows["library_report"] = [vars(r) for r in records.library_reports]
    rows["lkm"] = [vars(unit) for unit in records.lkm]
    rows["lkm_report"] = [vars(r) for r in records.lkm_reports]
    rows["school_visit"] = [vars(visit) for visit in records.school_visits]
    rows["award"] = [vars(award) for award in records.awards]
    rows["study_visit"] = [vars(visit) for visit in records.study_visits]
    rows["target"] = [vars(target) for target in records.targets]
    rows["published_figure"] = [
        {"date": p.on, "indicator": p.indicator, "value": p.value, "source": p.source}
        for p in records.published
    ]
    tables = {
        table: pa.Table.from_pylist(
            [{"programme_id": records.programme_id} | row for row in rows[table]], schema
        )
        for table, schema in _schemas().items()
    }
    return Programme(records.programme_id, tables, [(f"{records.programme_id}.xlsx", "0" * 64)])


def connection(programmes: tuple[Records, ...]) -> duckdb.DuckDBPyConnection:
    """A database in memory that holds these programmes."""
    return build_connection([programme(records) for records in programmes])
