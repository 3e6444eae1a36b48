"""When: the years of a programme and the date at which each is looked at (docs/definitions.md)."""

from dataclasses import dataclass
from datetime import date

from queries.filters import Filters
from tests.twins.rows import Records


@dataclass(frozen=True)
class Moment:
    """year: the as-of year. as_of: the date.

    Both None where nothing was ever founded and no `until` is given.
    """

    year: int | None
    as_of: date | None
    provisional: bool


def newest_on(records: Records) -> date:
    """The newest report; without any report the newest founding or closing."""
    if records.reports:
        return max(r.reported_on for r in records.reports)
    closings = [k.closed_on for k in records.kubs if k.closed_on is not None]
    return max([k.founded_on for k in records.kubs] + closings)


def years(records: Records) -> list[int]:
    """From the first founding to the newest date, whatever the filters."""
    if not records.kubs:
        return []
    first = min(k.founded_on for k in records.kubs)
    return list(range(first.year, newest_on(records).year + 1))


def year_end(records: Records, year: int) -> Moment:
    """31 December, but the newest date in an unfinished last year."""
    newest = newest_on(records)
    if year == newest.year and newest < date(year, 12, 31):
        return Moment(year, newest, provisional=True)
    return Moment(year, date(year, 12, 31), provisional=False)


def moment(records: Records, filters: Filters) -> Moment:
    """The as-of date that `until` sets."""
    all_years = years(records)
    if all_years and (filters.until is None or filters.until >= all_years[-1]):
        return year_end(records, all_years[-1])
    if filters.until is None:
        return Moment(None, None, provisional=False)
    return Moment(filters.until, date(filters.until, 12, 31), provisional=False)


def within(year: int, filters: Filters) -> bool:
    """since <= year <= until, where given."""
    if filters.since is not None and year < filters.since:
        return False
    return filters.until is None or year <= filters.until


def listed(records: Records, filters: Filters) -> list[Moment]:
    """The years that a list over years shows."""
    return [year_end(records, year) for year in years(records) if within(year, filters)]
