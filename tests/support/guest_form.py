"""The form for a guest's own figures on Tolok Ukur, filled in as a visitor would."""

from typing import Any

from streamlit.testing.v1 import AppTest

from kub.ui.guests.panel import KEY, REGENCY
from tests.support.pages import open_page

CILEGON = "36.72"
FIGURES = {
    "kub": 45,
    "members": 600,
    "covered": 20,
    "women": 400,
    "first_year": 2019,
    "kub_before": 30,
    "closed": 4,
}
SECTORS = {"makanan": 10, "kerajinan": 10, "laundry": 10, "koperasi": 10, "lainnya": 5}


def fill_guest_form(app: AppTest, **changes: Any) -> AppTest:
    """The form, filled in for Cilegon and sent."""
    app.button(key="guest-open").click().run()
    app.session_state[REGENCY] = CILEGON
    app.run()
    for name, value in (FIGURES | SECTORS | changes).items():
        app.text_input(key=KEY(f"{name}-{CILEGON}")).set_value(str(value))
    app.text_input(key=KEY(f"as_of-{CILEGON}")).set_value("31/12/2025")
    app.button(key="guest-show").click().run()
    assert not app.exception
    return app


def open_room(**params: Any) -> tuple[AppTest, str]:
    """A screen with a visit just opened, and its code."""
    app = open_page("benchmark", **params)
    app.button(key="share-open").click().run()
    assert not app.exception
    code = str(app.query_params["code"])
    return app, code
