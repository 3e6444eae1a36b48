"""The blank workbook of a regency, to begin with."""

from functools import partial
from io import BytesIO

import streamlit as st

from kub import places
from kub.records import template
from kub.ui.list_field import regency_field
from kub.ui.page import Page
from kub.words import Words

KEY = "records-blank"


def offer(p: Page) -> None:
    """Choose a regency, take its workbook."""
    words = p.words
    st.markdown(f"**{words('upload.blank.title')}**")
    own = p.data.regency_code(p.filters)
    st.session_state.setdefault(KEY, own if own in dict(places.regencies()) else None)
    code = regency_field(
        words("upload.blank.regency"), KEY, words, placeholder=words("upload.blank.placeholder")
    )
    if code is None:
        st.caption(words("upload.blank.choose"))
        return
    st.download_button(
        words("upload.blank.button"),
        # Made when it is asked for: its drop-downs hold all villages.
        data=partial(workbook, code, words.lang),
        file_name=words("upload.blank.file", code=code),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="records-blank-button",
        on_click="ignore",
    )


def workbook(code: str, lang: str) -> bytes:
    """The bytes of the blank workbook."""
    out = BytesIO()
    template.write(code, out, lang)
    return out.getvalue()


def help_of(words: Words) -> str:
    """How it is filled in, in two sentences."""
    return words("upload.blank.help")
