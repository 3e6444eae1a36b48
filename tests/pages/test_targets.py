"""Targets on the screens: beside the large numbers, as a card, as sentences where programmes are
compared; and nothing of them for a programme without any.
"""

from datetime import date

import pytest

from kub import words
from kub.answers.answer import answer
from kub.answers.strip import strip as numbers
from kub.exports.pack import pack
from kub.findings.targets import of_year, title
from kub.store.data import Data
from kub.store.database import current
from kub.ui.markdown import escape_markdown
from kub.ui.supporting import story_parts
from queries.filters import Filters
from tests.support.blocks import drawn, said, strip
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")
WITHOUT = "CONTOH-D"


def test_each_number_says_where_it_stands() -> None:
    lines = strip(open_page("overview")).split("\n")
    assert lines[0].endswith("; ! tertinggal: target 215")
    assert lines[3].endswith("; ✓ tercapai: target 14 desa")
    # Of the target of that very year, by its own as-of date.
    past = strip(open_page("overview", until="2020")).split("\n")
    assert past[0].endswith("; ✓ tercapai: target 200")


@pytest.mark.parametrize(
    "part", [{"districts": "33.25.13"}, {"villages": "33.25.13.2010"}, {"sectors": "makanan"}]
)
def test_beside_a_part_of_the_programme_there_is_no_target(part: dict[str, str]) -> None:
    assert not any("target" in line for line in strip(open_page("overview", **part)).split("\n"))


def test_target_villages_are_held_against_no_target_of_all() -> None:
    lines = strip(open_page("overview", denominator="target")).split("\n")
    assert "target 215" in lines[0] and "target 14" not in lines[3]


def test_the_card_speaks_of_the_whole_programme() -> None:
    whole, part = (
        drawn(open_page("growth", **filters))["targets"]
        for filters in ({}, {"districts": "33.25.13", "until": "2019"})
    )
    assert part.caption.title == whole.caption.title
    assert part.figure == whole.figure


def test_each_programme_has_its_sentence_in_the_comparison() -> None:
    data = Data.open(current())
    text = "\n".join(block.value for block in open_page("benchmark").markdown)
    for programme_id, programme in data.programmes.items():
        rows = data.ask("targets", Filters(programme=programme_id)).to_dict("records")
        if programme_id == WITHOUT:
            assert not rows
            continue
        line = ID(
            "targets.compare_row",
            regency=programme.regency,
            sentence=title(of_year(rows), ID),
        )
        assert escape_markdown(line) in text


def test_a_programme_without_targets_shows_nothing_of_them() -> None:
    data, filters = Data.open(current()), Filters(programme=WITHOUT)
    overview, growth = (open_page(name, programme=WITHOUT) for name in ("overview", "growth"))
    assert "targets" not in drawn(growth)
    assert "target" not in said(overview).casefold().replace("target_", "")
    headline = answer(data, "headline", filters, ID)
    assert not any(number.goal for number in numbers(data, headline, ID))
    assert "targets" not in story_parts(data, filters)
    told = [part.answer.chart for part in pack(data, filters, ID, date(2026, 11, 24)).parts]
    assert "headline" in told and "targets" not in told
    assert "targets" in [
        part.answer.chart for part in pack(data, Filters(), ID, date(2026, 11, 24)).parts
    ]
