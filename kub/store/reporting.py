"""The reporting calendar of a programme: who has reported in a year, and who has not."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from kub.store.data import Data
from queries import reporting
from queries.filters import Filters


@dataclass(frozen=True)
class District:
    """How many KUB a district has, and how many of them have not reported."""

    code: str
    name: str
    kub: int
    missing: int


@dataclass(frozen=True)
class Calendar:
    """A year of one programme, or of one district of it, as a role sees it."""

    data: Data
    filters: Filters
    year: int

    @classmethod
    def of(
        cls, data: Data, programme_id: str, year: int, district: str | None = None
    ) -> "Calendar":
        """Raises YearlyOnly where the programme has no single KUB."""
        filters = Filters(programme=programme_id, districts=(district,) if district else ())
        data.refuse_card(filters)
        return cls(data, filters, year)

    @property
    def as_of(self) -> date | None:
        """The date on which the KUB counted are active; None without records."""
        return self.data.as_of(replace(self.filters, until=self.year))

    def villages(self) -> pd.DataFrame:
        """Counts by village (queries/reporting.py)."""
        return self._kept("villages", reporting.villages)

    def months(self, year: int | None = None) -> pd.DataFrame:
        """How many had reported by the end of each month. year: another than its own."""
        of_year = replace(self, year=year or self.year)
        return of_year._kept("months", reporting.months)

    def missing(self, most: int | None = None) -> pd.DataFrame:
        """Who has not reported. most: how many of the first, all if left out."""
        with self.data.cursor() as cursor:
            return reporting.missing(cursor, self.filters, self.year, most)

    def _kept(self, name: str, ask: reporting.Ask) -> pd.DataFrame:
        key: Hashable = ("reporting", name, self.filters, self.year)

        def asked() -> pd.DataFrame:
            with self.data.cursor() as cursor:
                return ask(cursor, self.filters, self.year)

        return self.data.frame_cache.get(key, asked)


def years(data: Data, programme_id: str, today: date) -> list[int]:
    """The years of a calendar, the newest first: those of the records, and those since then."""
    known = data.programmes[programme_id].years
    if not known:
        return []
    return list(range(max(known[-1], today.year), known[0] - 1, -1))


def totals(villages: pd.DataFrame) -> Mapping[str, int]:
    """Sums of counts by village: kub, reported, missing, never; and villages with any missing."""
    counts = {name: int(villages[name].sum()) for name in ("kub", "reported", "missing", "never")}
    return {**counts, "villages": int((villages["missing"] > 0).sum())}


def districts(villages: pd.DataFrame) -> list[District]:
    """The districts in which any KUB has not reported, by name."""
    sums = villages.groupby(["district_code", "district"], sort=False)[["kub", "missing"]].sum()
    rows = sums[sums["missing"] > 0].reset_index().to_dict("records")
    return [
        District(row["district_code"], row["district"], int(row["kub"]), int(row["missing"]))
        for row in rows
    ]
