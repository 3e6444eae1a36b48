"""Question + chart + words = Answer.

Screen, slide, sheet and paper all show Answers, so they cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from inspect import signature
from typing import Any

import pandas as pd

from kub.answers.catalog import CATALOG, spec_of
from kub.answers.joined import KEYS, NAMING
from kub.answers.scope import across, narrowing, scope
from kub.answers.sizes import Sizes
from kub.answers.source import Source, source_of
from kub.charts.chart_data import ChartData
from kub.findings import Finding, withheld
from kub.findings.options import Options
from kub.look import Figure
from kub.store.data import Data
from kub.words import Words
from kub.words.columns import DIFFERENCE, OTHER
from queries import COMPARED, REFERENCE, SUMMED, heeded
from queries.against import NO_COMPARISON, Against
from queries.filters import Filters

NO_GUESTS = "[]"


@dataclass(frozen=True)
class Answer:
    """One answer, ready to be shown anywhere.

    chart: a name of the catalog. frame: the columns of docs/data.md, shares 0-1. data: what its
    chart shows. figure: plain Plotly dict of that. Both are None for a table. finding: names every
    filter that narrows it. instead: note where figures about few people are not shown as asked, or
    "". scope: what part of the records it speaks of, in words. against: the other side, where the
    answer compares two (kub/answers/compare.py); room: what its chart then needs; measures: the
    columns that it then draws.
    """

    chart: str
    filters: Filters
    frame: pd.DataFrame
    finding: Finding
    scope: str
    source: Source
    data: ChartData | None = None
    figure: Figure | None = None
    options: Options = field(default_factory=Options)
    instead: str = ""
    against: Against = NO_COMPARISON
    room: Sizes | None = None
    measures: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        return spec_of(self.chart).question

    @property
    def sizes(self) -> Sizes:
        """How much room its chart needs."""
        return self.room or spec_of(self.chart).sizes

    @property
    def short_frame(self) -> pd.DataFrame:
        """The columns for a narrow table: of a comparison, which has three of each, those alone
        that name the row and that are drawn.
        """
        if not self.measures or len(self.frame) == 1:
            return self.frame
        drawn = {name + part for name in self.measures for part in ("", OTHER, DIFFERENCE)}
        named = {*KEYS[self.question], *NAMING, *drawn}
        return self.frame[[name for name in self.frame.columns if name in named]]

    @property
    def measure(self) -> str:
        """What is measured, without the further remarks of a subtitle."""
        return self.finding.measure or self.finding.subtitle

    @property
    def title(self) -> str:
        """The finding."""
        return self.finding.title

    @property
    def subtitle(self) -> str:
        """Measure, unit, scope."""
        return " · ".join(
            part for part in (self.finding.subtitle, self.instead, self.scope) if part
        )

    @property
    def takeaway(self) -> str:
        """Also alt text and speaker note; it ends with the caveat, which is never to be cut."""
        return " ".join(part for part in (self.finding.takeaway, self.finding.caveat) if part)

    def takeaway_under(self, title: str) -> str:
        """The takeaway as it stands under a title, which it does not repeat."""
        return self.takeaway.removeprefix(title).lstrip(". ")


def answer(
    data: Data,
    chart: str,
    filters: Filters,
    words: Words,
    mode: str = "light",
    options: Options | None = None,
    guests: str = NO_GUESTS,
) -> Answer:
    """Ask, draw and say.

    chart: a name of the catalog. options: of that chart, the usual ones where left out. guests:
    self-declared figures beside the programmes, as kub/guests/__init__.py writes them; only for
    queries.COMPARED.
    """
    question = CATALOG[chart].question
    filters = asked(data, question, filters)
    frame = data.ask(question, filters, guests)
    return build_answer(data, chart, frame, filters, words, mode, options, guests)


def asked(data: Data, question: str, filters: Filters) -> Filters:
    """The filters that apply to a question, with the default programme named where none is.

    No answer may say that it is of a place, a trade or a year that it does not heed. A measure
    chooses what is drawn.
    """
    heeds = {*heeded(question), "programme", "measure"}
    ignored = {name: value for name, value in vars(Filters()).items() if name not in heeds}
    return replace(data.resolved(filters), **ignored)


def build_answer(
    data: Data,
    chart: str,
    frame: pd.DataFrame,
    filters: Filters,
    words: Words,
    mode: str = "light",
    options: Options | None = None,
    guests: str = NO_GUESTS,
    computed: Mapping[str, object] | None = None,
) -> Answer:
    """Draw and say rows asked already, or computed on a page.

    filters: as `asked` gives them. computed: what the rows were computed of, by the name under
    which the chart takes it. Raises TypeError where the options are not those of the chart.
    """
    spec = CATALOG[chart]
    options = spec.options() if options is None else options
    if type(options) is not spec.options:
        raise TypeError(f"{chart} has {spec.options.__name__}, not {type(options).__name__}")
    source = source_of(data, chart, filters, guests != NO_GUESTS)
    rows, measure, shown, instead = withheld.instead(
        _named(frame, words), chart, filters.measure, options, words
    )
    known = {name: fetch(data, filters) for name, fetch in spec.context.items()}
    known |= {
        "measure": measure,
        "own": filters.programme,
        "filters": filters,
        "sample": source.sample,
    }
    known |= {**vars(shown), **(computed or {})}
    narrowed = narrowing(data, filters, words)
    if spec.beside_sectors:
        narrowed = replace(narrowed, groups="")
    finding = narrowed.applied(spec.say(rows, narrowed.words(words), **_taken(spec.say, known)))
    drawn = None
    if spec.draw and len(frame) and not (spec.is_table and spec.is_table(filters)):
        drawn = spec.draw(rows, words, mode, **_taken(spec.draw, known))
    return Answer(
        chart=chart,
        filters=filters,
        frame=frame,
        finding=finding,
        scope=scope_of(data, spec.question, filters, words),
        source=source,
        data=drawn.data if drawn else None,
        figure=drawn.figure if drawn else None,
        options=options,
        instead=instead,
    )


@cache
def parameters(function: Callable[..., Any]) -> frozenset[str]:
    """The names of what a chart or a finding takes."""
    return frozenset(signature(function).parameters)


def _taken(function: Callable[..., Any], known: Mapping[str, object]) -> dict[str, object]:
    """What a chart or a finding takes of what is known."""
    return {name: known[name] for name in parameters(function) & known.keys()}


def _named(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows with regencies as the language names them; those of an Answer keep the official
    names.

    A guest of a regency that is loaded bears another name, so that no sentence sets a regency
    beside itself; `home` keeps the official one.
    """
    if "declared" in frame and frame["declared"].any():
        loaded = frame.loc[~frame["declared"], "regency"]
        again = frame["declared"] & frame["regency"].isin(loaded)
        own = frame["regency"].where(~again, frame["regency"] + f" ({words('compared.declared')})")
        frame = frame.assign(home=frame["regency"], regency=own)
    names = {
        column: frame[column].map(words.regency)
        for column in ("regency", "subject")
        if column in frame
    }
    return frame.assign(**names) if words.lang != "id" else frame


def scope_of(data: Data, question: str, filters: Filters, words: Words) -> str:
    """What part of the records an answer speaks of. filters: as `asked` gives them."""
    if question in REFERENCE:
        return words(f"scope.{question}")
    line = (across if question in COMPARED | SUMMED else scope)(data, filters, words)
    return (
        f"{line} · {words('withheld.scope')}" if data.role == "analyst" and data.withholds else line
    )
