"""The years in which as many KUB closed as were founded, or more."""

from collections.abc import Sequence

import pandas as pd

from kub.findings.leaders import NAMED
from kub.findings.phrases import Row, span
from kub.words import Words


def closing_years(rows: Sequence[Row]) -> list[int]:
    """Finished years alone: half a year's foundings beside its closings say nothing yet.

    rows: of `growth`.
    """
    return [row["year"] for row in rows if not row["provisional"] and _closes(row)]


def _closes(row: Row) -> bool:
    """A year in which nothing happened is none of these, although both are alike."""
    known = not (pd.isna(row["founded"]) or pd.isna(row["closed"]))
    return bool(known and row["closed"] and row["closed"] >= row["founded"])


def runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years that follow each other, as their first and their last."""
    listed: list[tuple[int, int]] = []
    for year in years:
        if listed and listed[-1][1] == year - 1:
            listed[-1] = (listed[-1][0], year)
        else:
            listed.append((year, year))
    return listed


def with_closings(text: str, rows: Sequence[Row], words: Words) -> str:
    """A takeaway, and in which of its years closings reached foundings, if in any."""
    years = closing_years(rows)
    if not years:
        return text
    parts = [span(*run) for run in runs(years)]
    if len(parts) <= NAMED:
        return f"{text} {words('growth.takeaway.closings', years=words.listing(parts))}"
    finished = sum(not row["provisional"] for row in rows)
    return f"{text} {words('growth.takeaway.closings_many', n=len(years), of=finished)}"
