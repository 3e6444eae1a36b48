"""A reader who adds and subtracts: what all answers together give away of few people.

Knows nothing of how figures are withheld. Unknown are the members, and the women, of each
report; every figure about people that a reader is told, in any version, is an equation over
them. A report that is the same in two versions is the same unknown; so is one that is carried
forward to later years.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

import duckdb

import queries
from queries.filters import Dimension, Filters
from tests.support.elimination import Equation, Space, Unknown
from tests.support.frames import Row, rows
from tests.twins.money import earnings, last_finished
from tests.twins.rows import Kub, Records, Report
from tests.twins.sets import active, in_scope, newest_report
from tests.twins.times import moment, year_end, years


@dataclass(frozen=True)
class Opened:
    """A version as a reader has it, and its records."""

    records: Records
    con: duckdb.DuckDBPyConnection


def members(report: Report) -> Unknown:
    return ("members", report.kub_id, f"{report.reported_on}", f"{report.members}")


def women(report: Report) -> Unknown:
    return ("women", report.kub_id, f"{report.reported_on}", f"{report.members}", f"{report.women}")


def counted(records: Records, kubs: list[Kub], on: object) -> list[Report]:
    """The newest report of each active KUB that has any."""
    found = (newest_report(records, kub, on) for kub in active(kubs, on))  # type: ignore[arg-type]
    return [report for report in found if report]


def stated(reports: Iterable[Report]) -> list[Report]:
    return [report for report in reports if report.women is not None]


def total(reports: Iterable[Report]) -> Equation:
    """Their members together are known."""
    return {members(report): Fraction(1) for report in reports}


def share(part: Equation, whole: Equation, value: Fraction) -> Equation:
    """part / whole = value."""
    return {
        name: part.get(name, Fraction(0)) - value * whole.get(name, Fraction(0))
        for name in part.keys() | whole.keys()
    }


def _women_share(reports: list[Report]) -> Equation:
    known = stated(reports)
    value = Fraction(sum(r.women or 0 for r in known), sum(r.members for r in known))
    return share({women(r): Fraction(1) for r in known}, total(known), value)


def _known_share(reports: list[Report]) -> Equation:
    known = stated(reports)
    value = Fraction(sum(r.members for r in known), sum(r.members for r in reports))
    return share(total(known), total(reports), value)


class Reader:
    """The equations that answers give.

    Each method is a question: (column, equations) for the figures of its rows.
    """

    def __init__(self, records: Records, filters: Filters, question: str) -> None:
        self.records, self.filters = records, filters
        self.scoped = in_scope(records, filters)
        self.as_of = moment(records, filters).as_of
        self.question = question

    def equations(self, answer: Iterable[Row]) -> Iterator[Equation]:
        for row in answer:
            for columns, equation in getattr(self, self.question)(row):
                if any(row[column] is not None for column in columns.split()):
                    yield from equation()

    def _reports(self, keep: Callable[[Kub], bool] = bool, year: int | None = None) -> list[Report]:
        on = year_end(self.records, year).as_of if year else self.as_of
        return counted(self.records, [kub for kub in self.scoped if keep(kub)], on)

    def headline(self, _: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        reports = self._reports()
        yield "members members_per_kub", lambda: [total(reports)]
        yield "women_share", lambda: [_women_share(reports)]
        yield "women_known_share", lambda: [_known_share(reports)]

    def growth(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        reports = self._reports(year=row["year"])
        yield "members", lambda: [total(reports)]
        yield "women_share", lambda: [_women_share(reports)]

    def sectors(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        here = self._reports(lambda kub: kub.sector == row["sector"])
        everything = self._reports()
        yield "members", lambda: [total(here)]

        def part() -> list[Equation]:
            value = Fraction(sum(r.members for r in here), sum(r.members for r in everything))
            return [share(total(here), total(everything), value)]

        yield "members_share", part

    def sector_years(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: kub.sector == row["sector"], row["year"]))],
        )

    def villages(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        reports = self._reports(lambda kub: kub.village_code == row["village_code"])
        yield "members", lambda: [total(reports)]
        yield "women_share", lambda: [_women_share(reports)]

    def village_sectors(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        cell = (row["village_code"], row["sector"])
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: (kub.village_code, kub.sector) == cell))],
        )

    def district_growth(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        codes = {v.code for v in self.records.villages if v.district_code == row["district_code"]}
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: kub.village_code in codes, row["year"]))],
        )

    def activities(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        what = (row["activity"], row["sector"])
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: (kub.activity, kub.sector) == what))],
        )

    def specialisation(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: kub.village_code == row["village_code"]))],
        )

    def village_kub(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        """The newest report of each KUB founded by then, closed ones too."""
        [kub] = [kub for kub in self.scoped if kub.kub_id == row["kub_id"]]
        report = newest_report(self.records, kub, self.as_of) if self.as_of else None
        if report:
            yield "members", lambda: [total([report])]
            yield "women", lambda: [{women(report): Fraction(1)}]

    kubs = village_kub

    def pivot(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        """Reports of the KUB in a cell; of another year where that is a dimension."""
        dimensions = {self.filters.rows: row["row_code"], self.filters.columns: row["column_code"]}
        year = int(dimensions.pop("year", 0)) or None
        district = {v.code: v.district_code for v in self.records.villages}

        def inside(kub: Kub) -> bool:
            codes = {
                "district": district[kub.village_code],
                "village": kub.village_code,
                "sector": kub.sector,
                "activity": kub.activity,
            }
            return all(codes[name] == code for name, code in dimensions.items())

        reports = self._reports(inside, year)
        yield "members", lambda: [total(reports)]
        yield "women", lambda: [{women(r): Fraction(1) for r in stated(reports)}]
        yield "women_share", lambda: [_women_share(reports)]

    def microfinance(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        yield (
            "members",
            lambda: [total(self._reports(lambda kub: kub.village_code == row["village_code"]))],
        )

    def _earning(self, kubs: list[Kub], year: int) -> list[Report]:
        """The newest reports of those that state their revenue: revenue per member is told of them.

        Taken as if revenue were known, so that the members of all of them are.
        """
        at = year_end(self.records, year)
        assert at.as_of is not None
        earned = earnings(self.records, kubs, at)
        newest = (newest_report(self.records, k, at.as_of) for k in kubs if k.kub_id in earned)
        return [report for report in newest if report]

    def revenue(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        yield "revenue_per_member", lambda: [total(self._earning(self.scoped, row["year"]))]

    def revenue_sectors(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        here = [kub for kub in self.scoped if kub.sector == row["sector"]]
        yield "revenue_per_member", lambda: [total(self._earning(here, self._year()))]

    def revenue_villages(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        here = [kub for kub in self.scoped if kub.village_code == row["village_code"]]
        yield "revenue_per_member", lambda: [total(self._earning(here, self._year()))]

    def _year(self) -> int:
        year = moment(self.records, self.filters).year
        assert year is not None
        return year

    def reconcile(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        if row["indicator"] == "anggota":
            yield (
                "recorded difference",
                lambda: [total(counted(self.records, list(self.records.kubs), row["date"]))],
            )

    def _of_programme(self, year: int | None = None) -> list[Report]:
        """Filters of place do not apply where programmes are compared."""
        return counted(
            self.records,
            self._kubs_of_programme(),
            year_end(self.records, year).as_of if year else self.as_of,
        )

    def _kubs_of_programme(self) -> list[Kub]:
        return in_scope(self.records, replace(self.filters, districts=(), villages=()))

    def programme_years(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        if row["programme"] == self.records.programme_id:
            yield (
                "members members_per_1k members_per_village",
                lambda: [total(self._of_programme(row["year"]))],
            )

    def rates(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        if row["programme"] == self.records.programme_id and self.filters.measure == "members":
            yield "value low high n", lambda: [total(self._of_programme())]

    def provinces(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        assert row["programmes"] == 1, "the attacked programme is alone in its province here"
        yield "members", lambda: [total(self._of_programme())]

    def benchmark(self, row: Row) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        if row["programme"] != self.records.programme_id:
            return
        reports = self._of_programme()
        if row["indicator"] in ("members", "members_per_kub", "members_per_1k"):
            # n of members per KUB is the number of KUB.
            yield (
                "value low high" if row["indicator"] == "members_per_kub" else "value low high n",
                lambda: [total(reports)],
            )
        if row["indicator"] == "women_share":
            yield "value low high", lambda: [_women_share(reports)]
            yield "n", lambda: [total(stated(reports))]
        if row["indicator"] == "revenue_per_member":
            at = last_finished(self.records, self.filters)
            if at.year is not None:
                yield (
                    "value",
                    lambda: [total(self._earning(self._kubs_of_programme(), at.year or 0))],
                )
        if row["indicator"] == "gini":
            # Taken as if it gave the sum of each village.
            village_of = {kub.kub_id: kub.village_code for kub in self.records.kubs}
            yield (
                "value",
                lambda: [
                    total(r for r in reports if village_of[r.kub_id] == code)
                    for code in set(village_of.values())
                ],
            )


QUESTIONS = tuple(question for question in queries.QUESTIONS if hasattr(Reader, question))
PIVOTS: tuple[tuple[Dimension, Dimension], ...] = (
    *(("district", "sector"), ("village", "sector"), ("village", "year"), ("sector", "year")),
    *(("activity", "sector"), ("village", "activity"), ("activity", "year")),
)
# Of these a figure stands for one moment: they are asked for each year.
AT_ONE_MOMENT = tuple(
    q
    for q in QUESTIONS
    if q not in ("growth", "sector_years", "district_growth", "programme_years", "revenue", "pivot")
)


def asked(records: Records, everything: bool = True) -> Iterator[tuple[str, Filters]]:
    """What a reader may ask: under all single filters, pairs of places and of sectors, and every
    year.

    everything: each question so; otherwise one for each kind of sum, for speed.
    """
    whole = Filters(records.programme_id)
    codes = sorted({kub.village_code for kub in records.kubs})
    districts = sorted({v.district_code for v in records.villages})
    sectors = sorted({kub.sector for kub in records.kubs})
    places = [replace(whole, villages=(c,)) for c in codes] + [
        replace(whole, districts=(d,)) for d in districts
    ]
    of_sector = [replace(whole, sectors=(s,)) for s in sectors]
    pairs = [replace(whole, sectors=pair) for pair in combinations(sectors, 2)]
    pairs += [replace(whole, villages=pair) for pair in combinations(codes, 2)]
    pairs += [replace(whole, districts=pair) for pair in combinations(districts, 2)]
    pairs += [replace(place, sectors=(s,)) for place in places for s in sectors]
    # All years at once.
    yield "sector_years", whole
    yield "district_growth", whole
    yield "programme_years", whole
    yield "reconcile", whole
    for down, across in PIVOTS:
        yield "pivot", replace(whole, rows=down, columns=across)
    for filters in [whole, *places, *of_sector, *(pairs if everything else places)]:
        yield "growth", filters
        yield "revenue", filters
    for filters in [*places, *of_sector, *pairs] if everything else ():
        yield "sector_years", filters
        yield "district_growth", filters
        yield "growth", replace(filters, since=years(records)[-1])
    for filters in of_sector if everything else ():
        yield "programme_years", filters
    # A year at a time.
    for until in years(records):
        at = replace(whole, until=until)
        yield from (
            (q, at)
            for q in (
                *("headline", "villages", "village_sectors", "village_kub", "kubs", "activities"),
                *("revenue_sectors", "revenue_villages", "benchmark"),
            )
        )
        for filters in (
            [at, *(replace(f, until=until) for f in of_sector + places)] if everything else ()
        ):
            yield from ((question, filters) for question in AT_ONE_MOMENT)
            yield "rates", replace(filters, measure="members")
        if everything:
            yield from ((q, replace(at, denominator="target")) for q in AT_ONE_MOMENT)


def few(reports: Sequence[Report]) -> Iterator[tuple[Report, ...]]:
    """Every set of reports that together state 1-4 members, none of them 0."""
    small = [report for report in reports if 1 <= report.members <= 4]
    for size in range(1, 5):
        for chosen in combinations(small, size):
            if sum(report.members for report in chosen) <= 4:
                yield chosen


@dataclass
class Attack:
    """What was looked for, and what was found.

    cell_years, reports: how many small ones there were. recovered: those that the equations
    determine.
    """

    cell_years: set[tuple[object, ...]] = field(default_factory=set)
    reports: set[Unknown] = field(default_factory=set)
    recovered: list[str] = field(default_factory=list)
    told: int = 0


def attack(versions: Sequence[Opened], everything: bool = True) -> Attack:
    """Ask every version everything, then solve."""
    equations: dict[frozenset[tuple[Unknown, Fraction]], Equation] = {}
    known_zero: set[Unknown] = set()
    for version in versions:
        for question, filters in (
            asked(version.records, everything) if years(version.records) else ()
        ):
            answer = rows(queries.ask(version.con, question, filters))
            for equation in Reader(version.records, filters, question).equations(answer):
                equation = {name: value for name, value in equation.items() if value}
                equations[frozenset(equation.items())] = equation
    result = Attack(told=len(equations))
    # Nobody is counted less than 0 times: where a sum of members is 0, so is each.
    for equation in equations.values():
        if all(value == 1 and name[3] == "0" for name, value in equation.items()):
            known_zero |= equation.keys()
    found = list(equations.values()) + [{name: Fraction(1)} for name in known_zero]
    targets = dict(_targets(versions, result))
    space = Space(found)
    for text, target in targets.items():
        if space.determines(target):
            result.recovered.append(text)
    return result


def _targets(versions: Sequence[Opened], result: Attack) -> Iterator[tuple[str, Equation]]:
    for number, version in enumerate(versions):
        records = version.records
        for year in years(records):
            on = year_end(records, year).as_of
            cells = {(kub.village_code, kub.sector) for kub in records.kubs}
            for cell in sorted(cells):
                reports = counted(
                    records, [k for k in records.kubs if (k.village_code, k.sector) == cell], on
                )
                if 1 <= sum(report.members for report in reports) <= 4:
                    result.cell_years.add((number, year, *cell))
                    yield f"version {number}, {year}, cell {cell}", total(reports)
                known = stated(reports)
                if 1 <= sum(report.members for report in known) <= 4:
                    yield (
                        f"version {number}, {year}, women of {cell}",
                        {women(r): Fraction(1) for r in known},
                    )
            for chosen in few(counted(records, list(records.kubs), on)):
                if len(chosen) == 1:
                    result.reports.add(members(chosen[0]))
                name = " + ".join(f"{r.kub_id} of {r.reported_on} ({r.members})" for r in chosen)
                yield f"version {number}, {year}, {name}", total(chosen)
                if len(stated(chosen)) == len(chosen):
                    yield (
                        f"version {number}, {year}, women of {name}",
                        {women(r): Fraction(1) for r in chosen},
                    )
