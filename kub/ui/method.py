"""Parts of the method page: definitions, data dictionary, sources."""

import streamlit as st

from kub.exports.pack import ITEMS, SOURCES
from kub.store.data import Data
from kub.ui.grid import grid
from kub.ui.markdown import escape_markdown
from kub.words import LANGUAGES, Words


def definitions(words: Words) -> None:
    """Every number's meaning in a sentence, and its formula."""
    st.subheader(words("method.definitions"), anchor="definitions")
    st.caption(words("method.definitions_more"))
    for number, item in enumerate(ITEMS):
        if number % 2 == 0:  # row by row: a phone then reads them in the order meant
            columns = st.columns(2, gap="large")
        with columns[number % 2], st.container(key=f"item-{item}", gap="small"):
            st.markdown(
                f"**{words(f'method.item.{item}.name')}**  \n{words(f'method.item.{item}.says')}"
            )
            st.code(words(f"method.item.{item}.formula"), language=None, wrap_lines=True)


def dictionary(data: Data, words: Words) -> None:
    """Tables and columns as the database describes them (COMMENT ON: 'Indonesian | English').

    So what stands here cannot fall behind the tables.
    """
    st.subheader(words("method.dictionary"), anchor="dictionary")
    st.caption(words("method.dictionary_more"))
    half = LANGUAGES.index(words.lang)
    rows = data.dictionary()
    comments = rows["comment"].fillna(" | ").str.split(" | ", regex=False).str[half]
    for table, columns in rows.assign(comment=comments).groupby("table", sort=False):
        meaning = columns["table_comment"].iloc[0].split(" | ")[half]
        opened = st.expander(
            f"`{table}` · {escape_markdown(meaning)}", key=f"dictionary-{table}", on_change="rerun"
        )
        if opened.open:  # a grid for each closed table would be sent for nothing
            shown = columns[["column", "type", "comment"]].set_axis(
                [words("method.column"), words("method.type"), words("method.meaning")], axis=1
            )
            with opened:
                grid(shown, shown, words, alt=meaning)


def sources(data: Data, words: Words, sample: bool) -> None:
    """Where the numbers come from, the files of this version, and the licence."""
    st.subheader(words("method.sources"), anchor="sources")
    names = list(SOURCES)
    if sample:
        names.append("sample")
    st.markdown("\n".join(f"- {words(f'method.source.{name}')}" for name in names))
    st.markdown(f"**{words('method.files')}**")
    headings = {
        "programme_id": words("column.programme"),
        "file": words("method.file"),
        "sha256": "SHA-256",
    }
    imported = words("method.imported")
    files = data.source_files().rename(columns=headings | {"imported_at": imported})
    # The screen sorts times as times; paper has them as text.
    written = files.assign(**{imported: files[imported].dt.strftime("%Y-%m-%d %H:%M")})
    grid(files, written, words, alt=words("method.files"))
    st.subheader(words("method.licence"), anchor="licence")
    st.markdown(words("method.licence_text"))
