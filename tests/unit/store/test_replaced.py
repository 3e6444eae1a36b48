"""What an import takes the place of: told in numbers, and refused
where it is another regency's programme.
"""

from datetime import date
from pathlib import Path

import pytest

from kub.store.versions import pointed
from tests.support import workbooks
from tests.support.command import run


def book(path: Path, regency: str, village: str, kub: int, sample: str = "tidak") -> Path:
    codes = [f"K{number}" for number in range(kub)]
    sheets = {
        "Program": [workbooks.good()["Program"][0] | {"kode_wilayah": regency, "contoh": sample}],
        "KUB": [workbooks.kub(code, kode_desa=village) for code in codes],
        "Laporan": [workbooks.report(code, date(2017, 11, 30)) for code in codes],
    }
    return workbooks.xlsx(path, sheets)


@pytest.fixture
def kub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "data"))
    return run


def test_a_smaller_workbook_is_told_in_numbers(kub, tmp_path: Path) -> None:
    first = kub("import", book(tmp_path / "a.xlsx", "33.24", "33.24.01.2001", 3))
    assert "uji: 3 KUB dan 3 laporan\n" in first.stdout
    again = kub("import", book(tmp_path / "b.xlsx", "33.24", "33.24.01.2001", 1), "--lang", "en")
    assert "uji: 1 KUB and 1 report, instead of 3 KUB and 3 reports" in " ".join(
        again.stdout.split()
    )


def test_another_regencys_programme_is_never_replaced(kub, tmp_path: Path) -> None:
    kub("import", book(tmp_path / "kendal.xlsx", "33.24", "33.24.01.2001", 2))
    before = pointed(tmp_path / "data")
    tegal = book(tmp_path / "tegal.xlsx", "33.28", "33.28.01.2001", 1)
    for command in ("check", "import"):
        result = kub(command, tegal)
        assert result.exit_code == 1
        assert "tegal.xlsx · Program · kode_program" in result.stdout
        assert "Kabupaten Kendal (2 KUB)" in result.stdout
    assert pointed(tmp_path / "data") == before


def test_a_sample_may_be_replaced_by_anyone(kub, tmp_path: Path) -> None:
    kub("import", book(tmp_path / "a.xlsx", "33.24", "33.24.01.2001", 2, sample="ya"))
    result = kub("import", book(tmp_path / "b.xlsx", "33.28", "33.28.01.2001", 1))
    assert (result.exit_code, "menggantikan" in result.stdout) == (0, False)
