"""A host from nothing to presenting, and two hosts in one story: what
was typed is kept, whoever was faster.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kub import words
from kub.store.versions import point_to, versions
from tests.browser.screen import serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor, settle
from tests.browser.widths import ENGLISH, measured

ID = words.of("id")


@pytest.fixture(scope="module")
def address(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a folder of its own: visits are written here."""
    mine = tmp_path_factory.mktemp("visits")
    (mine / "versions").mkdir()
    for path in (sample_folder / "versions").iterdir():
        (mine / "versions" / path.name).hardlink_to(path)
    point_to(mine, versions(mine)[0])
    with serve(mine) as running:
        yield running


def started(page: Page, institution: str) -> None:
    page.get_by_label(ID("visits.institution")).fill(institution)
    page.get_by_role("button", name=ID("visits.create"), exact=True).click()
    expect(page.locator(".st-key-visit-head")).to_contain_text(institution)
    expect(page).to_have_url(re.compile("visit="))


def test_three_clicks_lead_from_the_menu_to_the_first_step(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.locator(".kub-nav").get_by_role("link", name=ID("page.visits"), exact=True).click()
    started(page, "Tiga Klik")
    page.locator(".st-key-visit-head").get_by_role(
        "link", name=ID("visits.present"), exact=True
    ).click()
    expect(page).to_have_url(re.compile(r"/present\?visit=[a-z0-9-]*tiga-klik[0-9-]*&step=welcome"))
    expect(page.get_by_role("heading", name="Tiga Klik")).to_be_visible()
    # The keys are heard from here on; the heading is drawn a moment before.
    expect(page.locator(".kub-remote")).to_have_attribute("data-step", "0")
    page.keyboard.press("PageDown")
    expect(page.locator("body")).to_contain_text("207 KUB")


@pytest.mark.thorough
def test_the_guests_regency_is_found_by_typing_and_taken_out_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/visits")
    regency = page.get_by_role("combobox", name=ID("visits.regency"), exact=True)
    regency.focus()
    page.keyboard.type("cileg")
    expect(page.get_by_role("option", name="Kota Cilegon", exact=True)).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Enter")
    expect(regency).to_have_value("Kota Cilegon")
    settle(page)
    started(page, "Dari Cilegon")
    expect(regency).to_have_value("Kota Cilegon")
    regency.focus()
    page.keyboard.press("Delete")  # all of it is marked when the field is entered
    expect(page.get_by_role("option", name=ID("visits.regency_placeholder"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(regency).to_have_value("")
    settle(page)
    page.reload()
    settle(page)
    expect(regency).to_have_value("")
    expect(page.get_by_label(ID("visits.institution"))).to_have_value("Dari Cilegon")


def test_steps_are_moved_and_timed_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/visits")
    started(page, "Rencana")
    plan = page.locator(".kub-plan")
    expect(plan).to_contain_text(ID("visit.planned", total=14, planned=15))
    first = page.locator(".st-key-visit-step-1 button").inner_text().removeprefix("1. ")
    page.locator(".st-key-visit-down-1 button").focus()
    for n in (2, 3):  # the focus goes with the step
        page.keyboard.press("Enter")
        expect(page.locator(f".st-key-visit-step-{n} button")).to_have_text(f"{n}. {first}")
        expect(page.locator(f".st-key-visit-down-{n} button")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-visit-up-2 button")).to_be_focused()
    page.get_by_label(ID("visit.minutes"), exact=True).fill("3")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-visit-line-2-chosen .kub-step-minutes")).to_have_text("3 menit")
    expect(plan).to_contain_text(ID("visit.planned_over", over=1))
    settle(page)
    assert serious(page) == [] and measured(page, "spoken", ENGLISH) == []
    page.set_viewport_size({"width": 390, "height": 844})
    low = [
        name
        for name in ("up-2", "down-2", "copy-2", "remove-2", "step-3")
        if page.locator(f".st-key-visit-{name} button").bounding_box()["height"] < 43.5  # type: ignore[index]
    ]
    assert low == []


@pytest.mark.thorough
def test_a_note_left_for_another_step_is_kept_and_a_second_host_is_told(visitor: Visitor) -> None:
    first = visitor.open("/visits")
    started(first, "Dua Tuan Rumah")
    second = visitor.open("/visits", visit=re.findall("visit=([a-z0-9-]+)", first.url)[0])
    note = first.get_by_label(ID("visit.note"))
    note.fill("Salam dari Ujungnegoro")
    first.locator(".st-key-visit-step-2 button").click()
    expect(first.locator(".st-key-visit-line-1")).to_contain_text("Salam dari Ujungnegoro")
    expect(first.locator(".st-key-visit-line-2-chosen")).to_be_visible()

    second.get_by_label(ID("visit.agenda")).fill("09.00 Pembukaan")
    second.get_by_label(ID("visit.notes"), exact=True).click()
    box = second.locator(".st-key-visit-conflict")
    expect(box).to_contain_text("Salam dari Ujungnegoro")
    expect(box).to_contain_text("09.00 Pembukaan")
    box.get_by_role("button", name=ID("visit.conflict.take"), exact=True).click()
    expect(box).to_have_count(0)
    expect(second.locator(".st-key-visit-line-1-chosen")).to_contain_text("Salam dari Ujungnegoro")
    expect(second.get_by_label(ID("visit.agenda"))).to_have_value("")


def test_a_query_becomes_a_step_that_is_presented(visitor: Visitor) -> None:
    sql = "SELECT sector, kub FROM sectors WHERE programme = 'BPI-BATANG' ORDER BY kub DESC"
    page = visitor.open("/explore", explore="sql", sql=sql)
    page.get_by_role("button", name=ID("sql.run"), exact=True).click()
    keep = page.locator(".kub-sql-keep")
    title = keep.get_by_label(ID("sql_step.own_title"))
    expect(title).to_have_attribute("placeholder", "KUB menurut sektor")
    title.fill("Usaha terbanyak")
    keep.get_by_role("button", name=ID("keep.add"), exact=True).click()
    keep.get_by_role("button", name=ID("keep.new"), exact=True).click()
    kept = page.locator(".kub-sql-result .kub-kept")
    kept.get_by_role("link", name=ID("keep.open"), exact=True).click()
    expect(page.locator(".st-key-visit-steps")).to_contain_text("Usaha terbanyak")
    expect(page.locator(".st-key-visit-step .kub-chart[data-drawn]")).to_be_visible()
    page.locator(".st-key-visit-head").get_by_role(
        "link", name=ID("visits.present"), exact=True
    ).click()
    expect(page.locator(".kub-remote")).to_have_attribute("data-step", "0")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Usaha terbanyak")).to_be_visible()
    expect(page.locator(".kub-slide:not([data-behind]) .kub-chart[data-drawn]")).to_be_visible()
