"""Invents what stands beside the groups: microfinance, libraries, visits of schools and offices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kub.sample.plan import Row

LEVELS = ("SD", "MI", "SMP", "MTs", "SMA", "SMK", "MA")
LEVEL_WEIGHTS = (9, 4, 5, 2, 2, 2, 1)
# Indonesian school months in which a class goes out.
SCHOOL_MONTHS = (2, 3, 4, 5, 8, 9, 10)


@dataclass(frozen=True)
class Lender:
    """A microfinance unit: what it reached at `until`, from which
    its earlier years are scaled down.
    """

    lkm_id: str
    name: str
    village_code: str
    founded: str
    first_year: int
    until: date
    customers: int
    assets_idr: int
    # A real cooperative's name stands beside no invented arrears.
    real: bool = False

    def row(self) -> Row:
        return {
            "lkm_id": self.lkm_id,
            "name": self.name,
            "village_code": self.village_code,
            "founded_on": self.founded,
        }

    def reports(self, rng: Random) -> list[Row]:
        """One row each 31 December from the year after founding, the last on `until`."""
        days = [date(year, 12, 31) for year in range(self.first_year + 1, self.until.year)] + [
            self.until
        ]
        whole = (self.until - date(self.first_year, 12, 31)).days
        rows: list[Row] = []
        for on in days:
            done = (on - date(self.first_year, 12, 31)).days / whole
            # The last report is exact; earlier ones wobble but the curve stays steeper than the
            # wobble.
            wobble = 1.0 if on == self.until else rng.uniform(0.97, 1.03)
            assets = self.assets_idr * done**1.9 * wobble
            loans = assets * rng.uniform(0.76, 0.86)
            rows.append(
                {
                    "lkm_id": self.lkm_id,
                    "reported_on": on,
                    "customers": round(self.customers * done**1.2 * wobble),
                    "savings_idr": _round(assets * rng.uniform(0.66, 0.74)),
                    "loans_idr": _round(loans),
                    "overdue_idr": None if self.real else _round(loans * rng.uniform(0.012, 0.045)),
                    "assets_idr": self.assets_idr if on == self.until else _round(assets),
                }
            )
        return rows


def _round(rupiah: float) -> int:
    return round(rupiah / 10_000) * 10_000


def library_reports(libraries: Sequence[Row], until: date, rng: Random) -> list[Row]:
    """One row each 31 December from the opening year, the last on
    `until`; visits fall in 2020 and 2021.
    """
    rows: list[Row] = []
    for library in libraries:
        opened = library["opened_on"]
        assert isinstance(opened, date)
        books, liking = rng.randrange(250, 500), rng.uniform(0.6, 1.5)
        since = opened
        for year in range(opened.year, until.year + 1):
            on = min(date(year, 12, 31), until)
            # An opening in December has no year of visits to report.
            if (on - since).days < 30:
                continue
            books += rng.randrange(40, 180)
            # The pandemic, in which libraries were closed to visitors.
            closed = {2020: 0.25, 2021: 0.4}.get(year, 1.0)
            visits = round(2.4 * (on - since).days * liking * closed * rng.uniform(0.8, 1.2))
            rows.append(
                {
                    "library_id": library["library_id"],
                    "reported_on": on,
                    "books": books,
                    "visits": visits,
                }
            )
            since = on
    return rows


def school_visits(
    villages: Mapping[str, str], per_year: Mapping[int, int], until: date, rng: Random
) -> list[Row]:
    """Visits of invented schools ("SD Contoh 1 Tulis") to the programme. villages: code -> name."""
    codes = sorted(villages)
    rows: list[Row] = []
    for year, count in per_year.items():
        for _ in range(count):
            code, level = rng.choice(codes), rng.choices(LEVELS, LEVEL_WEIGHTS)[0]
            day = date(year, rng.choice(SCHOOL_MONTHS), rng.randrange(1, 28))
            if day > until:
                continue
            school = f"{level} Contoh {rng.randrange(1, 4)} {villages[code]}"
            students = rng.randrange(18, 66)
            rows.append(
                {
                    "visited_on": day,
                    "school": school,
                    "level": level,
                    "village_code": code,
                    "students": students,
                }
            )
    return sorted(rows, key=lambda row: (str(row["visited_on"]), str(row["school"])))


def study_visits(hosts: Sequence[tuple[str, str]], days: Sequence[date], rng: Random) -> list[Row]:
    """One invented visit per day, by an office of one of the hosts (regency code, name)."""
    offices = (
        "Dinas Koperasi dan UKM",
        "Dinas Sosial",
        "Bappeda",
        "Dinas Pemberdayaan Masyarakat dan Desa",
    )
    rows: list[Row] = []
    for day in days:
        code, name = rng.choice(hosts)
        rows.append(
            {
                "visited_on": day,
                "institution": f"{rng.choice(offices)} {name} (contoh)",
                "regency_code": code,
                "participants": rng.randrange(8, 46),
            }
        )
    return rows


def spread(first: date, last: date, count: int, rng: Random) -> list[date]:
    """`count` days between two dates, in order."""
    return sorted(
        first + timedelta(days=rng.randrange((last - first).days + 1)) for _ in range(count)
    )
