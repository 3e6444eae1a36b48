"""A visit presented in a real browser: with the keys of a clicker,
after a reload, and from a second window.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kub import visits, words
from kub.store import database
from kub.store.data import Data
from kub.visits import stories
from tests.browser.server import free_port, serve
from tests.browser.visitor import Visitor, until
from tests.support.thinned import thinned

ID = words.of("id")
REMOTE = ".kub-remote"
TOO_LARGE = """() => ['.st-key-present', '.kub-slide:not([data-behind]) > .kub-slide-figure', 'html'].filter(name => {
  const e = document.querySelector(name);
  return e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1 })"""

# px between those two names on a map that stand nearest to each other; none where there are fewer.
NEAREST = """() => {
  const boxes = [...document.querySelectorAll('.annotation text')]
    .filter(text => text.checkVisibility({ visibilityProperty: true })).map(text => text.getBoundingClientRect());
  const gaps = boxes.flatMap((one, n) => boxes.slice(n + 1).map(other =>
    Math.max(one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom)));
  return [boxes.length, Math.min(...gaps)] }"""
MAP = 4  # its step
STANDING = ".kub-slide:not([data-behind])"
# What stands on the stage in the same moment as a key is pressed.
PRESSED = """key => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  return document.querySelector('.kub-slide:not([data-behind]) h1').textContent; }"""
SIDEWAYS = """() => ['.st-key-present', 'html'].filter(name => {
  const e = document.querySelector(name); return e.scrollWidth > e.clientWidth + 1 })"""


@pytest.fixture(scope="module")
def prepared(
    sample_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Where a dashboard answers that has a visit, and the visit's name."""
    folder = tmp_path_factory.mktemp("present")
    shutil.copytree(sample_folder, folder, dirs_exist_ok=True)
    stored = _prepared(folder)
    with serve(folder) as address:
        yield address, stored


def _prepared(folder: Path) -> str:
    """A visit of five steps; its name."""
    version = database.current(folder)
    programme = Data.open(version).default.programme_id
    steps = stories.story(5, programme, set(), ID)
    one = visits.Visit("", date(2026, 12, 1), "Tamu", "33.24", "id", version.name, steps)
    return visits.store(folder, one).visit_id


@pytest.fixture
def present(prepared: tuple[str, str], visit: Callable[[str], Visitor]) -> Callable[..., Page]:
    """present(step=2, …): the first screen, once its step is there."""
    address, visit_id = prepared
    visitor = visit(address)

    def come(step: int = 1, width: int = 1920, mode: str = "light", **said: object) -> Page:
        page = visitor.watched(visitor._context(mode, width).new_page())
        page.goto(visitor.link("/present", visit=visit_id, step=step, **said))
        if "speaker" not in said:
            at(page, step)
        return page

    return come


def at(page: Page, step: int) -> None:
    """Wait until the step is there, with its picture drawn."""
    expect(page.locator(REMOTE)).to_have_attribute("data-step", str(step))
    expect(page.locator(".kub-count")).to_have_text(f"{step} / 5")
    expect(page.locator(".kub-chart:not([data-drawn])")).to_have_count(0)


def test_a_clicker_leads_through_the_steps(present: Callable[..., Page]) -> None:
    page = present()
    for key, step in (("PageDown", 2), ("ArrowRight", 3), (" ", 4), ("Enter", 5), ("PageUp", 4)):
        page.keyboard.press(key)
        at(page, step)
        assert f"step={step}" in page.url
    for key, step in (("Backspace", 3), ("ArrowLeft", 2), ("End", 5), ("Home", 1)):
        page.keyboard.press(key)
        at(page, step)


def test_the_next_slide_stands_before_the_server_has_answered(present: Callable[..., Page]) -> None:
    page = present()
    behind = page.locator(".kub-slide[data-behind] h1")
    expect(behind).to_have_count(1)
    coming = behind.text_content()
    # Nothing from the server can come between the key and the look: both are one turn of the page.
    assert page.evaluate(PRESSED, "PageDown") == coming
    at(page, 2)
    assert page.locator(f"{STANDING} h1").text_content() == coming


def test_names_that_were_drawn_behind_never_stand_once_they_are_to_be_hidden(
    present: Callable[..., Page],
) -> None:
    page = present()
    expect(page.locator(".kub-slide[data-behind]")).to_have_count(1)
    page.evaluate("document.querySelector('[data-action=lock]').click()")
    standing = page.locator(f"{STANDING} h1").text_content()
    assert page.evaluate(PRESSED, "PageDown") == standing
    at(page, 2)
    assert "private=yes" in page.url


def test_quick_presses_are_all_counted_as_one_entry_in_the_history_and_outlive_a_reload(
    present: Callable[..., Page],
) -> None:
    page = present()
    entries = page.evaluate("history.length")
    for _ in range(3):
        page.keyboard.press("PageDown")
    at(page, 4)
    assert page.evaluate("history.length") == entries
    page.reload()
    at(page, 4)


@pytest.mark.parametrize("key", ["b", pytest.param(".", marks=pytest.mark.thorough)])
def test_black_and_back(present: Callable[..., Page], key: str) -> None:
    page = present(2)
    page.keyboard.press(key)
    expect(page.locator(".kub-black")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(".kub-black")).to_be_hidden()
    at(page, 2)


@pytest.mark.thorough
def test_black_says_that_it_is_meant_in_colours_of_the_readers_own(
    present: Callable[..., Page],
) -> None:
    page = present(2, mode="forced")
    page.keyboard.press("b")
    expect(page.locator(".kub-black")).to_be_visible()
    style = "part => getComputedStyle(document.querySelector('.kub-black'), part)"
    assert page.evaluate(f"({style})().backgroundColor") == "rgb(0, 0, 0)"
    assert page.evaluate(f"({style})('::after').content") == f'"{ID("present.black")}"'
    assert page.evaluate(f"({style})('::after').color") == "rgb(255, 255, 255)"


@pytest.mark.thorough
def test_a_laptop_that_no_phone_reaches_shows_no_code(present: Callable[..., Page]) -> None:
    page = present()
    page.keyboard.press("q")
    expect(page.locator(".kub-qr")).to_contain_text("make present")
    expect(page.locator(".kub-sign svg")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".kub-qr")).to_be_hidden()


@pytest.mark.thorough
def test_the_lock_is_kept_in_the_address(present: Callable[..., Page]) -> None:
    page = present()
    page.get_by_role("button", name=ID("present.lock")).click()
    expect(page.get_by_role("button", name=ID("present.unlock"))).to_be_visible()
    page.wait_for_url("**private=yes**")
    page.get_by_role("button", name=ID("present.unlock")).click()
    page.wait_for_url(lambda url: "private" not in url)


@pytest.mark.thorough
def test_the_start_key_of_a_clicker_keeps_step_and_full_screen(
    present: Callable[..., Page],
) -> None:
    page = present(3)
    page.locator(".st-key-present-leave a").wait_for(state="attached")  # it comes after the keys
    page.evaluate("window.stays = true")
    for _ in range(2):
        page.keyboard.press("F5")
        until(page, "Boolean(document.fullscreenElement)")
        page.keyboard.press("Escape")
        expect(page.locator(".kub-ask")).to_contain_text(ID("present.leave_ask"))
    page.keyboard.press("F5")
    expect(page.locator(".kub-ask")).to_be_hidden()
    at(page, 3)
    assert page.evaluate("window.stays && Boolean(document.fullscreenElement)")


def test_escape_leaves_only_when_pressed_twice_and_to_no_list_of_guests(
    present: Callable[..., Page],
) -> None:
    page = present(3)
    page.locator(".st-key-present-leave a").wait_for(state="attached")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=ID("present.stay")).click()
    expect(page.locator(".kub-ask")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"127\.0\.0\.1:\d+/(overview)?\?lang=id"))
    page.go_back()
    at(page, 3)


def test_before_the_first_step_guests_are_welcomed_and_after_the_last_thanked(
    present: Callable[..., Page],
) -> None:
    page = present()
    page.keyboard.press("PageUp")
    expect(page.locator(f"{STANDING} .kub-end")).to_contain_text(
        ID("present.welcome_to", guests="Tamu")
    )
    assert "step=welcome" in page.url
    page.keyboard.press("End")
    at(page, 5)
    page.keyboard.press("PageDown")
    expect(page.locator(f"{STANDING} .kub-end")).to_contain_text(ID("present.thanks"))
    page.reload()
    expect(page.locator(".kub-count")).to_have_text(ID("present.closing"))
    page.keyboard.press("PageUp")
    at(page, 5)


@pytest.mark.thorough
def test_a_screen_outlives_its_server(
    sample_folder: Path, tmp_path: Path, visit: Callable[[str], Visitor]
) -> None:
    """The counter waits for the drawing, the sign is quiet, and the step comes back by itself."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    stored = _prepared(tmp_path)
    port = free_port()
    with serve(tmp_path, port=port) as address:
        visitor = visit(address)
        page = visitor.watched(visitor._context("light", 1440).new_page())
        page.goto(visitor.link("/present", visit=stored, step="2"))
        at(page, 2)
    sign = page.locator(".kub-away")
    expect(sign).to_have_text(ID("present.away"))
    expect(sign).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".kub-count")).to_have_text("2 / 5")
    assert "step=2" in page.url and page.get_by_role("dialog").filter(visible=True).count() == 0
    with serve(tmp_path, port=port):
        expect(sign).to_be_hidden()
        at(page, 2)
        page.keyboard.press("PageDown")
        at(page, 3)


@pytest.mark.thorough
def test_the_kiosk_goes_on_by_itself_and_pauses(present: Callable[..., Page]) -> None:
    page = present(5, kiosk=3)
    at(page, 1)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name=ID("present.resume"))).to_be_visible()
    page.wait_for_timeout(4000)
    at(page, 1)


@pytest.mark.thorough
def test_the_timer_is_shown_when_asked(present: Callable[..., Page]) -> None:
    page = present(minutes=5)
    page.keyboard.press("t")
    expect(page.locator(".kub-time")).to_contain_text("/ 05:00")


def test_the_speaker_and_the_screen_move_each_other(present: Callable[..., Page]) -> None:
    screen = present(1)
    speaker = present(speaker="yes")
    heading = speaker.locator(".kub-speaker > p").first
    expect(heading).to_have_text(ID("speaker.now", step=1, total=5))
    screen.keyboard.press("PageDown")
    expect(heading).to_have_text(ID("speaker.now", step=2, total=5))
    speaker.get_by_role("button", name=ID("present.next")).click()
    at(screen, 3)
    assert "step=3" in screen.url
    screen.keyboard.press("PageUp")
    expect(heading).to_have_text(ID("speaker.now", step=2, total=5))


@pytest.mark.thorough
def test_names_on_a_map_do_not_touch_in_a_low_window(present: Callable[..., Page]) -> None:
    page = present(MAP, 1440)
    page.set_viewport_size({"width": 1440, "height": 600})
    page.reload()
    at(page, MAP)
    names, nearest = page.evaluate(NEAREST)
    assert names > 4 and nearest >= 0


@pytest.mark.parametrize("width", thinned([390, 1440, 1920], 3))
def test_nothing_stands_out_of_the_window(present: Callable[..., Page], width: int) -> None:
    page = present(1, width)
    for step in range(1, 6):
        at(page, step)
        found = page.evaluate(TOO_LARGE)
        # A phone scrolls through a step, downwards only.
        assert found == [] or (width == 390 and page.evaluate(SIDEWAYS) == [])
        page.keyboard.press("PageDown")
