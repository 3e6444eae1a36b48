"""A programme in every regency: official places, invented records, some of very few people."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kub import places, records, sample
from kub.records.folder import programmes_in
from kub.sample import national


def test_regencies_share_the_groups_by_their_villages(tmp_path: Path) -> None:
    (path,) = sample.write(tmp_path / "one", kub=900, regencies=2)
    (again,) = sample.write(tmp_path / "two", kub=900, regencies=2)
    assert path.name == "skala-900"
    folders = programmes_in(path)
    codes = [code for code, _ in places.regencies()[:2]]
    assert [folder.name for folder in folders] == codes
    groups = {}
    for folder in folders:
        assert {file.name for file in folder.iterdir()} == {
            *("program.parquet", "kub.parquet", "laporan.parquet"),
        }
        for file in folder.iterdir():
            assert file.read_bytes() == (again / folder.name / file.name).read_bytes()
        groups[folder.name] = pq.read_table(folder / "kub.parquet").num_rows
        official = {village.code for village in places.villages_of(folder.name)}
        served = set(pq.read_table(folder / "kub.parquet")["kode_desa"].to_pylist())
        assert served < official
        [row] = pq.read_table(folder / "program.parquet").to_pylist()
        assert row["contoh"] is True and "contoh" in row["nama_program"]
    assert sum(groups.values()) == 900
    villages = {code: len(places.villages_of(code)) for code in codes}
    for code in codes:
        assert groups[code] == pytest.approx(900 * villages[code] / sum(villages.values()), abs=2)
    checked = records.read(folders, date(2026, 11, 1))
    assert checked.problems == [] and len(checked.programmes) == 2
    members = [
        number
        for folder in folders
        for number in pq.read_table(folder / "laporan.parquet")["anggota"].to_pylist()
    ]
    assert 2 <= min(members) < 5 and max(members) <= 40


def test_a_million_groups_are_of_the_whole_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(places.regencies()) == national.REGENCIES
    asked: list[int] = []

    def written(out: Path, _kub: int, regencies: int, *_: object) -> Path:
        asked.append(regencies)
        return out

    monkeypatch.setattr(national, "write", written)
    sample.write(tmp_path, kub=national.NATIONAL_KUB)
    sample.write(tmp_path, kub=20, regencies=7)
    assert asked == [national.REGENCIES, 7]


@pytest.mark.parametrize(("kub", "regencies"), [(0, 3), (10, 0), (10, national.REGENCIES + 1)])
def test_no_other_number_of_regencies(tmp_path: Path, kub: int, regencies: int) -> None:
    with pytest.raises(ValueError, match="regencies"):
        sample.write(tmp_path, kub=kub, regencies=regencies)


def test_a_folder_of_anything_else_is_one_source(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kub.csv").write_text("kode_kub\n")
    assert [path.name for path in programmes_in(tmp_path)] == ["a", "b"]
    (tmp_path / "catatan.txt").write_text("?")
    assert programmes_in(tmp_path) == [tmp_path]
    assert programmes_in(tmp_path / "a") == [tmp_path / "a"]
    assert programmes_in(tmp_path / "catatan.txt") == [tmp_path / "catatan.txt"]


def test_the_parts_of_sheets_are_one_programme_also_beside_others(tmp_path: Path) -> None:
    for programme in ("a", "b"):
        for sheet in ("kub", "laporan"):
            folder = tmp_path / programme / sheet
            folder.mkdir(parents=True)
            (folder / "part-00000.parquet").touch()
    assert programmes_in(tmp_path / "a") == [tmp_path / "a"]
    assert programmes_in(tmp_path) == [tmp_path / "a", tmp_path / "b"]
