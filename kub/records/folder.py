"""A folder of .csv or .parquet files named after the sheets."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import islice
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kub.records import cells, headings, parts
from kub.records.columns import Raw
from kub.records.grid import Grid, Line, Unreadable, Watch, no_rows, peeked, watched
from kub.records.source import Source, SourceFile, Upload, UploadedFolder, inside, text_of
from kub.records.typed_columns import simple
from kub.records.unreadable import damaged

_BATCH = 100_000
_SEPARATORS = ";,\t|"
# Enough for a letterhead and the headings.
_SAMPLE_LINES, _SAMPLE_SIGNS = 60, 2**18
# Excel's own line that names the separator, which it shows nobody.
_SEP = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)
_MOST_SHORT = 10_000
# As many columns as Excel has; and so many of a line are looked at for headings.
_MOST_COLUMNS, _COLUMNS_SEEN = 16_384, 200


def grids(
    folder: Path | UploadedFolder, wanted: Callable[[str], bool]
) -> Iterator[tuple[SourceFile, str, Callable[[], Grid]]]:
    """(file, sheet, how to open it) of each file whose stem is a wanted name, and of each folder
    of Parquet files that is named as a sheet.

    Opening may raise Unreadable.
    """
    entries = inside(folder)
    files = [
        path
        for path in entries
        if not isinstance(path, UploadedFolder)
        and (path.suffix.lower() in (".csv", ".parquet") or parts.is_sheet(path))
        and path.name[0] not in ".~"
    ]
    if not files:
        _refuse(entries)
    for path in files:
        if wanted(path.stem):
            yield path, path.stem, partial(_opener(path), path)


def _opener(path: SourceFile) -> Callable[..., Grid]:
    if path.is_dir():
        return parts.grid
    return _csv if path.suffix.lower() == ".csv" else _parquet


def programmes_in(folder: Path) -> list[Path]:
    """The folders of programmes that a folder holds beside each other; itself, where it is one, a
    file, or nothing that can be read.
    """
    try:
        entries = [path for path in inside(folder) if path.name[0] not in ".~"]
    except OSError:
        return [folder]
    inner = [path for path in entries if isinstance(path, Path) and path.is_dir()]
    # The parts of its sheets are no programmes.
    if any(map(parts.is_sheet, inner)):
        return [folder]
    # With anything beside them the folders may be what somebody keeps there, and no programmes.
    if inner and len(inner) == len(entries) and all(map(_has_tables, inner)):
        return inner
    return [folder]


def _has_tables(folder: Path) -> bool:
    return any(
        path.suffix.lower() in (".csv", ".parquet") or parts.is_sheet(path)
        for path in inside(folder)
    )


def _refuse(entries: Sequence[Source]) -> None:
    """Raises Unreadable with what the folder has instead."""
    books = [
        path.name
        for path in entries
        if path.suffix.lower() in (".xlsx", ".xlsm") and path.name[0] not in ".~"
    ]
    if books:
        raise Unreadable("folder_of_workbooks", found=books[:12])
    inner = [path.name for path in entries if path.is_dir() and path.name[0] != "."]
    if inner:
        raise Unreadable("folder_of_folders", found=inner[:12])
    raise Unreadable("empty_folder")


def text(path: SourceFile) -> tuple[str, Callable[[], Grid]]:
    """(name, how to open it) of a file of separated values, whatever it is called."""
    return path.stem, partial(_csv, path)


def _csv(path: SourceFile) -> Grid:
    watch = Watch()
    top, rows = peeked(_records(path))
    return Grid(path.stem, top, partial(_take_csv, rows, watch), watch=watch)


def _records(path: SourceFile) -> Iterator[Line]:
    """(row as Excel numbers it, its cells).

    One record is a row, also where a cell holds line breaks.
    """
    try:
        with text_of(path, _encoding(path)) as file:
            sample = "".join(
                line
                for line in islice(iter(partial(file.readline, _SAMPLE_SIGNS), ""), _SAMPLE_LINES)
            )
            stated = _SEP.match(sample)
            separator = stated.group(1) if stated else _separator(sample)
            # The sample is read as text: a byte position would not be one of characters.
            file.seek(0)
            if stated:
                file.readline()
            for number, record in enumerate(csv.reader(file, delimiter=separator), 1):
                if len(record) > _MOST_COLUMNS:
                    raise Unreadable("stray_cells", rows=number, columns=len(record))
                yield number, record
    except (UnicodeDecodeError, UnicodeError) as error:
        raise Unreadable("csv_encoding") from error
    except (csv.Error, OSError) as error:
        raise damaged(error) from error


def _encoding(path: SourceFile) -> str:
    """UTF-8, or the UTF-16 of Excel's "Unicode Text", which says so in its first two bytes."""
    with path.open("rb") as file:
        first = file.read(4096)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in first:
        raise Unreadable("csv_encoding")
    return "utf-8-sig"


def _separator(sample: str) -> str:
    """The one that gives a row with most headings of a sheet; of
    two, the one that gives more cells.
    """
    return max(_SEPARATORS, key=partial(_headed, sample))


def _headed(sample: str, separator: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(sample.splitlines(keepends=True), delimiter=separator))
    except csv.Error:
        return 0, 0
    named = []
    for row in filter(None, rows):
        texts = [cell for cell in row[:_COLUMNS_SEEN] if 0 < len(cell) <= 80]
        _, fields = headings.best_sheet(texts)
        named.append((len(fields), len(row)))
    best = max((count for count, _ in named), default=0)
    if best:
        widths = [width for count, width in named if count == best]
    else:
        widths = [width for _, width in named]
    return best, max(widths[:1], default=0)


def _take_csv(
    records: Iterator[Line], watch: Watch, after: int, at: Sequence[int], width: int
) -> tuple[list[Raw], pa.Array]:
    if not at:
        return no_rows(at)
    # With one position more itemgetter gives a tuple also for a single column.
    pick = itemgetter(*at, at[0])
    chunks: list[list[pa.Array]] = [[] for _ in at]
    rows = 0
    lines = watched(_fitted(records, after, width, max(at), watch), after, watch)
    # In batches, as Arrow text: ten million rows of Python strings would not fit into memory.
    while batch := [row for _, row in islice(lines, _BATCH)]:
        for chunk, column in zip(chunks, zip(*map(pick, batch), strict=True), strict=False):
            chunk.append(pa.array(column, pa.string()))
        rows += len(batch)
    return [pa.chunked_array(chunk, pa.string()) for chunk in chunks], pa.array(
        range(after + 1, after + 1 + rows), pa.int32()
    )


def _fitted(
    records: Iterator[Line], after: int, width: int, last: int, watch: Watch
) -> Iterator[Line]:
    """Records as wide as the headings.

    One that is wider has a separator inside a value: all would be shifted.
    """
    first = True
    for number, record in records:
        if number <= after:
            continue
        cells_in = len(record)
        if first and not all(map(cells.is_empty, record)):
            first = False
            if _is_unsplit(record, width):
                raise Unreadable("csv_separators", row=number)
        # Trailing separators without anything after them are how some programs end each line.
        if cells_in > width and not all(map(cells.is_empty, record[width:])):
            raise Unreadable("csv_too_wide", row=number, width=width, cells=cells_in)
        if (
            cells_in <= last
            and len(watch.short) < _MOST_SHORT
            and not all(map(cells.is_empty, record))
        ):
            watch.short.append(number)
        yield number, record if cells_in == width else [*record, *[""] * (width - cells_in)]


def _is_unsplit(record: Sequence[str], width: int) -> bool:
    """Whether a row stands in its first cell as a whole, apart by
    another separator than that of the headings.
    """
    if width < 2 or cells.is_empty(record[0]) or not all(map(cells.is_empty, record[1:])):
        return False
    return any(
        len(next(csv.reader([record[0]], delimiter=other), [])) >= width for other in _SEPARATORS
    )


def _parquet(path: SourceFile) -> Grid:
    try:
        names = pq.read_schema(_readable(path)).names
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from error
    watch = Watch()
    top: list[Line] = [(1, names)] if names else []
    return Grid(path.stem, top, partial(_take_parquet, path, names), watch=watch)


def _take_parquet(
    path: SourceFile, names: Sequence[str], after: int, at: Sequence[int], _width: int
) -> tuple[list[Raw], pa.Array]:
    wanted = [names[position] for position in at]
    try:
        table = pq.ParquetFile(_readable(path)).read(columns=wanted)
        columns: list[Raw] = [simple(table.column(name), name) for name in wanted]
    except pa.ArrowMemoryError:
        raise  # no fault of the file's form
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from error
    # As if the headings stood in row 1, where Excel would show them.
    return columns, pa.array(range(after + 1, after + 1 + table.num_rows), pa.int32())


def _readable(file: SourceFile) -> Path | BytesIO:
    return file.open("rb") if isinstance(file, Upload) else file
