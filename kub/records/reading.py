"""What was read of an office's files and what was not: data, for the command line and for pages."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class LeftOut:
    """Rows that are no records. reason: a key under `reading.left_out` of the words. rows: their numbers."""

    reason: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class SheetRead:
    """One sheet that was read. rows: its records; blank: rows without anything in a column that is read.

    columns: (heading as written, heading of the format). unread: headings as written. unnamed: letters of
    filled columns without a heading. hidden: does the workbook hide it?
    """

    file: str
    sheet: str
    table: str
    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    rows: int = 0
    blank: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class NotRead:
    """A sheet or file that was not read. sheet: None for a file. reason: a key under `reading.not_read`."""

    file: str
    sheet: str | None
    reason: str


@dataclass(frozen=True)
class Reading:
    """Of all files of one import, in their order."""

    sheets: tuple[SheetRead, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    def plus(self, other: "Reading") -> "Reading":
        return replace(self, sheets=self.sheets + other.sheets, not_read=self.not_read + other.not_read)
