"""What is read of one programme's file, folder or card."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Programme:
    """One programme without problems. tables: as in queries/model/schema.sql, typed so; of a
    benchmark card also as in queries/model/cards.sql.

    files: (name, SHA-256). sheets: (table, file, sheet) that its rows were read from; none of a
    card.
    """

    programme_id: str
    tables: dict[str, pa.Table]
    files: list[tuple[str, str]]
    sheets: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_card(self) -> bool:
        """Whether it is a benchmark card: yearly figures, and no records."""
        return "card" in self.tables
