"""Blocks of a long page: the way down it, and answers to what its readers ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kub.web.blocks import Block


@dataclass(frozen=True)
class Place:
    """Somewhere on the page. anchor: the id of a heading, or the key of a card; items: places
    within it.
    """

    text: str
    anchor: str
    items: Sequence["Place"] = ()


@dataclass(frozen=True)
class Contents(Block):
    """Links down the page. label: names them for screen readers too."""

    kind: ClassVar[str] = "contents"
    label: str
    items: Sequence[Place]


@dataclass(frozen=True)
class Explanation:
    """What is meant by a number. heading: as readers ask for it; name: as it is called elsewhere;
    formula: "" where there is nothing to compute.
    """

    anchor: str
    heading: str
    text: str
    name: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Explanations(Block):
    """Answers in words, each with its formula behind a click. formula: what opens it."""

    kind: ClassVar[str] = "explanations"
    formula: str
    items: Sequence[Explanation]
