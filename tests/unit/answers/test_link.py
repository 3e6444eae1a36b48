"""Links: what they say is read back whole, and what they say
wrongly is said, never dropped in silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.answers.link import Parsed, Query, Unknown, parse, query, within
from kub.store.data import Data
from kub.words import LANGUAGES
from queries.filters import DENOMINATORS, MEASURES, SECTORS, Filters
from tests.support import small


@pytest.fixture(scope="module")
def data() -> Iterator[Data]:
    with small.opened() as opened:
        yield opened


def said(**params: str | list[str]) -> Mapping[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in params.items()}


def parsed(query: Query, data: Data) -> Parsed:
    return parse(said(**query), data)


def some(codes: tuple[str, ...] | list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Any of the codes, in their own order."""
    return st.sets(st.sampled_from(codes)).map(
        lambda chosen: tuple(code for code in codes if code in chosen)
    )


VILLAGES = sorted(code for programme, code, *_ in small.VILLAGES if programme == small.A)
known_filters = st.builds(
    Filters,
    villages=some(VILLAGES),
    sectors=some(SECTORS),
    since=st.none() | st.integers(2015, 2018),
    until=st.none() | st.integers(2018, 2023),
    denominator=st.sampled_from(DENOMINATORS),
    measure=st.sampled_from(MEASURES),
    peers=some([small.B]),
)


@given(
    known_filters,
    st.sampled_from(LANGUAGES),
    st.dictionaries(st.sampled_from(["scale", "village"]), st.text(min_size=1)),
)
def test_every_view_survives_its_own_link(
    data: Data, filters: Filters, lang: str, controls: dict[str, str]
) -> None:
    again = parsed(query(filters, lang, **controls), data)
    assert (again.filters, again.lang, again.unknown) == (filters, lang, ())
    assert again.controls == {name: (value,) for name, value in controls.items()}


names = st.sampled_from(
    [
        "lang",
        "programme",
        "districts",
        "villages",
        "sectors",
        "since",
        "until",
        "measure",
        "peers",
        "x",
    ]
)
values = st.sampled_from(
    ["id", "en", small.A, small.B, small.KANDEMAN, small.TWIN, "makanan", "2016", "2022", "kub", ""]
)
anything = st.dictionaries(names, st.lists(values | st.text(max_size=5), max_size=3))


@given(anything)
def test_any_link_is_read_and_its_mended_form_is_known(
    data: Data, params: Mapping[str, list[str]]
) -> None:
    first = parse(params, data)
    again = parsed(query(first.filters, first.lang, **first.controls), data)
    assert again == replace(first, unknown=())


@given(anything)
def test_no_value_is_dropped_in_silence(data: Data, params: Mapping[str, list[str]]) -> None:
    """What is in neither the filters nor the unknown was said twice, is empty, or is a default."""
    first = parse(params, data)
    kept = {
        value
        for found in said(**query(first.filters, first.lang, **first.controls)).values()
        for value in found
    }
    told = " ".join(unknown.value for unknown in first.unknown)
    for name in ("districts", "villages", "sectors", "peers"):
        for value in params.get(name, []):
            village = data.villages[data.programme(first.filters).programme_id].get(value)
            own = name == "peers" and value == data.programme(first.filters).programme_id
            assert (
                value == ""
                or own
                or value in kept
                or value in told
                or (village and village.village in told)
            )


def test_defaults_stay_out_of_the_link(data: Data) -> None:
    assert query(Filters(), "id", scale=None, village=()) == {}
    assert parse(said(programme=small.A, measure="kub", lang="id"), data) == parse({}, data)


def test_lists_repeat_their_name_in_the_order_of_codes(data: Data) -> None:
    filters = parse(said(villages=[small.TWIN, small.WONOKERSO, small.TWIN]), data).filters
    assert query(filters, "en") == {"lang": "en", "villages": [small.TWIN, small.WONOKERSO]}


@pytest.mark.parametrize(
    ("params", "unknown"),
    [
        ({"lang": "fr"}, [Unknown("lang", "fr", "lang")]),
        ({"programme": "x"}, [Unknown("programme", "x", "programme")]),
        (
            {"districts": ["33.25.99", small.KANDEMAN]},
            [Unknown("districts", "33.25.99", "districts")],
        ),
        ({"villages": "Wonokerso"}, [Unknown("villages", "Wonokerso", "villages")]),
        ({"sectors": ["pertanian", "makanan"]}, [Unknown("sectors", "pertanian", "sectors")]),
        ({"since": "dulu"}, [Unknown("since", "dulu", "year")]),
        ({"until": "20 20"}, [Unknown("until", "20 20", "year")]),
        ({"until": "٢٠٢٠"}, [Unknown("until", "٢٠٢٠", "year")]),
        ({"until": "1999"}, [Unknown("until", "1999", "year_without_data")]),
        (
            {"since": "2020", "until": "2018"},
            [Unknown("since", "2020 > 2018", "since_after_until")],
        ),
        ({"denominator": "all"}, [Unknown("denominator", "all", "denominator")]),
        ({"measure": "women"}, [Unknown("measure", "women", "measure")]),
        ({"peers": ["x", small.B]}, [Unknown("peers", "x", "peers")]),
        (
            {"districts": small.KANDEMAN, "villages": [small.TWIN, small.WONOKERSO]},
            [Unknown("villages", "Wonokerso", "outside_districts")],
        ),
    ],
)
def test_unknown_values_are_told_with_what_to_do(
    data: Data, params: Query, unknown: list[Unknown]
) -> None:
    assert list(parsed(params, data).unknown) == unknown
    for lang in LANGUAGES:
        for each in unknown:
            assert each.value in each.message(words.of(lang))


def test_what_is_left_aside_leaves_the_rest(data: Data) -> None:
    params = said(since="2020", until="2018", districts=["x", small.KANDEMAN], lang=["fr", "en"])
    found = parse(params, data)
    assert found.filters == Filters(districts=(small.KANDEMAN,), until=2018)
    assert found.lang == "en"


def test_places_and_years_are_those_of_the_programme(data: Data) -> None:
    found = parse(
        said(programme=small.B, villages=[small.WONOKERSO, "99.01.01.2001"], since="2016"), data
    )
    assert found.filters == Filters(programme=small.B, villages=("99.01.01.2001",))
    assert [unknown.rule for unknown in found.unknown] == ["villages", "year_without_data"]


def test_the_own_programme_is_no_peer_of_its_own(data: Data) -> None:
    assert parse(said(peers=[small.B, small.A]), data).filters.peers == (small.B,)
    assert within(Filters(programme=small.B, peers=(small.A, small.B)), data).peers == (small.A,)


def test_within_mends_what_contradicts(data: Data) -> None:
    filters = Filters(
        programme=small.A,
        districts=(small.KANDEMAN,),
        villages=(small.WONOKERSO, small.TWIN),
        since=2020,
        until=2017,
    )
    assert within(filters, data) == Filters(
        districts=(small.KANDEMAN,), villages=(small.WONOKERSO,), since=2017, until=2020
    )


def test_a_very_long_value_is_not_repeated_whole() -> None:
    for lang in LANGUAGES:
        told = Unknown("villages", "9" * 3000, "villages").message(words.of(lang))
        assert "999…" in told
        assert len(told) < 200
