"""A presentation before its first step, after its last, and
while its visit's file cannot be read.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from kub import visits, words
from kub.answers.step import Step
from kub.presenting.state import StageStore
from kub.words import LANGUAGES
from tests.support.pages import page_html
from tests.support.presenting import controls, present, screen_text
from tests.support.visits import store_visit

pytestmark = pytest.mark.usefixtures("folder", "store")

ID = words.of("id")


def test_a_visit_renamed_or_half_written_stays_on_the_screen_and_comes_back(folder: Path) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    file = folder / "visits" / f"{one.visit_id}.toml"
    whole, app = file.read_text("utf-8"), present(one, step=2)
    shorter = visits._written(replace(one, steps=one.steps[:1])).decode()
    for half in ("", "date = [", whole[: len(whole) // 2], shorter):
        file.write_text(half, "utf-8")
        assert ID("present.kept") in page_html(app.run()) and controls(app)["step"] == 2
    file.unlink()
    assert ID("present.kept") in page_html(app.run()) and controls(app)["step"] == 2
    fresh = present(one, step=2)
    assert ID("error.visit_unknown.title") in screen_text(fresh)
    file.write_text(whole, "utf-8")
    for screen in (app, fresh):
        assert ID("present.kept") not in page_html(screen.run()) and controls(screen)["step"] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_visit_opens_with_its_guests_and_ends_with_its_contact(folder: Path, lang: str) -> None:
    one = store_visit(folder, Step("growth"), contact="Sekretariat <CSR>, 0285 000")
    say_it = words.of(lang)
    app = present(one, step="welcome", lang=lang)
    assert (
        say_it("present.welcome_to", guests="Pemerintah Kota Cilegon") in page_html(app)
        and controls(app)["step"] == 0
    )
    text = page_html(present(one, step="closing", lang=lang))
    assert say_it("present.thanks") in text and "Sekretariat &lt;CSR&gt;, 0285 000" in text
    assert say_it("frame.sample") in text
    bare = page_html(
        present(store_visit(folder, Step("growth"), institution=""), step="closing", lang=lang)
    )
    assert "kub-contact" not in bare  # nobody to ask is invented


def test_the_speaker_has_no_button_that_leads_nowhere(folder: Path, store: StageStore) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    present(one, step="closing")
    speaker = present(one, speaker="yes")
    assert "speaker-next" not in {button.key for button in speaker.button}
    for _ in range(3):
        speaker.button(key="speaker-previous").click().run()
    assert {button.key for button in speaker.button} == {"speaker-next", "speaker-restart"}
    assert ID("present.welcome") in page_html(speaker)
