"""What is read of one programme's file, folder or card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from kub.records.spool import SpooledTables


@dataclass(frozen=True)
class Stored:
    """Rows of a table that another engine has written: a folder of Parquet files, columns named as
    in queries/model/schema.sql and facts.sql.
    """

    folder: Path
    rows: int


@dataclass(frozen=True)
class Programme:
    """One programme without problems. tables: as in queries/model/schema.sql, typed so; of a
    benchmark card also as in queries/model/cards.sql.

    files: (name, SHA-256). sheets: (table, file, sheet) that its rows were read from; none of a
    card. stored: the tables that lie on the disk, with the facts; `tables` has no row of these.
    """

    programme_id: str
    tables: Mapping[str, pa.Table]
    files: list[tuple[str, str]]
    sheets: tuple[tuple[str, str, str], ...] = ()
    stored: Mapping[str, Stored] = field(default_factory=dict)

    @property
    def is_card(self) -> bool:
        """Whether it is a benchmark card: yearly figures, and no records."""
        return "card" in self.tables

    def rows(self, table: str) -> int:
        """How many rows a table has; one that lies on the disk is not read for it."""
        if table in self.stored:
            return self.stored[table].rows
        if isinstance(self.tables, SpooledTables):
            return self.tables.rows(table)
        return int(self.tables[table].num_rows)

    def batches(self, table: str) -> pa.RecordBatchReader:
        """A table some rows at a time."""
        if isinstance(self.tables, SpooledTables):
            return self.tables.batches(table)
        return self.tables[table].to_reader()
