"""What stands in place of figures about few people: every chart,
in both languages, under many scopes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kub import words
from kub.answers.answer import answer
from kub.answers.catalog import CATALOG, TELLABLE
from kub.findings.numbers import numbers
from kub.findings.options import parse
from kub.findings.three import three
from kub.store.data import Data
from kub.store.versions import Version
from queries.filters import Filters
from tests.support.database import connection
from tests.support.thinned import thinned
from tests.twins.rows import Kub, Lkm, LkmReport, Published, Records, Report, Village

VILLAGES = tuple(
    Village(f"99.01.0{d}.200{n}", f"Desa {d}{n}", f"99.01.0{d}", f"Kec {d}", True, 900, 2020)
    for d in (1, 2)
    for n in (1, 2, 3)
)
A, B = VILLAGES[0].code, VILLAGES[3].code
# (village, sector, year of founding, members in each year from then on)
GROUPS = (
    (0, "makanan", 2016, (3, 4, 4)),
    (0, "kerajinan", 2017, (20, 21)),
    (1, "makanan", 2017, (12, 13)),
    (3, "makanan", 2016, (9, 9, 2)),
    (3, "laundry", 2018, (4,)),
    (4, "koperasi", 2017, (30, 2)),
    (5, "lainnya", 2018, (7,)),
)
SCOPES = {
    "everything": Filters("satu"),
    "a village": Filters("satu", villages=(A,)),
    "a village and sector": Filters("satu", villages=(A,), sectors=("makanan",)),
    "two villages": Filters("satu", villages=(A, B)),
    "a district": Filters("satu", districts=("99.01.02",)),
    "a sector": Filters("satu", sectors=("makanan",)),
    "a small sector": Filters("satu", sectors=("laundry",)),
    "the first year": Filters("satu", until=2016),
    "one year": Filters("satu", since=2018),
    "targets": Filters("satu", denominator="target"),
}


def records(
    programme: str, groups: tuple[tuple[int, str, int, tuple[int, ...]], ...], code: str
) -> Records:
    kubs, reports = [], []
    for number, (place, sector, year, course) in enumerate(groups):
        kub = Kub(
            f"K{number}",
            VILLAGES[place].code,
            sector,
            date(year, 1, 1),
            None,
            f"KUB {number}",
            "keripik",
        )
        kubs.append(kub)
        for later, members in enumerate(course):
            women = members // 2 if number % 2 else None
            reports.append(Report(kub.kub_id, date(year + later, 12, 31), members, women))
    return Records(
        programme,
        VILLAGES,
        tuple(kubs),
        tuple(reports),
        regency_code=code,
        regency=f"Kabupaten {programme}",
        population=((2018, 20_000, False),),
        lkm=(Lkm("L1", A, date(2016, 1, 1)),),
        lkm_reports=(LkmReport("L1", date(2018, 6, 30), 300),),
        published=(
            Published(date(2016, 12, 31), "anggota", 14, "berita"),
            Published(date(2016, 6, 30), "anggota", 3, "berita"),
        ),
    )


@pytest.fixture(scope="module")
def data() -> Iterator[Data]:
    with connection((records("satu", GROUPS, "99.01"), records("dua", GROUPS[:1], "99.02"))) as con:
        yield Data(Version(Path("kub-20261124T031500Z-a1b2c3d4e5f6.duckdb")), con)


@pytest.mark.parametrize(("lang", "measure"), [("id", "kub"), ("en", "members")])
@pytest.mark.parametrize("scope", thinned(SCOPES, 3))
def test_every_chart_bears_withheld_members(
    data: Data, scope: str, lang: str, measure: str
) -> None:
    filters = replace(SCOPES[scope], measure=measure)
    for chart in sorted(TELLABLE):
        for view in (
            {},
            {"both": True},
            {"scale": "indexed"},
            {"per": "villages"},
            {"per": "count"},
        ):
            if not view.keys() <= vars(CATALOG[chart].options()).keys():
                continue
            if view.get("per") == "villages" and chart.startswith("villages"):
                continue
            if view.get("per") == "count" and chart == "rates_map":  # it compares rates alone
                continue
            options = parse(CATALOG[chart].options, view)
            found = answer(data, chart, filters, words.of(lang), options=options)
            said = f"{found.title} {found.subtitle} {found.takeaway} {found.figure}".lower()
            assert "<na>" not in said and " nan" not in said and "none anggota" not in said, (
                chart,
                view,
            )


@pytest.mark.parametrize("scope", SCOPES)
def test_the_numbers_say_what_is_withheld(data: Data, scope: str) -> None:
    w, filters = words.of("id"), SCOPES[scope]
    now = data.ask("headline", filters)
    strip = {
        each.label: each
        for each in numbers(now, w, data.ask("headline", replace(filters, until=2017)))
    }
    hidden = strip["Anggota"].value == "disembunyikan"
    assert (
        hidden
        == bool(now["members"].isna().iloc[0])
        == (strip["Anggota per KUB"].value == "disembunyikan")
    )
    assert hidden <= (strip["Perempuan"].value == "disembunyikan")
    years, mix, reach = (
        data.ask(question, filters) for question in ("growth", "sector_years", "coverage")
    )
    assert all(
        "nan" not in f"{each.title} {each.takeaway}".split()
        for each in three(years, mix, reach, w, "members")
    )


def test_where_members_are_withheld_kub_are_drawn(data: Data) -> None:
    w = words.of("id")
    village = Filters("satu", villages=(A,), sectors=("makanan",), measure="members")
    found = answer(data, "growth", village, w)
    assert w("withheld.instead") in found.subtitle and "KUB" in found.title
    assert answer(data, "profile_years", village, w).title.endswith(w("withheld.profile"))
    assert (
        w("withheld.instead") not in answer(data.seen_by("analyst"), "growth", village, w).subtitle
    )


def test_the_map_tells_withheld_from_not_reported(data: Data) -> None:
    found = answer(data, "villages", Filters("satu", measure="members"), words.of("id"))
    names = {trace.get("name") for trace in found.figure["data"]} if found.figure else set()
    assert "disembunyikan (melindungi kurang dari 5 orang): 2 desa" in names
    assert "terbanyak" not in found.title


def test_the_analyst_is_named_where_it_makes_a_difference(data: Data) -> None:
    w = words.of("en")
    assert answer(data.seen_by("analyst"), "headline", Filters("satu"), w).scope.endswith(
        "analyst view"
    )
    assert "analyst" not in answer(data, "headline", Filters("satu"), w).scope


def test_few_members_on_the_day_of_a_publication_are_withheld(data: Data) -> None:
    alone = Filters("satu")
    reader, analyst = (
        each.ask("reconcile", alone)["recorded"].tolist()
        for each in (data, data.seen_by("analyst"))
    )
    assert analyst == [0, 12] and reader == [0, 12]
