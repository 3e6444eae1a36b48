"""The distinct values of a column → their cells, where all of
them together decide what each means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kub.records import cells, date_order, numbers
from kub.records.cells import Cell
from kub.records.problems import Breach

_NUMBERS = {
    "number": lambda cell: cell,
    "money": cells.positive,
    "count": cells.counted,
    "target_value": cells.positive,
}


@dataclass(frozen=True)
class Judged:
    """cells: of each value. together: what is wrong with the column as a whole, reported once, and
    the positions of the values that it concerns; their cells are that breach too."""

    cells: list[Cell | None]
    together: list[tuple[Breach, list[int]]]


def judge(kind: str, values: Sequence[object], today: date, month_first: bool = False) -> Judged:
    """month_first: another column of the same file writes dates month-first, beyond doubt."""
    if kind in _NUMBERS:
        return _numbers(kind, values, today)
    read = [cells.read(kind, value, today) for value in values]
    if kind != "date":
        return Judged(read, [])
    # Empty cells say nothing about the order of day and month.
    at = [position for position, cell in enumerate(read) if cell is not None]
    broken = date_order.decide([values[position] for position in at], month_first)
    return _marked(
        read, [(breach, [at[position] for position in where]) for breach, where in broken]
    )


def _numbers(kind: str, values: Sequence[object], today: date) -> Judged:
    read: list[Cell | None] = []
    written: list[numbers.Writing | None] = []
    for value in values:
        writing = _writing(kind, value) if isinstance(value, str) else None
        written.append(writing)
        read.append(None if writing else cells.read(kind, value, today))
    verdict = numbers.decide(kind, written)
    for at, writing in enumerate(written):
        # A number whose sign stays unclear has no value, whatever the rest of its column says.
        if writing and (writing.open is None or writing.open in verdict.means):
            read[at] = _NUMBERS[kind](numbers.value(writing, verdict.means))
    return _marked(read, list(verdict.unclear.values()))


def _writing(kind: str, text: str) -> numbers.Writing | None:
    # Most are digits alone: looked at first, since there may be a million of them.
    if not text[:1].isdigit() and (cells.spoiled(text) or cells.is_nothing(kind, text)):
        return None
    plain = cells.percentless(text) if kind == "target_value" else text
    parsed = numbers.writing(cells.clean(plain))
    return None if isinstance(parsed, Breach) else parsed


def _marked(read: list[Cell | None], together: list[tuple[Breach, list[int]]]) -> Judged:
    for breach, positions in together:
        for position in positions:
            read[position] = breach
    return Judged(read, together)
