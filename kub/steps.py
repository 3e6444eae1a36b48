"""A step of a story: what to ask, how to draw it, and what to say; told again at any time from any version.

A page keeps what its charts show beside their own rows (borders, published figures) at hand; a step has
only its codes, so it asks for them here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from kub import boundaries, questions
from kub.areas import Areas, drawn, places
from kub.charts import diamonds
from kub.data import Data
from kub.questions import Answer
from kub.scope import is_kelurahan, village_names
from kub.versions import data_folder
from kub.words import Words
from queries.filters import Filters

Code = str | bool | int
# What `tell` raises for settings that mean nothing: a visit's file may be written by hand.
UNTOLD = (KeyError, TypeError, ValueError, AttributeError, duckdb.Error)


@dataclass(frozen=True)
class Step:
    """One Answer of a story. view: settings of its chart, codes only. title, note: the host's own, or empty."""

    question: str
    chart: str = ""
    filters: Filters = field(default_factory=Filters)
    view: Mapping[str, Code] = field(default_factory=dict)
    title: str = ""
    note: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "Step":
        """The step that tells this answer again."""
        return cls(answer.question, answer.chart, answer.filters, answer.view)


def tell(data: Data, step: Step, words: Words, mode: str = "light", guests: str = "[]") -> Answer:
    """The step's answer. Codes must be known to this version (`data.unknown`). Raises UNTOLD."""
    filters = questions.asked(data, step.question, step.filters)
    chart = step.chart or step.question
    beside = {name: give(data, filters) for name, give in BESIDE.get(chart, {}).items()}
    return questions.answer(data, step.question, filters, words, mode, chart, guests, **{**step.view, **beside})


def _published(data: Data, filters: Filters) -> pd.DataFrame | None:
    return data.ask("reconcile", filters) if diamonds.fits(filters) else None


def _cooperatives(data: Data, filters: Filters) -> pd.DataFrame:
    return data.ask("microfinance", filters)


def _libraries(data: Data, filters: Filters) -> pd.DataFrame:
    return data.ask("libraries", filters)


def _as_of(data: Data, filters: Filters) -> date | None:
    return data.programme(filters).as_of


def _kelurahan(data: Data, filters: Filters) -> bool:
    return all(is_kelurahan(code) for code in filters.villages or data.villages[str(filters.programme)])


def _areas(data: Data, filters: Filters) -> Areas:
    """As on the page: the user's own borders if they fit, else schematic areas or tiles."""
    known = places(data.ask("village_profile", Filters(programme=filters.programme)))
    own = boundaries.read(data_folder(), known)
    focus = tuple(data.ask("villages", filters)["village_code"]) if filters.districts or filters.villages else ()
    return (own and boundaries.areas(own, focus)) or drawn(known)


def _names(data: Data, filters: Filters) -> dict[str, str]:
    return village_names(data, str(filters.programme))


def _provisional(data: Data, filters: Filters) -> bool:
    years = data.ask("growth", filters)["provisional"]
    return bool(len(years) and years.iloc[-1])


def home(data: Data, filters: Filters) -> str:
    """The province of the programme's regency, by the official list; '' where the regency is invented."""
    found = data.con.cursor().execute(
        "SELECT province FROM programme JOIN official_regency USING (regency_code) WHERE programme_id = $programme",
        {"programme": data.resolved(filters).programme},
    )
    row = found.fetchone()
    return row[0] if row else ""


BESIDE: dict[str, dict[str, Callable[[Data, Filters], Any]]] = {
    "growth": {"published": _published},
    "district_growth": {"provisional": _provisional},
    "village_sectors": {"names": _names},
    "villages": {"areas": _areas},
    "coverage": {"kelurahan": _kelurahan},
    "coverage_years": {"kelurahan": _kelurahan, "published": _published},
    "gaps": {"kelurahan": _kelurahan},
    "study_regencies": {"home": home},
    "library_years": {"published": _published, "libraries": _libraries},
    "school_visits": {"as_of": _as_of},
    "microfinance_reports": {"published": _cooperatives},
}
