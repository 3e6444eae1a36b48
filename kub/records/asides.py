"""Rows between and below the records that are no records: totals, signatures, notes, sub-headings,
headings again.

Each is reported once and its cells are taken out, so that no other sentence mentions it.
A row that might be a record is left alone, whatever its name: "Jumlah Berkah" is a fine one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from kub.records import cells, totals
from kub.records.columns import Raw
from kub.records.grid import Watch
from kub.records.raw import blanks
from kub.records.sheets import Sheet, plain

Reason = Literal["total", "signature", "section", "headings"]

_TOTAL = re.compile(
    r"(?:grand |sub ?-?)?(?:jumlah|jml|total|rata ?-? ?rata|rerata|rekap(?:itulasi)?|[Σ∑])\.?"
    r"(?: (?:total|semua|seluruh(?:nya)?|keseluruhan|akhir|besar|kub|kelompok|anggota|lkm|siswa"
    r"|(?:tahun|desa|kelurahan|kecamatan|kec|kabupaten|kab|kota)\b.*"
    r"|\d[\d ]*))*\s*[:=.]*(?:(?<=[:=]) ?\d[\d.,]*)?",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|mei|jun|jul|agu|ags|sep|okt|nov|nop|des)\w*"
_SIGNED = re.compile(
    r"(?:yang )?(?:membuat|menyusun|mencatat|melaporkan|bertanda ?tangan)\b.*"
    r"|(?:mengetahui|menyetujui|mengesahkan|disetujui|disahkan|diketahui|diperiksa|dibuat|disusun|dicetak)\b.*"
    r"|(?:(?:a\.?n|plt|plh|pj|u\.?b)\b\.? ?)?(?:kepala|kabid|kasi|kasubag|camat|lurah|bupati"
    r"|wali ?kota|sekretaris|bendahara|ketua|manager|manajer|direktur|petugas"
    r"|penanggung jawab|pendamping|penyusun|pelapor|operator)\b.*"
    r"|(?:nip|nrp)\b.*|ttd\.?|tertanda\b.*|tanda tangan\b.*|cap\b.*|halaman \d+.*"
    r"|(?:catatan|keterangan|ket|note|nb|sumber|source)(?: data)?\s*[:.].*"
    r"|(?:catatan|keterangan|nb)|\*.+"
    rf"|[^\d,]{{3,40}}, ?(?:tgl\.?|tanggal)? ?[\d._… ]*{_MONTH}? ?[\d._…]{{2,}}"
    r"|\(?[._…]{5,}\)?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:[A-Z]|[IVX]+|\d+)[.)] ?)?(?:kecamatan|kec|desa|kelurahan|sektor|bidang|tahun|periode"
    r"|triwulan|semester)\b.*",
    re.IGNORECASE,
)
# Whose signature it is, is nobody's business.
_PERSONAL = re.compile(r"nip|nrp", re.IGNORECASE)
# How a word begins that no code is: a million codes are looked at once.
BEGINS = re.compile(
    r"\W*(?:grand|sub|jumlah|jml|total|rata|rerata|rekap|[Σ∑]|yang|memb|menc|mela|bert|meng|meny|di|a\.?n|plt|plh|pj|u\.?b|kepala|kabid|kas|camat|lurah|bupati"
    r"|wali|sekr|bend|ketua|mana|dire|petu|pen|pela|oper|nip|nrp|ttd|tert|tanda|cap|hala|cata|ket|note|nb|sumb|sour"
    r"|[*._…(]|\w{1,4}[.)]|kec|desa|kel|sekt|bid|tahun|peri|triw|seme)|[^\d,]{3,40},",
    re.IGNORECASE,
)
# Each comparison reads the columns above once.
_MOST_COMPARED = 1_000
# Rows below the last record that are looked at one by one, whatever stands in them.
_LONGEST_TAIL = 100
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_WORDS = re.compile(r"\D*[^\W\d_]\D*")
_LETTER = re.compile(r"[^\W\d_]")
# Kinds whose cells mean nothing as mere words.
_WORDLESS = totals.SUMMED | {"date", "year", "coordinate", "flag"}


@dataclass(frozen=True)
class Aside:
    """A row that is not a record. label: its words, from a column that is read.

    differences: where it is a total.
    """

    row: int
    reason: Reason
    label: str | None = None
    differences: tuple[totals.Difference, ...] = ()


def find(
    sheet: Sheet,
    columns: Mapping[str, Raw],
    headings: Mapping[str, str],
    first: int,
    count: int,
    watch: Watch,
) -> list[Aside]:
    """The rows that are no records, in their order. first: the number of the first row."""
    if not columns or not count:
        return []
    rows = totals.Rows(sheet, columns, headings, first, count, watch)
    # Only rows without a key, with a word for one, and those at the end are looked at: a million
    # records are not.
    suspects = {*blanks(columns[rows.key]), *_labelled(columns[rows.key], headings[rows.key])}
    last = count - 1
    while last >= 0 and (
        last in suspects or (count - last < _LONGEST_TAIL and _is_odd(rows, rows.at(last)))
    ):
        suspects.add(last)
        last -= 1
    left_out: list[Aside] = []
    taken = np.zeros(count, bool)
    begin = signed = compared = 0
    for position in sorted(suspects):
        # A blank row in between ends nothing.
        cells_of = rows.at(position)
        if not cells_of:
            continue
        reason = _reason(rows, position, cells_of, below=position > last, signed=bool(signed))
        differences: tuple[totals.Difference, ...] = ()
        if reason is None and compared < _MOST_COMPARED and rows.numbers.keys() >= cells_of.keys():
            compared += 1
            # A single row above would be "the sum" of itself: two records that are alike.
            if position - begin > 1 and totals.agrees(rows, position, cells_of, begin, taken):
                reason = "total"
        elif reason == "total" and compared < _MOST_COMPARED:
            compared += 1
            differences = totals.differences(rows, position, cells_of, begin, taken)
        if reason is None:
            continue
        if reason == "total":
            begin = position + 1
        taken[position] = True
        # After a first signature names and numbers of staff follow, which would be none by
        # themselves.
        signed += position > last
        label = next(
            (cells.text(cell) for cell in cells_of.values() if isinstance(cell, str)), None
        )
        if (
            label
            and reason == "signature"
            and (not _SIGNED.fullmatch(label) or _PERSONAL.match(label))
        ):
            label = None
        left_out.append(Aside(first + position, reason, label, differences))
    return left_out


def _labelled(column: Raw, heading: str) -> Iterator[int]:
    """Rows whose key is a word that no code is."""
    if isinstance(column, pa.ChunkedArray):
        if not pa.types.is_string(column.type):
            return
        distinct = column.dictionary_encode().unify_dictionaries().combine_chunks()
        words = distinct.dictionary.to_pylist()
        bad = [number for number, word in enumerate(words) if is_label(word, heading)]
        if bad:
            yield from np.flatnonzero(
                np.isin(distinct.indices.fill_null(-1).to_numpy(), bad)
            ).tolist()
        return
    for position, cell in enumerate(column):
        if isinstance(cell, str) and cell and is_label(cell, heading):
            yield position


def is_label(cell: str, heading: str) -> bool:
    """Whether a key is a word that no code is. None is that neither matches BEGINS nor equals the
    heading.
    """
    if cell == heading:
        return True
    if not BEGINS.match(cell):
        return False
    text = cells.clean(cell)
    return any(pattern.fullmatch(text) for pattern in (_TOTAL, _SIGNED, _SECTION))


def _reason(
    rows: totals.Rows, position: int, filled: Mapping[str, Any], *, below: bool, signed: bool
) -> Reason | None:
    """Why a row is not a record; None where it may be one, or a total without a label."""
    # Before all else: a repeated heading would also pass for words below the records.
    if _repeats(rows, filled):
        return "headings"
    sparse = _is_sparse(rows, filled)
    texts = [cells.text(cell) for cell in filled.values() if isinstance(cell, str)]
    # Two people sign side by side, under columns of any kind.
    beside = below and rows.key not in filled and len(texts) == len(filled) < 4
    beside = beside or (below and (_is_worded(rows, filled) or _is_dated(rows, filled)))
    if not sparse and not beside:
        return None
    texts += rows.beside(position)
    # "Jumlah anggota" is an indicator.
    if (
        sparse
        and not {"indicator", "target_indicator"} & set(rows.kinds.values())
        and any(_TOTAL.fullmatch(text) for text in texts)
    ):
        return "total"
    if any(_SIGNED.fullmatch(text) for text in texts):
        return "signature"
    if len(filled) == 1 and any(_SECTION.fullmatch(text) for text in texts):
        return "section"
    if below and signed and (beside or all(isinstance(cell, str) for cell in filled.values())):
        return "signature"
    # Words where only a number or a date could stand, and nothing else in the row.
    [(name, cell), *others] = filled.items()
    worded = isinstance(cell, str) and _LETTER.search(cell) and not re.search(r"\d", cell)
    if below and worded and not others and rows.kinds[name] in _WORDLESS:
        return "signature"
    return None


def _repeats(rows: totals.Rows, filled: Mapping[str, Any]) -> bool:
    """Are the headings there again, as on each page of a printed list?"""
    # More than one and more than half: a KUB may be called like a heading.
    again = [name for name, cell in filled.items() if _same(cell, rows.headings[name])]
    return len(again) > 1 and 2 * len(again) > len(filled)


def _same(cell: Any, heading: str) -> bool:
    return isinstance(cell, str) and plain(cell) == plain(heading)


def _is_sparse(rows: totals.Rows, filled: Mapping[str, Any]) -> bool:
    """Whether a row has a single text, numbers aside; a record with an empty cell has more."""
    stated = [name for name in rows.required if name in filled and not _is_number(filled[name])]
    if rows.sheet.of and rows.key in filled and _TOTAL.fullmatch(cells.text(filled[rows.key])):
        return True
    return len(stated) < 2 and len(rows.required) > len(stated)


def _is_odd(rows: totals.Rows, filled: Mapping[str, Any]) -> bool:
    """Whether a row below the records may be something else."""
    return _is_sparse(rows, filled) or _is_worded(rows, filled)


def _is_worded(rows: totals.Rows, filled: Mapping[str, Any]) -> bool:
    """Do only words stand there, some of them where a number or a
    date belongs: people side by side?
    """
    if not all(isinstance(cell, str) and _WORDS.fullmatch(cell) for cell in filled.values()):
        return False
    typed = [name for name in filled if rows.kinds[name] in _WORDLESS | {"village", "regency"}]
    return bool(typed) and not any(
        cells.is_nothing(rows.kinds[name], filled[name]) for name in typed
    )


def _is_dated(rows: totals.Rows, filled: Mapping[str, Any]) -> bool:
    """`Dicetak tanggal` and the day, nothing else?"""
    label, others = (
        filled.get(rows.key),
        [cell for name, cell in filled.items() if name != rows.key],
    )
    signed = isinstance(label, str) and _SIGNED.fullmatch(cells.clean(label))
    return bool(signed) and len(others) == 1 and _YEAR.search(str(others[0])) is not None


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(totals.CLEAR.fullmatch(cells.clean(cell)))
    return not isinstance(cell, date)
