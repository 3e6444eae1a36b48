"""Who: the KUB and villages a filter leaves, what is active, and what a set of KUB adds up to."""

from dataclasses import dataclass
from datetime import date
from math import exp, log

from queries.filters import SECTORS, Filters
from tests.twins.rows import Kub, Records, Report, Village
from tests.twins.times import Moment


def inside(village: Village, filters: Filters) -> bool:
    """districts and villages together mean both."""
    if filters.districts and village.district_code not in filters.districts:
        return False
    return not filters.villages or village.code in filters.villages


def denominator(records: Records, filters: Filters) -> list[Village]:
    """The villages in scope that coverage is measured against, by code."""
    chosen = [v for v in records.villages if inside(v, filters)]
    if filters.denominator == "target":
        chosen = [v for v in chosen if v.is_target]
    return sorted(chosen, key=lambda v: v.code)


def in_scope(records: Records, filters: Filters) -> list[Kub]:
    """KUB that the filters leave; the denominator takes none away."""
    codes = [v.code for v in records.villages if inside(v, filters)]
    return [
        k
        for k in records.kubs
        if k.village_code in codes and (not filters.sectors or k.sector in filters.sectors)
    ]


def is_active(kub: Kub, on: date | None) -> bool:
    if on is None:
        return False
    return kub.founded_on <= on and (kub.closed_on is None or kub.closed_on > on)


def active(kubs: list[Kub], on: date | None) -> list[Kub]:
    return [k for k in kubs if is_active(k, on)]


def newest_report(records: Records, kub: Kub, on: date) -> Report | None:
    reports = [r for r in records.reports if r.kub_id == kub.kub_id and r.reported_on <= on]
    return max(reports, key=lambda r: r.reported_on) if reports else None


@dataclass
class Sums:
    """What a set of KUB adds up to at one date."""

    kub: int = 0
    members: int = 0
    women: int = 0
    women_members: int = 0
    reported: int = 0
    unreported: int = 0

    @property
    def women_share(self) -> float | None:
        return ratio(self.women, self.women_members)

    @property
    def women_known_share(self) -> float | None:
        return ratio(self.women_members, self.members)


def sums(records: Records, kubs: list[Kub], on: date | None) -> Sums:
    """The active ones among kubs, each with its newest report."""
    total = Sums()
    if on is None:
        return total
    for kub in active(kubs, on):
        total.kub += 1
        report = newest_report(records, kub, on)
        if report is None:
            total.unreported += 1
            continue
        total.members += report.members
        if report.reported_on.year == on.year:
            total.reported += 1
        if report.women is not None:
            total.women += report.women
            total.women_members += report.members
    return total


def within_year(day: date | None, at: Moment) -> bool:
    """Dated within the year, up to its as-of date."""
    return day is not None and at.as_of is not None and day.year == at.year and day <= at.as_of


def founded(kubs: list[Kub], at: Moment) -> int:
    return len([k for k in kubs if within_year(k.founded_on, at)])


def closed(kubs: list[Kub], at: Moment) -> int:
    return len([k for k in kubs if within_year(k.closed_on, at)])


def of_sector(kubs: list[Kub], sector: str) -> list[Kub]:
    return [k for k in kubs if k.sector == sector]


def in_village(kubs: list[Kub], village: Village) -> list[Kub]:
    return [k for k in kubs if k.village_code == village.code]


def in_district(records: Records, kubs: list[Kub], district_code: str) -> list[Kub]:
    codes = [v.code for v in records.villages if v.district_code == district_code]
    return [k for k in kubs if k.village_code in codes]


def covered(villages: list[Village], kubs: list[Kub], on: date | None) -> int:
    """How many of the villages have an active KUB among kubs."""
    return sum(1 for v in villages if active(in_village(kubs, v), on))


def diversity(kubs: list[Kub]) -> float | None:
    """Effective number of sectors: exp of Shannon's entropy."""
    if not kubs:
        return None
    parts = [len(of_sector(kubs, s)) / len(kubs) for s in SECTORS]
    return exp(-sum(p * log(p) for p in parts if p > 0))


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
