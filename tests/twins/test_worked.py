"""Figures computed by hand for the tiny programme of tests/support/tiny.py;
the SQL and its twin must both give them.
"""

from datetime import date
from math import exp, log

import pytest

from tests.support.tiny import JATI, Ask, by_sql, by_twin, expect

pytestmark = pytest.mark.parametrize("ask", (by_sql, by_twin))


def test_headline(ask: Ask) -> None:
    names = "as_of provisional kub members members_per_kub women_share women_known_share reported unreported"
    expect(ask("headline"), names, (date(2018, 9, 30), True, 3, 34, 34 / 3, 5 / 20, 20 / 34, 1, 1))
    expect(
        ask("headline", until=2017),
        names,
        (date(2017, 12, 31), False, 4, 40, 10.0, 18 / 40, 1.0, 3, 1),
    )
    names = "villages villages_covered coverage sectors diversity founded closed"
    # Three sectors with one KUB each are three effective sectors.
    expect(ask("headline"), names, (4, 2, 2 / 4, 3, 3.0, 0, 1))
    # makanan 2 of 4, kerajinan and koperasi 1 of 4: exp(0.5 ln 2 + 0.5 ln 4).
    expect(
        ask("headline", until=2017), names, (4, 2, 2 / 4, 3, exp(0.5 * log(2) + 0.5 * log(4)), 1, 0)
    )


def test_headline_before_the_first_founding_is_zero(ask: Ask) -> None:
    names = "as_of provisional kub members members_per_kub women_share women_known_share villages coverage diversity"
    expect(
        ask("headline", until=2014),
        names,
        (date(2014, 12, 31), False, 0, 0, None, None, None, 4, 0.0, None),
    )
    for question in (
        "growth",
        "sector_years",
        "coverage_years",
        "district_growth",
        "survival",
        "village_kub",
    ):
        assert ask(question, until=2014) == []
    expect(
        ask("villages", until=2014),
        "kub main_sector kub_per_10k",
        *[(0, None, per_10k) for per_10k in (0, None, 0, None)],
    )


def test_growth(ask: Ask) -> None:
    names = "year as_of provisional founded closed active members women_share reported unreported"
    every_year = (
        (2015, date(2015, 12, 31), False, 1, 0, 1, 10, 6 / 10, 1, 0),
        (2016, date(2016, 12, 31), False, 2, 0, 3, 10, 6 / 10, 0, 2),
        (2017, date(2017, 12, 31), False, 1, 0, 4, 40, 18 / 40, 3, 1),
        (2018, date(2018, 9, 30), True, 0, 1, 3, 34, 5 / 20, 1, 1),
    )
    expect(ask("growth"), names, *every_year)
    expect(ask("growth", since=2016, until=2017), names, *every_year[1:3])
    # The years are the programme's, whatever the sector.
    expect(
        ask("growth", sectors=("lainnya",)),
        "year active",
        *[(year, 0) for year in (2015, 2016, 2017, 2018)],
    )


def test_survival(ask: Ask) -> None:
    # Days observed: A 1309, D 821, C 637, B closed after 546, when all four were under observation.
    # Two years are 730.5 days, three 1095.75, four 1461.
    expect(
        ask("survival"),
        "years at_risk survival",
        (0, 4, 1.0),
        (1, 4, 1.0),
        (2, 2, 3 / 4),
        (3, 1, 3 / 4),
    )
    # On 31 December 2017 nobody had closed: A 1036 days, D 548, B 365, C 364.
    expect(
        ask("survival", until=2017), "years at_risk survival", (0, 4, 1.0), (1, 2, 1.0), (2, 1, 1.0)
    )


def test_sectors(ask: Ask) -> None:
    names = "sector kub members share members_share programme_share lq"
    expect(
        ask("sectors", districts=("99.01.01",)),
        names,
        ("makanan", 1, 14, 1 / 2, 1.0, 1 / 3, 1.5),
        ("kerajinan", 1, 0, 1 / 2, 0.0, 1 / 3, 1.5),
        ("laundry", 0, 0, 0.0, 0.0, 0.0, None),
        ("koperasi", 0, 0, 0.0, 0.0, 1 / 3, 0.0),
        ("lainnya", 0, 0, 0.0, 0.0, 0.0, None),
    )


def test_sector_years(ask: Ask) -> None:
    found = [row for row in ask("sector_years", since=2016) if row["kub"]]
    expect(
        found,
        "year sector kub members",
        (2016, "makanan", 2, 10),
        (2016, "koperasi", 1, 0),
        (2017, "makanan", 2, 20),
        (2017, "kerajinan", 1, 0),
        (2017, "koperasi", 1, 20),
        (2018, "makanan", 1, 14),
        (2018, "kerajinan", 1, 0),
        (2018, "koperasi", 1, 20),
    )
    assert len(ask("sector_years")) == 4 * 5


def test_activities(ask: Ask) -> None:
    found = ask("activities")
    expect(
        found,
        "sector activity kub members",
        ("makanan", "keripik", 1, 14),
        ("kerajinan", "anyaman", 1, 0),
        ("koperasi", None, 1, 20),
    )


def test_reconcile_counts_on_the_very_date(ask: Ask) -> None:
    # B counts from the day after the first figure, and no longer on the day of the last two.
    expect(
        ask("reconcile", sectors=("laundry",), villages=(JATI,)),
        "date indicator published recorded difference definition source",
        (date(2016, 12, 30), "kub", 2, 2, 0, "partly", "berita"),
        (date(2017, 12, 31), "anggota", 40, 40, 0, "partly", "berita"),
        (date(2017, 12, 31), "kub", 5, 4, -1, "partly", "berita"),
        (date(2018, 6, 30), "desa", 3, 2, -1, "partly", "laporan"),
        (date(2018, 6, 30), "perpustakaan", 2, 2, 0, "yes", "laporan"),
    )
    expect(ask("reconcile", since=2016, until=2016), "recorded", (2,))
