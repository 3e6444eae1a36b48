"""One invented programme of any size: workbook or Parquet, and its rows."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from kub import records, sample
from kub.sample import scale, writing
from tests.support.sample_books import HEADINGS, SECTORS, Book, read


def test_scale_writes_a_workbook_while_a_sheet_holds_it(tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "CHUNK", 25)
    told: list[float] = []
    (path,) = sample.write(tmp_path, kub=60, progress=lambda share, _: told.append(share))
    assert told == [0.0, 25 / 60, 50 / 60, 1.0]
    assert path.name == "skala-60.xlsx"
    check_scale(read(path), 60)
    assert records.read([path], date(2026, 11, 1)).problems == []


def test_scale_writes_parquet_beyond_a_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "SHEET_ROWS", 1_000)
    monkeypatch.setattr(scale, "CHUNK", 70)
    (path,) = sample.write(tmp_path / "one", kub=200)
    (again,) = sample.write(tmp_path / "two", kub=200)
    assert path.name == "skala-200"
    files = {file.stem: file for file in path.iterdir()}
    assert set(files) == {"program", "desa", "kub", "laporan"}
    assert all(file.read_bytes() == (again / file.name).read_bytes() for file in files.values())
    assert pq.ParquetFile(files["laporan"]).num_row_groups == 3
    book = {
        sheet: pq.read_table(files[sheet.lower()]).to_pylist()
        for sheet in ("Program", "Desa", "KUB", "Laporan")
    }
    for rows in (book["Program"], book["Desa"]):
        for row in rows:
            row.update({key: "ya" for key in ("contoh", "sasaran") if row.get(key) is True})
    check_scale(book, 200)
    assert records.read([path], date(2026, 11, 1)).problems == []


def check_scale(book: Book, count: int) -> None:
    for sheet, rows in book.items():
        assert set(rows[0]) <= HEADINGS[sheet]
    assert book["Program"][0]["contoh"] == "ya"
    assert book["Program"][0]["kode_wilayah"] == "99.90"
    villages = {row["kode_desa"] for row in book["Desa"]}
    assert len(villages) == 2_400
    life = {row["kode_kub"]: (row["tanggal_berdiri"], row["tanggal_tutup"]) for row in book["KUB"]}
    assert len(life) == len({row["nama_kub"] for row in book["KUB"]}) == count
    assert all(row["kode_desa"] in villages and row["sektor"] in SECTORS for row in book["KUB"])
    assert 0.2 < sum(closed is not None for _, closed in life.values()) / count < 0.75
    seen = set()
    for row in book["Laporan"]:
        founded, closed = life[row["kode_kub"]]
        assert founded <= row["tanggal"] and (closed is None or row["tanggal"] <= closed)
        assert 5 <= row["anggota"] <= 40
        assert row["anggota_perempuan"] is None or 0 <= row["anggota_perempuan"] <= row["anggota"]
        assert (row["omzet"] is None) or row["tanggal"] != founded
        seen.add((row["kode_kub"], row["tanggal"]))
    assert len(seen) == len(book["Laporan"])
    assert {(kub, founded) for kub, (founded, _) in life.items()} <= seen
    assert 6 < len(seen) / count < 13
    assert max(row["tanggal"] for row in book["Laporan"]) == date(2023, 11, 30)


def test_scale_needs_a_positive_number(tmp_path):
    with pytest.raises(ValueError, match="at least 1"):
        sample.write(tmp_path, kub=0)
