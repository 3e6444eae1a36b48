"""Visits to store, and the page Kunjungan as its user sees it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from kub import visits, words
from kub.answers.step import Step
from kub.store.data import Data
from kub.store.database import current
from kub.visits import Visit, stories
from tests.support import blocks
from tests.support.pages import open_page

ID = words.of("id")
VISIT = Visit(
    "",
    date(2026, 12, 1),
    "Pemerintah Kota Cilegon",
    "36.72",
    "id",
    "kub-1-a",
    (Step("growth", "growth_flow"),),
)
PART = {"microfinance", "libraries", "school_visits", "awards", "study_visits"}


def store_visit(folder: Path, *steps: Step, **changes: Any) -> Visit:
    """A visit with these steps, stored; without any, with the longest story."""
    version = current(folder)
    if not steps:
        programme = Data.open(version).default.programme_id
        steps = stories.story(30, programme, PART, ID)
    visit = Visit(
        "", date(2026, 12, 1), "Pemerintah Kota Cilegon", "36.72", "id", version.name, steps
    )
    return visits.store(folder, replace(visit, **changes))


def store_three_steps(folder: Path, **changes: Any) -> Visit:
    """A visit with three steps."""
    programme = Data.open(current()).default.programme_id
    steps = [
        step
        for step in stories.story(5, programme, set(), ID)
        if step.question in ("growth", "sectors", "rates")
    ]
    visit = Visit(
        "", date(2026, 12, 1), "Pemkot Cilegon", "36.72", "id", current().name, tuple(steps)
    )
    return visits.store(folder, replace(visit, **changes))


def open_visit(visit: Visit, **params: str) -> AppTest:
    """The page that edits a visit."""
    return open_page("visits", visit=visit.visit_id, **params)


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def page_text(app: AppTest) -> str:
    """All that the page says in words."""
    parts = (app.markdown, app.caption, app.warning, app.error, app.subheader)
    own = [element.value for elements in parts for element in elements]
    return "\n".join([*own, blocks.said(app)])


def link_addresses(app: AppTest) -> list[str]:
    """Where the links of the page lead."""
    return [f"/{link.proto.page}?{link.proto.query_string}" for link in app.get("page_link")]
