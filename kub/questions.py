"""Question + chart + words = Answer. Screen, slide, sheet and paper all show Answers, so they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

import pandas as pd

from kub.data import Data
from kub.findings import Finding, withheld
from kub.scope import across, narrowing, scope, village_names
from kub.words import Words
from queries import COMPARED, QUESTIONS, REFERENCE, heeded
from queries.filters import Filters

# Which screen's module holds each chart and finding. A chart is named after its question; where a
# question is drawn in two ways the second carries a suffix.
CHARTS = {
    "headline": "overview",
    "reconcile": "overview",
    "growth": "growth",
    "growth_flow": "growth",
    "survival": "growth",
    "district_growth": "growth",
    "sectors": "sectors",
    "sector_years": "sectors",
    "village_sectors": "sectors",
    "specialisation": "sectors",
    "activities": "sectors",
    "villages": "villages",
    "villages_ranking": "villages",
    "coverage": "villages",
    "coverage_years": "villages",
    "gaps": "villages",
    "village_kub": "villages",
    "profile_years": "villages",
    "village_profile": "villages",
    "growth_reported": "method",
    "benchmark": "benchmark",
    "rates": "benchmark",
    "rates_funnel": "benchmark",
    "programme_years": "compared",
    "programme_sectors": "compared",
    "elsewhere": "elsewhere",
    "pace": "plan",
    "plan": "plan",
    "peers": "peers",
    "regencies": "peers",
    "microfinance": "microfinance",
    "microfinance_years": "microfinance",
    "microfinance_reports": "microfinance",
    "libraries": "libraries",
    "library_years": "libraries",
    "library_years_visits": "libraries",
    "library_villages": "libraries",
    "school_visits": "schools",
    "school_villages": "schools",
    "schools": "schools",
    "awards": "awards",
    "study_visits": "study",
    "study_regencies": "study",
    "supporting": "supporting",
}
# Drawn from rows computed of answers (see `told`), not from those of a question.
COMPUTED = frozenset({"plan"})
# Named after what they show, not after the question that they draw.
DRAWN_FROM = {"profile_years": "growth", "plan": "pace"}
# What they count is not narrowed by a filter of sectors; only the KUB that they name beside it are.
BESIDE_SECTORS = frozenset({"microfinance", "libraries"})
# Shown as a table only: a list of names is read, not drawn.
TABLES = frozenset({"headline", "gaps", "village_kub", "village_profile", "elsewhere", "peers", "regencies"}) | {
    "schools",
    "supporting",
}


@dataclass(frozen=True)
class Answer:
    """One answer, ready to be shown anywhere.

    frame: the columns of docs/data.md, shares 0-1. figure: plain Plotly dict, or None for a table.
    title: the finding. subtitle: measure, unit, scope. takeaway: also alt text and speaker note. Title and takeaway
    name every filter that narrows them. caveat: the sentences that the takeaway ends with, never to be cut; or "".
    source: source line with data date and version, and the sample label where it rests on samples.
    """

    question: str
    chart: str
    filters: Filters
    frame: pd.DataFrame
    figure: dict[str, Any] | None
    title: str
    subtitle: str
    takeaway: str
    scope: str
    source: str
    version: str
    sample: bool
    # The settings of the chart that are codes: with them kub/steps.py tells it again.
    view: Mapping[str, str | bool | int] = field(default_factory=dict)
    caveat: str = ""


def question_of(chart: str) -> str:
    """The question that a chart of CHARTS draws."""
    named = (question for question in QUESTIONS if chart == question or chart.startswith(f"{question}_"))
    return DRAWN_FROM.get(chart) or max(named, key=len)


def answer(
    data: Data,
    question: str,
    filters: Filters,
    words: Words,
    mode: str = "light",
    chart: str = "",
    guests: str = "[]",
    **view: Any,
) -> Answer:
    """Ask, draw and say. chart: a name of CHARTS where it is not the question's own; view: how it is drawn.

    guests: self-declared figures beside the programmes, as kub/guests.py writes them; only for queries.COMPARED.
    """
    filters = asked(data, question, filters)
    frame = data.ask(question, filters, guests)
    return told(data, question, frame, filters, words, mode, chart, guests, **view)


def asked(data: Data, question: str, filters: Filters) -> Filters:
    """The filters that apply to a question, with the default programme named where none is.

    No answer may say that it is of a place, a trade or a year that it does not heed. A measure chooses what is drawn.
    """
    heeds = {*heeded(question), "programme", "measure"}
    ignored = {name: value for name, value in vars(Filters()).items() if name not in heeds}
    return replace(data.resolved(filters), **ignored)


def told(
    data: Data,
    question: str,
    frame: pd.DataFrame,
    filters: Filters,
    words: Words,
    mode: str = "light",
    chart: str = "",
    guests: str = "[]",
    **view: Any,
) -> Answer:
    """Draw and say rows asked already, or computed from those of `question`, whose scope and source they have.

    filters: as `asked` gives them; the rest as in `answer`.
    """
    chart = chart or question
    sample = _sample(data, question, filters)
    codes = {name: value for name, value in view.items() if isinstance(value, str | bool | int)}
    view = {"measure": filters.measure, "sample": sample, "own": filters.programme, **view}
    told_of, view, hidden = withheld.instead(_named(frame, words), chart, view, words)
    if chart == "village_sectors":
        view.setdefault("names", village_names(data, str(filters.programme)))
    narrowed = narrowing(data, filters, words)
    if question in BESIDE_SECTORS:
        narrowed = replace(narrowed, groups="")
    find = getattr(import_module(f"kub.findings.{CHARTS[chart]}"), chart)
    finding: Finding = narrowed.applied(find(told_of, narrowed.words(words), filters=filters, **view))
    draw = None if chart in TABLES else getattr(import_module(f"kub.charts.{CHARTS[chart]}"), chart)
    said = _scope(data, question, filters, words)
    return Answer(
        question=question,
        chart=chart,
        filters=filters,
        frame=frame,
        figure=draw(told_of, words, mode, **view) if draw and len(frame) else None,
        title=finding.title,
        subtitle=" · ".join(part for part in (finding.subtitle, hidden, said) if part),
        takeaway=" ".join(part for part in (finding.takeaway, finding.caveat) if part),
        scope=said,
        source=source(data, question, filters, words, guests != "[]"),
        version=data.version.label,
        sample=sample,
        view=codes,
        caveat=finding.caveat,
    )


def _named(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows with regencies as the language names them; those of an Answer keep the official names."""
    names = {column: frame[column].map(words.regency) for column in ("regency", "subject") if column in frame}
    return frame.assign(**names) if words.lang != "id" else frame


def source(data: Data, question: str, filters: Filters, words: Words, guests: bool = False) -> str:
    """'Sumber: catatan program …, data per … · versi …', with the sample label where it applies.

    guests: whether self-declared figures stand beside those of the programmes.
    """
    if question in REFERENCE:
        line = words("source.reference")
    elif question in COMPARED:
        line = words("source.programmes", n=len(data.compared(filters))) + (words("source.guests") if guests else "")
    else:
        programme = data.programme(filters)
        line = words("source.line", programme=programme.name, as_of=programme.as_of)
    line += f" · {words('source.version', version=data.version.label)}"
    return f"{line} · {words('source.sample')}" if _sample(data, question, filters) else line


def _sample(data: Data, question: str, filters: Filters) -> bool:
    """Whether the answer rests on any invented record."""
    asked = data.compared(filters) if question in COMPARED else [data.programme(filters)]
    return question not in REFERENCE and any(programme.is_sample for programme in asked)


def _scope(data: Data, question: str, filters: Filters, words: Words) -> str:
    if question in REFERENCE:
        return words(f"scope.{question}")
    said = (across if question in COMPARED else scope)(data, filters, words)
    return f"{said} · {words('withheld.scope')}" if data.role == "analyst" and data.withholds else said


def on_page(answer: Answer, words: Words) -> str:
    """The source line as it stands under each chart of a page, whose foot says the version and the label in full."""
    line = answer.source.replace(f" · {words('source.version', version=answer.version)}", "")
    return line.replace(words("source.sample"), words("source.sample_short"))
