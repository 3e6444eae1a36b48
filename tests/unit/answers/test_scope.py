"""The scope in words: one line that says of what an answer speaks."""

from collections.abc import Iterator

import pytest

from kub import words
from kub.answers.scope import across, scope, village_names
from kub.store.data import Data
from queries.filters import Filters
from tests.support import small
from tests.support.small import KANDEMAN, LIMPUNG, TOWN, TWIN, UJUNGNEGORO, WONOKERSO


@pytest.fixture(scope="module")
def data() -> Iterator[Data]:
    with small.opened() as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "indonesian", "english"),
    [
        (Filters(), "Kabupaten Batang", "Batang Regency"),
        (Filters(programme=small.B), "Kabupaten Contoh A", "Contoh A Regency"),
        (
            Filters(districts=(KANDEMAN,), sectors=("makanan",), until=2020),
            "Kecamatan Kandeman · Makanan · sampai 2020",
            "Kandeman District · Food · up to 2020",
        ),
        (
            Filters(districts=(LIMPUNG, KANDEMAN), sectors=("makanan", "laundry")),
            "Kecamatan Limpung dan Kandeman · Makanan dan Laundry dan jasa",
            "Districts of Limpung and Kandeman · Food and Laundry and services",
        ),
        (
            Filters(villages=(UJUNGNEGORO,), since=2016),
            "Desa Ujungnegoro · sejak 2016",
            "Ujungnegoro village · since 2016",
        ),
        (
            Filters(villages=(TOWN,), since=2016, until=2016),
            "Kelurahan Kauman · 2016",
            "Kauman (urban village) · 2016",
        ),
        (
            Filters(districts=(KANDEMAN,), villages=(WONOKERSO,), since=2016, until=2020),
            "Desa Wonokerso (Kandeman) · Kecamatan Kandeman · 2016–2020",
            "Wonokerso (Kandeman) village · Kandeman District · 2016–2020",
        ),
        (Filters(villages=(TWIN, TOWN, UJUNGNEGORO, WONOKERSO)), "4 desa", "4 villages"),
        (
            Filters(denominator="target"),
            "Kabupaten Batang · desa sasaran",
            "Batang Regency · target villages",
        ),
    ],
)
def test_scope_says_place_sectors_and_years(
    data: Data, filters: Filters, indonesian: str, english: str
) -> None:
    assert scope(data, filters, words.of("id")) == indonesian
    assert scope(data, filters, words.of("en")) == english


def test_a_comparison_says_how_many_programmes_it_holds(data: Data) -> None:
    assert across(data, Filters(), words.of("id")) == "2 program"
    chosen = Filters(peers=(small.B,), sectors=("makanan",))
    assert across(data, chosen, words.of("id")) == "dibandingkan dengan 1 program pilihan · Makanan"
    assert across(data, chosen, words.of("en")) == "compared with 1 chosen programme · Food"


def test_twins_are_told_apart_by_their_district(data: Data) -> None:
    assert village_names(data, small.A) == {
        TOWN: "Kauman",
        UJUNGNEGORO: "Ujungnegoro",
        WONOKERSO: "Wonokerso (Kandeman)",
        TWIN: "Wonokerso (Limpung)",
    }


def test_villages_are_listed_by_name(data: Data) -> None:
    assert list(village_names(data, small.A)) == [TOWN, UJUNGNEGORO, WONOKERSO, TWIN]
