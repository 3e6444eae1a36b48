"""The record format as data: one workbook per programme (docs/records.md).

Headings are Indonesian, as offices write them; fields are the names that SQL, Python and
exports use. Reader, template, generator and data dictionary all follow this one table.
"""

import re
from dataclasses import dataclass


def plain(name: str) -> str:
    """A sheet's name or a heading without case, blanks and underscores: what is compared."""
    return re.sub(r"[\s_\u200b\ufeff]+", "", name).casefold()


@dataclass(frozen=True)
class Column:
    """heading: as in the workbook. field: code name. kind: how kub/records/cells.py reads it."""

    heading: str
    field: str
    kind: str = "text"
    required: bool = False


@dataclass(frozen=True)
class Sheet:
    """heading: name of the sheet. table: where its rows go. key: fields that identify a row.

    any_of: fields of which a row needs at least one. of: the table whose rows this sheet reports
    on.
    """

    heading: str
    table: str
    columns: tuple[Column, ...]
    required: bool = False
    key: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    of: str | None = None


def _must(heading: str, field: str, kind: str = "text") -> Column:
    return Column(heading, field, kind, required=True)


_may = Column

# kinds: text, code, village (official code), regency (official code), date, year, count (whole
# number >= 0), number, money, flag (ya/tidak), sector, level (school), indicator, coordinate,
# target_indicator (those of published figures and more), target_value (a number, `60 %` too).
SHEETS = (
    Sheet(
        "Program",
        "programme",
        (
            _must("kode_program", "programme_id", "code"),
            _must("nama_program", "name"),
            _must("kode_wilayah", "regency_code", "regency"),
            _must("pelaksana", "operator"),
            _may("mulai", "started_on", "date"),
            _may("penduduk", "population", "count"),
            _may("tahun_penduduk", "population_year", "year"),
            _may("sumber", "source"),
            _may("contoh", "is_sample", "flag"),
        ),
        required=True,
        key=("programme_id",),
    ),
    Sheet(
        "Desa",
        "village",
        (
            _must("kode_desa", "village_code", "village"),
            # Names are only needed where no official list has them (codes 99.xx).
            _may("desa", "village"),
            _may("kecamatan", "district"),
            _may("sasaran", "is_target", "flag"),
            _may("penduduk", "population", "count"),
            _may("tahun_penduduk", "population_year", "year"),
            _may("lintang", "lat", "coordinate"),
            _may("bujur", "lon", "coordinate"),
        ),
        key=("village_code",),
    ),
    Sheet(
        "KUB",
        "kub",
        (
            _must("kode_kub", "kub_id", "code"),
            _must("nama_kub", "name"),
            # Either kode_desa or desa (with kecamatan where the name stands twice): kub/records.
            _may("kode_desa", "village_code", "village"),
            _may("desa", "village"),
            _may("kecamatan", "district"),
            _must("sektor", "sector", "sector"),
            _may("kegiatan", "activity"),
            _must("tanggal_berdiri", "founded_on", "date"),
            _may("tanggal_tutup", "closed_on", "date"),
        ),
        required=True,
        key=("kub_id",),
        any_of=("village_code", "village"),
    ),
    Sheet(
        "Laporan",
        "kub_report",
        (
            _must("kode_kub", "kub_id", "code"),
            _must("tanggal", "reported_on", "date"),
            _must("anggota", "members", "count"),
            _may("anggota_perempuan", "women", "count"),
            _may("omzet", "revenue_idr", "money"),
            _may("aset", "assets_idr", "money"),
        ),
        required=True,
        key=("kub_id", "reported_on"),
        of="kub",
    ),
    Sheet(
        "LKM",
        "lkm",
        (
            _must("kode_lkm", "lkm_id", "code"),
            _must("nama", "name"),
            _must("kode_desa", "village_code", "village"),
            _may("berdiri", "founded_on", "date"),
        ),
        key=("lkm_id",),
    ),
    Sheet(
        "Laporan LKM",
        "lkm_report",
        (
            _must("kode_lkm", "lkm_id", "code"),
            _must("tanggal", "reported_on", "date"),
            _must("nasabah", "customers", "count"),
            _may("simpanan", "savings_idr", "money"),
            _may("pinjaman", "loans_idr", "money"),
            _may("tunggakan", "overdue_idr", "money"),
            _may("aset", "assets_idr", "money"),
        ),
        key=("lkm_id", "reported_on"),
        of="lkm",
    ),
    Sheet(
        "Perpustakaan",
        "library",
        (
            _must("kode_perpustakaan", "library_id", "code"),
            _must("nama", "name"),
            _must("kode_desa", "village_code", "village"),
            _must("dibuka", "opened_on", "date"),
        ),
        key=("library_id",),
    ),
    Sheet(
        "Laporan Perpustakaan",
        "library_report",
        (
            _must("kode_perpustakaan", "library_id", "code"),
            _must("tanggal", "reported_on", "date"),
            _may("koleksi", "books", "count"),
            _may("kunjungan", "visits", "count"),
        ),
        key=("library_id", "reported_on"),
        of="library",
    ),
    Sheet(
        "Kunjungan Sekolah",
        "school_visit",
        (
            _must("tanggal", "visited_on", "date"),
            _must("sekolah", "school"),
            _must("jenjang", "level", "level"),
            _must("kode_desa", "village_code", "village"),
            _must("siswa", "students", "count"),
        ),
    ),
    Sheet(
        "Penghargaan",
        "award",
        (
            _must("tanggal", "awarded_on", "date"),
            _must("penghargaan", "award"),
            _must("pemberi", "awarding_body"),
            _may("sumber", "source"),
        ),
    ),
    Sheet(
        "Studi Banding",
        "study_visit",
        (
            _must("tanggal", "visited_on", "date"),
            _must("instansi", "institution"),
            _must("kode_wilayah", "regency_code", "regency"),
            _may("peserta", "participants", "count"),
        ),
    ),
    Sheet(
        "Angka Publikasi",
        "published_figure",
        (
            _must("tanggal", "date", "date"),
            _must("indikator", "indicator", "indicator"),
            _must("nilai", "value", "number"),
            _must("sumber", "source"),
        ),
        key=("date", "indicator", "source"),
    ),
    Sheet(
        "Target",
        "target",
        (
            _must("indikator", "indicator", "target_indicator"),
            _must("tahun", "year", "year"),
            _must("nilai", "value", "target_value"),
        ),
        key=("indicator", "year"),
    ),
)

BY_TABLE = {sheet.table: sheet for sheet in SHEETS}
HEADINGS = frozenset(plain(column.heading) for sheet in SHEETS for column in sheet.columns)
