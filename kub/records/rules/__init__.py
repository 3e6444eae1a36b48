"""Rules that look across rows: one rule, one SQL file, named as in `kub/records/problems.py` and
the words.

A rule selects `"table"`, `_row` (as Excel numbers it), `field`, and what fills the placeholders
of its words. It reads the staged tables (kub/records/staging.py): every sheet of the record
format with `_row`, and for each date also `<field>__from`, the first day that the writing can
mean; for values of targets `value__percent`, whether the sign of percent stands behind them.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection


@cache
def _texts() -> dict[str, str]:
    return {
        path.stem: path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.sql"))
    }


def names() -> list[str]:
    """All rules that look across rows."""
    return list(_texts())


# Of one argument, `code`. Codes with the same key are most likely the same code, written in another
# way. Looks: signs that look alike on paper and on the screen: O and 0, I, l and 1, Latin and
# Cyrillic letters.
MACROS = {
    "code_key": r"""regexp_replace(
  regexp_replace(lower(code), '[.,]0+$|[^\p{L}\p{N}]', '', 'g'),
  '(^|[^0-9])0+([0-9])', '\1\2', 'g')""",
    "code_looks": "code_key(translate(lower(code), 'oilаеорсхі', '011ae0pcx1'))",
}


@cache
def views() -> list[str]:
    """The statements that make the views which rules stand on; they use MACROS."""
    return [
        path.read_text("utf-8") for path in sorted((Path(__file__).parent / "views").glob("*.sql"))
    ]


def text(rule: str) -> str:
    """The SQL of a rule."""
    return _texts()[rule]


def breaches(con: DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    """(rule, the rows that break it) of every rule, one after the other."""
    for name, body in MACROS.items():
        con.execute(f"CREATE OR REPLACE TEMP MACRO {name}(code) AS {body}")
    for statement in views():
        con.execute(statement)
    # One after the other: the rows of a rule may be many, and are let go before the next.
    for rule, sql in _texts().items():
        yield rule, con.sql(sql).to_arrow_table()
