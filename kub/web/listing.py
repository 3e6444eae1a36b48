"""The list of KUB as a block of the page, which listing.js draws with a grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kub.web.blocks import Block


@dataclass(frozen=True)
class Column:
    """A column. name: its code; shown: whether it is chosen; usual: whether it is unless the link
    says otherwise.
    """

    name: str
    heading: str
    width: int
    numeric: bool = False
    shown: bool = True
    usual: bool = True


@dataclass(frozen=True)
class Listing(Block):
    """A list that is fetched in blocks while it is scrolled through.

    rows: the first of `number` many, each with its id, its cells as text in the order of columns,
    and its line: (year, members) in order, None where they are withheld. size: rows of a block.
    sort: the column, with "-" before it the largest first. opened: id of the row whose profile is
    open. totals: (value, what it is, note) of all rows. files: (ending, writing, label, help,
    whether as shown). texts: what it says.
    """

    kind: ClassVar[str] = "listing"
    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    number: int
    size: int
    sort: str
    search: str
    totals: Sequence[tuple[str, str, str]]
    texts: Mapping[str, str]
    files: Sequence[tuple[str, str, str, str, bool]]
    opened: str = ""
