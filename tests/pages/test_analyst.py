"""The analyst's view on the screen: by the link, by the switch,
and where guests may be watching.
"""

import pytest

from kub import words
from kub.ui import doors, who
from tests.support.bar import bar
from tests.support.blocks import notices
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
W = words.of("id")
# A fictional programme with small cells; the default one has none.
SMALL = {"lang": "id", "programme": "CONTOH-C"}


def test_the_view_is_asked_for_by_the_link_and_said_on_the_page() -> None:
    app = open_page("overview", **SMALL)
    assert not notices(app)
    assert bar(app).analyst is False
    app = open_page("overview", **SMALL, role="analyst")
    assert bar(app).analyst is True
    assert [each["text"] for each in notices(app)] == [W("withheld.on")]


def test_an_unknown_view_is_said() -> None:
    app = open_page("overview", **SMALL, role="boss")
    assert "boss" in notices(app)[0]["items"][0]


NO = ("no", "No", "NO ", "n", "tidak", "0", "false", "off", "nein", "no\n", "maybe", "yes?", "!")


@pytest.mark.parametrize("said", NO)
def test_whatever_is_no_yes_is_a_no(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("KUB_ANALYST", said)
    assert not who.may("analyst")
    assert not who.may("steward")  # who would see them too
    assert who.may("host")


@pytest.mark.parametrize("said", ["", " ", "yes", "YES ", "ya", "1", "true", "on"])
def test_at_the_machine_itself_everything_is_allowed_elsewhere_nothing(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("KUB_ANALYST", said)
    assert who.may("steward") and who.may("analyst")
    monkeypatch.setattr(doors, "connection", lambda: doors.Connection(False, "192.168.1.66"))
    assert who.may("reader") and not who.may("host")
    assert not who.may("analyst") and not who.may("steward")


def test_where_guests_are_watching_the_link_may_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUB_ANALYST", "no")
    app = open_page("overview", **SMALL, role="analyst")
    [notice] = notices(app)
    assert (notice["text"], notice["tone"]) == (W("withheld.refused"), "info")
    assert bar(app).analyst is None
