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
from kub.words.rows import plain
from kub.words.slug import slug

Writing = Literal["id", "intl"]
NOTE = "note"
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
    comma = writing == "id"
    out = io.StringIO(newline="")
    rows = writing_module.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    note = [words("source.sample")] if sample else []
    rows.writerow([*frame.columns, *[NOTE for _ in note]])
    for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True):
        rows.writerow([*(cell(value, comma) for value in row), *note])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def cell(value: Any, comma: bool) -> str:
    """One value as CSV text."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RISKY) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # a count that a missing neighbour made a float
    return repr(value).replace(".", ",") if comma else repr(value)


def file_name(answer: Answer, ending: str, words: Words, writing: Writing | None = None) -> str:
    """'kub-growth_kecamatan-tulis_2023-06-30_contoh.csv': question, scope, data date, and whether
    it is a sample.

    writing: of a CSV file, so that the two of one answer have two names.
    """
    parts = [f"kub-{slug(answer.chart, 40)}", slug(answer.scope, 60), data_date(answer)]
    if answer.source.sample:
        parts.append(words("cell.sample_file"))
    if writing:
        parts.append(words(f"pack.csv.{writing}"))
    return "_".join(part for part in parts if part) + f".{ending}"


def data_date(answer: Answer) -> str:
    """The newest as-of date of the rows; where a question has none, the day of the data version."""
    if "as_of" in answer.frame.columns and len(answer.frame):
        return cell(answer.frame["as_of"].max(), comma=False)
    return slug(answer.source.version.split(" ")[0], 20)
