"""The plan of an invented programme: the input of the generator, without randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from queries.filters import SECTORS as SECTORS

# Rows per table, keyed by field names of kub/records/sheets.py. A date known only by year or month
# is text.
Row = dict[str, object]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class VillagePlan:
    """One village with groups: `weight` is its share of foundings,
    `since` the year of its first group.
    """

    code: str
    village: str
    district: str
    weight: float
    since: int


@dataclass(frozen=True)
class ProgrammePlan:
    """A programme's course.

    years: year -> (active KUB at that year's report, KUB closed in the year).
    mean_members: members per KUB at some years, read as a line between them.
    members: year -> exact sum of members that the year's report must reach.
    silent: year -> exact number of active KUB without a report; other years take `silent_share`.
    bounds: fewest and most members a group may report.
    """

    programme_id: str
    places: tuple[VillagePlan, ...]
    years: Mapping[int, tuple[int, int]]
    mean_members: Mapping[int, float]
    sectors: Mapping[str, float]
    women: float
    bounds: tuple[int, int] = (8, 25)
    members: Mapping[int, int] = field(default_factory=dict)
    silent: Mapping[int, int] = field(default_factory=dict)
    silent_share: float = 0.07
    report_day: tuple[int, int] = (11, 30)
    last_report: date | None = None

    @property
    def last_year(self) -> int:
        """The last year of the plan."""
        return max(self.years)

    def reports_on(self, year: int) -> date:
        """The day on which the groups report in `year`."""
        if self.last_report is not None and year == self.last_year:
            return self.last_report
        return date(year, *self.report_day)

    def mean(self, year: int) -> float:
        """Members per KUB aimed at in `year`; flat outside the stated years."""
        stated = sorted(self.mean_members.items())
        if year <= stated[0][0]:
            return stated[0][1]
        for (y0, m0), (y1, m1) in pairwise(stated):
            if year <= y1:
                return m0 + (m1 - m0) * (year - y0) / (y1 - y0)
        return stated[-1][1]


@dataclass
class Group:
    """One KUB while it is being invented; its reports come later (kub/sample/reports.py)."""

    kub_id: str
    name: str
    place: VillagePlan
    sector: str
    activity: str
    founded_on: date
    closed_on: date | None = None

    def living(self, on: date) -> bool:
        """Whether the group is active on that day."""
        return self.founded_on <= on and (self.closed_on is None or self.closed_on > on)


def kub_row(group: Group) -> Row:
    """The group as a row of the sheet `KUB`."""
    return {
        "kub_id": group.kub_id,
        "name": group.name,
        "village_code": group.place.code,
        "village": group.place.village,
        "district": group.place.district,
        "sector": group.sector,
        "activity": group.activity,
        "founded_on": group.founded_on,
        "closed_on": group.closed_on,
    }
