"""Kunjungan: which steps are presented to which guests; the visit in the link, else all of them."""

import streamlit as st

from kub.ui import host, page, who
from kub.ui.link import LONGEST
from kub.ui.visits import edit as visit_edit
from kub.ui.visits import listing as visit_listing
from kub.ui.visits import notices as visit_notices
from kub.ui.visits import state as visit_state
from kub.visits import Unreadable
from kub.web.blocks import Notice


def show(p: page.Page, visit_id: str) -> None:
    try:
        visit, changed = visit_state.wanted(visit_id)
    except Unreadable as reason:
        visit, changed = None, False
        p.notice("visit", Notice(visit_listing.unreadable(reason, p.words, str)))
    else:
        if visit is None:
            p.notice("visit", Notice(p.words("visits.missing", name=visit_id[:LONGEST])))
        elif not who.may_host(visit):
            visit = None
            p.notice("visit", Notice(p.words("visits.not_yours")))
    visit_notices.unsaved(p.words, visit_id)
    if visit is None:
        visit_listing.overview(p)
    else:
        visit_edit.editor(p, visit, changed)


this = visit_listing.begin()
if not who.may("host"):
    host.gate(this.words)
    st.stop()
host.leaving(this.words)
host.remember()  # a reload and a second window stay the host's
visit_notices.fault(this.words)
if asked := st.query_params.get("visit", ""):
    show(this, asked)
else:
    visit_notices.unsaved(this.words)
    visit_listing.overview(this)
