"""What surrounds every page: menu, language, labels, notices, footer."""

import re
from pathlib import Path

import duckdb

from kub import words
from kub.ui import frame
from kub.ui.site import PAGES, UNFILTERED
from tests.support import small
from tests.support.bar import bar
from tests.support.blocks import go, head, press
from tests.support.screens import at_growth, chips, footer, link, menu, run, scope, start, warnings
from tests.support.small import WONOKERSO


def test_first_page_says_what_it_is(folder: Path) -> None:
    app = start(folder)
    assert head(app)["name"] == "Ringkasan" and not app.title
    assert scope(app) == "Kabupaten Batang"
    assert chips(app) == []
    names = [
        "Ringkasan",
        "Pertumbuhan",
        "Sektor",
        "Desa",
        "Ekonomi",
        "Jelajah",
        "Tolok Ukur",
        "Program Pendukung",
        "Kunjungan",
        "Data",
        "Metode",
    ]
    assert [label for _, label in menu(app)["pages"]] == names
    assert menu(app)["fewest"] == 3  # the others stand once more behind "Lainnya"
    assert footer(app) == (
        "Data per 30 Juni 2023 · versi 2026-11-24 a1b2c3 · Program A"
        " · data contoh, bukan data nyata; angka publikasi ditandai ◇"
    )
    assert link(app) == {}


def test_sample_label_stands_on_every_page_until_real_records_come(folder: Path) -> None:
    app = start(folder)
    for name in PAGES:
        app.switch_page(f"{name}.py")
        run(app)
        assert any("Data contoh, bukan data nyata." in html.value for html in app.html), name
    small.write(folder / "data", "20261125T031500000000Z", sample=False)
    run(app)
    assert not any("Data contoh" in html.value for html in app.html)
    assert "contoh" not in footer(app)
    # An import while it runs is in use at the next click.
    assert "2026-11-25" in footer(app)


def test_unknown_values_are_said_and_can_be_taken_out(folder: Path) -> None:
    app = start(folder, lang="fr", villages="33.25.99.9999", sectors="makanan", since="dulu")
    said = warnings(app)
    for part in ("Bahasa “fr”", "Desa “33.25.99.9999”", "Tahun “dulu” (since)"):
        assert part in said
    press(app, words.of("id")("frame.mend"))
    assert link(app) == {"sectors": "makanan"}
    assert not warnings(app)


def test_a_link_cannot_bring_markup_onto_the_page(folder: Path) -> None:
    app = start(folder, villages="![x](http://elsewhere/x.png)")
    assert "![x](http://elsewhere/x.png)" in warnings(app)  # a block's texts are never markup


def test_a_lost_pointer_is_said(folder: Path) -> None:
    (folder / "data" / "current").unlink()
    assert words.of("id")("version.fallback") in warnings(start(folder))


def test_without_records_the_page_says_how_to_load_them(folder: Path) -> None:
    version = small.write(folder / "data", "20261126T031500000000Z")
    with duckdb.connect(version.path) as con:
        con.execute("DELETE FROM programme")
    app = start(folder)
    assert [text.value for text in app.subheader] == ["Belum ada data"]
    assert "python -m kub import" in app.markdown[-1].value


def test_dates_are_written_in_the_language_of_the_link(folder: Path) -> None:
    assert "30 June 2023" in footer(start(folder, lang="en"))


def test_header_gets_words_as_data(folder: Path) -> None:
    said = menu(start(folder, sectors=["makanan", "laundry"]))
    assert (said["lang"], said["current"], said["filters"]) == ("id", "overview", "Filter (2)")
    assert ["Select all", "Pilih semua"] in said["builtin"]


def test_words_of_streamlit_itself_stay_as_they_are_in_english(folder: Path) -> None:
    assert menu(start(folder, lang="en"))["builtin"] == []


def test_language_switch_keeps_page_filters_and_controls(folder: Path) -> None:
    app = at_growth(folder, villages=WONOKERSO, sector="koperasi")
    go(app, {"lang": "en"})
    assert link(app) == {"lang": "en", "villages": WONOKERSO, "sector": "koperasi"}
    assert head(app)["name"] == "Growth"
    assert scope(app) == "Wonokerso (Kandeman) village"
    # Streamlit forgets a widget's value when its labels change; the link brings it back.
    assert bar(app).value("villages") == [WONOKERSO]
    assert app.get_by_key("control-sector").value == "koperasi"
    assert menu(app)["pages"][0] == ["overview", "Overview"]


def test_pages_without_filters_are_those_that_the_styles_name() -> None:
    styles = (frame.HERE / "unfiltered.css").read_text("utf-8")
    named = re.findall(r'data-page="(\w+)"', styles)
    assert {*named} == {*UNFILTERED}
