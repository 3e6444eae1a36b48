"""The order of a page: its parts and the way to them, and one source for the cards that share it."""

import json
import re
from collections.abc import Iterator

import pytest

from kub.exports.site.page import DataFiles
from kub.web import blocks, listing, sql_blocks  # noqa: F401 whose kinds are asked for below
from kub.web.blocks import Block, Card, Columns, Heading, Note, Number, Panel, encode
from kub.web.long_page import Contents, Place
from kub.web.script import WEB
from kub.web.sections import (
    Basis,
    Hero,
    Section,
    in_order,
    with_contents,
    with_shared_source,
)

PARTS = [Note(["a"]), Section("Satu", "1"), Note(["b"]), Heading("Dua", "2"), Section("Tiga", "3")]


def card(source: str, key: str = "k") -> Card:
    return Card(key, "growth", "Judul", "Sub", "Inti", source)


def sources(parts: list[Block]) -> list[str]:
    return [part.source for part in parts if isinstance(part, Card)]


def test_the_number_of_a_hero_is_a_number_with_all_that_it_says() -> None:
    lead = ("explore", {"reported": "no"}, "Lihat")
    hero = Hero(Number("KUB aktif", "207", "+1", "up", "! target 215", lead), "KUB aktif")
    assert json.loads(encode(hero)) == {
        "kind": "hero",
        "number": {
            "label": "KUB aktif",
            "value": "207",
            "note": "+1",
            "tone": "up",
            "goal": "! target 215",
            "lead": ["explore", {"reported": "no"}, "Lihat"],
        },
        "text": "KUB aktif",
    }


def test_the_list_of_parts_stands_before_the_first() -> None:
    whole = with_contents(PARTS, "Di halaman ini")
    places = [Place("Satu", "1"), Place("Dua", "2"), Place("Tiga", "3")]
    assert whole[1] == Contents("Di halaman ini", places)
    assert [*whole[:1], *whole[2:]] == PARTS


def test_few_parts_need_no_list() -> None:
    assert with_contents(PARTS[:4], "") == PARTS[:4]
    assert with_contents([Heading("Tanpa jangkar")] * 3, "") == [Heading("Tanpa jangkar")] * 3
    assert in_order(PARTS, "growth", "") == PARTS
    assert len(in_order(PARTS, "economy", "")) == len(PARTS) + 1


def test_the_source_of_most_cards_stands_once_at_the_foot() -> None:
    whole = with_shared_source([card("A"), card("B"), card("A")])
    assert sources(whole) == ["", "B", ""]
    assert whole[-1] == Basis("A")


def test_cards_inside_of_other_blocks_count() -> None:
    columns = Columns([1, 1], [[card("A")], [card("B")]])
    panel = Panel("p", "Judul", "", [card("A"), Note(["a"])])
    first, second, basis = with_shared_source([columns, panel])
    assert isinstance(first, Columns) and isinstance(second, Panel)
    assert [sources(list(items)) for items in first.items] == [[""], ["B"]]
    assert sources(list(second.items)) == [""] and second.items[1] == Note(["a"])
    assert basis == Basis("A")


@pytest.mark.parametrize("parts", [[], [card("A")], [card("A"), card("B")], [card(""), card("")]])
def test_a_source_of_one_card_stays_where_it_is(parts: list[Block]) -> None:
    assert with_shared_source(parts) == parts


def kinds(block: type[Block] = Block) -> Iterator[str]:
    for more in block.__subclasses__():
        yield more.kind
        yield from kinds(more)


def test_every_kind_of_block_is_drawn() -> None:
    script = (WEB / "draw_blocks.js").read_text("utf-8")
    _, _, table = script.partition("const KINDS = {")
    drawn = re.findall(r"^  (\w+)(?:,|\(|: )", table, re.MULTILINE)
    on_screen = set(kinds()) - {DataFiles.kind}
    assert on_screen <= set(drawn), on_screen - set(drawn)
