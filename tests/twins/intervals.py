"""Intervals at 95 % and concentration, from SciPy or from their definitions."""

from math import sqrt

from scipy.stats import binomtest, chi2  # type: ignore[import-untyped]

Interval = tuple[float | None, float | None]
OPEN: Interval = (None, None)
Z = 1.959963984540054


def over(part: float | None, by: float | None, times: int = 1) -> float | None:
    return None if part is None or not by else part * times / by


def wilson(successes: int, n: int) -> Interval:
    """95 % interval of a share of a whole number of things, as SciPy has it."""
    if n == 0:
        return OPEN
    found = binomtest(successes, n).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def wilson_of(p: float | None, n: float) -> Interval:
    """Wilson's formula itself, since an effective number of lives is no whole number."""
    if p is None:
        return OPEN
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson(count: int) -> tuple[float, float]:
    """Exact 95 % interval of the mean of a Poisson count, from quantiles of chi-squared."""
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(0.975, 2 * count + 2) / 2)


def rate(count: int, exposure: int | None, times: int = 1) -> Interval:
    low, high = poisson(count)
    return over(low, exposure, times), over(high, exposure, times)


def gini(amounts: list[int]) -> float | None:
    """Half the mean difference between any two, as a share of the mean."""
    if not sum(amounts):
        return None
    return sum(abs(a - b) for a in amounts for b in amounts) / (2 * len(amounts) * sum(amounts))
