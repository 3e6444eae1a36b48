"""The frame run by AppTest with small pages of its own: what a
test does there, and what it sees.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from kub.store.versions import ROOT
from kub.ui.site import BARE, CORNER, DIRECT, PAGES
from tests.support import blocks

PAGE = """
from kub.ui import page
p = page.begin("{name}")
"""
CONTROLS = """
from dataclasses import replace
import streamlit as st
from queries.filters import MEASURES
measure = p.control("measure", MEASURES)
sector = p.control("sector", ("makanan", "laundry", "koperasi"), default="laundry", label="Sektor")
village = p.choose("village", list(p.data.villages[p.programme.programme_id]), label="Profil", placeholder="pilih")
st.button("to Ujungnegoro", on_click=page.go, kwargs={"village": "33.25.13.2001", "sectors": ("makanan",)})
years = p.answer("growth", filters=replace(p.filters, since=2022)).frame.year
st.caption(f"answer {len(p.answer('sectors').frame)} {years.min()}")
st.json({"measure": measure, "sector": sector, "village": village, "mode": p.mode, "lang": p.lang})
"""


def start(folder: Path, **params: str | list[str]) -> AppTest:
    pages = folder / "pages"
    pages.mkdir(exist_ok=True)
    shutil.copy(ROOT / "pages" / "frame.py", pages)
    for name in (*PAGES, *CORNER, *BARE):
        # a list of blocks is drawn by the frame, whatever its file says
        own = "" if name in DIRECT else PAGE.format(name=name)
        growth = PAGE.format(name=name) + CONTROLS
        (pages / f"{name}.py").write_text(growth if name == "growth" else own, "utf-8")
    app = AppTest.from_file(str(pages / "frame.py"), default_timeout=20)
    for name, value in params.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def at_growth(folder: Path, **params: str | list[str]) -> AppTest:
    app = start(folder, **params)
    app.switch_page("growth.py")
    for name, value in params.items():
        app.query_params[name] = value
    return run(app)


def link(app: AppTest) -> Mapping[str, object]:
    return dict(app.query_params)


def scope(app: AppTest) -> str:
    return str(blocks.head(app)["scope"])


def chips(app: AppTest) -> list[str]:
    """Labels of the active filters under the title."""
    head = blocks.head(app)
    return [chip["label"] for chip in head.get("chips", [])]


def menu(app: AppTest) -> dict[str, Any]:
    """What header.js draws: menu, language, the words that Streamlit's page lacks."""
    said = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    [found] = [each for each in said if "langs" in each]
    return dict(found)


def footer(app: AppTest) -> str:
    [said] = [html.value for html in app.html if "kub-footer" in html.value]
    return said.split('<p class="kub-footer">')[1].removesuffix("</p>")


def warnings(app: AppTest) -> str:
    """What is said under the title."""
    return "\n".join(blocks.said_by(notice) for notice in blocks.notices(app))
