"""A guest's figures: checked like records, told in both
languages, and written for the questions.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kub import words
from kub.answers.answer import answer
from kub.guests import Guest, faults, figures
from kub.store.data import Data
from kub.store.versions import Version
from queries.filters import Filters
from tests.support.database import connection
from tests.support.tiny import TINY

TODAY = date(2026, 11, 24)
SAID: dict[str, Any] = {
    "regency_code": "36.72",
    "population": 480_378,
    "population_year": 2024,
    "villages": 43,
    "as_of": date(2025, 12, 31),
    "kub": 45,
    "members": 600,
    "covered": 20,
    "women": 400,
    "first_year": 2019,
    "kub_before": 30,
    "closed": 4,
    "sectors": (10, 10, 10, 10, 5),
    "counted": "active",
}
CONTOH = replace(
    TINY, regency_code="99.01", regency="Kabupaten Contoh A", population=((2018, 40_000, False),)
)
CILEGON = Guest(regency="Kota Cilegon", **SAID)


def test_right_figures_have_no_faults() -> None:
    assert faults(SAID, TODAY) == []
    bare = dict.fromkeys(SAID) | {
        name: SAID[name] for name in ("regency_code", "population", "villages")
    }
    bare |= {
        name: SAID[name]
        for name in ("population_year", "as_of", "kub", "members", "covered", "counted")
    }
    assert faults(bare, TODAY) == []
    nothing_yet = bare | {"kub": 0, "members": 0, "covered": 0}
    assert faults(nothing_yet, TODAY) == []


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("population", None, "missing"),
        ("as_of", None, "missing"),
        ("population", 0, "too_few"),
        ("population", 999, "too_few"),
        ("villages", 0, "none"),
        ("villages", 44, "more_than_listed"),
        ("villages", 0, "none"),
        ("villages", 3_000_000_000, "too_many"),
        ("population", 45_000_000_000, "too_many"),
        ("kub", 10**15, "too_many"),
        ("population_year", 20244, "year"),
        ("population_year", 0, "year"),
        ("as_of", date(2027, 1, 1), "future"),
        ("women", 601, "more_than_members"),
        ("covered", 44, "more_than_villages"),
        ("covered", 0, "nowhere"),
        ("members", 89, "range"),
        ("members", 45 * 500 + 1, "range"),
        ("first_year", 2026, "year"),
        ("first_year", 1000, "year"),
        ("first_year", 2023, "before_first"),
        ("kub_before", 50, "more_than_ever"),
        ("sectors", (10, 10, 10, 10, 6), "sum"),
    ],
)
def test_each_fault_is_told(field: str, value: Any, rule: str) -> None:
    found = faults(SAID | {field: value}, TODAY)
    told = "kub_before" if rule == "before_first" else field
    assert (told, rule) in [(fault.field, fault.rule) for fault in found]
    for lang in words.LANGUAGES:
        assert all(fault.message(words.of(lang)) for fault in found)


def test_one_kub_is_in_one_village() -> None:
    [fault] = faults(SAID | {"kub": 15, "members": 400, "sectors": None, "kub_before": None}, TODAY)
    assert (fault.field, fault.rule) == ("covered", "more_than_kub")
    assert "15" in fault.message(words.of("id"))


def test_of_all_ever_formed_no_more_can_have_closed_or_been_there() -> None:
    formed = SAID | {"counted": "formed", "closed": 46, "kub_before": 46}
    assert [(fault.field, fault.rule) for fault in faults(formed, TODAY)] == [
        ("closed", "more_than_formed"),
        ("kub_before", "more_than_ever"),
    ]
    # Without the number of those closed nobody knows how many there were.
    assert faults(SAID | {"closed": None, "kub_before": 60}, TODAY) == []


def test_figures_stated_so_far_are_checked_without_the_others() -> None:
    some = dict.fromkeys(SAID) | {"population": 12, "members": 600, "women": 700}
    assert [(f.field, f.rule) for f in faults(some, TODAY) if f.rule != "missing"] == [
        ("population", "too_few"),
        ("women", "more_than_members"),
    ]


def test_members_without_kub_are_a_fault() -> None:
    said = SAID | {"kub": 0, "covered": 0, "sectors": None, "women": None, "kub_before": None}
    assert [fault.rule for fault in faults(said, TODAY)] == ["range"]


def test_all_faults_are_told_at_once() -> None:
    assert {
        fault.field for fault in faults(SAID | {"women": 700, "sectors": (1, 0, 0, 0, 0)}, TODAY)
    } == {
        "women",
        "sectors",
    }
    assert len(faults(dict.fromkeys(SAID), TODAY)) == 8


def test_figures_are_rows_for_the_questions() -> None:
    [row] = json.loads(figures([CILEGON], Filters()))
    assert row["programme"] == "guest-1" and row["as_of"] == "2025-12-31" and row["counted"] is None
    assert row["women_members"] == 600 and row["kub_after"] == 45
    assert row["kelurahan"] == 43  # a city has no desa
    assert [(year["year"], year["kub"], year["members"]) for year in row["years"]] == [
        (2022, 30, None),
        (2025, 45, 600),
    ]
    assert figures([], Filters()) == "[]"


def test_under_a_filter_of_sectors_only_what_was_stated_is_known() -> None:
    [row] = json.loads(figures([CILEGON], Filters(sectors=("makanan", "lainnya"))))
    assert (row["kub"], row["members"], row["women"], row["covered"]) == (15, None, None, None)
    silent = Guest(regency="Kota Cilegon", **(SAID | {"sectors": None, "first_year": None}))
    [row] = json.loads(figures([silent], Filters(sectors=("makanan",))))
    assert row["kub"] is None and row["years"] == []


def test_a_guest_of_a_loaded_regency_is_set_beside_itself_by_another_name() -> None:
    again = replace(CILEGON, regency_code="99.01", regency="Kabupaten Contoh A")
    data = Data(
        Version(Path("kub-20261124T031500Z-a1b2c3d4e5f6.duckdb")),
        connection((CONTOH,)),
        role="analyst",
    )
    for lang, own in (
        ("id", "Kabupaten Contoh A (angka sendiri)"),
        ("en", "Contoh A Regency (self-declared)"),
    ):
        beside = figures([again], Filters())
        found = answer(data, "benchmark", Filters("contoh"), words.of(lang), guests=beside)
        assert found.title.startswith(own) and found.title.count("Contoh A") == 2
        assert set(found.frame["regency"]) == {"Kabupaten Contoh A"}
