"""A guest's own workbook beside the programmes: read, checked and queried in memory alone, never
stored.
"""

from dataclasses import dataclass, replace
from datetime import date
from threading import BoundedSemaphore
from typing import Any

import duckdb

import queries
from kub.records import Programme, sandbox
from kub.records.problems import Problem, level_of
from kub.records.reading import Reading
from kub.records.source import Upload
from kub.store.database import build_connection
from queries.filters import Filters

# At a time, for all sessions: reading takes a process of its own with up to its bound of memory.
_READERS = BoundedSemaphore(2)
LONGEST_WAIT = 10  # seconds
_FIGURES = "FROM figures(NULL, [], $until, $sectors, $denominator, '[]')"
_YEARS = ["year", "as_of", "provisional", "founded", "kub", "members"]


@dataclass(frozen=True)
class GuestFile:
    """The programme of a guest's workbook.

    con: to a database of its own, in memory. closed: KUB ever closed. programme: the rows that it
    was made of. reading: what was read of the workbook, and what was not.
    """

    con: duckdb.DuckDBPyConnection
    closed: int
    programme: Programme
    reading: Reading = Reading()

    def row(self, number: int, filters: Filters) -> dict[str, Any]:
        """Everything that records can say, by the SQL of the programmes (figures.sql)."""
        con = queries.cursor(self.con, "analyst")  # they are the guest's own
        # Peers are programmes of the database beside which the guest stands, not of its own.
        filters = replace(filters, peers=())
        row = _figures(con, filters, list(filters.sectors))
        # The mix is of all KUB: the questions choose sectors from it themselves.
        row["sectors"] = _figures(con, filters, [])["sectors"]
        years = queries.ask(con, "programme_years", filters, role="analyst")
        first = None
        if not years.empty:  # a year's age counts from 1 in the first year
            first = int(years["year"].iloc[0] - years["age"].iloc[0] + 1)
        return row | {
            "programme": f"guest-{number}",
            "first_year": first,
            "years": years[_YEARS].to_dict("records"),
        }


def _figures(
    con: duckdb.DuckDBPyConnection, filters: Filters, sectors: list[str]
) -> dict[str, Any]:
    parameters = {"until": filters.until, "sectors": sectors, "denominator": filters.denominator}
    result = con.execute(_FIGURES, parameters)
    names = [column[0] for column in result.description or ()]
    [row] = result.fetchall()
    return dict(zip(names, row, strict=True))


def read(upload: Upload, today: date) -> GuestFile | list[Problem]:
    """The figures of a workbook (.xlsx), or what prevents them, the problems before the warnings.

    today: later dates are problems. Never raises for what is in the file.
    """
    # Two at a time: everybody else's clicks need the machine too.
    if not _READERS.acquire(timeout=LONGEST_WAIT):
        return [
            Problem(upload.name, None, None, None, None, "readers_busy", level_of("readers_busy"))
        ]
    try:
        checked = sandbox.read([upload], today, sandbox.guest_bounds())
    finally:
        _READERS.release()
        sandbox.warm()
    # Without any KUB there is no year and nothing to compare: the warning that says so stands in
    # the way here.
    if not checked.programmes or not checked.programmes[0].tables["kub"].num_rows:
        return sorted(checked.problems, key=lambda problem: problem.level)
    return replace(opened(checked.programmes[0]), reading=checked.reading)


def opened(programme: Programme) -> GuestFile:
    """A programme without problems, ready for questions."""
    con = build_connection([programme])
    [(closed,)] = con.execute(
        "SELECT coalesce(sum(closed), 0)::BIGINT FROM programme_fact"
    ).fetchall()
    return GuestFile(con, closed, programme)
