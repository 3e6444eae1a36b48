"""What surrounds every page.

Streamlit runs this first at each click; a page that is no list of blocks is `page.run()`.
"""

import streamlit as st

from kub import words
from kub.ui import account, errors, filters, frame, metrics, take_home, view, who
from kub.ui.records import drop
from kub.ui.site import BARE, UNSCOPED
from kub.web.brand import product

metrics.RUNS.inc()
lang = errors.language()
pages = frame.navigation(words.of(lang))
page = st.navigation(list(pages.values()), position="hidden")
current = next(name for name, candidate in pages.items() if candidate == page)
st.set_page_config(
    page_title=f"{page.title} · {product('Batang')}",
    page_icon=frame.icon(),
    layout="wide",
    initial_sidebar_state=272,
)
if current != "records":
    drop.leave()
try:
    if not who.may("reader"):
        account.closed(words.of(lang))
    elif current in BARE:
        page.run()
    else:
        seen = view.read()
        frame.header(seen, current)
        account.ended(seen.words)
        frame.sample_label(seen)
        frame.brand_notice(seen)
        frame.body(seen, current)
        with st.container(key="page"):
            page.run()
        filters.sidebar(seen)
        if current not in UNSCOPED:  # each visit has its own
            take_home.of_view(seen)
        frame.footer(seen)
except errors.UserProblem as problem:
    errors.show(problem)
