"""The pack's page: one file that asks nobody, and in which no record's text is markup or script."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.answers.file_name import file_name
from kub.answers.source import source_line
from kub.exports import html as module
from kub.exports.csv import csv
from kub.exports.html import html
from kub.exports.pack import Pack, Part, pack
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.support.answers import made

ID = words.of("id")
EVIL = "</script><img src=x onerror=alert(1)><!-- \N{LINE SEPARATOR} & \"'"


class Seen(HTMLParser):
    """Every element with its attributes, and the page's text outside of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.silent = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.silent = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag not in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said += data


@pytest.fixture(scope="module")
def standard(sample_folder: Path) -> Pack:
    return pack(Data.open(current(sample_folder)), Filters(), ID, date(2026, 11, 24))


@pytest.fixture(scope="module")
def page(standard: Pack) -> str:
    return html(standard).decode()


def evil() -> Pack:
    frame = pd.DataFrame({"village": [EVIL] * 2})
    figure = {"data": [{"type": "bar", "x": [EVIL], "y": [1]}], "layout": {}}
    answer = made(
        frame,
        sample=False,
        figure=figure,
        title=EVIL,
        subtitle=EVIL,
        takeaway=EVIL,
        scope=EVIL,
        version=EVIL,
        programme=EVIL,
    )
    parts = (Part(answer, EVIL, EVIL), Part(replace(answer, figure=None), EVIL, EVIL))
    return Pack(EVIL, EVIL, "id", parts, EVIL, False, ((EVIL, EVIL),), date(2026, 11, 24))


def cards(text: str) -> dict[str, Any]:
    """What the scripts are told of each card, by its key."""
    [given] = re.findall(
        r'<script type="application/json" id="blocks">(.*?)</script>', text, re.DOTALL
    )
    return {card["key"]: card for card in json.loads(given)["cards"]}


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    for tag, attributes in Seen(page).elements:
        assert "src" not in attributes, tag
        assert (attributes.get("href") or "#").startswith(("#", "data:text/csv;")), tag
        assert tag not in ("link", "iframe", "object", "form", "img")
    styles = page[page.index("<style>") : page.index("</style>")]
    assert {address[:5] for address in re.findall(r'url\("?([^)]*)', styles)} == {"data:"}
    assert "@import" not in styles


def test_the_policy_knows_the_scripts_and_forbids_every_request(page: str) -> None:
    [policy] = [
        a["content"]
        for tag, a in Seen(page).elements
        if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert str(policy).startswith("default-src 'none';")
    assert "http" not in str(policy)
    run = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", page, re.DOTALL)
    assert len(run) == 2
    for script in run:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in str(policy)


def test_every_answer_is_told_with_title_numbers_source_and_alternative_text(
    page: str, standard: Pack
) -> None:
    said, given = Seen(page).said, cards(page)
    for number, part in enumerate(standard.parts, 1):
        answer = part.answer
        for text in (part.title, answer.subtitle, source_line(answer.source, standard.words)):
            assert text in said
        if notes := answer.finding.notes:
            assert all(line in said for line in (notes.heading, *notes.lines))
        if answer.figure is not None:
            chart = given[f"answer-{number}"]["chart"]
            assert chart["alt"] == answer.takeaway
            assert len(chart["figure"]["data"]) == len(answer.figure["data"])
    assert all(name in said and says in said for name, says, _ in standard.definitions())
    assert all(digest in said for _, digest in standard.files)
    assert ID("source.sample") in said


def test_the_language_is_said_and_spoken(standard: Pack) -> None:
    assert '<html lang="id">' in html(standard).decode()[:100]


def test_text_of_records_is_neither_markup_nor_script() -> None:
    text = html(evil()).decode()
    seen = Seen(text)
    assert [tag for tag, _ in seen.elements if tag == "img"] == []
    assert [tag for tag, _ in seen.elements].count("script") == 3
    assert text.count("</script>") == 3
    assert seen.said.count(EVIL) > 8
    drawn, listed = cards(text).values()
    assert drawn["chart"]["figure"]["data"][0]["x"] == [EVIL]
    assert "chart" not in listed and "rows" not in listed["table"]


def test_a_long_table_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    seen = Seen(html(evil()).decode())
    assert ID("pack.page.cut", shown=1, rows=2) in seen.said
    # A file of some of the rows would pass for all of them.
    assert not any(str(a.get("href", "")).startswith("data:") for _, a in seen.elements)


def test_the_rows_of_each_answer_can_be_saved_from_the_file(page: str, standard: Pack) -> None:
    links = [a for tag, a in Seen(page).elements if tag == "a" and "download" in a]
    for part, link in zip(standard.parts, links, strict=True):
        body = str(link["href"]).removeprefix("data:text/csv;charset=utf-8;base64,")
        assert base64.b64decode(body) == csv(part.answer, ID, "id")
        assert link["download"] == file_name(part.answer, "csv", ID, "id")


def test_no_rows_are_said() -> None:
    empty = replace(evil().parts[1].answer, frame=pd.DataFrame({"village": []}))
    told = replace(evil(), parts=(Part(empty, "Kosong", ""),))
    assert ID("card.none") in Seen(html(told).decode()).said


def test_a_library_that_would_end_its_own_script_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / module.PLOTLY_NAME).write_text("'</SCRIPT>'")
    monkeypatch.setattr(module, "STATIC", tmp_path)
    module._library.cache_clear()
    with pytest.raises(ValueError, match="ends its own element"):
        html(evil())


def test_the_file_is_small_enough_for_a_letter(page: str) -> None:
    """5.2 MB with the whole of Plotly; the charts need a third of it."""
    assert len(page.encode()) < 2_300_000


def test_the_same_pack_is_the_same_file(standard: Pack, page: str) -> None:
    assert html(standard).decode() == page
