"""The two quantiles that SQL lacks, as functions of a connection."""

import duckdb


def poisson_low(count: int) -> float:
    """Lower exact 95 % bound of a Poisson mean from a count (Garwood
    1936): a quantile of the gamma distribution.
    """
    from scipy.special import gammaincinv  # 0.1 s, that only a benchmark needs

    if not count:
        return 0.0
    return float(gammaincinv(count, 0.025))


def poisson_high(count: int) -> float:
    """Upper exact 95 % bound of a Poisson mean from a count."""
    from scipy.special import gammaincinv

    return float(gammaincinv(count + 1, 0.975))


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make poisson_low(count) and poisson_high(count) known to SQL;
    before the configuration is locked.
    """
    for function in (poisson_low, poisson_high):
        con.create_function(function.__name__, function, ["BIGINT"], "DOUBLE")
