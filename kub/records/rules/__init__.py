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


# Codes with the same key are most likely the same code, written in another way.
_CODE_KEY = r"""CREATE OR REPLACE TEMP MACRO code_key(code) AS
regexp_replace(
  regexp_replace(lower(code), '[.,]0+$|[^\p{L}\p{N}]', '', 'g'),
  '(^|[^0-9])0+([0-9])', '\1\2', 'g')"""
# Signs that look alike on paper and on the screen: O and 0, I, l and 1, Latin and Cyrillic letters.
_CODE_LOOKS = """CREATE OR REPLACE TEMP MACRO code_looks(code) AS
code_key(translate(lower(code), 'oilаеорсхі', '011ae0pcx1'))"""


@cache
def _views() -> list[str]:
    return [
        path.read_text("utf-8") for path in sorted((Path(__file__).parent / "views").glob("*.sql"))
    ]


def breaches(con: DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    """(rule, the rows that break it) of every rule, one after the other."""
    for statement in (_CODE_KEY, _CODE_LOOKS, *_views()):
        con.execute(statement)
    # One after the other: the rows of a rule may be many, and are let go before the next.
    for rule, text in _texts().items():
        yield rule, con.sql(text).to_arrow_table()
