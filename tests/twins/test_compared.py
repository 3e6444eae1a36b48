"""Programmes beside one another: ranks, population years and guests,
by hand; and three random programmes.
"""

import csv
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

import queries
from kub.places import REFERENCE
from queries.filters import SECTORS, Filters
from tests import twins
from tests.support.database import connection
from tests.support.frames import Row, differences, only, rows
from tests.support.offices import FOUR, office
from tests.support.strategies import cases
from tests.support.thinned import fewer
from tests.support.tiny import expect
from tests.twins.rows import Records

RANDOM = settings(
    max_examples=fewer(6), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
NEW_YEAR, NEW_YEARS_EVE = date(2016, 1, 1), date(2020, 12, 31)
RANKS = "programme rank rank_best rank_worst ranked"


Ask = Callable[..., list[Row]]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return connection(FOUR)


def by_sql(question: str, guests: str = "[]", **chosen: Any) -> list[Row]:
    return rows(queries.ask(_database(), question, Filters("besar", **chosen), guests, "analyst"))


def by_twin(question: str, **chosen: Any) -> list[Row]:
    return twins.answer(question, FOUR, Filters("besar", **chosen))


both = pytest.mark.parametrize("ask", (by_sql, by_twin))


@both
def test_equal_values_share_a_rank_and_few_kub_have_none(ask: Ask) -> None:
    kub = only(ask("benchmark"), indicator="kub")
    names = "programme value n rank rank_best rank_worst ranked"
    expect(
        kub,
        names,
        ("besar", 6, 6, 1, None, None, 3),
        ("lain", 6, 6, 1, None, None, 3),
        ("tengah", 5, 5, 3, None, None, 3),
        ("kecil", 4, 4, None, None, None, None),
    )
    # besar and lain have the same mix in another order: as sums of another order the diversities
    # may differ by a bit.
    diversity = only(ask("benchmark"), indicator="diversity")
    expect(
        diversity,
        "programme rank ranked",
        ("besar", 1, 3),
        ("lain", 1, 3),
        ("tengah", 3, 3),
        ("kecil", None, None),
    )


@both
def test_the_interval_says_which_places_are_open(ask: Ask) -> None:
    # KUB per 10,000: 6 of 30,000 (0.7-4.4), 6 of 60,000 (0.4-2.2), 5 of 5,000 (3.2-23.3).
    found = only(ask("benchmark"), indicator="kub_per_10k")
    expect(found, "value n", (2.0, 6), (1.0, 6), (10.0, 5), (5.0, 4))
    expect(
        found,
        RANKS,
        ("besar", 2, 1, 3, 3),
        ("lain", 3, 2, 3, 3),
        ("tengah", 1, 1, 2, 3),
        ("kecil", *[None] * 4),
    )
    # Members per 1,000: 60 of 30,000, 60 of 60,000, 100 of 5,000, 160 of 8,000: the last two are
    # equal, all else apart.
    found = only(ask("benchmark"), indicator="members_per_1k")
    expect(
        found,
        RANKS,
        ("besar", 3, 3, 3, 4),
        ("lain", 4, 4, 4, 4),
        ("tengah", 1, 1, 2, 4),
        ("kecil", 1, 1, 2, 4),
    )


@both
def test_the_nearest_year_of_the_population(ask: Ask) -> None:
    found = only(ask("benchmark"), indicator="kub_per_10k")
    names = "programme population population_year definition because"
    expect(
        found,
        names,
        ("besar", 30_000, 2018, "yes", None),
        ("lain", 60_000, 2019, "yes", None),
        ("tengah", 5_000, 2020, "yes", None),
        ("kecil", 8_000, 2010, "partly", "population_year"),
    )
    # Each year of its own: from 2021 on the later figure would be nearer.
    years = only(ask("programme_years", since=2019), programme="besar")
    expect(
        years, "year age population_year kub_per_10k", (2019, 4, 2018, 2.0), (2020, 5, 2018, 2.0)
    )


@both
def test_places_are_no_filter_here_but_sectors_and_years_are(ask: Ask) -> None:
    for question in twins.COMPARED:
        assert not differences(
            ask(question, villages=("99.01.01.2001",), districts=("99",)), ask(question)
        )
    kub = only(ask("benchmark", sectors=("kerajinan",)), indicator="kub")
    expect(
        kub,
        "programme value rank",
        ("besar", 2, None),
        ("lain", 1, None),
        ("tengah", 5, 1),
        ("kecil", 1, None),
    )
    earlier = only(ask("benchmark", until=2018), programme="besar", indicator="members")
    expect(earlier, "value as_of because", (0, date(2018, 12, 31), "unreported"))


@both
def test_sectors_beside_those_of_other_regencies(ask: Ask) -> None:
    found = only(ask("programme_sectors"), programme="besar")
    # The others: LLLMMK KKKKK MMKL, fifteen KUB.
    expect(
        found,
        "sector kub share others_share lq",
        ("makanan", 3, 3 / 6, 4 / 15, (3 / 6) / (4 / 15)),
        ("kerajinan", 2, 2 / 6, 7 / 15, (2 / 6) / (7 / 15)),
        ("laundry", 1, 1 / 6, 4 / 15, (1 / 6) / (4 / 15)),
        ("koperasi", 0, 0.0, 0.0, None),
        ("lainnya", 0, 0.0, 0.0, None),
    )
    # A filter chooses what is listed; the shares stay those of all KUB.
    assert not differences(
        only(ask("programme_sectors", sectors=("laundry",)), programme="besar"), found[2:3]
    )


@both
def test_rates_have_three_denominators(ask: Ask) -> None:
    names = "per value n exposure exposure_year"
    found = only(ask("rates"), programme="besar")
    expect(
        found,
        names,
        ("residents", 2.0, 6, 30_000, 2018),
        ("villages", 6.0, 6, 1, 2020),
        ("count", 6, 6, None, None),
    )
    found = only(ask("rates", measure="members"), programme="besar")
    expect(
        found,
        names,
        ("residents", 2.0, 60, 30_000, 2018),
        ("villages", 60.0, 60, 1, 2020),
        ("count", 60, 60, None, None),
    )


def test_before_any_founding_there_is_no_year_to_find_residents_for() -> None:
    empty = (office("kosong", "", 0, population=((2020, 5_000, False),)),)
    with connection(empty) as con:
        for until, population, rate in ((None, None, None), (2018, 5_000, 0.0)):
            filters = Filters("kosong", until=until)
            found = rows(queries.ask(con, "benchmark", filters))
            assert not differences(found, twins.answer("benchmark", empty, filters))
            expect(
                only(found, indicator="kub_per_10k"),
                "population value n rank",
                (population, rate, 0, None),
            )


def guest(**stated: object) -> str:
    """A guest of thirty KUB, all of whose figures are its own words."""
    said: dict[str, object] = {
        "programme": "guest-1",
        "regency": "Kota Cilegon",
        "regency_code": "36.72",
        "year": 2020,
        "as_of": "2020-12-31",
        "provisional": False,
        "kub": 30,
        "members": 600,
        "women": 300,
        "women_members": 600,
        "villages": 43,
        "covered": 20,
        "kub_before": 20,
        "kub_after": 30,
        "population": 300_000,
        "population_year": 2020,
        "sectors": [10, 10, 10, 0, 0],
        "first_year": 2018,
        "years": [
            {"year": 2020, "as_of": "2020-12-31", "provisional": False, "kub": 30, "members": 600}
        ],
    }
    return json.dumps([said | stated])


def unranked(found: list[Row]) -> list[Row]:
    """Without the places in the one list that guests stand in as well."""
    return [
        {name: value for name, value in row.items() if not name.startswith("rank")} for row in found
    ]


def test_a_guest_changes_nothing_for_the_programmes_but_their_ranks() -> None:
    for question in queries.COMPARED - {"peers"}:
        found = by_sql(question, guest(regency_code="99.02"))
        assert only(found, declared=True)
        assert not differences(unranked(only(found, declared=False)), unranked(by_sql(question)))
        # The guest stands last, and years stated are shown whatever the years chosen.
        assert found[-1]["declared"] and by_sql(question, guest(), since=2030)[-1]["declared"]


def test_guests_and_programmes_are_ranked_in_one_list() -> None:
    found = only(by_sql("benchmark", guest()), programme="guest-1")
    names = "indicator value n rank ranked"
    expect(
        found,
        names,
        ("kub", 30, 30, 1, 4),
        ("members", 600, 600, 1, 5),
        ("members_per_kub", 20.0, 30, 1, 4),
        ("kub_per_10k", 1.0, 30, 3, 4),
        ("members_per_1k", 2.0, 600, 3, 5),
        ("coverage", 20 / 43, 43, 1, 1),
        ("women_share", 0.5, 600, 1, 5),
        ("cagr_3y", 1.5 ** (1 / 3) - 1, 20, 1, 4),
        ("survival_3y", None, None, None, None),
        ("diversity", 3.0, 30, 1, 4),
        ("gini", None, 43, None, None),
        ("revenue_per_kub", None, None, None, None),
        ("revenue_per_member", None, None, None, None),
    )
    two = json.loads(guest()) + json.loads(guest(programme="guest-2", kub=40))
    kub = only(by_sql("benchmark", json.dumps(two)), indicator="kub", declared=True)
    expect(kub, RANKS, ("guest-1", 2, None, None, 5), ("guest-2", 1, None, None, 5))
    # One list, one ranking: the programmes come after the guests that have more.
    [largest] = only(by_sql("benchmark", json.dumps(two)), indicator="kub", programme="besar")
    assert (largest["rank"], largest["ranked"]) == (3, 5)
    [own] = only(by_sql("programme_years", guest()), declared=True)
    expect([own], "year age kub kub_per_10k population founded", (2020, 3, 30, 1.0, 300_000, None))


@pytest.mark.parametrize(
    ("counted", "definition"), [("aided", "no"), ("formed", "partly"), (None, "yes")]
)
def test_what_a_guest_counts_is_told_of_each_figure(counted: str | None, definition: str) -> None:
    # Old population and KUB that never reported are the smaller difference: they must not hide this
    # one.
    odd = {"population_year": 2010, "unreported": 3, "women_members": 500} if counted else {}
    found = only(by_sql("benchmark", guest(counted=counted, **odd)), programme="guest-1")
    assert {row["definition"] for row in found} == {definition}
    assert {row["because"] for row in found} == {counted}
    assert {
        row["because"] for row in by_sql("rates", guest(counted=counted)) if row["declared"]
    } == {counted}


def test_an_unstated_figure_has_no_interval() -> None:
    found = by_sql("benchmark", guest(covered=None, women=None, members=None))
    for indicator in ("coverage", "women_share", "members_per_1k"):
        [row] = only(found, programme="guest-1", indicator=indicator)
        assert (row["value"], row["low"], row["high"], row["rank"]) == (None, None, None, None)


def test_a_guests_sectors_are_filtered_like_all_others() -> None:
    [row] = only(
        by_sql("benchmark", guest(), sectors=SECTORS[:2]),
        programme="guest-1",
        indicator="diversity",
    )
    assert row["value"] == pytest.approx(2)
    found = only(
        by_sql("programme_sectors", guest(regency_code="99.02")),
        programme="guest-1",
        sector="makanan",
    )
    # Beside besar, tengah and kecil; lain is of the guest's own regency.
    expect(found, "kub share others_share", (10, 10 / 30, 5 / 15))


def test_elsewhere_is_the_reference_file() -> None:
    with (REFERENCE / "published_elsewhere.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    expected: list[Row] = [
        {
            **{name: line[name] for name in ("region", "scheme", "source")},
            "year": int(line["year"]),
            "groups": int(line["groups"]),
            "members": int(line["members"]) if line["members"] else None,
            "members_per_group": int(line["members"]) / int(line["groups"])
            if line["members"]
            else None,
            "definition": "partly" if line["counted"] == "formed" else "no",
            "because": line["counted"],
        }
        for line in listed
    ]
    expected.sort(
        key=lambda row: (row["because"] != "formed", -row["year"], row["region"], row["scheme"])
    )
    assert not differences(by_sql("elsewhere"), expected)


@RANDOM
@given(case=cases(asked=1, loaded=("satu", "dua", "tiga")))
def test_three_programmes_are_compared_like_the_twins(
    case: tuple[tuple[Records, ...], list[Filters]],
) -> None:
    programmes, asked = case
    with connection(programmes) as con:
        for filters in asked:
            for question in twins.COMPARED:
                expected = twins.answer(question, programmes, filters)
                ours = rows(queries.ask(con, question, filters, role="analyst"))
                assert not differences(ours, expected), (question, filters)
                if question == "peers":  # a guest is whom the others are near to
                    continue
                beside = only(
                    rows(queries.ask(con, question, filters, guest(), "analyst")), declared=False
                )
                assert not differences(unranked(beside), unranked(expected)), (question, filters)
