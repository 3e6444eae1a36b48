"""A comparison gives no more than two `ask`s and their difference, worked out row by row."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kub import words
from kub.answers.answer import asked
from kub.answers.compare import compared
from kub.answers.comparisons import COMPARISONS
from kub.answers.joined import KEYS, NAMING, is_measure
from kub.answers.rows import rows_of
from kub.store.data import Data
from kub.words.columns import DIFFERENCE, OTHER
from queries.against import Against
from queries.filters import SECTORS, Filters
from tests.support import small

VILLAGES = sorted(code for programme, code, *_ in small.VILLAGES if programme == small.A)
YEARS = st.none() | st.integers(2016, 2023)


def some(codes: tuple[str, ...] | list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(list(codes)), max_size=3)
    return chosen.map(lambda picked: tuple(code for code in codes if code in picked))


FILTERS = st.builds(
    Filters,
    villages=some(VILLAGES),
    sectors=some(SECTORS),
    since=st.none() | st.integers(2015, 2018),
    until=st.none() | st.integers(2018, 2023),
)
OTHERS = st.builds(
    Against,
    districts=some([small.KANDEMAN, small.LIMPUNG]),
    sectors=some(SECTORS),
    until=YEARS,
) | st.just(Against(programme=small.B))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data.open(small.write(tmp_path_factory.mktemp("records")))


def missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def named(row: dict[str, Any], key: tuple[str, ...]) -> tuple[Any, ...]:
    """What tells a row apart; a missing name is one name."""
    return tuple(None if missing(row[name]) else row[name] for name in key)


def slow(own: list[dict[str, Any]], other: list[dict[str, Any]], key: tuple[str, ...]) -> Any:
    """Each row of either side by its key, as a pair."""
    sides = [{named(row, key): row for row in side} for side in (own, other)]
    return {code: tuple(side.get(code) for side in sides) for side in sides for code in side}


@given(question=st.sampled_from(list(KEYS)), filters=FILTERS, against=OTHERS)
def test_rows_are_those_of_both_sides_and_their_differences(
    data: Data, question: str, filters: Filters, against: Against
) -> None:
    assume(against)
    whole = data.resolved(filters)
    own, other = (
        data.ask(question, asked(data, question, side)) for side in (whole, against.filters(whole))
    )
    key = KEYS[question]
    expected = slow(own.to_dict("records"), other.to_dict("records"), key)
    frame = rows_of(data, question, filters, against).frame
    assert len(frame) == len(expected)
    for row in frame.to_dict("records"):
        pair = expected[named(row, key)]
        for name in own.columns:
            if name in key or name in NAMING:
                continue
            mine, theirs = (None if side is None else side[name] for side in pair)
            for value, shown in ((mine, row[name]), (theirs, row[name + OTHER])):
                assert missing(value) and missing(shown) or value == shown
            measured = is_measure(name, own[name]) and is_measure(name, other[name])
            assert (name + DIFFERENCE in row) == measured
            if measured and (missing(mine) or missing(theirs)):
                assert missing(row[name + DIFFERENCE])
            elif measured:
                assert math.isclose(row[name + DIFFERENCE], mine - theirs, abs_tol=1e-9)


@given(
    chart=st.sampled_from(list(COMPARISONS)),
    lang=st.sampled_from(words.LANGUAGES),
    filters=FILTERS,
    against=OTHERS,
)
def test_every_chart_names_both_sides_or_says_that_it_is_of_one(
    data: Data, chart: str, lang: str, filters: Filters, against: Against
) -> None:
    assume(against)
    answer = compared(data, chart, filters, against, words.of(lang))
    assert answer.title
    if not answer.against:
        assert answer.instead
        return
    assert words.of(lang)("against.scope", name="") in answer.scope
    if answer.data is not None:
        roles = {line.role for panel in answer.data.all_panels() for line in panel.series}
        assert roles <= {"own", "against"}
