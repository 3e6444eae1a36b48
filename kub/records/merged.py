"""Fills cells that stand for several rows: merged cells of a workbook, and
columns where only the first row is filled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kub import places
from kub.places import Gazetteer, NoVillage
from kub.records import cells
from kub.records.columns import Raw
from kub.records.grid import Merged
from kub.records.raw import blanks, listed, value
from kub.records.sheets import Sheet

# A number that stands beside several rows may be the sum of them or that of each.
_NUMBERS = frozenset({"count", "money", "number", "coordinate", "target_value"})
_REPEATED = frozenset(
    {"date", "village", "regency", "sector", "level", "indicator", "target_indicator", "year"}
)
# Of the rows, that have the cell empty in a column of merged ones; fewer are cells that somebody
# forgot.
_FEWEST = 0.25


@dataclass(frozen=True)
class Filled:
    """One column with merged cells. rows: numbers of the rows that took the value of one above."""

    field: str
    rows: tuple[int, ...]


def fill(
    sheet: Sheet,
    columns: Mapping[str, Raw],
    positions: Mapping[str, int],
    first: int,
    merged: Iterable[Merged],
) -> tuple[list[Filled], list[Filled]]:
    """Gives each row of a merged range its value, in place. Returns what was filled, and ranges of
    numbers left alone.

    positions: of the columns in the sheet. Rows that hold nothing else stay blank.
    """
    kinds = {column.field: column.kind for column in sheet.columns}
    by_position = {position: field for field, position in positions.items()}
    ranges: dict[str, list[tuple[int, int]]] = {}
    for top, left, bottom, _ in merged:
        if bottom > top >= first and left in by_position:
            ranges.setdefault(by_position[left], []).append((top - first, bottom - first))
    covered = {
        (field, row)
        for field, spans in ranges.items()
        for top, last in spans
        for row in range(top + 1, last + 1)
    }
    filled: list[Filled] = []
    numbers: list[Filled] = []
    for field, spans in ranges.items():
        column = columns[field]
        # Only workbooks have merged cells, and their columns are lists.
        if isinstance(column, pa.ChunkedArray):
            continue
        took = []
        for top, last in sorted(spans):
            for row in range(top + 1, min(last, len(column) - 1) + 1):
                # Offices merge cells down to the end of a page: rows without records stay blank.
                if not cells.is_empty(column[top]) and _holds(columns, row, covered):
                    took.append(row)
                    if kinds[field] not in _NUMBERS:
                        column[row] = column[top]
        if took:
            entry = Filled(field, tuple(first + row for row in took))
            if kinds[field] in _NUMBERS:
                numbers.append(entry)
            else:
                filled.append(entry)
    return filled, numbers


def _holds(columns: Mapping[str, Raw], row: int, covered: set[tuple[str, int]]) -> bool:
    return any(
        (field, row) not in covered and not cells.is_empty(column[row])
        for field, column in columns.items()
    )


def probable(sheet: Sheet, columns: dict[str, Raw], first: int) -> list[Filled]:
    """Columns whose blank cells seem to be left over from merged ones; filled in place all the
    same.

    A problem must be made of each: whoever reads on needs a value, nobody may take it for
    written. Only where no value stands in two rows one below the other: a list that repeats
    values has a cell missing.
    """
    entries = []
    for column in sheet.columns:
        name = column.field
        if name not in columns or not _may_repeat(sheet, name, column.kind, column.required):
            continue
        filled = _filled_down(sheet, columns, name)
        if filled is not None:
            values, rows = filled
            columns[name] = values
            entries.append(Filled(name, tuple(first + row for row in rows)))
    return entries


def _may_repeat(sheet: Sheet, name: str, kind: str, required: bool) -> bool:
    if name in sheet.any_of:
        return True
    # Foundings are seldom on one day; reports are.
    repeated = kind in _REPEATED and (kind != "date" or sheet.of is not None)
    return required and (repeated or (sheet.of is not None and name == sheet.key[0]))


def _filled_down(
    sheet: Sheet, columns: Mapping[str, Raw], name: str
) -> tuple[list[Any], list[int]] | None:
    blank = set(blanks(columns[name]))
    # Without a value in the first row there is nothing to fill down from.
    if not blank or 0 in blank or len(blank) == len(columns[name]):
        return None
    # A village's name needs no code beside it.
    others = [columns[other] for other in sheet.any_of if name in sheet.any_of and other in columns]
    used = [
        row
        for row in sorted(blank)
        if all(cells.is_empty(value(other, row)) for other in others)
        and _is_used(sheet, columns, row)
    ]
    values = listed(columns[name])
    if len(used) < _FEWEST * (len(values) - len(blank) + len(used)):
        return None
    above: list[int] = []
    for row in range(len(values)):
        above.append(above[-1] if row in blank else row)
        # A list that repeats values has a cell missing, which is reported row by row.
        if (
            row
            and row not in blank
            and row - 1 not in blank
            and _same(values[row - 1], values[row])
        ):
            return None
    for row in used:
        values[row] = values[above[row]]
    return (values, used) if used else None


def _same(cell: Any, other: Any) -> bool:
    return cells.text(cell) == cells.text(other)


def _is_used(sheet: Sheet, columns: Mapping[str, Raw], row: int) -> bool:
    """Is a row a record but for the blank cells: does it have at
    least half of what it must have?
    """
    required = [
        column.field for column in sheet.columns if column.required and column.field in columns
    ]
    filled = sum(not cells.is_empty(value(columns[name], row)) for name in required)
    return 2 * filled >= len(required)


def districts(
    columns: Mapping[str, Raw], regency_code: str | None, first: int
) -> tuple[list[Any], Filled] | None:
    """`kecamatan` filled down, where blank cells make a village's name ambiguous and those above
    explain it.

    None where nothing is ambiguous, or some village does not lie in the district above it: then
    the column is filled only where it is needed.
    """
    if regency_code is None or not {"village", "district"} <= columns.keys():
        return None
    if not blanks(columns["district"]):
        return None
    names, written = listed(columns["village"]), listed(columns["district"])
    codes = listed(columns["village_code"]) if "village_code" in columns else [None] * len(names)
    above, rows = None, []
    pairs: set[tuple[str, str]] = set()
    for row, (name, district, code) in enumerate(zip(names, written, codes, strict=True)):
        if not cells.is_empty(district):
            above = district
        elif above is not None and not cells.is_empty(name) and cells.is_empty(code):
            pairs.add((cells.text(name), cells.text(above)))
            written[row] = above
            rows.append(first + row)
    # The official list is the judge: only where it confirms every pair is anything filled.
    gazetteer = Gazetteer(regency_code, places.villages_of(regency_code))
    if any(isinstance(gazetteer.find(*pair), NoVillage) for pair in pairs):
        return None
    needed = any(isinstance(gazetteer.find(name), NoVillage) for name, _ in pairs)
    return (written, Filled("district", tuple(rows))) if needed else None


def spans(rows: Sequence[int]) -> str:
    """`3-5, 8` for 3, 4, 5, 8."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in parts)
