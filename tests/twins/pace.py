"""Twin of pace: the course of a programme over its finished years,
and the spread of pace around its mean.
"""

from math import floor
from typing import Any

from queries.filters import Filters
from tests.twins.rows import Records
from tests.twins.sets import covered, founded, in_scope, in_village, inside, ratio, sums
from tests.twins.times import Moment, moment, year_end, years

Row = dict[str, Any]


def quarter(values: list[float], share: float) -> float:
    """The value below which a share of the values lies, between neighbours on a straight line."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def spread(values: list[float]) -> tuple[float | None, float | None]:
    """Lower and upper quarter as multiples of the mean; None where nothing was founded."""
    mean = ratio(sum(values), len(values))
    if not mean:
        return None, None
    return quarter(values, 0.25) / mean, quarter(values, 0.75) / mean


def finished(records: Records, filters: Filters) -> list[Moment]:
    until = moment(records, filters).year
    ends = [
        year_end(records, year) for year in years(records) if until is not None and year <= until
    ]
    return [at for at in ends if not at.provisional]


def pace(records: Records, filters: Filters) -> list[Row]:
    ends = finished(records, filters)
    kubs = in_scope(records, filters)
    places = [v for v in records.villages if inside(v, filters)]
    kub = [sums(records, kubs, at.as_of).kub for at in ends]
    reached = [covered(places, kubs, at.as_of) for at in ends]
    new = [founded(kubs, at) for at in ends]
    villages: list[float] = []
    for place in places:
        there = [founded(in_village(kubs, place), at) for at in ends]
        begun = [number for number, count in enumerate(there) if count]
        if begun:
            villages.append(sum(there) / (len(ends) - begun[0]))
    slow_villages, fast_villages = spread(villages)
    slow_years, fast_years = spread([float(count) for count in new])
    return [
        {
            "age": number + 1,
            "year": at.year,
            "kub": kub[number],
            "founded": new[number],
            "covered": reached[number],
            "share": ratio(kub[number], max(kub)),
            "covered_share": ratio(reached[number], max(reached)),
            "slow_villages": slow_villages,
            "fast_villages": fast_villages,
            "slow_years": slow_years,
            "fast_years": fast_years,
        }
        for number, at in enumerate(ends)
    ]
