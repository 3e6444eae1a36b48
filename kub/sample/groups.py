"""Invents the groups of a programme: village, trade, dates of founding and closing."""

from bisect import bisect
from collections import Counter
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from kub.sample.plan import SECTORS, Group, ProgrammePlan, VillagePlan
from kub.sample.trades import FIRST, TAKEN, TRADES

# Nothing is founded or closed after October: so the 30th of November and the year's end agree.
YEAR_OPENS, YEAR_CLOSES = (1, 8), (10, 31)


def invent(plan: ProgrammePlan, rng: Random) -> list[Group]:
    """The groups in order of founding; as many active and closed per year as the plan says."""
    groups: list[Group] = []
    used = set(TAKEN)
    leaning = {place.code: _leaning(plan, rng) for place in plan.places}
    for year, (active, closed) in plan.years.items():
        living = [group for group in groups if group.closed_on is None]
        for group in _closers(living, closed, year, rng):
            group.closed_on = _day(plan, year, rng)
        # Active and closed KUB are published, so what was founded follows from them.
        founded = active - (len(living) - closed)
        if founded < 0:
            raise ValueError(
                f"{plan.programme_id} {year}: {active} active KUB need more than {closed} closings"
            )
        days = sorted(_day(plan, year, rng) for _ in range(founded))
        for day, place in zip(days, _settle(plan, year, founded, rng), strict=True):
            sector = rng.choices(SECTORS, _wanted(plan, groups, leaning[place.code]))[0]
            number = f"KUB-{len(groups) + 1:03d}"
            activity = rng.choice(list(TRADES[sector].activities))
            name = _name(sector, activity, used, rng)
            groups.append(Group(number, name, place, sector, activity, day))
    return groups


def _day(plan: ProgrammePlan, year: int, rng: Random) -> date:
    first = date(year, *YEAR_OPENS)
    # In a year that ends early the last weeks before the report stay quiet too.
    last = min(date(year, *YEAR_CLOSES), plan.reports_on(year) - timedelta(days=30))
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _leaning(plan: ProgrammePlan, rng: Random) -> list[float]:
    """A village's own sector weights: the programme's mix, tilted so that villages differ."""
    # Gamma with mean 1: on average over villages the programme's own mix stays.
    return [plan.sectors[sector] * rng.gammavariate(3.0, 1 / 3.0) for sector in SECTORS]


def _wanted(plan: ProgrammePlan, groups: list[Group], leaning: list[float]) -> list[float]:
    """A village's weights, bent towards the sectors that the programme so far has too few of."""
    counts = Counter(group.sector for group in groups)
    short = ((plan.sectors[s] * len(groups) + 1) / (counts[s] + 1) for s in SECTORS)
    return [weight * missing**2 for weight, missing in zip(leaning, short, strict=True)]


def _settle(plan: ProgrammePlan, year: int, founded: int, rng: Random) -> list[VillagePlan]:
    """Villages of the year's new groups: each village that starts
    gets one, the rest go by weight.
    """
    starting = [place for place in plan.places if place.since == year]
    reached = [place for place in plan.places if place.since <= year]
    rest = max(founded - len(starting), 0)
    # Evenly spaced draws with one random offset: every village gets its share to within one group.
    ends = list(accumulate(place.weight for place in reached))
    offset = rng.random()
    places = starting + [
        reached[bisect(ends, ends[-1] * (offset + n) / rest, hi=len(ends) - 1)] for n in range(rest)
    ]
    rng.shuffle(places)
    return places


def _closers(living: list[Group], closed: int, year: int, rng: Random) -> list[Group]:
    """Groups to close: a full year old at least, and never the last one of a village."""
    left = Counter(group.place.code for group in living)
    grown = [
        group
        for group in living
        if group.founded_on.year < year - 1 or group.founded_on < date(year - 1, 6, 30)
    ]
    # Weighted order without replacement (Efraimidis and Spirakis).
    grown.sort(key=lambda group: rng.random() ** (1 / _risk(group, year)), reverse=True)
    chosen: list[Group] = []
    for group in grown:
        if len(chosen) < closed and left[group.place.code] > 1:
            left[group.place.code] -= 1
            chosen.append(group)
    if len(chosen) < closed:
        raise ValueError(
            f"{year}: only {len(chosen)} of {closed} KUB can close without emptying a village"
        )
    return chosen


def _risk(group: Group, year: int) -> float:
    """Groups fail most in their second to fourth year."""
    young = 1.8 if year - group.founded_on.year <= 4 else 1.0
    return TRADES[group.sector].closing * young


def _name(sector: str, activity: str, used: set[str], rng: Random) -> str:
    """A name that fits the activity and is new in the programme; marks it as used."""
    trade = TRADES[sector]
    # Words of the activity count twice: "Batik" belongs to batik more than "Indah" does.
    words = trade.words.split() + 2 * trade.activities[activity].split()
    while True:
        first, word = rng.choice(FIRST.split()), rng.choice(words)
        name = f"KUB {first} {word}"
        if first != word and name not in used:
            used.add(name)
            return name
