"""The slow twins: every question again, in loops over plain rows, from docs/definitions.md alone.

No SQL and no group-by: a mistake in the questions would have to be made twice, in two ways, to
stay hidden. Dates are datetime.date, missing is None, shares are 0-1.
"""

from collections.abc import Callable, Iterable
from typing import Any

from queries.filters import Filters
from tests.twins import (
    compared,
    events,
    libraries,
    listed,
    lives,
    missing,
    money,
    pace,
    peers,
    pivoted,
    places,
    profiles,
    provinces,
    supporting,
    targets,
    totals,
)
from tests.twins.rows import Records

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
    "kubs": listed.kubs,
    "pivot": pivoted.pivot,
    "village_profile": profiles.village_profile,
    "specialisation": places.specialisation,
    "pace": pace.pace,
    "microfinance": supporting.microfinance,
    "microfinance_years": supporting.microfinance_years,
    "microfinance_reports": supporting.microfinance_reports,
    "libraries": libraries.libraries,
    "library_years": libraries.library_years,
    "library_villages": libraries.library_villages,
    "school_visits": events.school_visits,
    "schools": events.schools,
    "school_villages": events.school_villages,
    "awards": events.awards,
    "study_visits": events.study_visits,
    "study_regencies": events.study_regencies,
    "supporting": events.supporting,
    "targets": targets.targets,
    "revenue": money.revenue_years,
    "revenue_sectors": money.revenue_sectors,
    "revenue_villages": money.revenue_villages,
    "revenue_missing": missing.revenue_missing,
}

# These get every programme, in the order in which they were loaded.
COMPARED: dict[str, Callable[[tuple[Records, ...], Filters], list[Row]]] = {
    "benchmark": compared.benchmark,
    "rates": compared.rates,
    "programme_years": compared.programme_years,
    "programme_sectors": compared.programme_sectors,
    "peers": peers.peers,
}

# These too, and sum them.
SUMMED = {"provinces": provinces.provinces}


def answer(question: str, programmes: Iterable[Records], filters: Filters) -> list[Row]:
    """The rows of a question: for filters.programme, which is one of
    the programmes, or beside one another.
    """
    if question in SUMMED:
        return SUMMED[question](tuple(programmes), filters)
    if question in COMPARED:
        return COMPARED[question](tuple(programmes), filters)
    [records] = [p for p in programmes if p.programme_id == filters.programme]
    return TWINS[question](records, filters)
