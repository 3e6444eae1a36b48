"""Invented targets: what an office would have set itself, with what it knew the year before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kub.sample.plan import Row

# By how much an office means to grow in a year.
MORE_KUB, MORE_REVENUE = 1.08, 1.06
MILLIONS = 100_000_000  # to which revenue is rounded


def rows(goals: Mapping[str, Mapping[int, float]]) -> list[Row]:
    """Rows for `Target`. goals: by indicator and year; perempuan in percent."""
    return [
        {"indicator": indicator, "year": year, "value": value}
        for indicator, values in goals.items()
        for year, value in values.items()
    ]


def of_kub(years: Mapping[int, tuple[int, int]]) -> dict[int, float]:
    """Somewhat more KUB than there came to be, by fives. years: active KUB and closings."""
    return {year: round(MORE_KUB * active / 5) * 5 for year, (active, _) in years.items()}


def of_revenue(reports: Iterable[Row], since: int, until: int) -> dict[int, float]:
    """For each year somewhat more than what was stated in the year before it."""
    stated: dict[int, int] = defaultdict(int)
    for row in reports:
        stated[int(str(row["reported_on"])[:4])] += int(str(row["revenue_idr"] or 0))
    return {
        year: round(MORE_REVENUE * stated[year - 1] / MILLIONS) * MILLIONS
        for year in range(since, until + 1)
    }
