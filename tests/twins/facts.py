"""Twins of the ready facts: what each village, sector and year adds up to."""

from dataclasses import asdict
from typing import Any

from queries.filters import SECTORS
from tests.twins.rows import Kub, Records
from tests.twins.sets import active, closed, founded, in_village, of_sector, sums
from tests.twins.times import Moment, year_end, years

Row = dict[str, Any]


def _fact(records: Records, kubs: list[Kub], at: Moment) -> Row:
    """The additive sums of one cell; all zero where nothing happened."""
    return asdict(sums(records, kubs, at.as_of)) | {
        "founded": founded(kubs, at),
        "closed": closed(kubs, at),
    }


def village_fact(records: Records) -> list[Row]:
    """One row per year, village and sector in which a KUB was active, founded or closed."""
    rows: list[Row] = []
    for at in [year_end(records, year) for year in years(records)]:
        for village in records.villages:
            for sector in SECTORS:
                here = of_sector(in_village(list(records.kubs), village), sector)
                fact = _fact(records, here, at)
                if not any(fact.values()):
                    continue
                dates = [k.founded_on for k in active(here, at.as_of)]
                rows.append(
                    {
                        "programme_id": records.programme_id,
                        "year": at.year,
                        "district_code": village.district_code,
                        "village_code": village.code,
                        "sector": sector,
                        **fact,
                        "first_founded_on": min(dates, default=None),
                        "last_founded_on": max(dates, default=None),
                    }
                )
    return rows


def district_fact(records: Records) -> list[Row]:
    rows: list[Row] = []
    for at in [year_end(records, year) for year in years(records)]:
        for district in sorted({v.district_code for v in records.villages}):
            codes = [v.code for v in records.villages if v.district_code == district]
            for sector in SECTORS:
                fact = _fact(
                    records,
                    [k for k in of_sector(list(records.kubs), sector) if k.village_code in codes],
                    at,
                )
                if any(fact.values()):
                    key = {
                        "programme_id": records.programme_id,
                        "year": at.year,
                        "district_code": district,
                    }
                    rows.append(key | {"sector": sector} | fact)
    return rows


def programme_fact(records: Records) -> list[Row]:
    rows: list[Row] = []
    for at in [year_end(records, year) for year in years(records)]:
        for sector in SECTORS:
            fact = _fact(records, of_sector(list(records.kubs), sector), at)
            if any(fact.values()):
                rows.append(
                    {"programme_id": records.programme_id, "year": at.year, "sector": sector} | fact
                )
    return rows
