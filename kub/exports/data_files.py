"""Rows as files that machines read: CSV, JSON, Excel, Parquet; and the name of such a file.

All have the columns of `ask` under their code names, in its order. Shares stay 0-1. JSON, Excel
and Parquet end with the column `sample` of `ask --format json`, CSV where the records are
invented with `note`, as every CSV of the product.
"""

import io
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

from kub.answers.rows import Rows
from kub.exports import csv as csv_file
from kub.exports.csv import Writing
from kub.exports.xlsx import MOST, OPTIONS
from kub.words import Words
from kub.words.rows import plain, rows

SAMPLE = "sample"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
WIDTH = 16  # characters of a column in Excel
ARROW = {
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int64(),
    "VARCHAR": pa.string(),
}


class TooLong(Exception):
    """More rows than a sheet of Excel holds."""


def file_of(answered: Rows, ending: str, words: Words, writing: Writing = "intl") -> bytes:
    """The file of a format of MEDIA_TYPES; the same rows are the same bytes.

    writing: of CSV. Raises KeyError for another format, TooLong.
    """
    if ending == "csv":
        return csv_file.of_frame(answered.frame, answered.sample, words, writing)
    makers: dict[str, Callable[[Rows], bytes]] = {
        "json": lambda rows: as_json(rows).encode(),
        "xlsx": _xlsx,
        "parquet": _parquet,
    }
    return makers[ending](answered)


def as_json(answered: Rows) -> str:
    """A list of row objects, dates ISO, missing null; it ends with a line break."""
    listed = rows(answered.frame, answered.sample)
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def _xlsx(answered: Rows) -> bytes:
    """One sheet, named after the question. No text is a formula or an address."""
    frame = answered.frame
    if len(frame) > MOST:
        raise TooLong
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        # Else it says when it was asked for, and no two were the same.
        book.set_properties({"created": answered.version.built_at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(answered.question)
        page.freeze_panes(1, 0)
        page.set_column(0, len(frame.columns), WIDTH)
        for at, (column, values) in enumerate(_columns(answered)):
            page.write_string(0, at, column, head)
            for row, value in enumerate(values, 1):
                _write(page, row, at, value, day)
    return out.getvalue()


def _columns(answered: Rows) -> list[tuple[str, list[Any]]]:
    frame = answered.frame
    columns = [(str(name), frame[name].tolist()) for name in frame.columns]
    return [*columns, (SAMPLE, [answered.sample] * len(frame))]


def _write(page: Any, row: int, at: int, value: Any, day: Any) -> None:
    """A cell of its kind; a missing value leaves it empty."""
    if plain(value) is None:
        return
    if isinstance(value, datetime):
        page.write_datetime(row, at, value, day)
    elif isinstance(value, str):
        page.write_string(row, at, value)
    elif isinstance(value, bool):
        page.write_boolean(row, at, value)
    else:
        page.write_number(row, at, value)


def _parquet(answered: Rows) -> bytes:
    """With the types of the database: dates as dates, counts as whole numbers, codes as text."""
    columns = {
        name: typed(answered.frame[name], ARROW[kind]) for name, kind in answered.types().items()
    }
    columns[SAMPLE] = pa.array([answered.sample] * len(answered.frame), pa.bool_())
    about = {"kub_version": answered.version.name, "kub_as_of": str(answered.as_of or "")}
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns, metadata=about), out)
    return out.getvalue()


def typed(values: pd.Series, kind: pa.DataType) -> pa.Array:
    """Values as a type of ARROW.

    A missing count made its neighbours floats; the cast makes them whole again.
    """
    return pa.array(values, from_pandas=True).cast(kind)


def file_name(answered: Rows, ending: str, words: Words) -> str:
    """'kub-growth_BPI-BATANG_2023-06-30_contoh.csv': question, programme, data date, and whether
    it rests on invented records.
    """
    parts = [f"kub-{answered.question}", slug(answered.programme)]
    parts += [answered.as_of.isoformat()] if answered.as_of else []
    parts += [words("cell.sample_file")] if answered.sample else []
    return "_".join(parts) + f".{ending}"


def slug(code: str) -> str:
    """A programme's code as part of a file's name and of a header."""
    letters = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", letters).strip("-.")[:60] or "program"
