"""Tables of programmes that were read, kept on the disk until they are imported.

A country's records do not fit into memory beside the database that they go into. They lie in one
file without a name, so that nothing of them stays behind, even after a kill.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

import pyarrow as pa

# Smaller tables are no burden, and are looked at more often.
KEPT_ROWS = 5_000


@dataclass(frozen=True)
class SpooledTables(Mapping[str, pa.Table]):
    """The tables of a programme; of large ones, where they begin in the file and their rows.

    One at a time may be read.
    """

    unnamed: "_Unnamed"
    small: dict[str, pa.Table]
    large: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pa.Table:
        return self.small[name] if name in self.small else self.batches(name).read_all()

    def __iter__(self) -> Iterator[str]:
        yield from self.small
        yield from self.large

    def __len__(self) -> int:
        return len(self.small) + len(self.large)

    def rows(self, name: str) -> int:
        """How many rows a table has, without reading it."""
        return self.large[name][1] if name in self.large else self.small[name].num_rows

    def batches(self, name: str) -> pa.RecordBatchReader:
        """A table some rows at a time."""
        if name in self.small:
            return self.small[name].to_reader()
        self.unnamed.file.seek(self.large[name][0])
        return pa.ipc.open_stream(self.unnamed.file)


class _Unnamed:
    """A file that is open for as long as any table of it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        finalize(self, file.close)


class _Spool:
    """What puts tables into a file in a folder; it is gone with the last of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unnamed: _Unnamed | None = None

    def __call__(self, tables: Mapping[str, pa.Table]) -> SpooledTables:
        small, large = _by_size(tables)
        if not large:
            return SpooledTables(_Unnamed(BytesIO()), small)
        if self._unnamed is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._unnamed = _Unnamed(TemporaryFile(dir=self._folder))  # noqa: SIM115 read later
        file = self._unnamed.file
        starts = {}
        for name, table in large.items():
            starts[name] = (file.seek(0, 2), table.num_rows)
            with pa.ipc.new_stream(file, table.schema) as writer:
                writer.write_table(table, max_chunksize=100_000)
        return SpooledTables(self._unnamed, small, starts)


def spool(folder: Path) -> Callable[[Mapping[str, pa.Table]], SpooledTables]:
    """What keeps large tables in a file of this folder.

    Called, it raises OSError where the folder cannot be written, or is full.
    """
    return _Spool(folder)


def counted(tables: Mapping[str, pa.Table]) -> SpooledTables:
    """Of large tables their number of rows alone: they are checked, and nobody imports them."""
    small, large = _by_size(tables)
    rows = {name: (0, own.num_rows) for name, own in large.items()}
    return SpooledTables(_Unnamed(BytesIO()), small, rows)


def _by_size(tables: Mapping[str, pa.Table]) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """(small ones, large ones)."""
    large = {name: table for name, table in tables.items() if table.num_rows > KEPT_ROWS}
    return {name: table for name, table in tables.items() if name not in large}, large
