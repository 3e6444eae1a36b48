"""Data: records are dropped, checked, compared with today and published; who has not reported;
their versions; the audit trail.
"""

import streamlit as st

from kub.ui import who
from kub.ui.records import sections

this = sections.begin()
if who.may("steward"):
    sections.show(this)
else:
    st.info(this.words("upload.closed"))
