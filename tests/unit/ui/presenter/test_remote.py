"""What a presentation's browser sends, and where it leads phones."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from kub import words
from kub.findings import Finding
from kub.presenting import state as stage
from kub.presenting.state import StageStore
from kub.ui.presenter import present, remote
from kub.ui.presenter import step as present_step
from kub.visits import Visit
from tests.support.clock import Clock

ID = words.of("id")


def test_what_the_browser_sends_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    store = StageStore(Clock())
    monkeypatch.setattr(stage, "STAGE", store)
    took: list[int] = []
    state: dict[str, Any] = {}
    address: dict[str, str] = {}
    monkeypatch.setattr(remote.st, "session_state", state)
    monkeypatch.setattr(remote.st, "query_params", address)
    for sent in (3, 3.0, 0, 5, -1, 6, "2", None):
        state[remote.KEY] = {"go": {"step": sent}}
        remote._gone(took.append, 4)
    for sent in (3, "3", None, [3]):
        state[remote.KEY] = {"go": sent}
        remote._gone(took.append, 4)
    assert took == [3, 3, 0, 5]  # 0 and 5 are the welcome and the closing slide
    for private, left in (
        (True, {"private": "yes"}),
        (None, {"private": "yes"}),
        (False, {}),
        (False, {}),
    ):
        state[remote.KEY] = {"go": {"private": private}}
        remote._gone(took.append, 4)
        assert address == left
    present.move("a", True, 4, 2)
    assert address == {"step": "2"} and (at := store.at("a")) and at.step == 2


def test_a_page_is_reached_by_the_address_of_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        remote.st, "context", SimpleNamespace(url="http://192.168.1.20:8501/benchmark?code=ACDEF")
    )
    assert (
        remote.reached({"ours": "yes", "join": "ACDEF"})
        == "http://192.168.1.20:8501/benchmark?ours=yes&join=ACDEF"
    )
    monkeypatch.setattr(
        remote.st, "context", SimpleNamespace(url="http://127.0.0.1:8501/benchmark")
    )
    assert remote.reached({"ours": "yes"}) == ""


@pytest.mark.parametrize(
    ("here", "found"),
    [
        (None, ""),
        ("http://127.0.0.1:8501/present", ""),
        ("http://localhost:8501/present", ""),
        (
            "http://192.168.1.20:8501/present",
            "http://192.168.1.20:8501/present?visit=a&step=2&lang=id",
        ),
    ],
)
def test_phones_are_led_to_where_this_browser_is(
    monkeypatch: pytest.MonkeyPatch, here: str | None, found: str
) -> None:
    class Context:
        url = here

    class Asked:
        visit = Visit("a", date(2026, 12, 1), "", "", "id", "")
        words, step, private, code = ID, 2, False, ""

    monkeypatch.setattr(remote.st, "context", Context())
    assert remote.audience(Asked()) == found  # type: ignore[arg-type]
    Asked.private, Asked.code = True, "ACDEF"
    assert remote.audience(Asked()) == (found and f"{found}&private=yes&code=ACDEF")  # type: ignore[arg-type]
    assert not found or "<svg" in remote.qr(found)


def said(takeaway: str, caveat: str = "") -> Finding:
    return Finding("", "", takeaway, caveat)


def test_a_takeaway_is_cut_only_between_sentences() -> None:
    assert present_step.brief(said("Satu 2.305 KUB. Dua. Tiga."), most=22) == "Satu 2.305 KUB. Dua."
    assert (
        present_step.brief(said("Satu saja yang panjang. Dua."), most=5)
        == "Satu saja yang panjang."
    )


def test_a_caveat_is_never_cut_from_a_takeaway() -> None:
    text, caveat = "Satu 2.305 KUB. Dua. Tiga.", "KUB: sebagian."
    assert present_step.brief(said(text, caveat), 36) == f"Satu 2.305 KUB. Dua. {caveat}"
    assert present_step.brief(said(text, caveat), 5) == f"Satu 2.305 KUB. {caveat}"
    assert present_step.brief(said("", caveat), 5) == caveat
