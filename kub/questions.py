"""Question + chart + words = Answer. Screen, slide, sheet and paper all show Answers, so they cannot differ."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd

from kub.data import Data
from kub.findings import Finding
from kub.scope import scope
from kub.words import Words
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
}
# Shown as a table only: a list of names is read, not drawn.
TABLES = frozenset({"headline", "gaps", "village_kub", "village_profile"})


@dataclass(frozen=True)
class Answer:
    """One answer, ready to be shown anywhere.

    frame: the contract's columns, shares 0-1. figure: plain Plotly dict, or None for a table.
    title: the finding. subtitle: measure, unit, scope. takeaway: also alt text and speaker note.
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


def answer(
    data: Data, question: str, filters: Filters, words: Words, mode: str = "light", chart: str = "", **view: Any
) -> Answer:
    """Ask, draw and say. chart: a name of CHARTS where it is not the question's own; view: how it is drawn."""
    chart = chart or question
    filters = data.resolved(filters)
    frame = data.ask(question, filters)
    sample = data.programme(filters).is_sample
    view = {"measure": filters.measure, "sample": sample, **view}
    finding: Finding = getattr(import_module(f"kub.findings.{CHARTS[chart]}"), chart)(frame, words, **view)
    draw = None if chart in TABLES else getattr(import_module(f"kub.charts.{CHARTS[chart]}"), chart)
    said = scope(data, filters, words)
    return Answer(
        question=question,
        chart=chart,
        filters=filters,
        frame=frame,
        figure=draw(frame, words, mode, **view) if draw and len(frame) else None,
        title=finding.title,
        subtitle=f"{finding.subtitle} · {said}",
        takeaway=finding.takeaway,
        scope=said,
        source=source(data, filters, words),
        version=data.version.label,
        sample=sample,
    )


def source(data: Data, filters: Filters, words: Words) -> str:
    """'Sumber: catatan program …, data per … · versi …', with the sample label where it applies."""
    programme = data.programme(filters)
    line = words("source.line", programme=programme.name, as_of=programme.as_of)
    line += f" · {words('source.version', version=data.version.label)}"
    return f"{line} · {words('source.sample')}" if programme.is_sample else line


def on_page(answer: Answer, words: Words) -> str:
    """The source line as it stands under each chart of a page, whose foot says the version and the label in full."""
    line = answer.source.replace(f" · {words('source.version', version=answer.version)}", "")
    return line.replace(words("source.sample"), words("source.sample_short"))
