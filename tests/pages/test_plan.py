"""Tolok Ukur's plan: whose it is, its assumptions as controls in the
link, and what is shown and taken away.
"""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.ui.markdown import escape_markdown
from kub.words import LANGUAGES
from tests.support.blocks import blocks, drawn, take, titles
from tests.support.blocks import said as shown
from tests.support.guest_form import CILEGON, fill_guest_form
from tests.support.pages import field_notes, open_page
from tests.support.screens import link, run, warnings

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")
NEXT = str(date.today().year + 1)


def title(app: AppTest) -> str:
    heads = titles(app)
    return heads[heads.index(ID("plan.heading")) + 1]


def texts(app: AppTest) -> str:
    return "\n".join(markdown.value for markdown in app.main.markdown)


def rows(app: AppTest) -> list[str]:
    [card] = [block for block in blocks(app, "card") if block["key"] == "plan"]
    at = card["table"]["headings"].index(ID("column.year"))
    return [row[at] for row in card["table"]["rows"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_guest_there_is_an_invitation_and_a_choice(lang: str) -> None:
    app = open_page("benchmark", lang=lang)
    assert words.of(lang)("plan.invite") in texts(app) and "plan" not in drawn(app)
    app.selectbox(key="control-plan_for").select("CONTOH-D")
    run(app)
    assert link(app)["plan_for"] == "CONTOH-D" and "plan" in drawn(app)


def test_a_guest_is_planned_for_with_table_assumptions_and_workbook() -> None:
    app = fill_guest_form(
        open_page("benchmark", since="2020", sectors="makanan", denominator="target")
    )
    # 207 KUB per 817,100 residents are 121.7 for the 480,378 of Cilegon, which has 45 in all
    # sectors.
    assert title(app).startswith(
        "Kota Cilegon membutuhkan 77 KUB lagi dalam 11 tahun untuk menyamai Kabupaten Batang"
    )
    assert rows(app)[0] == NEXT and len(rows(app)) == 11
    assert escape_markdown(ID("plan.assumed.scope")) in texts(app)
    assert take(app, "plan", "xlsx")["name"].endswith(".xlsx")
    assert "45" not in str(link(app)) and CILEGON not in str(link(app))


def test_every_assumption_is_in_the_link() -> None:
    asked = {
        "goal": "villages",
        "plan_years": "6",
        "plan_from": "2030",
        "plan_members": "20",
        "mix": "equal",
    }
    app = open_page("benchmark", plan_for="CONTOH-B", programme="CONTOH-A", **asked)
    assert rows(app) == [str(year) for year in range(2030, 2036)]
    assert escape_markdown(ID("plan.assumed.mix.equal")) in texts(app) and "per desa" in title(app)
    app.get_by_key("control-goal").set_value("residents")
    app.text_input(key="control-plan_years").set_value("9")
    run(app)
    assert link(app)["plan_years"] == "9" and "goal" not in link(app)


def test_sectors_can_be_stated_one_by_one() -> None:
    app = open_page("benchmark", plan_for="CONTOH-D", mix="free", mix_makanan="100")
    assert app.text_input(key="control-mix_makanan").value == "100"
    said = [caption.value for caption in app.caption]
    assert any(caption.startswith("Jumlah kelima angka") for caption in said)
    for sector in ("kerajinan", "laundry", "koperasi", "lainnya"):
        app.text_input(key=f"control-mix_{sector}").set_value("0")
    run(app)
    assert "Makanan 7, Kerajinan 0" in shown(app)


def test_wrong_values_of_the_link_are_said() -> None:
    app = open_page(
        "benchmark",
        plan_for="CONTOH-D",
        plan_years="0",
        plan_from="tahun depan",
        goal="members",
        mix="mine",
    )
    told = warnings(app)
    assert all(
        value in told for value in ("plan_years “0”", "tahun depan", "goal “members”", "mix “mine”")
    )
    assert len(rows(app)) == 11 and rows(app)[0] == NEXT


def test_a_goal_already_reached_is_said_without_chart_or_table() -> None:
    app = open_page("benchmark", plan_for="CONTOH-A")
    assert title(app).startswith("Kabupaten Contoh A sudah setara")
    assert "plan" not in drawn(app) and ID("plan.assumptions") not in texts(app)


def test_members_are_typed_with_a_comma_and_implausible_ones_change_nothing() -> None:
    app = open_page("benchmark", plan_for="CONTOH-D")
    field = "control-plan_members"
    before = rows(app), title(app)
    assert app.text_input(key=field).value == "14,4"
    for typed in ("1", "501", "12.500", "abc"):
        app.text_input(key=field).set_value(typed)
        run(app)
        assert app.text_input(key=field).value == typed and "plan_members" not in link(app)
        assert (rows(app), title(app)) == before
        assert any(note.endswith(ID("typed.kept", number="14,4")) for note in field_notes(app))
    app.text_input(key=field).set_value("12,5")
    run(app)
    assert link(app)["plan_members"] == "12.5" and not any(field_notes(app))
    assert any("12,5" in text for text in [markdown.value for markdown in app.main.markdown])
    app.text_input(key=field).set_value("")
    run(app)
    assert app.text_input(key=field).value == "14,4" and "plan_members" not in link(app)
