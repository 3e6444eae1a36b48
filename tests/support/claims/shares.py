"""Percentages in sentences, checked against the rows: each is a share, a change or a ratio of what
they hold.

Words remember each share before it is rounded (tests/support/claims/__init__.py), so a percentage is compared
exactly, not within its rounding: of the 101 whole percentages the ratios of a dozen rows would
soon allow every one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, permutations

import pandas as pd

BY = (
    "year",
    "sector",
    "district",
    "village_code",
    "activity",
    "programme",
    "regency",
    "level",
    "per",
)
# Written in the words themselves: the width of intervals, and of the funnel's limits.
LITERAL = {"95", "99,8", "99.8"}


def written(text: str) -> list[str]:
    """The percentages of a text, without signs: '5,6' of '−5,6 %'."""
    return re.findall(r"(\d[\d.,]*)[ \u00a0]?%", text)


def _ratios(numbers: Iterable[float]) -> Iterator[float]:
    for left, right in permutations(set(numbers), 2):
        if right:
            yield left / right


def _column(frame: pd.DataFrame, column: str) -> Iterator[float]:
    """What stands in one column, with its sums: in all, by group, from the largest down."""
    values = frame[column].dropna().astype(float)
    yield from values
    yield values.sum()
    yield from values.sort_values(ascending=False).cumsum()
    yield from (len(values), float((values > 0).sum()))
    for by in (name for name in BY if name in frame and name != column):
        yield from pd.Series(frame.groupby(by)[column].sum()).astype(float)


def _rows(frame: pd.DataFrame) -> Iterator[Iterable[float]]:
    """The numbers of each row, of each group of rows, and of all."""
    counts = frame.select_dtypes("number").astype(float)
    yield from counts.itertuples(index=False, name=None)
    yield counts.sum().tolist()
    for by in (name for name in BY if name in frame):
        named = [column for column in counts if column != by]
        yield from frame.groupby(by)[named].sum().astype(float).itertuples(index=False, name=None)


def shares(frames: Sequence[pd.DataFrame]) -> list[float]:
    """Every share, change and yearly pace that rows hold or that is
    a quotient of two of their numbers.
    """
    found: set[float] = {0.0, 1.0}
    for frame in frames:
        found |= {
            len(part) / len(frame) for by in BY if by in frame for _, part in frame.groupby(by)
        }
        for column in frame.select_dtypes("number"):
            values = sorted({value for value in _column(frame, str(column)) if value == value})[
                :200
            ]
            # A median of two lies between them.
            found |= {*values, *(sum(pair) / 2 for pair in pairwise(values)), *_ratios(values)}
        for row in _rows(frame):
            found |= set(_ratios(value for value in row if value == value))
    found |= {1 - share for share in found}
    found |= {ratio - 1 for ratio in found} | {
        ratio ** (1 / 3) - 1 for ratio in found if ratio >= 0
    }
    return sorted(abs(share) for share in found if share == share)


def alien(shown: Sequence[float], frames: Sequence[pd.DataFrame]) -> list[float]:
    """Which of the shares shown no number of the rows explains."""
    known = pd.Index(shares(frames)).unique()
    wrong = []
    for share in {abs(value) for value in shown if value == value}:
        place = int(known.searchsorted(share))
        beside = [known[at] for at in (place - 1, place) if 0 <= at < len(known)]
        wrong += [share] if all(abs(share - near) > 1e-9 * max(share, 1) for near in beside) else []
    return wrong
