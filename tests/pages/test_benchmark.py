"""Tolok Ukur: programmes side by side, and a guest's own figures from the form into every chart."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.store.data import Data
from kub.store.database import current
from kub.ui.guests.panel import KEY, REGENCY, STATE
from kub.ui.markdown import escape_markdown
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import blocks, drawn, table, titles
from tests.support.guest_form import CILEGON, fill_guest_form
from tests.support.pages import field_notes, open_page, page_html

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_every_comparison(lang: str) -> None:
    app = open_page("benchmark", lang=lang)
    assert list(drawn(app)) == [
        "rates",
        "benchmark",
        "programme_years",
        "programme_sectors",
        "rates_funnel",
    ]
    assert all(chart.figure["data"] for chart in drawn(app).values())
    html = page_html(app)
    assert all(
        name in html
        for name in (
            *map(words.of(lang).regency, ("Kabupaten Batang", "Kota Contoh C")),
            words.of(lang)("matrix.median_sample"),
        )
    )


def test_where_many_are_loaded_the_country_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kub.ui.national.MANY", 3)
    app = open_page("benchmark")
    # The only programme of its province stands beside those most like it.
    assert list(drawn(app))[:3] == ["provinces", "rates_map", "rates"]
    assert app.selectbox(key="control-province").value == "33"
    assert ID("provinces.alone_note", n=4, province="Jawa Tengah", all=5) in captions(app)
    invented = open_page("benchmark", province="99")
    note = ID("provinces.all_note", n=4, province=ID("provinces.invented"), all=5)
    assert note in captions(invented)


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_the_matrix_is_the_answer_of_ask() -> None:
    frame = Data.open(current()).ask("benchmark", Filters())
    html = page_html(open_page("benchmark"))
    for value in frame.loc[frame["indicator"] == "kub_per_10k", "value"]:
        assert f"<b>{ID.write(value, 'n1')}</b>" in html
    assert ID("matrix.range", best=2, worst=4) in html
    withheld = frame.query("indicator == 'gini'")["value"].isna().sum()
    assert withheld and html.count(f"<small>{ID('withheld.short')}</small>") == withheld


def test_numbers_alone_have_no_funnel_and_places_do_not_apply() -> None:
    app = open_page("benchmark", base="count", districts="33.25.13", measure="members")
    assert "rates_funnel" not in drawn(app)
    assert ID("compare.places") in [caption.value for caption in app.caption]


def test_a_guest_appears_in_every_chart_and_not_in_the_link(sample_data: Path) -> None:
    before = sorted(path.stat().st_mtime_ns for path in sample_data.rglob("*"))
    app = fill_guest_form(open_page("benchmark"))
    charts = drawn(app)
    assert all("Cilegon" in str(charts[key].figure) for key in charts)
    assert "Kota Cilegon" in page_html(app) and ID("matrix.declared") in page_html(app)
    assert escape_markdown(ID("guest.shown_closed", closed=4)) in "\n".join(
        markdown.value for markdown in app.markdown
    )
    assert "45" not in str(dict(app.query_params)) and "ours" not in app.query_params
    # The figures go home as the start of the own records, the programme's own as a card.
    offered = {button.label for button in app.get("download_button")}
    assert {ID("guest.workbook.button"), ID("benchmark_card.button")} <= offered
    assert sorted(path.stat().st_mtime_ns for path in sample_data.rglob("*")) == before


def test_wrong_figures_are_told_and_nothing_is_lost() -> None:
    app = fill_guest_form(open_page("benchmark"), women=700, makanan=9)
    [told] = [error.value for error in app.error]
    assert (
        escape_markdown(ID("guest.field.women")) in told
        and escape_markdown(ID("guest.field.sectors")) in told
    )
    assert app.text_input(key=KEY(f"women-{CILEGON}")).value == "700"
    beside = [note for note in field_notes(app) if note]
    assert beside == [
        ID("guest.fault.more_than_members", most=600),
        ID("guest.fault.sum", sum=44, kub=45),
    ]
    assert STATE not in app.session_state


@pytest.mark.parametrize(
    ("lang", "typed", "shown", "rule"),
    [
        ("id", "1094214", "1.094.214", ""),
        ("en", "1.450", "1.450", "typed.two_readings"),
        ("id", "abc", "abc", "typed.not_number"),
        ("id", "999", "999", "guest.fault.too_few"),
    ],
)
def test_a_typed_number_is_shown_back_or_told_beside_its_field(
    lang: str, typed: str, shown: str, rule: str
) -> None:
    app = open_page("benchmark", ours="yes", lang=lang)
    app.session_state[REGENCY] = CILEGON
    app.run()
    field = app.text_input(key=KEY(f"population-{CILEGON}"))
    assert field.value == words.of(lang).number(480_378)
    field.set_value(typed).run()
    assert not app.exception and app.text_input(key=KEY(f"population-{CILEGON}")).value == shown
    start = words.of(lang).texts[rule].split("{")[0] if rule else ""
    assert field_notes(app)[0].startswith(start) and bool(field_notes(app)[0]) == bool(rule)
    assert STATE not in app.session_state


def test_what_was_typed_is_written_anew_in_another_language() -> None:
    app = open_page("benchmark", ours="yes")
    app.session_state[REGENCY] = CILEGON
    app.run()
    app.text_input(key=KEY(f"population-{CILEGON}")).set_value("1.094.214").run()
    app.query_params["lang"] = "en"
    app.run()
    assert app.text_input(key=KEY(f"population-{CILEGON}")).value == "1,094,214"
    assert app.text_input(key=KEY(f"as_of-{CILEGON}")).value.startswith("31 December")


def test_a_guest_changes_and_removes_the_figures() -> None:
    app = fill_guest_form(open_page("benchmark"))
    app.button(key="guest-edit").click().run()
    assert app.text_input(key=KEY(f"kub-{CILEGON}")).value == "45"
    app.button(key="guest-close").click().run()
    app.button(key="guest-remove").click().run()
    assert not app.exception and "Cilegon" not in page_html(app)
    assert all("Cilegon" not in str(chart.figure) for chart in drawn(app).values())


def test_a_regency_without_known_population_is_asked_for_it() -> None:
    app = open_page("benchmark", ours="yes")
    app.session_state[REGENCY] = "11.01"
    app.run()
    assert ID("guest.prefilled_villages") in [caption.value for caption in app.caption]
    assert app.text_input(key=KEY("population-11.01")).value == ""
    assert int(app.text_input(key=KEY("villages-11.01")).value) > 0


def test_published_figures_elsewhere_say_what_they_count() -> None:
    app = open_page("benchmark", lang="en")
    assert words.of("en")("elsewhere.title", n=6) in titles(app)
    assert any("aided" in " ".join(row) for row in table(app, "elsewhere"))


def test_every_published_figure_elsewhere_has_a_source_and_what_it_counts() -> None:
    frame = Data.open(current()).ask("elsewhere", Filters())
    assert len(frame) == 9 and frame["source"].str.len().gt(0).all()
    batang = frame[frame["region"] == "Kabupaten Batang"].set_index(["year", "scheme"])
    assert batang.loc[(2017, "KUB, PT BPI"), "members_per_group"] == pytest.approx(2305 / 153)
    assert batang.loc[(2017, "KUBE Kemensos"), "definition"] == "no"
    assert set(frame.loc[frame["because"] != "formed", "definition"]) == {"no"}


def test_the_chart_stands_before_what_can_be_done_and_every_link_leads_to_a_part() -> None:
    views: list[dict[str, str]] = [{}, {"base": "count"}, {"measure": "members", "lang": "en"}]
    for asked in views:
        app = open_page("benchmark", **asked)
        shown = [block for block in blocks(app) if block["kind"] in ("card", "contents", "heading")]
        assert [block["kind"] for block in shown[:3]] == ["card", "contents", "heading"]
        assert shown[0]["key"] == "rates"
        parts = {block.get("key") or block.get("anchor") for block in shown}
        anchors = [place["anchor"] for place in shown[1]["items"]]
        assert set(anchors) < parts
        assert ("rates_funnel" in anchors) == (not asked)
