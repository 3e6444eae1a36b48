"""Benchmark cards in versions: beside workbooks, replaced, kept, and never in place of records."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from kub.records import Checked, Programme
from kub.store import database, opening, replaced
from kub.store.cards import CARD_TABLES
from kub.store.data import Data
from kub.store.summary import summary
from kub.store.versions import Version
from queries.filters import Filters
from tests.support import versions
from tests.support.cards import of_records, opened, shared
from tests.support.database import programme
from tests.support.older import without_rows
from tests.support.tiny import TINY
from tests.twins.rows import Kub, Records, Report, Village


def small(members: int = 10, sample: bool = False) -> Programme:
    """The card of a programme of one KUB."""
    rows = Records(
        "jauh",
        (Village("99.01.01.2001", "Satu", "99.01.01", "Tulis"),),
        (Kub("K1", "99.01.01.2001", "makanan", date(2015, 3, 1)),),
        (Report("K1", date(2016, 11, 30), members),),
        is_sample=sample,
    )
    return shared(of_records(rows), "jauh")


def members(version: Version, programme_id: str) -> int:
    return versions.members(version, programme_id)


def test_a_card_stands_beside_workbooks_and_is_replaced_and_kept(tmp_path: Path) -> None:
    first = database.build([versions.records("dekat"), small(10)], tmp_path)
    assert (members(first, "dekat"), members(first, "jauh")) == (10, 10)
    again = database.build([small(12)], tmp_path)
    assert (members(again, "dekat"), members(again, "jauh")) == (10, 12)
    later = database.build([versions.records("dekat", 11)], tmp_path)
    data = Data.open(later)
    assert (members(later, "dekat"), members(later, "jauh")) == (11, 12)
    assert {code: p.is_card for code, p in data.programmes.items()} == {
        "dekat": False,
        "jauh": True,
    }
    assert summary(later)["rows"]["card"] == 1
    # Records may take its place: then it is a card no more.
    full = database.build([versions.records("jauh", 9)], tmp_path)
    assert not Data.open(full).programmes["jauh"].is_card
    assert summary(full)["rows"]["card_year"] == 0


def test_the_card_of_invented_records_is_a_sample(tmp_path: Path) -> None:
    database.build([versions.records("contoh", sample=True), small(sample=True)], tmp_path)
    data = Data.open(database.build([versions.records("dekat")], tmp_path))
    assert list(data.programmes) == ["dekat"]


def test_records_come_before_cards(tmp_path: Path) -> None:
    data = Data.open(database.build([small(), versions.records("dekat")], tmp_path))
    assert list(data.programmes) == ["dekat", "jauh"] and data.default.programme_id == "dekat"


@pytest.mark.parametrize("copied", [True, False])
def test_a_version_read_in_place_has_its_cards(
    copied: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = database.build([versions.records("dekat"), small()], tmp_path)
    if not copied:
        monkeypatch.setattr(opening, "COPY_BELOW_BYTES", 0)
        monkeypatch.setattr(opening, "PACK_FROM_FACTS", 0)
    data = Data.open(version)
    assert data.ask("headline", Filters("jauh"))["members"].tolist() == [10]
    assert set(CARD_TABLES) <= set(data.dictionary()["table"])
    assert data.dictionary()["table_comment"].str.count(r" \| ").eq(1).all()


def test_a_version_of_before_has_no_cards_and_takes_one(tmp_path: Path) -> None:
    version = database.build([versions.records("dekat")], tmp_path)
    older = tmp_path / "versions" / "kub-20200101T000000000000Z-a1b2c3d4e5f6.duckdb"
    older.write_bytes(version.path.read_bytes())
    with duckdb.connect(older) as con:
        without_rows(con)
        con.execute("".join(f"DROP TABLE {table};" for table in CARD_TABLES))
        con.execute("DROP TABLE kub_money; DROP SCHEMA money CASCADE")
        con.execute("UPDATE version SET schema_number = 2")
    assert not Data.open(Version(older)).programmes["dekat"].is_card
    assert replaced.standing(Version(older))["dekat"].years is None
    (tmp_path / "current").write_text(f"{older.name}\n")
    assert members(database.build([small()], tmp_path), "dekat") == 10


def test_a_card_never_takes_the_place_of_records(tmp_path: Path) -> None:
    card = small()
    full = database.build([versions.records("jauh")], tmp_path)
    before = replaced.standing(full)
    [problem] = replaced.checked_against(Checked([card], []), before).problems
    assert (problem.rule, problem.sheet, problem.value) == (
        "card_over_records",
        "datapackage.json",
        "jauh",
    )
    # But that of another card, or of invented records; and records may take that of a card.
    beside = replaced.standing(database.build([card], tmp_path / "other"))
    assert beside["jauh"].years == 2 and replaced.coming(card).years == 2
    assert replaced.checked_against(Checked([card], []), beside).ok
    assert replaced.checked_against(Checked([versions.records("jauh")], []), beside).ok


def test_kelurahan_and_residents_come_with_the_card() -> None:
    data = opened(
        database.build_connection([shared(of_records(TINY), "contoh"), programme(TINY)][:1])
    )
    assert data.ask("headline", Filters())["villages"].tolist() == [4]
