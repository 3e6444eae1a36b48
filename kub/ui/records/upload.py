"""Where a steward drops records: checked, compared with today, published."""

import streamlit as st

from kub.ui.page import Page


def section(p: Page) -> None:
    """Drop → check → problems → what changes → publish."""
    p.heading(p.words("upload.title"), "upload")
    st.markdown(p.words("upload.about"))
