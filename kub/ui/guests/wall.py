"""The projector's first screen once guests share: the chart with them in it, under a slim bar with
the code.
"""

import json
from html import escape

import streamlit as st

from kub.answers.answer import Answer
from kub.answers.source import source_line
from kub.ui.draw import draw
from kub.ui.guests.share import Screen
from kub.ui.presenter.stage_fit import stage_size
from kub.words import Words

SEEN = "visit revision on the wall"
# What is drawn above it may still grow a moment later.
_LEAD = """
{
  const waits = [0, 400, 1200].map((wait) =>
    setTimeout(() => document.querySelector(%s)?.scrollIntoView({ block: "start" }), wait));
  for (const name of ["pointerdown", "wheel", "touchstart", "keydown"]) // whoever acts leads
    addEventListener(name, () => waits.forEach(clearTimeout), { once: true, passive: true });
}
"""


def wall(answer: Answer, screen: Screen, words: Words) -> None:
    """Draw the chart with the guests in it, as large as the first screen leaves beside the code."""
    st.html(
        f'<header class="kub-wall"><h2>{escape(answer.title)}</h2><p>'
        f"{escape(answer.subtitle)}</p></header>"
    )
    if answer.figure is not None:
        with st.container(key="wall-figure"):
            need = stage_size(answer)
            draw(answer.figure, answer.chart, answer.takeaway, words.lang, need)
    st.html(f'<p class="kub-wall-source">{escape(source_line(answer.source, words))}</p>')
    # whoever has scrolled is led back: somebody has come or gone
    if st.session_state.get(SEEN) != screen.revision:
        st.session_state[SEEN] = screen.revision
        script = (
            "<script>document.querySelector('[data-testid=\"stMain\"]')?.scrollTo(0, 0)</script>"
        )
        st.html(script, unsafe_allow_javascript=True)


def lead(chart: str) -> None:
    """Scroll to the card of a chart."""
    script = _LEAD % json.dumps(f'.kub-card[data-key="{chart}"]')
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
