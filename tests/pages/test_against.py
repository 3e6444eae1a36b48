"""Every page under a comparison: both sides in its cards and numbers, and the control above them."""

from urllib.parse import parse_qs

import pytest

from kub.ui import content, view
from kub.ui.site import DIRECT
from kub.web import blocks
from kub.web.sections import Hero

pytestmark = pytest.mark.usefixtures("sample_data")
TULIS, KANDEMAN = "33.25.10", "33.25.13"
# Of each page the charts that show both sides, under 2018 beside 2022.
YEARS = {
    "overview": {"growth", "sectors", "coverage"},
    "growth": {"growth", "growth_flow", "survival", "district_growth"},
    "sectors": {"sectors", "sector_years", "village_sectors", "specialisation", "activities"},
    "villages": {"villages", "villages_ranking", "coverage", "coverage_years"},
    "economy": {
        *("revenue", "revenue_averages", "revenue_assets"),
        *("revenue_sectors", "revenue_villages", "revenue_ranking"),
    },
    "programmes": {"microfinance_years"},
    "method": {"growth_reported"},
    # Its cards are of lists, for analysts.
    "explore": set(),
}


def written(page: str, query: str) -> content.Content:
    return content.written(view.of(parse_qs(query), False), page)


@pytest.mark.parametrize("page", DIRECT)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_shows_both_years(page: str, lang: str) -> None:
    shown = written(page, f"until=2022&against_until=2018&lang={lang}")
    both = {answer.chart for answer in shown.answers.values() if answer.against}
    assert both == YEARS[page]
    for answer in shown.answers.values():
        assert answer.against or answer.instead
    assert blocks.encode(shown.parts)


def test_two_districts_on_growth() -> None:
    shown = written("growth", f"districts={TULIS}&against_districts={KANDEMAN}")
    growth = shown.answers["growth"]
    assert "Kecamatan Tulis" in growth.title
    assert "Kecamatan Kandeman" in growth.title
    assert {"active", "active_against", "active_difference"} <= set(growth.frame)


def test_the_head_has_the_control_and_a_chip_that_ends_the_comparison() -> None:
    head = written("sectors", f"districts={TULIS}&against_districts={KANDEMAN}").parts[0]
    assert isinstance(head, blocks.Head)
    assert head.against is not None
    assert head.against.chosen == f"districts:{KANDEMAN}"
    assert f"districts:{TULIS}" in head.against.own
    *_, chip = head.chips
    assert chip.label == "dibandingkan dengan Kecamatan Kandeman"
    assert set(chip.changes.values()) == {None}


def test_numbers_have_the_other_side_beside_them() -> None:
    for page, opens in (("overview", 1), ("economy", 0)):
        shown = written(page, "until=2022&against_until=2018")
        [strip] = [part for part in shown.parts if isinstance(part, blocks.Numbers)]
        heroes = [part.number for part in shown.parts if isinstance(part, Hero)]
        assert len(heroes) == opens
        assert all(number.note.startswith("2018: ") for number in [*heroes, *strip.items])


def test_under_a_comparison_the_page_opens_with_a_plain_count() -> None:
    for query in ("until=2022&against_until=2018", f"against_districts={TULIS}"):
        shown = written("overview", f"{query}&lang=en")
        [hero] = [part for part in shown.parts if isinstance(part, Hero)]
        assert hero.text.startswith("active KUB with ") and " villages" in hero.text


def test_unknown_values_of_a_comparison_are_told() -> None:
    head = written("growth", "against_districts=99.99&against_until=1901").parts[0]
    assert isinstance(head, blocks.Head)
    [notice] = head.notices
    assert len(notice.items) == 2
    assert notice.mend is not None
    assert set(notice.mend.changes) == {"against_districts", "against_until"}
    assert len(head.chips) == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_empty_side_leaves_the_other_alone_and_says_which_filter_to_loosen(lang: str) -> None:
    empty = "33.25.12"  # Warungasem, without any KUB
    both = f"districts={empty}&against_districts={KANDEMAN}&lang={lang}"
    shown = written("growth", both)
    head, notice, *_ = shown.parts
    assert isinstance(head, blocks.Head) and isinstance(notice, blocks.Text)
    assert "Warungasem" in notice.title and "Kandeman" in notice.title
    assert "Warungasem" in notice.text
    assert not shown.is_empty and shown.answers["growth"].filters.districts == (KANDEMAN,)
    assert not any(answer.against for answer in shown.answers.values())
    neither = written("growth", f"districts={empty}&against_districts={empty}&lang={lang}")
    assert neither.is_empty and not neither.answers


def test_no_title_stands_twice_on_a_page_of_two_districts() -> None:
    for other in ("33.25.12", TULIS):
        shown = written("villages", f"districts={KANDEMAN}&against_districts={other}")
        titles = [answer.title for answer in shown.answers.values()]
        assert len(titles) == len(set(titles)) > 2, titles
