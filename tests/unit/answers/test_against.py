"""The other side of a comparison: its filters, its names, its place in a link."""

import pytest

from kub import words
from kub.answers import link
from kub.answers.catalog import CATALOG
from kub.answers.compare import compared
from kub.answers.comparisons import COMPARISONS
from kub.answers.joined import KEYS
from kub.answers.sides import sides
from kub.answers.step import Step, tell
from kub.answers.strip import strip
from kub.store.data import Data
from kub.visits.step import step_of
from queries.against import NO_COMPARISON, Against
from queries.filters import Filters
from tests.support import small

ID, EN = words.of("id"), words.of("en")
TWO = Filters(districts=(small.KANDEMAN,)), Against(districts=(small.LIMPUNG,))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data.open(small.write(tmp_path_factory.mktemp("records")))


def parsed(data: Data, **params: str | list[str]) -> link.Parsed:
    lists = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    return link.parse(lists, data)


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        (Against(villages=("v2",)), Filters("p", (), ("v2",), ("makanan",), 2016, 2020)),
        (Against(districts=("d2",)), Filters("p", ("d2",), (), ("makanan",), 2016, 2020)),
        (Against(sectors=("koperasi",)), Filters("p", ("d",), ("v",), ("koperasi",), 2016, 2020)),
        (Against(programme="q"), Filters("q", (), (), ("makanan",), 2016, 2020)),
        (Against(until=2018), Filters("p", ("d",), ("v",), ("makanan",), 2016, 2018)),
        # A first year behind the last one says nothing.
        (Against(until=2014), Filters("p", ("d",), ("v",), ("makanan",), None, 2014)),
    ],
)
def test_what_is_named_is_replaced(against: Against, expected: Filters) -> None:
    own = Filters("p", ("d",), ("v",), ("makanan",), 2016, 2020, peers=())
    assert against.filters(own) == expected
    assert against and not NO_COMPARISON


def test_a_link_says_both_sides_and_back(data: Data) -> None:
    asked = parsed(
        data, districts=small.KANDEMAN, against_districts=small.LIMPUNG, against_until="2020"
    )
    assert asked.against == Against(districts=(small.LIMPUNG,), until=2020)
    assert not asked.unknown
    written = link.query(asked.filters, "id", **asked.controls)
    again = parsed(data, **written)
    assert (again.against, again.filters) == (asked.against, asked.filters)
    assert list(written) == ["districts", "against_districts", "against_until"]


@pytest.mark.parametrize(
    ("params", "unknown"),
    [
        ({"against_districts": "99.99"}, ("against_districts", "99.99", "districts")),
        ({"against_villages": "x"}, ("against_villages", "x", "villages")),
        ({"against_sectors": "batik"}, ("against_sectors", "batik", "sectors")),
        ({"against_programme": "nobody"}, ("against_programme", "nobody", "programme")),
        ({"against_until": "20x0"}, ("against_until", "20x0", "year")),
        ({"against_until": "1999"}, ("against_until", "1999", "year_without_data")),
        # Codes of this regency are none of the other one.
        (
            {"against_programme": small.B, "against_villages": small.TWIN},
            ("against_villages", small.TWIN, "villages"),
        ),
        # With itself, also where the last year is meant without being named.
        ({"against_programme": small.A}, ("against_programme", small.A, "against_itself")),
        ({"against_until": "2023"}, ("against_until", "2023", "against_itself")),
        (
            {"sectors": "makanan", "against_sectors": "makanan"},
            ("against_sectors", "makanan", "against_itself"),
        ),
    ],
)
def test_what_is_unknown_is_told(
    data: Data, params: dict[str, str], unknown: tuple[str, str, str]
) -> None:
    asked = parsed(data, **params)
    assert [(value.name, value.value, value.rule) for value in asked.unknown] == [unknown]
    for language in (ID, EN):
        assert params[unknown[0]] in asked.unknown[0].message(language)


def test_sides_are_named_by_what_differs(data: Data) -> None:
    own, against = TWO
    whole = data.resolved(own)
    names = sides(data, whole, against.filters(whole), ID)
    assert names.own == "Kecamatan Kandeman"
    assert names.in_other == "di Kecamatan Limpung"
    year = data.resolved(Filters(sectors=("makanan",)))
    names = sides(data, year, Against(until=2018).filters(year), EN)
    assert names == ("2023", "2018", "in 2023", "in 2018")


def test_titles_say_both_values_and_the_difference(data: Data) -> None:
    own, against = TWO
    title = "3 KUB aktif di Kecamatan Kandeman, 1 di Kecamatan Limpung: 2 lebih banyak"
    assert compared(data, "growth", own, against, ID).title == title
    assert compared(data, "headline", own, against, EN).title.endswith(
        "3 active KUB in Kandeman District, 1 in Limpung District: 2 more"
    )
    # What narrows both alike stands before.
    narrowed = Filters(districts=own.districts, sectors=("makanan",))
    assert "KUB makanan" in compared(data, "growth", narrowed, against, ID).title


def test_a_year_beside_another_is_one_line_with_two_ends(data: Data) -> None:
    answer = compared(data, "growth", Filters(until=2022), Against(until=2018), ID)
    assert answer.title == "4 KUB aktif pada 2022, 3 pada 2018: 1 lebih banyak"
    assert "Sampai 2018 kedua garis sama" in answer.takeaway
    assert answer.data is not None
    lines = {
        line.role: dict(zip(line.keys, line.values, strict=True)) for line in answer.data.series
    }
    assert lines["against"].items() <= lines["own"].items()


def test_the_axis_holds_the_last_day_of_either_side(data: Data) -> None:
    answer = compared(
        data, "growth", Filters(until=2018), Against(programme=small.B, until=2022), ID
    )
    assert answer.figure is not None and answer.data is not None
    last = max(line.keys[-1] for line in answer.data.series)
    assert answer.figure["layout"]["xaxis"]["range"][1] >= str(last)
    # The other programme is named in the source, its years alone in the caveat.
    assert answer.source.against
    assert "2018" in answer.title and "2022" in answer.title


def test_what_cannot_be_compared_is_of_this_side_and_says_so(data: Data) -> None:
    own, against = TWO
    for chart in ("gaps", "reconcile"):
        answer = compared(data, chart, own, against, ID)
        assert not answer.against
        assert ID("against.alone") in answer.subtitle
        assert not [name for name in answer.frame if name.endswith("_against")]
    on_map = compared(data, "villages", Filters(), Against(programme=small.B), ID)
    assert ID("against.alone_map") in on_map.subtitle


def test_large_numbers_have_the_other_value_beside_them(data: Data) -> None:
    own, against = TWO
    numbers = strip(data, compared(data, "headline", own, against, ID), ID)
    assert numbers[0].note == "Kecamatan Limpung: 1 (+2)"
    assert len(numbers) == 6


def test_a_step_keeps_both_sides(data: Data) -> None:
    own, against = TWO
    answer = compared(data, "growth", own, against, ID)
    step = Step.of(answer)
    assert tell(data, step, ID).title == answer.title
    row = {
        "question": "growth",
        "filters": {"districts": [small.KANDEMAN]},
        "against": {"districts": [small.LIMPUNG]},
    }
    assert step_of(row).against == against
    wrong = step_of(row | {"against": {"districts": ["99"]}})
    assert wrong.unknown(data) == [("districts", "99")]
    with pytest.raises(TypeError):
        step_of(row | {"against": {"districts": "99"}})


def test_every_question_that_is_joined_is_drawn() -> None:
    assert {CATALOG[chart].question for chart in COMPARISONS} == set(KEYS)
