"""Every finding under random filters over random records says what
the rows hold, and names what narrows it.
"""

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub import words
from kub.answers.catalog import CATALOG, TELLABLE
from kub.answers.scope import narrowing
from kub.findings.hero import hero
from kub.findings.three import three
from kub.store.data import Data
from queries.filters import Filters
from tests.conftest import examples
from tests.support.claims import SUPERLATIVE, Listening
from tests.support.claims.money import amounts
from tests.support.claims.sentences import CLAIMS, TOO_SLOW, check, opened, percentages
from tests.support.claims.shares import alien
from tests.support.strategies import cases
from tests.support.supporting_strategies import supported_cases
from tests.twins.rows import Records

pytestmark = pytest.mark.usefixtures("undrawn")

VIEWS: dict[str, list[dict[str, Any]]] = {
    "growth": [{}, {"tell": "since"}, {"scale": "indexed"}],
    "sectors": [{}, {"tell": "two"}],
    "coverage": [{}, {"tell": "districts"}],
    "villages": [{}, {"per": "residents"}],
    "villages_ranking": [{}, {"per": "residents"}],
    "revenue_villages": [
        {},
        {"revenue_measure": "revenue_per_member"},
        {"revenue_measure": "revenue_idr"},
    ],
    "revenue_ranking": [{}, {"revenue_measure": "revenue_idr"}],
    "rates": [{}, {"per": "villages"}, {"per": "count"}],
}


PLAIN = TELLABLE


def check_three(data: Data, filters: Filters, lang: str) -> int:
    """What opens the overview, and its three findings."""
    listening = Listening(lang, words.of(lang).texts)
    growth, trades, reach, money = (
        data.ask(name, filters) for name in ("growth", "sector_years", "coverage", "revenue")
    )
    if not growth[["founded", "closed", "active"]].to_numpy().any():
        return 0
    whole = data.resolved(filters)
    narrowed = narrowing(data, whole, listening)
    opening = hero(data.ask("headline", whole), growth, narrowed.words(listening), kelurahan=False)
    found = three(
        growth, trades, reach, listening, filters.measure, False, filters, narrowed, money
    )
    for key, values in listening.heard:
        rule = CLAIMS.get(key)
        room, part, *_ = key.split(".")
        if room in ("hero", "growth", "growth_flow"):
            frame = growth
        else:
            frame = {"reach": reach, "revenue": money}.get(part, trades)
        if rule:
            assert rule(frame, values, {"measure": filters.measure, "words": listening}), (
                key,
                values,
            )
    assert all(finding.title and "{" not in finding.title for finding in found)
    assert narrowed.groups.casefold() in opening.casefold() and "{" not in opening
    said = [opening, *(text for finding in found for text in (finding.title, finding.takeaway))]
    percentages(listening, said, [growth, trades, reach, money])
    amounts(listening, said, money)
    return sum(1 + bool(finding.takeaway) for finding in found)


def search(case: tuple[tuple[Records, ...], list[Filters]], charts: list[str]) -> None:
    records, asked = case
    data = opened(records)
    try:
        for filters in asked:
            if list(data.unknown(filters)):
                codes = data.villages[str(filters.programme)]
                villages = tuple(code for code in filters.villages if code in codes)
                districts = tuple(
                    c for c in filters.districts if c in data.districts[str(filters.programme)]
                )
                filters = replace(filters, villages=villages, districts=districts)
            for lang in words.LANGUAGES:
                check_three(data, filters, lang)
            for chart in charts:
                for lang in words.LANGUAGES:
                    for view in VIEWS.get(chart, [{}]):
                        check(data, chart, filters, lang, view)
    finally:
        data.con.close()


@settings(max_examples=1, suppress_health_check=TOO_SLOW)
@given(case=cases(asked=3))
def test_every_sentence_says_what_the_rows_hold(
    case: tuple[tuple[Records, ...], list[Filters]],
) -> None:
    search(case, PLAIN)


@pytest.mark.faults
@pytest.mark.thorough
@settings(max_examples=examples(6), suppress_health_check=TOO_SLOW)
@given(case=st.one_of(cases(asked=4), cases(asked=3, loaded=("satu", "dua", "tiga"))))
def test_every_sentence_says_what_the_rows_hold_under_many_filters(case: Any) -> None:
    search(case, PLAIN)


@pytest.mark.faults
@pytest.mark.thorough
@settings(max_examples=examples(4), suppress_health_check=TOO_SLOW)
@given(case=supported_cases(asked=2))
def test_every_sentence_about_what_stands_beside_the_kub(case: Any) -> None:
    search(case, PLAIN[PLAIN.index("microfinance") :])


def test_every_superlative_and_direction_has_a_rule() -> None:
    """A new text that says which is highest, or what rose, needs a
    rule in CLAIMS or a reason in UNRULED.
    """
    ours = re.compile(
        rf"^({'|'.join({CATALOG[chart].question for chart in CATALOG} | set(CATALOG))})\."
    )
    claiming = {
        key
        for lang in words.LANGUAGES
        for key, text in words.of(lang).texts.items()
        if ours.match(key) and SUPERLATIVE.search(text)
    }
    unruled = {key for key in claiming - CLAIMS.keys() if not UNRULED.match(key)}
    assert unruled == set()
    assert set(CLAIMS) <= words.of("id").texts.keys()


# No claims of an order: labels, explanations, what a chart leaves out, which programmes are alike;
# regencies is a file of ours, not records.
UNRULED = re.compile(
    r".*(hover|todo|empty|axis|legend|label|heading|more|explained|likely|largest|fewest|shared)$"
    r"|.*(subtitle|hover|todo|empty|axis)|pivot\.cut|plan\.|regencies\.|specialisation\.takeaway_|.*\.(level|none|alone_note)$"
)


def test_a_percentage_of_another_whole_is_noticed() -> None:
    frame = pd.DataFrame({"sector": ["makanan", "kerajinan", "koperasi"], "kub": [6, 3, 1]})
    assert alien([0.6, 0.3, 0.9, 6 / 9, 1.0], [frame]) == []
    assert alien([6 / 11], [frame]) == [6 / 11]
    listening = Listening("en", words.of("en").texts)
    with pytest.raises(AssertionError):
        percentages(listening, ["60% of KUB"], [frame])  # not written from any share
    percentages(listening, [f"{listening.percent(0.6, 0)} of KUB"], [frame])
