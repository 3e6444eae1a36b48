"""What the filters offer: names, the active KUB behind them, and the search among too many."""

from pathlib import Path

import pytest

from kub import places, words
from kub.answers import options
from kub.store.data import Data
from queries.filters import SECTORS, Filters
from tests.support import small
from tests.support.small import KANDEMAN, LIMPUNG, TOWN, TWIN, UJUNGNEGORO, WONOKERSO


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data.open(small.write(tmp_path_factory.mktemp("small"), "20261128T031500000000Z"))


def test_every_place_stands_in_the_order_of_names(data: Data) -> None:
    districts = options.places(data, small.A, "districts")
    villages = options.places(data, small.A, "villages")
    assert districts and villages
    assert [(o.code, o.label) for o in districts] == [(KANDEMAN, "Kandeman"), (LIMPUNG, "Limpung")]
    assert [(o.code, o.label) for o in villages] == [
        (TOWN, "Kauman"),
        (UJUNGNEGORO, "Ujungnegoro"),
        (WONOKERSO, "Wonokerso (Kandeman)"),
        (TWIN, "Wonokerso (Limpung)"),
    ]


def test_counts_begin_with_the_first_year_that_has_any(data: Data) -> None:
    kub = options.counts(data, small.A, "villages")
    years = data.programmes[small.A].years
    assert years == tuple(range(2015, 2024))
    assert kub[WONOKERSO] == (1, 1, 2, 2, 2, 2, 2, 2, 2)
    assert kub[TWIN] == (1, 1, 1, 1)  # since 2020
    assert TOWN not in kub


def test_counts_are_the_active_kub_of_the_screen(sample_data: Path) -> None:
    from kub.ui.data import data as in_use

    data = in_use()
    for programme_id, programme in data.programmes.items():
        for year in (programme.years[0], programme.years[-1]):
            asked = Filters(programme=programme_id, until=year)
            place = year - programme.years[0]

            def at(
                kub: tuple[int, ...], place: int = place, years: int = len(programme.years)
            ) -> int:
                return ((0,) * (years - len(kub)) + kub)[place]

            villages = data.ask("villages", asked).set_index("village_code")["kub"].to_dict()
            offered = options.places(data, programme_id, "villages") or []
            assert {o.code: at(o.kub) for o in offered} == villages
            coverage = data.ask("coverage", asked).set_index("district_code")["kub"].to_dict()
            offered = options.places(data, programme_id, "districts") or []
            assert {o.code: at(o.kub) for o in offered} == coverage
            sectors = data.ask("sectors", asked).set_index("sector")["kub"].to_dict()
            offered = options.sectors(data, programme_id)
            assert {o.code: at(o.kub) for o in offered} == sectors


def test_readers_and_analysts_are_offered_the_same(data: Data) -> None:
    analyst = data.seen_by("analyst")
    for kind in ("districts", "villages"):
        assert options.places(analyst, small.A, kind) == options.places(data, small.A, kind)
    assert [o.code for o in options.sectors(analyst, small.A)] == list(SECTORS)


def test_too_many_are_not_listed(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "MOST_OPTIONS", 3)
    assert options.places(data, small.A, "villages") is None
    assert options.places(data, small.A, "districts") is not None


def matches(
    data: Data, text: str, *districts: str, until: int | None = None
) -> list[tuple[str, int]]:
    rows, _ = options.search(data, small.A, "villages", text, districts, until)
    return [(label, kub) for _, label, kub in rows]


@pytest.mark.parametrize("text", ["ujung", " UJUNG ", "újüng"])
def test_a_search_folds_letters(data: Data, text: str) -> None:
    assert matches(data, text) == [("Ujungnegoro", 1)]


def test_a_search_names_the_district_of_a_twin_also_where_the_other_is_left_out(data: Data) -> None:
    twins = [("Wonokerso (Limpung)", 1), ("Wonokerso (Kandeman)", 2)]
    assert matches(data, "wono") == twins
    assert matches(data, "wono", KANDEMAN) == [("Wonokerso (Kandeman)", 2)]
    assert matches(data, "wono", until=2016) == [(name, number // 2) for name, number in twins]


def test_names_that_begin_with_the_text_come_first(data: Data) -> None:
    assert [name for name, _ in matches(data, "k")][0] == "Kauman"


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE village; --", "$text", "\\", "x" * 500])
def test_a_search_takes_every_sign_as_itself(data: Data, text: str) -> None:
    assert matches(data, text) == []
    assert len(matches(data, "")) == 4


def test_a_search_ends_somewhere(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "MOST_MATCHES", 2)
    rows, more = options.search(data, small.A, "villages", "")
    assert (len(rows), more) == (2, True)
    rows, more = options.search(data, small.A, "districts", "")
    assert ([row[:2] for row in rows], more) == (
        [(KANDEMAN, "Kandeman"), (LIMPUNG, "Limpung")],
        False,
    )


def test_another_programme_is_not_searched(data: Data) -> None:
    assert options.search(data, small.B, "villages", "wono")[0] == []
    with pytest.raises(KeyError):
        options.search(data, "none", "villages", "wono")


def test_a_regency_is_found_by_a_part_of_its_name() -> None:
    rows, more = options.regencies("batang", words.of("id"))
    assert not more and len(rows) > 1
    assert ("33.25", "Kabupaten Batang") in rows
    # Where a word begins with the text comes before where it only stands inside.
    assert [name for _, name in rows] == sorted(
        (name for _, name in rows), key=lambda name: " batang" not in name.lower()
    )
    english, _ = options.regencies("  BATÁNG REG ", words.of("en"))
    assert english == [("33.25", "Batang Regency")]


def test_of_more_regencies_than_a_list_holds_the_first_come() -> None:
    rows, more = options.regencies("", words.of("id"))
    assert more and len(rows) == options.MOST_MATCHES
    assert rows[0] == ("11.01", places.regency_name("11.01"))
    assert options.regencies("xyz", words.of("id")) == ([], False)
