"""What authors of pages build with: controls in the link, callbacks, empty states."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from tests.support.blocks import notices, press, said_by
from tests.support.screens import at_growth, link, run, start, warnings
from tests.support.small import KANDEMAN, TOWN, UJUNGNEGORO, WONOKERSO

NUMBERS = """
import pandas as pd
import streamlit as st
from kub.ui import page
p = page.begin("growth")
whole = p.number("years", 1, 50, 11, label="Lama")
part = p.number("per_kub", 1, 500, 14.4, label="Anggota per KUB", whole=False)
frame = p.answer("growth").frame
st.json({"years": whole, "per_kub": part, "title": p.answer("growth").title})
"""


def test_controls_live_in_the_link_and_leave_their_default_out(folder: Path) -> None:
    app = at_growth(folder, measure="members", sector="koperasi", village=TOWN)
    shown = {
        "measure": "members",
        "sector": "koperasi",
        "village": TOWN,
        "mode": "light",
        "lang": "id",
    }
    assert app.json[0].value == str(shown).replace("'", '"')
    app.get_by_key("control-measure").set_value("kub")
    run(app)
    app.get_by_key("control-sector").set_value("laundry")
    run(app)
    assert link(app) == {"village": TOWN}
    app.selectbox(key="control-village").select(WONOKERSO)
    run(app)
    assert link(app) == {"village": WONOKERSO}


def test_an_answer_stands_under_the_filters_of_the_page_or_others(folder: Path) -> None:
    assert "answer 5 2022" in [caption.value for caption in at_growth(folder, until="2022").caption]


def test_a_callback_can_change_the_view(folder: Path) -> None:
    app = at_growth(folder, districts=KANDEMAN)
    next(button for button in app.button if button.label == "to Ujungnegoro").click()
    run(app)
    assert link(app) == {"districts": KANDEMAN, "sectors": "makanan", "village": UJUNGNEGORO}
    assert app.selectbox(key="control-village").value == UJUNGNEGORO


def test_an_unknown_control_value_is_said_and_can_be_taken_out(folder: Path) -> None:
    app = at_growth(folder, sector="pertanian", measure="women", until="2020")
    assert "sector “pertanian”" in warnings(app)
    assert "\n".join(map(said_by, notices(app))).count("women") == 1
    assert app.get_by_key("control-sector").value == "laundry"
    press(app, words.of("id")("frame.mend"), "sector")
    assert link(app) == {"measure": "women", "until": "2020"}
    twice = at_growth(folder, sector=["pertanian", "laundry", "tani"])
    assert "sector “pertanian”" in warnings(twice) and "sector “tani”" in warnings(twice)
    assert twice.get_by_key("control-sector").value == "laundry"


MANY = """
import streamlit as st
from kub.ui import page
p = page.begin("growth")
codes = [f"p{n}" for n in range(700)]
st.json({"sector": p.choose("sector", codes, format=str.upper, label="Banyak", placeholder="Pilih")})
"""


def test_more_options_than_a_list_holds_are_found_by_typing(folder: Path) -> None:
    start(folder)
    (folder / "pages" / "growth.py").write_text(MANY, "utf-8")
    app = AppTest.from_file(str(folder / "pages" / "frame.py"), default_timeout=20)
    app.switch_page("growth.py")
    app.query_params["sector"] = "p612"
    run(app)
    assert not app.selectbox and app.json[0].value == str({"sector": "p612"}).replace("'", '"')
    sent = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    [field] = [data for data in sent if data.get("label") == "Banyak"]
    assert (field["code"], field["name"]) == ("p612", "P612")
    # The way back to none stands first.
    assert field["options"][0][0] == "" and field["options"][613] == ["p612", "P612"]


def at_numbers(folder: Path, **params: str) -> AppTest:
    start(folder)
    (folder / "pages" / "growth.py").write_text(NUMBERS, "utf-8")
    app = AppTest.from_file(str(folder / "pages" / "frame.py"), default_timeout=20)
    app.switch_page("growth.py")
    for name, value in params.items():
        app.query_params[name] = value
    return run(app)


def values(app: AppTest) -> tuple[float, float]:
    shown = json.loads(app.json[0].value)
    return shown["years"], shown["per_kub"]


def test_a_number_lives_in_the_link_unless_it_is_the_default(folder: Path) -> None:
    app = at_numbers(folder, years="20", per_kub="12.5")
    assert values(app) == (20, 12.5)
    assert app.text_input(key="control-years").value == "20"
    app.text_input(key="control-years").set_value("11")
    app.text_input(key="control-per_kub").set_value("15,0")
    assert values(run(app)) == (11, 15)
    assert link(app) == {"per_kub": "15"}


@pytest.mark.parametrize("wrong", ["0", "51", "12.5", "-3", "1e1", "nan", "٣", "dua puluh"])
def test_a_wrong_number_is_said_and_can_be_taken_out(folder: Path, wrong: str) -> None:
    app = at_numbers(folder, years=wrong)
    assert values(app) == (11, 14.4)
    assert f"years “{wrong}”" in warnings(app)
    press(app, words.of("id")("frame.mend"))
    assert link(app) == {} and not warnings(app)


def test_computed_rows_are_told_like_an_answer(folder: Path) -> None:
    app = at_numbers(folder)
    assert json.loads(app.json[0].value)["title"]
