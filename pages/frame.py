"""What surrounds every page.

Streamlit runs this first at each click; the page itself is `page.run()`.
"""

import streamlit as st

from kub import words
from kub.ui import errors, filters, frame, site, take_home, view

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
frame.styles()
try:
    if current in site.BARE:
        page.run()
    else:
        seen = view.read()
        frame.header(seen, pages, current)
        frame.behind(seen, current)
        filters.sidebar(seen)
        frame.sample_label(seen)
        page.run()
        if current != "visits":  # each of them has its own
            take_home.of_view(seen)
        frame.footer(seen)
except errors.UserProblem as problem:
    errors.show(problem)
