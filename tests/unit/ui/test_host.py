"""The code that makes a session the host, and what `make present` says and starts."""

import os
import sys
import unicodedata

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.doors.logins import HOURS, Logins
from kub.doors.tries import FREE, PACE_S, Tries
from kub.presenting import hall
from kub.ui import doors, host
from kub.words import LANGUAGES
from tests.support.clock import Clock

ID = words.of("id")
CODE = "04812345"
HALL = {"STREAMLIT_SERVER_PORT": "8601", "STREAMLIT_SERVER_ALLOWED_HOSTS": "kub.local"}
OUTSIDE = doors.Connection(False, "192.168.1.66")


def page() -> None:
    import streamlit as st

    from kub import words
    from kub.ui import host, who

    if who.may("host"):
        host.leaving(words.of("id"))
        host.remember()
        st.caption("host")
    else:
        host.gate(words.of("id"))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    now = Clock()
    monkeypatch.setenv(host.CODE, CODE)
    monkeypatch.setattr(host, "TRIES", Tries(now, now.sleep))
    monkeypatch.setattr(host, "LOGINS", Logins(now))
    return now


def start() -> AppTest:
    app = AppTest.from_function(page).run()
    assert not app.exception
    return app


def say(app: AppTest, code: str) -> AppTest:
    app.text_input(key=host.FIELD).set_value(code)
    app.button[0].click().run()
    assert not app.exception
    return app


def let_in(app: AppTest) -> bool:
    return [caption.value for caption in app.caption] == ["host"]


def with_cookie(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    class Context:
        cookies = {host.COOKIE: value}
        headers: dict[str, str] = {}

    monkeypatch.setattr(host.st, "context", Context())
    sent = doors.Connection(True, "", {host.COOKIE: value})
    monkeypatch.setattr(doors, "connection", lambda: sent)


@pytest.mark.parametrize("said", ["", "  "])
def test_without_a_code_whoever_is_at_the_machine_is_the_host(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv(host.CODE, said)
    app = start()
    assert let_in(app) and not app.html and not app.button
    monkeypatch.setattr(doors, "connection", lambda: OUTSIDE)
    assert not let_in(app.run())
    assert ID("host.none", code=host.CODE, least=host.SHORTEST) in [
        each.value for each in app.markdown
    ]


def test_the_code_opens_and_the_browser_fetches_its_cookie_once(clock: Clock) -> None:
    app = start()
    assert not let_in(app)
    say(app, "0481 2345")
    [token] = host.LOGINS._logins
    ticket = host.LOGINS.ticket(token)
    assert let_in(app) and ticket in app.html[0].value
    assert token not in app.html[0].value and CODE not in app.html[0].value
    assert host.LOGINS.redeem(ticket) == token
    app.run()
    assert let_in(app) and not app.html


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("Rahasia-2026!", "Rahasia-2026!"),
        ("Rahasia-2026!", " Rahasia-2026! "),
        ("kata sandi kami", "kata  sandi kami"),
        ("rahasia\n", "rahasia"),
        ("ünï-çodé", unicodedata.normalize("NFD", "ünï-çodé")),
        ("0481 2345", "04812345"),
        ("04812345", "0481-2345"),
        ("04812345", "0481\N{NO-BREAK SPACE}2345"),
        ("xy" * 60, "xy" * 60),
    ],
)
def test_a_code_with_signs_can_be_entered(
    monkeypatch: pytest.MonkeyPatch, code: str, typed: str
) -> None:
    monkeypatch.setenv(host.CODE, code)
    assert host.opens(typed)


@pytest.mark.parametrize(
    "typed", ["Rahasia2026", "rahasia-2026!", "Rahasia 2026!", "", "Rahasia-2026", "\ud800"]
)
def test_another_code_does_not(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(host.CODE, "Rahasia-2026!")
    assert not host.opens(typed)


@pytest.mark.parametrize("weak", ["1", "12345", "11111111", "1 2 3 4 5", "  !  ", "aaaaaa"])
def test_a_weak_code_lets_nobody_in_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, weak: str
) -> None:
    monkeypatch.setenv(host.CODE, weak)
    app = start()
    assert not let_in(app) and not app.text_input and not host.opens(weak)
    host.report()
    assert host.CODE in caplog.text
    monkeypatch.setenv(host.CODE, CODE)
    caplog.clear()
    host.report()
    assert not caplog.text


def test_a_wrong_code_is_said(clock: Clock) -> None:
    app = say(start(), "12345678")
    assert not let_in(app) and app.warning[0].value == ID("host.wrong")
    app.run()
    assert not app.warning


def test_whoever_guesses_waits_and_others_do_not(clock: Clock) -> None:
    app = start()
    for _ in range(FREE + 1):
        say(app, "1")
    assert say(app, CODE).warning[0].value == ID("host.wait", seconds=2)
    assert let_in(say(start(), CODE))
    clock.now += 2
    assert let_in(say(app, CODE))


def test_two_hundred_wrong_codes_cost_others_nothing_and_their_neighbours_a_second(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "connection", lambda: OUTSIDE)
    for number in range(200):
        assert host._refused("1", str(number)) == ("wrong", 0)
    before = clock.now
    assert host._refused(CODE, "behind the same address") is None
    assert before < clock.now <= before + PACE_S
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.20"))
    before = clock.now
    assert let_in(say(start(), CODE)) and clock.now == before


def test_a_cookie_opens_as_long_as_its_login_goes_on(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = host.LOGINS.enter()
    for value, opens in (("", False), ("wrong", False), (token, True)):
        with_cookie(monkeypatch, value)
        assert let_in(start()) is opens
    clock.now += HOURS * 3600
    assert not let_in(start())


def test_who_leaves_is_out_in_every_window_and_a_copied_cookie_is_too(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = say(start(), CODE)
    [token] = host.LOGINS._logins
    with_cookie(monkeypatch, token)
    window = start()
    assert let_in(window)
    window.button(key="host-leave").click().run()
    assert not let_in(window) and '"DELETE"' in window.html[0].value
    assert not let_in(app.run()) and not let_in(start())
    window.run()
    assert not window.html


def test_likely_addresses_come_first_and_others_are_no_address_of_a_hall() -> None:
    found = [
        "172.17.0.1",
        "127.0.0.1",
        "192.168.1.20",
        "fe80::1",
        "169.254.1.1",
        "192.168.1.20",
        "10.1.2.3",
        "x",
        "0.0.0.0",
    ]
    assert hall.likely(found) == ["192.168.1.20", "10.1.2.3", "172.17.0.1"]


def test_this_machine_is_asked_and_nobody_else() -> None:
    assert all(address.count(".") == 3 for address in hall.routed())
    assert hall.named(lambda _: None) == []
    assert all(isinstance(one, str) for one in hall.named())


def test_a_network_without_routes_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall, "TOWARDS", ("256.0.0.1",))
    assert hall.routed() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_says_address_code_and_other_addresses(lang: str) -> None:
    text = hall.terminal_text(["192.168.1.20", "10.1.2.3"], "8601", CODE, words.of(lang))
    assert "http://192.168.1.20:8601" in text and "http://10.1.2.3:8601" in text
    assert "██" in text and "▀" in text
    assert "10.1.2.3" not in hall.terminal_text(["192.168.1.20"], "8601", CODE, words.of(lang))


def test_large_digits_are_five_lines_each_of_one_length() -> None:
    rows = hall.large("0123456789 ")
    assert len(rows) == 5 and len({len(row) for row in rows}) == 1
    assert len({tuple(hall.large(digit)) for digit in "0123456789"}) == 10


def test_codes_are_eight_digits_and_not_the_same_twice() -> None:
    codes = {hall.new_code() for _ in range(20)}
    assert len(codes) > 15 and all(len(code) == hall.DIGITS and code.isdigit() for code in codes)


def test_it_becomes_the_server_with_a_code_and_without_analysts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(hall, "routed", lambda: ["192.168.1.20"])
    monkeypatch.setattr(
        hall.os, "execv", lambda program, command: started.append([program, *command])
    )
    monkeypatch.setattr(hall.os, "environ", {**HALL, "KUB_LANG": "en"})
    monkeypatch.setattr(hall, "named", list)
    assert hall.main() == 0
    [command] = started
    assert command[0] == sys.executable and "192.168.1.20" in command and "8601" in command
    assert hall.os.environ["STREAMLIT_SERVER_ALLOWED_HOSTS"] == "kub.local,192.168.1.20"
    assert (
        hall.os.environ["KUB_ANALYST"] == "no"
        and len(hall.os.environ["KUB_HOST_CODE"]) == hall.DIGITS
    )
    assert "http://192.168.1.20:8601" in capsys.readouterr().out


def test_without_a_network_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hall, "routed", list)
    monkeypatch.setattr(hall, "named", lambda: ["127.0.0.1"])
    monkeypatch.setattr(os, "execv", pytest.fail)
    assert hall.main() == 1
    assert capsys.readouterr().out.strip() == ID("hall.no_network")
