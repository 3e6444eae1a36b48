"""How much a statement may take, and how much its answer may hold."""

import os
from contextlib import suppress
from dataclasses import dataclass

# Characters: what a link carries through every proxy, percent-encoded, beside its filters.
LONGEST = 4_000
ROWS = 10_000
MB = 1_000_000
SECONDS = "KUB_SQL_S"
AT_ONCE = 2  # on one server; others wait
WAIT = 20  # seconds for a turn


@dataclass(frozen=True)
class Limits:
    """seconds: of the clock. memory_mb: of DuckDB; process_mb: private memory of the process, since
    DuckDB's own limit does not count the bytes of long texts (repeat('x', 10^9)). answer_mb: of the
    answer.
    """

    seconds: float = 10
    rows: int = ROWS
    answer_mb: int = 8
    memory_mb: int = 400
    process_mb: int = 1_000


def limits() -> Limits:
    """KUB_SQL_S says another number of seconds, at most 600; a misspelt one is none."""
    with suppress(ValueError):
        if 0 < (seconds := float(os.environ.get(SECONDS, ""))) <= 600:
            return Limits(seconds=seconds)
    return Limits()
