"""A sheet as a folder of Parquet files: one sheet, its rows counted through all of them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kub import sample
from kub.records import Checked, read
from kub.sample import scale
from tests.support import parts, workbooks
from tests.support.workbooks import TODAY


def folder(path: Path, number: int = 2) -> Path:
    return parts.folder(path / "uji", workbooks.good(), number)


def rules(checked: Checked) -> list[tuple[str, str, int | None]]:
    return [(problem.rule, problem.file, problem.row) for problem in checked.problems]


def test_parts_are_read_as_the_one_file_that_they_were(tmp_path: Path) -> None:
    split = read([folder(tmp_path)], TODAY)
    [whole] = read([tmp_path / "uji-whole"], TODAY).programmes
    [programme] = split.programmes
    assert split.problems == []
    assert programme.tables == whole.tables
    assert [name for name, _ in programme.files if "laporan/" in name] == [
        "uji/laporan/part-00000.parquet",
        "uji/laporan/part-00001.parquet",
    ]
    assert len({digest for _, digest in programme.files}) == len(programme.files)
    assert ("kub_report", "uji/laporan", "laporan") in programme.sheets


def test_a_row_is_counted_through_all_parts(tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["Laporan"][2]["anggota_perempuan"] = 99
    checked = read([parts.folder(tmp_path / "uji", sheets, 2)], TODAY)
    assert rules(checked) == [("women_over_members", "uji/laporan", 4)]


def test_parts_of_other_columns_are_no_sheet(tmp_path: Path) -> None:
    path = folder(tmp_path)
    part = path / "laporan" / "part-00001.parquet"
    table = pq.read_table(part)
    at = table.schema.get_field_index("anggota")
    parts.write(part, table.set_column(at, "anggota", table["anggota"].cast(pa.string())))
    assert rules(read([path], TODAY)) == [("parts_differ", "uji/laporan", None)]


def test_a_sheet_stands_once_as_a_file_or_as_a_folder(tmp_path: Path) -> None:
    path = folder(tmp_path)
    parts.write(path / "laporan.parquet", pq.read_table(path / "laporan"))
    assert [rule for rule, _, _ in rules(read([path], TODAY))] == ["sheet_twice"]


def test_a_torn_part_is_told(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "kub" / "part-00000.parquet").write_bytes(b"PAR1")
    assert [problem.rule for problem in read([path], TODAY).problems] == ["unreadable"]


def test_folders_of_other_names_are_told_as_before(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "arsip").mkdir()
    parts.write(path / "arsip" / "laporan.parquet", pq.read_table(path / "laporan"))
    assert [rule for rule, _, _ in rules(read([path], TODAY))] == ["folder_not_read"]


def test_all_parts_together_may_be_so_large_and_no_larger(tmp_path: Path) -> None:
    path = folder(tmp_path)
    from kub.records.limits import LIMITS

    most = max(file.stat().st_size for file in path.rglob("*.parquet"))
    checked = read([path], TODAY, limits=replace(LIMITS, file=most))
    assert "too_large_file" in [problem.rule for problem in checked.problems]


@pytest.mark.parametrize("kub", [60])
def test_the_sample_writes_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kub: int) -> None:
    monkeypatch.setattr(scale, "CHUNK", 25)
    (path,) = sample.write(tmp_path / "parts", kub, parquet=True)
    assert sorted(file.name for file in (path / "laporan").iterdir()) == [
        f"part-{number:05d}.parquet" for number in range(3)
    ]
    checked = read([path], date(2026, 11, 1))
    assert checked.problems == []
    assert checked.programmes[0].tables["kub"].num_rows == kub
