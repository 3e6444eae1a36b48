"""Data: records are dropped, checked, compared with today and published."""

import streamlit as st

from kub.ui import page, who
from kub.ui.records import upload


def show(p: page.Page) -> None:
    upload.section(p)


this = page.begin("records")
if who.may("steward"):
    show(this)
else:
    st.info(this.words("upload.closed"))
