"""The page that guests take home, opened from a disk in a browser without any net."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kub import look, words
from kub.exports.html import html
from kub.exports.pack import Pack, pack
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.browser.screen import drawn, serious
from tests.browser.visitor import Visitor

DRAWN = "() => document.querySelectorAll('.kub-chart:not([data-drawn])').length === 0"
# An element as [name, attributes, text or elements inside]. What differs by design is left out: names
# that are unique in a page, what a card offers, and what Plotly draws.
OUTLINE = """(node, texts) => {
  const own = (name) => !["id", "style", "tabindex"].includes(name) && !/^(data-|aria-labelledby|aria-label$)/.test(name);
  // What can be chosen on the page only: points of charts, and the number that leads to a list.
  const chosen = (e, name) => e.matches(".kub-chart") && ["role", "aria-describedby", "aria-roledescription"].includes(name);
  const outline = (e) => [e.localName,
    [...e.attributes].filter(({ name }) => own(name) && !chosen(e, name)).map(({ name, value }) => `${name}=${value}`).sort(),
    e.matches(".kub-actions, .kub-plot, .kub-twin") ? "" : e.children.length && !e.matches(".kub-note")
      ? [...e.children].filter((inside) => !inside.matches(".kub-kept, .kub-hint, .kub-provenance")).map(outline) : texts && e.textContent];
  return outline(node);
}"""
GROUND = "() => getComputedStyle(document.querySelector('.main-svg')).backgroundColor"


@pytest.fixture(scope="module")
def standard(sample_folder: Path) -> Pack:
    return pack(Data.open(current(sample_folder)), Filters(), words.of("id"), date(2026, 11, 24))


@pytest.fixture(scope="module")
def file(standard: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "paket.html"
    path.write_bytes(html(standard))
    return path


@pytest.fixture(
    scope="module",
    params=[("light", 1280), pytest.param(("dark", 390), marks=pytest.mark.thorough)],
    ids=lambda window: f"{window[0]}-{window[1]}",
)
def page(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Drawn to the end, once for all tests, since its forty charts take longer than any of them:
    each leaves it as it was. Whatever was asked for or went wrong meanwhile fails the last.
    """
    mode, width = request.param
    context = browser.new_context(
        offline=True, color_scheme=mode, viewport={"width": width, "height": 844}
    )
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on(
        "request",
        lambda asking: (
            None if asking.url.startswith(("data:", "blob:")) else asked.append(asking.url)
        ),
    )
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None,
    )
    opened.goto(file.as_uri())
    opened.wait_for_function(DRAWN)
    yield opened
    context.close()
    assert (set(asked), wrong) == ({file.as_uri()}, [])


def test_every_chart_is_drawn_in_the_mode_of_the_browser(page: Page, standard: Pack) -> None:
    drawn = page.locator(".kub-chart .main-svg:first-child")
    assert drawn.count() >= sum(part.answer.figure is not None for part in standard.parts)
    dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    ground = look.palette("dark" if dark else "light").background
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    assert page.evaluate(GROUND) == f"rgb({red}, {green}, {blue})"


def test_nothing_sticks_out(page: Page) -> None:
    width = page.evaluate("() => document.documentElement.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.main-svg')].map((s) => s.clientWidth))"
    )
    assert wide <= width


def test_charts_answer_in_the_words_of_the_language_and_have_their_alternative_text(
    page: Page, standard: Pack
) -> None:
    for part in standard.parts:
        if part.answer.figure is not None:
            assert page.get_by_role("img", name=part.answer.takeaway, exact=True).count() == 1


def test_a_change_of_mode_turns_the_charts_over(page: Page) -> None:
    before = page.evaluate(GROUND)
    dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function(f"() => ({GROUND})() !== {before!r}")
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.wait_for_function(f"() => ({GROUND})() === {before!r}")


def test_paper_is_white_and_holds_the_whole_chart(page: Page) -> None:
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    widths = page.evaluate(
        "() => [...document.querySelectorAll('.main-svg')].map((s) => s.clientWidth)"
    )
    assert set(widths) == {850}  # 182 mm of A4, at four fifths as pages are
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("() => document.querySelector('.main-svg').clientWidth !== 850")


def test_a_table_opens_and_sorts_by_keyboard(page: Page) -> None:
    card = page.locator("#answer-9")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.locator("table")).to_be_visible()
    villages = card.get_by_role("columnheader").nth(1)
    villages.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(villages).to_have_attribute("aria-sort", "descending")
    counts = [int(cell) for cell in card.locator("tbody td:nth-child(2)").all_text_contents()]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]
    page.reload()
    page.wait_for_function(DRAWN)


def test_a_chart_and_its_rows_are_saved_from_the_file(page: Page) -> None:
    card = page.locator("#answer-2")
    for button, start in (("PNG", b"\x89PNG"), ("CSV", b"\xef\xbb\xbf")):
        with page.expect_download() as saving:
            card.locator(".kub-actions").get_by_text(button, exact=True).click()
        assert saving.value.suggested_filename.startswith("kub-growth_")
        assert Path(saving.value.path()).read_bytes().startswith(start)


def test_nothing_keeps_anyone_out(page: Page) -> None:
    table = page.locator("#answer-9 summary")
    table.click()
    assert serious(page) == []
    table.click()


def test_without_scripts_titles_takeaways_and_tables_are_read(
    browser: Browser, file: Path, standard: Pack
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("noscript p")).to_be_visible()
    for number, part in enumerate(standard.parts, 1):
        card = page.locator(f"#answer-{number}")
        expect(card.get_by_role("heading", name=part.title)).to_be_visible()
        assert part.answer.takeaway_under(part.title) in card.inner_text()
        expect(card.locator(".kub-picture:visible, .kub-chart:visible")).to_have_count(0)
    expect(page.locator(".kub-twin table").first).to_be_visible()
    context.close()


def outline(locator: Locator, texts: bool) -> object:
    return locator.evaluate(OUTLINE, texts)


def test_a_card_is_the_same_in_the_file_and_on_the_page(page: Page, visitor: Visitor) -> None:
    screen = visitor.open("/villages")
    drawn(screen)
    ours, theirs = page.locator("#answer-9"), screen.locator('.kub-card[data-key="coverage"]')
    assert outline(ours, texts=False) == outline(theirs, texts=False)
    theirs.get_by_role("button", name=words.of("id")("card.table"), exact=True).click()
    rows = theirs.locator(".kub-rows-box")
    rows.wait_for()
    assert outline(ours.locator(".kub-rows-box"), texts=True) == outline(rows, texts=True)
    home = visitor.open("/")
    drawn(home)
    # The page draws the first of the numbers larger, with a sentence: the file has all in a row.
    ours, theirs = (each.locator(".kub-strip").first.locator("> div") for each in (page, home))
    assert theirs.count() == 5 and ours.count() == 6
    for at in range(5):
        assert outline(ours.nth(at + 1), texts=True) == outline(theirs.nth(at), texts=True)
