"""Long lists of cases: all of them before a release, some of them at every change."""

import os
from collections.abc import Iterable
from itertools import cycle
from typing import Any

import pytest


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """All of them in `make thorough`, the first and each `every`-th after it in `make test`."""
    return [
        pytest.param(case, marks=pytest.mark.thorough) if number % every else case
        for number, case in enumerate(cases)
    ]


def fewer(number: int) -> int:
    """How many examples a slow search tries: this many in `make thorough`, half in `make test`."""
    return number if "KUB_THOROUGH" in os.environ else -(-number // 2)


def by_turns(cases: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """All pairs in `make thorough`; in `make test` each case with one of the others, which take
    turns.
    """
    everyone = list(others)
    return [
        pytest.param(case, other, marks=() if other == turn else pytest.mark.thorough)
        for case, turn in zip(cases, cycle(everyone), strict=False)
        for other in everyone
    ]
