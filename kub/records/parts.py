"""A sheet as a sub-folder of Parquet files, as systems that write in parallel leave it: `laporan/`
with `part-00000.parquet` and so on.

Rows are counted through all parts in the order of their names, as if they stood in one sheet below
its headings: so a row has one number, whichever engine reads it.
"""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kub.records.columns import Raw
from kub.records.grid import Grid, Line, Watch
from kub.records.limits import MB
from kub.records.sheets import BY_TABLE, SHEETS, plain
from kub.records.source import Source, state
from kub.records.typed_columns import simple
from kub.records.unreadable import Unreadable, damaged

_SHEETS = frozenset(plain(sheet.heading) for sheet in SHEETS)
# The row of the first record: the headings would stand in row 1.
FIRST_ROW = 2


def of(sheet: Path) -> list[Path]:
    """The Parquet files of a sheet, in the order of its rows; a file is its own only part."""
    if not sheet.is_dir():
        return [sheet]
    return sorted(
        path
        for path in sheet.iterdir()
        # Spark leaves `_SUCCESS` and `.crc` files beside the parts.
        if path.suffix.lower() == ".parquet" and path.name[0] not in "._" and path.is_file()
    )


def is_sheet(path: Source) -> bool:
    """Whether a folder holds the parts of a sheet: by its name, and that there are any."""
    if not isinstance(path, Path) or plain(path.name) not in _SHEETS or not path.is_dir():
        return False
    return bool(of(path))


def of_table(folder: Path, table: str) -> Path | None:
    """Where the Parquet of a table lies in a folder of sheets; None where there is none."""
    heading = plain(BY_TABLE[table].heading)
    for path in sorted(folder.iterdir()):
        if plain(path.stem) == heading and (path.suffix.lower() == ".parquet" or is_sheet(path)):
            return path
    return None


def states(sheet: Path, most: int) -> tuple[int, ...]:
    """As kub/records/source.py `state`, of all parts; together they may have `most` bytes."""
    parts = of(sheet)
    if sum(path.stat().st_size for path in parts) > most:
        raise Unreadable("too_large_file", mb=most // MB)
    return tuple(number for path in parts for number in (len(parts), *state(path, most)))


def digests(sheet: Path) -> list[tuple[str, str]]:
    """(name of a part, SHA-256) in the order of the rows."""
    parts = []
    for path in of(sheet):
        with path.open("rb") as file:
            parts.append((path.name, hashlib.file_digest(file, "sha256").hexdigest()))
    return parts


def schema(sheet: Path) -> pa.Schema:
    """Names and types of the columns, the same in all parts. Raises Unreadable."""
    parts = of(sheet)
    try:
        schemas = [pq.read_schema(path) for path in parts]
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from error
    for path, other in zip(parts, schemas, strict=True):
        # A part that lacks a column, or has it as text, was written by another program.
        if not other.equals(schemas[0], check_metadata=False):
            raise Unreadable("parts_differ", first=parts[0].name, other=path.name)
    return schemas[0]


def counts(sheet: Path) -> list[int]:
    """The rows of each part. Raises Unreadable."""
    try:
        return [pq.read_metadata(path).num_rows for path in of(sheet)]
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from error


def grid(sheet: Path) -> Grid:
    """The sheet before its columns are read. Raises Unreadable."""
    names = schema(sheet).names
    top: list[Line] = [(1, names)] if names else []
    return Grid(sheet.stem, top, partial(_take, sheet, names), watch=Watch())


def _take(
    sheet: Path, names: Sequence[str], after: int, at: Sequence[int], _width: int
) -> tuple[list[Raw], pa.Array]:
    wanted = [names[position] for position in at]
    try:
        tables = [pq.ParquetFile(path).read(columns=wanted) for path in of(sheet)]
        columns: list[Raw] = [_joined(tables, name) for name in wanted]
    except pa.ArrowMemoryError:
        raise  # no fault of the file's form
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from error
    count = sum(table.num_rows for table in tables)
    return columns, pa.array(range(after + 1, after + 1 + count), pa.int32())


def _joined(tables: Sequence[pa.Table], name: str) -> pa.ChunkedArray:
    columns = [simple(table.column(name), name) for table in tables]
    return pa.chunked_array(
        [chunk for column in columns for chunk in column.chunks], columns[0].type
    )
