"""Filters and chips: every click goes into the link, and the link is what every widget says."""

from pathlib import Path

import duckdb
import pytest

from kub.ui import filters
from tests.support import small
from tests.support.screens import chips, link, run, scope, start
from tests.support.small import KANDEMAN, LIMPUNG, TOWN, TWIN, UJUNGNEGORO, WONOKERSO


def test_a_filter_goes_into_the_link_and_shows_as_chip_and_scope(folder: Path) -> None:
    app = start(folder)
    app.multiselect(key="filter-districts").select(KANDEMAN)
    run(app)
    assert link(app) == {"districts": KANDEMAN}
    assert scope(app) == "Kecamatan Kandeman"
    assert chips(app) == ["Kec\\. Kandeman"]
    app.selectbox(key="filter-until").select(2020)
    app.multiselect(key="filter-sectors").select("makanan").select("koperasi")
    run(app)
    assert link(app) == {"districts": KANDEMAN, "sectors": ["makanan", "koperasi"], "until": "2020"}
    assert scope(app) == "Kecamatan Kandeman · Makanan dan Koperasi simpan pinjam · sampai 2020"


def test_two_quick_clicks_do_not_lose_the_first(folder: Path) -> None:
    """The second click reaches the server with the address from before the first."""
    app = start(folder)
    app.multiselect(key="filter-districts").select(KANDEMAN)
    run(app)
    del app.query_params["districts"]
    app.multiselect(key="filter-sectors").select("makanan")
    run(app)
    assert link(app) == {"districts": KANDEMAN, "sectors": "makanan"}


def test_back_sets_the_widgets_to_what_the_link_says(folder: Path) -> None:
    app = start(folder)
    app.multiselect(key="filter-villages").select(UJUNGNEGORO)
    run(app)
    del app.query_params["villages"]
    run(app)
    assert app.multiselect(key="filter-villages").value == []
    assert scope(app) == "Kabupaten Batang"
    assert link(app) == {}


def test_villages_are_those_of_the_districts_and_go_with_them(folder: Path) -> None:
    app = start(folder, villages=[TWIN, WONOKERSO])
    assert app.multiselect(key="filter-villages").options == [
        "Kauman",
        "Ujungnegoro",
        "Wonokerso (Kandeman)",
        "Wonokerso (Limpung)",
    ]
    app.multiselect(key="filter-districts").select(LIMPUNG)
    run(app)
    assert link(app) == {"districts": LIMPUNG, "villages": TWIN}
    assert app.multiselect(key="filter-villages").options == ["Wonokerso (Limpung)"]
    assert app.multiselect(key="filter-villages").value == [TWIN]
    assert not app.warning


def test_too_many_villages_ask_for_a_district_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST_OPTIONS", 3)
    app = start(folder, villages=TOWN)
    villages = app.multiselect(key="filter-villages")
    assert (villages.disabled, villages.options, villages.placeholder) == (
        True,
        ["Kauman"],
        "Pilih kecamatan dahulu",
    )
    assert scope(app) == "Kelurahan Kauman"
    app.multiselect(key="filter-districts").select(KANDEMAN)
    run(app)
    assert not app.multiselect(key="filter-villages").disabled


def test_a_single_programme_needs_no_choice(folder: Path) -> None:
    version = small.write(folder / "data", "20261127T031500000000Z")
    with duckdb.connect(version.path) as con:
        con.execute("DELETE FROM programme WHERE programme_id = $b", {"b": small.B})
        con.execute("DELETE FROM village WHERE programme_id = $b", {"b": small.B})
    app = start(folder)
    assert "filter-programme" not in [box.key for box in app.selectbox]
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
    assert chips(app) == ["Kec\\. Kandeman", "Ujungnegoro", "Makanan", "sejak 2016", "Desa sasaran"]
    for left in (4, 3, 2, 1, 0):
        app.button(key=f"chip-{left}").click()
        run(app)
        assert len(chips(app)) == left
    assert link(app) == {}


def test_many_of_a_kind_are_one_chip(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_CHIPS", 2)
    app = start(folder, villages=[TOWN, UJUNGNEGORO, WONOKERSO])
    assert chips(app) == ["3 desa"]
    app.button(key="chip-0").click()
    run(app)
    assert link(app) == {}


def test_clear_all_keeps_programme_language_and_controls(folder: Path) -> None:
    app = start(
        folder,
        programme=small.B,
        lang="en",
        sectors="lainnya",
        since="2022",
        measure="members",
        scale="x",
    )
    app.button(key="clear").click()
    run(app)
    assert link(app) == {"programme": small.B, "lang": "en", "measure": "members", "scale": "x"}
    assert app.button(key="clear").disabled


def test_another_programme_keeps_what_means_the_same_there(folder: Path) -> None:
    app = start(
        folder,
        districts=KANDEMAN,
        villages=WONOKERSO,
        sectors="makanan",
        since="2016",
        until="2022",
    )
    app.selectbox(key="filter-programme").select(small.B)
    run(app)
    assert link(app) == {"programme": small.B, "sectors": "makanan", "until": "2022"}
    assert scope(app) == "Kabupaten Contoh A · Makanan · sampai 2022"
    assert not app.warning
    # It named no target villages: there is no denominator to choose.
    assert "filter-denominator" not in [radio.key for radio in app.radio]
