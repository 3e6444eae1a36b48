"""The blank workbook of a regency, to begin with."""

from functools import partial
from io import BytesIO

import streamlit as st

from kub import places
from kub.records import template
from kub.ui.page import Page
from kub.words import Words

KEY = "records-blank"


def offer(p: Page) -> None:
    """Choose a regency, take its workbook."""
    words = p.words
    st.markdown(f"**{words('upload.blank.title')}**")
    names = dict(places.regencies())
    own = p.data.regency_code(p.filters)
    code = st.selectbox(
        words("upload.blank.regency"),
        list(names),
        index=list(names).index(own) if own in names else None,
        format_func=lambda code: words.regency(names[code]),
        placeholder=words("upload.blank.placeholder"),
        key=KEY,
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
