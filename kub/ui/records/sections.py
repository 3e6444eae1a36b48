"""The parts of the page of records, one at a time."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from kub.ui import page
from kub.ui.page import Page
from kub.ui.records import calendar, trail, upload, versions

# In the order of the control; the first is what a steward comes for.
SECTIONS: Mapping[str, Callable[[Page], None]] = {
    "upload": upload.section,
    "calendar": calendar.section,
    "versions": versions.section,
    "trail": trail.section,
}


def begin() -> Page:
    """As page.begin, with the styles of this page."""
    st.html(Path(__file__).parent / "records.css")
    return page.begin("records")


def show(p: Page) -> None:
    """The part that the link names."""
    chosen = p.control("section", tuple(SECTIONS), label_visibility="collapsed")
    SECTIONS[chosen](p)
