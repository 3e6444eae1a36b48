"""The numbers that readers may not learn: members of each KUB in each
report, and the sums in which they stand.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

import queries
from kub.store.disclosure import Integers


@dataclass(frozen=True)
class UnknownNumbers:
    """The unknown numbers of a programme in all versions.

    Cells by position: village, district, sector. Columns by position: people, small. The sums in
    which a column stands, in any order: column, records (which version's), cell, first and last
    year, stated (whether in those of members who state their sex too). Days of publications are
    negative years.
    """

    village: np.ndarray
    district: np.ndarray
    sector: np.ndarray
    people: Integers
    small: np.ndarray
    column: Integers
    records: Integers
    cell: Integers
    first: Integers
    last: Integers
    stated: np.ndarray

    @property
    def in_years(self) -> np.ndarray:
        """For each sum, whether it is of years (True) or of days of publications."""
        return np.asarray(self.first > 0)

    def years(self, records: int) -> list[int]:
        """The years of a version in which anybody is counted, the newest first."""
        here = (self.records == records) & self.in_years
        if not here.any():
            return []
        # Years without anybody counted fall out below: there is nothing to release in them.
        between = range(int(self.first[here].min()), int(self.last[here].max()) + 1)
        return [
            year
            for year in reversed(between)
            if ((self.first[here] <= year) & (self.last[here] >= year)).any()
        ]


def gathered(con: duckdb.DuckDBPyConnection, programme: str) -> UnknownNumbers:
    """The unknown numbers of a programme, from the temporary tables `unknown` and `day`."""
    patterns = con.execute(queries.model("small_patterns"), {"programme": programme}).fetchnumpy()
    cells = con.execute(
        """SELECT village_code, any_value(district_code) AS district_code, sector FROM unknown
        WHERE programme_id = $programme
        GROUP BY village_code, sector ORDER BY village_code, sector""",
        {"programme": programme},
    ).fetchnumpy()
    column = np.asarray(patterns["column"], np.int64)
    # The query gives a row for each sum; people and small are the same in all rows of a column.
    _, first = np.unique(column, return_index=True)
    integers = {
        name: np.asarray(patterns[name], np.int64) for name in ("records", "cell", "first", "last")
    }
    return UnknownNumbers(
        village=np.asarray(cells["village_code"], str),
        district=np.asarray(cells["district_code"], str),
        sector=np.asarray(cells["sector"], str),
        people=np.asarray(patterns["people"], np.int64)[first],
        small=np.asarray(patterns["small"], bool)[first],
        column=column,
        stated=np.asarray(patterns["stated"], bool),
        **integers,
    )
