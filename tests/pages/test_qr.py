"""QR codes as phones see them: what is drawn on screen and terminal is
read by a decoder and leads where it says.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image
from streamlit.runtime.context import ContextProxy

from kub import words
from kub.answers.step import Step
from kub.exports.pictures import HERE
from kub.guests import rooms as shared
from kub.presenting import hall
from kub.ui.presenter import remote
from kub.words import LANGUAGES
from tests.support.clock import Clock
from tests.support.guest_form import open_room
from tests.support.pages import page_html
from tests.support.presenting import controls, present
from tests.support.visits import store_visit

pytestmark = pytest.mark.usefixtures("folder", "store")

HALL = "http://192.168.1.20:8501"
MODULE = 4  # px of a dark or light square


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """at(address): from then on pages are opened there, as a browser in the hall opens them."""

    def come(address: str) -> None:
        monkeypatch.setattr(ContextProxy, "url", property(lambda _: address))

    return come


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def svgs(markup: str) -> list[str]:
    return re.findall(r"<svg.*?</svg>", markup, re.DOTALL)


def drawn(svg: str) -> Image.Image:
    """The picture of it on the page's ground, which is not white."""
    [side] = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
    size = str(int(side) * MODULE)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', "xmlns=" not in svg)
    inputs = {"svg": svg, "width": size, "height": size}
    picture = typst.compile(HERE / "picture.typ", format="png", ppi=72, sys_inputs=inputs)
    return Image.open(io.BytesIO(picture)).convert("L")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_code_of_a_step_leads_phones_to_that_step(
    folder: Path, at: Callable[[str], None], lang: str
) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    at(f"{HALL}/present?visit={one.visit_id}&step=2&kiosk=20")
    sent = controls(present(one, step=2, lang=lang, private="yes"))
    wanted = f"{HALL}/present?visit={one.visit_id}&step=2&lang={lang}&private=yes"
    assert read(drawn(sent["qr"])) == [wanted] == [sent["address"]]


def test_the_closing_slide_has_the_code_of_the_first_step(
    folder: Path, at: Callable[[str], None]
) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    at(f"{HALL}/present?visit={one.visit_id}&step=closing")
    text = page_html(present(one, step="closing"))
    [sign] = svgs(text)
    assert read(drawn(sign)) == [f"{HALL}/present?visit={one.visit_id}&step=1&lang=id"]
    assert words.of("id")("present.closing_scan") in text


def test_the_codes_bar_leads_guests_to_the_form(
    at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "ROOMS", shared.RoomStore(Clock()))
    at(f"{HALL}/benchmark?lang=id")
    app, code = open_room()
    [sign] = svgs(page_html(app))
    assert read(drawn(sign)) == [f"{HALL}/benchmark?lang=id&ours=yes&join={code}"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8501", "http://[::1]:8501", "http://localhost:8501"]
)
def test_where_no_phone_gets_there_is_no_code(
    folder: Path, at: Callable[[str], None], address: str
) -> None:
    one = store_visit(folder, Step("growth"))
    at(f"{address}/present?visit={one.visit_id}&step=closing")
    app = present(one, step="closing")
    assert svgs(page_html(app)) == [] and controls(app)["qr"] == ""


@pytest.mark.parametrize("address", [HALL, "http://10.1.2.3:8601"])
def test_the_code_on_the_terminal_is_read_whatever_its_colours(address: str) -> None:
    lines = [re.sub(r"\x1b\[[\d;]+m", "", line) for line in hall.matrix(address)]
    light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
    rows = [[light[sign][half] for sign in line] for line in lines for half in (0, 1)]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([255 * bit for row in rows for bit in row])
    assert read(picture.resize((picture.width * MODULE, picture.height * MODULE), 0)) == [address]


def test_a_long_address_is_still_read_as_small_as_the_bar_shows_it() -> None:
    """kub/ui/guests/share.css draws it 88 px wide on a laptop; a phone's
    camera sees more than one dot of each.
    """
    address = f"{HALL}/benchmark?lang=id&ours=yes&join=ACDEF"
    picture = drawn(remote.qr(address)).resize((2 * 88, 2 * 88))
    assert read(picture) == [address]
