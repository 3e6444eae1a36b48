"""The slow twins: every question again, in loops over plain rows, from the contract alone.

No SQL and no group-by: a mistake in the questions would have to be made twice, in two ways, to
stay hidden. Dates are datetime.date, missing is None, shares are 0-1.
"""

from collections.abc import Callable, Iterable
from typing import Any

from queries.filters import Filters
from tests.plain import compared, lives, places, profiles, totals
from tests.plain.rows import Records

Row = dict[str, Any]

TWINS: dict[str, Callable[[Records, Filters], list[Row]]] = {
    "headline": totals.headline,
    "growth": totals.growth,
    "survival": lives.survival,
    "sectors": totals.sectors,
    "sector_years": totals.sector_years,
    "coverage": places.coverage,
    "villages": places.villages,
    "village_sectors": places.village_sectors,
    "gaps": places.gaps,
    "reconcile": lives.reconcile,
    "coverage_years": places.coverage_years,
    "district_growth": places.district_growth,
    "activities": totals.activities,
    "village_kub": lives.village_kub,
    "village_profile": profiles.village_profile,
    "specialisation": places.specialisation,
}

# These get every programme, in the order in which they were loaded.
COMPARED: dict[str, Callable[[tuple[Records, ...], Filters], list[Row]]] = {
    "benchmark": compared.benchmark,
    "rates": compared.rates,
    "programme_years": compared.programme_years,
    "programme_sectors": compared.programme_sectors,
}


def answer(question: str, programmes: Iterable[Records], filters: Filters) -> list[Row]:
    """The rows of a question: for filters.programme, which is one of the programmes, or beside one another."""
    if question in COMPARED:
        return COMPARED[question](tuple(programmes), filters)
    [records] = [p for p in programmes if p.programme_id == filters.programme]
    return TWINS[question](records, filters)
