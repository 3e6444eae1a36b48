"""Kunjungan: what is told to whom, in which order; one visit where
the link names it, else all of them.
"""

import streamlit as st

from kub.ui import host, page
from kub.ui.link import LONGEST
from kub.ui.plain import plain
from kub.ui.visits import edit as visit_edit
from kub.ui.visits import listing as visits
from kub.ui.visits import notices as visit_told
from kub.ui.visits import state as visit_state
from kub.visits import Unreadable


def show(p: page.Page, visit_id: str) -> None:
    try:
        one, changed = visit_state.wanted(visit_id)
    except Unreadable as reason:
        one, changed = None, False
        st.warning(visits.unreadable(reason, p.words))
    else:
        if one is None:
            st.warning(plain(p.words("visits.missing", name=visit_id[:LONGEST])))
    visit_told.unsaved(p.words, visit_id)
    if one is None:
        visits.overview(p)
    else:
        visit_edit.editor(p, one, changed)


this = visits.begin()
if not host.is_host():
    host.gate(this.words)
    st.stop()
host.leaving(this.words)
host.remember()  # a reload and a second window stay the host's
visit_told.fault(this.words)
if asked := st.query_params.get("visit", ""):
    show(this, asked)
else:
    visit_told.unsaved(this.words)
    visits.overview(this)
