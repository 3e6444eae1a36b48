"""One KUB from year to year: a line of one amount, a gap where no report states it."""

import pandas as pd

from kub.charts.chart_data import CellChart, Chart, nothing
from kub.charts.stretch import stretch
from kub.charts.years import every_other
from kub.findings.microfinance import known
from kub.findings.phrases import at, records
from kub.look import Mode, palette, safe
from kub.words import Words


def kub_history(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Members. frame: of queries.listing.history."""
    return _line(frame, "members", "n", words, mode)


def kub_revenue(frame: pd.DataFrame, words: Words, mode: Mode) -> Chart:
    """Revenue, nominal."""
    return _line(frame, "revenue_idr", "rp", words, mode)


def _line(frame: pd.DataFrame, amount: str, spec: str, words: Words, mode: Mode) -> Chart:
    rows = records(frame)
    if not any(known(row[amount]) for row in rows):
        return nothing(words("kub_history.todo"), mode)
    hover = [
        f"{safe(words.write(row[amount], spec))}<br>{safe(at(row, words))}"
        if known(row[amount])
        else ""
        for row in rows
    ]
    cells = CellChart("column", "year", (amount,))
    drawn = stretch(rows, amount, spec, hover, words, palette(mode), cells=cells)
    x = drawn.figure["layout"]["xaxis"]
    x |= every_other(x)  # it has half a page
    return drawn
