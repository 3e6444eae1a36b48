"""A card from one office to another, by commands."""

import json
from pathlib import Path

import pytest

from kub.store.versions import ROOT
from tests.support.command import run

CARD = "kartu.zip"


def asked(*arguments: str) -> list[dict[str, object]]:
    return list(json.loads(run("ask", *arguments, "--format", "json").stdout))


@pytest.mark.thorough
def test_another_regency_compares_itself_by_a_card(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(sample_folder))
    card = tmp_path / CARD
    assert run("card", card).exit_code == 0
    growth = asked("growth", "--sectors", "makanan")
    assert run("card", card).exit_code == 2  # it is there already
    assert run("card", card, "--force").exit_code == 0
    assert run("card", tmp_path / "kartu.pdf").exit_code == 2
    assert run("card", tmp_path / "lain.zip", "--programme", "NO").exit_code == 2

    monkeypatch.setenv("KUB_DATA", str(tmp_path / "other"))
    assert run("check", card).exit_code == 0
    own = ROOT / "data" / "sample" / "contoh-a.xlsx"
    result = run("import", card, own, "--lang", "en")
    assert result.exit_code == 0 and "BPI-BATANG: yearly figures, 12 years" in result.stdout
    assert "hanya angka tahunan" in run("info").stdout
    assert asked("growth", "--sectors", "makanan", "--programme", "BPI-BATANG") == growth
    assert {row["programme"] for row in asked("benchmark")} == {"BPI-BATANG", "CONTOH-A"}

    for refused in (
        ("villages",),
        ("growth", "--districts", "33.25.13"),
        ("growth", "--villages", "ngawur"),
        ("growth", "--sectors", "makanan", "--sectors", "laundry"),
        ("survival", "--until", "2020"),
        ("headline", "--denominator", "target"),
    ):
        result = run("ask", *refused, "--programme", "BPI-BATANG", "--lang", "en")
        assert result.exit_code == 1 and "yearly figures only" in " ".join(result.stderr.split())
    assert run("card", tmp_path / "lain.zip", "--programme", "BPI-BATANG").exit_code == 1


def test_a_card_is_taken_out_and_records_are_not(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(sample_folder))
    card = tmp_path / CARD
    assert run("card", card).exit_code == 0
    folder = tmp_path / "other"
    monkeypatch.setenv("KUB_DATA", str(folder))
    assert run("import", card).exit_code == 0
    assert run("remove-card", "BPI-BATANG").exit_code == 1, "it is the only one"
    assert run("import", ROOT / "data" / "sample" / "contoh-a.xlsx").exit_code == 0
    growth = asked("growth", "--programme", "CONTOH-A")
    assert run("remove-card", "NO").exit_code == 2
    versions = sorted((folder / "versions").glob("kub-*"))
    refused = run("remove-card", "CONTOH-A", "--lang", "en")
    assert refused.exit_code == 1 and "with its records" in " ".join(refused.stderr.split())
    assert sorted((folder / "versions").glob("kub-*")) == versions
    assert run("remove-card", "BPI-BATANG").exit_code == 0
    assert set(versions) < set((folder / "versions").glob("kub-*"))
    assert {row["programme"] for row in asked("benchmark")} == {"CONTOH-A"}
    assert asked("growth", "--programme", "CONTOH-A") == growth


def test_a_changed_card_is_told_and_nothing_is_imported(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(sample_folder))
    card = tmp_path / CARD
    run("card", card)
    content = bytearray(card.read_bytes())
    at = content.index(b"years.csv") + 60
    content[at] ^= 255
    card.write_bytes(content)
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "other"))
    result = run("import", card)
    assert result.exit_code == 1 and CARD in result.stdout
    assert not (tmp_path / "other" / "current").exists()
