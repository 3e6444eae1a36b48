"""The filter bar beside a page, and the chips above it: both say what the link says."""

from pathlib import Path

import duckdb
import pytest

from kub.store.data import Data
from kub.ui import chips as chips_of
from kub.ui import filters
from tests.support import small
from tests.support.bar import bar
from tests.support.blocks import press
from tests.support.screens import chips, link, run, scope, start
from tests.support.small import KANDEMAN, LIMPUNG, TOWN, TWIN, UJUNGNEGORO, WONOKERSO


def test_the_bar_says_what_the_link_says(folder: Path) -> None:
    app = start(folder, districts=KANDEMAN, until="2020", sectors=["koperasi", "makanan"])
    shown = bar(app)
    assert shown.value("districts") == [KANDEMAN]
    assert shown.value("sectors") == ["makanan", "koperasi"]
    assert (shown.value("since"), shown.value("until")) == (None, 2020)
    assert scope(app) == "Kecamatan Kandeman · Makanan dan Koperasi simpan pinjam · sampai 2020"
    assert chips(app) == ["Kec. Kandeman", "Makanan", "Koperasi simpan pinjam", "sampai 2020"]


def test_back_brings_the_bar_back(folder: Path) -> None:
    app = start(folder, villages=UJUNGNEGORO)
    del app.query_params["villages"]
    run(app)
    assert bar(app).value("villages") == []
    assert scope(app) == "Kabupaten Batang"
    assert link(app) == {}


def test_its_names_are_those_that_others_rely_on(folder: Path) -> None:
    app = start(folder)
    names = ("programme", "districts", "villages", "sectors", "since", "until")
    wanted = ["Program", "Kecamatan", "Desa", "Sektor", "Sejak tahun", "Sampai tahun"]
    assert [bar(app).label(name) for name in names] == wanted


def test_villages_are_those_of_the_districts(folder: Path) -> None:
    app = start(folder)
    assert bar(app).options("villages") == [
        "Kauman",
        "Ujungnegoro",
        "Wonokerso (Kandeman)",
        "Wonokerso (Limpung)",
    ]
    app = start(folder, districts=LIMPUNG, villages=TWIN)
    assert bar(app).options("villages") == ["Wonokerso (Limpung)"]
    assert bar(app).value("villages") == [TWIN]


def test_what_is_chosen_among_too_many_brings_its_name_along(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST_OPTIONS", 3)
    app = start(folder, villages=TOWN)
    assert bar(app).state["names"] == {TOWN: "Kauman"}


def test_only_a_small_part_of_the_bar_comes_with_each_run(folder: Path) -> None:
    app = start(folder, districts=KANDEMAN, villages=UJUNGNEGORO, sectors="makanan")
    [element] = [e for e in app.get("bidi_component") if "chosen" in (e.proto.json or "")]
    assert len(element.proto.SerializeToString()) < 1_000


def test_a_single_programme_needs_no_choice(folder: Path) -> None:
    version = small.write(folder / "data", "20261127T031500000000Z")
    with duckdb.connect(version.path) as con:
        con.execute("DELETE FROM programme WHERE programme_id = $b", {"b": small.B})
        con.execute("DELETE FROM village WHERE programme_id = $b", {"b": small.B})
    app = start(folder)
    assert len(bar(app).offer["programmes"]) == 1
    assert scope(app) == "Kabupaten Batang"


def test_each_chip_clears_one_filter(folder: Path) -> None:
    app = start(
        folder,
        districts=KANDEMAN,
        villages=UJUNGNEGORO,
        sectors="makanan",
        since="2016",
        denominator="target",
    )
    assert chips(app) == ["Kec. Kandeman", "Ujungnegoro", "Makanan", "sejak 2016", "Desa sasaran"]
    for left in (4, 3, 2, 1, 0):
        press(app, chips(app)[left])
        assert len(chips(app)) == left
    assert link(app) == {}


def test_many_of_a_kind_are_one_chip(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chips_of, "MOST_CHIPS", 2)
    app = start(folder, villages=[TOWN, UJUNGNEGORO, WONOKERSO])
    assert chips(app) == ["3 desa"]
    press(app, chips(app)[0])
    assert link(app) == {}


def test_a_programme_without_target_villages_has_no_denominator_to_choose(folder: Path) -> None:
    assert len(bar(start(folder)).options("denominator")) == 2
    assert bar(start(folder, programme=small.B)).options("denominator") == []
    # A link may still say one; it can then be taken back.
    assert bar(start(folder, programme=small.B, denominator="target")).options("denominator")


def test_the_analysts_switch_is_there_where_it_changes_something(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bar(start(folder)).analyst is None
    monkeypatch.setattr(Data, "withholds", property(lambda _: True))
    assert bar(start(folder)).analyst is False
    monkeypatch.setenv("KUB_ANALYST", "no")
    assert bar(start(folder)).analyst is None
