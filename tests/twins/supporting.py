"""Twins of the questions about what stands beside the KUB:
microfinance units; and what the others share.
"""

import csv
from datetime import date
from functools import cache
from typing import Any

from kub.places import REFERENCE
from queries.filters import Filters
from tests.twins.rows import Kub, Lkm, LkmReport, Records, Village
from tests.twins.sets import in_scope, inside, ratio, sums
from tests.twins.times import listed, moment, within

Row = dict[str, Any]


@cache
def reference(file: str) -> list[dict[str, str | None]]:
    """The rows of a file of data/reference/; an empty cell is None."""
    with (REFERENCE / file).open(encoding="utf-8", newline="") as opened:
        return [
            {name: cell or None for name, cell in row.items()} for row in csv.DictReader(opened)
        ]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def same_name(left: str | None, right: str | None) -> bool:
    """Whatever the case and the blanks around."""
    return (
        left is not None
        and right is not None
        and left.strip(" ").lower() == right.strip(" ").lower()
    )


def as_of(records: Records, filters: Filters) -> date | None:
    """The programme's; without any KUB its newest such record or, if
    earlier, the end of the year asked for.
    """
    if records.kubs:
        return moment(records, filters).as_of
    days = [r.reported_on for r in records.lkm_reports] + [
        r.reported_on for r in records.library_reports
    ]
    days += [library.opened_on for library in records.libraries]
    days += [unit.founded_on for unit in records.lkm if unit.founded_on]
    known = [max(days)] if days else []
    if filters.until is not None:
        known.append(date(filters.until, 12, 31))
    return min(known, default=None)


def village_of(records: Records, code: str) -> Village:
    [village] = [v for v in records.villages if v.code == code]
    return village


def beside(records: Records, filters: Filters, village_code: str) -> tuple[int, int]:
    """(KUB, members) of a village."""
    kubs: list[Kub] = [k for k in in_scope(records, filters) if k.village_code == village_code]
    total = sums(records, kubs, moment(records, filters).as_of)
    return total.kub, total.members


def since(records: Records, unit: Lkm) -> date | None:
    """From when a unit counts: its founding, else its first report, else always (None)."""
    if unit.founded_on is not None:
        return unit.founded_on
    return min(
        (r.reported_on for r in records.lkm_reports if r.lkm_id == unit.lkm_id), default=None
    )


def units(records: Records, filters: Filters, on: date | None) -> list[Lkm]:
    """The units of the chosen places that count at a date."""
    found = []
    for unit in records.lkm:
        first = since(records, unit)
        if first is not None and (on is None or first > on):
            continue
        if inside(village_of(records, unit.village_code), filters):
            found.append(unit)
    return found


def newest(records: Records, unit: Lkm, on: date | None) -> LkmReport | None:
    told = [
        r
        for r in records.lkm_reports
        if r.lkm_id == unit.lkm_id and on is not None and r.reported_on <= on
    ]
    return max(told, key=lambda r: r.reported_on) if told else None


def figures(report: LkmReport | None) -> Row:
    """What one report says."""
    names = ("reported_on", "customers", "savings_idr", "loans_idr", "overdue_idr", "assets_idr")
    found: Row = {name: None if report is None else getattr(report, name) for name in names}
    share = None
    if report and report.loans_idr and report.overdue_idr is not None:
        share = report.overdue_idr / report.loans_idr
    return found | {"overdue_share": share}


def published(unit: Lkm, on: date | None) -> Row:
    """What was published about a unit until then; the newest figures where there are several."""
    best: dict[str, str | None] = {}
    for row in reference("published_cooperatives.csv"):
        told = day(row["reported_on"])
        if row["village_code"] != unit.village_code or not same_name(row["name"], unit.name):
            continue
        if on is not None and told is not None and told > on:
            continue
        if not best or (told or date.min) > (day(best["reported_on"]) or date.min):
            best = row
    founded, customers, assets = best.get("founded"), best.get("customers"), best.get("assets_idr")
    return {
        "published_founded": None if founded is None else int(founded),
        "published_on": day(best.get("reported_on")),
        "published_customers": None if customers is None else int(customers),
        "published_assets_idr": None if assets is None else float(assets),
        "source": best.get("source"),
    }


def microfinance(records: Records, filters: Filters) -> list[Row]:
    on = as_of(records, filters)
    rows: list[Row] = []
    for unit in units(records, filters, on):
        village = village_of(records, unit.village_code)
        kub, members = beside(records, filters, unit.village_code)
        who = {
            "lkm_id": unit.lkm_id,
            "name": unit.name,
            "founded_on": unit.founded_on,
            "village_code": village.code,
        }
        rows.append(
            who
            | {
                "village": village.name,
                "district": village.district,
                "kub": kub,
                "members": members,
            }
            | figures(newest(records, unit, on))
            | published(unit, on)
        )
    return sorted(rows, key=lambda r: (r["customers"] is None, -(r["customers"] or 0), r["lkm_id"]))


def total(numbers: list[Any]) -> Any:
    """The sum of those that are known; None where none is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def microfinance_years(records: Records, filters: Filters) -> list[Row]:
    """A row for each year's end at which there is a unit."""
    rows: list[Row] = []
    for at in listed(records, filters):
        here = units(records, filters, at.as_of)
        if not here:
            continue
        told = [r for r in (newest(records, unit, at.as_of) for unit in here) if r is not None]
        both = [r for r in told if r.loans_idr is not None and r.overdue_idr is not None]
        rows.append(
            {
                "year": at.year,
                "as_of": at.as_of,
                "provisional": at.provisional,
                "units": len(here),
                "reported": len([r for r in told if r.reported_on.year == at.year]),
                "customers": total([r.customers for r in told]),
                "savings_idr": total([r.savings_idr for r in told]),
                "loans_idr": total([r.loans_idr for r in told]),
                "overdue_idr": total([r.overdue_idr for r in told]),
                "overdue_share": ratio(
                    sum(r.overdue_idr or 0 for r in both), sum(r.loans_idr or 0 for r in both)
                ),
                "assets_idr": total([r.assets_idr for r in told]),
            }
        )
    return rows


def microfinance_reports(records: Records, filters: Filters) -> list[Row]:
    rows: list[Row] = []
    for report in records.lkm_reports:
        [unit] = [u for u in records.lkm if u.lkm_id == report.lkm_id]
        village = village_of(records, unit.village_code)
        if inside(village, filters) and within(report.reported_on.year, filters):
            who = {"lkm_id": unit.lkm_id, "name": unit.name, "village_code": village.code}
            rows.append(
                who | {"village": village.name, "district": village.district} | figures(report)
            )
    return sorted(rows, key=lambda r: (r["lkm_id"], r["reported_on"]))
