"""Writes an office's records from plain dictionaries: as a workbook,
a folder of CSV, a folder of Parquet.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from kub.records import read

TODAY = date(2026, 11, 24)
Row = Mapping[str, Any]
Sheets = Mapping[str, Sequence[Row]]


def good() -> dict[str, list[dict[str, Any]]]:
    """A small programme in Batang without any problem: two KUB, one
    of them closed, one LKM, one library.
    """
    return {
        "Program": [
            {
                "kode_program": "uji",
                "nama_program": "Program Uji",
                "kode_wilayah": "33.25",
                "pelaksana": "Kantor Uji",
                "mulai": date(2012, 1, 1),
                "penduduk": 801718,
                "tahun_penduduk": 2020,
                "sumber": "sensus",
                "contoh": "ya",
            }
        ],
        "Desa": [
            {
                "kode_desa": "33.25.13.2010",
                "sasaran": "ya",
                "penduduk": 6000,
                "tahun_penduduk": 2020,
            }
        ],
        "KUB": [
            kub("K1"),
            kub(
                "K2", kode_desa="33.25.13.2011", sektor="kerajinan", tanggal_tutup=date(2020, 6, 30)
            ),
        ],
        "Laporan": [
            report("K1", date(2017, 11, 30)),
            report("K1", date(2018, 11, 30), anggota=25, anggota_perempuan=11),
            report("K2", date(2017, 11, 30), anggota=12, anggota_perempuan=12),
        ],
        "LKM": [
            {
                "kode_lkm": "L1",
                "nama": "LKM Uji",
                "kode_desa": "33.25.13.2010",
                "berdiri": date(2013, 5, 1),
            }
        ],
        "Laporan LKM": [
            {
                "kode_lkm": "L1",
                "tanggal": date(2017, 12, 31),
                "nasabah": 120,
                "simpanan": 5_000_000,
                "pinjaman": 80_000_000,
                "tunggakan": 1_500_000,
                "aset": 90_000_000.5,
            }
        ],
        "Perpustakaan": [
            {
                "kode_perpustakaan": "P1",
                "nama": "Taman Baca",
                "kode_desa": "33.25.13.2010",
                "dibuka": date(2015, 12, 1),
            }
        ],
        "Laporan Perpustakaan": [
            {
                "kode_perpustakaan": "P1",
                "tanggal": date(2016, 12, 31),
                "koleksi": 800,
                "kunjungan": 1200,
            }
        ],
        "Kunjungan Sekolah": [
            {
                "tanggal": date(2018, 3, 2),
                "sekolah": "SDN Uji 1",
                "jenjang": "SD",
                "kode_desa": "33.25.13.2010",
                "siswa": 40,
            }
        ],
        "Penghargaan": [
            {
                "tanggal": date(2017, 4, 7),
                "penghargaan": "Piala Uji",
                "pemberi": "Panitia",
                "sumber": "koran",
            }
        ],
        "Studi Banding": [
            {
                "tanggal": date(2017, 11, 3),
                "instansi": "Pemkot Cilegon",
                "kode_wilayah": "36.72",
                "peserta": 15,
            }
        ],
        "Angka Publikasi": [
            {"tanggal": date(2017, 11, 30), "indikator": "kub", "nilai": 2, "sumber": "siaran pers"}
        ],
        "Target": [{"indikator": "kub", "tahun": 2025, "nilai": 10}],
    }


def kub(code: str, **changed: Any) -> dict[str, Any]:
    """A good row of the sheet KUB; changed headings replace or add cells."""
    return {
        "kode_kub": code,
        "nama_kub": f"KUB {code}",
        "kode_desa": "33.25.13.2010",
        "sektor": "makanan",
        "kegiatan": "keripik",
        "tanggal_berdiri": date(2014, 5, 20),
        "tanggal_tutup": None,
    } | changed


def report(code: str, on: Any, **changed: Any) -> dict[str, Any]:
    """A good row of the sheet Laporan."""
    return {
        "kode_kub": code,
        "tanggal": on,
        "anggota": 20,
        "anggota_perempuan": 9,
        "omzet": 12_500_000,
        "aset": 30_000_000.5,
    } | changed


def headings(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(heading for row in rows for heading in row))


def xlsx(path: Path, sheets: Sheets) -> Path:
    """One workbook; dates become real Excel dates. A sheet without rows has no heading either."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for column, heading in enumerate(headings(rows)):
                sheet.write(0, column, heading)
                for line, row in enumerate(rows, 1):
                    _write(sheet, line, column, row.get(heading))
    return path


def _write(sheet: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day))
    elif isinstance(value, str):
        sheet.write_string(line, column, value)
    elif value is not None:
        sheet.write(line, column, value)


def csv_folder(folder: Path, sheets: Sheets, separator: str = ",", encoding: str = "utf-8") -> Path:
    """One file per sheet, as offices export it: with `;` decimals
    have a comma, with `,` a point.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (folder / f"{file_name(name)}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow(headings(rows))
            writer.writerows(
                [[_text(row.get(heading), separator) for heading in headings(rows)] for row in rows]
            )
    return folder


def _text(value: Any, separator: str) -> str:
    if value is None:
        return ""
    return (
        str(value).replace(".", ",")
        if isinstance(value, float) and separator == ";"
        else str(value)
    )


def parquet_folder(folder: Path, sheets: Sheets) -> Path:
    """One file per sheet, typed columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        columns = {
            heading: _column([row.get(heading) for row in rows]) for heading in headings(rows)
        }
        pq.write_table(pa.table(columns), folder / f"{file_name(name)}.parquet")
    return folder


def _column(values: list[Any]) -> pa.Array:
    """Typed as its values are; text where they are of several types."""
    mixed = len({type(value) for value in values if value is not None}) > 1
    return pa.array(
        [None if value is None else str(value) for value in values] if mixed else values
    )


def file_name(sheet: str) -> str:
    return sheet.lower().replace(" ", "_")


Lines = Sequence[Sequence[Any]]


def lines(rows: Sequence[Row]) -> list[list[Any]]:
    """A sheet as it stands: its headings, then its rows."""
    return [headings(rows), *([row.get(heading) for heading in headings(rows)] for row in rows)]


def laid_out(
    path: Path,
    sheets: Mapping[str, Lines],
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden: str = "",
) -> Path:
    """One workbook, cell by cell. merged: ranges such as `C2:C4` by sheet.

    hidden: the name of a sheet.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    book.save(path)
    return path


def laid_out_folder(folder: Path, sheets: Mapping[str, Lines], separator: str = ";") -> Path:
    """One CSV file per sheet, row by row; rows end with their last cell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (folder / f"{file_name(name)}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=separator).writerows(
                ["" if c is None else c for c in row] for row in rows
            )
    return folder


def tables(tmp_path, sheets):
    """The tables that these sheets are read as; they have no problem."""
    checked = read([xlsx(tmp_path / "uji.xlsx", sheets)], TODAY)
    assert [problem for problem in checked.problems if problem.level == "problem"] == []
    return checked.programmes[0].tables


def rules_of(tmp_path, sheets):
    """The rules that these sheets break."""
    return [p.rule for p in read([xlsx(tmp_path / "uji.xlsx", sheets)], TODAY).problems]
