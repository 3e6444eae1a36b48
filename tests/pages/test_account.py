"""Akun saya without a provider: the user of the machine itself, and everybody else."""

import pytest

from kub import words
from kub.ui import doors
from tests.support.pages import open_page, page_html

pytestmark = pytest.mark.usefixtures("sample_data")
OUTSIDE = doors.Connection(False, "192.168.1.66")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_local_user_may_do_everything_and_reads_how_a_log_in_is_set_up(lang: str) -> None:
    app, say = open_page("account", lang=lang), words.of(lang)
    html = page_html(app)
    assert say("account.local") in html and say("account.all") in html
    assert f'class="own">{say("account.role_name.steward")}' in html
    assert "server_metadata_url" in app.code[0].value
    assert any("KUB_READERS=login" in text.value for text in app.markdown)


def test_everybody_else_is_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "connection", lambda: OUTSIDE)
    app, say = open_page("account"), words.of("id")
    html = page_html(app)
    assert say("account.outside") in html and not app.code
    assert f'class="own">{say("account.role_name.reader")}' in html
