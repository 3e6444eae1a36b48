"""Who has reported in a year, by the tiny programme whose every figure is known by hand."""

from typing import Any

import duckdb
import pytest

import queries
from queries import reporting
from queries.filters import Filters
from tests.support.database import connection
from tests.support.tiny import SUKOREJO, TINY, WONOKERSO_SUBAH

TULIS, SUBAH = "99.01.01", "99.01.02"


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return connection((TINY,))


def asked(ask: Any, con: duckdb.DuckDBPyConnection, year: int, **filters: Any) -> Any:
    return ask(queries.cursor(con, "analyst"), Filters("contoh", **filters), year)


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        # as in tests/support/tiny.py: who is active, less who reported
        (2015, []),
        (2016, ["A", "B", "D"]),
        (2017, ["C"]),
        (2018, ["C", "D"]),
        # after the last year all that are active then
        (2019, ["A", "C", "D"]),
    ],
)
def test_who_has_not_reported(
    con: duckdb.DuckDBPyConnection, year: int, missing: list[str]
) -> None:
    frame = asked(reporting.missing, con, year)
    assert sorted(frame["kub_id"]) == missing
    counts = asked(reporting.villages, con, year)
    assert counts["missing"].sum() == len(missing)
    assert (counts["kub"] == counts["reported"] + counts["missing"]).all()


def test_the_last_report_stands_beside_each(con: duckdb.DuckDBPyConnection) -> None:
    frame = asked(reporting.missing, con, 2018).set_index("kub_id")
    assert str(frame.loc["D", "reported_on"].date()) == "2017-12-31"
    assert frame.loc["D", "members"] == 20
    assert frame.loc["C", ["reported_on", "members"]].isna().all()
    assert list(frame.index) == ["D", "C"]  # Subah before Tulis


def test_counts_by_village(con: duckdb.DuckDBPyConnection) -> None:
    rows = asked(reporting.villages, con, 2018).to_dict("records")
    assert [(row["village_code"], row["kub"], row["missing"], row["never"]) for row in rows] == [
        (WONOKERSO_SUBAH, 1, 1, 0),
        (SUKOREJO, 2, 1, 1),
    ]
    [only] = asked(reporting.villages, con, 2018, districts=(TULIS,)).to_dict("records")
    assert only["district_code"] == TULIS
    assert asked(reporting.missing, con, 2018, districts=(SUBAH,))["kub_id"].tolist() == ["D"]


def test_reports_come_in_by_month(con: duckdb.DuckDBPyConnection) -> None:
    year = asked(reporting.months, con, 2017)
    # B in June; A and D in December; C never
    assert year["reported"].tolist() == [0] * 5 + [1] * 6 + [3]
    assert set(year["kub"]) == {4} and year["month"].tolist() == list(range(1, 13))
    assert asked(reporting.months, con, 2019)["reported"].sum() == 0


def test_the_first_rows_of_many(con: duckdb.DuckDBPyConnection) -> None:
    cursor = queries.cursor(con, "analyst")
    assert reporting.missing(cursor, Filters("contoh"), 2019, 2)["kub_id"].tolist() == ["D", "C"]
