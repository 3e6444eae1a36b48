"""Small multiples of Pertumbuhan: where does the programme grow?"""

import pandas as pd

from kub.charts import panels
from kub.charts.chart_data import (
    Chart,
    nothing,
)
from kub.look import Mode, palette
from kub.words import Words


def district_growth(
    frame: pd.DataFrame, words: Words, mode: Mode, measure: str = "kub", provisional: bool = False
) -> Chart:
    """Small multiples, the largest first: where does it grow? What is beyond panels.MOST districts
    is summed.

    provisional: whether the last year is unfinished. Height: panels.height(panels_of(frame)).
    """
    if not frame[measure].any():
        return nothing(words("growth.empty_todo"), mode)
    series = [
        (group["district"].iloc[0], group[measure].tolist(), str(code))
        for code, group in frame.groupby("district_code")
    ]
    series.sort(key=lambda panel: panel[1][-1], reverse=True)
    shown, rest = series[: panels.MOST], []
    if len(series) > panels.MOST:
        shown = series[: panels.MOST - 1]
        rest = [values for _, values, _ in series[panels.MOST - 1 :]]
        shown.append(
            (
                words("district_growth.rest", n=len(rest)),
                [sum(year) for year in zip(*rest, strict=True)],
                "",
            )
        )
    years = frame["year"].drop_duplicates().tolist()
    return panels.multiples(shown, years, words, palette(mode), provisional)


def panels_of(frame: pd.DataFrame) -> int:
    """How many panels district_growth draws of a frame."""
    return min(frame["district_code"].nunique(), panels.MOST)
