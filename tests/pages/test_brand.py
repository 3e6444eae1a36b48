"""A copy with a brand of its own, and with one that is wrong."""

import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kub import look, words
from kub.brand import Fault
from kub.ui import doors
from tests.support.blocks import page
from tests.support.pages import open_page, page_html

pytestmark = pytest.mark.usefixtures("sample_data")


def header(app: AppTest) -> dict[str, Any]:
    sent = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return next(data for data in sent if "pages" in data)


def test_the_header_has_the_place_unless_the_office_has_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = open_page("overview")
    assert (header(plain)["name"], header(plain)["place"]) == ("", "Batang")
    assert page(plain)["title"] == "Ringkasan · KUB Batang"
    monkeypatch.setattr(look, "BRAND", replace(look.BRAND, name="KUB Kendal <b>"))
    named = open_page("overview")
    assert header(named)["name"] == "KUB Kendal <b>"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_those_who_can_mend_a_wrong_file_read_that_it_is(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = words.of(lang)("brand.notice")
    assert notice not in page_html(open_page("growth", lang=lang))
    monkeypatch.setattr(look, "BRAND", replace(look.BRAND, faults=(Fault("encoding"),)))
    assert notice in page_html(open_page("growth", lang=lang))
    elsewhere = doors.Connection(False, "192.168.1.66")
    monkeypatch.setattr(doors, "connection", lambda: elsewhere)
    assert notice not in page_html(open_page("growth", lang=lang))
