"""The code that makes a session the host, and what `make present` says and starts."""

import os
import sys
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from kub import hall, words
from kub.ui import host
from kub.words import LANGUAGES
from tests.test_shared import Clock

ID = words.of("id")
CODE = "04812345"


def page() -> None:
    import streamlit as st

    from kub import words
    from kub.ui import host

    if host.is_host():
        host.remember()
        st.caption("host")
    else:
        host.gate(words.of("id"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    now = Clock()
    monkeypatch.setenv(host.CODE, CODE)
    monkeypatch.setattr(host.time, "monotonic", now)
    host._misses.clear()
    yield now
    host._misses.clear()


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


def test_without_a_code_everybody_is_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(host.CODE, raising=False)
    app = start()
    assert let_in(app) and not app.html


def test_the_code_opens_and_the_browser_is_told_to_remember(clock: Clock) -> None:
    app = start()
    assert not let_in(app)
    say(app, "0481 2345")
    assert let_in(app) and host._TOKEN in app.html[0].value
    app.run()
    assert let_in(app)


def test_a_wrong_code_is_said(clock: Clock) -> None:
    app = say(start(), "12345678")
    assert not let_in(app) and app.warning[0].value == ID("host.wrong")
    app.run()
    assert not app.warning


def test_whoever_guesses_waits_and_others_do_not(clock: Clock) -> None:
    app = start()
    for _ in range(host.TRIES):
        say(app, "1")
    assert say(app, CODE).warning[0].value == ID("host.wait")
    assert let_in(say(start(), CODE))
    clock.now += host.TRIES_S
    assert let_in(say(app, CODE))


def test_many_who_guess_together_wait_too(clock: Clock) -> None:
    host._misses.extend((clock.now, str(number)) for number in range(host.TRIES_OF_ALL))
    assert say(start(), CODE).warning[0].value == ID("host.wait")


@pytest.mark.parametrize(
    ("cookie", "opens"), [("", False), ("wrong", False), (host._TOKEN, True)], ids=["none", "wrong", "own"]
)
def test_a_cookie_of_this_process_opens(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, cookie: str, opens: bool
) -> None:
    class Context:
        cookies = {host.COOKIE: cookie}

    monkeypatch.setattr(host.st, "context", Context())
    assert let_in(start()) is opens


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
    text = hall.said(["192.168.1.20", "10.1.2.3"], "8601", CODE, words.of(lang))
    assert "http://192.168.1.20:8601" in text and "http://10.1.2.3:8601" in text
    assert "██" in text and "▀" in text
    assert "10.1.2.3" not in hall.said(["192.168.1.20"], "8601", CODE, words.of(lang))


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
    monkeypatch.setattr(hall.os, "execv", lambda program, command: started.append([program, *command]))
    monkeypatch.setattr(hall.os, "environ", {"STREAMLIT_SERVER_PORT": "8601", "KUB_LANG": "en"})
    monkeypatch.setattr(hall, "named", list)
    assert hall.main() == 0
    [command] = started
    assert command[0] == sys.executable and "192.168.1.20" in command and "8601" in command
    assert hall.os.environ["KUB_ANALYST"] == "no" and len(hall.os.environ["KUB_HOST_CODE"]) == hall.DIGITS
    assert "http://192.168.1.20:8601" in capsys.readouterr().out


def test_without_a_network_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hall, "routed", list)
    monkeypatch.setattr(hall, "named", lambda: ["127.0.0.1"])
    monkeypatch.setattr(os, "execv", pytest.fail)
    assert hall.main() == 1
    assert capsys.readouterr().out.strip() == ID("hall.no_network")
