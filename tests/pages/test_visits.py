"""Kunjungan: from nothing to a story in a few clicks, kept at
once, told when somebody else was faster.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import visits, words
from kub.answers.step import tell
from kub.store.data import Data
from kub.store.database import current
from kub.ui import doors
from kub.ui.markdown import escape_markdown
from kub.ui.visits import keep
from kub.ui.visits import state as visit_state
from kub.ui.visits.state import KEY
from kub.visits import FOLDER, Visit
from kub.words import LANGUAGES
from tests.support.pages import field_notes, open_page, page_html
from tests.support.visits import click, link_addresses, open_visit, page_text, store_three_steps

pytestmark = pytest.mark.usefixtures("folder")

ID, EN = words.of("id"), words.of("en")


def charts(folder: Path, one: Visit) -> list[str]:
    now = visits.visit(folder, one.visit_id)
    assert now
    return [step.chart or step.question for step in now.steps]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_click_makes_a_visit_that_can_be_presented(folder: Path, lang: str) -> None:
    say = words.of(lang)
    app = open_page("visits", lang=lang)
    assert say("visits.none") in page_text(app)
    [create] = [button for button in app.button if button.label == say("visits.create")]
    create.click().run()
    assert not app.exception
    [one] = visits.visits(folder)
    assert isinstance(one, Visit) and (one.lang, one.version) == (lang, current().name)
    assert app.query_params["visit"] == [one.visit_id] or app.query_params["visit"] == one.visit_id
    assert len(one.steps) > 8 and {step.filters.programme for step in one.steps} == {"BPI-BATANG"}
    assert one.steps[0].note == say("story.headline")
    assert f"/present?visit={one.visit_id}&step=welcome" in link_addresses(app)


def test_an_empty_visit_in_another_language_with_its_guests(folder: Path) -> None:
    app = open_page("visits")
    app.text_input(key="new-institution").set_value(" ADB ")
    app.session_state["new-regency_code"] = "36.72"
    for name, value in (("lang", "en"), ("length", "blank")):
        [group] = [group for group in app.button_group if group.key == f"new-{name}"]
        group.set_value(value)
    [create] = [button for button in app.button if button.label == ID("visits.create")]
    create.click().run()
    [one] = visits.visits(folder)
    assert isinstance(one, Visit)
    assert (one.institution, one.regency_code, one.lang, one.steps) == ("ADB", "36.72", "en", ())
    assert ID("visit.no_steps") in page_text(app)


def test_the_list_duplicates_deletes_and_brings_back(folder: Path) -> None:
    one = store_three_steps(folder, questions="Berapa biayanya?")
    app = open_page("visits")
    assert "Pemkot Cilegon" in page_text(app) and "Kota Cilegon · 3 langkah" in page_text(
        app
    ).replace("\\", "")
    click(app, f"copy-{one.visit_id}")
    copy = visits.visit(folder, f"{one.visit_id}-2")
    assert copy and copy.steps == visits.visit(folder, one.visit_id).steps and copy.questions == ""  # type: ignore[union-attr]
    click(app, "visit-back")
    click(app, f"delete-{one.visit_id}")
    assert visits.visits(folder) == [copy]
    click(app, "visit-undo")
    assert len(visits.visits(folder)) == 2


def test_who_has_left_in_another_window_changes_nothing_any_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store_three_steps(folder)
    app = open_page("visits")
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.66"))
    click(app, f"delete-{one.visit_id}")
    visit_state.put(replace(one, notes="baru"))
    keep.add_step(one.steps[0], one.visit_id, "growth", ID)
    assert visits.visits(folder) == [one] and f"copy-{one.visit_id}" not in {
        button.key for button in app.button
    }


def test_a_visit_changed_meanwhile_is_not_deleted(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_page("visits")
    visits.store(folder, replace(one, notes="baru"))
    click(app, f"delete-{one.visit_id}")
    assert escape_markdown(ID("visits.changed", name=keep.name(one, ID))) in page_text(app)
    assert len(visits.visits(folder)) == 1


def test_files_that_cannot_be_read_and_links_to_none_are_said(folder: Path) -> None:
    one = store_three_steps(folder)
    (folder / FOLDER / "2026-01-01.toml").write_text('date = "x"', "utf-8")
    for link in ("2026-01-01", "../current", "nowhere"):
        app = open_page("visits", visit=link)
        assert "Pemkot Cilegon" in page_text(app) and escape_markdown(
            "2026-01-01.toml"
        ) in page_text(app), one
    assert ID("visits.missing", name="nowhere") in page_text(app)


def test_steps_move_and_are_duplicated_and_removed_with_undo(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one, step="2")
    assert app.button(key="visit-step-2").label.startswith("2")
    click(app, "visit-up-2")
    assert charts(folder, one) == ["sectors", "growth", "rates"] and app.query_params["step"] in (
        "1",
        ["1"],
    )
    assert app.button(key="visit-up-1").disabled
    click(app, "visit-copy-1")
    assert charts(folder, one) == ["sectors", "sectors", "growth", "rates"]
    click(click(app, "visit-step-4"), "visit-remove-4")
    assert charts(folder, one) == ["sectors", "sectors", "growth"]
    click(app, "visit-undo-step")
    assert charts(folder, one) == ["sectors", "sectors", "growth", "rates"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_minutes_of_the_steps_stand_beside_those_planned(folder: Path, lang: str) -> None:
    say = words.of(lang)
    visit = store_three_steps(folder)
    app = open_visit(visit, lang=lang)
    assert say("visit.unplanned", total=3) in page_html(app)
    app.text_input(key=KEY("minutes", visit.visit_id)).set_value("3").run()
    assert say("visit.planned_full") in page_html(app)
    app.text_input(key=KEY("minutes-0", visit.visit_id)).set_value("5").run()
    assert not app.exception
    assert say("visit.planned_over", over=4) in page_html(app)
    app.text_input(key=KEY("minutes", visit.visit_id)).set_value("8").run()
    assert say("visit.planned_left", left=1) in page_html(app)
    now = visits.visit(folder, visit.visit_id)
    assert now and (now.minutes, now.spoken) == (8, 7)
    for wrong in ("0", "601", "lama"):
        app.text_input(key=KEY("minutes", visit.visit_id)).set_value(wrong).run()
        assert any(field_notes(app)) and say("visit.planned_left", left=1) in page_html(app)
        assert app.text_input(key=KEY("minutes", visit.visit_id)).value == wrong
    app.text_input(key=KEY("minutes", visit.visit_id)).set_value("").run()
    assert say("visit.unplanned", total=7) in page_html(app)
    app.text_input(key=KEY("minutes-0", visit.visit_id)).set_value("").run()
    assert app.text_input(key=KEY("minutes-0", visit.visit_id)).value == "1"
    assert say("visit.unplanned", total=3) in page_html(app)


def test_a_ready_step_comes_after_the_chosen_one(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    app.selectbox(key="visit-add").set_value(1).run()
    assert not app.exception and app.selectbox(key="visit-add").value is None
    assert len(charts(folder, one)) == 4 and charts(folder, one)[2:] == ["sectors", "rates"]


def test_titles_are_findings_in_the_language_of_the_visit_unless_the_host_has_one(
    folder: Path,
) -> None:
    one = store_three_steps(folder)
    app = open_visit(one, lang="en")
    finding = tell(Data.open(current()), one.steps[0], ID).title
    assert app.button(key="visit-step-1").label == escape_markdown(f"1. {finding}")
    assert EN("visit.language_note", language="Indonesian") in page_text(app)
    app.text_input(key=KEY("title-0", one.visit_id)).set_value("Tumbuh *cepat*").run()
    assert app.button(key="visit-step-1").label == escape_markdown("1. Tumbuh *cepat*")
    app.text_area(key=KEY("note-0", one.visit_id)).set_value("Pelan-pelan").run()
    now = visits.visit(folder, one.visit_id)
    assert now and (now.steps[0].title, now.steps[0].note) == ("Tumbuh *cepat*", "Pelan-pelan")
    app.text_input(key=KEY("on", one.visit_id)).set_value("2027-01-02").run()
    assert app.text_input(key=KEY("on", one.visit_id)).value == "2 January 2027"
    now = visits.visit(folder, one.visit_id)
    assert now and now.on == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("title-0", "visit-add", "title-0"),
        ("institution", "institution", "agenda"),
        ("notes", "notes", "take-home"),
    ],
)
def test_a_conflict_is_told_beside_the_field_that_lost(
    folder: Path, field: str, before: str, after: str
) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    visits.store(folder, replace(one, agenda="mereka"))
    kind = app.text_area if field == "notes" else app.text_input
    kind(key=KEY(field, one.visit_id)).set_value("saya").run()
    drawn = [getattr(node, "key", None) or getattr(node, "value", "") for node in app.main]
    at = {
        name: drawn.index(KEY(name, one.visit_id))
        for name in (field, before, after)
        if KEY(name, one.visit_id) in drawn
    }
    at |= {"visit-add": drawn.index("visit-add"), "take-home": len(drawn)}
    [told] = [n for n, value in enumerate(drawn) if value == f"**{ID('visit.conflict.title')}**"]
    assert at[before] < told < at[after]


@pytest.mark.parametrize(("choice", "left"), [("visit-mine", "saya"), ("visit-theirs", "mereka")])
def test_a_conflict_shows_both_and_lets_choose(folder: Path, choice: str, left: str) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    visits.store(folder, replace(one, agenda="mereka", steps=one.steps[:2]))
    app.text_area(key=KEY("agenda", one.visit_id)).set_value("saya").run()
    assert not app.exception and ID("visit.conflict.what") in page_text(app)
    texts = [text.value for text in app.text]
    assert "saya" in texts and "mereka" in texts and len(texts) == 4
    assert app.text_area(key=KEY("agenda", one.visit_id)).value == "saya"
    app.text_area(key=KEY("notes", one.visit_id)).set_value("saya juga").run()  # goes with the rest
    click(app, choice)
    now = visits.visit(folder, one.visit_id)
    mine = left == "saya"
    assert (
        now
        and now.agenda == left
        and len(now.steps) == (3 if mine else 2)
        and now.notes == "saya juga" * mine
    )
    assert app.text_area(key=KEY("agenda", one.visit_id)).value == left
    assert ID("visit.conflict.what") not in page_text(app)


def test_what_others_changed_is_shown_when_asked_for(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    visits.store(folder, replace(one, notes="mereka"))
    app.run()
    assert ID("visit.conflict.seen") in page_text(app)
    click(app, "visit-fresh")
    assert app.text_area(key=KEY("notes", one.visit_id)).value == "mereka"


def test_a_visit_deleted_by_somebody_else_can_be_made_again(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    visits.remove(folder, one)
    app.text_area(key=KEY("notes", one.visit_id)).set_value("saya").run()
    assert ID("visit.conflict.gone") in page_text(app)
    click(app, "visit-mine")
    now = visits.visit(folder, one.visit_id)
    assert now and now.notes == "saya"


def test_what_could_not_be_written_waits_while_another_visit_is_made(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    visits.store(folder, replace(one, agenda="mereka"))
    app.text_area(key=KEY("agenda", one.visit_id)).set_value("saya").run()
    click(app, "visit-back")
    assert "Pemkot Cilegon belum tersimpan" in page_text(app)
    click(app, f"copy-{one.visit_id}")
    assert not app.exception and ID("visit.conflict.what") not in page_text(app)
    click(app, "visit-back")
    click(app, f"visit-unsaved-open-{one.visit_id}")
    assert ID("visit.conflict.what") in page_text(app)
    click(app, "visit-mine")
    now = visits.visit(folder, one.visit_id)
    assert now and now.agenda == "saya" and ID("visit.conflict.what") not in page_text(app)


def test_a_file_broken_by_hand_meanwhile_is_said_and_nothing_is_lost(folder: Path) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    path = folder / visits.FOLDER / f"{one.visit_id}.toml"
    whole = path.read_text("utf-8")
    path.write_text(f"{whole}[[[", "utf-8")
    app.text_area(key=KEY("notes", one.visit_id)).set_value("saya").run()
    assert not app.exception and path.name in "".join(error.value for error in app.error).replace(
        "\\", ""
    )
    path.write_text(whole, "utf-8")
    click(app, "visit-again")
    now = visits.visit(folder, one.visit_id)
    assert now and now.notes == "saya" and not app.error


def test_two_quick_clicks_mean_the_same_step(folder: Path) -> None:
    """The second comes with what was drawn before the first:
    streamlit calls back what it has drawn last.
    """
    one = store_three_steps(folder)
    twice = AppTest.from_function(
        _twice, kwargs={"visit_id": one.visit_id}, default_timeout=30
    ).run()
    assert not twice.exception
    assert charts(folder, one) == ["sectors", "rates", "growth"]
    twice.session_state["act"] = "remove"
    twice.run()
    assert not twice.exception and charts(folder, one) == ["sectors", "rates"]


def _twice(visit_id: str) -> None:
    import streamlit as st

    from kub.ui.visits import state as visit_state

    one, _ = visit_state.wanted(visit_id)
    assert one
    if st.session_state.get("act") == "remove":
        visit_state.remove(one, 2)
        visit_state.remove(one, 2)
    else:
        visit_state.move(one, 0, 1)
        visit_state.move(one, 0, 1)
