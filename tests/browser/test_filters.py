"""The filter bar by keyboard, finger and screen reader: a choice is in the address at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kub import words
from tests.browser.screen import SCOPE, choose, drawn, serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor, until
from tests.support import small

ID, EN = words.of("id"), words.of("en")
NAMES = ("programme", "districts", "villages", "sectors", "since", "until")
UJUNGNEGORO = "33.25.13.2010"
# What stands under the keyboard in the list of a text field.
ACTIVE = "e => document.getElementById(e.getAttribute('aria-activedescendant'))?.querySelector('.kub-option').textContent ?? ''"
LOW = """() => [...document.querySelectorAll('.kub-filters :is(button, [role=option], .kub-field-box, fieldset label)')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""


def field(page: Page, name: str, lang: str = "id") -> Locator:
    label = words.of(lang)(f"filters.{name}")
    return page.get_by_role("combobox", name=label, exact=True)


def option(page: Page, name: str) -> Locator:
    return page.get_by_role("option", name=name, exact=True)


def remove(page: Page, name: str, lang: str = "id") -> Locator:
    label = words.of(lang)("filters.remove", name=name)
    return page.locator(".kub-filters").get_by_role("button", name=label, exact=True)


def in_address(page: Page, query: str) -> None:
    until(page, "query => location.search === query", query)


def test_a_village_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    villages = field(page, "villages")
    villages.focus()
    expect(villages).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox", name=ID("filters.villages"), exact=True)).to_be_visible()
    expect(villages).to_have_attribute("aria-expanded", "true")
    first = villages.evaluate(ACTIVE)
    page.keyboard.press("ArrowUp")  # round to the last one
    assert first and villages.evaluate(ACTIVE) > first
    page.keyboard.insert_text("UJUNGn")
    until(page, "document.querySelectorAll('[role=option]').length === 1")
    assert villages.evaluate(ACTIVE) == "Ujungnegoro"
    expect(page.locator(".kub-filters > [role=status]")).to_have_text(
        ID("filters.options", count=1)
    )
    # The number is told after the name, and is no part of it.
    expect(option(page, "Ujungnegoro")).to_have_attribute(
        "aria-description",
        ID("filters.kub", count=option(page, "Ujungnegoro").locator(".kub-count").inner_text()),
    )
    page.keyboard.press("Enter")
    in_address(page, f"?villages={UJUNGNEGORO}")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(villages).to_be_focused()
    expect(page.locator(".kub-filters > [role=status]")).to_have_text(
        ID("filters.added", name="Ujungnegoro")
    )
    expect(page.locator(SCOPE)).to_contain_text("Desa Ujungnegoro")
    expect(remove(page, "Ujungnegoro")).to_be_visible()
    expect(villages).to_be_focused()  # the run that followed took nothing away
    page.keyboard.press("Backspace")
    in_address(page, "")
    expect(remove(page, "Ujungnegoro")).to_have_count(0)
    page.keyboard.insert_text("qqqq")
    expect(page.locator(".kub-list-note")).to_have_text(ID("filters.none"))
    page.keyboard.press("Enter")  # chooses nothing
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(villages).to_have_value("qqqq")
    page.keyboard.press("Escape")
    expect(villages).to_have_value("")
    page.keyboard.press("Tab")
    expect(field(page, "sectors")).to_be_focused()
    in_address(page, "")


def test_several_are_ticked_in_the_list_and_it_stays_open(visitor: Visitor) -> None:
    # What nobody knows leaves the address with the first change.
    page = visitor.open("/growth", villages="33.25.99.9999", sectors="x", since=1999)
    drawn(page)
    field(page, "sectors").click()
    option(page, "Makanan").click()
    expect(option(page, "Makanan")).to_have_attribute("aria-selected", "true")
    option(page, "Kerajinan").click()
    in_address(page, "?sectors=makanan&sectors=kerajinan")
    option(page, "Makanan").click()
    expect(option(page, "Makanan")).to_have_attribute("aria-selected", "false")
    in_address(page, "?sectors=kerajinan")
    expect(page.locator(SCOPE)).to_contain_text("Kerajinan")
    page.keyboard.press("Escape")
    remove(page, "Kerajinan").click()
    in_address(page, "")
    expect(field(page, "sectors")).to_be_focused()


def test_quick_changes_lose_nothing_and_end_in_the_newest(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    before = page.evaluate("history.length")
    for name, text in (
        ("sectors", "makan"),
        ("sectors", "keraj"),
        ("until", "2020"),
        ("since", "2022"),
    ):
        field(page, name).focus()
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
    # Ends that stand the wrong way round change places.
    wanted = "?sectors=makanan&sectors=kerajinan&since=2020&until=2022"
    in_address(page, wanted)
    expect(page.locator(SCOPE)).to_contain_text("Makanan dan Kerajinan · 2020–2022")
    expect(field(page, "since")).to_have_value("2020")
    page.wait_for_timeout(1500)  # must not happen: the run for an older view comes back
    in_address(page, wanted)
    expect(page.locator(SCOPE)).to_contain_text("Makanan dan Kerajinan · 2020–2022")
    assert page.evaluate("history.length") == before + 4
    page.go_back()
    in_address(page, "?sectors=makanan&sectors=kerajinan&until=2020")
    expect(field(page, "until")).to_have_value("2020")
    expect(field(page, "since")).to_have_value("")
    expect(page.locator(SCOPE)).to_contain_text("Makanan dan Kerajinan · sampai 2020")
    page.locator(".kub-clear").click()
    in_address(page, "")
    expect(page.locator(".kub-clear")).to_have_attribute("aria-disabled", "true")
    expect(remove(page, "Makanan")).to_have_count(0)


@pytest.mark.thorough
def test_the_page_of_a_choice_is_fetched_while_the_pointer_rests_on_it(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page, "sectors").click()
    food = "/api/page/growth?sectors=makanan"
    with page.expect_response(lambda answer: answer.url.endswith(food)):
        option(page, "Makanan").hover()
    in_address(page, "?lang=id")  # nothing is chosen yet
    option(page, "Makanan").click()
    expect(page.locator(SCOPE)).to_contain_text("Makanan")
    in_address(page, "?sectors=makanan")
    assert len([url for url in asked if url.endswith(food)]) == 1


def test_another_programme_and_another_language_at_once(visitor: Visitor) -> None:
    page = visitor.open(
        "/growth", villages=UJUNGNEGORO, since=2013, until=2020, denominator="target"
    )
    drawn(page)
    choose(page, ID("filters.programme"), "Kabupaten Contoh A")
    in_address(page, "?programme=CONTOH-A&until=2020&denominator=target")
    expect(page.locator(SCOPE)).to_contain_text("Kabupaten Contoh A")
    expect(field(page, "programme")).to_have_value("Kabupaten Contoh A")
    expect(remove(page, "Ujungnegoro")).to_have_count(0)
    field(page, "since").click()
    # From its own first year on, newest first.
    assert page.get_by_role("option").all_inner_texts()[-1].strip() == "2018"
    page.keyboard.press("Escape")
    page.get_by_text(ID("denominator.regency"), exact=True).click()
    in_address(page, "?programme=CONTOH-A&until=2020")
    page.locator(".kub-lang").get_by_text("EN", exact=True).click()
    expect(field(page, "programme", "en")).to_have_value("Contoh A Regency")
    assert [field(page, name, "en").count() for name in NAMES] == [1] * len(NAMES)
    expect(page.locator(".kub-filters h2")).to_have_text(EN("filters.title"))


@pytest.mark.thorough
def test_the_analysts_switch_goes_by_the_address(visitor: Visitor) -> None:
    page = visitor.open("/growth", programme="CONTOH-C")
    drawn(page)
    switch = page.get_by_role("switch", name=ID("withheld.switch"))
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.focus()
    page.keyboard.press("Space")
    in_address(page, "?programme=CONTOH-C&role=analyst")
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page.locator(".kub-notice")).to_contain_text(ID("withheld.on").replace("**", ""))


@pytest.mark.parametrize(
    ("lang", "mode"),
    [pytest.param("id", "light", marks=pytest.mark.thorough), ("en", "dark forced")],
)
def test_an_open_list_is_for_everyone(visitor: Visitor, lang: str, mode: str) -> None:
    page = visitor.open("/growth", lang, mode, districts="33.25.13")
    drawn(page)
    assert [field(page, name, lang).count() for name in NAMES] == [1] * len(NAMES)
    field(page, "villages", lang).click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert serious(page) == []
    colours = page.get_by_role("option").evaluate_all(
        "all => new Set(all.slice(0, 3).map(e => getComputedStyle(e).backgroundColor)).size"
    )
    assert colours == 2


def test_a_finger_finds_everything_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open("/growth", width=390, districts="33.25.13")
    drawn(page)
    expect(field(page, "sectors")).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    field(page, "sectors").click()
    assert page.evaluate(LOW) == []
    option(page, "Lainnya").click()
    in_address(page, "?districts=33.25.13&sectors=lainnya")
    expect(page.locator(SCOPE)).to_contain_text("Lainnya")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a dashboard answers whose second programme has more villages than a list takes."""
    folder: Path = tmp_path_factory.mktemp("country")
    small.write(folder, villages=2_400)
    with serve(folder) as running:
        yield running


@pytest.mark.thorough
def test_villages_that_are_too_many_are_searched_for(
    country: str, visit: Callable[[str], Visitor]
) -> None:
    visitor = visit(country)
    page = visitor.open("/growth", programme=small.B)
    villages = field(page, "villages")
    villages.click()
    expect(page.get_by_role("option")).to_have_count(50)
    expect(page.locator(".kub-list-note")).to_have_text(ID("filters.more", count=50))
    page.keyboard.insert_text("wonosari 12")
    # Twice in the programme: with its district.
    expect(option(page, "Wonosari 12 (Kecamatan 167)")).to_be_visible()
    name = "Wonosari 12 (Kecamatan 1)"
    option(page, name).click()
    expect(remove(page, name)).to_be_visible()
    expect(page.locator(SCOPE)).to_contain_text(name)
    page.reload()
    expect(remove(page, name)).to_be_visible()
    # A server that does not answer is told, and the next key asks again.
    page.route("**/api/villages*", lambda route: route.abort())
    villages.click()
    expect(page.locator(".kub-list-note")).to_have_text(ID("filters.lost"))
    page.unroute("**/api/villages*")
    page.keyboard.insert_text("karang")
    expect(page.get_by_role("option")).to_have_count(50)
