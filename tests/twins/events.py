"""Twins of the questions about what happened once: school visits, awards, study visits; and about
all parts together.

An event counts by the year of its day, whatever the as-of date.
"""

from datetime import date
from typing import Any

from kub import places
from queries.filters import Filters
from tests.twins.libraries import opened
from tests.twins.libraries import visits as visits_of
from tests.twins.rows import Award, Records, SchoolVisit, StudyVisit
from tests.twins.sets import inside
from tests.twins.supporting import (
    as_of,
    day,
    newest,
    reference,
    same_name,
    since,
    total,
    units,
    village_of,
)
from tests.twins.times import within

Row = dict[str, Any]
LEVELS = ("SD", "MI", "SMP", "MTs", "SMA", "SMK", "MA")


def by_school(records: Records, filters: Filters) -> list[SchoolVisit]:
    here = [
        s for s in records.school_visits if inside(village_of(records, s.village_code), filters)
    ]
    return [s for s in here if within(s.visited_on.year, filters)]


def school_visits(records: Records, filters: Filters) -> list[Row]:
    came = by_school(records, filters)
    rows: list[Row] = []
    for year in sorted({s.visited_on.year for s in came}):
        for level in LEVELS:
            here = [s for s in came if s.visited_on.year == year and s.level == level]
            if here:
                rows.append(
                    {
                        "year": year,
                        "level": level,
                        "visits": len(here),
                        "students": sum(s.students for s in here),
                        "schools": len({(s.school, s.village_code) for s in here}),
                    }
                )
    return rows


def is_core(records: Records, village_code: str) -> bool:
    listed = [(row["regency_code"], row["village_code"]) for row in reference("core_villages.csv")]
    return (records.regency_code, village_code) in listed


def place(records: Records, village_code: str) -> Row:
    village = village_of(records, village_code)
    named = {"village_code": village_code, "village": village.name, "district": village.district}
    return named | {"is_core": is_core(records, village_code)}


def schools(records: Records, filters: Filters) -> list[Row]:
    """A school is its name, level and village."""
    came = by_school(records, filters)
    rows: list[Row] = []
    for school, level, code in sorted({(s.school, s.level, s.village_code) for s in came}):
        here = [s for s in came if (s.school, s.level, s.village_code) == (school, level, code)]
        row = {
            "school": school,
            "level": level,
            "visits": len(here),
            "students": sum(s.students for s in here),
        }
        days = [s.visited_on for s in here]
        rows.append(row | place(records, code) | {"first_on": min(days), "last_on": max(days)})
    rows.sort(key=lambda r: (r["school"], r["village_code"], r["level"]))
    return sorted(rows, key=lambda r: (r["visits"], r["last_on"]), reverse=True)


def school_villages(records: Records, filters: Filters) -> list[Row]:
    came = by_school(records, filters)
    rows: list[Row] = []
    for code in sorted({s.village_code for s in came}):
        here = [s for s in came if s.village_code == code]
        rows.append(
            place(records, code)
            | {
                "visits": len(here),
                "students": sum(s.students for s in here),
                "schools": len({(s.school, s.level) for s in here}),
                "last_on": max(s.visited_on for s in here),
            }
        )
    return sorted(rows, key=lambda r: (r["visits"], r["students"]), reverse=True)


def is_same(known: dict[str, str | None], award: Award) -> bool:
    """Name and year, or the name where the source knows no year."""
    told = day(known["awarded_on"])
    return same_name(known["award"], award.award) and (
        told is None or told.year == award.awarded_on.year
    )


def fitting(known: list[dict[str, str | None]], award: Award) -> dict[str, str | None]:
    """The published award that a record is; the one dated nearest
    where several fit; {} where none does.
    """
    best: dict[str, str | None] = {}
    least: int | None = None
    for row in known:
        if is_same(row, award):
            told = day(row["awarded_on"])
            days = 10**6 if told is None else abs((told - award.awarded_on).days)
            if least is None or days < least:
                best, least = row, days
    return best


def awards(records: Records, filters: Filters) -> list[Row]:
    known = [
        row
        for row in reference("published_awards.csv")
        if row["regency_code"] == records.regency_code
    ]
    rows: list[Row] = []
    for award in records.awards:
        if within(award.awarded_on.year, filters):
            told = fitting(known, award)
            row = {
                "awarded_on": award.awarded_on,
                "award": award.award,
                "awarding_body": award.awarding_body,
            }
            row |= {
                "published_as": told.get("published_as"),
                "source": told.get("source") or award.source,
            }
            rows.append(row | {"remark": told.get("remark"), "recorded": True})
    for published in known:
        on = day(published["awarded_on"])
        asked = within(on.year, filters) if on else filters.since is None and filters.until is None
        if asked and not any(is_same(published, award) for award in records.awards):
            names = ("award", "awarding_body", "published_as", "source", "remark")
            rows.append(
                {name: published[name] for name in names} | {"awarded_on": on, "recorded": False}
            )

    def order(row: Row) -> tuple[Any, ...]:
        body, source = row["awarding_body"], row["source"]
        unknown = (body is None, body or "", source is None, source or "")
        return (row["awarded_on"] or date.max, row["award"], not row["recorded"], *unknown)

    return sorted(rows, key=order)


def by_office(records: Records, filters: Filters) -> list[StudyVisit]:
    return [s for s in records.study_visits if within(s.visited_on.year, filters)]


def origin(code: str) -> Row:
    """Where they came from, by the official list; a code that is not in it stands for its name."""
    found = [(name, province) for known, name, province in places.official() if known == code]
    name, province = found[0] if found else (code, None)
    return {"regency_code": code, "regency": name, "province": province}


def study_visits(records: Records, filters: Filters) -> list[Row]:
    rows: list[Row] = []
    for visit in by_office(records, filters):
        row = {
            "visited_on": visit.visited_on,
            "institution": visit.institution,
            "participants": visit.participants,
        }
        rows.append(row | origin(visit.regency_code))

    def order(row: Row) -> tuple[Any, ...]:
        people = row["participants"]
        return (
            row["visited_on"],
            row["institution"],
            row["regency_code"],
            people is None,
            people or 0,
        )

    return sorted(rows, key=order)


def study_regencies(records: Records, filters: Filters) -> list[Row]:
    came = by_office(records, filters)
    rows: list[Row] = []
    for code in sorted({s.regency_code for s in came}):
        here = [s for s in came if s.regency_code == code]
        stated = [s.participants for s in here if s.participants is not None]
        rows.append(
            origin(code)
            | {
                "visits": len(here),
                "participants": total(list(stated)),
                "stated": len(stated),
                "first_on": min(s.visited_on for s in here),
                "last_on": max(s.visited_on for s in here),
            }
        )
    return sorted(rows, key=lambda r: (r["visits"], r["last_on"]), reverse=True)


def supporting(records: Records, filters: Filters) -> list[Row]:
    on = as_of(records, filters)
    rows: list[Row] = []

    def add(part: str, people: list[int | None], days: list[date | None]) -> None:
        known = [d for d in days if d is not None]
        if days:
            first, last = min(known, default=None), max(known, default=None)
            rows.append(
                {
                    "part": part,
                    "n": len(days),
                    "people": total(people),
                    "first_on": first,
                    "last_on": last,
                }
            )

    lkm = units(records, filters, on)
    told = [newest(records, unit, on) for unit in lkm]
    add(
        "microfinance",
        [r.customers if r else None for r in told],
        [since(records, unit) for unit in lkm],
    )
    here = opened(records, filters, on)
    add("libraries", [visits_of(records, p, on) for p in here if on], [p.opened_on for p in here])
    came = by_school(records, filters)
    add("school_visits", [s.students for s in came], [s.visited_on for s in came])
    add("awards", [], [a.awarded_on for a in records.awards if within(a.awarded_on.year, filters)])
    studied = by_office(records, filters)
    add("study_visits", [s.participants for s in studied], [s.visited_on for s in studied])
    return rows
