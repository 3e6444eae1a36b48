"""A statement's rows as a file that says what it is: CSV in both writings, Excel, Parquet.

What a file rests on stands in it: in CSV a last column `about`, filled in its first row, since a
line above or below the table breaks every reader; in Excel a sheet of its own; in Parquet the
metadata of the file.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

from kub.exports import csv as csv_file
from kub.exports.csv import Writing
from kub.exports.xlsx import OPTIONS
from kub.sql.answer import distinct
from kub.words import Words

ABOUT = "about"
LONGEST_CELL = 32_767  # characters that a cell of Excel holds
_EXACT = 10**15  # Excel's numbers have fifteen digits
WIDTH = 18


@dataclass(frozen=True)
class SqlRows:
    """table: the rows. about: what a file says of them, by its name in words, the statement first.
    sample: whether any programme of the version is invented.
    """

    table: pa.Table
    about: Mapping[str, str]
    sample: bool


def file_of(rows: SqlRows, ending: str, words: Words, writing: Writing = "intl") -> bytes:
    """Raises KeyError for another ending than csv, xlsx and parquet."""
    table = rows.table.rename_columns(distinct(rows.table.column_names))
    if ending == "csv":
        return csv_file.of_frame(_with_about(table, rows.about), rows.sample, words, writing)
    if ending == "xlsx":
        return _xlsx(table, rows, words)
    if ending == "parquet":
        out = io.BytesIO()
        about = {f"kub_{name}": text for name, text in rows.about.items()}
        about["kub_sample"] = "yes" if rows.sample else "no"
        pyarrow.parquet.write_table(table.replace_schema_metadata(about), out)
        return out.getvalue()
    raise KeyError(ending)


def _with_about(table: pa.Table, about: Mapping[str, str]) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    [*_, name] = distinct([*table.column_names, ABOUT])
    text = "; ".join(f"{key}: {value}" for key, value in about.items())
    frame[name] = [text, *[None] * (len(frame) - 1)] if len(frame) else []
    return frame


def _xlsx(table: pa.Table, rows: SqlRows, words: Words) -> bytes:
    """Two sheets: the rows, and what they are. No text is a formula or an address."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        page = book.add_worksheet(words("card.xlsx_rows"))
        page.freeze_panes(1, 0)
        page.set_column(0, max(len(table.columns) - 1, 0), WIDTH)
        for at, (name, values) in enumerate(zip(table.column_names, table.columns, strict=True)):
            page.write_string(0, at, name[:LONGEST_CELL], formats["head"])
            for row, value in enumerate(values.to_pylist(), 1):
                _write(page, row, at, value, formats)
        notes = book.add_worksheet(words("card.xlsx_notes"))
        notes.set_column(0, 0, WIDTH)
        notes.set_column(1, 1, 100)
        listed = [(words(f"sql.{name}"), text) for name, text in rows.about.items()]
        if rows.sample:
            listed.append(("", words("source.sample")))
        for row, (name, text) in enumerate(listed):
            notes.write_string(row, 0, name, formats["head"])
            notes.write_string(row, 1, text[:LONGEST_CELL], formats["text"])
    return out.getvalue()


def _write(page: Any, row: int, at: int, value: Any, formats: Mapping[str, Any]) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(row, at, value)
        case datetime():
            page.write_datetime(row, at, value, formats["time"])
        case date():
            page.write_datetime(row, at, value, formats["date"])
        case int() | float() if abs(value) < _EXACT:
            page.write_number(row, at, value)
        case _:
            page.write_string(row, at, str(value)[:LONGEST_CELL])
