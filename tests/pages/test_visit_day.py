"""The day of a visit: typed as people write days, told beside its field where it is none."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import visits, words
from kub.ui.visits.state import KEY
from kub.visits import Visit
from kub.words import LANGUAGES
from tests.support.pages import field_notes, open_page
from tests.support.visits import click, open_visit, store_three_steps

pytestmark = pytest.mark.usefixtures("folder")


def beside(app: AppTest) -> str:
    """What stands beside the fields of the page that are typed into."""
    return "".join(field_notes(app))


@pytest.mark.parametrize(
    ("lang", "typed", "rule"),
    [
        ("id", "Desember 2026", "no_day"),
        ("en", "31/02/2027", "not_date"),
        ("id", "", "missing_day"),
    ],
)
def test_the_day_of_a_new_visit_is_typed(folder: Path, lang: str, typed: str, rule: str) -> None:
    say = words.of(lang)
    app = open_page("visits", lang=lang)
    today = date.today()
    assert app.text_input(key="new-on").value == say.date(today)
    [create] = [button for button in app.button if button.label == say("visits.create")]
    app.text_input(key="new-on").set_value(typed)
    create.click().run()
    message = say(f"typed.{rule}", text=typed, example=say.date(today))
    assert not app.exception and beside(app) == message
    assert visits.visits(folder) == [] and app.text_input(key="new-on").value == typed
    app.text_input(key="new-on").set_value(f"17 {say.date(today).split()[1]} {today.year + 1}")
    [create] = [button for button in app.button if button.label == say("visits.create")]
    create.click().run()
    [one] = visits.visits(folder)
    assert isinstance(one, Visit) and one.on == today.replace(year=today.year + 1, day=17)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_is_none_is_told_beside_its_field_and_changes_nothing(
    folder: Path, lang: str
) -> None:
    one, say = store_three_steps(folder), words.of(lang)
    app, key = open_visit(one, lang=lang), KEY("on", one.visit_id)
    assert app.text_input(key=key).value == say.date(one.on) and beside(app) == ""
    app.text_input(key=key).set_value("1/13/2026").run()
    assert beside(app).endswith(say("typed.day_kept", day=one.on))
    app.text_area(key=KEY("notes", one.visit_id)).set_value("baru").run()
    assert app.text_input(key=key).value == "1/13/2026"
    now = visits.visit(folder, one.visit_id)
    assert now and (now.on, now.notes) == (one.on, "baru")
    app.text_input(key=key).set_value("01/12/2026" if lang == "id" else "2026-12-01").run()
    assert app.text_input(key=key).value == say.date(one.on) and beside(app) == ""


def test_the_field_follows_the_day_that_somebody_else_has_written(folder: Path) -> None:
    one = store_three_steps(folder, on=date(1990, 5, 1))  # by hand: not what the field would take
    app, key = open_visit(one), KEY("on", one.visit_id)
    assert (app.text_input(key=key).value, beside(app)) == ("1 Mei 1990", "")
    visits.store(folder, replace(one, on=date(2027, 8, 17)))
    click(app.run(), "visit-fresh")
    assert app.text_input(key=key).value == "17 Agustus 2027"
