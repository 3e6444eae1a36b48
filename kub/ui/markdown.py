"""Text from records is text: what it looks like to Markdown must not matter."""

import re

# Every sign that Streamlit's Markdown gives a meaning: emphasis, links, code, HTML, LaTeX ($),
# directives and emoji (:red[…], :smile:), headings, lists, tables, quotes.
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
# Addresses become links, `:material/…` icons and `->` arrows after the text was read, so a
# backslash comes too late for them. An invisible WORD JOINER keeps their signs apart.
_LATE = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=//|material/)|(?=@)|(?<=[-<>=~!])(?=[-<>=])", re.IGNORECASE
)
_JOINER = "\N{WORD JOINER}"


def escape_markdown(text: str) -> str:
    """`text` for st.markdown, st.caption, labels and help: shown sign for sign, on one line."""
    return _SIGNS.sub(r"\\\1", _LATE.sub(_JOINER, _BREAKS.sub(" ", text.strip())))
