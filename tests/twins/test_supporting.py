"""Figures of what stands beside the KUB, computed by hand: by SQL and by the twin.

The programme's newest KUB report is of 2018-09-30, so 2018 is looked at on that day. Its units:

    L1 founded 2016-05-01    2016-12-31: 100 customers, loans 50, overdue 5    2018-09-30: 120, loans 80, overdue 4
    L2 founding unknown      2017-03-31: 40, loans 20, overdue not stated      2018-10-01: too late to count
    L3 neither a founding nor a report: it counts in every year
"""

from datetime import date
from functools import cache
from typing import Any

import duckdb
import pytest

import queries
from queries.filters import Filters
from tests import twins
from tests.support.database import connection
from tests.support.frames import rows
from tests.support.tiny import Ask, expect
from tests.twins.rows import (
    Award,
    Kub,
    Library,
    LibraryReport,
    Lkm,
    LkmReport,
    Records,
    Report,
    Village,
)

UJUNGNEGORO, PONOWARENG, TRAGUNG = "33.25.13.2010", "33.25.10.2020", "33.25.13.2001"
BATANG = Records(
    "batang",
    regency_code="33.25",
    villages=(
        Village(UJUNGNEGORO, "Ujungnegoro", "33.25.13", "Kandeman", True, 4000, 2020),
        Village(TRAGUNG, "Tragung", "33.25.13", "Kandeman", True),
        Village(PONOWARENG, "Ponowareng", "33.25.10", "Tulis"),
    ),
    kubs=(
        Kub("A", UJUNGNEGORO, "makanan", date(2016, 2, 1)),
        Kub("B", TRAGUNG, "kerajinan", date(2017, 1, 1), date(2018, 9, 30)),
        Kub("C", TRAGUNG, "kerajinan", date(2018, 9, 30)),
    ),
    reports=(Report("A", date(2018, 9, 30), 10),),
    population=((2016, 20_000, False), (2018, 40_000, False)),
    lkm=(
        Lkm("L1", UJUNGNEGORO, date(2016, 5, 1), "KSP Satu"),
        Lkm("L2", PONOWARENG, None, " ksp berkah jaya"),
        Lkm("L3", PONOWARENG, None, "KSP Tiga"),
    ),
    lkm_reports=(
        LkmReport("L1", date(2016, 12, 31), 100, 10.0, 50.0, 5.0, None),
        LkmReport("L1", date(2018, 9, 30), 120, None, 80.0, 4.0, 300.0),
        LkmReport("L2", date(2017, 3, 31), 40, 7.0, 20.0, None, 100.0),
        LkmReport("L2", date(2018, 10, 1), 90, 9.0, 20.0, 20.0, 500.0),
    ),
    libraries=(
        Library("P1", UJUNGNEGORO, date(2016, 12, 31)),
        Library("P2", PONOWARENG, date(2018, 9, 30)),
        Library("P3", TRAGUNG, date(2018, 10, 1)),
    ),
    library_reports=(
        LibraryReport("P1", date(2017, 6, 30), 200, 300),
        LibraryReport("P1", date(2017, 12, 31), None, 500),
        LibraryReport("P1", date(2018, 9, 30), 250, 120),
        LibraryReport("P1", date(2018, 12, 31), 900, 900),
        # Of a library that is not open yet.
        LibraryReport("P3", date(2018, 6, 30), 70, 70),
    ),
    awards=(
        Award(
            date(2017, 11, 30), "INDONESIA CSR LEADERSHIP AWARD 2017 ", "Penyelenggara", "catatan"
        ),
        Award(date(2018, 5, 1), "Piagam Bupati", "Bupati Batang", "catatan"),
        Award(date(2018, 5, 1), "PROPER Biru", "KLHK"),
        Award(date(2016, 5, 1), "3G Award, social empowerment", "CFI"),
    ),
)
# Its ids and villages are those of the other; nothing of it may be counted there. It has no KUB at
# all.
WITHOUT = Records(
    "tanpa",
    regency_code="99.01",
    villages=BATANG.villages,
    lkm=(Lkm("L1", PONOWARENG, date(2015, 1, 1)),),
    lkm_reports=(LkmReport("L1", date(2017, 1, 31), 5), LkmReport("L1", date(2019, 1, 31), 9)),
    libraries=(Library("P1", PONOWARENG, date(2018, 12, 31)),),
    library_reports=(LibraryReport("P1", date(2019, 3, 1), 10, 10),),
)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return connection((BATANG, WITHOUT))


def by_sql(question: str, programme: str = "batang", **chosen: Any) -> list[dict[str, Any]]:
    return rows(queries.ask(_database(), question, Filters(programme, **chosen)))


def by_twin(question: str, programme: str = "batang", **chosen: Any) -> list[dict[str, Any]]:
    return twins.answer(question, (BATANG, WITHOUT), Filters(programme, **chosen))


asked = pytest.mark.parametrize("ask", (by_sql, by_twin))


@asked
def test_microfinance_years(ask: Ask) -> None:
    # 2017: L1 still by its report of 2016; of L2 no arrears are known, so its loans leave the share
    # alone.
    expect(
        ask("microfinance_years"),
        "year as_of provisional units reported customers savings_idr loans_idr overdue_idr overdue_share assets_idr",
        (2016, date(2016, 12, 31), False, 2, 1, 100, 10.0, 50.0, 5.0, 5 / 50, None),
        (2017, date(2017, 12, 31), False, 3, 1, 140, 17.0, 70.0, 5.0, 5 / 50, 100.0),
        (2018, date(2018, 9, 30), True, 3, 1, 160, 7.0, 100.0, 4.0, 4 / 80, 400.0),
    )
    names = "year units reported customers overdue_share"
    expect(
        ask("microfinance_years", villages=(PONOWARENG,), since=2018), names, (2018, 2, 0, 40, None)
    )


@asked
def test_a_unit_is_met_by_its_published_figures_once_they_are_published(ask: Ask) -> None:
    names = "lkm_id customers kub members published_founded published_on published_customers published_assets_idr"
    nothing = (None,) * 4
    expect(
        ask("microfinance"),
        names,
        ("L1", 120, 1, 10, *nothing),
        ("L2", 40, 0, 0, *nothing),
        ("L3", None, 0, 0, *nothing),
    )
    # Past the last year it is the last year: the figures of May 2023 are not known yet.
    expect(
        ask("microfinance", until=2025, sectors=("laundry",)),
        "lkm_id kub",
        ("L1", 0),
        ("L2", 0),
        ("L3", 0),
    )


@asked
def test_library_years(ask: Ask) -> None:
    # 2018: 120 visits by two libraries (P3 opens a day late) and 40,000 residents; 2017: of two
    # equally near, 2016.
    names = "year opened libraries books visits visits_per_library visits_per_1k population population_year"
    expect(
        ask("library_years"),
        names,
        (2016, 1, 1, None, None, None, None, 20_000, 2016),
        (2017, 0, 1, 200, 800, 800.0, 40.0, 20_000, 2016),
        (2018, 1, 2, 250, 120, 60.0, 3.0, 40_000, 2018),
    )
    # The residents are those of the whole regency.
    expect(
        ask("library_years", since=2018, districts=("33.25.13",)),
        names,
        (2018, 0, 1, 250, 120, 120.0, *[None] * 3),
    )


@asked
def test_library_villages(ask: Ask) -> None:
    # B closes on the as-of date, C opens on it; the library of Tragung is open a day later.
    names = "village_code village district libraries kub has is_target"
    expect(
        ask("library_villages"),
        names,
        (PONOWARENG, "Ponowareng", "Tulis", 1, 0, "library", False),
        (TRAGUNG, "Tragung", "Kandeman", 0, 1, "kub", True),
        (UJUNGNEGORO, "Ujungnegoro", "Kandeman", 1, 1, "both", True),
    )
    names = "village has"
    expect(
        ask("library_villages", denominator="target", sectors=("makanan",), until=2017),
        names,
        ("Tragung", "neither"),
        ("Ujungnegoro", "both"),
    )


@asked
def test_awards(ask: Ask) -> None:
    # Recorded: one by its published name; one that no source names; one whose source knows no year;
    # and one of another year than the published award of its name, which the records therefore
    # lack.
    names = "awarded_on published_as award recorded remark"
    lacking = (date(2018, 12, 31), "2018", "3G Award, social empowerment", False, None)
    expect(
        ask("awards", since=2018, until=2018),
        names,
        (date(2018, 5, 1), None, "PROPER Biru", True, "year_unknown"),
        (date(2018, 5, 1), None, "Piagam Bupati", True, None),
        lacking,
    )
    expect(
        ask("awards", until=2017),
        names,
        (date(2016, 5, 1), None, "3G Award, social empowerment", True, None),
        (date(2017, 4, 7), None, "Top Improvement CSR Award 2017", False, "report_date"),
        (
            date(2017, 6, 2),
            None,
            "Asia Responsible Entrepreneurship Award (AREA) 2017",
            False,
            "category_unknown",
        ),
        (date(2017, 11, 30), None, "INDONESIA CSR LEADERSHIP AWARD 2017 ", True, None),
    )
    # Without a year in scope the undated one stands too, last; the one that is recorded does not
    # stand twice.
    everything = ask("awards")
    last = [
        (row["awarded_on"], row["published_as"], row["award"])
        for row in everything
        if row["awarded_on"] is None
    ]
    assert (
        last == [(None, "before 2018", "Literacy Honorable Mention")]
        and everything[-1]["awarded_on"] is None
    )
    assert len(everything) == 4 + 10 - 2
    assert ask("awards", programme="tanpa") == []


@asked
def test_without_any_kub_the_newest_record_counts_or_the_year_asked_for(ask: Ask) -> None:
    names = "part n people first_on last_on"
    unit = (1, 9, date(2015, 1, 1), date(2015, 1, 1))
    opened = (date(2018, 12, 31), date(2018, 12, 31))
    expect(
        ask("supporting", programme="tanpa"),
        names,
        ("microfinance", *unit),
        ("libraries", 1, 10, *opened),
    )
    # As with KUB, past the last year it is the last year: visits of 2019, not none of 2030.
    assert ask("supporting", programme="tanpa", until=2030) == ask("supporting", programme="tanpa")
    expect(
        ask("microfinance", programme="tanpa", until=2018),
        "customers reported_on",
        (5, date(2017, 1, 31)),
    )
    expect(
        ask("libraries", programme="tanpa", until=2018),
        "reported_on visits books",
        (None, None, None),
    )
    assert ask("libraries", programme="tanpa", until=2017) == []
    # The years of a programme are those of its KUB.
    assert (
        ask("library_years", programme="tanpa")
        == ask("microfinance_years", programme="tanpa")
        == []
    )


def test_what_is_published_twice_doubles_no_row() -> None:
    with connection((BATANG,)) as con:
        cooperative = (
            "INSERT INTO published_cooperative VALUES ('KSP SATU', ?, 2016, ?, ?, 1, 'koran')"
        )
        con.execute(cooperative, [UJUNGNEGORO, date(2018, 1, 1), 95])
        con.execute(cooperative, [UJUNGNEGORO, date(2017, 1, 1), 90])
        con.execute(cooperative, [UJUNGNEGORO, date(2018, 10, 1), 99])
        award = "INSERT INTO published_award VALUES ('33.25', ?, NULL, ?, 'x', 'dekat', NULL)"
        con.execute(award, [date(2017, 11, 30), "Indonesia CSR Leadership Award 2017"])
        found = rows(queries.ask(con, "microfinance", Filters("batang")))
        expect(found, "lkm_id published_customers", ("L1", 95), ("L2", None), ("L3", None))
        twice = rows(queries.ask(con, "awards", Filters("batang", since=2017, until=2017)))
        expect(
            [row for row in twice if row["recorded"]],
            "awarded_on source",
            (date(2017, 11, 30), "dekat"),
        )
        assert len(twice) == 3
