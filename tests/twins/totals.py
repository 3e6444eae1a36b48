"""Twins of the questions about a whole scope: headline, growth,
sectors, sector_years, activities.
"""

from typing import Any

from queries.filters import SECTORS, Filters
from tests.twins.rows import Records
from tests.twins.sets import (
    active,
    closed,
    covered,
    denominator,
    diversity,
    founded,
    in_scope,
    of_sector,
    ratio,
    sums,
)
from tests.twins.times import listed, moment

Row = dict[str, Any]


def headline(records: Records, filters: Filters) -> list[Row]:
    at = moment(records, filters)
    kubs = in_scope(records, filters)
    villages = denominator(records, filters)
    total = sums(records, kubs, at.as_of)
    now = active(kubs, at.as_of)
    return [
        {
            "programme": records.programme_id,
            "as_of": at.as_of,
            "provisional": at.provisional,
            "kub": total.kub,
            "members": total.members,
            "members_per_kub": ratio(total.members, total.kub),
            "women_share": total.women_share,
            "women_known_share": total.women_known_share,
            "villages": len(villages),
            "villages_covered": covered(villages, kubs, at.as_of),
            "coverage": ratio(covered(villages, kubs, at.as_of), len(villages)),
            "sectors": len({k.sector for k in now}),
            "reported": total.reported,
            "diversity": diversity(now),
            "founded": founded(kubs, at),
            "closed": closed(kubs, at),
            "unreported": total.unreported,
        }
    ]


def growth(records: Records, filters: Filters) -> list[Row]:
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for at in listed(records, filters):
        total = sums(records, kubs, at.as_of)
        rows.append(
            {
                "year": at.year,
                "as_of": at.as_of,
                "provisional": at.provisional,
                "founded": founded(kubs, at),
                "closed": closed(kubs, at),
                "active": total.kub,
                "members": total.members,
                "women_share": total.women_share,
                "reported": total.reported,
                "unreported": total.unreported,
            }
        )
    return rows


def sectors(records: Records, filters: Filters) -> list[Row]:
    on = moment(records, filters).as_of
    kubs = in_scope(records, filters)
    total = sums(records, kubs, on)
    programme = active(list(records.kubs), on)
    rows: list[Row] = []
    for sector in SECTORS:
        part = sums(records, of_sector(kubs, sector), on)
        share = ratio(part.kub, total.kub)
        programme_share = ratio(len(of_sector(programme, sector)), len(programme))
        rows.append(
            {
                "sector": sector,
                "kub": part.kub,
                "members": part.members,
                "share": share,
                "members_share": ratio(part.members, total.members),
                "programme_share": programme_share,
                "lq": None if share is None or not programme_share else share / programme_share,
            }
        )
    return rows


def sector_years(records: Records, filters: Filters) -> list[Row]:
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for at in listed(records, filters):
        for sector in SECTORS:
            part = sums(records, of_sector(kubs, sector), at.as_of)
            rows.append(
                {"year": at.year, "sector": sector, "kub": part.kub, "members": part.members}
            )
    return rows


def activities(records: Records, filters: Filters) -> list[Row]:
    """Most KUB first, then sectors as listed; a KUB that names no
    activity stands last in its sector.
    """
    on = moment(records, filters).as_of
    now = active(in_scope(records, filters), on)
    rows: list[Row] = []
    keys = {(SECTORS.index(k.sector), k.activity is None, k.activity or "") for k in now}
    for position, nameless, activity in sorted(keys):
        sector = SECTORS[position]
        name = None if nameless else activity
        part = sums(records, [k for k in now if k.sector == sector and k.activity == name], on)
        rows.append({"sector": sector, "activity": name, "kub": part.kub, "members": part.members})
    # sorted() is stable: within the same number of KUB the order of the keys stays.
    return sorted(rows, key=lambda row: -row["kub"])
