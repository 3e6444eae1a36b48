"""What readers may not see is withheld from targets too, and from what is made of it."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

import queries
from queries.filters import Filters
from tests.support.database import connection
from tests.support.frames import only, rows
from tests.support.histories import history
from tests.twins.rows import Kub, Library, Records, Report, Target, Village

VILLAGE = Village("99.01.01.2001", "Desa A", "99.01.01", "Kec A", True, 900, 2020)
INDICATORS = ("kub", "anggota", "desa", "perpustakaan", "perempuan", "omzet")


def programme(groups: int, members: int) -> Records:
    """Groups of that many members in one village, over three finished years."""
    kubs = [Kub(f"K{n}", VILLAGE.code, "makanan", date(2017, 1, 5)) for n in range(groups)]
    reports = [
        Report(kub.kub_id, date(year, 12, 31), members, members - 1, 1_000_000.0)
        for kub in kubs
        for year in (2017, 2018, 2019)
    ]
    targets = [Target(name, year, 1) for name in INDICATORS for year in (2019, 2021)]
    library = Library("P1", VILLAGE.code, date(2018, 2, 1))
    return Records(
        "satu", (VILLAGE,), tuple(kubs), tuple(reports), (library,), targets=tuple(targets)
    )


def asked(records: Records, role: str) -> list[dict[str, object]]:
    with connection((records,)) as con:
        return rows(queries.ask(con, "targets", Filters(programme="satu"), role=role))


@pytest.mark.parametrize("groups", [1, 2])
def test_a_programme_of_few_people_tells_readers_its_counts_alone(groups: int) -> None:
    records = programme(groups, 2)
    told = {str(row["indicator"]) for row in asked(records, "reader") if row["status"]}
    assert told == {"kub", "desa", "perpustakaan"}
    for row in asked(records, "reader"):
        if row["indicator"] not in told:
            assert row["actual"] is row["reached"] is row["projected"] is None
    assert all(row["status"] for row in asked(records, "analyst"))


def test_where_nothing_is_small_readers_and_analysts_see_the_same() -> None:
    records = programme(6, 20)
    assert asked(records, "reader") == asked(records, "analyst")


def test_revenue_of_two_groups_is_withheld_however_many_members_they_have() -> None:
    reader = asked(programme(2, 20), "reader")
    assert {row["status"] for row in only(reader, indicator="omzet")} == {None}
    assert {row["status"] for row in only(reader, indicator="anggota")} == {"met"}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("role", queries.ROLES)
def test_revenue_is_that_of_its_own_question(role: str, seed: int) -> None:
    """Also where it is withheld: a target must not tell what the question keeps back."""
    random = Random(seed)
    final = history(seed)[-1]
    stated = tuple(
        replace(r, revenue_idr=random.choice((None, 5e5, 1e6, 3e6))) for r in final.reports
    )
    aims = tuple(Target("omzet", year, 1) for year in range(2010, 2025))
    records = replace(final, reports=stated, targets=aims)
    with connection((records,)) as con:
        money = queries.ask(con, "revenue", Filters(programme="satu"), role=role)
        held = queries.ask(con, "targets", Filters(programme="satu"), role=role)
    known = {row["year"]: row["revenue_idr"] for row in rows(money)}
    assert {row["year"]: row["actual"] for row in rows(held) if row["year"] in known} == known
