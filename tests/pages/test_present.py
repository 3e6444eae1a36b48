"""A visit on the first screen and on the speaker's device: what stands
there, who moves whom, what a link may ask.
"""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.answers.step import Step
from kub.guests import rooms as shared
from kub.look import Figure
from kub.presenting import prefetch as ahead
from kub.presenting.state import StageStore
from kub.store.database import current
from kub.store.versions import Version, point_to
from kub.ui import doors, host
from kub.ui.presenter import step as present_step
from kub.ui.presenter.slides import Slide
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import drawn
from tests.support.clock import Clock
from tests.support.guests import KENDAL
from tests.support.pages import open_page, page_html
from tests.support.presenting import controls, present, screen_text
from tests.support.visits import store_visit

pytestmark = pytest.mark.usefixtures("folder", "store")

ID = words.of("id")


def figure(app: AppTest) -> Figure:
    return drawn(app)[present_step.KEY].figure


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_the_longest_story_stands_alone_on_its_screen(
    folder: Path, lang: str
) -> None:
    one = store_visit(folder)
    app = present(one, lang=lang)
    for number in range(1, len(one.steps) + 1):
        app.query_params["step"] = str(number)
        app.run()
        assert not app.exception
        assert page_html(app).count(
            '<header class="kub-slide-head"><h1>'
        ) == 1 and '<p class="kub-takeaway">' in page_html(app)
        assert words.of(lang)("frame.sample") in page_html(app)
        pictured = present_step.KEY in drawn(app)
        assert pictured != (
            'class="kub-large"' in page_html(app) or 'class="kub-rows"' in page_html(app)
        )
        assert (controls(app)["step"], controls(app)["total"]) == (number, len(one.steps))
        assert not app.get("download_button") and not app.sidebar.children
    assert words.of(lang).number(207) in page_html(present(one, lang=lang))


def test_without_a_language_it_speaks_the_visits_own(folder: Path) -> None:
    one = store_visit(folder, Step("growth"), lang="en")
    assert (
        words.of("en")("frame.sample") in page_html(present(one))
        and controls(present(one))["lang"] == "en"
    )


def test_the_hosts_title_stands_above_and_the_finding_below(folder: Path) -> None:
    text = page_html(present(store_visit(folder, Step("sectors", title="<b>Usaha</b> & warga"))))
    assert (
        "<h1>&lt;b&gt;Usaha&lt;/b&gt; &amp; warga</h1>" in text
        and '<p class="kub-takeaway"><b>Makanan memimpin' in text
    )


def test_a_table_shows_its_first_rows_and_how_many_more(folder: Path) -> None:
    text = page_html(present(store_visit(folder, Step("gaps"))))
    assert text.count("<tr>") == present_step.ROWS + 1
    assert ID("present.more", n=234 - present_step.ROWS) in text


def test_a_step_without_records_says_so(folder: Path) -> None:
    step = Step("village_kub", filters=Filters(villages=("33.25.01.2001",)))
    assert ID("present.none") in page_html(present(store_visit(folder, step)))


@pytest.mark.parametrize(
    ("step", "name"),
    [
        (Step("study_visits"), "Pemerintah"),
        (Step("schools"), "SD Contoh"),
        (Step("village_kub"), "KUB Anggrek"),
        (Step("microfinance"), "KSP"),
        (Step("microfinance_reports"), "KSP"),
        (Step("libraries"), "Perpusdes"),
    ],
)
def test_the_lock_hides_names_and_keeps_figures(folder: Path, step: Step, name: str) -> None:
    one = store_visit(folder, step)
    free, locked = present(one), present(one, private="yes")
    assert controls(locked)["private"] and not controls(free)["private"]
    body = page_html(locked)[page_html(locked).index('<header class="kub-slide-head">') :]
    assert ID(f"present.named.{step.question}") in body and ID("present.hidden") in body
    assert (
        name in page_html(free) and name not in body[body.index("<table") : body.index("</table>")]
    )
    assert present_step.KEY not in drawn(locked)


def test_a_step_that_this_version_does_not_know_is_said_and_the_next_is_reached(
    folder: Path,
) -> None:
    bad = (
        Step("growth", filters=Filters(programme="x<y")),
        Step("rates", view={"per": "moon"}),
        Step("sectors"),
    )
    app = present(store_visit(folder, *bad))
    assert ID("present.unknown.title") in page_html(app) and "x&lt;y" in page_html(app)
    app.query_params["step"] = "2"
    app.run()
    assert (
        ID("present.unknown.title") in page_html(app)
        and "“moon”" in page_html(app)
        and "residents" in page_html(app)
    )
    app.query_params["step"] = "3"
    app.run()
    assert present_step.KEY in drawn(app)


@pytest.mark.parametrize("step", ["0", "3", "-1", "1.5", "٣", "x" * 500])
def test_a_step_that_is_not_there_is_said(folder: Path, step: str) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    assert ID("error.step_unknown.title") in screen_text(present(one, step=step))


@pytest.mark.parametrize(
    ("name", "key"),
    [("", "missing"), ("nobody", "unknown"), ("../current", "unknown"), ("broken", "unreadable")],
)
def test_a_visit_that_cannot_be_had_is_said(folder: Path, name: str, key: str) -> None:
    (folder / "visits").mkdir()
    (folder / "visits" / "broken.toml").write_text("date = [", "utf-8")
    assert ID(f"error.visit_{key}.title") in screen_text(open_page("present", visit=name))


def test_a_visit_without_steps_is_said(folder: Path) -> None:
    one = store_visit(folder, Step("growth"))
    (folder / "visits" / f"{one.visit_id}.toml").write_text(
        'date = 2026-12-01\nlang = "id"\n', "utf-8"
    )
    assert ID("error.visit_empty.title") in screen_text(present(one))


def test_a_version_that_is_gone_is_said_and_todays_figures_shown(folder: Path) -> None:
    app = present(store_visit(folder, Step("growth"), version="kub-20200101T000000Z-abc"))
    assert ID("present.gone") in page_html(app) and present_step.KEY in drawn(app)


def test_a_newer_version_is_said(folder: Path) -> None:
    one = store_visit(folder, Step("growth"))
    newer = Version(folder / "versions" / "kub-20991231T000000Z-ffffff.duckdb")
    newer.path.hardlink_to(current(folder).path)
    point_to(folder, newer)
    assert ID("present.newer", version="2099-12-31 ffffff") in page_html(present(one))


def test_the_hosts_screens_follow_each_other(folder: Path, store: StageStore) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"), Step("coverage"))
    first, second = present(one, step=2), present(one, step=2)
    at = store.at(one.visit_id)
    assert at and at.step == 2
    store.go(one.visit_id, 3)
    for app in (first, second):
        app.run()
        assert app.query_params["step"] in ("3", ["3"]) and controls(app)["step"] == 3
    # Whoever opens a link stands where it says, and the others come along.
    present(one, step=1)
    assert controls(first.run())["step"] == 1


def test_the_audience_moves_nobody_and_follows_nobody(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(host.CODE, "12345678")
    one = store_visit(folder, Step("growth"), Step("sectors"))
    phone = present(one, step=2)
    assert store.at(one.visit_id) is None
    store.go(one.visit_id, 1)
    assert controls(phone.run())["step"] == 2
    assert ID("host.what") in screen_text(present(one, speaker="yes"))


def test_the_speaker_reads_the_note_and_moves_the_screen(
    folder: Path, store: StageStore, clock: Clock
) -> None:
    one = store_visit(
        folder, Step("growth", note="Baris <satu>\nBaris dua"), Step("sectors", title="Usaha")
    )
    screen = present(one)
    speaker = present(one, speaker="yes", minutes=15)
    clock.now += 75
    speaker.run()
    text = page_html(speaker)
    assert (
        "Baris &lt;satu&gt;\nBaris dua" in text
        and "<b>Usaha</b>" in text
        and "1:15 / 15:00" in text
    )
    speaker.button(key="speaker-next").click().run()
    assert ID("speaker.last") in page_html(speaker) and ID("speaker.no_note") in page_html(speaker)
    assert controls(screen.run())["step"] == 2
    speaker.button(key="speaker-restart").click().run()
    assert ">0:00 / 15:00<" in page_html(speaker)
    speaker.button(key="speaker-previous").click().run()
    assert controls(screen.run())["step"] == 1


def test_who_has_left_in_another_window_moves_nobody(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    speaker = present(one, speaker="yes")
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.66"))
    speaker.button(key="speaker-next").click().run()
    at = store.at(one.visit_id)
    assert at and at.step == 1 and "speaker-next" not in {button.key for button in speaker.button}


def test_the_speaker_may_come_first_and_meet_a_step_that_cannot_be_shown(
    folder: Path, store: StageStore
) -> None:
    one = store_visit(folder, Step("growth"), Step("rates", view={"per": "moon"}))
    speaker = present(one, step=2, speaker="yes")
    at = store.at(one.visit_id)
    assert at and at.step == 2 and ID("present.unknown.title") in page_html(speaker)


@pytest.mark.parametrize(("said", "seconds"), [("20", 20), ("2", 0), ("99999", 0), ("x", 0)])
def test_the_kiosk_has_its_seconds_from_the_link(folder: Path, said: str, seconds: int) -> None:
    assert controls(present(store_visit(folder, Step("growth")), kiosk=said))["kiosk"] == seconds


def test_guests_who_share_stand_on_the_screen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "ROOMS", shared.RoomStore(Clock()))
    one = store_visit(folder, Step("rates"), Step("growth"))
    code = shared.ROOMS.open().code
    app = present(one, code=code)
    assert ID("present.guests", code=code) in page_html(app) and "Kendal" not in str(figure(app))
    shared.ROOMS.share(code, "phone", KENDAL)
    assert "Kendal" in str(figure(app.run()))
    shared.ROOMS.withdraw(code, "phone")
    assert "Kendal" not in str(figure(app.run()))
    # nothing of guests outlives their sharing
    assert not any("Kendal" in str(key) for key in ahead.ANSWERS._made)
    assert ID("present.no_guests", code="00000") in page_html(present(one, code="00000"))


def test_a_change_of_the_stage_while_the_screen_is_drawn_draws_it_again(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store_visit(folder, Step("growth"), Step("sectors"))
    told = present_step.slide_of

    def meanwhile(*said: Any) -> Slide:
        slide = told(*said)
        if not moved:
            moved.append(store.go(one.visit_id, 2))
        return slide

    moved: list[object] = []
    monkeypatch.setattr(present_step, "slide_of", meanwhile)
    assert controls(present(one))["step"] == 2
