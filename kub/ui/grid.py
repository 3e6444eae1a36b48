"""Rows as a table: on screen a grid that scrolls and sorts, on paper all columns in plain rows."""

from collections.abc import Collection
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from kub.words import MISSING, Words

ROW_HEIGHT = 35
MOST_HEIGHT = 420
LONG = 24  # signs of a word; longer than those of any language, shorter than addresses and digests
PRINTED = 300  # rows on paper, about five pages; with more each filter change would send too much


def grid(
    shown: Any,
    written: pd.DataFrame,
    words: Words,
    *,
    alt: str,
    right: Collection[str] = (),
    key: str | None = None,
    height: int | None = None,
) -> None:
    """Show rows. shown: for st.dataframe; written: the same cells as text, for paper.

    alt: the table's name for screen readers. right: headings of written whose cells are numbers.
    height: of the grid, px; as high as its rows, up to MOST_HEIGHT, if left out.
    """
    st.dataframe(
        shown,
        hide_index=True,
        # 35 px a row and 3 for the frame, as Streamlit draws them: no empty rows below the last.
        height=height or min(ROW_HEIGHT * (len(written) + 1) + 3, MOST_HEIGHT),
        key=key,
        placeholder=MISSING,
        alt=alt,
    )
    st.html(_on_paper(written, right, words))


def _on_paper(written: pd.DataFrame, right: Collection[str], words: Words) -> str:
    """HTML of a table for paper, hidden on screen (style.css).

    The grid is a canvas: of it no more is printed than what is scrolled into it.
    """
    classes = [_class(written[name], name in right) for name in written.columns]
    heads = _cells("th", [str(name) for name in written.columns], classes)
    rows = written.head(PRINTED).itertuples(index=False, name=None)
    body = "".join(f"<tr>{_cells('td', row, classes)}</tr>" for row in rows)
    cut = ""
    if len(written) > PRINTED:
        cut = words("card.cut", shown=PRINTED, rows=len(written))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="kub-printed">{table}<p>{escape(cut)}</p></div>'


def _class(texts: pd.Series, right: bool) -> str:
    """The class of a column's cells: numbers stand flush right, addresses and digests may be broken
    anywhere, for one of 64 signs would make the page wider than the paper.
    """
    if right:
        return ' class="number"'
    # Of all rows, though only some are printed: the class belongs to the column.
    words = texts.astype(str).str.split().explode().dropna()
    if words.str.len().max() > LONG:
        return ' class="long"'
    return ""


def _cells(tag: str, texts: Collection[Any], classes: Collection[str]) -> str:
    return "".join(
        f"<{tag}{at}>{escape(str(text))}</{tag}>" for text, at in zip(texts, classes, strict=True)
    )
