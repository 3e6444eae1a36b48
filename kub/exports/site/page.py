"""A page of the published site while it is written: blocks as those of the screen, of one programme
without any filter, since nobody stands behind a file who could answer to one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from kub.answers.answer import Answer, answer
from kub.answers.catalog import CATALOG
from kub.findings.options import Options
from kub.store.data import Data, ProgrammeName
from kub.web import blocks
from kub.web.cards import card
from kub.web.sections import Section
from kub.web.twin import table
from kub.words import Words
from queries.filters import Filters
from queries.yearly import answers

MOST_ROWS = 300  # of a table in a page, as many as print; the data file beside it has all


@dataclass(frozen=True)
class DataFiles(blocks.Block):
    """Where the list of data files stands, which are known when all pages are written."""

    kind: ClassVar[str] = "data"


@dataclass
class Page:
    """filters: the programme alone. answers: by the key of their card; those that have no card,
    such as large numbers, by their chart. beside: a few words beside the scope.
    """

    name: str
    data: Data
    filters: Filters
    words: Words
    parts: list[blocks.Block] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    beside: str = ""

    @property
    def programme(self) -> ProgrammeName:
        return self.data.programme(self.filters)

    def has(self, *charts: str) -> bool:
        """False where the programme shares yearly figures only and these do not answer them all."""
        card_answers = (answers(CATALOG[chart].question, self.filters) for chart in charts)
        return not self.programme.is_card or all(card_answers)

    def answer(
        self, chart: str, options: Options | None = None, filters: Filters | None = None
    ) -> Answer:
        """The answer for readers, which the page shows."""
        made = answer(self.data, chart, filters or self.filters, self.words, options=options)
        self.answers[chart] = made
        return made

    def add(self, *more: blocks.Block) -> None:
        self.parts += more

    def card(
        self,
        chart: str,
        options: Options | None = None,
        *,
        height: int | None = None,
        look: str = "",
        filters: Filters | None = None,
    ) -> None:
        """A chart with its table; nothing where the programme does not answer it. height: px."""
        if self.has(chart):
            self.show(self.answer(chart, options, filters), height, look)

    def show(self, made: Answer, height: int | None = None, look: str = "") -> None:
        """An answer as a card."""
        words, rows = self.words, len(made.frame)
        listed = table(made.frame, words, MOST_ROWS) if rows else None
        if listed and listed.cut:
            listed = replace(listed, cut=words("site.cut", shown=MOST_ROWS, rows=rows))
        whole = card(made, made.chart, words, height, look)
        # The picture stands under its own title: a sentence is not read twice.
        takeaway = made.takeaway_under(made.title)
        self.add(replace(whole, table=listed, takeaway=takeaway))

    def columns(self, *weights: int) -> "Iterator[Page]":
        """Pages within the page, side by side, as wide as their weights."""
        parts = [replace(self, parts=[]) for _ in weights]
        self.add(blocks.Columns(weights, [part.parts for part in parts]))
        return iter(parts)

    def side_by_side(self, *charts: str, height: int | None = None) -> None:
        """Charts of equal width beside each other, those that the programme answers."""
        shown = [chart for chart in charts if self.has(chart)]
        if not shown:
            return
        for part, chart in zip(self.columns(*(1 for _ in shown)), shown, strict=True):
            part.card(chart, height=height)

    def heading(self, text: str, anchor: str) -> None:
        self.add(blocks.Heading(text, anchor))

    def section(self, anchor: str) -> None:
        """A heading over what follows, with the words of the screen."""
        text = self.words(f"section.{self.name}.{anchor}")
        self.add(Section(text, f"section-{anchor}"))

    def empty(self, title: str, todo: str = "") -> None:
        """What stands in place of the page."""
        self.add(blocks.Text(title, todo, boxed=True))


def cards(parts: Sequence[blocks.Block]) -> Iterator[blocks.Card]:
    """The cards among blocks, also those in columns."""
    for part in parts:
        if isinstance(part, blocks.Card):
            yield part
        elif isinstance(part, blocks.Columns):
            for items in part.items:
                yield from cards(items)
