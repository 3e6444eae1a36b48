"""The workbooks of the generator as plain rows, and slow counts over them."""

from datetime import date, datetime
from pathlib import Path

import openpyxl

from kub.records.sheets import SHEETS

HEADINGS = {sheet.heading: {column.heading for column in sheet.columns} for sheet in SHEETS}
NAMES = ["batang", "contoh-a", "contoh-b", "contoh-c", "contoh-d"]
SECTORS = {"makanan", "kerajinan", "laundry", "koperasi", "lainnya"}

Book = dict[str, list[dict]]


def read(path: Path) -> Book:
    """Sheet -> rows by heading; cells as openpyxl gives them, days without a time."""
    workbook = openpyxl.load_workbook(path)
    book = {}
    for sheet in workbook:
        head, *rows = sheet.iter_rows(values_only=True)
        book[sheet.title] = [
            {h: v.date() if isinstance(v, datetime) else v for h, v in zip(head, row, strict=True)}
            for row in rows
        ]
    workbook.close()
    return book


def active(book: Book, on: date) -> list[dict]:
    return [
        kub
        for kub in book["KUB"]
        if kub["tanggal_berdiri"] <= on
        and (kub["tanggal_tutup"] is None or kub["tanggal_tutup"] > on)
    ]


def newest(book: Book, on: date) -> list[dict]:
    """The newest report until `on` of each KUB active then."""
    last: dict[str, dict] = {}
    for row in book["Laporan"]:
        if row["tanggal"] <= on and (
            row["kode_kub"] not in last or row["tanggal"] > last[row["kode_kub"]]["tanggal"]
        ):
            last[row["kode_kub"]] = row
    return [last[kub["kode_kub"]] for kub in active(book, on)]


def members(book: Book, on: date) -> int:
    return sum(row["anggota"] for row in newest(book, on))


def women_share(rows: list[dict]) -> float:
    stated = [row for row in rows if row["anggota_perempuan"] is not None]
    return sum(row["anggota_perempuan"] for row in stated) / sum(row["anggota"] for row in stated)
