"""A benchmark card → a programme of yearly figures, or problems (docs/card.md)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from kub import places
from kub.records import assembly, card_archive, card_checks, card_rows
from kub.records.card_archive import Archive
from kub.records.card_format import BY_NAME, DESCRIPTOR, KEYS, MOST_BYTES
from kub.records.card_rows import Row
from kub.records.problems import Problems
from kub.records.programme import Programme
from kub.records.reading import Reading, SheetRead
from kub.records.source import SourceFile, Upload, load
from kub.records.unreadable import Unreadable

SUFFIX = ".zip"
_LONGEST_TEXT = 500
_MOST = 10**12


def read(
    path: SourceFile, today: date, problems: Problems, seen: dict[str, str]
) -> tuple[Programme | None, Reading]:
    """The programme of a card, None where anything is wrong with it.

    seen: file of each programme_id so far. Never raises for what is in the file.
    """
    before = problems.stops
    try:
        if not isinstance(path, Upload) and not path.exists():
            raise Unreadable("no_such_file")
        # A card that is valid unpacks to no more, so it is no larger when it is packed.
        file = path if isinstance(path, Upload) else load(path, 2 * MOST_BYTES)
        if not file.content:
            raise Unreadable("empty_file")
        archive = card_archive.open_archive(file, problems)
    except Unreadable as error:
        problems.add(error.rule, path.name, **error.values)
        return None, Reading()
    if archive is None:
        return None, Reading()
    about = _about(path.name, archive, today, problems)
    tables = {
        name: card_rows.rows(path.name, BY_NAME[name], content, today, problems)
        for name, content in archive.files.items()
    }
    # Sums of rows that are missing would all be wrong: only sound cells are added up.
    if problems.stops == before:
        card_checks.tell(path.name, tables, about, problems)
        _tell_twice(path.name, about["programme"], seen, problems)
    reading = Reading(tuple(_sheet(path.name, name, len(rows)) for name, rows in tables.items()))
    if problems.stops > before:
        return None, reading
    digest = hashlib.sha256(file.content).hexdigest()
    return Programme(about["programme"], _tables(about, tables), [(path.name, digest)]), reading


def _about(shown: str, archive: Archive, today: date, problems: Problems) -> Row:
    """The object `kub`, typed; what is wrong in it is told."""
    about: Row = {}
    for key in KEYS:
        value = archive.about.get(key)
        if key not in archive.about or not _KINDS[key](value):
            problems.add("card_key", shown, DESCRIPTOR, None, key, value)
        about[key] = value
    for key in archive.about.keys() - set(KEYS):
        problems.add("card_key_unknown", shown, DESCRIPTOR, None, str(key)[:60])
    if isinstance(about["as_of"], str) and _is_day(about["as_of"]):
        about["as_of"] = as_of = card_rows.day(about["as_of"])
        if as_of > today:
            problems.add("future_date", shown, DESCRIPTOR, None, "as_of", as_of, today=today)
    code, regency = about["regency_code"], about["regency"]
    if isinstance(code, str):
        official = places.regency_name(code)
        if official is None:
            problems.add("unknown_regency", shown, DESCRIPTOR, None, "regency_code", code)
        # The names of invented regencies are their makers'.
        elif regency != official and not places.is_invented(code):
            problems.add(
                "card_differs", shown, DESCRIPTOR, None, "regency", regency, expected=official
            )
    return about


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_TEXT


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and card_rows.day(value).isoformat() == value
    except ValueError:
        return False


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "schema": _is_count,
    "programme": _is_text,
    "regency_code": _is_text,
    "as_of": lambda value: value is None or _is_day(value),
    "sample": lambda value: isinstance(value, bool),
    "version": _is_text,
    "regency": _is_text,
    "operator": _is_text,
    "villages": _is_count,
    "kelurahan": _is_count,
    "population": lambda value: value is None or _is_count(value),
    "population_year": lambda value: value is None or _is_count(value),
}


def _tell_twice(shown: str, code: str, seen: dict[str, str], problems: Problems) -> None:
    if code in seen:
        problems.add(
            "programme_twice", shown, DESCRIPTOR, None, "programme", code, other=seen[code]
        )
    seen.setdefault(code, shown)


def _sheet(shown: str, name: str, count: int) -> SheetRead:
    columns = tuple((column, column) for column in BY_NAME[name].heading)
    return SheetRead(shown, name, f"card {name}", columns, rows=count)


def _tables(about: Row, tables: Mapping[str, Sequence[Row]]) -> dict[str, pa.Table]:
    """The tables of a programme without records, and those of queries/model/cards.sql."""
    [whole] = tables["programme"]
    survival = {
        "survival": whole["survival_3y"],
        "at_risk": whole["at_risk_3y"],
        "effective": whole["effective_3y"],
    }
    years = {row["year"]: row for row in tables["years"]}
    parts = [
        {"as_of": years[row["year"]]["as_of"], "provisional": years[row["year"]]["provisional"]}
        | row
        for row in (*tables["years"], *tables["sector_years"])
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "programme": [about | {"name": whole["name"], "is_sample": about["sample"], "position": 0}],
        # They count as a workbook's: the reference file of another place may know other years.
        "population": [row | {"from_workbook": True} for row in tables["population"]],
        "card": [about | survival],
        "card_year": [row | {"covered": row["villages_covered"]} for row in parts],
        "card_survival": list(tables["survival"]),
        "card_figure": list(tables["reconcile"]),
        "card_target": list(tables["targets"]),
        "card_money": [*tables["revenue"], *tables["revenue_sectors"]],
    }
    schemas = assembly.schemas() | assembly.schemas("cards")
    return {
        name: pa.Table.from_pylist(
            [row | {"programme_id": about["programme"]} for row in rows.get(name, [])], schema
        )
        for name, schema in schemas.items()
    }
