"""Fields, buttons and the place where files are dropped: Streamlit's own, in the hand of the filter
bar; by keyboard, under a thumb, in the page's language.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import drawn, serious
from tests.browser.visitor import Visitor, settle
from tests.browser.widths import ENGLISH, measured

ID = words.of("id")
SLOW = 120_000  # ms that a check may take on a busy machine
ZONE = '[data-testid="stFileUploaderDropzone"]'
# Names of the controls on the page that a thumb would miss; half a pixel is lost to rounding.
SMALL = """() => [...document.querySelectorAll(`[data-testid="stMain"] :is(.stButton button,
    .stDownloadButton button, .stFileUploader button, .stPopover button, .stExpander summary,
    .stButtonGroup button, [data-testid="stTextInputRootElement"], .stSelectbox [role="group"],
    .stPageLink a, .kub-field-box)`)]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
  .map(e => `${e.closest('[class*="st-key-"]')?.className} ${e.getBoundingClientRect().height}`)"""
LOOK = """e => { const style = getComputedStyle(e); return [style.borderTopWidth, style.borderTopColor,
  style.borderTopLeftRadius, style.backgroundColor, e.getBoundingClientRect().height >= 40]; }"""


def focused_by_tab(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the button of that name has the focus."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(most):
        if button.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{most} times Tab did not reach {name}")


def test_a_file_is_chosen_by_keyboard_and_what_is_wrong_opens(
    visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "rusak.xlsx"
    file.write_bytes(b"halo")
    page = visitor.open("/records")
    drawn(page)
    zone = page.locator(".st-key-drop-records")
    expect(zone).to_contain_text(ID("upload.files"))
    expect(zone).to_contain_text("50 MB")
    # Streamlit's own line of limits is there for nobody.
    expect(page.get_by_test_id("stFileUploaderDropzoneInstructions")).to_be_hidden()
    box, words_box = page.locator(ZONE).bounding_box(), page.locator(".kub-zone").bounding_box()
    assert box and words_box and box["height"] >= words_box["height"] - 1  # all of it takes files
    # Heard from here on: asked for only as the key is pressed, the choice may come before the ear.
    page.on("filechooser", lambda _: None)
    focused_by_tab(page, ID("builtin.upload"))
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(file)
    expect(page.locator(".kub-records-stop")).to_be_visible(timeout=SLOW)
    settle(page)
    assert serious(page) == [] and measured(page, "spoken", ENGLISH) == []
    focused_by_tab(page, ID("upload.again"))
    page.keyboard.press("Enter")
    expect(page.locator(ZONE)).to_be_visible()


def test_a_guest_sees_that_the_workbook_is_being_read_and_what_is_wrong_in_it(
    visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "rusak.xlsx"
    file.write_bytes(b"halo")
    page = visitor.open("/benchmark", mode="dark", ours="yes")
    page.locator(".st-key-drop-guest input").set_input_files(file)
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text(ID("guest.file_problems"))
    expect(page.locator(".kub-busy")).to_have_count(0)
    settle(page)
    assert serious(page) == []


@pytest.mark.parametrize("mode", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_streamlits_fields_look_like_those_of_the_filter_bar(visitor: Visitor, mode: str) -> None:
    page = visitor.open("/visits", mode=mode)
    drawn(page)
    own = page.locator(".st-key-new-regency_code-field .kub-field-box").evaluate(LOOK)
    assert own[4]
    assert page.get_by_test_id("stTextInputRootElement").first.evaluate(LOOK) == own


@pytest.mark.parametrize(
    "path", ["/records", pytest.param("/visits", marks=pytest.mark.thorough), "/benchmark?ours=yes"]
)
def test_a_thumb_reaches_every_control(visitor: Visitor, path: str) -> None:
    path, _, ours = path.partition("?ours=")
    page = visitor.open(path, width=390, **({"ours": ours} if ours else {}))
    drawn(page)
    assert page.evaluate(SMALL) == []


def test_what_a_popover_asks_is_readable_in_the_dark(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", mode="dark")
    drawn(page)
    page.locator(".st-key-controls .stPopover button").first.click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    # Drawn on the page's root, which must be of the mode too: its buttons take their colours there.
    assert body.evaluate("e => getComputedStyle(e).colorScheme") == "dark"
    assert serious(page) == []
