"""Intervals, Gini and the effective number against SciPy, figures by hand and published tables."""

from datetime import date
from math import log, sqrt

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import queries
from queries.statistics import poisson_high, poisson_low
from tests.support.database import connection
from tests.support.tiny import JATI, SUKOREJO
from tests.twins import intervals, sets
from tests.twins.rows import Kub, Records, Report, Village

Z = 1.959963984540054


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return connection(())


def wilson(
    con: duckdb.DuckDBPyConnection, p: float | None, n: float | None
) -> tuple[float | None, float | None]:
    [(found,)] = con.execute("SELECT wilson($p::DOUBLE, $n::DOUBLE)", {"p": p, "n": n}).fetchall()
    return found["low"], found["high"]


def test_wilson_of_none_and_of_all(con: duckdb.DuckDBPyConnection) -> None:
    # With nothing found the bounds are 0 and z2 / (n + z2); with everything found they are
    # mirrored.
    top = Z**2 / (10 + Z**2)
    assert top == pytest.approx(0.277533, abs=1e-6)
    assert wilson(con, 0, 10) == pytest.approx((0, top))
    assert wilson(con, 1, 10) == pytest.approx((1 - top, 1))
    low, high = wilson(con, 0, 7)
    assert low is not None and low >= 0
    low, high = wilson(con, 1, 7)
    assert high is not None and high <= 1


def test_wilson_is_newcombes_table(con: duckdb.DuckDBPyConnection) -> None:
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
    for successes, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(con, successes / n, n) == pytest.approx((low, high), abs=5e-5)
        assert intervals.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_without_a_share_or_a_count_is_missing(con: duckdb.DuckDBPyConnection) -> None:
    for p, n in ((None, 43), (0.5, 0), (0.5, None), (None, None)):
        assert wilson(con, p, n) == (None, None)


@given(data=st.data(), n=st.integers(1, 5000))
def test_wilson_is_scipys(con: duckdb.DuckDBPyConnection, data: st.DataObject, n: int) -> None:
    successes = data.draw(st.integers(0, n))
    assert wilson(con, successes / n, n) == pytest.approx(
        intervals.wilson(successes, n), rel=1e-9, abs=1e-12
    )
    # The twin's own formula, which effective numbers need, is the same thing.
    assert intervals.wilson_of(successes / n, n) == pytest.approx(
        intervals.wilson(successes, n), rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.688879), (1, 0.025318, 5.571643), (10, 4.795389, 18.390356)]
)
def test_poisson_is_the_published_table(
    con: duckdb.DuckDBPyConnection, count: int, low: float, high: float
) -> None:
    # Garwood 1936; with a count of 0 the upper bound is -ln(0.025).
    assert (poisson_low(count), poisson_high(count)) == pytest.approx((low, high), abs=1e-6)
    assert intervals.poisson(count) == pytest.approx((low, high), abs=1e-6)
    [(found,)] = con.execute("SELECT poisson_rate($count, 2.0)", {"count": count}).fetchall()
    assert (found["low"], found["high"]) == pytest.approx((low / 2, high / 2), abs=1e-6)


def test_poisson_without_exposure_or_count_is_missing(con: duckdb.DuckDBPyConnection) -> None:
    assert poisson_high(0) == pytest.approx(-log(0.025))
    for count, exposure in ((3, 0), (3, None), (None, 2.0)):
        [(found,)] = con.execute(
            "SELECT poisson_rate(?::BIGINT, ?::DOUBLE)", [count, exposure]
        ).fetchall()
        assert found == {"low": None, "high": None}


@given(count=st.integers(0, 100_000))
def test_poisson_is_scipys(count: int) -> None:
    assert (poisson_low(count), poisson_high(count)) == pytest.approx(
        intervals.poisson(count), rel=1e-9
    )


def effective_number(con: duckdb.DuckDBPyConnection, counts: list[int]) -> float | None:
    [(found,)] = con.execute(
        "SELECT effective_number($counts::BIGINT[])", {"counts": counts}
    ).fetchall()
    return None if found is None else float(found)


def test_effective_number(con: duckdb.DuckDBPyConnection) -> None:
    assert effective_number(con, [7]) == pytest.approx(1)
    assert effective_number(con, [4, 4, 4, 4, 4]) == pytest.approx(5)
    # 2 of 4, 1 of 4, 1 of 4: exp(0.5 ln 2 + 0.5 ln 4) = sqrt(2 * 4).
    assert effective_number(con, [2, 1, 1, 0, 0]) == pytest.approx(sqrt(8))
    # 3 of 4 and 1 of 4: 4 / 3^0.75.
    assert effective_number(con, [3, 1]) == pytest.approx(4 / 3**0.75)
    assert effective_number(con, []) is None
    kubs = [
        Kub(f"K{n}", JATI, sector, date(2017, 1, 1))
        for n, sector in enumerate(["makanan"] * 3 + ["koperasi"])
    ]
    assert sets.diversity(kubs) == pytest.approx(4 / 3**0.75)


@pytest.mark.parametrize(
    ("members", "gini"),
    [
        # All in one of n villages: (n - 1) / n.
        ([0, 0, 0, 12], 3 / 4),
        ([5, 5, 5], 0.0),
        # Differences 1, 2, 3, 1, 2, 1 twice over, by 2 n sum = 80: 20 / 80.
        ([1, 2, 3, 4], 1 / 4),
        ([4, 1, 3, 2], 1 / 4),
        ([0, 2, 0, 6], (2 + 0 + 6 + 2 + 4 + 6) * 2 / (2 * 4 * 8)),
        ([0, 0], None),
    ],
)
def test_gini(members: list[int], gini: float | None) -> None:
    assert intervals.gini(members) == (None if gini is None else pytest.approx(gini))
    codes = [f"99.01.01.{2001 + number}" for number in range(len(members))]
    # A village without members has no KUB: it is counted all the same.
    records = Records(
        "contoh",
        tuple(Village(code, "Sukorejo", "99.01.01", "Tulis") for code in codes),
        (Kub("K", SUKOREJO, "makanan", date(2016, 1, 1)),)
        + tuple(
            Kub(f"K{n}", codes[n], "makanan", date(2016, 1, 1))
            for n, many in enumerate(members)
            if many
        ),
        tuple(Report(f"K{n}", date(2016, 12, 31), many) for n, many in enumerate(members) if many),
    )
    with connection((records,)) as con:
        own = queries.cursor(con, "analyst")  # these cells are small
        [(found,)] = own.execute("SELECT gini FROM village_sums(NULL, [], 'regency')").fetchall()
    assert found == (None if gini is None else pytest.approx(gini))


def test_survival_at_three_years_and_its_effective_number() -> None:
    """Ten KUB of 2016-01-01: one closes after a year, two are founded late, one closes after the
    third year.

    At 366 days 1 of 8 closes (two are younger than a year); 7 of 8 live on, 7 of them observed
    past 1,095 days.
    """
    first = date(2016, 1, 1)
    kubs = [Kub(f"K{n}", JATI, "makanan", first) for n in range(6)]
    kubs += [
        Kub("K6", JATI, "makanan", first, date(2017, 1, 1)),
        Kub("K7", JATI, "makanan", first, date(2019, 6, 1)),
    ]
    kubs += [Kub(f"K{n}", JATI, "makanan", date(2019, 6, 1)) for n in (8, 9)]
    village = Village(JATI, "Jati", "99.01.02", "Subah")
    records = Records("contoh", (village,), tuple(kubs), (Report("K0", date(2019, 12, 31), 10),))
    with connection((records,)) as con:
        [found] = (
            queries.cursor(con)
            .execute("SELECT at_risk, survival, effective FROM survival_at_three(NULL, [])")
            .fetchall()
        )
    # Greenwood's sum is 1 / (8 * 7): (1/8) / (7/8 / 56) = 8 lives, as if nothing were censored
    # before.
    assert found == (7, pytest.approx(7 / 8), pytest.approx(8))
