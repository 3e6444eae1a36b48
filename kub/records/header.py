"""Finds the headings of a sheet: below a letterhead, over two
rows, above a row of column numbers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kub.records import cells, headings
from kub.records.grid import Line
from kub.records.sheets import Sheet

# Longer texts are titles or values: Excel's own widest column shows 255 signs.
_LONGEST = 80
# Kinds of columns whose cells are hardly ever mere words.
_TYPED = frozenset(
    {"date", "year", "count", "number", "money", "coordinate", "village", "regency", "target_value"}
)
# Excel takes a typed (1) for -1.
_ORDINAL = re.compile(
    r"(?:kol(?:om)?\b\.?\s*)?[-(\[]?\s*(\d{1,2}|[a-z]|[ivx]{1,5})\s*[)\]-]?\.?\s*(?:[=:].*)?",
    re.IGNORECASE,
)
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1
    )
}
_DIGIT = re.compile(r"\d")
_FEWEST_NUMBERS = 3


@dataclass(frozen=True)
class Header:
    """row: the last row above the data, as Excel numbers it. titles: headings as written, by
    position.

    first: the row of the headings themselves. second: (row, texts) of each further row of headings.
    numbers: the row of column numbers, or None.
    """

    row: int
    first: int
    titles: tuple[str, ...]
    second: tuple[tuple[int, tuple[str, ...]], ...] = ()
    numbers: int | None = None


def titles(row: Sequence[Any]) -> list[str]:
    """The cells of a row as headings."""
    return [cells.text(cell) if not cells.is_empty(cell) else "" for cell in row]


def _possible(row: Sequence[Any]) -> list[str]:
    return [cell for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST]


def named(sheet: Sheet, row: Sequence[Any]) -> int:
    """How many columns of the sheet a row names."""
    return len(headings.fields_of(sheet, _possible(row)))


def find(sheet: Sheet, top: Sequence[Line]) -> Header | None:
    """The headings among the first rows; None if nothing is written.

    They are the row that names most columns of the sheet. Where none names any, the first with two
    filled cells: offices put a title above.
    """
    if not top:
        return None
    # The first of several that name equally many: further rows of headings repeat or refine them.
    counts = [named(sheet, row) for _, row in top]
    at = counts.index(max(counts))
    if not counts[at]:
        filled = (n for n, (_, row) in enumerate(top) if sum(map(bool, titles(row))) > 1)
        at = next(filled, 0)
    number, row = top[at]
    header = Header(number, number, tuple(titles(row)))
    if counts[at]:
        header = _with_above(sheet, header, top[at - 1 : at])
        header = _with_below(sheet, header, top[at + 1 : at + 4])
    return _with_numbers(header, top[at + 1 : at + 6])


def _with_above(sheet: Sheet, header: Header, above: Sequence[Line]) -> Header:
    """With the row before, where that names columns over cells which this one leaves blank."""
    for number, row in above:
        texts = titles(row) + [""] * (len(header.titles) - len(row))
        blank = [
            text for text, below in zip(texts, header.titles, strict=False) if text and not below
        ]
        if number == header.first - 1 and headings.fields_of(sheet, blank):
            both = tuple(below or text for text, below in zip(texts, header.titles, strict=False))
            return replace(
                header, titles=both, second=((header.first, header.titles),), first=number
            )
    return header


def _with_below(sheet: Sheet, header: Header, below: Sequence[Line]) -> Header:
    """With the rows after it that hold words where data would hold a code, numbers and dates."""
    for number, row in below:
        texts = tuple(titles(row))
        if number != header.row + 1 or not _continues(sheet, header, row, texts):
            break
        header = replace(header, row=number, second=(*header.second, (number, texts)))
    return header


def _continues(sheet: Sheet, header: Header, row: Sequence[Any], texts: Sequence[str]) -> bool:
    filled = [at for at, text in enumerate(texts) if text]
    if not filled or any(not isinstance(row[at], str) or _DIGIT.search(texts[at]) for at in filled):
        return False
    kinds = _kinds(sheet, header.titles)
    key = next(iter(kinds), None)
    words = [at for at in filled if _is_heading_word(sheet, texts[at])]
    if key in filled:
        return words == filled and sum(kinds.get(at) in _TYPED for at in filled) > 1
    # A word that is none of a heading may name a column that has no name yet, but only beside one
    # that is: alone it is a mark or a note in the first row of records.
    unnamed = [at for at in filled if at < len(header.titles) and not header.titles[at]]
    return bool(words) and set(words) | set(unnamed) == set(filled)


def _kinds(sheet: Sheet, written: Iterable[str]) -> dict[int, str]:
    """Kind by position, of the columns that are known."""
    kinds = {column.field: column.kind for column in sheet.columns}
    fields = {at: headings.field_of(sheet, text) for at, text in enumerate(written) if text}
    return {at: kinds[field] for at, field in fields.items() if field}


def _is_heading_word(sheet: Sheet, text: str) -> bool:
    if headings.field_of(sheet, text) is not None:
        return True
    return headings.is_vocabulary(text)


def split(sheet: Sheet, header: Header) -> set[int]:
    """Positions whose heading is only the first half of what they hold: `anggota` above `L`."""
    positions = set()
    for number, texts in header.second:
        for at, text in enumerate(texts):
            own = headings.field_of(sheet, header.titles[at]) if at < len(header.titles) else None
            if text and number > header.first and own not in (None, headings.field_of(sheet, text)):
                positions.add(at)
    return {
        at
        for at in positions
        if not all(headings.is_unit(texts[at]) for _, texts in header.second if texts[at])
    }


def _with_numbers(header: Header, below: Sequence[Line]) -> Header:
    """With the row of column numbers `(1) (2) (3)`, also where it starts with the second column."""
    for number, row in below:
        if number <= header.row:
            continue
        texts = [text for text in titles(row) if text]
        if not texts:
            continue
        ordinals = [_ORDINAL.fullmatch(text) for text in texts]
        written = [match.group(1).casefold() for match in ordinals if match]
        # Two numbers in a row may be two values of a record.
        if len(written) == len(texts) >= _FEWEST_NUMBERS and (
            _counts(written) or _counts(written, _ROMAN)
        ):
            return replace(header, row=number, numbers=number)
        break
    return header


def _counts(written: Sequence[str], numerals: Mapping[str, int] | None = None) -> bool:
    """Do the texts count up one by one from the start, as digits
    and letters or in other numerals?
    """
    values = [_value(text) if numerals is None else numerals.get(text, -1) for text in written]
    # The first is 0, 1 or 2: the row may start with the second column, never in the middle.
    steps = {after - before for before, after in zip(values, values[1:], strict=False)}
    return steps == {1} and 0 <= values[0] < 3


def _value(ordinal: str) -> int:
    if ordinal.isdigit():
        return int(ordinal)
    return ord(ordinal) - ord("a") + 1 if len(ordinal) == 1 else -1
