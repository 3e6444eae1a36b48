"""The kiosk's own clock: the browser's half of a presentation alone on a
page, with its server played and time told.
"""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page

from kub.ui.presenter.remote import LABELS
from kub.ui.presenter.step import HERE

SECONDS = 20
TOTAL = 3
# What Streamlit puts around the controls, and a server that draws whatever step it is asked for.
STAGE = """
<div data-testid="stApp" data-test-connection-state="CONNECTED">
  <div class="st-key-present"></div><div id="host"><div class="kub-remote"></div></div>
</div>"""
BEGIN = """async ([script, data]) => {
  const { default: draw } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  const app = document.querySelector('[data-testid=stApp]');
  window.asked = [];
  window.draw = (step) => draw({
    data: { ...data, step }, parentElement: document.querySelector('#host'),
    setTriggerValue: (name, { step }) => { window.asked.push(step); if (window.answers) window.draw(step); },
  });
  window.answers = true;
  window.connect = (on) => { app.dataset.testConnectionState = on ? 'CONNECTED' : 'PINGING_SERVER'; };
  window.draw(data.step);
}"""


class Kiosk:
    """A presentation of TOTAL steps that goes on by itself every SECONDS."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def begin(self, step: int = 1, total: int = TOTAL) -> None:
        script = "\n".join(
            (HERE / name).read_text("utf-8") for name in ("present_safe.js", "present.js")
        )
        data: dict[str, Any] = {
            "lang": "id",
            "step": step,
            "total": total,
            "kiosk": SECONDS,
            "minutes": 0,
        }
        data |= {
            "elapsed": 0,
            "private": False,
            "address": "",
            "qr": "",
            "words": {n: n for n in LABELS},
        }
        data["charts"] = "data:text/javascript,export const library = () => {}"
        self.page.evaluate(BEGIN, [script, data])

    def after(self, seconds: float) -> list[int]:
        """The steps that were asked for within these seconds."""
        self.page.evaluate("window.asked.length = 0")
        self.page.clock.run_for(int(seconds * 1000))
        return cast(list[int], self.page.evaluate("window.asked"))

    def connect(self, on: bool) -> None:
        self.page.evaluate("window.connect", on)

    def signed(self) -> bool:
        return self.page.locator(".kub-away").is_visible()


@pytest.fixture
def kiosk(browser: Browser) -> Iterator[Kiosk]:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(
        "http://stage.invalid/**", lambda route: route.fulfill(body=STAGE, content_type="text/html")
    )
    page.route("http://stage.invalid/_stcore/health", lambda route: route.abort())
    page.clock.install()
    page.goto("http://stage.invalid/present?visit=a&step=1")
    yield Kiosk(page)
    page.close()
    assert errors == []


def test_it_goes_through_the_steps_again_and_again(kiosk: Kiosk) -> None:
    kiosk.begin()
    assert kiosk.after(SECONDS - 1) == []
    assert kiosk.after(2) == [2]
    assert kiosk.after(3 * SECONDS) == [3, 1, 2]


@pytest.mark.parametrize("slide", [0, TOTAL + 1])
def test_it_shows_charts_and_passes_over_welcome_and_closing_slide(
    kiosk: Kiosk, slide: int
) -> None:
    """Nobody is welcomed by an empty hall: whoever begins there is
    led to the first step, and never back.
    """
    kiosk.begin(slide)
    assert kiosk.after((2 * TOTAL + 1) * SECONDS) == [1, 2, 3, 1, 2, 3, 1]


def test_it_waits_while_its_server_is_away_and_goes_on_where_it_stood(kiosk: Kiosk) -> None:
    kiosk.begin()
    assert kiosk.after(SECONDS) == [2]
    kiosk.connect(False)
    assert kiosk.after(10 * SECONDS) == [] and kiosk.signed()
    assert "step=2" in kiosk.page.url
    kiosk.connect(True)
    assert kiosk.after(SECONDS + 1) == [3] and not kiosk.signed()


def test_it_loads_itself_anew_where_only_streamlit_does_not_come_back(kiosk: Kiosk) -> None:
    kiosk.begin()
    assert kiosk.after(SECONDS) == [2]
    kiosk.connect(False)
    assert kiosk.after(2) == []  # it has noticed
    kiosk.page.evaluate("window.stays = true")
    kiosk.page.unroute("http://stage.invalid/_stcore/health")  # the server answers again
    with kiosk.page.expect_event("load"):
        kiosk.page.clock.fast_forward(25_000)
    assert kiosk.page.evaluate("window.stays") is None and "step=2" in kiosk.page.url


def test_it_asks_again_for_a_step_that_was_never_drawn_and_for_no_other(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.page.evaluate("window.answers = false")
    assert set(kiosk.after(4 * SECONDS)) == {2} and kiosk.signed()
    kiosk.page.evaluate("window.answers = true")
    assert kiosk.after(6) == [2] and not kiosk.signed()
    assert kiosk.after(SECONDS) == [3]


def test_it_stands_still_while_paused_or_black(kiosk: Kiosk) -> None:
    kiosk.begin()
    for key in ("p", "b"):
        kiosk.page.keyboard.press(key)
        assert kiosk.after(3 * SECONDS) == []
        kiosk.page.keyboard.press(key)
        assert len(kiosk.after(SECONDS)) == 1


def test_a_story_of_one_step_stays(kiosk: Kiosk) -> None:
    kiosk.begin(total=1)
    assert kiosk.after(3 * SECONDS) == []
