"""Two sessions of one process: a host's screen with a visit, and
a guest who shares figures with it.
"""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.doors.tries import FREE
from kub.guests import rooms as shared
from kub.guests import workbook as guest_file
from kub.guests.rooms import MOST_ROOMS, MOST_SENDERS, NoRoom, RoomStore
from kub.guests.workbook import GuestFile
from kub.records.source import Upload
from kub.store.database import SAMPLES
from kub.ui import doors
from kub.ui.guests.panel import KEY, STATE
from kub.ui.guests.share import CODE, SENDER
from kub.words import LANGUAGES
from tests.support.blocks import drawn, notices, press
from tests.support.blocks import said as shown
from tests.support.clock import Clock
from tests.support.guest_form import CILEGON, fill_guest_form, open_room
from tests.support.guests import KENDAL
from tests.support.pages import open_page, page_html

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")
WRONG = "00000"  # has signs that no code has


@pytest.fixture(autouse=True)
def store(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[RoomStore]:
    mine = RoomStore(clock)
    monkeypatch.setattr(shared, "ROOMS", mine)
    yield mine


def send(app: AppTest, code: str) -> AppTest:
    app.text_input(key=CODE).set_value(code)
    [consent] = [button for button in app.button if button.label == ID("share.consent")]
    consent.click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    parts = (app.markdown, app.caption, app.warning, app.info)
    own = "\n".join(element.value for elements in parts for element in elements)
    return own + page_html(app) + shown(app)


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_visit_shows_its_code_large_and_how_to_join(lang: str) -> None:
    app, code = open_room(lang=lang)
    say = words.of(lang)
    assert f"{say('share.code')}</span> <b>{code}</b>" in page_html(app) and say(
        "share.nobody"
    ) in page_html(app)
    assert "share-open" not in keys(app) and say("share.end_ask", code=code) in said(app)


def test_a_guest_who_agrees_is_in_every_chart_of_the_screen_and_not_in_its_link(
    store: RoomStore,
) -> None:
    screen, code = open_room()
    phone = send(fill_guest_form(open_page("benchmark")), f"{code[:2].lower()} {code[2:]}")
    assert ID("share.shared", code=code) in said(phone) and ID("guest.private") not in said(phone)
    screen.run()
    charts = drawn(screen)
    assert all("Cilegon" in str(charts[key].figure) for key in charts)
    assert ID("share.names", names="Kota Cilegon") in page_html(
        screen
    ) and "Kota Cilegon" in page_html(screen)
    assert dict(screen.query_params) == {"code": code} and "code" not in phone.query_params


def test_only_a_host_opens_a_room_and_one_who_left_opens_none(
    monkeypatch: pytest.MonkeyPatch, store: RoomStore
) -> None:
    app = open_page("benchmark")
    assert "share-open" in keys(app)
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.66"))
    assert "share-open" not in keys(open_page("benchmark"))
    app.button(key="share-open").click().run()
    assert not app.exception and "code" not in app.query_params and store._rooms == {}


def test_without_consent_nothing_is_shared(store: RoomStore) -> None:
    _, code = open_room()
    phone = fill_guest_form(open_page("benchmark", code=code))
    assert phone.text_input(key=CODE).value == code
    assert store.guests(code) == () and ID("guest.private") in said(phone)


@pytest.mark.thorough
def test_changed_figures_change_on_the_screen_and_removed_ones_go(store: RoomStore) -> None:
    _, code = open_room()
    phone = send(fill_guest_form(open_page("benchmark")), code)
    phone.button(key="guest-edit").click().run()
    phone.text_input(key=KEY(f"covered-{CILEGON}")).set_value("21")
    phone.button(key="guest-show").click().run()
    [guest] = store.guests(code)
    assert guest.row(1, shared.Filters())["covered"] == 21
    phone.button(key="guest-remove").click().run()
    assert not phone.exception and store.guests(code) == ()


def test_a_guest_withdraws_and_keeps_the_figures(store: RoomStore) -> None:
    _, code = open_room()
    phone = send(fill_guest_form(open_page("benchmark")), code)
    phone.button(key="share-withdraw").click().run()
    assert store.guests(code) == () and STATE in phone.session_state
    assert ID("guest.private") in said(phone) and "share-withdraw" not in keys(phone)


@pytest.mark.thorough
def test_own_figures_are_not_shown_twice_and_namesakes_are_told_apart(store: RoomStore) -> None:
    _, code = open_room()
    first = send(fill_guest_form(open_page("benchmark")), code)
    second = send(fill_guest_form(open_page("benchmark", code=code)), code)
    assert ID("share.names", names="Kota Cilegon (2) dan Kota Cilegon") in page_html(second)
    first.button(key="share-withdraw").click().run()
    second.run()
    assert ID("share.names", names="Kota Cilegon") in page_html(second) and "(2)" not in page_html(
        second
    )


def test_the_plan_is_of_the_own_figures_whoever_came_first(store: RoomStore) -> None:
    _, code = open_room()
    store.share(code, "somebody", KENDAL)
    own = fill_guest_form(open_page("benchmark", code=code))
    assert "Yang dibutuhkan Kota Cilegon untuk menyamai Kabupaten Batang" in said(own)


def test_a_code_that_was_wrong_stays_wrong(
    store: RoomStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = open_page("benchmark", code="ACDEF")
    monkeypatch.setattr(shared, "draw", lambda: "ACDEF")
    assert store.open().code == "ACDEF"
    late.run()
    assert ID("share.refused.no_visit", code="ACDEF") in said(late)


def test_a_filter_of_sectors_takes_from_guests_what_it_takes_from_the_own_figures(
    store: RoomStore,
) -> None:
    _, code = open_room()
    store.share(code, "one", KENDAL)
    app = open_page("benchmark", code=code, sectors="makanan")
    assert ID("share.names", names="Kabupaten Kendal") in page_html(app)


@pytest.mark.thorough
def test_a_workbook_is_shared_too(store: RoomStore) -> None:
    screen, code = open_room()
    store.share(code, "one", KENDAL)
    found = guest_file.read(
        Upload("kami.xlsx", (SAMPLES / "contoh-a.xlsx").read_bytes()), shared.date(2026, 11, 24)
    )
    assert isinstance(found, GuestFile)
    store.share(code, "two", found)
    screen.run()
    assert not screen.exception and "Kabupaten Kendal dan " in page_html(screen)


def test_a_wrong_code_is_said_and_nothing_is_lost(store: RoomStore) -> None:
    phone = send(fill_guest_form(open_page("benchmark")), WRONG)
    assert ID("share.refused.no_visit", code=WRONG) in said(phone)
    assert phone.text_input(key=CODE).value == WRONG and "Kota Cilegon" in page_html(phone)
    _, code = open_room()
    send(phone, code)
    assert len(store.guests(code)) == 1


@pytest.mark.thorough
def test_whoever_guesses_waits(store: RoomStore) -> None:
    phone = send(fill_guest_form(open_page("benchmark")), WRONG)
    for number in range(FREE):
        with pytest.raises(NoRoom):
            store.enter(f"0000{number}", phone.session_state[SENDER])
    _, code = open_room()
    assert (
        ID("share.refused.wait", seconds=2) in said(send(phone, code)) and store.guests(code) == ()
    )


@pytest.mark.thorough
def test_a_full_screen_is_said(store: RoomStore) -> None:
    _, code = open_room()
    for number in range(MOST_SENDERS):
        store.share(code, str(number), KENDAL)
    phone = send(fill_guest_form(open_page("benchmark")), code)
    assert ID("share.refused.full", senders=MOST_SENDERS) in said(phone)


@pytest.mark.thorough
def test_only_the_opener_ends_and_then_everyone_is_told(store: RoomStore) -> None:
    screen, code = open_room()
    phone = send(fill_guest_form(open_page("benchmark")), code)
    onlooker = open_page("benchmark", code=code)
    assert "share-end" not in keys(onlooker) and "Kota Cilegon" in page_html(onlooker)
    screen.button(key="share-end").click().run()
    assert (
        not screen.exception
        and "Kota Cilegon" not in page_html(screen)
        and "code" not in screen.query_params
    )
    onlooker.run()
    assert ID("share.refused.no_visit", code=code) in said(
        onlooker
    ) and "Kota Cilegon" not in page_html(onlooker)
    press(onlooker, ID("share.leave"))
    assert "code" not in onlooker.query_params and not notices(onlooker)
    phone.run()
    assert ID("share.ended", code=code) in said(phone) and STATE in phone.session_state
    # A new visit, and the old end is no longer told.
    _, code = open_room()
    assert (
        ID("share.ended", code=code) not in said(send(phone, code)) and len(store.guests(code)) == 1
    )


@pytest.mark.thorough
def test_figures_changed_after_the_end_stay_with_the_guest(store: RoomStore, clock: Clock) -> None:
    _, code = open_room()
    phone = send(fill_guest_form(open_page("benchmark")), code)
    phone.button(key="guest-edit").click().run()
    clock.now += shared.HOURS * 3600
    phone.button(key="guest-show").click().run()
    assert not phone.exception and ID("share.ended", code=code) in said(phone)


def test_an_old_link_is_one_wrong_try_however_often_it_is_run(store: RoomStore) -> None:
    app = open_page("benchmark", code="<b>*alt*")
    app.run()
    [missed] = store.tries._sessions.values()
    assert missed.count == 1
    assert ID("share.refused.no_visit", code="<b>*alt*") in said(app)


def test_the_opener_without_the_code_is_led_back_to_the_visit(store: RoomStore) -> None:
    app, code = open_room()
    del app.query_params["code"]
    app.run()
    app.button(key="share-open").click().run()
    assert app.query_params["code"] == code


def test_too_many_visits_are_said(store: RoomStore) -> None:
    for _ in range(MOST_ROOMS):
        store.open()
    app = open_page("benchmark")
    app.button(key="share-open").click().run()
    assert (
        ID("share.refused.too_many_visits", visits=MOST_ROOMS) in said(app)
        and "code" not in app.query_params
    )


def test_a_change_while_the_page_is_drawn_draws_it_again(
    store: RoomStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = store.open().code
    asked: list[int] = []

    def revision(code: str) -> int:
        if len(asked) == 1:
            asked.append(0)
            return 0
        asked.append(1)
        return RoomStore.revision(store, code)

    monkeypatch.setattr(store, "revision", revision)
    open_page("benchmark", code=code)
    assert len(asked) >= 4
