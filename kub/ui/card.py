"""An answer as a card: finding, chart, takeaway, source, and below it table, CSV and PNG.

`card` shows one Answer; `large_numbers` the few numbers a page opens with.
"""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from kub import words as words_of
from kub.answers.answer import Answer
from kub.answers.file_name import file_name
from kub.answers.source import on_page, source_line
from kub.exports.csv import csv, writings
from kub.exports.xlsx import sheet
from kub.findings.numbers import Number
from kub.ui import draw as drawing
from kub.ui.grid import grid
from kub.ui.markdown import escape_markdown
from kub.ui.visits import keep
from kub.words import LANGUAGES, Words
from kub.words import columns as tables

ROWS = 1000  # a table on the page is for reading; longer ones are cut and say so


def card(
    answer: Answer,
    key: str = "",
    height: int | None = None,
    on_select: Callable[[dict[str, Any]], None] | None = None,
    table: bool = True,
    *,
    words: Words | None = None,
    scale: float = 1.0,
    opened: bool = False,
    extra: Sequence[str] = (),
) -> None:
    """Show an answer. An answer without a figure shows its table at once.

    key: unique on the page, the chart's name if left out. height: of the chart, px; what its
    ChartSpec says if left out. on_select, scale: as in `draw`. table: False leaves out the row with
    table and downloads, for a figure repeated elsewhere on the page. words: the link's language if
    left out. opened: the table stands below from the start. extra: sentences that its workbook says
    besides.
    """
    words, key = words or _language(), key or answer.chart
    if height is None:
        height = answer.sizes.on_page(answer.frame)
    # The picture is called like the CSV file: they sort beside each other in a folder.
    name = file_name(answer, "csv", words).removesuffix(".csv")
    # The key is a CSS class too (st-key-card-…), by which style.css and jumps find the card.
    with st.container(key=f"card-{key}", gap=None):
        st.subheader(escape_markdown(answer.title), anchor=False)
        st.caption(escape_markdown(answer.subtitle))
        if answer.figure is not None:
            caption = drawing.Caption(
                answer.title, answer.subtitle, source_line(answer.source, words)
            )
            drawing.draw(
                answer.figure,
                key,
                answer.takeaway,
                height,
                on_select,
                name,
                caption=caption,
                lang=words.lang,
                scale=scale,
            )
        st.markdown(escape_markdown(answer.takeaway))
        shown = opened or answer.figure is None
        if table:
            with st.container(
                horizontal=True, gap="small", vertical_alignment="center", key=f"row-{key}"
            ):
                st.caption(escape_markdown(on_page(answer.source, words)))
                # `or`: a table that stands there anyway has no switch that could close it.
                shown = _actions(answer, key, name, words, not shown, extra) or shown
            keep.confirmation(key, words)
        else:
            st.caption(escape_markdown(on_page(answer.source, words)))
        if shown:
            _table(answer, key, words)


def large_numbers(numbers: Sequence[Number], label: str) -> None:
    """Four to six large numbers side by side, two in a row on a phone.

    label: names the list for screen readers.
    """
    items = "".join(
        f'<div><dt>{escape(n.label)}</dt><dd class="kub-number">{escape(n.value)}</dd>'
        f'<dd class="kub-note {escape(n.tone)}">{escape(n.note)}</dd>{_goal(n)}</div>'
        for n in numbers
    )
    st.html(f'<dl class="kub-strip" aria-label="{escape(label)}">{items}</dl>')


def _goal(number: Number) -> str:
    return f'<dd class="kub-goal">{escape(number.goal)}</dd>' if number.goal else ""


def _actions(
    answer: Answer, key: str, name: str, words: Words, closed: bool, extra: Sequence[str]
) -> bool:
    """Draw the table switch, if the table is `closed`, and the downloads.

    Returns whether the switch is on. Off, no table is made.
    """
    with st.container(
        horizontal=True,
        gap="small",
        vertical_alignment="center",
        width="content",
        key=f"actions-{key}",
    ):
        opened = closed and st.toggle(words("card.table"), key=f"{key}.table")
        # The writing of the reader's language first, the other one beside it: which program opens
        # the file is not known here.
        for writing in writings(words):
            st.download_button(
                words(f"card.csv_{writing}"),
                # Written at the click: a page has up to ten cards with three files each.
                data=partial(csv, answer, words, writing),
                file_name=file_name(answer, "csv", words, writing),
                mime="text/csv",
                key=f"{key}.csv_{writing}",
                help=words(f"card.csv_{writing}_help"),
                on_click="ignore",
                type="tertiary",
            )
        st.download_button(
            words("card.xlsx"),
            data=partial(sheet, answer, words, extra),
            file_name=f"{name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}.xlsx",
            help=words("card.xlsx_help"),
            on_click="ignore",
            type="tertiary",
        )
        if answer.figure is not None:
            drawing.picture_button(key, words("card.png"), words("card.png_help"))
        keep.offer(answer, key, words)
    return opened


def _table(answer: Answer, key: str, words: Words) -> None:
    """The table twin: values sort as numbers and dates, and read as the language writes them."""
    # An empty grid would look like a fault.
    rows = len(answer.frame)
    if not rows:
        st.caption(words("card.none"))
        return
    # A new index: pandas' Styler refuses one with repeated labels.
    frame = answer.frame.head(ROWS).reset_index(drop=True)
    grid(
        styled(frame, words),
        tables.written(frame, words),
        words,
        alt=words("card.table_alt", title=answer.title),
        right=tables.numeric(frame, words),
        key=f"{key}.frame",
    )
    if rows > ROWS:
        st.caption(words("card.cut", shown=ROWS, rows=rows))


def styled(frame: pd.DataFrame, words: Words) -> Any:
    """The frame for st.dataframe, a pandas Styler: headings in words, codes as names, numbers and
    dates as values with the language's way of writing them, so that the grid sorts them as values.
    """
    shown = pd.DataFrame(index=frame.index)
    formats: dict[str, Any] = {}
    for column in tables.columns(frame):
        heading = tables.heading(column, frame[column], words)
        write = tables.writers(frame, column, words)
        values = frame[column]
        # Names sort as texts, so they can be written now; numbers must stay numbers to sort.
        if tables.sorts_as_value(tables.kind(column, values), values):
            shown[heading] = values
            formats[heading] = write
        else:
            shown[heading] = [
                writer(value) for writer, value in zip(write, values.tolist(), strict=True)
            ]
    style = shown.style
    for heading, write in formats.items():
        for writer in dict.fromkeys(write):
            rows = [position for position, other in enumerate(write) if other is writer]
            # All rows of a column at once is three times faster than naming them.
            subset: Any = pd.IndexSlice[rows, [heading]]
            if len(rows) == len(write):
                subset = [heading]
            style = style.format(writer, subset=subset)
    return style


def _language() -> Words:
    """The language of the link; the first one for a language that there is not."""
    lang = st.query_params.get("lang", "")
    if lang not in LANGUAGES:
        lang = LANGUAGES[0]
    return words_of.of(lang)
