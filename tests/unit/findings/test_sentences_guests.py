"""What is said where guests' own figures stand beside the
programmes: every sentence, under random filters.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub import words
from kub.answers.catalog import CATALOG, TELLABLE
from kub.guests import Guest
from queries import COMPARED
from queries.filters import Filters
from tests.conftest import examples
from tests.support.claims.sentences import TOO_SLOW, check, opened
from tests.support.strategies import cases, guests
from tests.twins.rows import Records

pytestmark = pytest.mark.usefixtures("undrawn")

BESIDE = [chart for chart in TELLABLE if CATALOG[chart].question in COMPARED]
PER = [{}, {"per": "villages"}, {"per": "count"}]
VIEWS: dict[str, list[dict[str, Any]]] = {
    "rates": PER,
    "rates_funnel": PER[:2],
    "programme_years": [{}, {"axis": "calendar", "per": "count"}],
}


def search(case: tuple[tuple[Records, ...], list[Filters]], beside: tuple[Guest, ...]) -> None:
    records, asked = case
    data = opened(records)
    try:
        for filters in asked:
            # not heeded where programmes are compared
            filters = replace(filters, districts=(), villages=())
            for chart in BESIDE:
                for lang in words.LANGUAGES:
                    for view in VIEWS.get(chart, [{}]):
                        check(data, chart, filters, lang, view, beside)
    finally:
        data.con.close()


@settings(max_examples=2, suppress_health_check=TOO_SLOW)
@given(case=cases(asked=2), beside=guests())
def test_every_sentence_beside_a_guest(case: Any, beside: tuple[Guest, ...]) -> None:
    search(case, beside)


@pytest.mark.faults
@pytest.mark.thorough
@settings(max_examples=examples(8), suppress_health_check=TOO_SLOW)
@given(
    case=st.one_of(
        cases(asked=2),
        cases(asked=2, loaded=("satu",)),
        cases(asked=2, loaded=("satu", "dua", "tiga")),
    ),
    beside=guests(),
)
def test_every_sentence_beside_guests_in_many_cases(case: Any, beside: tuple[Guest, ...]) -> None:
    search(case, beside)
