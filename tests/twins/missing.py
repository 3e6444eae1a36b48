"""Twin of the list of KUB that leave their revenue out."""

from typing import Any

from queries.filters import Filters
from tests.twins.money import lived, revenue
from tests.twins.rows import Kub, Records
from tests.twins.sets import in_scope
from tests.twins.times import moment, year_end, years

Row = dict[str, Any]


def stated_year(records: Records, kub: Kub, until: int) -> int | None:
    """The last year up to `until` in which it stated any."""
    stated = [
        year
        for year in years(records)
        if year <= until and revenue(records, kub, year_end(records, year)) is not None
    ]
    return max(stated, default=None)


def revenue_missing(records: Records, filters: Filters) -> list[Row]:
    """Of the KUB that lived in the year those without revenue; a year before all records has none."""
    at = moment(records, filters)
    places = {v.code: v for v in records.villages}
    rows: list[Row] = []
    if at.year not in years(records):
        return rows
    assert at.year is not None
    for kub in lived(in_scope(records, filters), at):
        if revenue(records, kub, at) is None:
            place = places[kub.village_code]
            rows.append(
                {
                    "kub_id": kub.kub_id,
                    "name": kub.name,
                    "village_code": kub.village_code,
                    "village": place.name,
                    "district": place.district,
                    "sector": kub.sector,
                    "stated_year": stated_year(records, kub, at.year),
                }
            )
    order = ("district", "village_code", "name", "kub_id")
    return sorted(rows, key=lambda row: tuple(row[name] for name in order))
