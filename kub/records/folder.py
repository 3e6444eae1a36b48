"""A folder of .csv or .parquet files named after the sheets."""

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kub.records import cells
from kub.records.columns import Raw
from kub.records.grid import Grid, Unreadable, headings, no_rows

_BATCH = 100_000
_SEPARATORS = ";,\t"


def grids(folder: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[Path, str, Callable[[], Grid]]]:
    """(file, sheet, how to open it) of each file whose stem is a wanted name. Opening may raise Unreadable."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in (".csv", ".parquet")]
    if not files:
        raise Unreadable("empty_folder")
    for path in files:
        if wanted(path.stem):
            yield path, path.stem, partial(_csv if path.suffix.lower() == ".csv" else _parquet, path)


def _csv(path: Path) -> Grid:
    records = _records(path)
    found = headings(records)
    if found is None:
        return Grid(path.stem, [], no_rows)
    number, record = found
    take = partial(_take_csv, records, width=len(record), first=number + 1)
    return Grid(path.stem, [cells.text(cell) for cell in record], take)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row as Excel numbers it, its cells). One record is one row, also where a cell holds line breaks."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = ""
            for line in file:
                head += line
                if any(separator in line for separator in _SEPARATORS):
                    break
            file.seek(0)
            yield from enumerate(csv.reader(file, delimiter=max(_SEPARATORS, key=head.count)), 1)
    except UnicodeDecodeError as error:
        raise Unreadable("csv_encoding") from error
    except (csv.Error, OSError) as error:
        raise Unreadable("unreadable", reason=str(error)[:200]) from error


def _take_csv(
    records: Iterator[tuple[int, list[str]]], at: Sequence[int], *, width: int, first: int
) -> tuple[list[Raw], pa.Array]:
    if not at:
        return no_rows(at)
    # With one position more itemgetter gives a tuple also for a single column.
    pick = itemgetter(*at, at[0])
    chunks: list[list[pa.Array]] = [[] for _ in at]
    rows = 0
    # In batches, as Arrow text: ten million rows of Python strings would not fit into memory.
    while batch := [_fitted(number, record, width) for number, record in islice(records, _BATCH)]:
        for chunk, column in zip(chunks, zip(*map(pick, batch), strict=True), strict=False):
            chunk.append(pa.array(column, pa.string()))
        rows += len(batch)
    return [pa.chunked_array(chunk, pa.string()) for chunk in chunks], pa.array(range(first, first + rows), pa.int32())


def _fitted(number: int, record: list[str], width: int) -> list[str]:
    """A record as wide as the headings. One that is wider has a separator inside a value: all would be shifted."""
    if len(record) > width and not all(map(cells.is_empty, record[width:])):
        raise Unreadable("csv_too_wide", row=number, width=width, cells=len(record))
    return record + [""] * (width - len(record))


def _parquet(path: Path) -> Grid:
    try:
        headings = pq.read_schema(path).names
    except (pa.ArrowException, OSError) as error:
        raise Unreadable("unreadable", reason=str(error)[:200]) from error
    return Grid(path.stem, headings, lambda at: _take_parquet(path, [headings[position] for position in at]))


def _take_parquet(path: Path, names: list[str]) -> tuple[list[Raw], pa.Array]:
    try:
        table = pq.ParquetFile(path).read(columns=names)
        columns: list[Raw] = [simple(table.column(name), name) for name in names]
    except (pa.ArrowException, OSError) as error:
        raise Unreadable("unreadable", reason=str(error)[:200]) from error
    # As if the headings stood in row 1, where Excel would show them.
    return columns, pa.array(range(2, table.num_rows + 2), pa.int32())


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
