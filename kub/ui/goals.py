"""Where programmes that are compared stand against their targets, a sentence each."""

import streamlit as st

from kub.findings.phrases import records
from kub.findings.targets import of_year, title
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from queries.filters import Filters


def lines(p: Page) -> None:
    """A list under its heading; nothing where no programme has targets."""
    words, sentences = p.words, []
    for programme in p.data.compared(p.filters):
        if programme.programme_id in p.data.with_targets:
            frame = p.data.ask("targets", Filters(programme=programme.programme_id))
            values = {
                "regency": words.regency(programme.regency),
                "sentence": title(of_year(records(frame)), words),
            }
            sentences.append(f"- {escape_markdown(words('targets.compare_row', **values))}")
    if sentences:
        with st.container(key="goals"):
            st.markdown("\n".join([f"**{words('targets.compare')}**", "", *sentences]))
