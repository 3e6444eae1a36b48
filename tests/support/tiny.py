"""One tiny programme, small enough to compute every figure by hand.

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

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import duckdb

import queries
from queries.filters import Filters
from tests import twins
from tests.support.database import connection
from tests.support.frames import Row, differences, rows
from tests.twins.rows import Kub, Library, Published, Records, Report, Village

SUKOREJO, WONOKERSO, WONOKERSO_SUBAH, JATI = (
    "99.01.01.2001",
    "99.01.01.2002",
    "99.01.02.2001",
    "99.01.02.2002",
)
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
    villages=(
        Village(SUKOREJO, "Sukorejo", "99.01.01", "Tulis"),
        Village(JATI, "Jati", "99.01.02", "Subah"),
    ),
    kubs=tuple(
        Kub(f"K{n}", JATI if sector == "koperasi" else SUKOREJO, sector, date(2017, 1, 1))
        for n, sector in enumerate(["kerajinan"] * 2 + ["makanan"] * 3 + ["koperasi"])
    ),
)
# One KUB that no year's end saw. Without any report the newest date is its closing.
BRIEF = Records(
    "singkat",
    villages=(
        Village(SUKOREJO, "Sukorejo", "99.01.01", "Tulis"),
        Village(JATI, "Jati", "99.01.02", "Subah"),
    ),
    kubs=(Kub("K", SUKOREJO, "makanan", date(2017, 2, 1), date(2017, 8, 1)),),
)
Ask = Callable[..., list[Row]]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return connection((TINY, TIED, BRIEF))


def by_sql(question: str, programme: str = "contoh", **chosen: Any) -> list[Row]:
    """The answer of queries/."""
    return rows(queries.ask(_database(), question, Filters(programme, **chosen), role="analyst"))


def by_twin(question: str, programme: str = "contoh", **chosen: Any) -> list[Row]:
    """The answer of the slow twin."""
    return twins.answer(question, (TINY, TIED, BRIEF), Filters(programme, **chosen))


def expect(found: list[Row], names: str, *expected: tuple[object, ...]) -> None:
    """The named columns of an answer are exactly these rows, in this order."""
    wrong = differences(found, [dict(zip(names.split(), row, strict=True)) for row in expected])
    assert not wrong, wrong
