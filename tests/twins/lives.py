"""Twins of the questions that go back to single records: survival, village_kub, reconcile."""

from datetime import date
from typing import Any

from queries.filters import Filters
from tests.twins.rows import Records
from tests.twins.sets import active, in_scope, is_active, newest_report, sums
from tests.twins.times import moment, within

Row = dict[str, Any]
DAYS_A_YEAR = 365.25
DEFINITIONS = {"kub": "partly", "anggota": "partly", "desa": "partly", "perpustakaan": "yes"}


def lifetimes(records: Records, filters: Filters) -> list[tuple[int, bool]]:
    """(days observed, whether it closed) of each KUB founded by the as-of date."""
    on = moment(records, filters).as_of
    lives = []
    for kub in in_scope(records, filters):
        if on is None or kub.founded_on > on:
            continue
        if kub.closed_on is not None and kub.closed_on <= on:
            lives.append(((kub.closed_on - kub.founded_on).days, True))
        else:
            lives.append(((on - kub.founded_on).days, False))
    return lives


def survival(records: Records, filters: Filters) -> list[Row]:
    lives = lifetimes(records, filters)
    rows: list[Row] = []
    years = 0
    while True:
        age = years * DAYS_A_YEAR
        at_risk = sum(1 for days, _ in lives if days >= age)
        if at_risk == 0:
            return rows
        share = 1.0
        for event in sorted({days for days, ended in lives if ended and days <= age}):
            ended_then = sum(1 for days, ended in lives if ended and days == event)
            under_observation = sum(1 for days, _ in lives if days >= event)
            share *= 1 - ended_then / under_observation
        rows.append({"years": years, "at_risk": at_risk, "survival": share})
        years += 1


def village_kub(records: Records, filters: Filters) -> list[Row]:
    """As it stood at the as-of date: a later closing is not known yet."""
    on = moment(records, filters).as_of
    places = {v.code: v for v in records.villages}
    rows: list[Row] = []
    for kub in in_scope(records, filters):
        if on is None or kub.founded_on > on:
            continue
        report = newest_report(records, kub, on)
        rows.append(
            {
                "kub_id": kub.kub_id,
                "name": kub.name,
                "village_code": kub.village_code,
                "village": places[kub.village_code].name,
                "sector": kub.sector,
                "activity": kub.activity,
                "founded_on": kub.founded_on,
                "closed_on": None if is_active(kub, on) else kub.closed_on,
                "active": is_active(kub, on),
                "members": report.members if report else None,
                "women": report.women if report else None,
                "reported_on": report.reported_on if report else None,
            }
        )
    return sorted(rows, key=lambda row: (not row["active"], row["name"], row["kub_id"]))


def recorded(records: Records, indicator: str, on: date) -> int:
    """What the records say of a published indicator on that very date, whatever the filters."""
    now = active(list(records.kubs), on)
    if indicator == "kub":
        return len(now)
    if indicator == "anggota":
        return sums(records, now, on).members
    if indicator == "desa":
        return len({k.village_code for k in now})
    return sum(1 for library in records.libraries if library.opened_on <= on)


def reconcile(records: Records, filters: Filters) -> list[Row]:
    rows: list[Row] = []
    for figure in sorted(records.published, key=lambda p: (p.on, p.indicator, p.source)):
        if not within(figure.on.year, filters):
            continue
        ours = recorded(records, figure.indicator, figure.on)
        rows.append(
            {
                "date": figure.on,
                "indicator": figure.indicator,
                "published": figure.value,
                "recorded": ours,
                "difference": ours - figure.value,
                "definition": DEFINITIONS[figure.indicator],
                "source": figure.source,
            }
        )
    return rows
