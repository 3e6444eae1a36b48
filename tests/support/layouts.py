"""Sheets as rows, to be laid out in an office's ways."""

from datetime import date

from tests.support import workbooks

DESA = ["33.25.13.2010", "33.25.13.2011", "33.25.13.2012"]


def sheets():
    """Three KUB with two reports each: 60 members in 2019, 63 in 2020."""
    kub = [
        workbooks.kub(f"A{n}", nama_kub=name, kode_desa=DESA[n])
        for n, name in enumerate(("Melati", "Mawar", "Anggrek"))
    ]
    reports = [
        workbooks.report(
            f"A{n}",
            date(year, 12, 31),
            anggota=count + year - 2019,
            anggota_perempuan=5,
            aset=1_000,
        )
        for year in (2019, 2020)
        for n, count in enumerate((20, 25, 15))
    ]
    program = [
        {
            "kode_program": "tes",
            "nama_program": "Tes",
            "kode_wilayah": "33.25",
            "pelaksana": "Kantor",
        }
    ]
    return {
        name: workbooks.lines(rows)
        for name, rows in (("Program", program), ("KUB", kub), ("Laporan", reports))
    }


def even(rows):
    """As Excel saves a sheet as CSV: every row as wide as the widest."""
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]
