"""A point of a chart chooses: by mouse, finger and keyboard all charts follow the address, and what
is under the pointer is outlined wherever else it stands.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from kub import words
from tests.browser.screen import SCOPE, drawn, figures, serious, wait_for_other_figures
from tests.browser.visitor import Visitor, until

ID, EN = words.of("id"), words.of("en")
STATUS = "body > [role=status]"
# The middle of a bar on the screen: (key of the chart, code).
MIDDLE = """([key, code]) => {
  const chart = document.querySelector(`.kub-chart[data-key="${key}"]`);
  chart.scrollIntoView({ block: "center" });
  const traces = [...chart.querySelectorAll(".barlayer .trace")].map(node => [node, chart.querySelector(".kub-plot").data[node.__data__[0].trace.index].customdata]);
  const [node, codes] = traces.find(([, codes]) => codes?.includes(code));
  const { left, top, width, height } = node.querySelectorAll(".point path")[codes.indexOf(code)].getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
OUTLINED = """kind => Object.fromEntries([...document.querySelectorAll(".kub-chart")]
  .map(chart => [chart.dataset.key, chart.querySelectorAll(`.kub-${kind}`).length]).filter(([, count]) => count))"""
CURSOR = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor"


def middle(page: Page, chart: str, code: str) -> tuple[float, float]:
    x, y = page.evaluate(MIDDLE, [chart, code])
    return x, y


def in_address(page: Page, query: str) -> None:
    until(page, "query => location.search === query", query)


def test_a_click_filters_all_charts_and_is_undone(visitor: Visitor) -> None:
    page = visitor.open("/")
    before = figures(page)
    page.mouse.click(*middle(page, "sectors", "laundry"))
    in_address(page, "?sectors=laundry")
    wait_for_other_figures(page, before)
    name = ID("sector.laundry")
    expect(page.locator(".kub-chip")).to_have_text(f"{name} ×")
    expect(page.locator(STATUS)).to_have_text(ID("card.picked", name=name))
    # The others stay, grey, and one of them may be chosen instead.
    bars = page.evaluate(
        "document.querySelector('[data-key=sectors] .kub-plot').data[0].customdata"
    )
    assert len(bars) == 5
    page.mouse.click(*middle(page, "sectors", "makanan"))
    in_address(page, "?sectors=makanan")
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, "sectors", "laundry"))
    page.keyboard.up("Shift")
    in_address(page, "?sectors=makanan&sectors=laundry")
    page.go_back()
    in_address(page, "?sectors=makanan")
    page.keyboard.press("Escape")
    in_address(page, "")
    expect(page.locator(".kub-chip")).to_have_count(0)
    drawn(page)
    assert figures(page) == before


@pytest.mark.thorough
def test_the_later_of_two_quick_clicks_counts(visitor: Visitor) -> None:
    page = visitor.open("/")
    drawn(page)
    for code in ("makanan", "kerajinan"):
        page.mouse.move(*middle(page, "sectors", code))
        # Plotly looks at what is under the pointer every 50 ms; no hand is as quick as that.
        page.wait_for_timeout(100)
        page.mouse.click(*middle(page, "sectors", code))
    in_address(page, "?sectors=kerajinan")
    expect(page.locator(".kub-chip")).to_have_text(f"{ID('sector.kerajinan')} ×")
    expect(page.locator(SCOPE)).to_contain_text(ID("sector.kerajinan"))


def test_arrows_walk_enter_chooses_and_escape_clears(visitor: Visitor) -> None:
    page = visitor.open("/", lang="en")
    drawn(page)
    chart = page.locator('.kub-chart[data-key="coverage"]')
    assert chart.get_attribute("role") == "application"
    assert chart.get_attribute("aria-roledescription") == EN("card.pick_role")
    expect(page.locator(f"#{chart.get_attribute('aria-describedby')}")).to_have_text(
        EN("card.pick_filter")
    )
    chart.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(STATUS)).to_have_text("Tulis")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    in_address(page, "?lang=en&districts=33.25.13")
    expect(page.locator(".kub-chip")).to_have_count(1)
    expect(chart).to_be_focused()
    page.keyboard.press("Enter")  # the same once more
    in_address(page, "?lang=en")
    page.keyboard.press("Enter")
    in_address(page, "?lang=en&districts=33.25.13")
    page.keyboard.press("Escape")
    in_address(page, "?lang=en")
    assert serious(page) == []


def test_what_is_under_the_pointer_is_outlined_everywhere_without_a_request(
    visitor: Visitor,
) -> None:
    page = visitor.open("/sectors")
    drawn(page)
    page.wait_for_load_state("networkidle")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    place = middle(page, "sectors", "koperasi")
    page.mouse.move(*place)
    until(page, f"Object.keys(({OUTLINED})('hovered')).length > 3")
    outlined = page.evaluate(OUTLINED, "hovered")
    assert outlined["sectors"] == outlined["sector_years"] == 1
    assert outlined["village_sectors"] == len(
        [code for code in page.evaluate(CELLS) if code.endswith(" koperasi")]
    )
    assert page.evaluate(CURSOR, list(place)) == "pointer"
    page.mouse.move(place[0] + 300, place[1])  # in the plot, beside the bar
    until(page, f"Object.keys(({OUTLINED})('hovered')).length === 0")
    assert page.evaluate(CURSOR, [place[0] + 300, place[1]]) == "default"
    assert asked_for == []


# The codes of the cells that are filled.
CELLS = """() => { const { customdata, z } = document.querySelector('[data-key=village_sectors] .kub-plot').data[0];
  return customdata.flat().filter((_, place) => z.flat()[place] !== null) }"""


@pytest.mark.thorough
def test_no_hand_where_a_click_does_nothing(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    chart = page.locator('.kub-chart[data-key="survival"]')
    chart.scroll_into_view_if_needed()
    box = chart.locator(".points path").nth(1).bounding_box()
    assert box and chart.get_attribute("role") == "img"
    place = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.mouse.move(*place)
    chart.locator(".hoverlayer text").first.wait_for(state="attached")
    assert page.evaluate(CURSOR, place) == "default"


@pytest.mark.thorough
def test_a_tap_chooses_once_and_marks_nothing_before(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    drawn(page)
    page.touchscreen.tap(*middle(page, "sectors", "makanan"))
    in_address(page, "?sectors=makanan")
    drawn(page)
    assert page.evaluate("location.search") == "?sectors=makanan"  # not taken back by its echo
    assert page.evaluate(OUTLINED, "hovered") == {}
    context.close()


def test_bars_and_rows_of_a_village_open_its_profile_as_the_map_does(visitor: Visitor) -> None:
    page = visitor.open("/villages")
    drawn(page)
    page.mouse.click(*middle(page, "villages_ranking", "33.25.13.2010"))
    in_address(page, "?profile=33.25.13.2010")
    panel = page.locator(".kub-panel h2").first
    expect(panel).to_have_text("Ujungnegoro")
    page.locator('[data-focus="table villages"]').click()
    table = page.locator("#kub-twin-villages")
    table.get_by_role("link", name="Karanggeneng", exact=True).click()
    in_address(page, "?profile=33.25.13.2011")
    expect(panel).to_have_text("Karanggeneng")
    expect(page.locator("h1")).to_be_focused()  # where the profile stands, above the tables
    gaps = page.locator("#kub-twin-gaps").get_by_role("link")
    name = gaps.first.inner_text()
    gaps.first.focus()
    page.keyboard.press("Enter")
    expect(panel).to_have_text(name)
