"""What each answer rests on: which rows of the records, and what its numbers mean.

One line a question; the rows are queries/rows/<kind>.sql under the filters that the answer heeds,
the meanings are definitions of the method page. Where several kinds stand, the first is what the
figure counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import queries
from kub.answers.answer import asked
from kub.store import provenance
from kub.store.data import Data
from queries import REFERENCE
from queries.filters import Filters


@dataclass(frozen=True)
class Origin:
    """rows: kinds of queries.ROWS. meanings: items of the words `method.item`."""

    rows: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows behind an answer: the first of them, and how many there are. members: of all rows;
    None where they have none, or some are withheld.
    """

    kind: str
    frame: pd.DataFrame
    count: int
    members: int | None = None


_KUB = ("kub",)
_COUNTED = ("active", "members")
_LIBRARY = Origin(("libraries",), ("library",))
_UNITS = Origin(("microfinance",), ("overdue",))
_VISITS = Origin(("school_visits",), ("events",))

ORIGINS: Mapping[str, Origin] = {
    "headline": Origin(
        ("kub", "villages"),
        ("as_of", "active", "members", "women", "coverage"),
    ),
    "growth": Origin(("kub", "lives"), ("as_of", "active", "members", "women", "cagr")),
    "survival": Origin(("lives",), ("survival",)),
    "district_growth": Origin(_KUB, _COUNTED),
    "pace": Origin(("lives",), ("plan",)),
    "sectors": Origin(_KUB, (*_COUNTED, "share", "lq")),
    "sector_years": Origin(_KUB, (*_COUNTED, "share")),
    "village_sectors": Origin(_KUB, _COUNTED),
    "specialisation": Origin(_KUB, ("lq", "diversity")),
    "activities": Origin(_KUB, _COUNTED),
    "villages": Origin(("listed_kub", "villages"), (*_COUNTED, "women", "rate")),
    "coverage": Origin(("kub", "villages"), ("active", "coverage")),
    "coverage_years": Origin(("kub", "villages"), ("active", "coverage")),
    "gaps": Origin(("villages",), ("coverage",)),
    "village_kub": Origin(("lives", "kub"), _COUNTED),
    "village_profile": Origin(("villages",), ("rate",)),
    "kubs": Origin(("lives", "kub"), _COUNTED),
    "pivot": Origin(_KUB, (*_COUNTED, "women", "revenue", "assets")),
    "revenue": Origin(("revenue_years",), ("revenue", "assets")),
    "revenue_sectors": Origin(("revenue",), ("revenue",)),
    "revenue_villages": Origin(("revenue",), ("revenue",)),
    "revenue_missing": Origin(("revenue", "kub"), ("revenue",)),
    "targets": Origin(("targets", "kub"), ("targets",)),
    "reconcile": Origin(("published", "lives"), ("reconcile",)),
    "benchmark": Origin(("programmes", "kub"), ("benchmark", "interval")),
    "rates": Origin(("programmes", "kub"), ("rate", "benchmark", "interval")),
    "programme_years": Origin(("programmes", "kub"), _COUNTED),
    "programme_sectors": Origin(("programmes", "kub"), (*_COUNTED, "share")),
    "provinces": Origin(("programmes", "kub"), ("active", "coverage", "interval")),
    "peers": Origin(("programmes",), ("peers",)),
    "microfinance": _UNITS,
    "microfinance_years": _UNITS,
    "microfinance_reports": _UNITS,
    "libraries": _LIBRARY,
    "library_years": _LIBRARY,
    "library_villages": Origin(("libraries", "villages"), ("library",)),
    "school_visits": _VISITS,
    "school_villages": _VISITS,
    "schools": _VISITS,
    "awards": Origin(("awards",), ("events",)),
    "study_visits": Origin(("study_visits",), ("events",)),
    "study_regencies": Origin(("study_visits",), ("events",)),
    "supporting": Origin(
        ("microfinance", "libraries", "school_visits", "awards", "study_visits"),
        ("overdue", "library", "events"),
    ),
    # Official lists of the project itself, which rest on no records.
    "elsewhere": Origin(),
    "regencies": Origin(),
}


def origin_of(data: Data, question: str, filters: Filters) -> Origin:
    """What an answer rests on; yearly figures of a card have no rows of records behind them.

    Raises KeyError for an unknown question.
    """
    origin = ORIGINS[question]
    programme = data.programme(filters)
    if not programme.is_card or question in REFERENCE:
        return origin
    return Origin(tuple(kind for kind in origin.rows if kind == "programmes"), origin.meanings)


def rows_behind(
    data: Data, question: str, kind: str, filters: Filters, most: int | None = None
) -> Rows:
    """The rows of a kind under the filters that a question heeds, as the role of `data` may see
    them. most: rows, all of them where left out. Raises KeyError for a kind that is not of the
    question.
    """
    if kind not in origin_of(data, question, filters).rows:
        raise KeyError(kind)
    with queries.cursor(data.con, data.role_for(question)) as own:
        heeded = asked(data, question, filters)
        frame, count = queries.rows(own, kind, heeded, most)
        members = None
        if {"members", "withheld"} <= set(frame.columns):
            members = queries.members_of_rows(own, kind, heeded)
    return Rows(kind, frame, count, members)


def readable(data: Data, rows: Rows, filters: Filters) -> pd.DataFrame:
    """The rows without the name of the file in each, where the programme has no other file."""
    files = provenance.files(data.con, data.programme(filters).programme_id)
    if len(files) > 1 or rows.kind == "programmes":
        return rows.frame
    return rows.frame.drop(columns=["file", "report_file"], errors="ignore")
