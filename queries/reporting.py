"""Which KUB have reported in a year: the reporting calendar of whoever keeps the records.

Counted are the KUB active at the as-of date of that year, as `headline` and `kubs` count them. In
a year after the last of the records nobody has reported yet, and those active at the newest date
are expected. Who reported is the office's own matter; members stay what the cursor's role may see.
"""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd

from queries.filters import Filters

Ask = Callable[[duckdb.DuckDBPyConnection, Filters, int], pd.DataFrame]
# With the report that counts: the newest by the as-of date (model/rows.sql).
_KUB = """SELECT k.*, v.district_code, coalesce(year(k.reported_on) >= $year, false) AS has_reported
FROM counted_kub($programme, $districts, $villages, [], $year) k
JOIN village v ON v.programme_id = $programme AND v.village_code = k.village_code"""
# Sooner or later in the year: a second report of a KUB is no second KUB.
_MONTHS = f"""WITH k AS ({_KUB}),
first AS (
  SELECT month(min(r.reported_on))::INTEGER AS month
  FROM (FROM kub_report WHERE programme_id = $programme AND year(reported_on) = $year) r
  JOIN k USING (kub_id) WHERE k.has_reported AND r.reported_on <= k.reported_on
  GROUP BY r.kub_id)
SELECT m::INTEGER AS month, (SELECT count(*) FROM first WHERE month <= m)::BIGINT AS reported,
  (SELECT count(*) FROM k)::BIGINT AS kub
FROM range(1, 13) AS t(m) ORDER BY month"""  # noqa: S608 its parts are texts of this house


def villages(cursor: duckdb.DuckDBPyConnection, filters: Filters, year: int) -> pd.DataFrame:
    """A row per village that has an active KUB: district_code, district, village_code, village,
    kub, reported, missing (those that have not), never (of these: those without any report).

    filters: of which the programme, which must be set, and the places count.
    """
    text = f"""WITH k AS ({_KUB})
    SELECT district_code, district, village_code, village, count(*)::BIGINT AS kub,
      count(*) FILTER (WHERE has_reported)::BIGINT AS reported,
      count(*) FILTER (WHERE NOT has_reported)::BIGINT AS missing,
      count(*) FILTER (WHERE reported_on IS NULL)::BIGINT AS never
    FROM k GROUP BY ALL ORDER BY district, district_code, village, village_code"""  # noqa: S608
    return cursor.execute(text, _values(filters, year)).df()


def missing(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, year: int, most: int | None = None
) -> pd.DataFrame:
    """The KUB that have not reported, by district, village and name: kub_id, name, village_code,
    village, district_code, district, reported_on (of the last report, NaT without any), members
    (then), withheld. most: how many of the first, all if left out.
    """
    text = f"""WITH k AS ({_KUB})
    SELECT kub_id, name, village_code, village, district_code, district, reported_on, members,
      withheld
    FROM k WHERE NOT has_reported
    ORDER BY district, district_code, village, village_code, name, kub_id"""  # noqa: S608
    values = _values(filters, year)
    if most is not None:
        text, values = f"{text} LIMIT $most", {**values, "most": most}
    return cursor.execute(text, values).df()


def months(cursor: duckdb.DuckDBPyConnection, filters: Filters, year: int) -> pd.DataFrame:
    """A row per month of the year: month (1-12), reported (KUB whose first report of the year is
    of that month or before), kub (all that are expected).
    """
    return cursor.execute(_MONTHS, _values(filters, year)).df()


def _values(filters: Filters, year: int) -> dict[str, Any]:
    parameters = filters.parameters()
    bound = {name: parameters[name] for name in ("programme", "districts", "villages")}
    return {**bound, "year": year}
