"""The ready facts: equal to their twins, and additive, which every larger scope relies on."""

import duckdb
from hypothesis import HealthCheck, given, settings

from tests.support.database import connection
from tests.support.frames import Row, differences, rows
from tests.support.strategies import cases
from tests.support.thinned import fewer
from tests.twins import facts
from tests.twins.rows import Records
from tests.twins.times import year_end, years

RANDOM = settings(
    max_examples=fewer(8), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
SUMS = ("kub", "members", "women", "women_members", "founded", "closed", "reported", "unreported")
KEYS = {
    "village_fact": ("programme_id", "year", "district_code", "village_code", "sector"),
    "district_fact": ("programme_id", "year", "district_code", "sector"),
    "programme_fact": ("programme_id", "year", "sector"),
}


def ordered(facts_of: list[Row], table: str) -> list[Row]:
    return sorted(facts_of, key=lambda row: [str(row[key]) for key in KEYS[table]])


def table_rows(con: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    return ordered(rows(con.table(table).df()), table)


@RANDOM
@given(case=cases(asked=0))
def test_facts_are_their_twins_and_add_up(case: tuple[tuple[Records, ...], list[object]]) -> None:
    """All of them of one database, which takes longer to build than to look through."""
    programmes, _ = case
    with connection(programmes) as con:
        are_their_twins(con, programmes)
        add_up(con)
        are_years(con, programmes)


def are_their_twins(con: duckdb.DuckDBPyConnection, programmes: tuple[Records, ...]) -> None:
    for table, twin in (
        ("village_fact", facts.village_fact),
        ("district_fact", facts.district_fact),
        ("programme_fact", facts.programme_fact),
    ):
        expected = ordered([row for records in programmes for row in twin(records)], table)
        assert not differences(table_rows(con, table), expected), table


def add_up(con: duckdb.DuckDBPyConnection) -> None:
    """Villages add up to districts and districts to the programme, cell by cell."""
    for fine, coarse in (
        ("village_fact", "district_fact"),
        ("district_fact", "programme_fact"),
    ):
        added: dict[tuple[object, ...], Row] = {}
        for row in table_rows(con, fine):
            key = tuple(row[name] for name in KEYS[coarse])
            cell = added.setdefault(
                key, dict(zip(KEYS[coarse], key, strict=True)) | dict.fromkeys(SUMS, 0)
            )
            for name in SUMS:
                cell[name] += row[name]
        assert not differences(table_rows(con, coarse), ordered(list(added.values()), coarse)), (
            coarse
        )


def are_years(con: duckdb.DuckDBPyConnection, programmes: tuple[Records, ...]) -> None:
    listed = sorted(
        rows(con.table("programme_year").df()),
        key=lambda row: (row["programme_id"], row["year"]),
    )
    expected: list[Row] = []
    for records in sorted(programmes, key=lambda p: p.programme_id):
        for year in years(records):
            at = year_end(records, year)
            expected.append(
                {
                    "programme_id": records.programme_id,
                    "year": year,
                    "as_of": at.as_of,
                    "provisional": at.provisional,
                }
            )
    assert not differences(listed, expected)
