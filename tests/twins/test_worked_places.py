"""Figures of villages and districts, computed by hand for the tiny programme of tests/support/tiny.py."""

from datetime import date

import pytest

from tests.support.tiny import (
    JATI,
    SUKOREJO,
    WONOKERSO,
    WONOKERSO_SUBAH,
    Ask,
    by_sql,
    by_twin,
    expect,
)

pytestmark = pytest.mark.parametrize("ask", (by_sql, by_twin))


def test_target_villages_change_the_denominator_and_no_count(ask: Ask) -> None:
    names = "kub members villages villages_covered coverage"
    expect(ask("headline", denominator="target"), names, (3, 34, 2, 1, 1 / 2))


def test_districts_and_villages_together_mean_both(ask: Ask) -> None:
    names = "kub villages coverage"
    expect(ask("headline", districts=("99.01.01",), villages=(SUKOREJO, JATI)), names, (2, 1, 1.0))
    expect(ask("headline", districts=("99.01.01",), villages=(JATI,)), names, (0, 0, None))


def test_coverage(ask: Ask) -> None:
    names = "district_code district villages covered share kub"
    expect(
        ask("coverage"),
        names,
        ("99.01.01", "Tulis", 2, 1, 1 / 2, 2),
        ("99.01.02", "Subah", 2, 1, 1 / 2, 1),
    )
    # Subah has no target village.
    expect(ask("coverage", denominator="target"), names, ("99.01.01", "Tulis", 2, 1, 1 / 2, 2))
    names = "year as_of provisional villages covered share"
    expect(
        ask("coverage_years", since=2015, until=2016),
        names,
        (2015, date(2015, 12, 31), False, 4, 1, 1 / 4),
        (2016, date(2016, 12, 31), False, 4, 2, 2 / 4),
    )


def test_district_growth(ask: Ask) -> None:
    expect(
        ask("district_growth"),
        "district_code district year kub members founded closed",
        ("99.01.01", "Tulis", 2015, 1, 10, 1, 0),
        ("99.01.01", "Tulis", 2016, 2, 10, 1, 0),
        ("99.01.01", "Tulis", 2017, 3, 20, 1, 0),
        ("99.01.01", "Tulis", 2018, 2, 14, 0, 1),
        ("99.01.02", "Subah", 2015, 0, 0, 0, 0),
        ("99.01.02", "Subah", 2016, 1, 0, 1, 0),
        ("99.01.02", "Subah", 2017, 1, 20, 0, 0),
        ("99.01.02", "Subah", 2018, 1, 20, 0, 0),
    )


def test_district_growth_adds_up_to_growth(ask: Ask) -> None:
    expect(
        ask("growth", programme="singkat"),
        "year as_of provisional founded closed active",
        (2017, date(2017, 8, 1), True, 1, 1, 0),
    )
    expect(
        ask("district_growth", programme="singkat"),
        "year district kub founded closed",
        (2017, "Tulis", 0, 1, 1),
    )


def test_villages(ask: Ask) -> None:
    # Two active KUB of 2,000 residents are 10 of 10,000. A tie of sectors goes to makanan.
    expect(
        ask("villages"),
        "village_code village district kub members women_share main_sector first_founded_on last_founded_on population"
        " kub_per_10k population_year unreported is_target",
        (
            SUKOREJO,
            "Sukorejo",
            "Tulis",
            2,
            14,
            None,
            "makanan",
            date(2015, 3, 1),
            date(2017, 1, 1),
            2000,
            10.0,
            2020,
            1,
            True,
        ),
        (WONOKERSO, "Wonokerso", "Tulis", 0, 0, None, None, None, None, None, None, None, 0, True),
        (
            WONOKERSO_SUBAH,
            "Wonokerso",
            "Subah",
            1,
            20,
            0.25,
            "koperasi",
            *[date(2016, 7, 1)] * 2,
            4000,
            2.5,
            2018,
            0,
            False,
        ),
        (JATI, "Jati", "Subah", 0, 0, None, None, None, None, None, None, None, 0, False),
    )
    expect(
        ask("village_sectors", until=2017),
        "village_code sector kub members",
        (SUKOREJO, "makanan", 2, 20),
        (SUKOREJO, "kerajinan", 1, 0),
        (WONOKERSO_SUBAH, "koperasi", 1, 20),
    )


def test_gaps(ask: Ask) -> None:
    names = "village_code village district"
    expect(ask("gaps"), names, (WONOKERSO, "Wonokerso", "Tulis"), (JATI, "Jati", "Subah"))
    expect(
        ask("gaps", sectors=("koperasi",), denominator="target"),
        "village_code",
        (SUKOREJO,),
        (WONOKERSO,),
    )


def test_village_kub(ask: Ask) -> None:
    names = "kub_id name village active closed_on members women reported_on"
    closed = ("B", "Mawar", "Sukorejo", False, date(2018, 6, 30), 8, 4, date(2017, 6, 30))
    expect(
        ask("village_kub"),
        names,
        ("C", "Anggrek", "Sukorejo", True, None, None, None, None),
        ("D", "Makmur", "Wonokerso", True, None, 20, 5, date(2017, 12, 31)),
        ("A", "Melati", "Sukorejo", True, None, 14, None, date(2018, 9, 30)),
        closed,
    )
    # In 2017 nobody could know that B would close.
    expect(
        ask("village_kub", until=2017, villages=(SUKOREJO,)),
        "kub_id active closed_on",
        *[(k, True, None) for k in "CBA"],
    )


def test_specialisation(ask: Ask) -> None:
    names = "village_code village district kub members diversity sector share lq"
    expect(
        ask("specialisation"),
        names,
        (SUKOREJO, "Sukorejo", "Tulis", 2, 14, 2.0, "makanan", 1 / 2, 1.5),
        (WONOKERSO_SUBAH, "Wonokerso", "Subah", 1, 20, 1.0, "koperasi", 1.0, 3.0),
    )


def test_equal_quotients_go_to_the_sector_listed_first(ask: Ask) -> None:
    found = ask("specialisation", programme="seri", villages=(SUKOREJO,))
    expect(found, "kub sector share lq", (5, "makanan", 3 / 5, 6 / 5))


def test_a_filter_of_sectors_narrows_both_shares(ask: Ask) -> None:
    found = ask("specialisation", programme="seri", sectors=("kerajinan", "koperasi"))
    expect(found, "kub sector share lq", (2, "kerajinan", 1.0, 3 / 2), (1, "koperasi", 1.0, 3.0))
    assert {row["lq"] for row in ask("specialisation", sectors=("makanan",))} == {1.0}
