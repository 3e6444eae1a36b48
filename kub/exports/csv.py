"""CSV in the two writings that spreadsheets expect: Indonesian Excel (`;`, decimal comma) and
international.

The table stays pure, one heading row and one row per answer row, because a comment line above or
below it breaks every reader. What the rows rest on is in the file name; where they rest on invented
records each row says so in a last column `note`, which survives sorting, filtering and copying.
"""

import csv as writing_module
import io
from typing import Any, Literal

import pandas as pd

from kub.answers.answer import Answer
from kub.words import Words
from kub.words.columns import own_heading
from kub.words.rows import plain

Writing = Literal["id", "intl"]
NOTE = "note"
# What makes a spreadsheet run a text as a formula (OWASP: CSV injection).
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv(answer: Answer, words: Words, writing: Writing = "id") -> bytes:
    """The rows of an answer under their code names, UTF-8 with BOM (Excel reads it as Latin-1
    without).

    Shares stay 0-1 and dates ISO, as docs/data.md has them; missing cells are empty. Text that a
    spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
    """
    return of_frame(answer.frame, answer.source.sample, words, writing)


def of_frame(frame: pd.DataFrame, sample: bool, words: Words, writing: Writing) -> bytes:
    """As `csv`. sample: whether any row rests on invented records."""
    out = io.StringIO(newline="")
    names = [own_heading(column) for column in frame.columns]
    _writer(out, writing).writerow([*names, *([NOTE] if sample else [])])
    head = out.getvalue().encode()
    return b"\xef\xbb\xbf" + head + lines(frame, sample, words, writing)


def lines(frame: pd.DataFrame, sample: bool, words: Words, writing: Writing) -> bytes:
    """The rows of a file alone, to be appended to one that is begun."""
    comma, note = writing == "id", [words("source.sample")] if sample else []
    out = io.StringIO(newline="")
    rows = _writer(out, writing)
    for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True):
        rows.writerow([*(cell(value, comma) for value in row), *note])
    return out.getvalue().encode()


def _writer(out: io.StringIO, writing: Writing) -> Any:
    # Excel splits at what its country does not write in numbers.
    delimiter = ";" if writing == "id" else ","
    return writing_module.writer(out, delimiter=delimiter, lineterminator="\r\n")


def cell(value: Any, comma: bool) -> str:
    """One value as CSV text."""
    # numpy and pandas scalars become Python's, whose repr is a plain number.
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith(_RISKY):
            return f"'{value}"
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # a count that a missing neighbour made a float
    # repr gives the fewest digits that read back as the same number; a format would round.
    text = repr(value)
    if comma:
        text = text.replace(".", ",")
    return text


def writings(words: Words) -> tuple[Writing, ...]:
    """The writings of CSV, that of the language first."""
    return ("id", "intl") if words.lang == "id" else ("intl", "id")
