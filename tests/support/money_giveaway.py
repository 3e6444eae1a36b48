"""A reader who adds and subtracts what is told of money: all questions, filters and years.

Knows nothing of how figures are withheld. Unknown is what each KUB earned in a year, and owned at
its end; every figure that is told is an equation over it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import duckdb

import queries
from queries.filters import Filters
from tests.support.elimination import Equation, Space, Unknown
from tests.support.frames import Row, rows
from tests.twins.money import earnings, last_finished
from tests.twins.rows import Kub, Records
from tests.twins.sets import active, in_scope, newest_report
from tests.twins.times import Moment, moment, year_end, years

Told = Iterator[tuple[object, Callable[[], Equation]]]


def earned(kub_id: str, year: int | None) -> Unknown:
    return ("earned", kub_id, f"{year}")


def owned(kub_id: str, year: int | None) -> Unknown:
    return ("owned", kub_id, f"{year}")


class Reader:
    """The equations of one answer, row by row: (what is told, its equation)."""

    def __init__(self, records: Records, filters: Filters) -> None:
        self.records, self.filters = records, filters
        self.kubs = in_scope(records, filters)

    def _total(self, kubs: Iterable[Kub], at: Moment) -> Equation:
        return {
            earned(kub_id, at.year): Fraction(1)
            for kub_id in earnings(self.records, list(kubs), at)
        }

    def _with_members(self, kubs: Iterable[Kub], at: Moment) -> Equation:
        """As if their members were known."""
        assert at.as_of is not None
        newest = {k.kub_id: newest_report(self.records, k, at.as_of) for k in kubs}
        have = [kub for kub in kubs if (r := newest[kub.kub_id]) and r.members > 0]
        return self._total(have, at)

    def _sums(self, row: Row, kubs: list[Kub], at: Moment) -> Told:
        yield row["revenue_idr"], lambda: self._total(kubs, at)
        yield row["revenue_per_kub"], lambda: self._total(kubs, at)
        yield row["revenue_per_member"], lambda: self._with_members(kubs, at)

    def revenue(self, row: Row) -> Told:
        at = year_end(self.records, row["year"])
        yield from self._sums(row, self.kubs, at)
        yield row["assets_idr"], lambda: self._assets(at)
        yield row["matched_change"], lambda: self._change(at)

    def _assets(self, at: Moment) -> Equation:
        assert at.as_of is not None
        on = at.as_of
        stated = {
            r.kub_id
            for r in self.records.reports
            if r.reported_on <= on and r.assets_idr is not None
        }
        return {
            owned(k.kub_id, at.year): Fraction(1)
            for k in active(self.kubs, on)
            if k.kub_id in stated
        }

    def _change(self, at: Moment) -> Equation:
        """Revenue of the year less its multiple of the year before is 0, of those in both."""
        assert at.year is not None
        now = earnings(self.records, self.kubs, at)
        before = earnings(self.records, self.kubs, year_end(self.records, at.year - 1))
        both = now.keys() & before.keys()
        times = Fraction(sum(now[k] for k in both), sum(before[k] for k in both))
        return {earned(k, at.year): Fraction(1) for k in both} | {
            earned(k, at.year - 1): -times for k in both
        }

    def revenue_sectors(self, row: Row) -> Told:
        at = moment(self.records, self.filters)
        here = [kub for kub in self.kubs if kub.sector == row["sector"]]
        yield from self._sums(row, here, at)

        def part() -> Equation:
            mine, whole = earnings(self.records, here, at), earnings(self.records, self.kubs, at)
            share = Fraction(sum(mine.values()), sum(whole.values()))
            return {earned(k, at.year): Fraction(k in mine) - share for k in whole}

        yield row["share"], part

    def revenue_villages(self, row: Row) -> Told:
        here = [kub for kub in self.kubs if kub.village_code == row["village_code"]]
        yield from self._sums(row, here, moment(self.records, self.filters))

    def benchmark(self, row: Row) -> Told:
        at = last_finished(self.records, self.filters)
        if row["programme"] == self.records.programme_id and at.as_of:
            kubs = in_scope(self.records, replace(self.filters, districts=(), villages=()))
            if row["indicator"] == "revenue_per_kub":
                yield row["value"], lambda: self._total(kubs, at)
            if row["indicator"] == "revenue_per_member":
                yield row["value"], lambda: self._with_members(kubs, at)


def asked(records: Records) -> Iterator[tuple[str, Filters]]:
    """All, single ones and pairs of villages and districts, with those of sectors, in every year."""
    whole = Filters(records.programme_id)
    villages = sorted({kub.village_code for kub in records.kubs})
    districts = sorted({v.district_code for v in records.villages})
    sectors = sorted({kub.sector for kub in records.kubs})
    places = [replace(whole, villages=some) for some in subsets(villages)]
    places += [replace(whole, districts=some) for some in subsets(districts) if some]
    scopes = [replace(place, sectors=some) for place in places for some in subsets(sectors)]
    for filters in scopes:
        yield "revenue", filters
    for sector in ((), *((code,) for code in sectors)):
        yield "benchmark", replace(whole, sectors=sector)
    for until in years(records):
        for place in places:
            yield "revenue_sectors", replace(place, until=until)
        for some in subsets(sectors):
            yield "revenue_villages", replace(whole, sectors=some, until=until)


def subsets(codes: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(min(len(codes), 2) + 1):
        yield from combinations(codes, size)


SPREAD = ("lower_per_kub", "median_per_kub", "upper_per_kub")


def named(records: Records, con: duckdb.DuckDBPyConnection) -> list[str]:
    """The KUB whose own revenue a quarter or a median of a sector is, where the scopes in which it is
    met again have nobody else in common. Who states revenue the reader knows: `revenue_missing`
    lists the others.
    """
    scopes: dict[tuple[int | None, float], set[str]] = {}
    spread: set[tuple[int | None, float]] = set()
    for question, filters in asked(records):
        if question not in ("revenue", "revenue_sectors"):
            continue
        for row in rows(queries.ask(con, question, filters)):
            at = moment(records, filters) if "sector" in row else year_end(records, row["year"])
            kubs = in_scope(records, filters)
            here = [kub for kub in kubs if kub.sector == row.get("sector", kub.sector)]
            for name in SPREAD:
                if (amount := row.get(name)) is not None:
                    key = (at.year, float(amount))
                    earners = set(earnings(records, here, at))
                    scopes[key] = scopes.get(key, earners) & earners
                    spread |= {key} if "sector" in row else set()
    found = []
    for year, amount in spread:
        earned_by = earnings(records, list(records.kubs), year_end(records, year))
        few = scopes[year, amount]
        found += [k for k in few if len(few) <= 2 and earned_by[k] == amount]
    return found


def recovered(records: Records, con: duckdb.DuckDBPyConnection) -> tuple[list[str], int]:
    """(the money of one or two KUB that follows from all answers, number of equations)."""
    equations = {}
    for question, filters in asked(records):
        reader = Reader(records, filters)
        for row in rows(queries.ask(con, question, filters)):
            for value, equation in getattr(reader, question)(row):
                if value is not None:
                    said = equation()
                    equations[frozenset(said.items())] = said
    space = Space(list(equations.values()))
    found = []
    for year in years(records):
        for name in (earned, owned):
            unknown = sorted({name(kub.kub_id, year) for kub in records.kubs})
            singles = [{kub: Fraction(1)} for kub in unknown]
            pairs = [dict.fromkeys(pair, Fraction(1)) for pair in combinations(unknown, 2)]
            found += [f"{year}: {target}" for target in singles + pairs if space.determines(target)]
    return found, len(equations)
