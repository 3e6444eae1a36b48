"""Twins of the questions about village libraries."""

from datetime import date
from typing import Any

from queries.filters import Filters
from tests.twins.compared import residents
from tests.twins.rows import Library, LibraryReport, Records
from tests.twins.sets import active, denominator, in_scope, inside, ratio
from tests.twins.supporting import as_of, beside, total, village_of
from tests.twins.times import listed, moment

Row = dict[str, Any]


def opened(records: Records, filters: Filters, on: date | None) -> list[Library]:
    """The libraries of the chosen places that are open at a date."""
    here = [p for p in records.libraries if inside(village_of(records, p.village_code), filters)]
    return [p for p in here if on is not None and p.opened_on <= on]


def told_by(records: Records, library: Library, on: date) -> list[LibraryReport]:
    """Its reports until then, the oldest first."""
    found = [
        r
        for r in records.library_reports
        if r.library_id == library.library_id and r.reported_on <= on
    ]
    return sorted(found, key=lambda r: r.reported_on)


def collection(records: Records, library: Library, on: date) -> int | None:
    """The newest collection that is stated."""
    books = None
    for report in told_by(records, library, on):
        books = books if report.books is None else report.books
    return books


def visits(records: Records, library: Library, on: date) -> int | None:
    """Those of the year until then."""
    seen: int | None = total(
        [r.visits for r in told_by(records, library, on) if r.reported_on.year == on.year]
    )
    return seen


def per_1k(count: int | None, population: int | None) -> float | None:
    return None if count is None or not population else count / population * 1000


def libraries(records: Records, filters: Filters) -> list[Row]:
    on = as_of(records, filters)
    rows: list[Row] = []
    for library in opened(records, filters, on):
        assert on is not None
        village, told = village_of(records, library.village_code), told_by(records, library, on)
        seen = visits(records, library, on)
        rows.append(
            {
                "library_id": library.library_id,
                "name": library.library_id,
                "village_code": village.code,
                "village": village.name,
                "district": village.district,
                "opened_on": library.opened_on,
                "reported_on": told[-1].reported_on if told else None,
                "books": collection(records, library, on),
                "visits": seen,
                "population": village.population,
                "population_year": village.population_year,
                "visits_per_1k": per_1k(seen, village.population),
                "kub": beside(records, filters, village.code)[0],
            }
        )
    return sorted(rows, key=lambda r: (r["opened_on"], r["library_id"]))


def library_years(records: Records, filters: Filters) -> list[Row]:
    everywhere = not filters.districts and not filters.villages
    rows: list[Row] = []
    for at in listed(records, filters):
        assert at.as_of is not None
        here = opened(records, filters, at.as_of)
        seen = total([visits(records, library, at.as_of) for library in here])
        population, stated = residents(records, at.year) if everywhere else (None, None)
        rows.append(
            {
                "year": at.year,
                "as_of": at.as_of,
                "provisional": at.provisional,
                "opened": len([p for p in here if p.opened_on.year == at.year]),
                "libraries": len(here),
                "books": total([collection(records, library, at.as_of) for library in here]),
                "visits": seen,
                "visits_per_library": None if seen is None else ratio(seen, len(here)),
                "visits_per_1k": per_1k(seen, population),
                "population": population,
                "population_year": stated,
            }
        )
    return rows


def library_villages(records: Records, filters: Filters) -> list[Row]:
    here = opened(records, filters, as_of(records, filters))
    now = active(in_scope(records, filters), moment(records, filters).as_of)
    rows: list[Row] = []
    for village in denominator(records, filters):
        libraries_here = len([p for p in here if p.village_code == village.code])
        kub = len([k for k in now if k.village_code == village.code])
        words = {
            (True, True): "both",
            (True, False): "library",
            (False, True): "kub",
            (False, False): "neither",
        }
        rows.append(
            {
                "village_code": village.code,
                "village": village.name,
                "district_code": village.district_code,
                "district": village.district,
                "libraries": libraries_here,
                "kub": kub,
                "has": words[libraries_here > 0, kub > 0],
                "is_target": village.is_target,
            }
        )
    return rows
