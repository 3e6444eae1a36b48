"""Twins of the questions that compare programmes: all of them,
whole, whatever the filters of place.
"""

from dataclasses import dataclass, replace
from math import isclose
from typing import Any

from queries.filters import SECTORS, Filters
from tests.twins import money
from tests.twins.intervals import OPEN, Interval, gini, over, rate, wilson, wilson_of
from tests.twins.lives import DAYS_A_YEAR, lifetimes
from tests.twins.rows import Records
from tests.twins.sets import (
    active,
    covered,
    denominator,
    diversity,
    founded,
    in_scope,
    in_village,
    of_sector,
    sums,
)
from tests.twins.times import Moment, listed, moment, year_end, years

Row = dict[str, Any]
FEWEST = 5


def whole(filters: Filters) -> Filters:
    """The same question about whole programmes."""
    return replace(filters, districts=(), villages=())


def among(programmes: tuple[Records, ...], filters: Filters) -> tuple[Records, ...]:
    """The programmes that are compared: all, or the own one and the peers chosen."""
    if not filters.peers:
        return programmes
    return tuple(p for p in programmes if p.programme_id in (filters.programme, *filters.peers))


def residents(records: Records, year: int | None) -> tuple[int | None, int | None]:
    """(population, its year) nearest to a year: the workbook's, else
    the reference file's; then the earlier.
    """
    known = [p for p in records.population if p[0] is not None]
    stated = [p for p in known if p[2]] or known
    if year is None or not stated:
        return None, None
    nearest = min(abs(p[0] - year) for p in stated if p[0] is not None)
    at, population, _ = min(p for p in stated if p[0] is not None and abs(p[0] - year) == nearest)
    return population, at


def three_years(records: Records, filters: Filters) -> tuple[int, int]:
    """Active KUB at the end of the last finished year in scope, and
    three years before: (before, after).
    """
    until = moment(records, filters).year
    finished = [
        y
        for y in years(records)
        if until is not None and y <= until and not year_end(records, y).provisional
    ]
    if not finished:
        return 0, 0
    kubs = in_scope(records, filters)
    before, after = year_end(records, finished[-1] - 3), year_end(records, finished[-1])
    return len(active(kubs, before.as_of)), len(active(kubs, after.as_of))


def survival(records: Records, filters: Filters) -> tuple[float | None, int, Interval]:
    """Kaplan-Meier at three years, lives still observed then, and its interval.

    Wilson's interval of the number of lives that without censoring would have Greenwood's variance.
    """
    age = 3 * DAYS_A_YEAR
    lives = lifetimes(records, filters)
    at_risk = len([days for days, _ in lives if days >= age])
    if not at_risk:
        return None, 0, OPEN
    share, greenwood = 1.0, 0.0
    for event in sorted({days for days, ended in lives if ended and days <= age}):
        ended_then = len([days for days, ended in lives if ended and days == event])
        observed = len([days for days, _ in lives if days >= event])
        share *= 1 - ended_then / observed
        greenwood += ended_then / (observed * (observed - ended_then))
    variance = share**2 * greenwood
    return share, at_risk, wilson_of(share, share * (1 - share) / variance if variance else at_risk)


@dataclass
class Measured:
    value: float | None
    n: int
    interval: Interval = OPEN
    because: str | None = None

    @property
    def ranked(self) -> bool:
        return self.value is not None and self.n >= FEWEST


def measured(records: Records, filters: Filters) -> dict[str, Measured]:
    """Every indicator of one programme, in the order of docs/definitions.md."""
    at, kubs, villages = (
        moment(records, filters),
        in_scope(records, filters),
        denominator(records, filters),
    )
    total = sums(records, kubs, at.as_of)
    population, stated = residents(records, at.year)
    unreported = "unreported" if total.unreported else None
    old = (
        "population_year"
        if stated is not None and at.year is not None and abs(stated - at.year) > 2
        else None
    )
    target = "target" if filters.denominator == "target" else None
    women_known = "women_known" if total.women_members < total.members else None
    reached = covered(villages, kubs, at.as_of)
    before, after = three_years(records, filters)
    share, at_risk, survives = survival(records, filters)
    members = [sums(records, in_village(kubs, v), at.as_of).members for v in villages]
    kub_rate, members_rate = (
        over(total.kub, population, 10_000),
        over(total.members, population, 1000),
    )
    women = wilson(total.women, total.women_members)
    earned = money.summed(records, kubs, money.last_finished(records, filters))
    return {
        "kub": Measured(total.kub, total.kub),
        "members": Measured(total.members, total.members, because=unreported),
        "members_per_kub": Measured(over(total.members, total.kub), total.kub, because=unreported),
        "kub_per_10k": Measured(kub_rate, total.kub, rate(total.kub, population, 10_000), old),
        "members_per_1k": Measured(
            members_rate, total.members, rate(total.members, population, 1000), unreported or old
        ),
        "coverage": Measured(
            over(reached, len(villages)), len(villages), wilson(reached, len(villages)), target
        ),
        "women_share": Measured(total.women_share, total.women_members, women, women_known),
        "cagr_3y": Measured((after / before) ** (1 / 3) - 1 if before else None, before),
        "survival_3y": Measured(share, at_risk, survives),
        "diversity": Measured(diversity(active(kubs, at.as_of)), total.kub),
        "gini": Measured(gini(members), len(villages), because=target),
        "revenue_per_kub": Measured(earned["revenue_per_kub"], earned["earners"]),
        "revenue_per_member": Measured(earned["revenue_per_member"], earned["earners"]),
    }


def above(left: float | None, right: float | None) -> bool:
    """Clearly larger: two ways to the same number may differ in the last bit."""
    assert left is not None and right is not None
    return left > right and not isclose(left, right, rel_tol=1e-9)


def place(mine: Measured, others: list[Measured]) -> Row:
    """The rank of one among the others on an indicator, and what its
    interval leaves open; None below five.
    """
    if not mine.ranked:
        return dict.fromkeys(("rank", "rank_best", "rank_worst", "ranked"))
    rivals = [other for other in others if other.ranked]
    best = worst = None
    if mine.interval != OPEN:
        best = 1 + len([r for r in rivals if above(r.interval[0], mine.interval[1])])
        worst = 1 + len([r for r in rivals if not above(mine.interval[0], r.interval[1])])
    rank = 1 + len([r for r in rivals if above(r.value, mine.value)])
    return {"rank": rank, "rank_best": best, "rank_worst": worst, "ranked": 1 + len(rivals)}


def benchmark(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    programmes, filters = among(programmes, filters), whole(filters)
    figures = [measured(records, filters) for records in programmes]
    rows: list[Row] = []
    for number, records in enumerate(programmes):
        at = moment(records, filters)
        population, population_year = residents(records, at.year)
        for indicator, mine in figures[number].items():
            others = [figure[indicator] for other, figure in enumerate(figures) if other != number]
            rows.append(
                {
                    "programme": records.programme_id,
                    "indicator": indicator,
                    "value": mine.value,
                    "low": mine.interval[0],
                    "high": mine.interval[1],
                    "n": mine.n,
                    **place(mine, others),
                    "population": population,
                    "population_year": population_year,
                    "definition": "partly" if mine.because else "yes",
                    "because": mine.because,
                    **who(records),
                    **when(at),
                }
            )
    return rows


def who(records: Records) -> Row:
    return {"regency": records.regency, "is_sample": records.is_sample, "declared": False}


def when(at: Moment) -> Row:
    return {"as_of": at.as_of, "provisional": at.provisional}


def rates(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    programmes, filters = among(programmes, filters), whole(filters)
    rows: list[Row] = []
    for records in programmes:
        at = moment(records, filters)
        total = sums(records, in_scope(records, filters), at.as_of)
        count, times = (total.kub, 10_000) if filters.measure == "kub" else (total.members, 1000)
        shared = (
            {"programme": records.programme_id, "n": count, "because": None}
            | who(records)
            | when(at)
        )
        population, population_year = residents(records, at.year)
        villages = len(denominator(records, filters))
        for per, exposure, unit, year in (
            ("residents", population, times, population_year),
            ("villages", villages, 1, at.year),
        ):
            low, high = rate(count, exposure, unit)
            found = {"per": per, "value": over(count, exposure, unit), "low": low, "high": high}
            rows.append(shared | found | {"exposure": exposure, "exposure_year": year})
        bare: Row = {"low": None, "high": None, "exposure": None, "exposure_year": None}
        rows.append(shared | {"per": "count", "value": count} | bare)
    return [row | rate_place(row, rows) for row in rows]


def rate_place(mine: Row, rows: list[Row]) -> Row:
    """The place of a row of `rates` among those that are told in the same way."""

    def measured(row: Row) -> Measured:
        return Measured(
            row["value"], row["n"], OPEN if row["low"] is None else (row["low"], row["high"])
        )

    return place(
        measured(mine),
        [measured(row) for row in rows if row["per"] == mine["per"] and row is not mine],
    )


def programme_years(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    """Age 1 is the year of the programme's first founding,
    whatever the sectors and years chosen.
    """
    programmes, filters = among(programmes, filters), whole(filters)
    rows: list[Row] = []
    for records in programmes:
        kubs, villages = in_scope(records, filters), len(denominator(records, filters))
        for at in listed(records, filters):
            assert at.year is not None
            total = sums(records, kubs, at.as_of)
            population, population_year = residents(records, at.year)
            rows.append(
                {
                    "programme": records.programme_id,
                    "year": at.year,
                    "age": at.year - years(records)[0] + 1,
                    "founded": founded(kubs, at),
                    "kub": total.kub,
                    "members": total.members,
                    "kub_per_10k": over(total.kub, population, 10_000),
                    "members_per_1k": over(total.members, population, 1000),
                    "kub_per_village": over(total.kub, villages),
                    "members_per_village": over(total.members, villages),
                    "population": population,
                    "population_year": population_year,
                    **who(records),
                    **when(at),
                }
            )
    return rows


def programme_sectors(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    """Shares are of all active KUB, chosen sectors or not; programmes
    of the same regency are no others.
    """
    programmes, every = among(programmes, filters), replace(whole(filters), sectors=())
    now = {p.programme_id: active(in_scope(p, every), moment(p, every).as_of) for p in programmes}
    rows: list[Row] = []
    for records in programmes:
        mine = now[records.programme_id]
        others = [
            k
            for p in programmes
            if p.regency_code != records.regency_code
            for k in now[p.programme_id]
        ]
        for sector in SECTORS:
            if filters.sectors and sector not in filters.sectors:
                continue
            here = len(of_sector(mine, sector))
            share, others_share = (
                over(here, len(mine)),
                over(len(of_sector(others, sector)), len(others)),
            )
            rows.append(
                {
                    "programme": records.programme_id,
                    "sector": sector,
                    "kub": here,
                    "share": share,
                    "others_share": others_share,
                    "lq": over(share, others_share),
                    **who(records),
                    "as_of": moment(records, every).as_of,
                }
            )
    return rows
