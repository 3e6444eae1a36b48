"""What a guest takes home, whatever it is written as: answers in
their order, and what explains them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from kub import look
from kub.answers.answer import Answer
from kub.answers.scope import scope
from kub.answers.sides import scope_line
from kub.answers.step import UNTOLD, Step, tell
from kub.answers.strip import strip
from kub.exports import benchmark_card
from kub.findings.numbers import Number
from kub.findings.options import BadOption
from kub.store.data import Data
from kub.words import Words, of
from queries.against import NO_COMPARISON, Against
from queries.filters import Filters
from queries.yearly import answers

# The definitions that every pack and the method page explain, in sections: method.about.<section>
# and method.item.<name> in the words.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "groups": ("as_of", "active", "members", "members_per_kub", "women"),
    "places": ("coverage", "rate"),
    "growth": ("cagr", "survival"),
    "sectors": ("share", "diversity", "lq", "gini"),
    "money": ("revenue", "assets"),
    "comparison": ("interval", "benchmark", "peers", "plan"),
    "published": ("reconcile", "targets"),
    "supporting": ("overdue", "library", "events"),
    "privacy": ("small",),
}
ITEMS = tuple(item for items in SECTIONS.values() for item in items)
SOURCES = ("official", "centre", "population", "published")
# What a pack can be written as.
# The ZIP holds all of them.
FORMATS = ("pptx", "pdf", "xlsx", "html")
# Only of programmes that have any.
TARGETS = Step("targets")
# The steps where no visit says otherwise: the whole, growth, revenue, trades, places, comparison,
# what was published.
STANDARD = (
    Step("headline"),
    Step("growth", view={"both": True}),
    Step("growth", "growth_flow"),
    TARGETS,
    Step("revenue"),
    Step("sectors"),
    Step("sector_years"),
    Step("villages"),
    Step("coverage"),
    Step("coverage_years"),
    Step("survival"),
    Step("benchmark"),
    Step("rates", view={"per": "residents"}),
    Step("programme_sectors"),
    Step("reconcile"),
)


class UnanswerableStep(Exception):
    """A step of a visit that has no answer: it names what this version of the data does not have,
    or its settings mean nothing.

    number: from 1. option: the setting that its chart does not have, if that is why.
    """

    def __init__(self, number: int, option: BadOption | None = None) -> None:
        super().__init__(f"step {number}")
        self.number, self.option = number, option


@dataclass(frozen=True)
class Part:
    """One answer of a pack. title: the host's own, else the finding; note: for the speaker, else
    the takeaway.

    numbers: the large ones of a headline, as the screen has them. sql: the statement of an
    analyst's own rows.
    """

    answer: Answer
    title: str
    note: str
    numbers: tuple[Number, ...] = ()
    sql: str = ""


@dataclass(frozen=True)
class Pack:
    """What every file of a pack is written from.

    title: on the cover. scope: what part of the records, in words. made_on: the day of writing.
    files: (name, SHA-256) of the records' source files. version: day of import and fingerprint.
    guest: whose pack it is, for the names of its files. make_card: (name, content) of the benchmark
    card of its programme; None where the programme shares no more than one itself.
    """

    title: str
    scope: str
    lang: str
    parts: tuple[Part, ...]
    version: str
    sample: bool
    files: tuple[tuple[str, str], ...]
    made_on: date
    guest: str = ""
    make_card: Callable[[], tuple[str, bytes]] | None = field(default=None, compare=False)

    @property
    def words(self) -> Words:
        return of(self.lang)

    def definitions(self) -> Iterator[tuple[str, str, str]]:
        """(name, what it means, formula) of every number."""
        words = self.words
        for item in ITEMS:
            name, says, formula = (
                words(f"method.item.{item}.{part}") for part in ("name", "says", "formula")
            )
            yield name, says, formula

    def sources(self) -> list[str]:
        """Where the numbers come from; Markdown marks taken out."""
        names = list(SOURCES)
        if self.sample:
            names.append("sample")
        # The words are Markdown for the page; paper, slides and sheets have no such marks.
        return [
            self.words(f"method.source.{name}").replace("**", "").replace("`", "") for name in names
        ]

    def settings(self) -> Iterator[tuple[str, str]]:
        """(heading, value) of what a reader needs to trust a page: the dashboard, where it has a
        name of its own, scope, version, day, sample label.
        """
        words = self.words
        if look.BRAND.name:
            yield words("pack.product"), look.BRAND.name
        yield words("pack.scope"), self.scope
        yield words("pack.version"), self.version
        yield words("pack.made_on"), words("pack.day", on=self.made_on)
        if self.sample:
            yield words("pack.note"), words("source.sample")


def pack(
    data: Data,
    filters: Filters,
    words: Words,
    today: date,
    steps: Sequence[Step] = STANDARD,
    title: str = "",
    guests: str = "[]",
    guest: str = "",
    against: Against = NO_COMPARISON,
) -> Pack:
    """Build the answer of every step and bind them. Raises UnanswerableStep.

    filters, against: of the standard steps; steps of a visit have their own, and the pack is about
    the programme alone. guests: self-declared figures, as kub/guests/__init__.py writes them; they
    stand in the guest's own pack only.
    """
    parts = []
    # Identity, not equality: a visit with the same steps keeps its own filters.
    if steps is STANDARD:
        has_targets = data.programme(filters).programme_id in data.with_targets
        steps = [
            replace(step, filters=filters, against=against)
            for step in steps
            if has_targets or step is not TARGETS
        ]
        if data.programme(filters).is_card:
            steps = [step for step in steps if answers(step.question, filters)]
    else:
        filters, against = Filters(programme=filters.programme), NO_COMPARISON
    for number, step in enumerate(steps, 1):
        # Not left out in silence: a pack without its third answer would look complete.
        if step.unknown(data):
            raise UnanswerableStep(number)
        try:
            answer = tell(data, step, words, guests=guests)
        except BadOption as fault:
            raise UnanswerableStep(number, fault) from fault
        except UNTOLD as fault:
            raise UnanswerableStep(number) from fault
        parts.append(
            Part(
                answer,
                step.title or answer.title,
                step.note or answer.takeaway,
                strip(data, answer, words),
                step.sql,
            )
        )
    # Their hashes make it possible to prove later which records a page rests on.
    files = data.source_files()
    programme = data.programme(filters)
    return Pack(
        title=title or words("pack.title", programme=programme.name),
        scope=_scope(data, data.resolved(filters), against, words),
        lang=words.lang,
        parts=tuple(parts),
        version=data.version.label,
        # One invented answer marks all: pages of a pack get separated.
        sample=any(part.answer.source.sample for part in parts),
        files=tuple(zip(files["file"], files["sha256"], strict=True)),
        made_on=today,
        guest=guest,
        make_card=None if programme.is_card else partial(_card, data, filters, words),
    )


def _scope(data: Data, own: Filters, against: Against, words: Words) -> str:
    line = scope(data, own, words)
    if not against:
        return line
    return f"{line} · {scope_line(data, own, against.filters(own), words)}"


def _card(data: Data, filters: Filters, words: Words) -> tuple[str, bytes]:
    return benchmark_card.file_name(data, filters, words), benchmark_card.card(data, filters)


def source_list(words: Words, sample: bool) -> list[tuple[str, str, str]]:
    """(source, what comes from it, '') of all numbers, as a list of definitions takes them.

    sample: whether the records are invented.
    """
    listed = []
    for name in (*SOURCES, *(["sample"] if sample else [])):
        source, _, what = words(f"method.source.{name}").replace("`", "").partition("**: ")
        listed.append((source.removeprefix("**"), what[:1].upper() + what[1:], ""))
    return listed
