"""What kub/records/columns.py makes of a column, for rows that stay with Spark.

A column whose type says what it is, and whose cells are plain, is taken as it is: Spark looks. Of
any other column the different values come here and are read by the same Python code as everywhere;
what they mean goes back as a dictionary. So there is no second reading of dates, numbers, sectors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from kub.records import columns
from kub.records.cells import LARGEST_COUNT
from kub.records.sheets import Column
from kub.spark.dialect import literal
from kub.spark.session import Session

_SQL_TYPES = {
    pa.date32(): "DATE",
    pa.int64(): "BIGINT",
    pa.int32(): "INT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.string(): "STRING",
}


class NotPlain(Exception):
    """Cells of a folder that call for the whole reader: see kub/spark/reading.py."""


@dataclass(frozen=True)
class Typed:
    """A column in Spark: its value and, for dates, the first day that it can mean. join: of the
    dictionary, if it needs one.
    """

    field: str
    kind: str
    value: str
    first: str
    join: str = ""


def sql_type(kind: pa.DataType) -> str:
    """The name that Spark has for a type of ours."""
    return _SQL_TYPES[kind]


def is_known(kind: pa.DataType) -> bool:
    """Whether Spark and Arrow read cells of this type of Parquet alike."""
    if pa.types.is_timestamp(kind):
        # Spark has no nanoseconds, and a time zone would move the day.
        return kind.tz is None and kind.unit in ("ms", "us")
    return any(
        is_kind(kind)
        for is_kind in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_signed_integer,
            pa.types.is_floating,
            pa.types.is_boolean,
            pa.types.is_date32,
            pa.types.is_decimal,
        )
    )


def suspicion(column: Column, kind: pa.DataType, today: date) -> str | None:
    """An aggregate that is true where some cell is not to be taken as it is; None where the column
    calls for a dictionary in any case. The conditions are those of `columns._typed`.
    """
    name = f"`{column.field}`"
    if column.kind == "date" and pa.types.is_date32(kind):
        return _outside(name, f"DATE'{columns.EARLIEST}'", f"DATE'{today}'")
    if column.kind == "count" and pa.types.is_integer(kind):
        return _outside(name, "0", str(LARGEST_COUNT))
    if column.kind in ("money", "number") and _is_numeric(kind):
        low = "0D" if column.kind == "money" else f"{-columns.MOST}D"
        return _outside(_number(name), low, f"{columns.MOST}D")
    if column.kind in ("text", "code") and pa.types.is_string(kind):
        return f"bool_or({name} RLIKE {literal(columns.not_plain(column.kind))})"
    return None


def _outside(name: str, low: str, high: str) -> str:
    return f"min({name}) < {low} OR max({name}) > {high}"


def _is_numeric(kind: pa.DataType) -> bool:
    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    )


def _number(name: str) -> str:
    return f"nullif(CAST({name} AS DOUBLE), double('NaN'))"


def plain(column: Column) -> Typed:
    """A column whose cells are taken as they are."""
    name = f"r.`{column.field}`"
    if column.kind in ("money", "number"):
        name = _number(name)
    value = f"CAST({name} AS {sql_type(columns.type_of(column.kind))})"
    return Typed(column.field, column.kind, value, value)


def absent(column: Column) -> Typed:
    """A column that the file does not have."""
    value = f"CAST(NULL AS {sql_type(columns.type_of(column.kind))})"
    return Typed(column.field, column.kind, value, value)


def read(session: Session, view: str, column: Column, kind: pa.DataType, today: date) -> Typed:
    """A column by the dictionary of its values, which becomes a view of Spark.

    Raises NotPlain where a value breaks a rule: which rows have it the whole reader says.
    """
    name = f"`{column.field}`"
    wanted = f"{name} IS NOT NULL"
    is_odd = ""
    # Plain codes and texts mean themselves, and there may be as many of them as rows.
    if column.kind in ("text", "code") and pa.types.is_string(kind):
        is_odd = f"{name} RLIKE {literal(columns.not_plain(column.kind))}"
        wanted = is_odd
    distinct = session.rows(f"SELECT DISTINCT {name} AS written FROM {view} WHERE {wanted}")
    written = distinct["written"]
    if not isinstance(written, pa.ChunkedArray) or not distinct.num_rows:
        return absent(column) if not is_odd else plain(column)
    cells = columns.read(column.kind, _simple(written), today)
    if cells.broken or cells.together:
        raise NotPlain(column.field)
    dictionary = f"{view}_{column.field}"
    session.put(
        dictionary,
        pa.table({"written": written, "value": cells.values, "first": cells.firsts}),
    )
    alias = f"d_{column.field}"
    join = f"LEFT JOIN {dictionary} {alias} ON {alias}.written = r.{name}"
    if is_odd:
        odd = is_odd.replace(name, f"r.{name}", 1)
        taken = [f"IF({odd}, {alias}.{part}, r.{name})" for part in ("value", "first")]
        return Typed(column.field, column.kind, taken[0], taken[1], join)
    return Typed(column.field, column.kind, f"{alias}.value", f"{alias}.first", join)


def _simple(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.float64()) if pa.types.is_decimal(column.type) else column


def selected(typed: list[Typed], suffix: str) -> Iterator[str]:
    """The columns of a staged table. suffix: of the first days of dates."""
    for column in typed:
        yield f"{column.value} AS `{column.field}`"
        if column.kind == "date":
            yield f"{column.first} AS `{column.field}{suffix}`"
