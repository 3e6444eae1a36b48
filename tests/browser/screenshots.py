"""Pictures of the sample. Without arguments those of the README; `all` takes every page, language,
mode and width, forced colours included, and prints each on A4 both ways.

`python -m tests.browser.screenshots [all] [FOLDER]`; all go to FOLDER, else to a new folder that
is printed.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from PIL import Image  # comes with Streamlit
from playwright.sync_api import Page, expect, sync_playwright

from kub.ui.frame import PAGES
from kub.visits import Visit
from kub.words import LANGUAGES
from tests.bench.bench_present import prepared
from tests.browser import chromium
from tests.browser.screen import PATHS, drawn
from tests.browser.server import ROOT, serve
from tests.browser.visitor import HEIGHTS, PATIENCE_MS, Visitor

README = ROOT / ".github" / "pictures"
# name -> (path, language, mode, width); what the README shows.
CHOSEN = {
    "overview": ("/", "id", "light", 1440),
    "villages": ("/villages", "en", "light", 1440),
    "growth-dark": ("/growth", "id", "dark", 1440),
    "benchmark": ("/benchmark", "id", "light", 1440),
}
STEP = 4  # of the presentation
# Shown where the repository is linked to; twice as wide as high, as GitHub wants it.
SOCIAL = README.parent / "social-preview.png"
SOCIAL_SIZE = (1280, 640)


@contextmanager
def of_sample() -> Iterator[tuple[Visitor, Path]]:
    """A visitor of a dashboard on the sample, in a browser of its own, and the data folder."""
    expect.set_options(timeout=PATIENCE_MS)
    with (
        tempfile.TemporaryDirectory() as name,
        serve(data := Path(name)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.FLAGS
        )
        yield Visitor(browser, address), data
        browser.close()


def stands(page: Page, step: int) -> None:
    """Wait until that step of a presentation stands, with its chart drawn."""
    page.locator(f'.kub-remote[data-step="{step}"]').wait_for(state="attached")
    page.locator(".kub-slide:not([data-behind]) .kub-chart[data-drawn]").wait_for()


def take(page: Page, file: Path, whole: bool) -> None:
    """One picture, as a visitor first sees it; or whole, the inner
    scroll area unrolled by a taller window.
    """
    if whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        width = page.evaluate("window.innerWidth")
        page.set_viewport_size({"width": width, "height": min(height + 80, 8000)})
        page.wait_for_timeout(500)  # charts follow the window's size
    page.screenshot(path=file)
    print(file)


def everything(visitor: Visitor, folder: Path) -> None:
    for (name, path), lang, mode, width in product(
        zip(PAGES, PATHS, strict=True), LANGUAGES, ("light", "dark", "forced"), HEIGHTS
    ):
        page = visitor.open(path, lang, mode, width)
        drawn(page)
        take(page, folder / f"{name}-{lang}-{mode}-{width}.png", whole=True)
        visitor.leave()
    for (name, path), lang in product(zip(PAGES, PATHS, strict=True), LANGUAGES):
        page = visitor.open(path, lang, width=1366)
        drawn(page)
        for side, landscape in (("portrait", False), ("landscape", True)):
            file = folder / f"{name}-{lang}-{side}.pdf"
            page.pdf(path=file, format="A4", landscape=landscape, print_background=True)
            print(file)
        visitor.leave()


def chosen(visitor: Visitor, folder: Path) -> None:
    for name, (path, lang, mode, width) in CHOSEN.items():
        page = visitor.open(path, lang, mode, width)
        drawn(page)
        take(page, folder / f"{name}.png", whole=False)
        shrink(folder / f"{name}.png")
        visitor.leave()


def presented(visitor: Visitor, visit: Visit, folder: Path) -> None:
    """One step as the hall sees it."""
    page = visitor.open()  # it waits for the foot of a page, which a presentation has not
    page.goto(visitor.link("/present", visit.lang, visit=visit.visit_id, step=STEP))
    stands(page, STEP)
    take(page, folder / "present.png", whole=False)
    shrink(folder / "present.png")
    visitor.leave()


def social(visitor: Visitor, file: Path) -> None:
    """The head of the overview in English, without the filters beside it."""
    page = visitor.open("/", "en", width=1280)
    page.set_viewport_size({"width": SOCIAL_SIZE[0], "height": SOCIAL_SIZE[1]})
    page.locator('[data-testid="stSidebarCollapseButton"] button').click()
    page.wait_for_timeout(500)  # charts follow the width
    drawn(page)
    take(page, file, whole=False)
    shrink(file)
    visitor.leave()


def shrink(file: Path) -> None:
    """Fewer colours, for pictures that are committed: half the size or
    less, and no difference one would see.
    """
    with Image.open(file) as image:
        small = image.convert("RGB").quantize(
            256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    small.save(file, optimize=True)


def main(arguments: list[str]) -> None:
    every = "all" in arguments
    asked = [Path(argument) for argument in arguments if argument != "all"]
    folder = asked[0] if asked else Path(tempfile.mkdtemp(prefix="kub-")) if every else README
    folder.mkdir(parents=True, exist_ok=True)
    with of_sample() as (visitor, data):
        if every:
            everything(visitor, folder)
        else:
            chosen(visitor, folder)
            presented(visitor, prepared(data), folder)
            social(visitor, SOCIAL if folder == README else folder / SOCIAL.name)


if __name__ == "__main__":
    main(sys.argv[1:])
