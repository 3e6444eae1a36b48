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
    'fill="#7A1F3D"/></svg>'
)
BRAND = 'name = "KUB Kendal"\nlogo = "logo.svg"\naccent = "#7A1F3D"\nsecond = "#00677A"\n'
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
    expect(page.locator(".kub-brand")).to_have_text("KUB Kendal")
    expect(page).to_have_title(re.compile("KUB Kendal$"))
    assert page.locator(".kub-lang a[aria-current]").evaluate(COLOUR) == rgb(accent)
    assert rgb(accent) in page.locator(".kub-plot path").evaluate_all(LINES)
    assert serious(page) == []
