"""Readers get no figure about 1-4 people, and none by adding and subtracting those they get.

The attack: ask under many filters, take each figure that is told as an equation over cells, and
solve them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, combinations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import queries
from queries.filters import SECTORS, Filters
from tests import twins
from tests.support import giveaway
from tests.support.database import connection
from tests.support.elimination import Space
from tests.support.frames import differences, rows
from tests.support.giveaway import counted, total
from tests.support.strategies import programmes
from tests.support.thinned import thinned
from tests.support.tiny import TINY
from tests.twins.rows import Kub, Records, Report, Village
from tests.twins.sets import active, sums
from tests.twins.times import year_end, years

Cell = tuple[str, str]
RANDOM = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PEOPLE = {
    "headline": "members members_per_kub women_share women_known_share",
    "growth": "members women_share",
    "sectors": "members members_share",
    "sector_years": "members",
    "villages": "members women_share",
    "village_sectors": "members",
    "district_growth": "members",
    "activities": "members",
    "village_kub": "members women reported_on",
    "pivot": "members women women_share revenue_idr assets_idr",
    "kubs": "members women revenue_idr assets_idr has_reported",
    "specialisation": "members",
    "reconcile": "recorded difference",
    "benchmark": "value low high n rank rank_best rank_worst ranked",
    "rates": "value low high n",
    "programme_years": "members members_per_1k members_per_village",
    "microfinance": "members",
    "revenue": "revenue_idr revenue_per_kub median_per_kub revenue_per_member matched_change assets_idr",
    "revenue_sectors": "revenue_idr share revenue_per_kub revenue_per_member",
    "revenue_villages": "revenue_idr revenue_per_kub revenue_per_member",
}
# A sector's spread, which readers get in two digits (tests/unit/store/test_money_cells.py).
ROUNDED = ("lower_per_kub", "median_per_kub", "upper_per_kub")


def cell_sums(records: Records, year: int) -> dict[Cell, tuple[int, int]]:
    """(members, members that state their sex) of each cell with members at the end of a year."""
    at = year_end(records, year).as_of
    found = {}
    for village in records.villages:
        for sector in SECTORS:
            kubs = [
                k for k in records.kubs if k.village_code == village.code and k.sector == sector
            ]
            total = sums(records, active(kubs, at), at)
            if total.members:
                found[village.code, sector] = (total.members, total.women_members)
    return found


def subsets(codes: Iterable[str], most: int) -> Iterator[tuple[str, ...]]:
    listed = sorted(codes)
    return chain.from_iterable(combinations(listed, size) for size in range(most + 1))


def scopes(records: Records) -> Iterator[Filters]:
    """Every single place and pair, alone and with single sectors and pairs."""
    name = records.programme_id
    districts = {v.district_code for v in records.villages}
    places = [Filters(name, districts=chosen) for chosen in subsets(districts, 2)]
    places += [
        Filters(name, villages=chosen)
        for chosen in subsets((v.code for v in records.villages), 2)
        if chosen
    ]
    for place in places:
        for sectors in subsets(
            {k.sector for k in records.kubs}, 1 if len(place.villages) < 2 else 0
        ):
            yield replace(place, sectors=sectors)


def inside(records: Records, filters: Filters, cell: Cell) -> bool:
    village = next(v for v in records.villages if v.code == cell[0])
    return (
        (not filters.districts or village.district_code in filters.districts)
        and (not filters.villages or cell[0] in filters.villages)
        and (not filters.sectors or cell[1] in filters.sectors)
    )


def told(
    con: duckdb.DuckDBPyConnection,
    records: Records,
    known: dict[int, dict[Cell, tuple[int, int]]],
    filters: Filters,
) -> Iterator[tuple[int, str, set[Cell]]]:
    """(year, what, cells) of every sum that a reader gets under filters. what: members | women."""
    last = years(records)[-1]
    districts = {v.code: v.district_code for v in records.villages}
    villages = queries.ask(con, "villages", filters)
    asked: list[tuple[pd.DataFrame, str | None, str | None]] = [
        (queries.ask(con, "growth", filters), None, None),
        (queries.ask(con, "headline", filters), None, None),
        (queries.ask(con, "sectors", filters), "sector", None),
        (queries.ask(con, "sector_years", filters), "sector", None),
        (villages, None, "village_code"),
        (queries.ask(con, "village_sectors", filters), "sector", "village_code"),
        (queries.ask(con, "district_growth", filters), None, "district_code"),
    ]
    here = {cell for people in known.values() for cell in people if inside(records, filters, cell)}
    for frame, sector, place in asked:
        for row in rows(frame):
            year = row.get("year", last)
            cells = {
                cell
                for cell in known[year]
                if cell in here
                and (sector is None or cell[1] == row["sector"])
                and (place is None or row[place] in (cell[0], districts[cell[0]]))
            }
            if row["members"] is not None:
                yield year, "members", cells
            if row.get("women_share") is not None:
                yield year, "women", cells


def few(people: dict[Cell, int]) -> Iterator[set[Cell]]:
    """Every set of cells that together holds 1-4 people. Those with none count for nothing."""
    small = sorted(cell for cell, n in people.items() if 0 < n < 5)
    for size in range(1, 5):
        yield from (
            set(c) for c in combinations(small, size) if sum(people[cell] for cell in c) < 5
        )


def solves(equations: set[frozenset[Cell]], wanted: set[Cell], cells: list[Cell]) -> bool:
    """Whether the sums over these sets, added and subtracted in any
    way, give the sum over the wanted one.
    """
    matrix = np.array([[cell in each for each in equations] for cell in cells], float)
    target = np.array([cell in wanted for cell in cells], float)
    return bool(
        np.allclose(matrix @ np.linalg.lstsq(matrix, target, rcond=None)[0], target, atol=1e-7)
    )


@RANDOM
@given(records=programmes("satu"))
def test_no_sums_and_differences_give_few_people(records: Records) -> None:
    if not years(records):
        return
    known = {year: cell_sums(records, year) for year in years(records)}
    got: dict[tuple[int, str], set[frozenset[Cell]]] = {}
    with connection((records,)) as con:
        for filters in scopes(records):
            for year, what, cells in told(con, records, known, filters):
                got.setdefault((year, what), set()).add(frozenset(cells))
    for (year, what), equations in got.items():
        people = known[year]
        parts = [{c: m for c, (m, _) in people.items()}]
        if what == "women":
            parts = [
                {c: stated for c, (_, stated) in people.items()},
                {c: m - stated for c, (m, stated) in people.items()},
            ]
        for part in parts:
            for wanted in few(part):
                assert not solves(equations, wanted, list(people)), (year, what, wanted)


@RANDOM
@given(records=programmes("satu"))
def test_the_total_is_told_unless_it_would_give_few_people_away(records: Records) -> None:
    """A year that is withheld, told beside the others, would single out 1-4 people of all."""
    at = {
        year: counted(records, list(records.kubs), year_end(records, year).as_of)
        for year in years(records)
    }
    with connection((records,)) as con:
        told = {
            row["year"]: row["members"] is not None
            for row in rows(queries.ask(con, "growth", Filters("satu")))
        }
    known = [total(r for r in at[year] if r.members) for year in told if told[year]]
    for year in told:
        asked = Space([*known, total(r for r in at[year] if r.members)])
        leaks = any(
            asked.determines(total(chosen))
            for other in at.values()
            for chosen in giveaway.few(other)
        )
        assert told[year] != leaks, year


@RANDOM
@given(records=programmes("satu"))
def test_a_reader_sees_what_an_analyst_sees_or_nothing(records: Records) -> None:
    with connection((records,)) as con:
        for filters in list(scopes(records))[:40:8]:
            for question in queries.QUESTIONS:
                analyst = rows(queries.ask(con, question, filters, role="analyst"))
                reader = rows(queries.ask(con, question, filters))
                people = (*PEOPLE.get(question, "").split(), "withheld")
                seen = [
                    {
                        k: v
                        for k, v in row.items()
                        if k not in ROUNDED and (k not in people or v is not None)
                    }
                    for row in reader
                ]
                if question not in ("benchmark", "specialisation"):  # ranks are among what is shown
                    seen = [{k: v for k, v in row.items() if k != "withheld"} for row in seen]
                    assert not differences(analyst, seen), (question, filters)
                assert not any(row.get("withheld") for row in analyst)


VILLAGES = tuple(
    Village(f"99.01.0{d}.200{n}", f"Desa {d}{n}", f"99.01.0{d}", f"Kec {d}")
    for d in (1, 2)
    for n in (1, 2)
)
A, B, C, D = (v.code for v in VILLAGES)


def office(*cells: tuple[str, str, int]) -> Records:
    """One KUB for each (village, sector, members), all from 2018 on."""
    kubs = tuple(
        Kub(f"K{n}", village, sector, date(2018, 1, 1))
        for n, (village, sector, _) in enumerate(cells)
    )
    return Records(
        "satu",
        VILLAGES,
        kubs,
        tuple(Report(f"K{n}", date(2018, 12, 31), m, m) for n, (*_, m) in enumerate(cells)),
    )


def of_villages(records: Records) -> dict[str, int | None]:
    with connection((records,)) as con:
        return {
            row["village_code"]: row["members"]
            for row in rows(queries.ask(con, "villages", Filters("satu")))
        }


def test_a_small_cell_goes_with_another_of_its_village_so_that_the_village_is_told() -> None:
    cells = (
        (A, "makanan", 3),
        (B, "makanan", 30),
        (A, "kerajinan", 20),
        (C, "makanan", 6),
        (D, "makanan", 9),
    )
    assert of_villages(office(*cells)) == {A: 23, B: 30, C: 6, D: 9}


def test_alone_in_its_village_it_goes_with_the_smallest_that_suffices_and_cuts_no_sector() -> None:
    cells = (A, "makanan", 3), (B, "makanan", 30), (C, "makanan", 6), (D, "kerajinan", 5)
    assert of_villages(office(*cells)) == {A: None, B: 30, C: None, D: 5}


def test_a_pair_within_a_village_takes_its_sectors_out_of_the_totals() -> None:
    records = office((A, "makanan", 3), (A, "kerajinan", 20), (C, "laundry", 8))
    assert of_villages(records) == {A: 23, B: 0, C: 8, D: 0}
    with connection((records,)) as con:
        found = {
            row["sector"]: row["members"]
            for row in rows(queries.ask(con, "sectors", Filters("satu")))
        }
    assert found == {"makanan": None, "kerajinan": None, "laundry": 8, "koperasi": 0, "lainnya": 0}


def test_two_small_ones_suffice_for_each_other() -> None:
    cells = (A, "makanan", 3), (B, "makanan", 4), (C, "makanan", 30)
    assert of_villages(office(*cells)) == {A: None, B: None, C: 30, D: 0}


def test_a_year_of_few_people_takes_no_other_year_with_it() -> None:
    kubs = (Kub("K1", A, "makanan", date(2017, 1, 1)), Kub("K2", B, "makanan", date(2018, 1, 1)))
    reports = (
        Report("K1", date(2017, 12, 31), 4),
        Report("K1", date(2018, 12, 31), 9),
        Report("K2", date(2018, 12, 31), 8),
    )
    with connection((Records("satu", VILLAGES, kubs, reports),)) as con:
        found = rows(queries.ask(con, "growth", Filters("satu")))
        assert [row["members"] for row in found] == [None, 17]
        assert [
            row["members"]
            for row in rows(queries.ask(con, "growth", Filters("satu", villages=(A,))))
        ] == [None, 9]


def test_lists_of_kub_and_activities_hide_the_cell_of_a_small_kub() -> None:
    kubs = tuple(
        Kub(f"K{n}", village, "makanan", date(2018, 1, 1), None, "KUB", activity)
        for n, (village, activity) in enumerate(
            [(A, "keripik"), (A, "roti"), (B, "roti"), (B, "tempe")]
        )
    )
    reports = tuple(
        Report(f"K{n}", date(2018, 12, 31), members) for n, members in enumerate([3, 10, 20, 30])
    )
    with connection((Records("satu", VILLAGES, kubs, reports),)) as con:
        found = rows(queries.ask(con, "village_kub", Filters("satu")))
        assert [(row["members"], row["withheld"]) for row in found] == [(None, True)] * 2 + [
            (20, False),
            (30, False),
        ]
        found = rows(queries.ask(con, "activities", Filters("satu")))
        assert [(row["activity"], row["members"]) for row in found] == [
            ("roti", None),
            ("keripik", None),
            ("tempe", 30),
        ]
        assert (
            rows(queries.ask(con, "headline", Filters("satu", villages=(A,))))[0]["members"] == 13
        )


def test_of_few_who_do_not_state_their_sex_only_the_women_are_hidden() -> None:
    kubs = tuple(Kub(f"K{n}", A, "makanan", date(2018, 1, 1)) for n in (1, 2))
    reports = (Report("K1", date(2018, 12, 31), 20, 10), Report("K2", date(2018, 12, 31), 3))
    with connection((Records("satu", VILLAGES, kubs, reports),)) as con:
        [row] = rows(queries.ask(con, "headline", Filters("satu")))
    assert (row["members"], row["women_share"], row["women_known_share"], row["withheld"]) == (
        23,
        None,
        None,
        True,
    )


def test_the_role_is_of_one_question_alone() -> None:
    with connection((office((A, "makanan", 3)),)) as con:
        for role, members in (("analyst", 3), ("reader", None), ("analyst", 3)):
            assert (
                rows(queries.ask(con, "headline", Filters("satu"), role=role))[0]["members"]
                == members
            )
        with pytest.raises(duckdb.CatalogException):
            con.cursor().execute("FROM shown_fact")  # without a role nothing is shown
        with pytest.raises(KeyError):
            queries.cursor(con, "main")


def test_a_small_kub_in_a_large_cell_loses_no_rows() -> None:
    """No cell is small, so there is no mark at all: an empty table once
    made a join in the views lose villages.
    """
    kubs = tuple(Kub(f"K{n}", A, "makanan", date(2018, 1, 1)) for n in (1, 2))
    reports = (Report("K1", date(2018, 12, 31), 20), Report("K2", date(2018, 12, 31), 3))
    records = Records("satu", VILLAGES, kubs, reports)
    with connection((records,)) as con:
        for question in ("pace", "library_villages", "villages"):
            assert not differences(
                rows(queries.ask(con, question, Filters("satu"))),
                twins.answer(question, [records], Filters("satu")),
            )


def test_without_small_cells_nothing_is_prepared() -> None:
    with connection((TINY,)) as con:
        assert not con.execute("FROM duckdb_schemas() WHERE schema_name = 'access'").fetchall()


@pytest.mark.parametrize("question", thinned(queries.QUESTIONS, 4))
def test_the_dictionary_and_the_questions_do_not_show_the_marks(question: str) -> None:
    with connection((office((A, "makanan", 3)),)) as con:
        assert not {"mark", "women_mark", "member_mark"} & set(
            queries.ask(con, question, Filters("satu")).columns
        )
        assert "village_mark" not in set(con.execute(queries.model("dictionary")).df()["table"])
