"""A visit on the first screen and on the speaker's device: what stands
there, who moves whom, what a link may ask.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kub import visits, words
from kub.answers.step import Step
from kub.guests import rooms as shared
from kub.look import Figure
from kub.presenting import prefetch as ahead
from kub.presenting import state as stage
from kub.presenting.state import StageStore
from kub.store.data import Data
from kub.store.database import current
from kub.store.versions import Version, point_to
from kub.ui import doors, host
from kub.ui.draw import drawn
from kub.ui.presenter import step as present_step
from kub.visits import Visit, stories
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.pages.test_benchmark import html
from tests.pages.test_growth import visit as opened
from tests.unit.guests.test_rooms import KENDAL, Clock

ID = words.of("id")
PART = {"microfinance", "libraries", "school_visits", "awards", "study_visits"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, whose versions are the sample's."""
    (tmp_path / "versions").symlink_to(sample_folder / "versions")
    (tmp_path / "current").write_text((sample_folder / "current").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    monkeypatch.delenv(host.CODE, raising=False)
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def store(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StageStore]:
    mine = StageStore(clock)
    monkeypatch.setattr(stage, "STAGE", mine)
    yield mine


def make(folder: Path, *steps: Step, **more: Any) -> Visit:
    version = current(folder)
    if not steps:
        programme = Data.open(version).default.programme_id
        steps = stories.story(30, programme, PART, ID)
    one = Visit(
        "", date(2026, 12, 1), "Pemerintah Kota Cilegon", "36.72", "id", version.name, steps
    )
    return visits.store(folder, replace(one, **more))


def show(one: Visit, **said: Any) -> AppTest:
    return opened(
        "present", visit=one.visit_id, **{name: str(value) for name, value in said.items()}
    )


def controls(app: AppTest) -> dict[str, Any]:
    found = [json.loads(each.proto.json or "{}") for each in app.get("bidi_component")]
    [data] = [each for each in found if "total" in each]
    return dict(data)


def say(app: AppTest) -> str:
    parts = (app.markdown, app.subheader, app.caption, app.warning)
    return html(app) + "\n".join(
        element.value for elements in parts for element in elements
    ).replace("\\", "")


def figure(app: AppTest) -> Figure:
    return drawn(app)[present_step.KEY].figure


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_the_longest_story_stands_alone_on_its_screen(
    folder: Path, lang: str
) -> None:
    one = make(folder)
    app = show(one, lang=lang)
    for number in range(1, len(one.steps) + 1):
        app.query_params["step"] = str(number)
        app.run()
        assert not app.exception
        assert html(app).count(
            '<header class="kub-head"><h1>'
        ) == 1 and '<p class="kub-takeaway">' in html(app)
        assert words.of(lang)("frame.sample") in html(app)
        pictured = present_step.KEY in drawn(app)
        assert pictured != ('class="kub-large"' in html(app) or 'class="kub-rows"' in html(app))
        assert (controls(app)["step"], controls(app)["total"]) == (number, len(one.steps))
        assert not app.get("download_button") and not app.sidebar.children
    assert words.of(lang).number(207) in html(show(one, lang=lang))


def test_without_a_language_it_speaks_the_visits_own(folder: Path) -> None:
    one = make(folder, Step("growth"), lang="en")
    assert words.of("en")("frame.sample") in html(show(one)) and controls(show(one))["lang"] == "en"


def test_the_hosts_title_stands_above_and_the_finding_below(folder: Path) -> None:
    text = html(show(make(folder, Step("sectors", title="<b>Usaha</b> & warga"))))
    assert (
        "<h1>&lt;b&gt;Usaha&lt;/b&gt; &amp; warga</h1>" in text
        and '<p class="kub-takeaway"><b>Makanan memimpin' in text
    )


def test_a_table_shows_its_first_rows_and_how_many_more(folder: Path) -> None:
    text = html(show(make(folder, Step("gaps"))))
    assert text.count("<tr>") == present_step.ROWS + 1
    assert ID("present.more", n=234 - present_step.ROWS) in text


def test_a_step_without_records_says_so(folder: Path) -> None:
    step = Step("village_kub", filters=Filters(villages=("33.25.01.2001",)))
    assert ID("present.none") in html(show(make(folder, step)))


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
    one = make(folder, step)
    free, locked = show(one), show(one, private="yes")
    assert controls(locked)["private"] and not controls(free)["private"]
    body = html(locked)[html(locked).index('<header class="kub-head">') :]
    assert ID(f"present.named.{step.question}") in body and ID("present.hidden") in body
    assert name in html(free) and name not in body[body.index("<table") : body.index("</table>")]
    assert present_step.KEY not in drawn(locked)


def test_a_step_that_this_version_does_not_know_is_said_and_the_next_is_reached(
    folder: Path,
) -> None:
    bad = (
        Step("growth", filters=Filters(programme="x<y")),
        Step("rates", view={"per": "moon"}),
        Step("sectors"),
    )
    app = show(make(folder, *bad))
    assert ID("present.unknown.title") in html(app) and "x&lt;y" in html(app)
    app.query_params["step"] = "2"
    app.run()
    assert (
        ID("present.unknown.title") in html(app)
        and "“moon”" in html(app)
        and "residents" in html(app)
    )
    app.query_params["step"] = "3"
    app.run()
    assert present_step.KEY in drawn(app)


@pytest.mark.parametrize("step", ["0", "3", "-1", "1.5", "٣", "x" * 500])
def test_a_step_that_is_not_there_is_said(folder: Path, step: str) -> None:
    one = make(folder, Step("growth"), Step("sectors"))
    assert ID("error.step_unknown.title") in say(show(one, step=step))


@pytest.mark.parametrize(
    ("name", "key"),
    [("", "missing"), ("nobody", "unknown"), ("../current", "unknown"), ("broken", "unreadable")],
)
def test_a_visit_that_cannot_be_had_is_said(folder: Path, name: str, key: str) -> None:
    (folder / "visits").mkdir()
    (folder / "visits" / "broken.toml").write_text("date = [", "utf-8")
    assert ID(f"error.visit_{key}.title") in say(opened("present", visit=name))


def test_a_visit_without_steps_is_said(folder: Path) -> None:
    one = make(folder, Step("growth"))
    (folder / "visits" / f"{one.visit_id}.toml").write_text(
        'date = 2026-12-01\nlang = "id"\n', "utf-8"
    )
    assert ID("error.visit_empty.title") in say(show(one))


def test_a_version_that_is_gone_is_said_and_todays_figures_shown(folder: Path) -> None:
    app = show(make(folder, Step("growth"), version="kub-20200101T000000Z-abc"))
    assert ID("present.gone") in html(app) and present_step.KEY in drawn(app)


def test_a_newer_version_is_said(folder: Path) -> None:
    one = make(folder, Step("growth"))
    old = current(folder).path
    content = old.read_bytes()
    (folder / "versions").unlink()
    (folder / "versions").mkdir()
    for name in (old.name, "kub-20991231T000000Z-ffffff.duckdb"):
        (folder / "versions" / name).write_bytes(content)
    point_to(folder, Version(folder / "versions" / "kub-20991231T000000Z-ffffff.duckdb"))
    assert ID("present.newer", version="2099-12-31 ffffff") in html(show(one))


def test_the_hosts_screens_follow_each_other(folder: Path, store: StageStore) -> None:
    one = make(folder, Step("growth"), Step("sectors"), Step("coverage"))
    first, second = show(one, step=2), show(one, step=2)
    at = store.at(one.visit_id)
    assert at and at.step == 2
    store.go(one.visit_id, 3)
    for app in (first, second):
        app.run()
        assert app.query_params["step"] in ("3", ["3"]) and controls(app)["step"] == 3
    # Whoever opens a link stands where it says, and the others come along.
    show(one, step=1)
    assert controls(first.run())["step"] == 1


def test_the_audience_moves_nobody_and_follows_nobody(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(host.CODE, "12345678")
    one = make(folder, Step("growth"), Step("sectors"))
    phone = show(one, step=2)
    assert store.at(one.visit_id) is None
    store.go(one.visit_id, 1)
    assert controls(phone.run())["step"] == 2
    assert ID("host.what") in say(show(one, speaker="yes"))


def test_the_speaker_reads_the_note_and_moves_the_screen(
    folder: Path, store: StageStore, clock: Clock
) -> None:
    one = make(
        folder, Step("growth", note="Baris <satu>\nBaris dua"), Step("sectors", title="Usaha")
    )
    screen = show(one)
    speaker = show(one, speaker="yes", minutes=15)
    clock.now += 75
    speaker.run()
    text = html(speaker)
    assert (
        "Baris &lt;satu&gt;\nBaris dua" in text
        and "<b>Usaha</b>" in text
        and "1:15 / 15:00" in text
    )
    speaker.button(key="speaker-next").click().run()
    assert ID("speaker.last") in html(speaker) and ID("speaker.no_note") in html(speaker)
    assert controls(screen.run())["step"] == 2
    speaker.button(key="speaker-restart").click().run()
    assert ">0:00 / 15:00<" in html(speaker)
    speaker.button(key="speaker-previous").click().run()
    assert controls(screen.run())["step"] == 1


def test_who_has_left_in_another_window_moves_nobody(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(folder, Step("growth"), Step("sectors"))
    speaker = show(one, speaker="yes")
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.66"))
    speaker.button(key="speaker-next").click().run()
    at = store.at(one.visit_id)
    assert at and at.step == 1 and "speaker-next" not in {button.key for button in speaker.button}


def test_the_speaker_may_come_first_and_meet_a_step_that_cannot_be_shown(
    folder: Path, store: StageStore
) -> None:
    one = make(folder, Step("growth"), Step("rates", view={"per": "moon"}))
    speaker = show(one, step=2, speaker="yes")
    at = store.at(one.visit_id)
    assert at and at.step == 2 and ID("present.unknown.title") in html(speaker)


@pytest.mark.parametrize(("said", "seconds"), [("20", 20), ("2", 0), ("99999", 0), ("x", 0)])
def test_the_kiosk_has_its_seconds_from_the_link(folder: Path, said: str, seconds: int) -> None:
    assert controls(show(make(folder, Step("growth")), kiosk=said))["kiosk"] == seconds


def test_guests_who_share_stand_on_the_screen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "ROOMS", shared.RoomStore(Clock()))
    one = make(folder, Step("rates"), Step("growth"))
    code = shared.ROOMS.open().code
    app = show(one, code=code)
    assert ID("present.guests", code=code) in html(app) and "Kendal" not in str(figure(app))
    shared.ROOMS.share(code, "phone", KENDAL)
    assert "Kendal" in str(figure(app.run()))
    shared.ROOMS.withdraw(code, "phone")
    assert "Kendal" not in str(figure(app.run()))
    # nothing of guests outlives their sharing
    assert not any("Kendal" in str(key) for key in ahead.ANSWERS._made)
    assert ID("present.no_guests", code="00000") in html(show(one, code="00000"))


def test_a_change_of_the_stage_while_the_screen_is_drawn_draws_it_again(
    folder: Path, store: StageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(folder, Step("growth"), Step("sectors"))
    told = present_step.draw

    def meanwhile(*said: Any) -> None:
        told(*said)
        if not moved:
            moved.append(store.go(one.visit_id, 2))

    moved: list[object] = []
    monkeypatch.setattr(present_step, "draw", meanwhile)
    assert controls(show(one))["step"] == 2
