"""A small version file, written straight into the tables: two regencies, twins by name, a handful
of KUB.

For tests of screens and links, which need names and a few figures but no workbook.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest

import queries
from kub.store import money_cells
from kub.store.data import Data
from kub.store.opening import FACT_SINCE
from kub.store.versions import SCHEMA_NUMBER, Version, point_to

A, B = "kub-a", "kub-b"
KANDEMAN, LIMPUNG = "33.25.13", "33.25.05"
# Wonokerso stands twice in Batang; 33.25.13.1001 is made a kelurahan here.
WONOKERSO, TWIN, UJUNGNEGORO, TOWN = (
    "33.25.13.2009",
    "33.25.05.2006",
    "33.25.13.2001",
    "33.25.13.1001",
)
VILLAGES = (
    (A, WONOKERSO, "Wonokerso", KANDEMAN, "Kandeman", True),
    (A, UJUNGNEGORO, "Ujungnegoro", KANDEMAN, "Kandeman", True),
    (A, TOWN, "Kauman", KANDEMAN, "Kandeman", False),
    (A, TWIN, "Wonokerso", LIMPUNG, "Limpung", False),
    (B, "99.01.01.2001", "Contoh Satu", "99.01.01", "Contoh Timur", False),
)
KUB = (
    (A, "K1", WONOKERSO, "makanan", date(2015, 3, 1), 20),
    (A, "K2", WONOKERSO, "kerajinan", date(2017, 6, 1), 12),
    (A, "K3", UJUNGNEGORO, "koperasi", date(2018, 1, 9), 30),
    (A, "K4", TWIN, "makanan", date(2020, 8, 17), 10),
    (B, "K1", "99.01.01.2001", "lainnya", date(2021, 2, 2), 15),
)
NEWEST = date(2023, 6, 30)


# As many villages as a country has, a dozen to a district, 2,000 names; every third has a KUB.
COUNTRY = """
CREATE TEMP TABLE place AS
SELECT printf('99.%02d.%02d', 10 + i // 1200, i // 12 % 100) AS district_code, i,
  printf('%s.%d', district_code, 2001 + i % 12) AS village_code,
  ['Suka', 'Karang', 'Wono', 'Sumber', 'Tanjung'][1 + i % 5]
    || ['maju', 'jaya', 'sari', 'rejo'][1 + i // 5 % 4] || ' ' || i % 2000 AS village,
  'Kecamatan ' || i // 12 AS district
FROM range($villages) t(i);
INSERT INTO village (programme_id, village_code, village, district_code, district, is_target)
SELECT 'kub-b', village_code, village, district_code, district, false FROM place;
INSERT INTO kub SELECT 'kub-b', 'V' || i, 'KUB V' || i, village_code, 'makanan',
  NULL, DATE '2022-02-02', NULL, NULL FROM place WHERE i % 3 = 0
"""


def fill(con: duckdb.DuckDBPyConnection, sample: bool = True, villages: int = 0) -> None:
    """Put everything into an empty database.

    sample: whether the programmes say they are invented. villages: more of them for the second
    programme, up to those of a country.
    """
    con.execute(queries.model("types"))
    con.execute(queries.model("schema"))
    con.execute(queries.model("sheets"))
    con.execute(queries.model("cards"))
    con.executemany(
        "INSERT INTO programme VALUES (?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
        [
            (A, "Program A", "33.25", "Kabupaten Batang", "Pelaksana A", sample, 1),
            (B, "Program B", "99.01", "Kabupaten Contoh A", "Pelaksana B", True, 2),
        ],
    )
    con.executemany(
        """INSERT INTO village (programme_id, village_code, village, district_code, district, is_target)
        VALUES (?, ?, ?, ?, ?, ?)""",
        VILLAGES,
    )
    for programme_id, kub_id, village_code, sector, founded_on, members in KUB:
        con.execute(
            "INSERT INTO kub VALUES (?, ?, ?, ?, ?, NULL, ?, NULL, NULL)",
            [programme_id, kub_id, f"KUB {kub_id}", village_code, sector, founded_on],
        )
        con.execute(
            "INSERT INTO kub_report VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL)",
            [programme_id, kub_id, NEWEST, members, members // 2],
        )
    for statement in COUNTRY.split(";") if villages else ():
        con.execute(statement, {"villages": villages} if "$villages" in statement else None)
    con.execute("INSERT INTO version VALUES (?, ?, 'test')", [SCHEMA_NUMBER, date(2026, 11, 24)])
    con.execute(queries.model("facts"))
    for fact in FACT_SINCE:
        con.execute(queries.model(fact))
    money_cells.protect(con)


@contextmanager
def opened() -> Iterator[Data]:
    """The same in memory, as screens see it."""
    with duckdb.connect() as con:
        fill(con)
        yield Data(Version(Path("kub-20261124T031500Z-a1b2c3d4e5f6.duckdb")), con)


def write(
    folder: Path, stamp: str = "20261124T031500000000Z", sample: bool = True, villages: int = 0
) -> Version:
    """A data folder with one more version, in use from now on."""
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    version = Version(folder / "versions" / f"kub-{stamp}-a1b2c3d4e5f6.duckdb")
    with duckdb.connect(version.path) as con:
        fill(con, sample, villages)
    point_to(folder, version)
    return version


def in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, with a data folder in it that is the one in use (KUB_DATA) during the test."""
    monkeypatch.setenv("KUB_DATA", str(folder / "data"))
    write(folder / "data")
    return folder
