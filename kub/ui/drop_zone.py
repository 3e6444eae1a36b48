"""Where files are dropped: Streamlit's uploader, with its own words laid over it.

What Streamlit writes into it is English, and says neither what the files are nor what happens next.
The whole zone takes files and clicks (kub/ui/widgets.css); its button is what a keyboard reaches.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st


def drop_zone(name: str, title: str, lines: Sequence[str], **uploader: Any) -> None:
    """Draw it.

    name: of its container. title: what may be dropped, also the uploader's name to screen readers.
    lines: how large and what happens next, a paragraph for each. uploader: arguments of
    st.file_uploader.
    """
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    with st.container(key=f"drop-{name}", gap=None):
        st.html(f'<div class="kub-zone"><p class="kub-zone-title">{escape(title)}</p>{text}</div>')
        st.file_uploader(title, label_visibility="collapsed", **uploader)
