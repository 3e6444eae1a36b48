"""Columns of a Parquet file → columns of plain values."""

import pyarrow as pa

from kub.records.unreadable import Unreadable


def simple(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """A column of plain values. Raises Unreadable for lists, structs, bytes and the like."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_decimal(column.type):
        return column.cast(pa.float64())
    if pa.types.is_string_view(column.type) or pa.types.is_null(column.type):
        return column.cast(pa.string())
    if not any(
        is_kind(column.type)
        for is_kind in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_boolean,
            pa.types.is_date,
            pa.types.is_timestamp,
        )
    ):
        raise Unreadable("column_type", heading=name, type=str(column.type))
    return column
