"""A report of what was read of an office's files and what was not, for command line and pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kub.records.sheets import plain
from kub.words import Words

# Names in a list, and sheets, of the report in words.
_LISTED, _SHEETS = 12, 60


@dataclass(frozen=True)
class LeftOut:
    """Rows that are no records. reason: a key under `reading.left_out` of the words.

    rows: their numbers.
    """

    reason: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class SheetRead:
    """One sheet that was read. rows: its records; blank: rows without anything in a column that is
    read.

    columns: (heading as written, heading of the format). unread: headings as written. unnamed:
    letters of filled columns without a heading. hidden: does the workbook hide it?
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
    """A sheet or file that was not read. sheet: None for a file.

    reason: a key under `reading.not_read`.
    """

    file: str
    sheet: str | None
    reason: str


@dataclass(frozen=True)
class Reading:
    """Of all files of an import, in their order."""

    sheets: tuple[SheetRead, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    def plus(self, other: "Reading") -> "Reading":
        """Both reports, one after the other."""
        return replace(
            self, sheets=self.sheets + other.sheets, not_read=self.not_read + other.not_read
        )

    def lines(self, words: Words) -> list[str]:
        """A sentence for each sheet, the last of what was not read; long lists cut."""
        # A folder may hold a thousand files: the report must stay readable.
        lines = [_sheet_line(sheet, words) for sheet in self.sheets[:_SHEETS]]
        if len(self.sheets) > _SHEETS:
            lines.append(words("reading.more", count=len(self.sheets) - _SHEETS))
        items = [
            words(
                "reading.not_read_item",
                name=" · ".join(part for part in (entry.file, entry.sheet) if part),
                reason=words(f"reading.reason.{entry.reason}"),
            )
            for entry in self.not_read
        ]
        return [*lines, words("reading.not_read", names=_cut(items, words))]


def _sheet_line(sheet: SheetRead, words: Words) -> str:
    columns = [_column(written, heading, words) for written, heading in sheet.columns]
    left = [
        words(
            "reading.left_item",
            reason=words(f"reading.left_out.{entry.reason}"),
            rows=_cut([str(row) for row in entry.rows], words),
        )
        for entry in sheet.left_out
    ]
    parts = [words("reading.columns", names=", ".join(columns) or words("reading.nothing"))]
    for key, names in (("unread", sheet.unread), ("unnamed", sheet.unnamed), ("left", left)):
        if names:
            parts.append(words(f"reading.{key}", names=_cut(names, words)))
    if sheet.blank:
        parts.append(words("reading.blank", count=sheet.blank))
    if sheet.hidden:
        parts.append(words("reading.hidden"))
    head = words("reading.sheet", file=sheet.file, sheet=sheet.sheet, rows=sheet.rows)
    return f"{head}; {'; '.join(parts)}"


def _column(written: str, heading: str, words: Words) -> str:
    # Blanks and capitals alone are no renaming worth a word.
    if plain(written) == plain(heading):
        return heading
    return words("reading.renamed", written=written, heading=heading)


def _cut(names: Sequence[str], words: Words) -> str:
    """The first _LISTED of them, and how many more there are."""
    rest = []
    if len(names) > _LISTED:
        rest.append(words("reading.more", count=len(names) - _LISTED))
    return ", ".join([*names[:_LISTED], *rest]) or words("reading.nothing")
