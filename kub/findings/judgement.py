"""Which indicators have a better direction, and on how many of them a
programme stands better than others.
"""

from collections.abc import Sequence
from functools import cache
from statistics import median

import pandas as pd

from kub import places
from kub.findings.phrases import Row
from kub.words import Words


@cache
def directions() -> dict[str, str]:
    """'more' or 'less' is better, '' neither; of each indicator (data/reference/directions.csv)."""
    return {row["indicator"]: row["better"] for row in places.reference("directions.csv")}


def is_better(indicator: str, value: float, other: float) -> bool:
    """Whether a value is better than another; False of an indicator without a better side."""
    better = directions().get(indicator, "")
    if better == "more":
        return value > other
    return better == "less" and value < other


def judged(against: Sequence[tuple[str, Row, list[Row]]], words: Words) -> tuple[str, list[str]]:
    """On how many indicators a row is better than the median of those beside it, and which those
    are.

    against: (indicator, the row, the others). Without a better side an indicator is not counted.
    """
    better: list[str] = []
    compared = 0
    for indicator, row, others in against:
        values = [float(other["value"]) for other in others if not pd.isna(other["value"])]
        # More KUB or a higher Gini is neither good nor bad: only what has a better side is judged.
        if directions().get(indicator) and values and not pd.isna(row["value"]):
            compared += 1
            is_ahead = is_better(indicator, row["value"], median(values))
            if is_ahead:
                better.append(words(f"cell.indicator.{indicator}"))
    # The regencies are the same in the rows of every indicator, so the first will do.
    _, row, others = against[0]
    if not compared:
        return words("benchmark.incomparable", regency=row["regency"]), better
    counts = {"better": len(better), "compared": compared, "n": len(others)}
    key = "median" if len(others) > 1 else "pair"
    return words(
        f"benchmark.{key}", regency=row["regency"], other=others[0]["regency"], **counts
    ), better
