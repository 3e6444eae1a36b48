"""Twin of the question about places themselves."""

from typing import Any

from queries.filters import Filters
from tests.twins.rows import Records
from tests.twins.sets import inside


def village_profile(records: Records, filters: Filters) -> list[dict[str, Any]]:
    chosen = sorted((v for v in records.villages if inside(v, filters)), key=lambda v: v.code)
    return [
        {
            "village_code": v.code,
            "village": v.name,
            "district_code": v.district_code,
            "district": v.district,
            "is_target": v.is_target,
            "population": v.population,
            "population_year": v.population_year,
            "idm": v.idm,
            "idm_class": v.idm_class,
            "lat": v.lat,
            "lon": v.lon,
        }
        for v in chosen
    ]
