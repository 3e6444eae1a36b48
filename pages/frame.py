"""What surrounds every page.

Streamlit runs this first at each click; a page that is no list of blocks is `page.run()`.
"""

import streamlit as st

from kub import words
from kub.ui import errors, filters, frame, take_home, view
from kub.ui.records import drop
from kub.ui.site import BARE, UNSCOPED

lang = errors.language()
pages = frame.navigation(words.of(lang))
page = st.navigation(list(pages.values()), position="hidden")
current = next(name for name, candidate in pages.items() if candidate == page)
st.set_page_config(
    page_title=f"{page.title} · KUB Batang",
    page_icon=str(frame.HERE / "icon.svg"),
    layout="wide",
    initial_sidebar_state=272,
)
if current != "records":
    drop.leave()
try:
    if current in BARE:
        page.run()
    else:
        seen = view.read()
        frame.header(seen, current)
        frame.sample_label(seen)
        frame.body(seen, current)
        with st.container(key="page"):
            page.run()
        filters.sidebar(seen)
        if current not in UNSCOPED:  # each visit has its own
            take_home.of_view(seen)
        frame.footer(seen)
except errors.UserProblem as problem:
    errors.show(problem)
