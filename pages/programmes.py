"""Program pendukung: microfinance units, village libraries, school visits, awards, and visits by
other regencies.
"""

import streamlit as st

from kub.ui import page, supporting
from kub.ui.markdown import escape_markdown


def show(p: page.Page) -> None:
    has = supporting.parts(p)
    if has:
        supporting.PARTS[p.control("part", has)](p)
    else:
        st.info(escape_markdown(p.words("supporting.none")))


show(page.begin("programmes"))
