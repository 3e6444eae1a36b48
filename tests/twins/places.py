"""Twins of the questions about villages and districts."""

from typing import Any

from queries.filters import SECTORS, Filters
from tests.twins.rows import Kub, Records
from tests.twins.sets import (
    active,
    closed,
    covered,
    denominator,
    diversity,
    founded,
    in_district,
    in_scope,
    in_village,
    of_sector,
    ratio,
    sums,
)
from tests.twins.times import listed, moment

Row = dict[str, Any]


def coverage(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    villages = denominator(records, filters)
    rows: list[Row] = []
    for code, name in sorted({(v.district_code, v.district) for v in villages}):
        here = [v for v in villages if v.district_code == code]
        rows.append(
            {
                "district_code": code,
                "district": name,
                "villages": len(here),
                "covered": covered(here, kubs, on),
                "share": covered(here, kubs, on) / len(here),
                "kub": len(active(in_district(records, kubs, code), on)),
            }
        )
    return rows


def coverage_years(records: Records, filters: Filters) -> list[Row]:
    kubs = in_scope(records, filters)
    villages = denominator(records, filters)
    rows: list[Row] = []
    for at in listed(records, filters):
        count = covered(villages, kubs, at.as_of)
        rows.append(
            {
                "year": at.year,
                "as_of": at.as_of,
                "provisional": at.provisional,
                "villages": len(villages),
                "covered": count,
                "share": ratio(count, len(villages)),
            }
        )
    return rows


def district_growth(records: Records, filters: Filters) -> list[Row]:
    """Every listed year of each district that saw a KUB of this scope in any of them, zeros too.

    A KUB that was founded and closed between two years' ends was seen: founded and closed add up to
    those of growth.
    """
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for code, name in sorted({(v.district_code, v.district) for v in records.villages}):
        here = in_district(records, kubs, code)
        found: list[Row] = []
        for at in listed(records, filters):
            total = sums(records, here, at.as_of)
            found.append(
                {
                    "year": at.year,
                    "district_code": code,
                    "district": name,
                    "kub": total.kub,
                    "members": total.members,
                    "founded": founded(here, at),
                    "closed": closed(here, at),
                }
            )
        if any(row["kub"] or row["founded"] or row["closed"] for row in found):
            rows += found
    return rows


def main_sector(now: list[Kub]) -> str | None:
    """The sector with most KUB; ties go to the one listed first."""
    best, most = None, 0
    for sector in SECTORS:
        count = len(of_sector(now, sector))
        if count > most:
            best, most = sector, count
    return best


def villages(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for village in denominator(records, filters):
        here = in_village(kubs, village)
        now = active(here, on)
        total = sums(records, here, on)
        per_10k = None if not village.population else total.kub / village.population * 10_000
        rows.append(
            {
                "village_code": village.code,
                "village": village.name,
                "district": village.district,
                "kub": total.kub,
                "members": total.members,
                "women_share": total.women_share,
                "main_sector": main_sector(now),
                "first_founded_on": min((k.founded_on for k in now), default=None),
                "last_founded_on": max((k.founded_on for k in now), default=None),
                "population": village.population,
                "kub_per_10k": per_10k,
                "population_year": village.population_year,
                "unreported": total.unreported,
                "is_target": village.is_target,
            }
        )
    return rows


def village_sectors(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for village in sorted(records.villages, key=lambda v: v.code):
        for sector in SECTORS:
            part = sums(records, of_sector(in_village(kubs, village), sector), on)
            if part.kub:
                rows.append(
                    {
                        "village_code": village.code,
                        "sector": sector,
                        "kub": part.kub,
                        "members": part.members,
                    }
                )
    return rows


def gaps(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    return [
        {
            "village_code": v.code,
            "village": v.name,
            "district": v.district,
            "district_code": v.district_code,
            "is_target": v.is_target,
        }
        for v in denominator(records, filters)
        if not active(in_village(kubs, v), on)
    ]


def specialisation(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    programme = active(
        [k for k in records.kubs if not filters.sectors or k.sector in filters.sectors], on
    )
    rows: list[Row] = []
    for village in sorted(records.villages, key=lambda v: v.code):
        now = active(in_village(kubs, village), on)
        if not now:
            continue
        best, share, quotient = None, None, 0.0
        for sector in sorted({k.sector for k in now}, key=SECTORS.index):
            here = len(of_sector(now, sector))
            there = len(of_sector(programme, sector))
            # One division of whole numbers: two equal quotients must come out equal.
            lq = (here * len(programme)) / (len(now) * there)
            if lq > quotient:
                best, share, quotient = sector, here / len(now), lq
        rows.append(
            {
                "village_code": village.code,
                "village": village.name,
                "district": village.district,
                "kub": len(now),
                "members": sums(records, now, on).members,
                "diversity": diversity(now),
                "sector": best,
                "share": share,
                "lq": quotient,
            }
        )
    return sorted(rows, key=lambda row: -row["kub"])
