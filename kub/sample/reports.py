"""Invents the reports of a programme's groups, so that members add up to the plan's sums."""

from datetime import date, timedelta
from random import Random

from kub.sample.plan import Group, ProgrammePlan, Row
from kub.sample.trades import TRADES

WOMEN_UNSTATED = 0.06
REVENUE_UNSTATED = 0.12
KEEPS_ASSETS = 0.45
GROWTH = 1.06
# The pandemic years, against the trend.
DIP = {2020: 0.70, 2021: 0.84, 2022: 0.95}


class _Book:
    """What one group carries from report to report."""

    def __init__(self, group: Group, plan: ProgrammePlan, rng: Random) -> None:
        trade = TRADES[group.sector]
        self.group = group
        share = trade.women + (plan.women - 0.66) + rng.gauss(0, 0.13)
        self.women = min(max(share, 0.05), 0.98)
        self.states_women = rng.random() >= WOMEN_UNSTATED / 2
        self.earning = trade.monthly_idr * rng.lognormvariate(0, 0.35)
        self.assets = rng.lognormvariate(0, 0.3) if rng.random() < KEEPS_ASSETS else None
        low, high = plan.bounds
        start = plan.mean(group.founded_on.year) + trade.size + rng.gauss(0, 3.0)
        self.members = min(max(round(start), low), high)
        self.reported_on: date | None = None

    def row(self, on: date, rng: Random) -> Row:
        row: Row = {
            "kub_id": self.group.kub_id,
            "reported_on": on,
            "members": self.members,
            "women": self._women(rng),
            "revenue_idr": self._revenue(on, rng),
            "assets_idr": self._assets(on, rng),
        }
        self.reported_on = on
        return row

    def _women(self, rng: Random) -> int | None:
        if not self.states_women or rng.random() < WOMEN_UNSTATED / 2:
            return None
        return min(max(round(self.members * self.women + rng.gauss(0, 0.5)), 0), self.members)

    def _yearly(self, on: date, rng: Random) -> float:
        trend = GROWTH ** (on.year - 2012) * DIP.get(on.year, 1.0)
        return 12 * self.members * self.earning * trend * rng.lognormvariate(0, 0.15)

    def _revenue(self, on: date, rng: Random) -> int | None:
        # A report at founding has no period that revenue could be of.
        if self.reported_on is None or rng.random() < REVENUE_UNSTATED:
            return None
        return _rounded(self._yearly(on, rng) * (on - self.reported_on).days / 365.25)

    def _assets(self, on: date, rng: Random) -> int | None:
        if self.assets is None:
            return None
        return _rounded(0.3 * self.assets * self._yearly(on, rng) + 2_000_000)


def _rounded(rupiah: float) -> int:
    return round(rupiah / 50_000) * 50_000


def invent(plan: ProgrammePlan, groups: list[Group], rng: Random) -> list[Row]:
    """Rows for `Laporan`: one at founding, then one each year on the plan's day, some missing."""
    books = {group.kub_id: _Book(group, plan, rng) for group in groups}
    rows: list[Row] = []
    for year in plan.years:
        on = plan.reports_on(year)
        new = [book for book in books.values() if book.group.founded_on.year == year]
        rows += [book.row(book.group.founded_on, rng) for book in new]
        active = [book for book in books.values() if book.group.living(on)]
        silent = _silent(plan, year, active, rng)
        due = [book for book in active if book.group.kub_id not in silent]
        for book in due:
            _step(book, plan, on, rng)
        # Published sums are met exactly; in other years the mean decides.
        goal = plan.members.get(year, round(plan.mean(year) * len(active)))
        _settle(due, goal - sum(book.members for book in active), plan.bounds, rng)
        rows += [book.row(on, rng) for book in due]
    return sorted(rows, key=lambda row: (str(row["kub_id"]), str(row["reported_on"])))


def _silent(plan: ProgrammePlan, year: int, active: list[_Book], rng: Random) -> set[str]:
    """Groups that leave out this year's report: never in their founding
    year, else nobody is "not reported".
    """
    # Sorted: the order of a set would change what a seed gives.
    older = sorted(book.group.kub_id for book in active if book.group.founded_on.year < year)
    count = plan.silent.get(year, round(plan.silent_share * len(older)))
    return set(rng.sample(older, count))


def _step(book: _Book, plan: ProgrammePlan, on: date, rng: Random) -> None:
    """Members come and go; a group that closes within a year is losing them."""
    closed = book.group.closed_on
    ailing = closed is not None and closed < on + timedelta(days=365)
    low, high = plan.bounds
    mean = -1.0 if ailing else 0.1
    moved = book.members + round(rng.gauss(mean, 1.1))
    book.members = min(max(moved, low), high)


def _settle(due: list[_Book], missing: int, bounds: tuple[int, int], rng: Random) -> None:
    """Adds `missing` members (negative: takes them away), one per
    group in turn, within the bounds.
    """
    step = 1 if missing > 0 else -1
    turn = list(due)
    while missing:
        rng.shuffle(turn)
        # Groups at their bound fall out, so the loop ends or says that the sum cannot be met.
        turn = [book for book in turn if bounds[0] <= book.members + step <= bounds[1]]
        if not turn:
            raise ValueError(f"{missing} members cannot be placed within {bounds}")
        for book in turn[: abs(missing)]:
            book.members += step
            missing -= step
