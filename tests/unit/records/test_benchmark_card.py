"""A benchmark card that was changed, or is none, is told with its place and what to do."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

import pytest

from kub.exports.benchmark_card import card
from kub.records import read
from kub.records.card_format import DESCRIPTOR, MOST_BYTES, READ_ME
from kub.records.source import Upload
from kub.words import LANGUAGES, of
from queries.filters import Filters
from tests.support import histories
from tests.support.cards import (
    Files,
    aiming,
    checked,
    described,
    files_of,
    of_records,
    packed,
    rewritten,
)

Place = tuple[str, str | None, int | None, str | None]
Lines = list[list[str]]


@pytest.fixture(scope="module")
def files() -> Files:
    """Of a programme in which something is withheld."""
    return files_of(card(of_records(aiming(histories.programme(Random(9)))), Filters("satu")))


def told(content: bytes) -> list[Place]:
    """(rule, resource, row, column) of each problem; every one has its words in both languages."""
    result = checked(content)
    assert result.programmes == []
    for problem in result.problems:
        assert problem.file == "kartu.zip" and problem.level == "problem"
        for lang in LANGUAGES:
            assert problem.title(of(lang)) and all(problem.message(of(lang)))
    return [(p.rule, p.sheet, p.row, p.column) for p in result.problems]


def test_an_unchanged_card_is_read_whole(files: Files) -> None:
    result = checked(packed(files))
    assert result.problems == [] and result.programmes[0].is_card
    assert [sheet.sheet for sheet in result.reading.sheets][1] == "years"
    # A read-me may say anything.
    assert checked(packed(files | {READ_ME: b"Halo"})).ok


def about(**changed: Any) -> Callable[[dict[str, Any]], object]:
    return lambda descriptor: descriptor["kub"].update(changed)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"schema": 2}, ("card_schema", DESCRIPTOR, None, "schema")),
        ({"schema": True}, ("card_schema", DESCRIPTOR, None, "schema")),
        ({"as_of": "2999-01-01"}, ("future_date", DESCRIPTOR, None, "as_of")),
        ({"as_of": "kemarin"}, ("card_key", DESCRIPTOR, None, "as_of")),
        ({"sample": "ya"}, ("card_key", DESCRIPTOR, None, "sample")),
        ({"villages": -1}, ("card_key", DESCRIPTOR, None, "villages")),
        ({"regency_code": "00.00"}, ("unknown_regency", DESCRIPTOR, None, "regency_code")),
        ({"regency_code": "33.25"}, ("card_differs", DESCRIPTOR, None, "regency")),
        ({"telepon": "0812"}, ("card_key_unknown", DESCRIPTOR, None, "telepon")),
        ({"programme": "lain"}, ("card_differs", "programme", 2, "programme")),
        ({"kelurahan": 99}, ("card_more", DESCRIPTOR, None, "kelurahan")),
        ({"population": 1}, ("card_differs", DESCRIPTOR, None, "population")),
        ({"villages": 0, "kelurahan": 0}, ("card_more", "years", 2, "villages_covered")),
    ],
)
def test_statements_of_the_descriptor(files: Files, changed: dict[str, Any], place: Place) -> None:
    assert place in told(packed(described(files, about(**changed))))


def test_a_statement_that_is_missing(files: Files) -> None:
    changed = described(files, lambda descriptor: descriptor["kub"].pop("operator"))
    assert told(packed(changed)) == [("card_key", DESCRIPTOR, None, "operator")]


@pytest.mark.parametrize(
    ("extra", "rule"),
    [
        ("desa.csv", "card_unlisted"),
        ("rahasia/kub.xlsx", "card_unlisted"),
        ("../years.csv", "card_path"),
        ("/etc/passwd", "card_path"),
        ("C:/x.csv", "card_path"),
        ("a\\..\\b.csv", "card_path"),
        ("./years.csv", "card_path"),
    ],
)
def test_files_that_are_not_listed_or_leave_the_card(files: Files, extra: str, rule: str) -> None:
    result = checked(packed(files | {extra: b"x"}))
    assert [(p.rule, p.value) for p in result.problems] == [(rule, extra)]


def test_a_link_is_no_file_of_a_card(files: Files) -> None:
    out = BytesIO(packed(files))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("tautan.csv")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert told(out.getvalue()) == [("card_path", None, None, None)]


def test_a_file_that_was_changed(files: Files) -> None:
    years = files["years.csv"]
    assert told(packed(files | {"years.csv": years.replace(b"2015", b"2014", 1)})) == [
        ("card_changed", "years", None, None)
    ]
    assert told(packed(files | {"years.csv": years + b"\r\n"})) == [
        ("card_changed", "years", None, None)
    ]


def test_tables_that_are_missing_or_foreign(files: Files) -> None:
    without = {name: content for name, content in files.items() if name != "survival.csv"}
    assert told(packed(without)) == [("card_missing", "survival", None, None)]
    renamed = described(files, lambda d: d["resources"][1].update(name="villages"))
    assert {rule for rule, *_ in told(packed(renamed))} == {
        "card_unknown_resource",
        "card_missing",
        "card_unlisted",
    }
    outside = described(files, lambda d: d["resources"][1].update(path="../years.csv"))
    assert "card_unknown_resource" in {rule for rule, *_ in told(packed(outside))}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b"PK", "packed"),
        (packed({"notes.txt": b"a"}), "packed"),
        (packed({DESCRIPTOR: b"{"}), "card_json"),
        (packed({DESCRIPTOR: b"[" * 100_000}), "card_json"),
        (packed({DESCRIPTOR: b'{"kub": NaN}'}), "card_json"),
        (packed({DESCRIPTOR: b'{"name": "x"}'}), "not_card"),
        (packed({DESCRIPTOR: b"[]"}), "not_card"),
        (packed({DESCRIPTOR: b'{"kub": {"schema": 1}}'}), "card_missing"),
        (packed({DESCRIPTOR: b'{"kub": {"schema": 1}, "resources": 7}'}), "card_missing"),
        (packed({"a": b"0" * (MOST_BYTES + 1)}), "card_too_large"),
        (packed({f"{n}": b"" for n in range(51)}), "card_too_many"),
    ],
)
def test_what_is_no_card(content: bytes, rule: str) -> None:
    assert {found for found, *_ in told(content)} == {rule}


def test_a_card_that_was_cut_or_damaged(files: Files) -> None:
    content = bytearray(packed(files))
    at = content.index(b"years.csv") + 40
    content[at : at + 8] = b"\0" * 8
    assert told(bytes(content))[0][0] in ("card_damaged", "card_json", "packed")
    assert told(bytes(content[: len(content) // 2]))[0][0] in ("card_damaged", "packed")


def at(lines: Lines, row: int, column: str) -> tuple[list[str], int]:
    return lines[row - 1], lines[0].index(column)


def put(row: int, column: str, value: str) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        cells, place = at(lines, row, column)
        cells[place] = value

    return change


@pytest.mark.parametrize(
    ("resource", "change", "place"),
    [
        ("years", put(3, "kub", "999"), ("card_growth", "years", 3, "kub")),
        ("years", put(2, "founded", "999"), ("card_sum", "years", 2, "founded")),
        ("years", put(2, "year", "2012"), ("card_differs", "years", 3, "year")),
        ("years", put(2, "as_of", "2999-12-31"), ("future_date", "years", 2, "as_of")),
        ("years", put(2, "as_of", "2015-06-30"), ("card_differs", "years", 2, "as_of")),
        ("years", put(2, "provisional", "true"), ("card_differs", "years", 2, "provisional")),
        ("years", put(2, "kub", "1.5"), ("card_value", "years", 2, "kub")),
        ("years", put(2, "kub", "-1"), ("card_value", "years", 2, "kub")),
        ("years", put(2, "kub", ""), ("missing_value", "years", 2, "kub")),
        ("years", put(2, "gini", "1.5"), ("card_more", "years", 2, "gini")),
        ("years", put(2, "reported", "999"), ("card_more", "years", 2, "reported")),
        ("years", put(1, "kub", "KUB"), ("card_columns", "years", 1, None)),
        ("years", lambda lines: lines[1].pop(), ("card_cells", "years", 2, None)),
        ("years", lambda lines: lines.append(lines[1]), ("card_row_twice", "years", None, "year")),
        ("sector_years", put(2, "sector", "tani"), ("card_value", "sector_years", 2, "sector")),
        (
            "sector_years",
            lambda lines: lines.pop(2),
            ("card_sectors", "sector_years", None, "sector"),
        ),
        ("survival", put(2, "at_risk", "0"), ("card_more", "survival", 3, "at_risk")),
        ("survival", put(2, "survival", "1.2"), ("card_more", "survival", 2, "survival")),
        ("survival", put(2, "years", "7"), ("card_differs", "survival", 2, "years")),
        (
            "programme",
            lambda lines: lines.append(lines[1]),
            ("card_rows", "programme", None, "programme"),
        ),
        (
            "population",
            put(2, "population", "banyak"),
            ("card_value", "population", 2, "population"),
        ),
    ],
)
def test_cells_and_sums(
    files: Files, resource: str, change: Callable[[Lines], object], place: Place
) -> None:
    """Whoever changes a cell can sign it anew: sums tell it all the same."""
    places = told(packed(rewritten(files, resource, change)))
    rule, sheet, row, column = place
    assert any((r, s, c) == (rule, sheet, column) and row in (None, n) for r, s, n, c in places), (
        places
    )


def test_the_first_members_that_are_told_must_add_up(files: Files) -> None:
    lines = files["years.csv"].decode().split("\r\n")
    whole = next(
        number
        for number, line in enumerate(lines[1:-1], 2)
        if "members" not in line.rpartition(",")[2].split(" ")
    )
    places = told(packed(rewritten(files, "years", put(whole, "members", "99999"))))
    assert ("card_sum", "years", whole, "members") in places or (
        "card_derivable" in {rule for rule, *_ in places}
    )


def test_what_is_withheld_is_named_and_cannot_be_worked_out(files: Files) -> None:
    named = [
        number
        for number, line in enumerate(files["sector_years.csv"].decode().split("\r\n")[1:-1], 2)
        if "members" in line.rpartition(",")[2].split(" ")
    ]
    hushed = rewritten(files, "sector_years", put(named[0], "withheld", ""))
    assert ("card_withheld", "sector_years", named[0], "withheld") in told(packed(hushed))
    filled = rewritten(files, "sector_years", put(named[0], "members", "3"))
    assert ("card_withheld", "sector_years", named[0], "withheld") in told(packed(filled))

    def tell(lines: Lines) -> None:
        """All but one of the year's sectors."""
        year, first = at(lines, named[0], "year")
        for line in lines[1:]:
            if line[first] == year[first] and line is not lines[named[0] - 1]:
                for column in ("members", "women", "women_members"):
                    line[lines[0].index(column)] = line[lines[0].index(column)] or "0"
                line[-1] = line[-1].replace("women_members", "").replace("women", "")
                line[-1] = " ".join(line[-1].replace("members", "").split())

    lone = told(packed(rewritten(files, "sector_years", tell)))
    assert "card_derivable" in {rule for rule, *_ in lone}


def test_two_files_of_one_programme(files: Files) -> None:
    both = [Upload("a.zip", packed(files)), Upload("b.zip", packed(files))]
    result = read(both, date(2026, 11, 29))
    assert [(p.rule, p.file) for p in result.problems] == [("programme_twice", "b.zip")]
    assert json.loads(files[DESCRIPTOR])["kub"]["programme"] == "satu"


def test_targets_are_held_against_the_years(files: Files) -> None:
    lines = files["targets.csv"].decode().split("\r\n")
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("kub,2018"))
    places = told(packed(rewritten(files, "targets", put(number, "actual", "999"))))
    assert places == [("card_differs", "targets", number, "actual")]


def test_bytes_that_flipped_never_raise(files: Files) -> None:
    random, content = Random(7), packed(files)
    for _ in range(40):
        flipped = bytearray(content)
        for _ in range(3):
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
        # Some bits mean nothing: of a time, or of what the directory says again.
        assert checked(bytes(flipped)).ok or told(bytes(flipped))
