"""Long lists of cases: all of them before a release, some of them at every change."""

from collections.abc import Iterable
from typing import Any

import pytest


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """All of them in `make thorough`, the first and each `every`-th after it in `make test`."""
    return [
        pytest.param(case, marks=pytest.mark.thorough) if number % every else case
        for number, case in enumerate(cases)
    ]
