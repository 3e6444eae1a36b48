"""Bawa pulang on the page: made beside it, said while it is made,
cancelled, downloaded, or calmly missing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.exports import pictures
from kub.exports import zip as zips
from kub.exports.pack import Pack
from kub.ui import take_home
from kub.ui.markdown import escape_markdown
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")
KEY = "take-home-view-{}".format


@contextmanager
def nothing() -> Iterator[None]:
    yield None


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[Pack], bytes]]:
    """The writers replaced: what a file holds is tested elsewhere."""
    how: dict[str, Callable[[Pack], bytes]] = {
        "write": lambda _: b"one",
        "bundle": lambda _: b"all of it",
    }
    monkeypatch.setattr(pictures, "Pictures", nothing)
    monkeypatch.setattr(zips, "write", lambda _form, pack, _drawn: how["write"](pack))
    monkeypatch.setattr(zips, "bundle", lambda pack, *_rest: how["bundle"](pack))
    return how


def made(app: AppTest, until: Callable[[AppTest], bool]) -> AppTest:
    """Run again until the thread is as far."""
    for _ in range(200):
        if until(app):
            return app
        time.sleep(0.05)
        app.run()
    raise AssertionError("never came so far")


def over(app: AppTest) -> bool:
    return app.session_state["take home view"].over and not [
        b for b in app.button if b.key == KEY("cancel")
    ]


def test_one_click_makes_the_pack_of_the_page(written: dict[str, Callable[[Pack], bytes]]) -> None:
    asked: list[Pack] = []

    def remember(pack: Pack) -> bytes:
        asked.append(pack)
        return b"all of it"

    written["bundle"] = remember
    app = open_page("growth", villages="33.25.10.2006")
    app.button(key=KEY("make")).click().run()
    made(app, over)
    [pack] = asked
    assert pack.scope == "Desa Beji"
    assert app.session_state["take home view"].name.endswith("_contoh.zip")
    [download] = app.get("download_button")[-1:]
    assert download.proto.label == ID("take_home.download", size=9 / 1e6)
    app.button(key=KEY("again")).click().run()
    assert app.button(key=KEY("make"))


def test_one_format_alone(written: dict[str, Callable[[Pack], bytes]]) -> None:
    app = open_page("growth")
    app.get_by_key(KEY("format")).set_value("pdf")  # type: ignore[union-attr]
    app.run()
    app.button(key=KEY("make")).click().run()
    made(app, over)
    job = app.session_state["take home view"]
    assert (job.content, job.name[-4:]) == (b"one", ".pdf")


def test_without_a_browser_it_is_said_what_is_missing(
    written: dict[str, Callable[[Pack], bytes]],
) -> None:
    def missing(pack: Pack) -> bytes:
        raise pictures.NoBrowser("none found")

    written["bundle"] = missing
    app = open_page("growth")
    app.button(key=KEY("make")).click().run()
    made(app, over)
    assert escape_markdown(pictures.NoBrowser("none found").message(ID)) in [
        warning.value for warning in app.warning
    ]


def test_a_fault_of_ours_is_told_with_its_code(
    written: dict[str, Callable[[Pack], bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(pack: Pack) -> bytes:
        raise RuntimeError("a bug")

    written["bundle"] = broken
    app = open_page("growth")
    app.button(key=KEY("make")).click().run()
    made(app, over)
    [warning] = app.warning
    assert "K\\-" in warning.value and "bug" not in warning.value
    assert "a bug" in caplog.text


def test_cancelling_gives_the_page_back_at_once(
    written: dict[str, Callable[[Pack], bytes]],
) -> None:
    held = take_home.Event()
    written["bundle"] = lambda _: b"late" if held.wait(10) else b""
    app = open_page("growth")
    app.button(key=KEY("make")).click().run()
    job = app.session_state["take home view"]
    app.button(key=KEY("cancel")).click().run()
    held.set()
    assert app.button(key=KEY("make")) and job.stopped.is_set()
    for _ in range(200):
        if job.over:
            break
        time.sleep(0.05)
    with pytest.raises(take_home.Cancelled):
        job.check()


def test_one_cancelled_while_it_waits_makes_nothing(
    written: dict[str, Callable[[Pack], bytes]],
) -> None:
    job = take_home.Job()
    job.stopped.set()
    take_home._run(job, ID, lambda: pytest.fail("asked"), lambda: "33.25", lambda *_: None, "zip")
    assert (job.over, job.content, job.fault) == (True, b"", "")
