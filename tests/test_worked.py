"""One tiny programme, every figure computed by hand; both the SQL and its twin must give it.

Newest report: 2018-09-30, so 2018 is provisional and looked at on that day. The five KUB:

    A makanan   Sukorejo          2015-03-01              10 (6 women) -> 12 (9) -> 14 (not stated)
    B makanan   Sukorejo          2016-12-31..2018-06-30   8 (4 women)
    C kerajinan Sukorejo          2017-01-01              never reported
    D koperasi  Wonokerso (Subah) 2016-07-01              20 (5 women)
    E laundry   Sukorejo          2018-11-01              founded after the newest report: not counted

    year  as of       active      members             women             reported in the year
    2015  2015-12-31  A           10                   6 of 10          A
    2016  2016-12-31  A B D       10 (B, D none yet)   6 of 10          nobody
    2017  2017-12-31  A B C D     12 + 8 + 20 = 40    18 of 40          A B D
    2018  2018-09-30  A C D       14 + 20 = 34         5 of 20 (D)      A
"""

from collections.abc import Callable, Iterator
from datetime import date
from math import exp, log

import pytest

import queries
from queries.filters import Filters
from tests import plain
from tests.frames import Row, differences, rows
from tests.loaded import connection
from tests.plain.rows import Kub, Library, Published, Records, Report, Village

SUKOREJO, WONOKERSO, WONOKERSO_SUBAH, JATI = "99.01.01.2001", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002"
TINY = Records(
    "contoh",
    villages=(
        Village(SUKOREJO, "Sukorejo", "99.01.01", "Tulis", True, 2000, 2020),
        Village(WONOKERSO, "Wonokerso", "99.01.01", "Tulis", True),
        Village(WONOKERSO_SUBAH, "Wonokerso", "99.01.02", "Subah", False, 4000, 2018),
        Village(JATI, "Jati", "99.01.02", "Subah", False),
    ),
    kubs=(
        Kub("A", SUKOREJO, "makanan", date(2015, 3, 1), None, "Melati", "keripik"),
        Kub("B", SUKOREJO, "makanan", date(2016, 12, 31), date(2018, 6, 30), "Mawar", "tempe"),
        Kub("C", SUKOREJO, "kerajinan", date(2017, 1, 1), None, "Anggrek", "anyaman"),
        Kub("D", WONOKERSO_SUBAH, "koperasi", date(2016, 7, 1), None, "Makmur"),
        Kub("E", SUKOREJO, "laundry", date(2018, 11, 1), None, "Bersih"),
    ),
    reports=(
        Report("A", date(2015, 12, 31), 10, 6),
        Report("A", date(2017, 12, 31), 12, 9),
        Report("A", date(2018, 9, 30), 14),
        Report("B", date(2017, 6, 30), 8, 4),
        Report("D", date(2017, 12, 31), 20, 5),
    ),
    libraries=(
        Library("P1", SUKOREJO, date(2017, 1, 1)),
        Library("P2", JATI, date(2018, 6, 30)),
        Library("P3", JATI, date(2018, 7, 1)),
    ),
    published=(
        Published(date(2018, 6, 30), "perpustakaan", 2, "laporan"),
        Published(date(2018, 6, 30), "desa", 3, "laporan"),
        Published(date(2017, 12, 31), "kub", 5, "berita"),
        Published(date(2017, 12, 31), "anggota", 40, "berita"),
        Published(date(2016, 12, 30), "kub", 2, "berita"),
    ),
)
# Six KUB; all makanan and all kerajinan are in one village, so both quotients are exactly 6/5. As
# quotients of rounded shares the second comes out larger by one bit.
TIED = Records(
    "seri",
    villages=(Village(SUKOREJO, "Sukorejo", "99.01.01", "Tulis"), Village(JATI, "Jati", "99.01.02", "Subah")),
    kubs=tuple(
        Kub(f"K{n}", JATI if sector == "koperasi" else SUKOREJO, sector, date(2017, 1, 1))
        for n, sector in enumerate(["kerajinan"] * 2 + ["makanan"] * 3 + ["koperasi"])
    ),
)
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module", params=["sql", "twin"])
def ask(request: pytest.FixtureRequest) -> Iterator[Ask]:
    """Asks a question of contoh (or another programme=) and gives plain rows."""
    with connection((TINY, TIED)) as con:

        def answer(question: str, programme: str = "contoh", **chosen: object) -> list[Row]:
            filters = Filters(programme, **chosen)
            if request.param == "twin":
                return plain.answer(question, (TINY, TIED), filters)
            return rows(queries.ask(con, question, filters))

        yield answer


def expect(found: list[Row], names: str, *expected: tuple[object, ...]) -> None:
    """The named columns of an answer are exactly these rows."""
    assert not differences(found, [dict(zip(names.split(), row, strict=True)) for row in expected])


def test_headline(ask: Ask) -> None:
    names = "as_of provisional kub members members_per_kub women_share women_known_share reported unreported"
    expect(ask("headline"), names, (date(2018, 9, 30), True, 3, 34, 34 / 3, 5 / 20, 20 / 34, 1, 1))
    expect(ask("headline", until=2017), names, (date(2017, 12, 31), False, 4, 40, 10.0, 18 / 40, 1.0, 3, 1))
    names = "villages villages_covered coverage sectors diversity founded closed"
    # Three sectors with one KUB each are three effective sectors.
    expect(ask("headline"), names, (4, 2, 2 / 4, 3, 3.0, 0, 1))
    # makanan 2 of 4, kerajinan and koperasi 1 of 4: exp(0.5 ln 2 + 0.5 ln 4).
    expect(ask("headline", until=2017), names, (4, 2, 2 / 4, 3, exp(0.5 * log(2) + 0.5 * log(4)), 1, 0))


def test_headline_before_the_first_founding_is_zero(ask: Ask) -> None:
    names = "as_of provisional kub members members_per_kub women_share women_known_share villages coverage diversity"
    expect(ask("headline", until=2014), names, (date(2014, 12, 31), False, 0, 0, None, None, None, 4, 0.0, None))
    for question in ("growth", "sector_years", "coverage_years", "district_growth", "survival", "village_kub"):
        assert ask(question, until=2014) == []
    expect(ask("villages", until=2014), "kub main_sector kub_per_10k", *[(0, None, per_10k) for per_10k in (0, None, 0, None)])


def test_target_villages_change_the_denominator_and_no_count(ask: Ask) -> None:
    names = "kub members villages villages_covered coverage"
    expect(ask("headline", denominator="target"), names, (3, 34, 2, 1, 1 / 2))


def test_districts_and_villages_together_mean_both(ask: Ask) -> None:
    names = "kub villages coverage"
    expect(ask("headline", districts=("99.01.01",), villages=(SUKOREJO, JATI)), names, (2, 1, 1.0))
    expect(ask("headline", districts=("99.01.01",), villages=(JATI,)), names, (0, 0, None))


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
    expect(ask("growth", sectors=("lainnya",)), "year active", *[(year, 0) for year in (2015, 2016, 2017, 2018)])


def test_survival(ask: Ask) -> None:
    # Days observed: A 1309, D 821, C 637, B closed after 546, when all four were under observation.
    # Two years are 730.5 days, three 1095.75, four 1461.
    expect(ask("survival"), "years at_risk survival", (0, 4, 1.0), (1, 4, 1.0), (2, 2, 3 / 4), (3, 1, 3 / 4))
    # On 31 December 2017 nobody had closed: A 1036 days, D 548, B 365, C 364.
    expect(ask("survival", until=2017), "years at_risk survival", (0, 4, 1.0), (1, 2, 1.0), (2, 1, 1.0))


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
    expect(found, "sector activity kub members", ("makanan", "keripik", 1, 14), ("kerajinan", "anyaman", 1, 0), ("koperasi", None, 1, 20))


def test_coverage(ask: Ask) -> None:
    names = "district_code district villages covered share kub"
    expect(ask("coverage"), names, ("99.01.01", "Tulis", 2, 1, 1 / 2, 2), ("99.01.02", "Subah", 2, 1, 1 / 2, 1))
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


def test_villages(ask: Ask) -> None:
    # Two active KUB of 2,000 residents are 10 of 10,000. A tie of sectors goes to makanan.
    expect(
        ask("villages"),
        "village_code village district kub members women_share main_sector first_founded_on last_founded_on population"
        " kub_per_10k population_year unreported is_target",
        (SUKOREJO, "Sukorejo", "Tulis", 2, 14, None, "makanan", date(2015, 3, 1), date(2017, 1, 1), 2000, 10.0, 2020, 1, True),
        (WONOKERSO, "Wonokerso", "Tulis", 0, 0, None, None, None, None, None, None, None, 0, True),
        (WONOKERSO_SUBAH, "Wonokerso", "Subah", 1, 20, 0.25, "koperasi", *[date(2016, 7, 1)] * 2, 4000, 2.5, 2018, 0, False),
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
    expect(ask("gaps", sectors=("koperasi",), denominator="target"), "village_code", (SUKOREJO,), (WONOKERSO,))


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
    expect(ask("village_kub", until=2017, villages=(SUKOREJO,)), "kub_id active closed_on", *[(k, True, None) for k in "CBA"])


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
