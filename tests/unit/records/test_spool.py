"""Tables that lie on the disk between reading and importing: the same rows, and nothing left."""

import os
from pathlib import Path

import pyarrow as pa
import pytest

from kub.records import spool as spooling
from kub.records.programme import Programme
from kub.records.spool import counted, spool


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "KEPT_ROWS", 3)


def table(rows: int, start: int = 0) -> pa.Table:
    return pa.table(
        {"kub_id": [f"K{n}" for n in range(start, start + rows)], "members": [7] * rows}
    )


def test_large_tables_come_back_from_the_disk_in_any_order(tmp_path: Path) -> None:
    put = spool(tmp_path / "data")
    tables = [{"kub": table(3), "kub_report": table(10, start)} for start in (0, 50, 99)]
    kept = [Programme(str(n), put(own), []) for n, own in enumerate(tables)]
    for number in (2, 0, 1, 0):
        own = kept[number]
        assert {name: own.tables[name] for name in own.tables} == tables[number]
        assert own.batches("kub_report").read_all() == tables[number]["kub_report"]
        assert (own.rows("kub"), own.rows("kub_report"), len(own.tables)) == (3, 10, 2)
    # A file without a name: nothing is left of it, even after a kill.
    if os.name == "posix":
        assert list((tmp_path / "data").iterdir()) == []


def test_small_tables_need_no_disk(tmp_path: Path) -> None:
    kept = spool(tmp_path / "data")({"kub": table(3)})
    assert kept["kub"] == table(3) and not (tmp_path / "data").exists()


def test_what_is_only_checked_is_counted() -> None:
    own = Programme("1", counted({"kub": table(2), "kub_report": table(9)}), [])
    assert (own.rows("kub"), own.rows("kub_report")) == (2, 9)
    assert own.tables["kub"] == table(2)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(OSError, match="data"):
        spool(tmp_path / "data")({"kub": table(9)})
