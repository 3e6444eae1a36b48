"""Text from records is text: what it looks like to Markdown must not matter."""

import re

# Every sign that Streamlit's Markdown gives a meaning: emphasis, links, code, HTML, LaTeX ($),
# directives and icons (:red[…], :material/…:), headings, lists, tables, quotes.
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def plain(text: str) -> str:
    """`text` for st.markdown, st.caption, labels and help: shown sign for sign, on one line."""
    return _SIGNS.sub(r"\\\1", _BREAKS.sub(" ", text))
