"""Kunjungan and the world: a chart kept from any page, newer data,
data that is gone, a disk that refuses.
"""

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from kub import visits, words
from kub.answers.step import Step, tell
from kub.findings.options import PERS
from kub.store.data import Data
from kub.store.database import current
from kub.store.versions import Version, point_to
from kub.ui import content, view
from kub.ui.markdown import escape_markdown
from kub.ui.visits import keep
from kub.ui.visits.state import KEY
from kub.visits import Visit
from kub.web.blocks import encode
from queries.filters import Filters
from tests.support import blocks
from tests.support.blocks import drawn
from tests.support.pages import open_page, page_html
from tests.support.visits import click, open_visit, page_text, store_three_steps

pytestmark = pytest.mark.usefixtures("folder")

ID, EN = words.of("id"), words.of("en")


@pytest.fixture
def newer(folder: Path) -> Callable[[], Version]:
    """Puts a newer version in use."""

    def make() -> Version:
        one = Version(folder / "versions" / "kub-20990101T000000000000Z-abcdefabcdef.duckdb")
        one.path.hardlink_to(current().path)
        point_to(folder, one)
        return one

    return make


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on the disk is full; a second call frees it."""
    real, state = visits.sync, {"full": False}

    def sync(path: Path) -> None:
        if state["full"]:
            raise OSError(errno.ENOSPC, "no space left on device")
        real(path)

    monkeypatch.setattr(visits, "sync", sync)
    return lambda: state.update(full=not state["full"])


def last(folder: Path, visit_id: str) -> Step:
    one = visits.visit(folder, visit_id)
    assert one
    return one.steps[-1]


def test_a_chart_kept_from_a_page_shows_the_same_numbers_in_the_visit(folder: Path) -> None:
    one = store_three_steps(folder)
    params: dict[str, Any] = {
        "districts": "33.25.13",
        "measure": "members",
        "scale": "indexed",
        "until": "2020",
    }
    page = open_page("growth", **params)
    blocks.keep(page, "growth", one.visit_id)
    news = blocks.kept(page)
    assert (news["key"], news["text"]) == ("growth", ID("keep.done", n=4, name=keep.name(one, ID)))
    assert news["changes"] == {"visit": one.visit_id, "step": "4"}
    step = last(folder, one.visit_id)
    asked = Filters("BPI-BATANG", districts=("33.25.13",), until=2020, measure="members")
    assert (step.question, step.filters, step.view["scale"]) == ("growth", asked, "indexed")
    # On the page grey years stand around it, that may be chosen: no part of the answer.
    asked_by_link = {name: [value] for name, value in params.items()}
    shown = content.written(view.of(asked_by_link, analyst=False), "growth").answers["growth"]
    assert drawn(open_visit(one, step="4"))["preview"].figure == json.loads(encode(shown.figure))
    page.run()
    assert not blocks.kept(page)  # said once


def test_a_new_visit_begins_with_a_chart(folder: Path, newer: Callable[[], Version]) -> None:
    page = open_page("sectors", lang="en")
    assert blocks.offered(page, "sectors") == {keep.NEW: EN("keep.new")}
    blocks.keep(page, "sectors", keep.NEW)
    [one] = visits.visits(folder)
    assert isinstance(one, Visit) and one.lang == "en" and one.version == current().name
    assert [step.question for step in one.steps] == ["sectors"]
    label = keep.label(one.version)
    newer()
    page = open_page("sectors", lang="en")
    blocks.keep(page, "sectors", one.visit_id)
    assert EN("keep.done_pinned", version=label) in blocks.kept(page)["text"]


@pytest.mark.thorough
def test_the_visit_opened_last_is_offered_first_and_the_newest_otherwise(folder: Path) -> None:
    many = [
        store_three_steps(folder, on=one.replace(day=n))
        for n, one in ((n, store_three_steps(folder).on) for n in range(2, 18))
    ]
    page = open_page("growth", visit=many[0].visit_id)
    offered = list(blocks.offered(page, "survival").values())
    assert (
        len(offered) == keep.MOST_OFFERED + 1
        and offered[0] == keep.name(many[0], ID)
        and offered[-1] == ID("keep.new")
    )
    assert offered[1] == keep.name(many[-1], ID)


def test_what_is_computed_on_a_page_is_not_kept() -> None:
    page = open_page("benchmark", plan_for="CONTOH-D")
    assert blocks.offered(page, "rates") and not blocks.offered(page, "plan")


def test_a_card_of_a_page_that_streamlit_draws_is_kept_too_and_every_menu_has_the_new_visit(
    folder: Path,
) -> None:
    page = open_page("benchmark")
    blocks.keep(page, "rates", keep.NEW)
    [one] = visits.visits(folder)
    assert isinstance(one, Visit) and [step.question for step in one.steps] == ["rates"]
    assert blocks.kept(page, "rates")["changes"] == {"visit": one.visit_id, "step": "1"}
    assert one.visit_id in blocks.offered(page, "benchmark")
    page.run()
    assert not blocks.kept(page, "rates")


def test_a_chart_for_a_visit_that_is_gone_or_for_a_full_disk_is_said(
    folder: Path, full: Callable[[], None]
) -> None:
    one = store_three_steps(folder)
    page = open_page("growth")
    visits.remove(folder, one)
    blocks.keep(page, "growth", one.visit_id)
    assert blocks.kept(page)["text"] == ID("keep.gone")
    full()
    blocks.keep(page, "growth", keep.NEW)
    assert ID("system.full") in blocks.kept(page)["text"] and visits.visits(folder) == []


def test_somebody_adding_at_the_same_moment_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, real = store_three_steps(folder), visits.store
    raced: list[Visit] = []

    def store(where: Path, mine: Visit) -> Visit:
        if not raced:
            raced.append(real(where, replace(one, notes="orang lain")))
        return real(where, mine)

    page = open_page("growth")
    monkeypatch.setattr(visits, "store", store)
    blocks.keep(page, "growth", one.visit_id)
    now = visits.visit(folder, one.visit_id)
    assert now and now.notes == "orang lain" and len(now.steps) == 4


def test_newer_data_is_said_and_taken_only_when_asked_for(
    folder: Path, newer: Callable[[], Version]
) -> None:
    one = store_three_steps(folder)
    assert escape_markdown(ID("visit.version.used", version=keep.label(one.version))) in page_text(
        open_visit(one)
    )
    now = newer()
    app = open_visit(one)
    assert escape_markdown(
        ID("visit.version.newer", version=keep.label(one.version), now=now.label)
    ) in page_text(app)
    click(app, "visit-repin")
    stored = visits.visit(folder, one.visit_id)
    assert stored and stored.version == now.name and stored.steps == one.steps


@pytest.mark.parametrize(
    "version", ["kub-20200101T000000000000Z-abcdefabcdef", "", "../../etc/passwd"]
)
def test_data_that_is_gone_is_said_and_nothing_is_told_from_other_data(
    folder: Path, version: str
) -> None:
    one = store_three_steps(folder, version=version)
    app = open_visit(one)
    assert escape_markdown(ID("visit.version.gone", version=keep.label(version))) in page_text(app)
    assert drawn(app) == {} and app.button(key="visit-step-1").label == escape_markdown(
        f"1. {ID('visit.chart.growth')}"
    )
    click(app, "visit-repin")
    assert list(drawn(app)) == ["preview"]


def test_older_data_in_use_is_said(folder: Path, newer: Callable[[], Version]) -> None:
    used = current()
    one = store_three_steps(folder, version=newer().name)
    point_to(folder, used)
    assert escape_markdown(
        ID("visit.version.other", version=keep.label(one.version), now=used.label)
    ) in page_text(open_visit(one))


def test_steps_that_cannot_be_told_are_marked_and_the_others_stand(folder: Path) -> None:
    filters = Filters("BPI-BATANG")
    broken = (
        ("programme", "NOBODY", Step("growth", filters=Filters("NOBODY"))),
        (
            "villages",
            "33.25.99.2001",
            Step("growth", filters=replace(filters, villages=("33.25.99.2001",))),
        ),
        ("per", "moon", Step("rates", filters=filters, view={"per": "moon"})),
        ("colour", "True", Step("growth", filters=filters, view={"scale": "x", "colour": True})),
    )
    one = store_three_steps(folder)
    one = visits.store(folder, replace(one, steps=(*one.steps, *(step for *_, step in broken))))
    app = open_visit(one, step="4")
    assert app.button(key="visit-step-1").label == escape_markdown(
        f"1. {tell(Data.open(current()), one.steps[0], ID).title}"
    )
    for rule, value, _ in broken[:2]:
        assert escape(ID(f"visit.broken.{rule}", value=value)) in page_html(app), (rule, value)
    known = ", ".join(PERS)
    assert escape(ID("visit.option.value", place="per", value="moon", known=known)) in page_html(
        app
    )
    assert drawn(app) == {}
    click(app, "visit-remove-4")
    assert len(visits.visit(folder, one.visit_id).steps) == 6  # type: ignore[union-attr]


def test_a_full_disk_is_said_and_what_was_typed_is_written_later(
    folder: Path, full: Callable[[], None]
) -> None:
    one = store_three_steps(folder)
    app = open_visit(one)
    full()
    app.text_area(key=KEY("agenda", one.visit_id)).set_value("09.00").run()
    app.text_area(key=KEY("notes", one.visit_id)).set_value("Ruang A").run()
    assert ID("system.full") in app.error[0].value
    assert (
        app.text_area(key=KEY("agenda", one.visit_id)).value == "09.00"
        and visits.visit(folder, one.visit_id) == one
    )
    full()
    click(app, "visit-again")
    now = visits.visit(folder, one.visit_id)
    assert now and (now.agenda, now.notes) == ("09.00", "Ruang A")
    assert not app.error and "visit-again" not in {button.key for button in app.button}


def test_a_new_visit_that_cannot_be_stored_keeps_its_form(
    folder: Path, full: Callable[[], None]
) -> None:
    full()
    app = open_page("visits")
    app.text_input(key="new-institution").set_value("ADB")
    [create] = [button for button in app.button if button.label == ID("visits.create")]
    create.click().run()
    assert (
        ID("system.full") in app.error[0].value
        and app.text_input(key="new-institution").value == "ADB"
    )
    assert visits.visits(folder) == []
