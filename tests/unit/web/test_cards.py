"""An answer as a card: what comes with the page, what a click brings, and what is said of the rest."""

import pandas as pd
import pytest

from kub import words
from kub.web import twin
from kub.web.cards import Points, card
from tests.support.answers import made

ID = words.of("id")
LONG = pd.DataFrame({"village": [f"Desa {n}" for n in range(1_200)], "kub": range(1_200)})


@pytest.mark.parametrize(("rows", "shown"), [(300, 300), (301, 300), (1_200, 300)])
def test_the_first_rows_come_with_the_page_and_say_so(rows: int, shown: int) -> None:
    listed = card(made(LONG.head(rows)), "gaps", ID).table
    assert listed and len(listed.rows) == shown
    assert listed.cut == ("" if rows == shown else ID("card.cut", shown=shown, rows=rows))


def test_a_click_brings_a_thousand_and_files_have_the_rest() -> None:
    listed = twin.table(LONG, ID)
    assert listed.order and (len(listed.rows), len(listed.order[1])) == (1_000, 1_000)
    assert listed.cut == "1.000 baris pertama dari 1.200; semuanya ada di berkas CSV dan Excel."


def test_a_chart_is_named_even_without_a_takeaway() -> None:
    silent = made(LONG, figure={"data": [], "layout": {}}, takeaway="")
    chart = card(silent, "gaps", ID).chart
    assert chart and chart.alt == "Temuan"


def test_no_rows_are_said() -> None:
    empty = card(made(LONG.head(0)), "gaps", ID)
    assert empty.table is None and empty.empty == ID("card.none")


def test_names_of_villages_lead_to_what_the_page_opens() -> None:
    frame = LONG.head(3).assign(village_code=["a", "b", "c"])
    assert twin.table(frame, ID, opens="profile").leads == (0, "profile", ["a", "b", "c"])
    assert twin.table(frame, ID).leads is None
    assert twin.table(LONG, ID, opens="profile").leads is None
    listed = card(made(frame), "gaps", ID, points=Points(None, opens="profile")).table
    assert listed and listed.leads
