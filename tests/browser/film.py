"""The film of the README: a visit in a quarter of a minute, as a moving picture (GIF).

`python -m tests.browser.film [FILE]` (`make film`): the whole, a village, its growth, slides in the
hall, a guest's own figures. Taken from the sample, like the pictures beside it.
"""

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from kub import words
from kub.visits import Visit
from tests.bench.bench_present import prepared
from tests.browser.screen import choose, drawn
from tests.browser.screenshots import README, of_sample, stands
from tests.browser.visitor import Visitor, until

ID = words.of("id")
WINDOW = {"width": 1280, "height": 800}
WIDTH = 960  # px of the film
COLOURS = 160  # of all pictures together: with their own palettes the still parts would flicker
MOST_BYTES, MOST_MS = 2_500_000, 20_000
SHORT, LONG = 900, 1_600  # ms that a picture stands
VILLAGE = "Ujungnegoro"
FIRST_STEP, STEPS = 2, 3  # of the presentation
GUEST = {"kub": 164, "members": 2_310, "covered": 41, "population": 480_333}
GUEST |= {"population_year": 2024}


@dataclass
class Film:
    """Pictures and how long each stands, in ms."""

    pictures: list[Image.Image] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def take(self, page: Page, ms: int = LONG) -> None:
        with Image.open(io.BytesIO(page.screenshot())) as image:
            height = round(WIDTH * image.height / image.width)
            small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        self.pictures.append(small)
        self.times.append(ms)

    def save(self, file: Path) -> None:
        palette = _palette(self.pictures)
        first, *others = (
            picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in self.pictures
        )
        first.save(
            file,
            save_all=True,
            append_images=others,
            duration=self.times,
            loop=0,
            optimize=False,  # else each picture gets a palette of its own
            disposal=1,  # only what changes is stored
        )


def _palette(pictures: Iterable[Image.Image]) -> Image.Image:
    """The colours of all pictures, of their quarters side by side."""
    small = [picture.resize((picture.width // 2, picture.height // 2)) for picture in pictures]
    sheet = Image.new("RGB", (small[0].width, sum(picture.height for picture in small)))
    top = 0
    for picture in small:
        sheet.paste(picture, (0, top))
        top += picture.height
    return sheet.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def looked_through(visitor: Visitor, film: Film) -> None:
    """The whole, then one village, then its growth."""
    page = opened(visitor, "/")
    film.take(page)
    page.get_by_role("combobox", name=ID("filters.villages"), exact=True).click()
    page.keyboard.insert_text(VILLAGE[:4])
    expect(page.get_by_role("option", name=VILLAGE, exact=True)).to_be_visible()
    film.take(page, SHORT)
    page.get_by_role("option", name=VILLAGE, exact=True).click()
    until(page, "location.search.includes('villages=')")
    drawn(page)
    film.take(page)
    page.locator(".kub-nav").get_by_role("link", name=ID("page.growth"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ID("page.growth"))
    drawn(page)
    film.take(page)
    visitor.leave()


def presented(visitor: Visitor, visit: Visit, film: Film) -> None:
    """Some steps as the hall sees them, by the keys of a clicker."""
    page = opened(visitor, "/")
    for step in range(FIRST_STEP, FIRST_STEP + STEPS):
        if step == FIRST_STEP:
            page.goto(visitor.link("/present", visit.lang, visit=visit.visit_id, step=step))
        else:
            page.keyboard.press("ArrowRight")
        stands(page, step)
        page.wait_for_timeout(300)
        film.take(page)
    visitor.leave()


def compared(visitor: Visitor, film: Film) -> None:
    """A guest's own figures, typed in and beside the others."""
    page = opened(visitor, "/benchmark")
    film.take(page)
    page.locator(".st-key-guest-open button").click()
    choose(page, ID("guest.region"), "Kota Cilegon")
    for name, value in GUEST.items():
        page.locator(f'[class*="st-key-guest-{name}-"] input').fill(str(value))
    form = page.locator('[class*="st-key-guest-kub-"]').first
    form.scroll_into_view_if_needed()
    film.take(page, SHORT)
    page.get_by_role("button", name=ID("guest.show"), exact=True).click()
    matrix = page.locator(".kub-matrix")
    expect(matrix).to_contain_text("Kota Cilegon")
    drawn(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.wait_for_timeout(500)
    film.take(page)
    matrix.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    film.take(page)
    visitor.leave()


def opened(visitor: Visitor, path: str) -> Page:
    page = visitor.open(path)
    page.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    drawn(page)
    page.wait_for_timeout(500)  # charts follow the window's size
    return page


def main(arguments: list[str]) -> None:
    file = Path(arguments[0]) if arguments else README / "visit.gif"
    film = Film()
    with of_sample() as (visitor, data):
        looked_through(visitor, film)
        presented(visitor, prepared(data), film)
        compared(visitor, film)
    film.save(file)
    size, ms = file.stat().st_size, sum(film.times)
    assert size <= MOST_BYTES and ms <= MOST_MS, (size, ms)
    print(f"{file}: {size / 1e6:.1f} MB, {ms / 1000:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
