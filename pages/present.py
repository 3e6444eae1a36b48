"""Presentasi: one step of a visit on the whole screen, or the speaker's view on a second device."""

import streamlit as st

from kub.ui import host, who
from kub.ui.presenter import present, speaker

show = present.begin()
if show and st.query_params.get("speaker") == "yes":
    if who.may_host(show.visit):
        speaker.view(show)
    else:
        host.gate(show.words)
elif show:
    present.screen(show)
