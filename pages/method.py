"""Metode: what every number means, how complete the records are, where they come from."""

import streamlit as st

from kub.ui import method, page
from kub.ui.card import card

p = page.begin("method")
method.definitions(p.words)
st.subheader(p.words("method.quality"), anchor="quality")
card(p.answer("growth_reported"))
card(p.answer("reconcile"), height=320)
method.dictionary(p.data, p.words)
method.sources(p.data, p.words, p.programme.is_sample)
