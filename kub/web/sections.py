"""What gives a page its order: the finding that opens it, headings of its parts with the way to
each, and the source that its cards share.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from kub.web.blocks import Block, Card, Columns, Heading, Number, Panel
from kub.web.long_page import Contents, Place

LONG = ("economy", "programmes")  # pages with too many charts to see what there is at once
FEWEST = 3  # parts from which a list of them saves more than it takes


@dataclass(frozen=True)
class Hero(Block):
    """The finding that matters now: a number larger than any other on the page, and the sentence
    that goes on behind it.
    """

    kind: ClassVar[str] = "hero"
    number: Number
    text: str


@dataclass(frozen=True)
class Section(Block):
    """A heading over charts that belong together. anchor: its id; note: how to read them."""

    kind: ClassVar[str] = "section"
    text: str
    anchor: str
    note: str = ""


@dataclass(frozen=True)
class Basis(Block):
    """What the cards above rest on that name no source of their own."""

    kind: ClassVar[str] = "basis"
    text: str


def in_order(parts: Sequence[Block], page: str, label: str) -> list[Block]:
    """The blocks of a page, of a long one with the list of its parts (label: of that list), and the
    source that its cards share at the foot.
    """
    parts = with_shared_source(parts)
    return with_contents(parts, label) if page in LONG else parts


def with_contents(parts: Sequence[Block], label: str) -> list[Block]:
    """The blocks of a page, with the way to its parts before the first of them."""
    headings = [part for part in parts if isinstance(part, Section | Heading) and part.anchor]
    if len(headings) < FEWEST:
        return list(parts)
    at = next(number for number, part in enumerate(parts) if part is headings[0])
    contents = Contents(label, [Place(heading.text, heading.anchor) for heading in headings])
    return [*parts[:at], contents, *parts[at:]]


def with_shared_source(parts: Sequence[Block]) -> list[Block]:
    """The blocks of a page, with the source that most of its cards have once at its foot, and no
    longer under each of these.
    """
    sources = Counter(card.source for card in _cards(parts) if card.source)
    [(common, times)] = sources.most_common(1) or [("", 0)]
    if times < 2:
        return list(parts)
    return [*_without(parts, common), Basis(common)]


def _inside(part: Block) -> Sequence[Sequence[Block]]:
    if isinstance(part, Columns):
        return part.items
    return [part.items] if isinstance(part, Panel) else []


def _cards(parts: Sequence[Block]) -> Iterator[Card]:
    for part in parts:
        if isinstance(part, Card):
            yield part
        for items in _inside(part):
            yield from _cards(items)


def _without(parts: Sequence[Block], source: str) -> list[Block]:
    return [_bare(part, source) for part in parts]


def _bare(part: Block, source: str) -> Block:
    if isinstance(part, Card) and part.source == source:
        return replace(part, source="")
    if isinstance(part, Columns):
        return replace(part, items=[_without(items, source) for items in part.items])
    if isinstance(part, Panel):
        return replace(part, items=_without(part.items, source))
    return part
