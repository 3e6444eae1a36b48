"""Cursors that are kept between questions: making one and giving it a role costs as much as a
small question does.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

import queries


class Cursors:
    """The idle cursors of one connection, by role: as many as there ever were questions at once.

    Threads come and go with every click, so these belong to none.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._idle: dict[str, deque[duckdb.DuckDBPyConnection]] = defaultdict(deque)

    @contextmanager
    def taken(self, role: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of this role for one question, fetched before it is given back.

        One that failed is not used again.
        """
        idle = self._idle[role]
        try:
            cursor = idle.pop()
        except IndexError:
            cursor = queries.cursor(self._con, role)
        yield cursor
        idle.append(cursor)
