"""What a page is made of, as data: a list of blocks that page.js draws, and that tests read.

Every text is text, never markup: page.js writes it as such. A block's fields are what the browser
gets, under `kind` and its own names; what is None or empty is left out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any, ClassVar

from kub.look import Figure
from kub.web.values import without_nan, written


@dataclass(frozen=True)
class Without:
    """What a name of the link has by then, but for these values: of two quick clicks none undoes
    the other.
    """

    without: Sequence[str]


# Names of a link and what they become; None takes a name out, a list is a name said several times.
Changes = Mapping[str, str | Sequence[str] | Without | None]


@dataclass(frozen=True)
class Block:
    """Something on the page. kind: by which page.js knows how to draw it."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Action:
    """What a click changes in the address, said in words. tone: its own look in the styles."""

    label: str
    changes: Changes
    help: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Compare:
    """The control "Compare with …". options: address of what can be chosen; places: of a search for
    places, with {kind}. programme: whose places. own: codes of this side, which are not offered;
    chosen, name: the other side. names: of a link. kinds: how an option of a kind is written.
    """

    label: str
    placeholder: str
    options: str
    places: str
    programme: str
    own: Sequence[str]
    names: Sequence[str]
    kinds: Mapping[str, str]
    words: Mapping[str, str]
    chosen: str = ""
    name: str = ""


@dataclass(frozen=True)
class Notice:
    """What must be said before anything else. items: the single values it speaks of."""

    text: str
    items: Sequence[str] = ()
    mend: Action | None = None
    tone: str = "warning"


@dataclass(frozen=True)
class Notices(Block):
    """Notices by themselves, below the title of a page that Streamlit draws."""

    kind: ClassVar[str] = "notices"
    items: Sequence[Notice]


@dataclass(frozen=True)
class Head(Block):
    """The page's name, the question it answers, the scope in words and what narrows it.

    beside: a few words beside the scope. chips: the active filters; a click drops one. against: the
    control of a comparison.
    """

    kind: ClassVar[str] = "head"
    name: str
    question: str
    scope: str
    beside: str = ""
    chips: Sequence[Action] = ()
    notices: Sequence[Notice] = ()
    against: Compare | None = None


# (page, changes of the link, help).
Lead = tuple[str, Changes, str]
Leads = Mapping[str, Lead]


@dataclass(frozen=True)
class Number:
    """One large number. tone: up, down or ""; it only colours the note. goal: its target. lead:
    where its note leads, to what it counts.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    goal: str = ""
    lead: Lead | None = None


@dataclass(frozen=True)
class Numbers(Block):
    """Four to six large numbers. label: names the list for screen readers."""

    kind: ClassVar[str] = "numbers"
    label: str
    items: Sequence[Number]


@dataclass(frozen=True)
class Origin(Block):
    """The way to where large numbers come from. key: of their answer on the page."""

    kind: ClassVar[str] = "origin"
    key: str


@dataclass(frozen=True)
class Findings(Block):
    """Sentences side by side: (finding, explanation)."""

    kind: ClassVar[str] = "findings"
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """A control: `name` in the link, the default left out.

    style: segments (all options in sight), switch (one option, on or off) or list (one of many,
    found by typing). options: (code, words). value: the code chosen, "" for none of a list.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str
    default: str = ""
    style: str = "segments"
    placeholder: str = ""
    note: str = ""


@dataclass(frozen=True)
class Controls(Block):
    """Controls side by side."""

    kind: ClassVar[str] = "controls"
    items: Sequence[Choice]


@dataclass(frozen=True)
class Table:
    """Rows as they are written. numeric: positions of the columns whose cells stand flush right.

    order: by position, what a column sorts by where that is not its text. cut: says that rows are
    left out. leads: position of a column whose cells lead somewhere, and the name of the link and
    the values that they set.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    order: Mapping[int, Sequence[Any]] | None = None
    cut: str = ""
    leads: tuple[int, str, Sequence[str]] | None = None


@dataclass(frozen=True)
class Chart:
    """A figure and what is said around it. alt: what it says, for readers who do not see it.

    selects: the names of the link whose values its points are. opens: a control that a click sets
    instead of them, or "". file: of its picture, without ending. line: the source in full, for the
    picture.
    """

    figure: Figure
    alt: str
    height: int
    file: str
    line: str
    selects: Sequence[str] = ()
    opens: str = ""


@dataclass(frozen=True)
class Card(Block):
    """An answer: finding, chart, takeaway, source, and the ways to take it away.

    name: of the chart in the catalog. numbers: in the place of a chart. table: shown at once.
    files: whether table and downloads are offered. tellable: whether a host may add it to a visit.
    notes: lines in small letters below the takeaway, under notes_title.
    """

    kind: ClassVar[str] = "card"
    key: str
    name: str
    title: str
    subtitle: str
    takeaway: str
    source: str
    chart: Chart | None = None
    numbers: Numbers | None = None
    table: Table | None = None
    empty: str = ""
    files: bool = True
    tellable: bool = False
    look: str = ""
    notes_title: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Columns(Block):
    """Lists of blocks side by side, as wide as their weights; one below the other on a phone."""

    kind: ClassVar[str] = "columns"
    weights: Sequence[int]
    items: Sequence[Sequence[Block]]


@dataclass(frozen=True)
class Panel(Block):
    """Blocks that belong together under a heading of their own. close: the way to leave them."""

    kind: ClassVar[str] = "panel"
    key: str
    title: str
    note: str
    items: Sequence[Block]
    close: Action | None = None


@dataclass(frozen=True)
class Note(Block):
    """Small print: one sentence, or several as a list."""

    kind: ClassVar[str] = "note"
    items: Sequence[str]


@dataclass(frozen=True)
class Heading(Block):
    """A heading between blocks. anchor: its id."""

    kind: ClassVar[str] = "heading"
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Text(Block):
    """A sentence that is read, and one that explains it. boxed: it stands in place of the page."""

    kind: ClassVar[str] = "text"
    title: str
    text: str = ""
    boxed: bool = False


@dataclass(frozen=True)
class Links(Block):
    """Sentences that lead to other pages: (words, page, changes)."""

    kind: ClassVar[str] = "links"
    title: str
    items: Sequence[tuple[str, str, Changes]]


@dataclass(frozen=True)
class Rows(Block):
    """A table by itself, under its title."""

    kind: ClassVar[str] = "rows"
    key: str
    title: str
    table: Table


@dataclass(frozen=True)
class Definitions(Block):
    """What is meant by each of several names: (name, meaning, formula or "")."""

    kind: ClassVar[str] = "definitions"
    items: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Disclosure(Block):
    """A table that opens below its name. name: as a program knows it; title: what it is."""

    kind: ClassVar[str] = "disclosure"
    key: str
    name: str
    title: str
    table: Table


def encode(value: Any) -> str:
    """Blocks, or anything made of them, as JSON.

    Dates become ISO, numpy scalars plain, NaN and NA null. Raises TypeError for anything else.
    """
    try:
        return json.dumps(
            value, default=_plain, allow_nan=False, ensure_ascii=False, separators=(",", ":")
        )
    # NaN is no JSON; looking for it in every figure would cost more than finding it in few.
    except ValueError:
        return json.dumps(
            without_nan(json.loads(json.dumps(value, default=_plain))),
            allow_nan=False,
            ensure_ascii=False,
            separators=(",", ":"),
        )


def _plain(value: Any) -> Any:
    if not is_dataclass(value):
        return written(value)
    present = {name: item for name, item in vars(value).items() if not _absent(item)}
    return {"kind": value.kind, **present} if isinstance(value, Block) else present


def _absent(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, tuple | list | dict) and not value)
