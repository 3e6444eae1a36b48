"""A step told again is the answer that it was kept from: the same
numbers, picture and words, on every page.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.answers.answer import Answer
from kub.answers.catalog import TELLABLE
from kub.answers.context import home
from kub.answers.step import Step, tell, tellable
from kub.guests import Guest
from kub.guests.rooms import figures
from kub.store.data import Data
from kub.store.database import current
from kub.ui import content, view
from kub.ui.site import DIRECT
from kub.web import cards
from kub.web.blocks import Card, encode
from queries.filters import Filters
from tests.support.pages import open_page
from tests.support.thinned import thinned

pytestmark = pytest.mark.usefixtures("sample_data")
PARTS = ("microfinance", "libraries", "school_visits", "awards", "study_visits")
UJUNGNEGORO = "33.25.13.2010"
SEEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("overview", {}),
    ("growth", {"measure": "members"}),
    ("growth", {"scale": "indexed", "districts": "33.25.13", "lang": "en"}),
    ("sectors", {"measure": "members", "until": "2020"}),
    ("villages", {"denominator": "target", "profile": UJUNGNEGORO}),
    ("villages", {"sectors": "makanan", "lang": "en"}),
    ("economy", {"revenue_measure": "revenue_idr", "lang": "en"}),
    ("benchmark", {"base": "villages", "axis": "calendar"}),
    *(("programmes", {"part": part}) for part in PARTS),
    ("programmes", {"part": "microfinance", "unit": "LKM-1"}),
    ("method", {}),
    ("explore", {"explore": "pivot"}),
)
# Asked for on the command line, or shown in other ways than a card.
# The last two where many programmes are loaded (tests/pages/test_benchmark.py).
ON_NO_CARD = {
    *("pace", "village_profile", "supporting", "headline", "kubs", "provinces", "rates_map")
}


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Answer]]:
    """By chart, the answers that a page's cards offer to keep."""
    found: dict[str, Answer] = {}

    make = cards.card

    def collect(answer: Answer, *args: Any, **options: Any) -> Card:
        if tellable(answer):
            found[answer.chart] = answer
        return make(answer, *args, **options)

    monkeypatch.setattr(cards, "card", collect)
    yield found


def see(page: str, params: dict[str, Any], offered: dict[str, Answer]) -> None:
    """Run a page; the cards of one that is a list of blocks are collected here."""
    open_page(page, **params)
    if page in DIRECT:
        asked = {
            name: [value] if isinstance(value, str) else value for name, value in params.items()
        }
        answers = content.written(view.of(asked, analyst=True), page).answers.values()
        offered.update({each.chart: each for each in answers if tellable(each)})


def same(told: Answer, shown: Answer) -> None:
    pd.testing.assert_frame_equal(told.frame, shown.frame)
    assert (told.figure is None) == (shown.figure is None)
    if told.figure and shown.figure:
        assert encode(told.figure) == encode(shown.figure)
    bare: dict[str, Any] = {"frame": None, "figure": None}
    assert vars(replace(told, **bare)) == vars(replace(shown, **bare))


@pytest.mark.parametrize("case", thinned(SEEN, 2), ids=lambda case: case[0])
def test_every_card_of_a_page_is_told_again(
    case: tuple[str, dict[str, Any]], offered: dict[str, Answer]
) -> None:
    page, params = case
    see(page, params, offered)
    data, say = Data.open(current()), words.of(params.get("lang", "id"))
    assert offered and offered.keys() <= set(TELLABLE)
    for answer in offered.values():
        same(tell(data, Step.of(answer), say), answer)


def test_no_chart_of_a_page_is_left_out(offered: dict[str, Answer]) -> None:
    for page, params in SEEN:
        see(page, params, offered)
    assert set(TELLABLE) - set(offered) == ON_NO_CARD


def test_answers_with_figures_of_guests_are_not_kept() -> None:
    data, say = Data.open(current()), words.of("id")
    guest = Guest("36.72", "Kota Cilegon", 450_000, 2024, 43, date(2025, 12, 31), 45, 600, 20)
    alone = tell(data, Step("rates"), say)
    beside = tell(data, Step("rates"), say, guests=figures([guest.row(1, Filters())]))
    assert tellable(alone) and not tellable(beside)


def test_home_is_the_province_of_a_real_regency_alone() -> None:
    data = Data.open(current())
    assert home(data, Filters()) == "Jawa Tengah"
    invented = next(one for one in data.programmes.values() if "Contoh" in one.regency)
    assert home(data, Filters(programme=invented.programme_id)) == ""
