"""Twin of `targets`: actual, projection and status of each target, year by year in loops."""

from datetime import date
from typing import Any

from queries.filters import Filters
from tests.twins.rows import Records
from tests.twins.sets import active, covered, ratio, sums
from tests.twins.times import Moment, year_end, years

Row = dict[str, Any]
ORDER = ("kub", "anggota", "desa", "perpustakaan", "perempuan", "omzet")
CHANGES = 3  # of which a projection takes the mean


def libraries_open(records: Records, on: date) -> int:
    return len([library for library in records.libraries if library.opened_on <= on])


def revenue(records: Records, at: Moment) -> float | None:
    """What KUB that lived in the year state in reports of it, up to its as-of date."""
    stated = []
    for kub in records.kubs:
        assert at.as_of and at.year
        if kub.founded_on > at.as_of:
            continue
        if kub.closed_on is not None and kub.closed_on < date(at.year, 1, 1):
            continue
        for report in records.reports:
            if report.kub_id != kub.kub_id or report.revenue_idr is None:
                continue
            if report.reported_on.year == at.year and report.reported_on <= at.as_of:
                stated.append(report.revenue_idr)
    return sum(stated) if stated else None


def value(records: Records, indicator: str, at: Moment) -> float | None:
    """An indicator at the as-of date of a year."""
    assert at.as_of
    everything = list(records.kubs)
    if indicator == "kub":
        return len(active(everything, at.as_of))
    if indicator == "anggota":
        return sums(records, everything, at.as_of).members
    if indicator == "desa":
        return covered(list(records.villages), everything, at.as_of)
    if indicator == "perpustakaan":
        return libraries_open(records, at.as_of)
    if indicator == "perempuan":
        total = sums(records, everything, at.as_of)
        return ratio(total.women, total.women_members)
    return revenue(records, at)


def projected(records: Records, indicator: str, year: int) -> float | None:
    """The last finished year and the mean of the last changes, carried on."""
    finished = [y for y in years(records) if not year_end(records, y).provisional]
    if not finished:
        return None
    course = {y: value(records, indicator, year_end(records, y)) for y in finished}
    changes: list[float] = []
    for y in reversed(finished[1:]):
        before, after = course[y - 1], course[y]
        if before is not None and after is not None and len(changes) < CHANGES:
            changes.append(after - before)
    last = course[finished[-1]]
    if last is None or not changes:
        return None
    return last + (year - finished[-1]) * sum(changes) / len(changes)


def status(
    goal: float, finished: bool, actual: float | None, newest: float | None, ahead: float | None
) -> str | None:
    if finished:
        if actual is None:
            return None
        return "met" if actual >= goal else "missed"
    if newest is not None and newest >= goal:
        return "met"
    if ahead is not None:
        return "on_track" if ahead >= goal else "behind"
    return None if newest is None else "behind"


def targets(records: Records, filters: Filters) -> list[Row]:
    """No filter narrows it: a target is one of the whole programme."""
    all_years = years(records)
    rows: list[Row] = []
    for target in sorted(records.targets, key=lambda t: (ORDER.index(t.indicator), t.year)):
        goal = target.value / 100 if target.indicator == "perempuan" else target.value
        at = None
        if all_years and target.year <= all_years[-1]:
            at = year_end(records, target.year)
        actual = value(records, target.indicator, at) if at else None
        finished = at is not None and not at.provisional
        newest, ahead = None, None
        if all_years and not finished:
            ahead = projected(records, target.indicator, target.year)
            if target.indicator != "omzet":
                newest = value(records, target.indicator, year_end(records, all_years[-1]))
        rows.append(
            {
                "indicator": target.indicator,
                "year": target.year,
                "as_of": at.as_of if at else None,
                "provisional": at.provisional if at else False,
                "target": goal,
                "actual": actual,
                "reached": None if actual is None else ratio(actual, goal),
                "projected": ahead,
                "status": status(goal, finished, actual, newest, ahead),
            }
        )
    return rows
