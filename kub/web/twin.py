"""The table twin of an answer, as the block of pages and files: it sorts by value, and reads as the
language writes.
"""

import pandas as pd

from kub.web import blocks
from kub.web.values import without_nan, written
from kub.words import Words
from kub.words import columns as columns_of

ROWS = 1000  # a table on the page is for reading; longer ones are cut and say so


def table(
    frame: pd.DataFrame, words: Words, most: int = ROWS, codes: bool = False, opens: str = ""
) -> blocks.Table:
    """The first rows, under the headings people read. codes: also those of places and KUB. opens:
    the control of the page that a village's name sets.
    """
    shown = frame.head(most)
    texts = columns_of.written(shown, words, codes)
    right = set(columns_of.numeric(shown, words, codes))
    numeric = [at for at, heading in enumerate(texts.columns) if heading in right]
    names = list(columns_of.columns(shown, codes))
    order = {at: _sortable(shown[names[at]]) for at in numeric}
    rows = len(frame)
    leads = None
    if opens and "village" in names and "village_code" in shown:
        leads = (names.index("village"), opens, shown["village_code"].tolist())
    return blocks.Table(
        [str(heading) for heading in texts.columns],
        texts.to_numpy().tolist(),
        numeric,
        order,
        words("card.cut", shown=len(shown), rows=rows) if rows > len(shown) else "",
        leads,
    )


def _sortable(values: pd.Series) -> list[object]:
    """Numbers and dates as JSON orders them; nothing where the cell is missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return [None if pd.isna(day) else day.timestamp() for day in values]
    return [_plain(value) for value in values.tolist()]


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return without_nan(value if isinstance(value, int | float | str) else written(value))
