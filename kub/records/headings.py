"""How offices write the headings of kub/records/sheets.py: `Tgl Tutup`, `Omzet (Rp)`, `Anggota*`.

The table of shortened words, units, synonyms and near words is `headings.toml` beside this file.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from kub.records.sheets import BY_TABLE, SHEETS, Sheet, plain

_BRACKETS = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_WORD = re.compile(r"[^\W_]+")
# Footnote signs; as superscripts they would become digits of the word beside them.
_FOOTNOTES = re.compile("[*†‡\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}]")
# A share or another currency, never a count or rupiah.
_SIGNS = re.compile("[%‰$€£¥]")
# Words that stand in many headings: sharing one of them says nothing.
_COMMON = frozenset(
    {
        "anggota",
        "data",
        "jumlah",
        "kelompok",
        "kode",
        "kub",
        "laporan",
        "lkm",
        "nama",
        "nilai",
        "nomor",
        "perpustakaan",
        "tahun",
        "tanggal",
        "total",
        "usaha",
    }
)
_NEAR = 0.79
_SHORTEST = 4


@dataclass(frozen=True)
class Written:
    """A heading as its words, units and notes left out. scaled: it counts in thousands or millions.

    measures: the words and signs that say in what it counts (`orang`, `bulan`, `%`).
    """

    words: tuple[str, ...]
    scaled: bool
    measures: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return "".join(self.words)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))


def written(heading: str) -> Written:
    """The words of a heading, shortened ones in full. Not cached: what is asked may be a person's
    name.

    >>> written("Tgl. Tutup*").key, written("Omzet (Rp juta)").scaled
    ('tanggaltutup', True)
    """
    scales = set(_table()["brackets"]["scales"])
    # NFKC: full-width letters and ligatures of converted files are those people see.
    text = unicodedata.normalize("NFKC", _FOOTNOTES.sub("", heading)).casefold()
    notes = [_words(content) for content in _BRACKETS.findall(text)]
    words = _words(_BRACKETS.sub(" ", text))
    scaled = any(scales & set(note) for note in notes)
    for note in notes:
        if not _is_note(note):
            words += note
    # Numbers of columns before the words ("3. Nama"); a heading that is a number stays.
    while len(words) > 1 and words[0].isdigit():
        words = words[1:]
    measures = set(_SIGNS.findall(text))
    # `(tahun 2020)` says when, `(Rp/tahun)` how much of it.
    measures.update(word for note in notes if not any(map(str.isdigit, note)) for word in note)
    while len(words) > 1 and words[-1] in scales | set(_table()["brackets"]["units"]):
        scaled = scaled or words[-1] in scales
        measures.add(words[-1])
        words = words[:-1]
    return Written(tuple(words), scaled, frozenset(measures))


def _words(text: str) -> list[str]:
    short = _table()["short"]
    return [short.get(word, word) for word in _WORD.findall(text)]


def _is_note(words: list[str]) -> bool:
    """Units, notes, `(L+P)`, column numbers: nothing that says which column it is."""
    known = _table()["brackets"]
    ignored = {*known["units"], *known["notes"], *known["scales"]}
    both = set(words) in ({"l", "p"}, {"lk", "pr"})
    return both or all(word in ignored or word.isdigit() for word in words)


@cache
def _names(table: str) -> dict[str, str]:
    """Field by key, of the headings and synonyms of a sheet.

    Raises ValueError for a synonym of two.
    """
    fields: dict[str, str] = {}
    rows = _table().get(table, {})
    for column in BY_TABLE[table].columns:
        for name in (column.heading, *rows.get(column.field, ())):
            if fields.setdefault(written(name).key, column.field) != column.field:
                raise ValueError(f"{table}: {name!r} has two meanings")
    return fields


def field_of(sheet: Sheet, heading: str) -> str | None:
    """The field that a heading names in this sheet, None for one of the office's own.

    A share of women, or rupiah a month, is not what the column of that name asks for.
    """
    for column in sheet.columns:
        if plain(column.heading) == plain(heading):
            return column.field
    name = written(heading)
    # 12 under "Omzet (juta)" is no 12 rupiah: refused, and named with what to write.
    if name.scaled or _is_other_measure(sheet, name):
        return None
    return _names(sheet.table).get(name.key)


def _is_other_measure(sheet: Sheet, name: Written) -> bool:
    field = _names(sheet.table).get(name.key)
    kind = next((column.kind for column in sheet.columns if column.field == field), "")
    return not name.measures.isdisjoint(_table()["measures"].get(kind, ()))


def why_unread(sheet: Sheet, heading: str) -> str:
    """The rule that tells why a heading which resembles an absent column is not read as that."""
    name = written(heading)
    if name.scaled:
        return "heading_scaled"
    if _is_other_measure(sheet, name):
        return "heading_measure"
    return "heading_resembles"


def fields_of(sheet: Sheet, headings: Iterable[str]) -> set[str]:
    """The fields of this sheet that the headings name."""
    return {field for heading in headings if heading and (field := field_of(sheet, heading))}


def best_sheet(headings: Collection[str]) -> tuple[Sheet, set[str]]:
    """The sheet whose columns are named, one with all that it must
    have before others, and its fields.
    """
    candidates = ((sheet, fields_of(sheet, headings)) for sheet in SHEETS)
    return max(candidates, key=lambda pair: (is_complete(*pair), len(pair[1])))


def missing(sheet: Sheet, fields: Collection[str]) -> int:
    """How many columns that the sheet must have are not there."""
    required = {column.field for column in sheet.columns if column.required}
    nowhere = bool(sheet.any_of) and set(sheet.any_of).isdisjoint(fields)
    return len(required - set(fields)) + nowhere


def is_complete(sheet: Sheet, fields: Collection[str]) -> bool:
    """Is every column there that the sheet must have?"""
    return missing(sheet, fields) == 0


def is_vocabulary(text: str) -> bool:
    """Is a text made of nothing but units, notes and words of
    headings (`L`, `orang`, `dd/mm/yyyy`)?
    """
    words = _words(unicodedata.normalize("NFKC", text).casefold())
    return bool(words) and _vocabulary().issuperset(words)


def is_unit(text: str) -> bool:
    """Is a text a unit or a note, which does not say what is counted?"""
    return _is_note(_words(unicodedata.normalize("NFKC", text).casefold()))


@cache
def _vocabulary() -> frozenset[str]:
    table = _table()
    known = {word for name in ("units", "notes", "scales") for word in table["brackets"][name]}
    known |= {
        "p",
        "lakilaki",
        "kode",
        "perempuan",
        "wanita",
        "jumlah",
        "total",
        *table["other"]["words"],
    }
    return frozenset(known)


def resembled(sheet: Sheet, heading: str, absent: Collection[str]) -> str | None:
    """The absent field that a heading comes near to: nearly the same
    letters, or a telling word in common.
    """
    name = written(heading)
    if set(name.words) & set(_table()["other"]["words"]):
        return None
    hints = _table()["hints"].get(sheet.table, {})
    best, nearest = None, 0.0
    for key, field in _names(sheet.table).items():
        # A column that is there needs no second heading.
        if field in absent:
            near = SequenceMatcher(None, name.key, key).ratio()
            if near > max(nearest, _NEAR):
                best, nearest = field, near
    if best:
        return best
    telling = set(name.words) - _COMMON
    for field in sorted(absent):
        if telling & (_telling(sheet.table, field) | set(hints.get(field, ()))):
            return field
    # Sharing a common word is no sign, unless it is all that the heading says ("usaha").
    return next(
        (
            field
            for field in sorted(absent)
            if name.words and set(name.words) <= set(hints.get(field, ()))
        ),
        None,
    )


@cache
def _telling(table: str, field: str) -> frozenset[str]:
    """The words of a field's headings and synonyms that few other headings have."""
    column = next(column for column in BY_TABLE[table].columns if column.field == field)
    names = (column.heading, *_table().get(table, {}).get(field, ()))
    words = {word for name in names for word in written(name).words}
    others = {
        word
        for other in BY_TABLE[table].columns
        if other.field != field
        for word in written(other.heading).words
    }
    return frozenset(word for word in words - _COMMON - others if len(word) >= _SHORTEST)
