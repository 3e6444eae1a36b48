"""What is marked in a workbook, and the list of it (kub/records/marked.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A problem in a workbook. row: as Excel numbers it; column: its heading as written. Without a
    row it is of the heading, without a column of the row's first cell; without a sheet it is
    listed only.

    level: "problem" or "warning". what, todo: in the reader's language. cells: the problem's row in
    the list.
    """

    sheet: str | None
    row: int | None
    column: str | None
    level: str
    what: str
    todo: str
    cells: tuple[str | int, ...]


@dataclass(frozen=True)
class Listing:
    """The sheet that lists the problems. names: its name, that of this language first; a sheet of
    such a name that begins with one of the titles is an older list. note: below the title.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    note: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
