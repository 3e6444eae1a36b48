"""Which charts show both sides of a comparison, and how: the one table that everything reads.

A chart that is not here stays that of its own scope and says so: lists of single things, what
speaks of the whole programme (published figures, targets), what compares programmes already, and
rows that no two scopes share a question about (docs/decisions/0014-compare.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kub.findings.options import (
    AmountOptions,
    GrowthOptions,
    LibraryVisitsOptions,
    MapOptions,
    Options,
    RankingOptions,
    RevenueMapOptions,
    RevenueRankingOptions,
)

# total: one row, no picture. years: lines. ages: falling steps. parts: two bars a row. last: the
# same of each side's last year. panels: lines for each name. cells: villages by sectors. map: whose
# village has more.
Kind = Literal["total", "years", "ages", "parts", "last", "panels", "cells", "map"]


class Choice(NamedTuple):
    """What decides which columns are drawn. differ: whether the sides are of different sectors."""

    measure: str
    options: Options
    differ: bool


# The first is told in the title.
Columns = Callable[[Choice], tuple[str, ...]]


@dataclass(frozen=True)
class Comparison:
    """kind: how both sides are drawn. columns: what of. rows: what a row is, under [against.rows]
    in the words. step: whether the course goes by steps.
    """

    kind: Kind
    columns: Columns
    rows: str = ""
    step: bool = False


def _these(*columns: str) -> Columns:
    def same(of: Choice) -> tuple[str, ...]:  # noqa: ARG001 whatever is chosen
        return columns

    return same


def _measure(of: Choice) -> tuple[str, ...]:
    return (of.measure,)


def _growth(of: Choice) -> tuple[str, ...]:
    both = ("active", "members") if of.measure == "kub" else ("members", "active")
    return both if isinstance(of.options, GrowthOptions) and of.options.both else both[:1]


def _shares(of: Choice) -> tuple[str, ...]:
    # Of a single sector every share is 1: where the sides differ in it their counts are compared.
    if of.differ:
        return (of.measure,)
    return ("share",) if of.measure == "kub" else ("members_share",)


def _places(of: Choice) -> tuple[str, ...]:
    per = of.options.per if isinstance(of.options, MapOptions | RankingOptions) else ""
    return ("kub_per_10k",) if per == "residents" else (of.measure,)


def _money(of: Choice) -> tuple[str, ...]:
    assert isinstance(of.options, RevenueMapOptions | RevenueRankingOptions)
    return (of.options.revenue_measure,)


def _amount(of: Choice) -> tuple[str, ...]:
    assert isinstance(of.options, AmountOptions)
    return (of.options.amount,)


def _visits(of: Choice) -> tuple[str, ...]:
    assert isinstance(of.options, LibraryVisitsOptions)
    per = {"library": "visits_per_library", "residents": "visits_per_1k", "count": "visits"}
    return (per[of.options.base],)


COMPARISONS: Mapping[str, Comparison] = {
    "headline": Comparison("total", _measure),
    "growth": Comparison("years", _growth),
    "growth_flow": Comparison("years", _these("founded", "closed")),
    "survival": Comparison("ages", _these("survival")),
    "district_growth": Comparison("last", _measure, "district"),
    "sectors": Comparison("parts", _shares, "sector"),
    "sector_years": Comparison("panels", _measure, "sector"),
    "village_sectors": Comparison("cells", _measure, "cell"),
    "specialisation": Comparison("parts", _these("diversity"), "village"),
    "activities": Comparison("parts", _measure, "activity"),
    "villages": Comparison("map", _places, "village"),
    "villages_ranking": Comparison("parts", _places, "village"),
    "coverage": Comparison("parts", _these("share"), "district"),
    "coverage_years": Comparison("years", _these("share"), step=True),
    "revenue": Comparison("years", _these("revenue_idr")),
    "revenue_averages": Comparison("years", _these("revenue_per_kub", "revenue_per_member")),
    "revenue_assets": Comparison("years", _these("assets_idr")),
    "revenue_sectors": Comparison("parts", _these("revenue_per_kub"), "sector"),
    "revenue_villages": Comparison("map", _money, "village"),
    "revenue_ranking": Comparison("parts", _money, "village"),
    "growth_reported": Comparison("years", _these("reported")),
    "microfinance_years": Comparison("years", _amount),
    "library_years": Comparison("years", _these("libraries")),
    "library_years_visits": Comparison("years", _visits),
}
