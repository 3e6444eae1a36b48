"""A ZIP that is a folder: read in memory, or refused with a sentence."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from kub.records import Upload, read
from kub.records.limits import LIMITS, MB, Limits
from tests.support.workbooks import csv_folder, good, parquet_folder

TODAY = date(2026, 11, 24)
SMALL = Limits(file=MB, inflated=20_000, cells=10**6, area=10**6, text=10**6, files=30)


def packed(files: dict[str, bytes]) -> Upload:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Upload("catatan.zip", out.getvalue())


def contents(folder: Path, below: str = "") -> dict[str, bytes]:
    return {f"{below}{path.name}": path.read_bytes() for path in folder.iterdir()}


def rules(upload: Upload, limits: Limits = LIMITS) -> list[str]:
    return [problem.rule for problem in read([upload], TODAY, limits=limits).problems]


@pytest.mark.parametrize("make", [csv_folder, parquet_folder])
@pytest.mark.parametrize("below", ["", "catatan/", "a/b/"])
def test_a_packed_folder_is_the_folder(tmp_path: Path, make, below: str) -> None:
    folder = make(tmp_path / "catatan", good())
    files = contents(folder, below) | {"__MACOSX/._kub.csv": b"\0"}
    there, alone = read([packed(files)], TODAY), read([folder], TODAY)
    assert there.ok and there.problems == []
    [programme], [same] = there.programmes, alone.programmes
    assert programme.tables == same.tables
    assert {name for name, _ in programme.files} == {
        f"catatan.zip/{path.name}" for path in folder.iterdir()
    }


def test_it_is_read_from_the_disk_too(tmp_path: Path) -> None:
    upload = packed(contents(csv_folder(tmp_path / "catatan", good())))
    (tmp_path / "catatan.zip").write_bytes(upload.content)
    assert read([tmp_path / "catatan.zip"], TODAY).ok


@pytest.mark.parametrize(
    "name", ["../kub.csv", "/kub.csv", "a/../../kub.csv", "C:/kub.csv", "a\\kub.csv"]
)
def test_a_path_that_leaves_the_folder_is_refused(name: str) -> None:
    assert rules(packed({"laporan.csv": b"kode_kub", name: b"x"})) == ["zip_path"]


def test_what_unpacks_to_too_much_is_refused() -> None:
    assert rules(packed({"kub.csv": bytes(10**6)}), SMALL) == ["too_large_inside"]
    many = {f"{n}.csv": b"" for n in range(40)}
    assert rules(packed(many), SMALL) == ["too_many_files"]


def test_a_folder_of_folders_says_so(tmp_path: Path) -> None:
    files = contents(csv_folder(tmp_path / "x", good()), "2022/") | {"2023/kub.csv": b"x"}
    assert rules(packed(files)) == ["folder_of_folders"]


def test_other_zips_are_no_folders() -> None:
    assert rules(Upload("x.zip", b"PK nothing")) == ["packed"]
    assert rules(packed({"kantor.xlsx": b"x"})) == ["packed"]
    torn = packed({"kub.csv": b"kode_kub" * 500})
    assert rules(Upload("x.zip", torn.content[:-40])) == ["packed"]
