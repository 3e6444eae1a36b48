"""Another office's copy: its name, logo and colours, in light and dark, on the screen."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kub import look
from tests.browser.screen import serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor
from tests.browser.widths import check, ready
from tests.support.thinned import thinned

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4.5" '
    'fill="#8B1A1A"/></svg>'
)
# Longer than one line beside the menu has room for; red, beside which losses are not red, and gold.
NAME = "KUB Kabupaten Kendal Raya"
BRAND = f'name = "{NAME}"\nlogo = "logo.svg"\naccent = "#8B1A1A"\nsecond = "#7F6208"\n'
WHOLE = """() => [".kub-brand span", ".kub-account span"].map(name => document.querySelector(name))
  .every(e => e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 2)"""
COLOUR = "e => getComputedStyle(e).color"
LINES = "all => all.map(e => getComputedStyle(e).stroke).filter(colour => colour.startsWith('rgb'))"


@pytest.fixture(scope="module")
def folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brand")
    shutil.copytree(sample_folder, folder, dirs_exist_ok=True)
    (folder / "brand.toml").write_text(BRAND)
    (folder / "logo.svg").write_text(LOGO)
    return folder


@pytest.fixture(scope="module")
def branded(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize("mode", thinned(["light", "dark"], 2))
def test_a_copy_looks_like_its_office(
    visit: Callable[[str], Visitor], branded: str, folder: Path, mode: str
) -> None:
    here = look.brand_in(folder)
    accent = (here.light if mode == "light" else here.dark)["accent"]
    page = ready(visit(branded).open("/growth", "id", mode))
    check(page)
    expect(page.locator(".kub-brand")).to_have_text(NAME)
    expect(page).to_have_title(re.compile(f"{NAME}$"))
    assert page.locator(".kub-lang a[aria-current]").evaluate(COLOUR) == rgb(accent)
    assert rgb(accent) in page.locator(".kub-plot path").evaluate_all(LINES)
    assert serious(page) == []
    assert page.evaluate(WHOLE)


@pytest.mark.parametrize("width", thinned([1440, 390, 1280, 1024], 2))
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_long_name_and_the_account_are_read_whole(
    visit: Callable[[str], Visitor], branded: str, lang: str, width: int
) -> None:
    page = ready(visit(branded).open("/growth", lang, width=width))
    check(page)
    assert page.evaluate(WHOLE)
