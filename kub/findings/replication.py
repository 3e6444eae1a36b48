"""The replication plan: the rate of a host programme, at the host's own pace, in the regency
of a guest.

All pure: rows of the questions benchmark, programme_sectors and pace, and assumptions, in; rows
per year out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import pandas as pd

from kub.findings.phrases import records
from queries.filters import SECTORS

Goal = Literal["residents", "villages", "coverage"]
GOALS: tuple[str, ...] = get_args(Goal)
# Whose sectors the new KUB have; free: shares stated one by one.
Mix = Literal["host", "guest", "equal", "free"]
MIXES: tuple[str, ...] = get_args(Mix)
# Why there is no plan: nothing is missing; residents are unknown; the host has no finished year
# with KUB; no villages.
PlanState = Literal["", "reached", "population", "host", "places"]
PLACED_SINGLY = 1_000  # new KUB of a year that are put into sectors one by one
COLUMNS = (
    "age",
    "year",
    "kub",
    "kub_added",
    "kub_low",
    "kub_high",
    "members",
    "villages",
    *SECTORS,
)


@dataclass(frozen=True)
class Regency:
    """One regency: the host whose rate is the goal, or the guest who plans. sectors: active KUB by
    SECTORS, if known.

    members: None where they are withheld. because: why its count of KUB differs from ours (a key
    of cell.because).
    """

    regency: str
    kub: int
    members: int | None
    villages: int
    covered: int
    population: int | None
    as_of: date | None = None
    sectors: tuple[int, ...] | None = None
    because: str | None = None

    @classmethod
    def of(cls, programme: str, benchmark: pd.DataFrame, mix: pd.DataFrame) -> "Regency":
        """From the rows of `benchmark` and `programme_sectors`."""
        rows = {
            row["indicator"]: row for row in records(benchmark[benchmark["programme"] == programme])
        }
        kub, coverage = rows["kub"], rows["coverage"]
        parts = mix[mix["programme"] == programme].set_index("sector")["kub"].reindex(SECTORS)
        sectors: tuple[int, ...] | None = None
        if parts.notna().all() and parts.sum():
            sectors = tuple(int(part) for part in parts)
        as_of: date | None = None if pd.isna(kub["as_of"]) else kub["as_of"].date()
        because: str | None = None if pd.isna(kub["because"]) else str(kub["because"])
        return cls(
            regency=str(kub["regency"]),
            kub=_whole(kub["value"]) or 0,
            members=_whole(rows["members"]["value"]),
            villages=_whole(coverage["n"]) or 0,
            covered=_whole(coverage["value"] * coverage["n"]) or 0,
            population=_whole(kub["population"]),
            as_of=as_of,
            sectors=sectors,
            because=because,
        )

    @property
    def per_village(self) -> float:
        """KUB per village with KUB; the host always has some."""
        return self.kub / self.covered

    @property
    def members_per_kub(self) -> float:
        """Rounded as it is shown, so that what is read is what is reckoned with."""
        if not self.kub:
            return 0.0
        return round((self.members or 0) / self.kub, 1)


@dataclass(frozen=True)
class Assumptions:
    """All adjustable. years: how long the plan takes. first_year: of its years.

    shares: by SECTORS, with any sum.
    """

    goal: str
    years: int
    first_year: int
    members_per_kub: float
    mix: str
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Plan:
    """frame: a row per year, COLUMNS; none unless state is "". kub, villages: more than the guest
    has now.

    slow, fast: multiples of the mean pace, <= 1 and >= 1. founded_per_kub: KUB founded for each
    that is active.
    """

    host: Regency
    guest: Regency
    assumed: Assumptions
    state: str
    kub: int
    villages: int
    slow: float
    fast: float
    founded_per_kub: float
    frame: pd.DataFrame


def made(host: Regency, guest: Regency, pace: pd.DataFrame, assumed: Assumptions) -> Plan:
    """The plan. pace: the rows of `pace` of the host."""
    state = _state(host, guest, pace, assumed.goal)
    kub, villages = (0, 0) if state else missing(host, guest, assumed.goal)
    slow, fast = band(pace)
    # Some KUB close again: for each that is active at the end more than one has to be founded.
    if len(pace) and pace["kub"].iloc[-1]:
        founded = float(pace["founded"].sum() / pace["kub"].iloc[-1])
    else:
        founded = 1.0
    if not state and not kub:
        state = "reached"
    rows = [] if state else _rows(guest, pace, assumed, kub, villages, slow, fast)
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype("int64")
    return Plan(host, guest, assumed, state, kub, villages, slow, fast, max(1.0, founded), frame)


def _state(host: Regency, guest: Regency, pace: pd.DataFrame, goal: str) -> PlanState:
    if not (host.kub and host.covered and reach(pace, goal)):
        return "host"
    if goal == "residents" and not (host.population and guest.population):
        return "population"
    return "" if guest.villages else "places"


def missing(host: Regency, guest: Regency, goal: str) -> tuple[int, int]:
    """(KUB, villages) that the guest lacks to the host's rate, both 0 where it is there.

    In whole numbers, rounded up. For coverage each new village gets as many KUB as a village of
    the host has.
    """
    if goal == "coverage":
        villages = max(0, _up(host.covered * guest.villages, host.villages) - guest.covered)
        return _up(villages * host.kub, host.covered), villages
    if goal == "residents":
        wanted = _up(host.kub * (guest.population or 0), host.population or 1)
    else:
        wanted = _up(host.kub * guest.villages, host.villages)
    more = max(0, wanted - guest.kub)
    spread = min(guest.villages, _up(wanted * host.covered, host.kub))
    return more, min(more, max(0, spread - guest.covered))


def reach(pace: pd.DataFrame, goal: str) -> int:
    """The age at which the host first reached its highest value: the years
    it took. 0 where it has no finished year.
    """
    name = "covered" if goal == "coverage" else "kub"
    column = pace[name]
    if len(pace) and column.max() > 0:
        return int(pace["age"].iloc[int(column.to_numpy().argmax())])
    return 0


def band(pace: pd.DataFrame) -> tuple[float, float]:
    """How far pace falls and rises: the quarter of villages or of years
    that is further from the mean counts.
    """
    low = [pace[name].iloc[0] for name in ("slow_villages", "slow_years") if len(pace)]
    high = [pace[name].iloc[0] for name in ("fast_villages", "fast_years") if len(pace)]
    # A quarter may lie on the other side of a mean that few extremes make.
    slow = min([1.0, *(ratio for ratio in low if not math.isnan(ratio))])
    fast = max([1.0, *(ratio for ratio in high if not math.isnan(ratio))])
    return slow, fast


def course(pace: pd.DataFrame, goal: str, years: int, column: str) -> list[float]:
    """Share of the way gone after year 1…years: the host's own course,
    stretched to that many years. The last is 1.
    """
    # A year in which KUB closed takes nothing back of the way: the plan only goes forward.
    shares = pace[column].cummax().tolist()[: reach(pace, goal)]
    points = [0.0, *(share / shares[-1] if shares[-1] else 1.0 for share in shares)]
    gone = []
    for number in range(1, years + 1):
        at, rest = divmod(number * len(shares), years)
        step = points[at + 1] - points[at] if rest else 0
        gone.append(points[at] + step * rest / years)
    return gone


def shares_of(
    mix: str, host: Regency, guest: Regency, free: Sequence[float] = ()
) -> tuple[float, ...]:
    """Shares of the new KUB by SECTORS; equal shares where the mix is not known."""
    known = {"host": host.sectors, "guest": guest.sectors, "free": free}.get(mix)
    if known and sum(known) > 0:
        return tuple(known)
    return (1.0,) * len(SECTORS)


def by_sector(added: Sequence[int], shares: Sequence[float]) -> list[list[int]]:
    """New KUB of each year by sector, whole numbers: each goes where most
    are missing so far, so that sums agree.
    """
    have, rows = [0] * len(shares), []
    parts = [share / sum(shares) for share in shares]
    for count in added:
        before = list(have)
        # of these each sector gets its part; one by one, millions would take minutes
        ready = max(0, count - PLACED_SINGLY)
        have = [had + int(part * ready) for had, part in zip(have, parts, strict=True)]
        for total in range(sum(have) + 1, sum(before) + count + 1):
            lacks = [part * total - had for part, had in zip(parts, have, strict=True)]
            have[lacks.index(max(lacks))] += 1
        rows.append([now - then for now, then in zip(have, before, strict=True)])
    return rows


def _rows(
    guest: Regency,
    pace: pd.DataFrame,
    assumed: Assumptions,
    kub: int,
    villages: int,
    slow: float,
    fast: float,
) -> list[dict[str, Any]]:
    # The host's own course and no straight line, which no programme has grown by.
    gone = course(pace, assumed.goal, assumed.years, "kub")
    spread = course(pace, assumed.goal, assumed.years, "covered")
    total = [round(kub * share) for share in gone]
    added = [now - then for now, then in zip(total, [0, *total[:-1]], strict=True)]
    rows = []
    for number, parts in enumerate(by_sector(added, assumed.shares)):
        so_far = total[number]
        values = (
            *(number + 1, assumed.first_year + number, guest.kub + so_far, added[number]),
            *(guest.kub + round(so_far * slow), guest.kub + round(so_far * fast)),
            (guest.members or 0) + round(so_far * assumed.members_per_kub),
            # A village counts with its first KUB, so there are never more new ones than new KUB.
            guest.covered + min(so_far, round(villages * spread[number])),
            *parts,
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def _up(part: int, whole: int) -> int:
    """part / whole rounded up, without the last bit of a float."""
    return -(-part // whole)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else round(value)
