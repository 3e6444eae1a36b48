"""What is said of targets: the newest year the records reach, statuses in words and with a mark, the
rule of the projection.
"""

from typing import Any

import pandas as pd
import pytest

from kub.findings import Finding
from kub.findings.targets import goal, of_year, targets
from kub.words import of

ID = of("id")


def row(indicator: str, year: int, status: str | None, **changed: Any) -> dict[str, Any]:
    """A target of a finished year, 95 of 100."""
    usual = {
        "indicator": indicator,
        "year": year,
        "as_of": pd.Timestamp(year, 12, 31),
        "provisional": False,
        "target": 100.0,
        "actual": 95.0,
        "reached": 0.95,
        "projected": float("nan"),
        "status": status,
    }
    return usual | changed


def provisional(indicator: str, status: str | None, **changed: Any) -> dict[str, Any]:
    day = {"as_of": pd.Timestamp(2023, 6, 30), "provisional": True, "projected": 99.0}
    return row(indicator, 2023, status, **(day | changed))


def said(*rows: dict[str, Any], lang: str = "id") -> Finding:
    return targets(pd.DataFrame(rows), of(lang))


def test_how_many_were_met_and_which_were_not() -> None:
    rows = [row(name, 2024, "met") for name in ("kub", "anggota", "omzet")]
    rows += [row("desa", 2024, "missed"), row("perpustakaan", 2024, "met")]
    finding = said(*rows)
    assert finding.title == "4 dari 5 target 2024 tercapai; desa terjangkau tidak tercapai"
    assert "× desa terjangkau: tidak tercapai, 95 dari 100" in finding.takeaway
    assert (
        "✓ omzet: tercapai, Rp\N{NO-BREAK SPACE}95 dari Rp\N{NO-BREAK SPACE}100" in finding.takeaway
    )
    assert finding.caveat == ID("targets.nominal")


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (["met", "met"], "Semua 2 target 2023 sudah tercapai"),
        (["met", "on_track"], "1 dari 2 target 2023 sudah tercapai, 1 sesuai jalur"),
        (
            ["on_track", "behind"],
            "Belum satu pun dari 2 target 2023 tercapai, 1 sesuai jalur; anggota tertinggal",
        ),
        (
            ["behind", "behind"],
            "Belum satu pun dari 2 target 2023 tercapai; KUB aktif dan anggota tertinggal",
        ),
        (["behind", None], "Target 2023 tertinggal: KUB aktif 95 dari 100"),
        (["met", None], "Target 2023 sudah tercapai: KUB aktif 95 dari 100"),
        ([None, None], "Capaian target 2023 belum dapat dinilai"),
    ],
)
def test_a_year_that_is_not_over(statuses: list[str | None], title: str) -> None:
    rows = [
        provisional(name, status) for name, status in zip(("kub", "anggota"), statuses, strict=True)
    ]
    finding = said(*rows)
    assert finding.title == title
    assert finding.takeaway.startswith("Per 30 Juni 2023: ")
    assert finding.caveat == ID("targets.explained")


def test_many_that_lag_are_counted() -> None:
    names = ("kub", "anggota", "desa", "perpustakaan")
    rows = [provisional(name, "behind") for name in names] + [provisional("perempuan", "met")]
    assert said(*rows).title == "1 dari 5 target 2023 sudah tercapai; 4 tertinggal"
    assert said(*rows, lang="en").title == "1 of 5 targets of 2023 already met; 4 behind"


def test_none_of_a_finished_year_met_names_none() -> None:
    rows = [row(name, 2022, "missed") for name in ("kub", "anggota")]
    assert said(*rows).title == "Tidak satu pun dari 2 target 2022 tercapai"


def test_the_year_told_is_the_newest_that_the_records_reach() -> None:
    future = row("kub", 2025, "behind", as_of=pd.NaT, actual=float("nan"), projected=90.0)
    assert said(row("kub", 2022, "met", actual=100.0), future).title.startswith("Target 2022")
    # Where all lie ahead, the first of them.
    later = future | {"year": 2027}
    assert said(future, later).title == "Target 2025 tertinggal: KUB aktif – dari 100"
    assert "! KUB aktif: tertinggal, target 100" in said(future, later).takeaway
    assert [entry["year"] for entry in of_year([future, later], 2027)] == [2027]


def test_shares_are_percent_and_withheld_values_are_missing() -> None:
    women = row("perempuan", 2022, None, target=0.6, actual=float("nan"), reached=float("nan"))
    assert "bagian perempuan: – dari 60,0\N{NO-BREAK SPACE}%" in said(women).takeaway


def test_the_strip_names_mark_word_and_target() -> None:
    assert goal(provisional("kub", "behind", target=215.0), ID) == "! tertinggal: target 215"
    assert goal(provisional("desa", "met"), ID) == "✓ tercapai: target 100 desa"
    assert goal(provisional("anggota", None), ID) == ""


def test_without_targets_it_says_how_to_have_them() -> None:
    finding = targets(pd.DataFrame(columns=["indicator", "year"]), ID)
    assert finding.title == ID("targets.empty") and "Target" in finding.takeaway
