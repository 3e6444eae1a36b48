"""Twins of the questions about money: nominal rupiah, by year, sector and village."""

from datetime import date
from math import floor
from typing import Any

from queries.filters import SECTORS, Filters
from tests.twins.rows import Kub, Records
from tests.twins.sets import active, in_scope, in_village, newest_report, of_sector, ratio
from tests.twins.times import Moment, listed, moment, year_end, years

Row = dict[str, Any]


def lived(kubs: list[Kub], at: Moment) -> list[Kub]:
    """Founded by the as-of date, and not closed before 1 January of the year."""
    if at.year is None or at.as_of is None:
        return []
    first = date(at.year, 1, 1)
    return [
        k for k in kubs if k.founded_on <= at.as_of and not (k.closed_on and k.closed_on < first)
    ]


def revenue(records: Records, kub: Kub, at: Moment) -> int | None:
    """What the reports of the year state together; None where none states any. Zero is stated."""
    assert at.as_of is not None
    stated = [
        report.revenue_idr
        for report in records.reports
        if report.kub_id == kub.kub_id
        and report.reported_on.year == at.year
        and report.reported_on <= at.as_of
        and report.revenue_idr is not None
    ]
    return sum(floor(amount + 0.5) for amount in stated) if stated else None


def earnings(records: Records, kubs: list[Kub], at: Moment) -> dict[str, int]:
    """Revenue of each earner."""
    amounts = {kub.kub_id: revenue(records, kub, at) for kub in lived(kubs, at)}
    return {kub_id: amount for kub_id, amount in amounts.items() if amount is not None}


def per_member(records: Records, kubs: list[Kub], at: Moment) -> float | None:
    """Over earners whose newest report states members."""
    earned = earnings(records, kubs, at)
    total = people = 0
    for kub in kubs:
        if kub.kub_id not in earned:
            continue
        assert at.as_of is not None
        report = newest_report(records, kub, at.as_of)
        assert report is not None
        if report.members > 0:
            total += earned[kub.kub_id]
            people += report.members
    return ratio(total, people)


def median(amounts: list[int]) -> float | None:
    if not amounts:
        return None
    ordered, middle = sorted(amounts), len(amounts) // 2
    if len(amounts) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def quantile(amounts: list[int], part: float) -> float | None:
    """Between the two amounts on whose way it lies; None of no amounts."""
    if not amounts:
        return None
    ordered, place = sorted(amounts), (len(amounts) - 1) * part
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def assets(records: Records, kubs: list[Kub], on: date) -> list[int]:
    """Of each active KUB the newest that it states by then."""
    amounts = []
    for kub in active(kubs, on):
        stated = [
            (report.reported_on, report.assets_idr)
            for report in records.reports
            if report.kub_id == kub.kub_id
            and report.reported_on <= on
            and report.assets_idr is not None
        ]
        if stated:
            amounts.append(floor(max(stated)[1] + 0.5))
    return amounts


def change(records: Records, kubs: list[Kub], at: Moment) -> tuple[int, float | None]:
    """(KUB that are earners in this year and in the one before, the change of their revenue)."""
    assert at.year is not None
    now, before = earnings(records, kubs, at), {}
    if at.year - 1 in years(records):
        before = earnings(records, kubs, year_end(records, at.year - 1))
    matched = sorted(now.keys() & before.keys())
    old, new = sum(before[k] for k in matched), sum(now[k] for k in matched)
    return len(matched), None if at.provisional or not old else new / old - 1


def summed(records: Records, kubs: list[Kub], at: Moment) -> Row:
    """What all three questions say of a set of KUB in a year."""
    earned = earnings(records, kubs, at) if at.as_of else {}
    total = sum(earned.values()) if earned else None
    return {
        "lived": len(lived(kubs, at)),
        "earners": len(earned),
        "revenue_idr": total,
        "revenue_per_kub": None if total is None else total / len(earned),
        "revenue_per_member": per_member(records, kubs, at) if at.as_of else None,
    }


def revenue_years(records: Records, filters: Filters) -> list[Row]:
    """The question `revenue`."""
    kubs = in_scope(records, filters)
    rows: list[Row] = []
    for at in listed(records, filters):
        assert at.as_of is not None
        row = summed(records, kubs, at)
        owned = assets(records, kubs, at.as_of)
        matched, grown = change(records, kubs, at)
        rows.append(
            {
                "year": at.year,
                "as_of": at.as_of,
                "provisional": at.provisional,
                **row,
                "stated_share": ratio(row["earners"], row["lived"]),
                "median_per_kub": median(list(earnings(records, kubs, at).values())),
                "matched_kub": matched,
                "matched_change": grown,
                "assets_kub": len(owned),
                "assets_idr": sum(owned) if owned else None,
            }
        )
    return rows


def revenue_sectors(records: Records, filters: Filters) -> list[Row]:
    at, kubs = moment(records, filters), in_scope(records, filters)
    total = summed(records, kubs, at)["revenue_idr"]
    rows: list[Row] = []
    for sector in SECTORS:
        here = of_sector(kubs, sector)
        row = summed(records, here, at)
        earned = list(earnings(records, here, at).values()) if at.as_of else []
        for name, part in (("lower", 0.25), ("median", 0.5), ("upper", 0.75)):
            row[f"{name}_per_kub"] = quantile(earned, part)
        share = None if row["revenue_idr"] is None else ratio(row["revenue_idr"], total)
        rows.append({"sector": sector, **row, "share": share})
    return rows


def revenue_villages(records: Records, filters: Filters) -> list[Row]:
    at, kubs = moment(records, filters), in_scope(records, filters)
    rows: list[Row] = []
    for village in sorted(records.villages, key=lambda v: v.code):
        here = in_village(kubs, village)
        if lived(here, at):
            names = {
                "village_code": village.code,
                "village": village.name,
                "district": village.district,
            }
            rows.append(names | summed(records, here, at))
    return rows


def last_finished(records: Records, filters: Filters) -> Moment:
    """The last finished year in scope."""
    until = moment(records, filters).year
    ends = [year_end(records, year) for year in years(records)]
    finished = [
        at
        for at in ends
        if not at.provisional and at.year is not None and until is not None and at.year <= until
    ]
    return finished[-1] if finished else Moment(None, None, provisional=False)
