"""Headings as offices write them: which column they name, which they only come near to."""

import pytest

from kub.records import headings
from kub.records.sheets import BY_TABLE, SHEETS

KUB, REPORT = BY_TABLE["kub"], BY_TABLE["kub_report"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table)
def test_every_heading_of_the_format_names_its_own_column(sheet) -> None:
    for column in sheet.columns:
        for written in (
            column.heading,
            column.heading.upper().replace("_", " "),
            f"{column.heading} *",
        ):
            assert headings.field_of(sheet, written) == column.field
    assert headings.is_complete(
        sheet, headings.fields_of(sheet, [column.heading for column in sheet.columns])
    )


@pytest.mark.parametrize(
    ("sheet", "written", "field"),
    [
        (KUB, "Tgl Tutup", "closed_on"),
        (KUB, "Tgl. Berdiri\n(dd/mm/yyyy)", "founded_on"),
        (KUB, "No. KUB", "kub_id"),
        (KUB, "ID KUB", "kub_id"),
        (KUB, "1. Nama Kelompok", "name"),
        (KUB, "Kec.", "district"),
        (KUB, "Desa/Kel.", "village"),
        (KUB, "Kode Desa/Kelurahan (wajib)", "village_code"),
        (REPORT, "Tanggal Laporan", "reported_on"),
        (REPORT, "Perempuan", "women"),
        (REPORT, "Anggota (P)", "women"),
        (REPORT, "Anggota*", "members"),
        (REPORT, "Jml Anggota", "members"),
        (REPORT, "Jumlah anggota (orang)", "members"),
        (REPORT, "Anggota (L+P)", "members"),
        (REPORT, "Omset (Rp.)", "revenue_idr"),
        (REPORT, "Omzet Rp", "revenue_idr"),
        # Another column, or another number.
        (REPORT, "Anggota (L)", None),
        (REPORT, "Laki-laki", None),
        (REPORT, "Omzet (Rp juta)", None),
        (REPORT, "Omzet (dalam ribuan)", None),
        (REPORT, "Omzet 2020", None),
        (REPORT, "% Perempuan", None),
        (REPORT, "Perempuan (%)", None),
        (REPORT, "Perempuan (tahun 2020)", "women"),
        (REPORT, "Anggota (Rp)", None),
        (REPORT, "Omzet (Rp/bulan)", None),
        (REPORT, "Omzet ($)", None),
        (REPORT, "Aset (unit)", None),
        (REPORT, "Revenue (IDR)", "revenue_idr"),
        (REPORT, "Women", "women"),
        (KUB, "Closed on", "closed_on"),
        (KUB, "Tanggal Tutup (bulan/tahun)", "closed_on"),
        (REPORT, "Jumlah", None),
        (KUB, "No", None),
        (KUB, "Nama Ketua", None),
        (KUB, "Tanggal", None),
        (KUB, "Tanggal Lahir Ketua", None),
    ],
)
def test_units_signs_and_usual_words(sheet, written: str, field: str | None) -> None:
    assert headings.field_of(sheet, written) == field


@pytest.mark.parametrize(
    ("sheet", "written", "near"),
    [
        (REPORT, "Aset/Modal", "assets_idr"),
        (REPORT, "Modal", "assets_idr"),
        (REPORT, "Omzet 2020", "revenue_idr"),
        (REPORT, "omzte", "revenue_idr"),
        (REPORT, "Perempuan (%)", "women"),
        (REPORT, "Omzet (Rp/bulan)", "revenue_idr"),
        (REPORT, "P", "women"),
        (KUB, "Status", "closed_on"),
        (KUB, "Jenis Usaha", "activity"),
        (REPORT, "Laki-laki", None),
        (REPORT, "Anggota (L)", None),
        (REPORT, "Keterangan", None),
        (KUB, "NIK Ketua", None),
        (KUB, "No. HP", None),
        (KUB, "Nama Anggota", None),
        (KUB, "Tanggal Lahir", None),
    ],
)
def test_what_comes_near_an_absent_column(sheet, written: str, near: str | None) -> None:
    absent = {column.field for column in sheet.columns if not column.required}
    assert headings.resembled(sheet, written, absent) == near
    assert headings.resembled(sheet, written, absent - {near}) != near or near is None
